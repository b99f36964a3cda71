// Who prints the book, and what each of them takes: plain data, each figure with where it is from and the day it was looked up.
// Lengths in points. Printers change their rules; what none of them publishes, or where sources differ, stands under `unsure`.
import type { Standard } from './inks.js'
import { isSameSize, type Trim } from './sizes.js'

export type ReceiverName = 'kdp' | 'ingram' | 'lulu' | 'bookvault' | 'press'
export type Stock = 'white' | 'cream'
export type Colouring = 'black' | 'standard' | 'premium' | 'cmyk'

/** How the cover goes around the pages. */
export type Binding = 'paper' | 'case' | 'jacket'

export const BINDINGS = ['paper', 'case', 'jacket'] as const satisfies readonly Binding[]
export const STOCKS = ['white', 'cream'] as const satisfies readonly Stock[]
export const COLOURINGS = ['black', 'standard', 'premium', 'cmyk'] as const satisfies readonly Colouring[]

/** What is printed for a book between boards. */
export interface Hard {
  /** The printed paper of a case: how far it is folded in, how far the boards go beyond the pages, the joint beside the spine, what they add to that. */
  turnIn: number
  overhang: number
  hinge: number
  boards: number
  /** How much larger than a page a side of the jacket is, what its spine has more than the pages and the boards, and the width of a flap. */
  jacket: { wider: number; higher: number; spine: number; flap: number }
  /** How many pages a book in boards may have, where they are others than in paper. */
  pages?: { least: number; most: number }
}

/** One kind of paper with one kind of ink. */
export interface Paper {
  /** Of one page, that is half a leaf. */
  thickness: number
  /** How many pages a book of it may have; `large`: on trims so wide, of at most so many pages. */
  least: number
  most: number
  large?: readonly { width: number; most: number }[]
}

/** What there is a figure for; the manual has a row for each. */
export const FIGURES = [
  ...(['trims', 'pages', 'thickness', 'multiple', 'bleed', 'standards', 'ink', 'cans', 'dots', 'marks'] as const),
  ...(['gutter', 'margin', 'spine', 'wrap', 'barcode', 'case'] as const),
] as const
export type Figure = (typeof FIGURES)[number]

/** Where figures are from, and the day they were looked up. */
export interface Source {
  at: string
  seen: string
  of: readonly Figure[]
}

export interface Receiver {
  called: string
  sources: readonly Source[]
  /** What could not be confirmed from its owner's own pages, in words. */
  unsure: readonly string[]
  /** The trims that it offers; undefined: any. */
  trims?: readonly Trim[]
  /** Beside those, any between these two. */
  between?: readonly [least: Trim, most: Trim]
  /** By stock and colouring; what is not there is not offered. */
  papers: Readonly<Partial<Record<`${Stock} ${Colouring}`, Paper>>>
  /** The number of pages is filled up to a multiple of this. */
  multiple: number
  /** It wants the last page blank. */
  blankLast: boolean
  /** Beyond the trim where a page has something at its edge; `binding`: at the spine too. */
  bleed: { edge: number; binding: boolean }
  /** Crop marks: taken, or refused. */
  marks: boolean
  /** Standards that it takes, the one that it likes best first; all inks on one spot, percent, where it says how much it bears. */
  files: { standards: readonly Standard[]; ink?: number }
  /** It prints the ink of a can. */
  cans: boolean
  /** Pixels to the inch that it asks of a picture; fewer than the least of all it refuses, if it is known to. */
  dots: { asked: number; least?: number }
  /** The least distance of a page's contents from the fore-edge, head and foot; where any page of the book bleeds. */
  margin: number
  marginBleeding: number
  /** The least distance from the spine, in books of up to so many pages. */
  gutters: readonly (readonly [pages: number, inside: number])[]
  spine: {
    /** Added to the thickness of the pages: the cover's own, and glue. */
    cover: number
    /** Its text: from so many pages on, and so far from either fold. */
    textFrom: number
    clear: number
  }
  bindings: readonly Binding[]
  /** Of its own, where it says them; the rest is as the trade has it. */
  hard?: Partial<Hard> | undefined
  wrap: {
    bleed: number
    /** Of text from the trim. */
    safe: number
    /** The free field that it wants for the barcode, and how far that is from the trim and the spine. */
    barcode: { width: number; height: number; from: number }
  }
}

