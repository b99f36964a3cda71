// The manual's table of receivers says what the data say. OCTAVO_REGENERATE=1 writes it anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  type Binding,
  FIGURES,
  type Figure,
  HARD,
  inInches,
  RECEIVER_NAMES,
  RECEIVERS,
  type Receiver,
  type ReceiverName,
} from '../../src/model/receivers.js'
import { CALLED } from '../../src/pdf/proof/standard.js'

const FILE = join(dirname(fileURLToPath(import.meta.url)), '../../docs/receivers.md')

const size = ({ width, height }: { width: number; height: number }) =>
  `${Math.round(width / 0.72) / 100} × ${Math.round(height / 0.72) / 100}`

/** As the manual calls them. */
const BOUND: { readonly [B in Binding]: string } = { paper: 'paper', case: 'a case', jacket: 'a jacket around boards' }

type Row = [row: string, figure: string, of: Figure[]]

/** What a receiver takes, and which of its sources say so. */
function rowsOf(r: Receiver): Row[] {
  const out: Row[] = []
  const between = r.between ? `; any from ${size(r.between[0])} to ${size(r.between[1])}` : ''
  out.push(['trims, inches', `${r.trims ? r.trims.map(size).join(', ') : 'any'}${between}`, ['trims']])
  for (const [paper, { least, most, large = [] }] of Object.entries(r.papers)) {
    const wide = large.map((one) => `${one.most} from ${inInches(one.width)} wide`).join(', ')
    out.push([paper.replace(' ', ' paper, '), `${least} to ${most} pages${wide && ` (${wide})`}`, ['pages']])
  }
  const thick = Object.entries(r.papers).map(
    ([paper, { thickness }]) => `${paper.replace(' ', ', ')} ${Math.round(thickness / 0.0000072) / 10_000_000}`,
  )
  out.push(['inches in a page', thick.join('; '), ['thickness']])
  out.push(['pages in multiples of', `${r.multiple}${r.blankLast ? ', the last of them blank' : ''}`, ['multiple']])
  out.push([
    'bleed',
    `${inInches(r.bleed.edge)}${r.bleed.binding ? ' on all sides' : ', none at the binding'}`,
    ['bleed'],
  ])
  const { standards, ink } = r.files
  const called = standards.map((one) => CALLED[one]).filter((one) => one !== CALLED.none)
  out.push(['standards', `${called.join(', ')}${standards.includes('none') ? ', or none' : ''}`, ['standards']])
  if (ink !== undefined) out.push(['ink on one spot', `at most ${ink} %`, ['ink']])
  out.push(['an ink from a can', r.cans ? 'printed' : 'refused', ['cans']])
  const coarse = r.dots.least === undefined ? '' : `; fewer than ${r.dots.least} are refused`
  out.push(['pictures', `${r.dots.asked} pixels to the inch are asked for${coarse}`, ['dots']])
  out.push(['crop marks', r.marks ? 'taken' : 'refused', ['marks']])
  const gutters = r.gutters.map(
    ([most, inside]) => inInches(inside) + (Number.isFinite(most) ? ` up to ${most} pages` : ''),
  )
  out.push(['from the spine', gutters.join(', '), ['gutter']])
  const bleeding = r.marginBleeding === r.margin ? '' : `, ${inInches(r.marginBleeding)} in a book that bleeds`
  out.push(['from the other edges', `${inInches(r.margin)}${bleeding}`, ['margin']])
  const cover = r.spine.cover > 0 ? `the pages and ${inInches(r.spine.cover)}` : 'the pages'
  const lettered = `a text from ${r.spine.textFrom} pages on, ${inInches(r.spine.clear)} from the folds`
  out.push(['spine', `as thick as ${cover}; ${lettered}`, ['spine']])
  const { bleed, safe, barcode } = r.wrap
  out.push(['cover wrap', `bleed ${inInches(bleed)}; text ${inInches(safe)} from the edge`, ['wrap']])
  const field = `${inInches(barcode.width)} × ${inInches(barcode.height)}, ${inInches(barcode.from)} from the edges`
  out.push(['field of the barcode', field, ['barcode']])
  out.push(['bindings', r.bindings.map((one) => BOUND[one]).join(', '), ['case']])
  const own = Object.entries({ 'turned in': r.hard?.turnIn, overhang: r.hard?.overhang, joint: r.hard?.hinge })
  const hard = own.flatMap(([what, length]) => (length === undefined ? [] : [`${what} ${inInches(length)}`]))
  if (r.hard?.pages) hard.push(`${r.hard.pages.least} to ${r.hard.pages.most} pages`)
  if (hard.length > 0) out.push(['a case', `${hard.join(', ')}; the rest as the trade has it`, ['case']])
  return out
}

