// Every rule of every receiver of a book, broken once: a sound file is changed where the rule looks, and nothing else is said of it before.
import { inflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { toPng } from '../../scripts/png.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { type PrintEdition, presetOf, settle } from '../../src/model/editions.js'
import { RECEIVER_NAMES, RECEIVERS, type Receiver } from '../../src/model/receivers.js'
import { SIZES } from '../../src/model/sizes.js'
import { flate } from '../../src/pdf/file/deflate.js'
import { proveInterior } from '../../src/pdf/proof/interior.js'
import { type Read, readPdf } from '../../src/pdf/proof/read-pdf.js'
import { proveWrap } from '../../src/pdf/proof/wrap-proof.js'
import { builtFrom } from '../claims/built.js'
import { makePng } from '../pdf/images.js'

/** Large enough for everybody who prints it. */
const MARK = toPng({ width: 240, height: 240, pixels: new Uint8Array(3 * 240 * 240).map((_, i) => (i % 7) * 30) })
const PICTURE = makePng({ type: 0, bits: 8, interlaced: false, clear: false })

/** The file with a text in its objects, packed or not, replaced by one of the same length. */
function edited(bytes: Uint8Array, from: RegExp, to: (found: string) => string): Uint8Array {
  const file = Buffer.from(bytes)
  let done = 0
  const replaced = (text: string) =>
    text.replace(from, (found) => {
      done++
      const other = to(found)
      if (other.length !== found.length) throw new Error('of another length')
      return other
    })
  for (const { index, 0: head, 1: size } of file.toString('latin1').matchAll(/\/Length (\d+)\s*>>\s*stream\n/g)) {
    const [start, length] = [index + head.length, Number(size)]
    const opens = file.lastIndexOf(' obj', index)
    if (!file.toString('latin1', opens, start).includes('/ObjStm')) continue
    const body = inflateSync(file.subarray(start, start + length)).toString('latin1')
    const made = replaced(body)
    if (made === body) continue
    // what no rule asks about makes room for it
    const rest = /\/(?:FontBBox ?\[[^\]]*\]|(?:Ascent|Descent|CapHeight|StemV|ItalicAngle) -?[\d.]+)/g
    const packed = flate(
      Buffer.from(
        made.replace(rest, (found) => ' '.repeat(found.length)),
        'latin1',
      ),
    )
    if (packed.length > length) throw new Error(`no room for it: ${packed.length} in ${length}`)
    file.fill(0, start, start + length)
    file.set(packed, start)
  }
  // a file of an older standard has them unpacked
  if (done === 0) file.write(replaced(file.toString('latin1')), 'latin1')
  if (done === 0) throw new Error(`nothing is like ${from}`)
  return file
}

type Broken = {
  rule: string
  says: RegExp
  /** The receivers that have the rule. */
  has?: (receiver: Receiver) => boolean
  bytes?: (sound: Uint8Array) => Uint8Array
  /** What is otherwise of the receiver while it is asked. */
  receiver?: (receiver: Receiver) => Partial<Receiver>
  edition?: Partial<PrintEdition>
}

const paper = (more: object) => (receiver: Receiver) => ({
  papers: { ...receiver.papers, 'white black': { ...receiver.papers['white black']!, ...more } },
})