const IN = 72
const MM = 72 / 25.4
/** Inches: '5x8 5.5x8.5'. */
const trims = (sizes: string): Trim[] =>
  sizes.split(' ').map((size) => {
    const [width, height] = size.split('x').map(Number)
    return { width: width! * IN, height: height! * IN }
  })

const GUTTERS_OF_KDP = [
  [150, 0.375 * IN],
  [300, 0.5 * IN],
  [500, 0.625 * IN],
  [700, 0.75 * IN],
  [828, 0.875 * IN],
] as const
/** Its owner asks for no standard of its own, and reads all of these. */
const ANY_FILE: Receiver['files'] = { standards: ['x-4', 'x-1a:2001', 'x-1a:2003', 'x-3:2002', 'x-3:2003', 'none'] }
const SEEN = '2026-11-29'

/** Of bindings in boards: two printers' guides, which a third will not follow to the tenth of an inch. */
export const HARD: Hard & { sources: readonly Source[] } = {
  turnIn: 0.625 * IN,
  overhang: 0,
  hinge: 0.4375 * IN,
  boards: 0.125 * IN,
  jacket: { wider: 0.3 * IN, higher: 0.27 * IN, spine: 0.04 * IN, flap: 2.83 * IN },
  sources: [
    { at: 'https://www.adibooks.com/help/popups/covers_hard.asp', seen: SEEN, of: ['case'] },
    {
      at: 'https://printninja.com/printing-resource-center/printninja-file-setup-checklist/book-printing-file-setup-guides/cover-setup-guides/dust-jacket-file-setup-guide/',
      seen: SEEN,
      of: ['case'],
    },
  ],
}

