// What a build may take, in one place: whatever grows with a book has its limit here, with what it is unless the caller says
// otherwise, or with what it is for everybody. docs/limits.md is made from it (test/limits.test.ts).

interface Limit {
  /** Its key in `limits` of the library. */
  name: keyof Limits
  value: number
  unit: string
  /** Of the command. */
  option?: string
  meaning: string
  /** The code that a book past it gets. */
  code: string
}

export interface Limits {
  manifest: number
  frontMatter: number
  text: number
  texts: number
  parts: number
  allParts: number
  image: number
  images: number
  pixels: number
  allPixels: number
  pictures: number
  drawing: number
  repeated: number
  files: number
  cells: number
  theme: number
  font: number
  findings: number
  time: number
  memory: number
}

const MEGABYTE = 1 << 20

export const LIMITS: readonly Limit[] = [
  { name: 'manifest', value: MEGABYTE, unit: 'bytes', meaning: 'the manifest', code: 'too-large' },
  { name: 'frontMatter', value: 64 << 10, unit: 'bytes', meaning: 'the front matter of one file', code: 'too-large' },
  { name: 'text', value: 16 * MEGABYTE, unit: 'bytes', meaning: 'one text', code: 'too-large' },
  {
    name: 'texts',
    value: 32 * MEGABYTE,
    unit: 'bytes',
    meaning: 'all texts: ten times War and Peace',
    code: 'too-large',
  },
  {
    name: 'parts',
    value: 1_000_000,
    unit: '',
    meaning: 'paragraphs, items, marks and the like of one text',
    code: 'too-large',
  },
  { name: 'allParts', value: 2_000_000, unit: '', meaning: 'the same, of all texts', code: 'too-large' },
  { name: 'image', value: 64 * MEGABYTE, unit: 'bytes', meaning: 'one image', code: 'too-large' },
  { name: 'images', value: 512 * MEGABYTE, unit: 'bytes', meaning: 'all images', code: 'too-large' },
  { name: 'pixels', value: 100e6, unit: 'pixels', meaning: 'one image', code: 'too-large' },
  { name: 'allPixels', value: 1000e6, unit: 'pixels', meaning: 'all images', code: 'too-large' },
  { name: 'pictures', value: 20_000, unit: '', meaning: 'images by their number', code: 'too-large' },
  {
    name: 'drawing',
    value: 20,
    unit: 'seconds',
    meaning: 'to draw one SVG, as it is reckoned before it is drawn',
    code: 'svg-too-complex',
  },
  {
    name: 'repeated',
    value: 4_000_000,
    unit: '',
    meaning: 'letters that links repeat: titles where they have no text, addresses and titles that are defined once',
    code: 'too-large',
  },
  { name: 'files', value: 10_000, unit: '', meaning: 'files that a pattern or a folder stands for', code: 'too-large' },
  { name: 'cells', value: 500_000, unit: '', meaning: 'cells of one table, empty ones too', code: 'too-large' },
  { name: 'theme', value: MEGABYTE, unit: 'bytes', meaning: 'a theme', code: 'theme-yaml' },
  { name: 'font', value: 64 * MEGABYTE, unit: 'bytes', meaning: 'one font file', code: 'theme-font' },
  {
    name: 'findings',
    value: 1000,
    unit: '',
    meaning: 'errors that are listed, and warnings; the rest is counted',
    code: 'more-findings',
  },
  {
    name: 'time',
    value: 600,
    unit: 'seconds',
    option: '--time-limit',
    meaning: 'a build that is made apart',
    code: 'out-of-time',
  },
  {
    name: 'memory',
    value: 4096,
    unit: 'megabytes',
    option: '--memory-limit',
    meaning: 'a build that is made apart',
    code: 'out-of-memory',
  },
]

export const DEFAULT_LIMITS = Object.fromEntries(LIMITS.map(({ name, value }) => [name, value])) as unknown as Limits

/** What no book needs more of: it cannot be set, and stands in the same page. */
export interface Fixed {
  value: number
  unit: string
  meaning: string
  code: string
}

