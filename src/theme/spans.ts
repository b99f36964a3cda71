// Which cut of a family is shown, and what a mark within text does to its letters: one answer for both outputs.
import type { Span } from '../model/book.js'
import type { MarkStyle } from './theme.js'

/** The key of the nearest cut that there is, 'text/italic': the weight goes before the slope, the upright text before nothing. */
export function nearestCut(family: string, bold: boolean, italic: boolean, there: ReadonlySet<string>): string {
  const weight = bold ? 'bold' : 'regular'
  const wanted = !italic ? weight : bold ? 'boldItalic' : 'italic'
  for (const cut of [wanted, weight, 'regular']) if (there.has(`${family}/${cut}`)) return `${family}/${cut}`
  return 'text/regular'
}

/** Cuts of another family for a letter that the face `of` ('text/boldItalic') lacks: its nearest, and its regular one. */
export function cutsLike(of: string, family: string, there: ReadonlySet<string>): string[] {
  const cut = of.slice(of.indexOf('/') + 1)
  const near = nearestCut(family, cut.startsWith('bold'), cut === 'italic' || cut === 'boldItalic', there)
  return [...new Set([near, `${family}/regular`])].filter((key) => key.startsWith(`${family}/`) && there.has(key))
}

/** What changes within a span; all else stays as it is around it. */
export interface SpanLook {
  /** Italic in upright text, upright in italics. */
  turned?: true
  bold?: true
  /** In the face for code: upright, without small capitals. */
  mono?: true
  smallCaps?: true
  /** × the size around; a text in the face for code that is in one already stays as large. */
  size?: number
  /** Off the baseline, em of the size around. */
  rise?: number
  lining?: true
  line?: 'under' | 'through'
}

const NOTHING: SpanLook = {}

export function spanLooks(marks: MarkStyle): (kind: Span['kind']) => SpanLook {
  const looks: Record<Span['kind'], SpanLook> = {
    emphasis: { turned: true },
    cite: { turned: true },
    italic: { turned: true },
    defined: { turned: true },
    strong: { bold: true },
    bold: { bold: true },
    code: { mono: true, size: marks.code },
    kbd: { mono: true, size: marks.code },
    smallcaps: { smallCaps: true },
    small: { size: marks.small },
    sub: { ...marks.lowered, lining: true },
    sup: { ...marks.raised, lining: true },
    strike: { line: 'through' },
    underline: { line: 'under' },
    mark: { line: 'under' },
    // a note's number says itself how it is raised; links are told by what reads them
    note: NOTHING,
    number: NOTHING,
    speaker: NOTHING,
    link: NOTHING,
    quoted: NOTHING,
    abbr: NOTHING,
    isolate: NOTHING,
    time: NOTHING,
    ruby: NOTHING,
    'ruby-base': NOTHING,
    'ruby-text': { size: marks.small },
    'ruby-paren': { size: marks.small },
    span: NOTHING,
    image: NOTHING,
  }
  return (kind) => looks[kind]
}