/** What a person compares before choosing; the page of receivers has the rest. */
const COMPARED: readonly (readonly [figure: Figure, called: string])[] = [
  ['pages', 'white paper, black'],
  ['multiple', 'pages in multiples of'],
  ['bleed', 'bleed'],
  ['gutter', 'from the spine'],
  ['margin', 'from the other edges'],
  ['marks', 'crop marks'],
  ['standards', 'standards'],
  ['ink', 'ink on one spot'],
  ['cans', 'an ink from a can'],
  ['dots', 'pictures'],
  ['spine', 'spine'],
  ['wrap', 'cover wrap'],
  ['barcode', 'field of the barcode'],
  ['case', 'bindings'],
]

/** In the words of the page of receivers, and the numbers of its sources there. */
function takes(receiver: Receiver, figure: Figure): string {
  const row = rowsOf(receiver).find(([, , of]) => of.includes(figure))
  return row === undefined ? '' : `${row[1]} (${fromOf(receiver, [figure])})`
}

/** A dash: nobody is known to say so. */
function fromOf({ sources }: Receiver, figures: readonly Figure[]): string {
  return sources.flatMap(({ of }, i) => (figures.some((one) => of.includes(one)) ? [i + 1] : [])).join(', ') || '–'
}

const SELLING = join(dirname(FILE), 'printing.md')
const HEADING = '## What each printer takes\n'

/** The manual's page for who sells, with its table written anew. */
function selling(): string {
  const text = readFileSync(SELLING, 'utf8')
  const at = text.indexOf(HEADING)
  if (at < 0) throw new Error(`no ${HEADING}`)
  return `${text.slice(0, at)}${table()}${text.slice(text.indexOf('\n## ', at) + 1)}`
}

function table(): string {
  const out = [HEADING]
  const row = (called: string, cell: (receiver: Receiver, name: ReceiverName) => string) =>
    out.push(`| ${called} | ${RECEIVER_NAMES.map((name) => cell(RECEIVERS[name], name)).join(' | ')} |`)
  row(
    '',
    (receiver, name) =>
      `[${name}](receivers.md#${headOf(receiver, name)
        .toLowerCase()
        .replace(/[^a-z ]/g, '')
        .replaceAll(' ', '-')})`,
  )
  row('---', () => '---')
  for (const [figure, called] of COMPARED) row(called, (receiver) => takes(receiver, figure))
  row('**Octavo makes:** the inside, `SLUG-print.pdf`', inside)
  row('the cover, `SLUG-cover.pdf`', cover)
  out.push(
    '',
    'The number behind a figure is that of its source in the list of that printer in [Who prints it](receivers.md), which has the trims, the other papers and what could not be confirmed, too. A dash: no source was found, and the figure is ours; ask the printer.',
    '',
    '',
  )
  return out.join('\n')
}

function inside({ bleed, files, multiple, blankLast, marks }: Receiver): string {
  return [
    CALLED[files.standards[0]!],
    `where a page reaches its edge, a bleed of ${inInches(bleed.edge)}${bleed.binding ? '' : ', but none at the binding'}`,
    `${marks ? 'crop marks' : 'no marks'}`,
    `pages in multiples of ${multiple}${blankLast ? ', the last of them blank' : ''}`,
    'a gutter by the number of pages',
  ].join('; ')
}

function cover({ wrap, spine }: Receiver): string {
  return [
    `back, spine and front on one sheet, with a bleed of ${inInches(wrap.bleed)}`,
    `a text on the spine from ${spine.textFrom} pages on`,
    'the ISBN as a barcode in black',
  ].join('; ')
}

function headOf({ called }: Receiver, name: ReceiverName): string {
  return `${called[0]!.toUpperCase()}${called.slice(1)} (\`for: ${name}\`)`
}

