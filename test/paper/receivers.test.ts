// What each receiver of a printed book refuses: one rule after the other, broken, in the manifest and in the finished file.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { type PrintEdition, presetOf, settle } from '../../src/model/editions.js'
import { STANDARDS } from '../../src/model/inks.js'
import { gutterOf, RECEIVER_NAMES, RECEIVERS, type ReceiverName } from '../../src/model/receivers.js'
import { SIZES } from '../../src/model/sizes.js'
import { inkOn } from '../../src/pdf/proof/ink.js'
import { proveInterior } from '../../src/pdf/proof/interior.js'
import { readPdf } from '../../src/pdf/proof/read-pdf.js'
import { faultsOf } from '../../src/pdf/proof/standard.js'
import { builtFrom } from '../claims/built.js'
import { JPEG_COLOUR } from '../pdf/images.js'

const head = 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n'
const TEXT = `# One\n\n${'It was late when the last boat came in, and the men went up the path. '.repeat(900)}\n`

/** What is said of `print` with these settings. */
async function said(print: string, size = '6x9'): Promise<string[]> {
  const book = `${head}size: ${size}\neditions:\n  print: ${print}\n`
  const built = await builtFrom({ 'book.yaml': book, 'a.md': '# One\n\nA word.\n' }, ['print'])
  return built.said.filter((one) => one.code === 'receiver-refuses').map((one) => `${one.line}: ${one.message}`)
}

describe.each(RECEIVER_NAMES)('the manifest of a book for %s', (name) => {
  const { called, papers, trims, marks, multiple } = RECEIVERS[name]

  test.runIf(trims !== undefined)('has one of its trims', async () => {
    expect(await said(`{ for: ${name}, trim: { width: 2.9in, height: 5in } }`)).toContain(
      `7: ${called} prints no books of 2.9 × 5 inches`,
    )
  })

  test('has one of its papers', async () => {
    const all = await said(`{ for: ${name}, stock: cream, colour: premium }`)
    expect(all).toContain(`7: ${called} has no cream paper printed in premium colour`)
    expect(Object.keys(papers)).toContain('white black')
  })

  test.runIf(!marks)('asks for no marks, and for its cover apart', async () => {
    const all = await said(`{ for: ${name}, marks: true, cover: true }`)
    expect(all).toContain(`7: ${called} takes no crop marks`)
    expect(all).toContain(`7: ${called} takes the cover as a file of its own`)
  })

  test('has its bleed, or none', async () => {
    expect((await said(`{ for: ${name}, bleed: 7mm }`)).join()).toContain(`${called} takes a bleed of `)
    expect((await said(`{ for: ${name}, bleed: 0 }`)).join()).not.toContain('bleed')
  })

  test('is of a standard that it takes, and of no more ink than it bears', async () => {
    const { standards, ink } = RECEIVERS[name].files
    const refused = STANDARDS.filter((one) => !standards.includes(one))
    for (const one of refused)
      expect(await said(`{ for: ${name}, standard: "${one}" }`)).toContain(
        `7: ${called} takes no file of this standard, \`${one}\``,
      )
    expect((await said(`{ for: ${name}, standard: "${standards[0]}" }`)).join()).not.toContain('standard')
    const more = await said(`{ for: ${name}, ink: 390 }`)
    expect(more.includes(`7: ${called} bears ${ink} % of ink on one spot`)).toBe(ink !== undefined)
  })

  test('has pages in its multiples', async () => {
    expect(await said(`{ for: ${name}, multiple: ${multiple + 1} }`)).toContain(
      `7: ${called} binds pages in multiples of ${multiple}`,
    )
  })
})

