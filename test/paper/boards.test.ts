// Every rule of a cover with joints, flaps or boards, broken once for each receiver that makes such a binding; of one that makes none, the
// manifest's `binding` is refused.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { type Binding, hardOf, RECEIVER_NAMES, RECEIVERS, type Receiver } from '../../src/model/receivers.js'
import { readPdf } from '../../src/pdf/proof/read-pdf.js'
import { proveWrap } from '../../src/pdf/proof/wrap-proof.js'
import { builtFrom } from '../claims/built.js'

/** Of a trim of 6x9. */
const SIDE = 432
const BOARDS = ['case', 'jacket'] as const
/** A book of so many all of them bind in boards; of a short one, the blanks make so many. */
const LONG = 1300
const SHORT = 1
const PAGES_OF_SHORT = 64

type Sheet = Parameters<typeof proveWrap>[2]

interface Broken {
  rule: string
  says: RegExp
  /** What the proof is told of the sheet. */
  sheet?: (sheet: Sheet) => Partial<Sheet>
  /** What is otherwise of the receiver while it is asked. */
  receiver?: (receiver: Receiver) => Partial<Receiver>
}

const BEYOND_EDGES: Broken = {
  rule: 'text away from the edges',
  says: /^wants lettering 3 in from the edge of a cover, and it comes to [\d.]+ in$/,
  receiver: ({ wrap }) => ({ wrap: { ...wrap, safe: 216 } }),
}
const BLEED: Broken = {
  rule: 'its bleed',
  says: /^wants a bleed of 0.5 in around a cover$/,
  receiver: ({ wrap }) => ({ wrap: { ...wrap, bleed: 36 } }),
}
const FLAP_FOLDS: Broken = {
  rule: 'text away from the folds of the flaps',
  says: /^wants lettering [\d.]+ in from the folds of the flaps$/,
  sheet: ({ folds }) => ({ folds: folds.map((x, i) => x + (i === 0 ? -60 : 60)) }),
}
const SPINE_FOLDS: Broken = {
  rule: 'text away from the folds of the spine',
  says: /^wants lettering on and beside the spine [\d.]+ in from its folds$/,
  sheet: ({ spine }) => ({ spine: { left: spine.left + spine.width / 2 - 1, width: 2 } }),
}

const RULES: { readonly [B in Binding]: readonly Broken[] } = {
  case: [
    BEYOND_EDGES,
    {
      rule: 'text away from what is turned in',
      says: /^wants lettering [\d.]+ in from the edge of a cover, and it comes to 0 in$/,
      sheet: ({ turnIn }) => ({ turnIn: turnIn! + 72 }),
    },
    {
      rule: 'text out of the joints',
      says: /^wants lettering out of the joints, 1.5 in beside the spine of a case$/,
      sheet: () => ({ hinge: 108 }),
    },
    {
      rule: 'text away from the folds of the spine',
      says: /^wants lettering out of the joints, [\d.]+ in beside the spine of a case$/,
      sheet: SPINE_FOLDS.sheet!,
    },
  ],
  jacket: [BEYOND_EDGES, BLEED, FLAP_FOLDS, SPINE_FOLDS],
  // with flaps
  paper: [BEYOND_EDGES, BLEED, FLAP_FOLDS, SPINE_FOLDS],
}

const FILES = {
  't.yaml': 'extends: house\npage: { width: 6in, height: 9in, lines: 12 }\n',
  'blurb.md': `Nobody knew yet what had been found. ${'It was late when the last boat came in. '.repeat(12)}\n`,
  'flap-front.md': 'Three days on an island, and nobody who will say what was found there.\n',
  'flap-back.md': 'She lives by the sea.\n',
}

function built(name: string, binding: Binding, sentences: number) {
  const text = `# One\n\n${'It was late when the last boat came in, and the men went up the path. '.repeat(sentences)}\n`
  const flaps = binding === 'case' ? '' : ', flaps: 90mm'
  const wrap = `{ for: ${name}, binding: ${binding}, multiple: ${PAGES_OF_SHORT}, spine: down, paper: 0.3mm${flaps} }`
  const book = `title: A Book\nauthors: [Ann Marlow]\nlanguage: en\ndate: 2026-01-01\nisbn: 978-1-4028-9462-6\nbody: [a.md]\ntheme: t.yaml\nsize: 6x9\neditions:\n  cover-wrap: ${wrap}\n`
  return builtFrom({ 'book.yaml': book, 'a.md': text, ...FILES }, ['cover-wrap'])
}

