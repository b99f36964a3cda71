// A font is proved before a page is set: what Octavo brings is sound, what is hurt is refused or can be set.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { proveFont } from '../../src/fonts/prove.js'
import { shaperOf } from '../../src/fonts/shape.js'
import { OWN_PACKAGES } from '../../src/theme/faces.js'
import { loadTheme } from '../../src/theme/index.js'
import { SOUND_FONTS } from '../fuzz/fontbook.js'
import { hurtFont } from '../fuzz/fonts.js'

const require = createRequire(import.meta.url)
const fonts = SOUND_FONTS.map((path) => readFileSync(require.resolve(path)))

test('every face that Octavo brings is sound, and is not proved again at each start', async () => {
  const { faces } = (await loadTheme('house', '.', () => undefined))!
  const proofs = await Promise.all(
    faces.map(async (face) => ({ key: face.key, ...(await proveFont(face.bytes())), bytes: undefined })),
  )
  expect(proofs).toEqual(faces.map(({ key }) => ({ key, doubt: undefined, bytes: undefined })))
  expect(faces.filter(({ source }) => typeof source !== 'string')).toEqual([])
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object }
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(OWN_PACKAGES))
})

test.each(fonts.map((font) => [font] as const))(
  'wherever a font is cut, it is refused with its fault',
  async (font) => {
    const cuts = Array.from({ length: 40 }, (_, i) => Math.floor((font.length * i) / 40))
    for (const at of [...cuts, 3, 11, 13, 300, font.length - 1000])
      expect((await proveFont(font.subarray(0, at))).fault, `cut at ${at}`).toMatch(/^is (cut short|no TrueType)/)
  },
)

/** Refused; if not, it can be shaped, and says a doubt if its tables were changed. */
async function refused(font: number, seed: number): Promise<boolean> {
  const { bytes, how } = hurtFont(fonts[font]!, seed)
  const { fault, doubt } = await proveFont(bytes)
  if (fault !== undefined) {
    expect(fault, how).toMatch(/^[a-z][ -~’]+$/)
    return true
  }
  const { advances } = shaperOf(bytes).shape('Hamburgefonstiv', [], 'en')
  expect(
    advances.every((each) => each >= 0),
    how,
  ).toBe(true)
  if (/^40 bytes|^a stretch/.test(how) && !how.includes('head')) expect(doubt, how).toMatch(/^may be damaged: its `/)
  return false
}

test('what is hurt is refused, or can be shaped; and a change of its tables is told', async () => {
  let count = 0
  for (let seed = 1; seed <= 120; seed++) if (await refused(seed % 2, seed)) count++
  // The seeds are the same on every machine.
  expect(count).toBeGreaterThan(60)
})

const kept = JSON.parse(readFileSync('test/fuzz/kept/fonts.json', 'utf8')) as {
  why: string
  font: number
  seed: number
}[]
test.each(kept)('what went wrong once: $why, seed $seed', async ({ font, seed }) => {
  await refused(font, seed)
})

test('a font without a letter’s outline, with another’s glyphs, or packed for the web, says so', async () => {
  const [garamond] = fonts
  const view = new DataView(garamond!.buffer, garamond!.byteOffset)
  const table = (name: string) => {
    for (let at = 12; ; at += 16)
      if (garamond!.toString('latin1', at, at + 4) === name)
        return { at: view.getUint32(at + 8), length: view.getUint32(at + 12) }
  }
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(garamond!)
    change(bytes)
    return proveFont(bytes)
  }
  const blank = await changed((bytes) => bytes.fill(0, table('loca').at, table('loca').at + table('loca').length))
  expect(blank.fault).toMatch(/^has no outline for `\w`$/)
  const unit = await changed((bytes) => bytes.writeUInt16BE(0, table('head').at + 18))
  expect(unit.fault).toBe('is damaged: its header is none')
  expect((await changed((bytes) => bytes.write('wOF2'))).fault).toBe('is a web font, which is packed')
  expect((await changed((bytes) => bytes.write('ttcf'))).fault).toBe('is a collection of several fonts')
})

test('a font that makes one letter into thousands is refused', async () => {
  const [garamond] = fonts
  const u16 = (...numbers: number[]) => Buffer.from(numbers.flatMap((n) => [n >> 8, n & 0xff]))
  const tag = (name: string) => Buffer.from(name, 'latin1')
  const glyph = shaperOf(garamond!).glyph(0xe9)
  // OpenType, GSUB: lookups one after the other, each of which makes eight of one (type 2).
  const eight = Buffer.concat([u16(1, 8 + 18, 1, 8, 8), u16(...Array(8).fill(glyph)), u16(1, 1, glyph)])
  const lookup = Buffer.concat([u16(2, 0, 1, 8), eight])
  const count = 6
  const lookups = Buffer.concat([
    u16(count, ...Array.from({ length: count }, (_, i) => 2 + 2 * count + i * lookup.length)),
    ...Array<Buffer>(count).fill(lookup),
  ])
  const scripts = Buffer.concat([u16(1), tag('DFLT'), u16(8), u16(4, 0), u16(0, 0xffff, 1, 0)])
  const features = Buffer.concat([u16(1), tag('ccmp'), u16(8), u16(0, count, ...Array(count).keys())])
  const table = Buffer.concat([
    u16(1, 0, 10, 10 + scripts.length, 10 + scripts.length + features.length),
    ...[scripts, features, lookups],
  ])
  const bomb = Buffer.concat([garamond!, Buffer.alloc(-garamond!.length & 3), table])
  for (let at = 12; ; at += 16)
    if (bomb.toString('latin1', at, at + 4) === 'GSUB') {
      bomb.writeUInt32BE(bomb.length - table.length, at + 8)
      bomb.writeUInt32BE(table.length, at + 12)
      break
    }
  expect(shaperOf(bomb).shape('é', [], 'en').ids.length).toBeGreaterThan(1000)
  expect((await proveFont(bomb)).fault).toBe('is damaged: it makes one letter into hundreds')
})