export const RECEIVERS: { readonly [N in ReceiverName]: Receiver } = {
  kdp: {
    called: 'Kindle Direct Publishing',
    sources: [
      { at: 'https://kdp.amazon.com/en_US/help/topic/G201834180', seen: SEEN, of: ['trims'] },
      { at: 'https://kdp.amazon.com/help/topic/GYEKAVKMSE23PFTM', seen: SEEN, of: ['marks', 'dots'] },
      {
        at: 'https://www.minjeegan.com/kdp-page-formatting-guide-tool',
        seen: SEEN,
        of: ['bleed', 'gutter', 'margin', 'spine', 'wrap', 'barcode'],
      },
      { at: 'https://pypi.org/project/kdp-preflight-cli/', seen: SEEN, of: ['gutter', 'margin'] },
      {
        at: 'https://www.lessoncraftstudio.com/en/tools/kdp-size-calculator',
        seen: SEEN,
        of: ['thickness', 'spine', 'wrap'],
      },
      { at: 'https://pubscout.app/pages/glossary/spine-width', seen: SEEN, of: ['thickness'] },
      {
        at: 'http://bookbolt.kb.help/kdp-publishing-what-is-the-minimum-maximum-number-of-pages-you-can-use-in-a-book-and-the-royalty-amount/',
        seen: SEEN,
        of: ['pages'],
      },
      { at: 'https://kdpprintcover.com/blog/hardcover-case-laminate-dimensions-guide/', seen: SEEN, of: ['case'] },
      { at: 'https://kdpprintcover.com/blog/kdp-vs-ingramspark-cover-specs', seen: SEEN, of: ['case'] },
      { at: 'https://www.bluepenbooks.com/help/image-requirements/', seen: SEEN, of: ['dots'] },
    ],
    unsure: [
      'the thickness of paper for standard and premium colour, where sources differ in the fourth decimal',
      'the bleed, margins, the numbers of pages, the barcode and the least spine for a text: from third parties that agree, not from its own pages',
      'that it refuses pictures of fewer than 72 pixels to the inch: from a third party; its own page asks for 300',
      'the case: its turn-in is from a third party; on its joint and its spine sources differ, and its template generator decides; that it has no jackets, and fewer trims in boards: no source was kept',
      'the standard of the file: none is known to be asked for',
    ],
    trims: trims(
      '5x8 5.06x7.81 5.25x8 5.5x8.5 6x9 6.14x9.21 6.69x9.61 7x10 7.44x9.69 7.5x9.25 8x10 8.25x6 8.25x8.25 8.5x8.5 8.5x11 8.27x11.69',
    ),
    between: [
      { width: 4 * IN, height: 6 * IN },
      { width: 8.5 * IN, height: 11.69 * IN },
    ],
    papers: {
      'white black': {
        ...{ thickness: 0.002252 * IN, least: 24, most: 828 },
        large: [
          { width: 8.5 * IN, most: 590 },
          { width: 8.25 * IN, most: 780 },
        ],
      },
      'cream black': {
        ...{ thickness: 0.0025 * IN, least: 24, most: 776 },
        large: [
          { width: 8.5 * IN, most: 550 },
          { width: 8.25 * IN, most: 730 },
        ],
      },
      'white standard': { thickness: 0.002252 * IN, least: 72, most: 600 },
      'white premium': { thickness: 0.002347 * IN, least: 24, most: 828 },
    },
    multiple: 2,
    blankLast: false,
    bleed: { edge: 0.125 * IN, binding: false },
    marks: false,
    files: ANY_FILE,
    cans: false,
    dots: { asked: 300, least: 72 },
    margin: 0.25 * IN,
    marginBleeding: 0.375 * IN,
    gutters: GUTTERS_OF_KDP,
    spine: { cover: 0, textFrom: 79, clear: 0.0625 * IN },
    bindings: ['paper', 'case'],
    hard: { turnIn: 0.591 * IN, pages: { least: 75, most: 550 } },
    wrap: { bleed: 0.125 * IN, safe: 0.125 * IN, barcode: { width: 2 * IN, height: 1.2 * IN, from: 0.25 * IN } },
  },
  ingram: {
    called: 'IngramSpark',
    sources: [
      {
        at: 'https://www.ingramspark.com/blog/file-requirements-for-print-books',
        seen: SEEN,
        of: ['multiple', 'marks', 'gutter', 'margin'],
      },
      {
        at: 'https://www.ingramspark.com/blog/ingramspark-title-availability',
        seen: SEEN,
        of: ['bleed', 'wrap', 'case'],
      },
      {
        at: 'https://help.ingramspark.com/hc/en-us/articles/5338636202637-Manufacturing-and-File-Setup-Tips',
        seen: SEEN,
        of: ['spine', 'wrap'],
      },
      {
        at: 'https://help.ingramspark.com/hc/en-us/articles/6443532453901-File-Problems-that-Cause-Printing-Problems-of-a-Book',
        seen: SEEN,
        of: ['standards'],
      },
      { at: 'https://cambric.pages.dev/guides/ingramspark-pdf-x1a-rejected', seen: SEEN, of: ['standards'] },
      { at: 'http://www.newselfpublishing.com/TotalInkLimit.html', seen: SEEN, of: ['ink'] },
      { at: 'https://www.bluepenbooks.com/help/image-requirements/', seen: SEEN, of: ['dots'] },
    ],
    unsure: [
      'the spine: its cover template generator decides; the thickness here is that of its papers’ pages to the inch as third parties give them',
      'the greatest number of pages by paper and trim',
      '240 % of ink, and 72 pixels to the inch: from third parties, not from its own pages',
      'its trims, the field of the barcode and the least spine for a text: no source was kept',
    ],
    trims: trims(
      '4x6 4.37x7 4.72x7.48 5x7 5x8 5.06x7.81 5.25x8 5.5x8.25 5.5x8.5 5.83x8.27 6x9 6.14x9.21 6.5x6.5 6.625x10.25 6.69x9.61 7x10 7.44x9.69 7.5x9.25 8x8 8x10 8x10.88 8.25x10.75 8.25x11 8.268x11.693 8.5x8.5 8.5x9 8.5x11',
    ),
    papers: {
      'white black': { thickness: IN / 512, least: 18, most: 1200 },
      'cream black': { thickness: IN / 444, least: 18, most: 1050 },
      'white standard': { thickness: IN / 512, least: 18, most: 900 },
      'white premium': { thickness: IN / 377, least: 18, most: 840 },
    },
    multiple: 2,
    blankLast: true,
    bleed: { edge: 0.125 * IN, binding: false },
    marks: false,
    files: { standards: ['x-1a:2001', 'x-3:2002'], ink: 240 },
    cans: false,
    dots: { asked: 300, least: 72 },
    margin: 0.5 * IN,
    marginBleeding: 0.5 * IN,
    gutters: [[Number.POSITIVE_INFINITY, 0.5 * IN]],
    spine: { cover: 0, textFrom: 48, clear: 0.0625 * IN },
    bindings: BINDINGS,
    hard: { turnIn: 0.625 * IN },
    wrap: { bleed: 0.125 * IN, safe: 0.25 * IN, barcode: { width: 1.75 * IN, height: 1 * IN, from: 0.375 * IN } },
  },
  lulu: {
    called: 'Lulu',
    sources: [
      {
        at: 'https://help.api.lulu.com/en/support/solutions/articles/64000254616-how-is-spine-width-calculated-',
        seen: SEEN,
        of: ['thickness', 'spine'],
      },
      {
        at: 'https://help.lulu.com/en/support/solutions/articles/64000255584-how-do-i-make-my-content-cover-the-whole-page-what-is-bleed',
        seen: SEEN,
        of: ['bleed', 'margin', 'marks'],
      },
      {
        at: 'https://help.lulu.com/en/support/solutions/articles/64000255583-tips-for-formatting-documents',
        seen: SEEN,
        of: ['gutter', 'margin'],
      },
      {
        at: 'https://help.lulu.com/en/support/solutions/articles/64000255590-interior-formatting-faq',
        seen: SEEN,
        of: ['dots'],
      },
      {
        at: 'https://www.scribd.com/document/513281500/lulu-spine-width-calculator',
        seen: SEEN,
        of: ['pages', 'case'],
      },
      { at: 'http://www.lulu.com/help/space_for_isbn', seen: SEEN, of: ['barcode'] },
      {
        at: 'https://help.lulu.com/en/support/solutions/articles/64000308572-creating-your-hardcover-casewrap-cover',
        seen: SEEN,
        of: ['case'],
      },
    ],
    unsure: [
      'the trims: Lulu’s own list is longer; the distances of text on its cover',
      'the numbers of pages, and the least for a text on the spine',
      'the case, but for its turn-in: its spine is by a table, and its template decides',
      'the standard of the file: none is known to be asked for',
    ],
    trims: trims(
      '4.25x6.875 5x8 5.5x8.5 5.83x8.27 6x9 6.14x9.21 6.625x10.25 7x10 7.44x9.68 7.5x7.5 8.27x11.69 8.5x8.5 8.5x11',
    ),
    papers: {
      'white black': { thickness: IN / 444, least: 32, most: 800 },
      'cream black': { thickness: IN / 444, least: 32, most: 800 },
      'white standard': { thickness: IN / 444, least: 32, most: 800 },
      'white premium': { thickness: IN / 444, least: 32, most: 800 },
    },
    multiple: 2,
    blankLast: false,
    bleed: { edge: 0.125 * IN, binding: true },
    marks: false,
    files: ANY_FILE,
    cans: false,
    dots: { asked: 300 },
    margin: 0.5 * IN,
    marginBleeding: 0.5 * IN,
    // Half an inch, and a gutter of two tenths, as its tips say.
    gutters: [[Number.POSITIVE_INFINITY, 0.7 * IN]],
    spine: { cover: 0.06 * IN, textFrom: 80, clear: 0.0625 * IN },
    bindings: BINDINGS,
    hard: { turnIn: 0.75 * IN, pages: { least: 24, most: 800 } },
    wrap: { bleed: 0.125 * IN, safe: 0.25 * IN, barcode: { width: 1.75 * IN, height: 1 * IN, from: 0.375 * IN } },
  },
  bookvault: {
    called: 'BookVault',
    sources: [{ at: 'the usual figures of British printers on demand, not its own', seen: SEEN, of: FIGURES }],
    unsure: [
      'the spine: its own calculator decides, by the paper’s weight',
      'margins and the numbers of pages',
      'the standard of the file: none is known to be asked for',
    ],
    papers: {
      'white black': { thickness: 0.05 * MM, least: 24, most: 800 },
      'cream black': { thickness: 0.065 * MM, least: 24, most: 800 },
      'white standard': { thickness: 0.05 * MM, least: 24, most: 800 },
      'white premium': { thickness: 0.06 * MM, least: 24, most: 800 },
    },
    multiple: 2,
    blankLast: false,
    bleed: { edge: 3 * MM, binding: true },
    marks: false,
    files: ANY_FILE,
    cans: false,
    dots: { asked: 300 },
    margin: 10 * MM,
    marginBleeding: 10 * MM,
    gutters: [[Number.POSITIVE_INFINITY, 12.7 * MM]],
    spine: { cover: 0, textFrom: 80, clear: 1.5 * MM },
    bindings: BINDINGS,
    wrap: { bleed: 3 * MM, safe: 5 * MM, barcode: { width: 45 * MM, height: 26 * MM, from: 8 * MM } },
  },
  press: {
    called: 'a press',
    sources: [{ at: 'the usual figures of the trade, no printer’s own', seen: SEEN, of: FIGURES }],
    unsure: ['everything but the standards: ask your printer, and write what differs'],
    papers: {
      'white black': { thickness: 0.05 * MM, least: 4, most: 2000 },
      'cream black': { thickness: 0.065 * MM, least: 4, most: 2000 },
      'white standard': { thickness: 0.05 * MM, least: 4, most: 2000 },
      'white premium': { thickness: 0.06 * MM, least: 4, most: 2000 },
      'white cmyk': { thickness: 0.05 * MM, least: 4, most: 2000 },
      'cream cmyk': { thickness: 0.065 * MM, least: 4, most: 2000 },
    },
    multiple: 4,
    blankLast: false,
    bleed: { edge: 3 * MM, binding: true },
    marks: true,
    files: ANY_FILE,
    cans: true,
    dots: { asked: 300 },
    margin: 5 * MM,
    marginBleeding: 5 * MM,
    gutters: [[Number.POSITIVE_INFINITY, 10 * MM]],
    spine: { cover: 0.5 * MM, textFrom: 64, clear: 1.5 * MM },
    bindings: BINDINGS,
    wrap: { bleed: 3 * MM, safe: 5 * MM, barcode: { width: 45 * MM, height: 26 * MM, from: 8 * MM } },
  },
}