/** What its receiver refuses, without its name. */
function refusals(said: readonly Diagnostic[], { called }: Receiver): string[] {
  return said.filter(({ code }) => code === 'receiver-refuses').map(({ message }) => message.replace(`${called} `, ''))
}

/** The receiver with something else of it, as long as it is asked. */
async function otherwise<T>(receiver: Receiver, other: Partial<Receiver>, ask: () => Promise<T>): Promise<T> {
  const kept = { ...receiver }
  try {
    Object.assign(receiver, other)
    return await ask()
  } finally {
    for (const key of Object.keys(other)) if (!(key in kept)) delete receiver[key as 'hard']
    Object.assign(receiver, kept)
  }
}

/** Where the sheet is folded, by the measures of its receiver. */
function sheetOf(bytes: Uint8Array, receiver: Receiver, binding: Binding): Sheet {
  const box = (name: string) => readPdf(bytes).pages[0]!.get(name) as [number, number, number, number]
  const { hinge, overhang, turnIn, jacket } = hardOf(receiver)
  const [left, foot, right, top] = box('BleedBox')
  const bleed = box('TrimBox')[0] - left
  const [width, height] = [right - left, top - foot]
  if (binding === 'case') {
    const at = turnIn + SIDE + hinge + overhang
    return { width, height, bleed, turnIn, hinge, folds: [], spine: { left: at, width: width - 2 * at } }
  }
  const flap = bleed + (90 * 72) / 25.4
  const at = flap + SIDE + (binding === 'jacket' ? jacket.wider : 0)
  return { width, height, bleed, folds: [flap, width - flap], spine: { left: at, width: width - 2 * at } }
}

const EACH = RECEIVER_NAMES.flatMap((name) => (['case', 'jacket', 'paper'] as const).map((of) => [name, of] as const))

describe.each(EACH.filter(([name, of]) => RECEIVERS[name].bindings.includes(of)))(
  '%s, binding: %s',
  (name, binding) => {
    const receiver = RECEIVERS[name]
    let bytes: Uint8Array
    let sheet: Sheet

    beforeAll(async () => {
      const { said, files } = await built(name, binding, LONG)
      expect(said.filter(({ severity }) => severity === 'error')).toEqual([])
      bytes = files.get('a-book-cover.pdf')!
      sheet = sheetOf(bytes, receiver, binding)
      expect(sheet.spine.width).toBeGreaterThan(30)
    })

    const said = async (other: Partial<Sheet> = {}) => {
      const found: Diagnostic[] = []
      await proveWrap(bytes, name, { ...sheet, ...other }, undefined, (one) => void found.push(one))
      return refusals(found, receiver).join('\n')
    }

    test('is refused for nothing where all rules are kept', async () => {
      expect(await said()).toBe('')
    })

    test.each(RULES[binding])('$rule', async ({ says, sheet: folded, receiver: other }) => {
      expect(await otherwise(receiver, other?.(receiver) ?? {}, () => said(folded?.(sheet)))).toMatch(says)
    })

    if (binding === 'paper') return
    test.each([
      { rule: 'fewest pages', pages: { least: 400, most: 800 }, says: 'binds no fewer than 400 pages in boards' },
      { rule: 'most pages', pages: { least: 2, most: 40 }, says: 'binds no more than 40 pages in boards' },
    ])('$rule', async ({ pages, says }) => {
      const { said } = await otherwise(receiver, { hard: { ...receiver.hard, pages } }, () =>
        built(name, binding, SHORT),
      )
      expect(refusals(said, receiver)).toEqual([`${says}, and the book has ${PAGES_OF_SHORT}`])
    })

    test('only where its receiver makes it', async () => {
      const { said } = await otherwise(receiver, { bindings: ['paper'], hard: {} }, () => built(name, binding, SHORT))
      expect(refusals(said, receiver)).toEqual([`makes no \`binding: ${binding}\``])
    })
  },
)

describe.each(EACH.filter(([name, of]) => !RECEIVERS[name].bindings.includes(of)))(
  '%s, binding: %s',
  (name, binding) => {
    test('is refused in the manifest', async () => {
      const { said } = await built(name, binding, LONG)
      expect(refusals(said, RECEIVERS[name])).toEqual([`makes no \`binding: ${binding}\``])
    })
  },
)

test('each binding in boards is made by somebody, and refused by who makes none', () => {
  const made = (binding: Binding) => RECEIVER_NAMES.filter((name) => RECEIVERS[name].bindings.includes(binding))
  expect(BOARDS.map(made)).toEqual([RECEIVER_NAMES, RECEIVER_NAMES.filter((name) => name !== 'kdp')])
})
