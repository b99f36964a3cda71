// A font is proved before a page is set: what Octavo brings is sound, what is hurt is refused or can be set.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { proveFont } from '../../src/fonts/prove.js'
import { createShaper } from '../../src/fonts/shape.js'
import { OWN_PACKAGES } from '../../src/theme/faces.js'
import { loadTheme } from '../../src/theme/index.js'
import { hurtFont } from '../fuzz/fonts.js'

const require = createRequire(import.meta.url)
const fonts = [
  '@expo-google-fonts/eb-garamond/400Regular/EBGaramond_400Regular.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
].map((path) => readFileSync(require.resolve(path)))

test('every face that Octavo brings is sound, and is not proved again at each start', async () => {
  const { faces } = (await loadTheme('house', '.', () => undefined))!
  const proofs = await Promise.all(faces.map(async (face) => [face.key, await proveFont(face.bytes())]))
  expect(proofs).toEqual(faces.map(({ key }) => [key, { doubt: undefined }]))
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

test('what is hurt is refused, or can be shaped; and a change of its tables is told', async () => {
  let refused = 0
  // The last two: a map that names millions of glyphs, which stopped the painter.
  for (const seed of [...Array.from({ length: 120 }, (_, i) => i + 1), 1629, 1636]) {
    const { bytes, how } = hurtFont(fonts[seed % 2]!, seed)
    const { fault, doubt } = await proveFont(bytes)
    if (fault !== undefined) {
      refused++
      expect(fault, how).toMatch(/^[a-z][ -~’]+$/)
      continue
    }
    expect(
      createShaper(bytes)
        .shape('Hamburgefonstiv', [], 'en')
        .advances.every((each) => each >= 0),
      how,
    ).toBe(true)
    if (/^40 bytes|^a stretch/.test(how) && !how.includes('head')) expect(doubt, how).toMatch(/^may be damaged: its `/)
  }
  // The seeds are the same on every machine.
  expect(refused).toBeGreaterThan(60)
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