export const RECEIVER_NAMES = Object.keys(RECEIVERS) as readonly ReceiverName[]

/** Is it among the trims that are offered? */
export function takesTrim({ trims: offered, between }: Receiver, trim: Trim): boolean {
  if (offered === undefined || offered.some((one) => isSameSize(one, trim) || isNearly(one, trim))) return true
  if (between === undefined) return false
  const [least, most] = between
  const inside = (key: keyof Trim) => trim[key] >= least[key] - 0.01 && trim[key] <= most[key] + 0.01
  return inside('width') && inside('height')
}

/** A size in millimetres, and the same in the hundredths of an inch that a printer names. */
function isNearly(a: Trim, b: Trim): boolean {
  return Math.abs(a.width - b.width) < 0.5 && Math.abs(a.height - b.height) < 0.5
}

/** The greatest number of pages of this paper on this trim. */
export function mostPages({ most, large = [] }: Paper, trim: Trim): number {
  return large.find(({ width }) => trim.width >= width - 0.5)?.most ?? most
}

export function paperOf({ papers }: Receiver, stock: Stock, colour: Colouring): Paper | undefined {
  return papers[`${stock} ${colour}`]
}

/** The least inside margin of a book of so many pages; undefined: it takes none so thick. */
export function gutterOf({ gutters }: Receiver, pages: number): number | undefined {
  return gutters.find(([most]) => pages <= most)?.[1]
}

/**
 * How many pages are bound, with the blanks at the end: up to a multiple, and one at least where the receiver wants the last blank.
 * `lastIsBlank`: it is so already.
 */
export function boundPages(
  pages: number,
  multiple: number,
  name: ReceiverName | undefined,
  lastIsBlank: boolean,
): number {
  const all = name !== undefined && RECEIVERS[name].blankLast && !lastIsBlank ? pages + 1 : pages
  return Math.ceil(all / multiple) * multiple
}

/** As receivers write lengths: '0.125 in'. */
export function inInches(length: number): string {
  return `${Math.round(length / 0.072) / 1000} in`
}

/** Of a binding in boards: its own figures before the trade's. */
export function hardOf({ hard }: Receiver): Hard {
  return { ...HARD, ...hard }
}