const RULES: readonly Broken[] = [
  { rule: 'fewest pages', says: /binds no fewer than 400 pages/, receiver: paper({ least: 400 }) },
  { rule: 'most pages', says: /binds no more than 20 pages/, receiver: paper({ most: 20, large: [] }) },
  {
    rule: 'most pages of a wide trim',
    says: /binds no more than 22 pages of this paper and trim/,
    receiver: paper({ large: [{ width: 400, most: 22 }] }),
  },
  { rule: 'multiples', says: /binds pages in multiples of 7, and the book has/, receiver: () => ({ multiple: 7 }) },
  {
    rule: 'from the spine',
    says: /wants 3 in between the spine and the text/,
    receiver: () => ({ gutters: [[Number.POSITIVE_INFINITY, 216]] }),
  },
  {
    rule: 'at the fore-edge, the head and the foot',
    says: /wants 3 in at the fore-edge[\s\S]*wants 3 in at the head and the foot/,
    receiver: () => ({ margin: 216, marginBleeding: 216 }),
  },
  {
    rule: 'pixels to the inch',
    says: /takes no picture of fewer than 600 pixels to the inch, and one on page \d+ has 1\d\d$/,
    receiver: ({ dots }) => ({ dots: { ...dots, least: 600 } }),
  },
  {
    rule: 'ink on one spot',
    says: /bears 90 % of ink on one spot, and page \d+ has 100 %/,
    edition: { ink: 90 },
  },
  { rule: 'no lock', says: /takes no file that is locked/, bytes: locked },
  {
    rule: 'pages of one size',
    says: /wants all pages of one size/,
    bytes: (sound) => {
      let first = true
      return edited(sound, /\/TrimBox ?\[\d/g, (found) => {
        const other = first ? `${found.slice(0, -1)}${(Number(found.at(-1)) % 9) + 1}` : found
        first = false
        return other
      })
    },
  },
  {
    rule: 'no links',
    says: /takes no links or notes in the file/,
    bytes: (sound) => edited(sound, /\/BleedBox/g, () => '/Annots  '),
  },
  {
    rule: 'faces in the file',
    says: /wants every face in the file/,
    bytes: (sound) => edited(sound, /\/FontFile(\d)/g, () => '/FontFiles'),
  },
]

/** The table at the end, and with it the trailer, may grow. */
function locked(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes).toString('latin1')
  const at = file.lastIndexOf('/Root')
  return Buffer.from(`${file.slice(0, at)}/Encrypt 1 0 R${file.slice(at)}`, 'latin1')
}

describe.each(RECEIVER_NAMES)('what %s refuses', (name) => {
  let sound: Uint8Array
  const receiver = RECEIVERS[name]

  beforeAll(async () => {
    const theme =
      'extends: house\npage: { width: 6in, height: 9in, inside: 26mm, outside: 20mm, top: 22mm, lines: 34, footDistance: 34pt }\n'
    const text = `# One\n\n![A boat.](p.png){width=3%}\n\n${'It was late when the last boat came in, and the men went up the path. '.repeat(60)}\n`
    const book = `title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\ntheme: t.yaml\nsize: 6x9\neditions:\n  print: { for: ${name}, multiple: 32 }\n`
    const built = await builtFrom({ 'book.yaml': book, 't.yaml': theme, 'a.md': text, 'p.png': PICTURE }, ['print'])
    expect(built.said.filter(({ code }) => code === 'receiver-refuses')).toEqual([])
    sound = built.files.get('a-book-print.pdf')!
  })

  const said = async (bytes: Uint8Array, edition: Partial<PrintEdition> = {}) => {
    const found: Diagnostic[] = []
    const all = { ...settle('print'), ...presetOf(name), ...edition } as PrintEdition
    await proveInterior(bytes, name, all, SIZES.get('6x9')!, (one) => void found.push(one))
    return found.map(({ message }) => message.replace(`${receiver.called} `, '')).join('\n')
  }

  test('is nothing of a file that keeps all rules', async () => {
    expect(await said(sound)).toBe('')
  })

  test.each(RULES.filter(({ has }) => has?.(receiver) ?? true))(
    '$rule',
    async ({ says, bytes, receiver: other, edition }) => {
      const kept = { ...receiver }
      try {
        Object.assign(receiver, other?.(receiver) ?? {})
        expect(await said(bytes ? bytes(sound) : sound, edition)).toMatch(says)
      } finally {
        Object.assign(receiver, kept)
      }
    },
  )
})

