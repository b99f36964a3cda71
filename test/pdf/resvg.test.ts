// The painter of SVG: the same here and on a thread of its own, and ended when it takes too long or too much.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { TooComplex } from '../../src/pdf/images/raster.js'
import { type Drawn, draw, withLimit } from '../../src/pdf/images/resvg.js'
import { SVG_GRADIENT, SVG_PLAIN } from './images.js'

const OPTIONS = { font: { fontBuffers: [] }, fitTo: { mode: 'width' as const, value: 400 } }
const COSTLY = 1e9
const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${inside}</svg>`
const ENDLESS = svg(
  '<filter id="f"><feTurbulence baseFrequency=".1" numOctaves="100000"/></filter><rect width="99" height="99" filter="url(#f)"/>',
)

async function all(drawn: Drawn) {
  const { normal, width, height } = drawn
  const png = Buffer.from(await drawn.pixels()).toString('base64')
  drawn.free()
  return { normal, width, height, png }
}

it.each([SVG_PLAIN, SVG_GRADIENT])('a costly picture is drawn apart, and is the same', async (source) => {
  expect(await all(await draw(source, OPTIONS, COSTLY))).toEqual(await all(await draw(source, OPTIONS, 0)))
})

it('what is no SVG is answered alike', async () => {
  const messages = await Promise.all(
    [0, COSTLY].map((work) => draw(svg('<rect'), OPTIONS, work).catch((fault: Error) => fault.message)),
  )
  expect(messages[0]).toMatch(/^it is not an SVG that can be drawn/)
  expect(messages[1]).toBe(messages[0])
})

it('what does not come to an end is ended', async () => {
  const drawn = await draw(ENDLESS, OPTIONS, COSTLY, 500)
  await expect(drawn.pixels()).rejects.toThrow(TooComplex)
})

it('WebAssembly’s memory has a limit, and nothing else of the module is changed', async () => {
  const bytes = readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'))
  const limited = withLimit(bytes, 1000)
  expect(Buffer.from(withLimit(limited, 1000)).equals(limited)).toBe(true)
  expect(limited.length).toBeGreaterThan(bytes.length)
  // Lengthened by the most, in one place.
  const at = bytes.findIndex((byte, i) => byte !== limited[i])
  const rest = (all: Uint8Array) =>
    Buffer.from(all)
      .subarray(at + 12)
      .toString('latin1')
  expect(rest(limited)).toContain(rest(bytes).slice(0, 1_000_000))
})

it('a picture that wants more memory than there is, is answered, and the next one is drawn', async () => {
  const pattern = '<pattern id="p" width="6000" height="5000" patternUnits="userSpaceOnUse"><circle r="1"/></pattern>'
  const greedy = await draw(svg(`${pattern}<rect width="99" height="99" fill="url(#p)"/>`), OPTIONS, 0)
  await expect(greedy.pixels()).rejects.toThrow(TooComplex)
  greedy.free()
  const after = await all(await draw(SVG_PLAIN, OPTIONS, 0))
  expect(after).toEqual(await all(await draw(SVG_PLAIN, OPTIONS, COSTLY)))
})