function page(): string {
  const out = [
    '# Who prints it',
    '',
    'What each receiver of `print: { for: … }` takes, and what Octavo proves in the finished file. Printers change their rules: each has the day on which it was looked up, and what could not be confirmed is said. Whatever you write yourself goes before it, unless the receiver refuses it; what it refuses is the error `receiver-refuses`, and `forgive: [receiver-refuses]` makes the file all the same.',
    '',
  ]
  out.push(
    'What Octavo makes for each of them is in [Print it, sell it](printing.md#what-each-printer-takes). The last column says where a row’s figures are from: the numbers are those of the list below the table. A dash: no source was found, and the figure is ours; ask the printer.',
    '',
  )
  for (const name of RECEIVER_NAMES) {
    const r = RECEIVERS[name]
    out.push(`## ${headOf(r, name)}`, '')
    out.push('| | | from |', '| --- | --- | --- |')
    for (const [row, figure, of] of rowsOf(r)) {
      out.push(`| ${row} | ${figure} | ${fromOf(r, of)} |`)
    }
    out.push('', `Not confirmed: ${r.unsure.join('; ')}.`, '')
    for (const [i, { at, seen }] of r.sources.entries())
      out.push(`${i + 1}. ${at.startsWith('http') ? `[${new URL(at).host}](${at})` : at}, ${seen}`)
    out.push('')
  }
  const { turnIn, overhang, hinge, boards, jacket } = HARD
  out.push(
    '## Boards',
    '',
    'A cover around boards (`binding: case`, `binding: jacket`) has the measures that its printer’s template has. Where none of them is known of it, these of two printers’ guides stand; `octavo build` says which it took, and `turn-in`, `overhang`, `hinge`, `boards` and `flaps` go before them.',
    '',
    ...['| | |', '| --- | --- |'],
    `| a case | ${inInches(turnIn)} turned in on all sides, ${inInches(overhang)} of boards beyond the pages, a joint of ${inInches(hinge)} on both sides of the spine |`,
    `| its spine | as thick as the pages, and ${inInches(boards)} |`,
    `| a jacket | a side ${inInches(jacket.wider)} wider and ${inInches(jacket.higher)} higher than a page; a spine thicker than the pages and the boards by ${inInches(jacket.spine)}; flaps of ${inInches(jacket.flap)} |`,
    ...['', 'Sources:', ''],
    ...HARD.sources.map(({ at, seen }) => `- [${new URL(at).host}](${at}), ${seen}`),
    '',
  )
  return out.join('\n')
}

test('docs/receivers.md has every figure', () => {
  if (process.env['OCTAVO_REGENERATE'] === '1') writeFileSync(FILE, page())
  expect(readFileSync(FILE, 'utf8')).toBe(page())
})

test('docs/printing.md has one table of what each takes, and what is made for it', () => {
  if (process.env['OCTAVO_REGENERATE'] === '1') writeFileSync(SELLING, selling())
  expect(readFileSync(SELLING, 'utf8')).toBe(selling())
  for (const [figure] of COMPARED) expect(FIGURES).toContain(figure)
})

test('every receiver has a source, a day, and says what is not confirmed', () => {
  for (const name of RECEIVER_NAMES) {
    const { sources, unsure, papers } = RECEIVERS[name]
    expect(sources.length).toBeGreaterThan(0)
    for (const { seen } of sources) expect(seen).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(unsure.length).toBeGreaterThan(0)
    for (const { of } of sources) expect(of.length).toBeGreaterThan(0)
    // what no source says is said to be so
    const known = sources.flatMap(({ of }) => of)
    const dashed = FIGURES.filter((figure) => !known.includes(figure) && asked(RECEIVERS[name], figure))
    const custom = {
      kdp: ['multiple', 'standards', 'cans'],
      ingram: ['trims', 'pages', 'thickness', 'cans', 'barcode'],
      lulu: ['trims', 'multiple', 'standards', 'cans', 'wrap'],
    }
    expect(dashed).toEqual((custom as Record<string, string[]>)[name] ?? [])
    expect(Object.keys(papers)).toContain('white black')
  }
})

/** Is there a row for it? */
function asked(receiver: Receiver, figure: Figure): boolean {
  return rowsOf(receiver).some(([, , of]) => of.includes(figure))
}
