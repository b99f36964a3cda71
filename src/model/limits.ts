// What a build may take, in one place: whatever grows with a book has its limit here, with what it is unless the caller says
// otherwise. docs/limits.md is made from it (test/limits.test.ts).

export interface Limit {
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

/** Work that is counted while a book is read. */
export interface Work {
  letters: number
  parts: number
  pixels: number
}

/**
 * More than this is heavy: three times War and Peace, or a hundred large photographs. It is done in a process that can be ended.
 */
export const HEAVY: Work = { letters: 10e6, parts: 300_000, pixels: 250e6 }