interface BrokenCover {
  rule: string
  says: RegExp
  /** With crop marks around it. */
  marked?: boolean
  receiver?: (receiver: Receiver) => Partial<Receiver>
  ink?: number
  /** Where it is folded, points further to the right. */
  folded?: number
}

const COVER_RULES: readonly BrokenCover[] = [
  {
    rule: 'nothing beyond the bleed',
    says: /^takes nothing beyond the bleed of a cover$/,
    marked: true,
    receiver: () => ({ marks: false }),
  },
  {
    rule: 'its bleed',
    says: /^wants a bleed of 0.5 in around a cover$/,
    receiver: ({ wrap }) => ({ wrap: { ...wrap, bleed: 36 } }),
  },
  { rule: 'ink on one spot', says: /^bears 90 % of ink on one spot, and page 1 has \d+ %$/, ink: 90 },
  {
    rule: 'pixels to the inch',
    says: /^takes no picture of fewer than 600 pixels to the inch, and one on page 1 has \d+$/,
    receiver: ({ dots }) => ({ dots: { ...dots, least: 600 } }),
  },
  {
    rule: 'text away from the edges',
    says: /^wants lettering 3 in from the edge of a cover, and it comes to [\d.]+ in$/,
    receiver: ({ wrap }) => ({ wrap: { ...wrap, safe: 216 } }),
  },
  {
    rule: 'text away from the folds',
    says: /^wants lettering on and beside the spine [\d.]+ in from its folds$/,
    folded: -60,
  },
]

describe.each(RECEIVER_NAMES)('what %s refuses of a cover', (name) => {
  let sound: Uint8Array
  let marked: Uint8Array
  let pdf: Read
  const receiver = RECEIVERS[name]

  beforeAll(async () => {
    const text = `# One\n\n${'It was late when the last boat came in, and the men went up the path. '.repeat(400)}\n`
    const blurb = `Nobody knew yet what had been found. ${'It was late when the last boat came in. '.repeat(12)}\n`
    const cover = async (marks: boolean) => {
      const book = `title: A Book\nauthors: [Ann Marlow]\nlanguage: en\ndate: 2026-01-01\nisbn: 978-1-4028-9462-6\nbody: [a.md]\nsize: 6x9\neditions:\n  cover-wrap: { for: ${name}, marks: ${marks}, mark: m.png }\n`
      const files = { 'book.yaml': book, 'a.md': text, 'm.png': MARK, 'blurb.md': blurb }
      const built = await builtFrom(files, ['cover-wrap'])
      expect(built.said.filter(({ severity }) => severity === 'error')).toEqual([])
      return built.files.get('a-book-cover.pdf')!
    }
    sound = await cover(false)
    const { marks } = receiver
    receiver.marks = true
    marked = await cover(true)
    receiver.marks = marks
    pdf = readPdf(sound)
  })

  const said = async (bytes: Uint8Array, ink?: number, folded = 0) => {
    const found: Diagnostic[] = []
    const [left, foot, right, top] = pdf.pages[0]!.get('BleedBox') as [number, number, number, number]
    const bleed = (pdf.pages[0]!.get('TrimBox') as number[])[0]! - left
    const spine = { left: bleed + 432 + folded, width: right - left - 2 * (432 + bleed) }
    const sheet = { width: right - left, height: top - foot, bleed, folds: [], spine }
    await proveWrap(bytes, name, sheet, ink, (one) => void found.push(one))
    return found.map(({ message }) => message.replace(`${receiver.called} `, '')).join('\n')
  }

  test('is nothing of one that keeps all rules', async () => {
    expect(await said(sound)).toBe('')
  })

  test.each(COVER_RULES)('$rule', async ({ says, marked: isMarked, receiver: other, ink, folded }) => {
    const kept = { ...receiver }
    try {
      Object.assign(receiver, other?.(receiver) ?? {})
      expect(await said(isMarked ? marked : sound, ink, folded)).toMatch(says)
    } finally {
      Object.assign(receiver, kept)
    }
  })
})