const fixed = <N extends string>(all: Record<N, Fixed>): Readonly<Record<N, Fixed>> => all
const counted = (value: number, meaning: string, code: string): Fixed => ({ value, unit: '', meaning, code })

export const FIXED = fixed({
  levels: counted(60, 'blocks in blocks: a list in a list is two, a quotation is one', 'too-deep'),
  marks: counted(40, 'marks in marks', 'too-deep'),
  elements: counted(50, 'elements of HTML in each other', 'too-deep'),
  address: counted(4000, 'characters of an address: browsers and servers give up beyond it', 'dead-link'),
  words: counted(10_000, 'letters of a title, a name, a description, a blurb', 'too-large'),
  unbroken: counted(
    1_000_000,
    'letters in a row of scripts with spaces between words, without a space or a mark',
    'too-large',
  ),
  unspaced: counted(2_000_000, 'the same with marks among them, without a space', 'too-large'),
  codeLines: counted(250_000, 'lines of code of a book: each is set, and held, as a paragraph is', 'too-large'),
  folders: counted(20, 'folders in folders, where the files of a pattern or a folder are looked for', 'too-large'),
  entries: counted(5, 'entries of the manifest in each other', 'wrong-type'),
  yamlDepth: counted(16, 'maps and lists of YAML in each other', 'bad-yaml'),
  yamlNodes: counted(200_000, 'values of one YAML file', 'bad-yaml'),
  yamlAliases: counted(100, 'aliases of one YAML file', 'bad-yaml'),
  cssDepth: counted(50, 'brackets of the EPUB’s own style sheet in each other', 'epub-css'),
  themes: counted(8, 'themes that extend each other', 'theme-extends'),
  fontPoints: counted(200_000, 'characters of a font', 'theme-font'),
  profile: { value: 8, unit: 'megabytes', meaning: 'a printer’s ICC profile', code: 'too-large' },
  jpegScans: counted(100, 'scans of a JPEG', 'broken-image'),
  svgDepth: counted(64, 'elements of an SVG in each other', 'svg-too-complex'),
  svgParts: counted(200_000, 'elements and texts of an SVG', 'svg-too-complex'),
  svgReferences: counted(120, 'the same, with all that they refer to', 'svg-too-complex'),
  svgLetters: counted(20_000, 'letters of text in an SVG, each time that they are shown', 'svg-too-complex'),
  svgPoints: counted(2_000_000, 'numbers in an SVG’s outlines, each time that they are drawn', 'svg-too-complex'),
  svgRules: counted(20_000_000, 'comparisons of an SVG’s elements with its rules of style', 'svg-too-complex'),
  svgPixels: { value: 50e6, unit: 'pixels', meaning: 'the pictures within an SVG', code: 'svg-too-complex' },
  svgHeld: { value: 800, unit: 'megabytes', meaning: 'what an SVG holds while it is drawn', code: 'svg-too-complex' },
})

/** Throws a RangeError for a name that is none, or a value that is no number above zero: faults of the caller. */
export function limitsOf(given: Partial<Limits> | undefined): Limits {
  const limits = { ...DEFAULT_LIMITS }
  for (const [name, value] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw new RangeError(`there is no limit \`${name}\``)
    if (value === undefined) continue
    if (typeof value !== 'number' || !(value > 0))
      throw new RangeError(`the limit \`${name}\` must be a number above 0`)
    limits[name as keyof Limits] = value
  }
  return limits
}

/** Of seconds, in milliseconds as a timer takes them: one that is asked for more ends at once. */
export function timerFor(seconds: number): number {
  return Math.min(seconds * 1000, 2 ** 31 - 1)
}

/** Work that is counted while a book is read. */
export interface Work {
  letters: number
  parts: number
  pixels: number
  /** Milliseconds that SVGs take to draw, as it is reckoned. */
  drawing: number
}

/**
 * More than this is heavy: three times War and Peace, a hundred large photographs, or many costly drawings. It is done in a process that can be ended.
 */
export const HEAVY: Work = { letters: 10e6, parts: 60_000, pixels: 250e6, drawing: 30_000 }

/** What a note takes besides its text, in parts: it is set by itself, and looked for on every page that it may stand on. */
export const NOTE_PARTS = 4
