// A book in black with the ink of one can: its colours in that ink, all else in black, the plates as Ghostscript finds them; who refuses it,
// and what it cannot be beside.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { toJpeg } from '../../src/pdf/images/pixels.js'
import { paintedOn } from '../../src/pdf/proof/extents.js'
import { type Name, operators, readPdf, Stream } from '../../src/pdf/proof/read-pdf.js'
import { faultsOf } from '../../src/pdf/proof/standard.js'
import { builtFrom } from '../claims/built.js'
import { JPEG_COLOUR } from '../pdf/images.js'

const hasGhostscript = spawnSync('gs', ['--version']).status === 0
const THEME =
  "extends: house\ncolours:\n  red: { day: '#b3261e', cmyk: [0, 95, 85, 15], spot: PANTONE 1797 C }\n  blue: { day: '#1e4fb3', cmyk: [90, 60, 0, 0], spot: PANTONE 300 C }\nstyles: { title: { colour: red }, subtitle: { colour: blue } }\n"
const FILES = {
  't.yaml': THEME,
  'a.md': '# One\n\nBlack words.\n\n![A picture](f.jpg)\n\n![Drawn](e.svg)\n',
  'e.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect width="30" height="20" fill="#b3261e"/><path d="M2 10H28" stroke="#1e4fb3"/></svg>',
  'f.jpg': JPEG_COLOUR,
}
const head = 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\ntheme: t.yaml\nignore: [image-resolution]\n'
const bound = (print: string, more = '', files: Record<string, string | Uint8Array> = FILES) =>
  builtFrom({ ...files, 'book.yaml': `${head}${more}editions:\n  print: ${print}\n` }, ['print'])
const SPOT = 'PANTONE 1797 C'

describe.each(['x-4', 'x-1a:2001', 'x-3:2002'] as const)('in %s', (standard) => {
  test('what is mixed from the can is printed in it, and all else in black', async () => {
    const { files, said } = await bound(`{ spot: ${SPOT}, standard: "${standard}" }`)
    expect(said.filter(({ severity }) => severity === 'error')).toEqual([])
    const bytes = files.get('a-book-print.pdf')!
    expect(faultsOf(bytes, standard)).toEqual([])
    const pdf = readPdf(bytes)
    const used = pdf.pages.flatMap((page) => [...paintedOn(pdf, page).colours])
    expect([...new Set(used)].sort()).toEqual(['DeviceGray', 'cs', 'g'])
    const spaces = pdf.pages.map((page) => pdf.dict(pdf.dict(page.get('Resources')).get('ColorSpace')))
    for (const space of spaces)
      expect([...space.values()].map((one) => (pdf.array(one)[1] as Name).name)).toEqual([SPOT])
  })
})

test('the drawing has its own colour in the can’s ink, the other in black', async () => {
  const { files } = await bound(`{ spot: ${SPOT} }`)
  const pdf = readPdf(files.get('a-book-print.pdf')!)
  const forms = [...pdf.objects.values()].filter(
    (one): one is Stream => one instanceof Stream && (one.dict.get('Subtype') as Name | undefined)?.name === 'Form',
  )
  const all = forms.flatMap((one) => operators(one.bytes.toString('latin1')))
  expect(all.filter(({ op }) => op === 'scn')).toHaveLength(1)
  expect(all.filter(({ op }) => op === 'G').map(({ operands }) => operands[0])).not.toContain(0)
  expect(all.some(({ op }) => op === 'rg' || op === 'k' || op === 'SCN')).toBe(false)
})

test.runIf(hasGhostscript)('a press gets two plates (left out without Ghostscript)', async () => {
  const { files } = await bound(`{ for: press, spot: ${SPOT} }`)
  const dir = mkdtempSync(join(tmpdir(), 'octavo-spot-'))
  try {
    writeFileSync(join(dir, 'b.pdf'), files.get('a-book-print.pdf')!)
    const device = ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=tiffsep', '-r36', '-o', join(dir, 'p%03d.tif')]
    expect(spawnSync('gs', [...device, join(dir, 'b.pdf')]).status).toBe(0)
    const plates = new Set(readdirSync(dir).flatMap((name) => /\((.*)\)\.tif$/.exec(name)?.[1] ?? []))
    expect([...plates].sort()).toEqual(['Black', 'Cyan', 'Magenta', SPOT, 'Yellow'])
    const inks = spawnSync('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-sDEVICE=inkcov', '-o', '-', join(dir, 'b.pdf')])
    expect(inks.stdout.toString()).toContain('CMYK OK')
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test.each(['kdp', 'ingram', 'lulu', 'bookvault'])('%s refuses it', async (name) => {
  const { said } = await bound(`{ for: ${name}, spot: ${SPOT} }`, 'size: 6x9\n')
  expect(said.filter(({ message }) => message.includes('prints no ink of a can'))).toMatchObject([
    { code: 'receiver-refuses', severity: 'error', line: 9 },
  ])
})

test('a can that the theme does not have is told, with those that it has; and one beside other colours', async () => {
  const unknown = await bound('{ spot: PANTONE 1797 }')
  expect(unknown.said.filter(({ severity }) => severity === 'error')).toMatchObject([
    { code: 'wrong-type', path: 'book.yaml', line: 8, hint: `write \`spot: ${SPOT}\`, or \`spot: PANTONE 300 C\`` },
  ])
  const none = await bound(`{ spot: ${SPOT} }`, '', { ...FILES, 't.yaml': 'extends: house\n' })
  expect(none.said.find(({ severity }) => severity === 'error')?.hint).toContain('cmyk: […], spot: NAME')
  const cmyk = await bound(`{ colour: cmyk, spot: ${SPOT} }`)
  expect(cmyk.said.filter(({ severity }) => severity === 'error')).toMatchObject([
    { code: 'wrong-type', line: 8, message: '`spot` must be beside `colour: black`' },
  ])
})

test('a photograph of greys alone is black ink, though its file is one of three colours', async () => {
  const [width, height] = [96, 80]
  const data = new Uint8Array(4 * width * height)
  for (let i = 0; i < width * height; i++) data.fill((i * 7) % 256, 4 * i, 4 * i + 3)
  for (let i = 3; i < data.length; i += 4) data[i] = 255
  const grey = await toJpeg({ width, height, data })
  // of three components: its frame says so
  const frame = Buffer.from(grey).indexOf(Buffer.from([0xff, 0xc2])) >= 0 ? 0xc2 : 0xc0
  expect(grey[Buffer.from(grey).indexOf(Buffer.from([0xff, frame])) + 9]).toBe(3)
  const { files } = await bound('{ colour: cmyk }', '', { ...FILES, 'f.jpg': grey })
  const pdf = readPdf(files.get('a-book-print.pdf')!)
  const pictures = [...pdf.objects.values()].filter(
    (one): one is Stream => one instanceof Stream && (one.dict.get('Subtype') as Name | undefined)?.name === 'Image',
  )
  expect(pictures.map(({ dict }) => (dict.get('ColorSpace') as Name).name)).toEqual(['DeviceGray'])
})