describe.each(RECEIVER_NAMES)('the file for %s', (name) => {
  let narrow: Uint8Array
  let sound: Uint8Array
  const receiver = RECEIVERS[name]
  const trim = SIZES.get('6x9')!

  beforeAll(async () => {
    const theme =
      'extends: house\npage: { width: 6in, height: 9in, inside: 4mm, outside: 4mm, top: 8mm, lines: 42, headDistance: 12pt, footDistance: 22pt }\n'
    const print = '{ gutter: 0, marks: true, multiple: 1, colour: standard }'
    const book = `${head}theme: t.yaml\nsize: 6x9\neditions:\n  print: ${print}\n`
    const files = {
      'book.yaml': book,
      't.yaml': theme,
      'a.md': `![A picture](p.jpg)\n\n${TEXT}`,
      'p.jpg': JPEG_COLOUR,
    }
    narrow = (await builtFrom(files, ['print'])).files.get('a-book-print.pdf')!
    const roomy =
      'extends: house\npage: { width: 6in, height: 9in, inside: 26mm, outside: 20mm, top: 22mm, lines: 34, footDistance: 34pt }\n'
    const good = `${head}theme: t.yaml\nsize: 6x9\neditions:\n  print: { for: ${name}, multiple: 48 }\n`
    const built = await builtFrom({ 'book.yaml': good, 't.yaml': roomy, 'a.md': TEXT }, ['print'])
    expect(built.said.filter((one) => one.code === 'receiver-refuses')).toEqual([])
    sound = built.files.get('a-book-print.pdf')!
  })

  const proved = async (bytes: Uint8Array, more: Partial<PrintEdition> = {}, of = trim) => {
    const found: Diagnostic[] = []
    const edition = { ...settle('print'), ...presetOf(name as ReceiverName), ...more } as PrintEdition
    await proveInterior(bytes, name, edition, of, (one) => void found.push(one))
    return found.map((one) => one.message.replace(`${receiver.called} `, ''))
  }

  test('is taken when it keeps every rule', async () => {
    expect(await proved(sound)).toEqual([])
  })

  test('has its margins on all sides', async () => {
    const all = (await proved(narrow)).join('\n')
    expect(all).toMatch(/between the spine and the text in a book of \d+ pages, and on page \d+ there are 0\.\d+ in/)
    expect(all).toMatch(/at the fore-edge, and on page \d+/)
    expect(all).toMatch(/at the head and the foot, and on page \d+/)
    expect(gutterOf(receiver, 24)).toBeGreaterThan(0)
  })

  test('has as many pages as it binds', async () => {
    const { least, most } = receiver.papers['white black']!
    const few = (await proved(narrow)).find((one) => one.startsWith('binds no fewer than'))
    expect(few === undefined).toBe(least <= readPdf(narrow).pages.length)
    const thin = { ...receiver.papers['white black']!, most: 10 }
    const kept = receiver.papers['white black']
    Object.assign(receiver.papers, { 'white black': thin })
    expect((await proved(sound)).join()).toContain('binds no more than 10 pages')
    Object.assign(receiver.papers, { 'white black': kept })
    expect(most).toBeGreaterThan(400)
  })

  test.runIf(!receiver.marks)('has nothing beyond the bleed', async () => {
    expect((await proved(narrow)).join()).toContain('takes nothing beyond the bleed, and page 1 has room for marks')
  })

  test('is in black if it is printed in black', async () => {
    expect((await proved(narrow)).join()).toMatch(/prints this inside in black, and page \d+ has something in colour/)
    expect((await proved(narrow, { colour: 'premium' })).join()).not.toContain('in black')
  })

  test.runIf(receiver.blankLast)('ends with a blank page', async () => {
    expect((await proved(narrow)).join()).toContain('wants the last page blank')
  })
})

describe('IngramSpark’s way with files', () => {
  const theme =
    "extends: house\ncolours: { red: { day: '#b3261e', cmyk: [90, 90, 90, 50] } }\nstyles: { title: { colour: red } }\n"
  const built = (editions: string, more = '') =>
    builtFrom(
      {
        ...{
          'book.yaml': `${head}size: 6x9\n${more}editions:\n${editions}`,
          't.yaml': theme,
          'a.md': '# One\n\nA word.\n',
        },
      },
      editions.includes('print') ? ['print', 'cover-wrap'] : ['cover-wrap'],
    )

  test('holds for the cover, with an inside and without', async () => {
    for (const editions of ['  cover-wrap: { for: ingram }\n', '  print: { for: ingram }\n  cover-wrap: {}\n']) {
      const { files } = await built(editions, 'forgive: [receiver-refuses]\n')
      for (const bytes of files.values()) {
        expect(faultsOf(bytes, 'x-1a:2001')).toEqual([])
        expect(Math.max(...(await inkOn(readPdf(bytes))))).toBeLessThanOrEqual(241)
      }
      expect(files.size).toBeGreaterThan(0)
    }
  })

  test('refuses a colour that the theme mixes of too much ink', async () => {
    const { said: all } = await built('  print: { for: ingram, colour: premium }\n', 'theme: t.yaml\n')
    expect(all.every((one) => one.severity === 'error')).toBe(true)
    expect(all.map((one) => one.message)).toContain('IngramSpark bears 240 % of ink on one spot, and page 5 has 320 %')
  })
})
