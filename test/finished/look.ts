// In: an EPUB and a PDF of one book. Out: every block of text that is found in both, with how it looks in each, in the same terms: sizes
// as parts of the body's size, vertical measures in lines of the body, horizontal ones in em.

import { type Shaper, shaperOf } from '../../src/fonts/shape.js'
import { type Computed, cascade } from './cascade.js'
import { type Element, type Epub, isElement, type Node, textOf, wordsOf } from './epub.js'
import { isPiece, type Pdf, type Piece, type Tagged } from './pdf.js'

/** A block of text in one of the two outputs. Undefined: this block is too short to show it. */
export interface Look {
  face: string | undefined
  bold: boolean | undefined
  italic: boolean | undefined
  /** × body size. */
  size: number
  /** Lines of the body. */
  leading: number | undefined
  /** em of its own size. */
  indent: number | undefined
  /** em of the body, from the text block's left edge. */
  left: number | undefined
  align: string | undefined
  /** The author has broken lines in it; only the EPUB says so. */
  broken?: boolean
  /** Of one or two lines that leave room on both sides: do they stand in the middle? */
  centred: boolean | undefined
  smallCaps: boolean | undefined
  /** em of its own size. */
  tracking: number | undefined
  colour: string
  /** Advance of each figure in it, 1/1000 em: what the file's own font gives for the features that it is asked for. */
  figures: Map<string, number>
}

export interface Pair {
  role: string
  /** The first words. */
  text: string
  epub: Look
  pdf: Look
  /** From the last line of the block before to the first of this, lines of the body; where both stand on one page. */
  /** `full`: the page ends on the foot that full pages share, or less than a line above it. */
  distance: { epub: number; pdf: number; onGrid: boolean; full: boolean } | undefined
  /** Words that stand out in the block: emphasis, code, small capitals. */
  marks: { name: string; text: string; epub: Mark; pdf: Mark }[]
}

export interface Mark {
  face: string
  bold: boolean
  italic: boolean
  size: number
}

const BLOCKS = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'li',
  'dt',
  'dd',
  'td',
  'th',
  'figcaption',
  'caption',
  'pre',
])
const CONTAINERS = /^(quote|epigraph|letter|aside|note|right|center|dedication|verse)$/
const TAGS: Record<string, string> = {
  li: 'list',
  dt: 'term',
  dd: 'definition',
  td: 'cell',
  th: 'cell-head',
  figcaption: 'caption',
  caption: 'caption',
  pre: 'code',
}

const INLINE_MARKS = /^(em|strong|code|kbd|cite|small|sup|sub|span)$/

/** From the middle of a line down to its baseline, × size: half of ascent less descent, near enough for any text face. */
const DROP = 0.35

interface EpubBlock {
  element: Element
  role: string
  key: string
  words: string
}

interface PdfBlock {
  key: string
  lines: Piece[][]
  /** A note's number stands before the first line. */
  labelled: boolean
}

export function pairs(epub: Epub, pdf: Pdf): Pair[] {
  const styleOf = cascade(epub.css)
  const figuresOf = embedded(epub)
  const ours = epub.chapters.flatMap(({ body }) => blocksOf(body))
  const theirs = printed(pdf.root)
  const byKey = new Map<string, PdfBlock[]>()
  for (const block of theirs) byKey.set(block.key, [...(byKey.get(block.key) ?? []), block])
  const counts = new Map<string, number>()
  for (const { key } of ours) counts.set(key, (counts.get(key) ?? 0) + 1)

  const seen = new Map<string, number>()
  const met: { block: EpubBlock; print: PdfBlock; at: number }[] = []
  for (const [at, block] of ours.entries()) {
    // What stands more often in one output than in the other (a part of it runs over a page) cannot be told apart.
    const candidates = byKey.get(block.key)
    if (candidates === undefined || counts.get(block.key) !== candidates.length) continue
    const nth = seen.get(block.key) ?? 0
    seen.set(block.key, nth + 1)
    met.push({ block, print: candidates[nth]!, at })
  }

  const body = met.filter(({ block }) => /^(body|opening|flush)$/.test(block.role))
  const bodySize = commonest(body.flatMap(({ print }) => print.lines.flat().map((piece) => piece.size)))
  const bodyLead = commonest(body.flatMap(({ print }) => steps(print.lines)).map((step) => round(step, 1)))
  const bodyStyle = styleOf(body[0]!.block.element)
  // The left edge of the text on rectos and on versos; lines that hang stand in from it.
  const hang = Math.max(0, -bodyStyle.textIndent / bodyStyle.fontSize) * bodySize
  const edges = [0, 1].map((side) =>
    commonest(
      body.flatMap(({ print }) =>
        print.lines.slice(1).flatMap(([first]) => (first!.page % 2 === side ? [Math.round(first!.x - hang)] : [])),
      ),
    ),
  )
  const lastRight = (side: number) =>
    commonest(
      body.flatMap(({ print }) =>
        print.lines
          .slice(0, -1)
          .flatMap((line) => (line[0]!.page % 2 === side ? [Math.round(line.at(-1)!.right)] : [])),
      ),
    )
  const measure = Math.max(...[0, 1].map((side) => lastRight(side) - edges[side]!).filter((each) => each > 0))
  const plain = new Map<string, Map<number, number>>()
  for (const { block, print } of met)
    if (styleOf(block.element).smallCaps === 'none')
      for (const piece of print.lines.flat())
        each(piece, (name, advance) => {
          const seen = plain.get(name) ?? new Map<number, number>()
          plain.set(name, seen.set(advance, (seen.get(advance) ?? 0) + 1))
        })
  const usual = new Map([...plain].map(([name, seen]) => [name, [...seen].sort((a, b) => b[1] - a[1])[0]![0]]))

  const lowest = new Map<number, number>()
  for (const { page, y, size } of theirs.flatMap(({ lines }) => lines.flat()))
    if (size === bodySize) lowest.set(page, Math.min(y, lowest.get(page) ?? Infinity))
  const shared = commonest([...lowest.values()].map((y) => Math.round(y)))

  const next = new Map(theirs.map((block, i) => [theirs[i - 1], block]))
  return met.map(({ block, print, at }, i) => {
    const style = styleOf(holder(block.element))
    const before = met[i - 1]
    const foot = before?.print.lines.at(-1)?.[0]
    const head = print.lines[0]![0]!
    const adjoining = before?.at === at - 1 && next.get(before.print) === print && foot?.page === head.page
    const joined = adjoining ? gap(before.block.element, block.element, styleOf) : undefined
    return {
      role: block.role,
      text: block.words.slice(0, 40),
      epub: {
        face: letters(style.fontFamily.split(',')[0]!),
        bold: style.fontWeight >= 600,
        italic: style.italic,
        size: style.fontSize / bodyStyle.fontSize,
        leading: style.lineHeight / bodyStyle.lineHeight,
        indent: style.textIndent / style.fontSize,
        left: insets(block.element, styleOf) / bodyStyle.fontSize,
        align: style.textAlign,
        broken: hasBreak(block.element),
        centred: style.textAlign === 'center',
        smallCaps: style.smallCaps !== 'none',
        tracking: style.letterSpacing / style.fontSize,
        colour: style.colour,
        figures: figuresOf(block.words, style),
      },
      pdf: printedLook(print, { bodySize, bodyLead, edges, measure, usual }),
      distance:
        joined === undefined
          ? undefined
          : {
              epub: joined / bodyStyle.lineHeight,
              pdf: (foot!.y - head.y) / bodyLead,
              full: lowest.get(head.page)! - shared < 0.99 * bodyLead,
              onGrid: foot!.size === head.size && Math.abs(style.lineHeight / bodyStyle.lineHeight - 1) < 0.01,
            },
      marks: marksOf(block.element, print, styleOf, bodyStyle.fontSize, bodySize),
    }
  })
}

/** Has the author broken lines in it? */
function hasBreak(element: Element): boolean {
  return element.children.some((child) => isElement(child) && (child.name === 'br' || hasBreak(child)))
}

/** The block itself, or the mark that all of its text stands in; where a page begins is no text, and an icon says nothing. */
function holder(element: Element): Element {
  const isSaid = ({ attribs }: Element) => !/pagebreak/.test(attribs['role'] ?? '') && attribs['aria-hidden'] !== 'true'
  const [only, ...more] = element.children.filter((child) =>
    isElement(child) ? isSaid(child) : textOf(child).trim() !== '',
  )
  return only !== undefined && more.length === 0 && isElement(only) && INLINE_MARKS.test(only.name)
    ? holder(only)
    : element
}

/** Blocks that hold text themselves, in the order of the document. */
function blocksOf(root: Element): EpubBlock[] {
  const out: EpubBlock[] = []
  const walk = (element: Element) => {
    if (element.name === 'nav' || element.attribs['class'] === 'contents') return
    const inner = element.children.filter((child) => isElement(child)) as Element[]
    if (
      BLOCKS.has(element.name) &&
      !inner.some((child) => BLOCKS.has(child.name) || /^([uo]l|dl|blockquote|div)$/.test(child.name))
    ) {
      const words = textOf(element, (child) => /noteref|backlink/.test(child.attribs['role'] ?? ''))
        .replace(/\s+/g, ' ')
        .trim()
      if (words !== '') out.push({ element, role: roleOf(element), words, key: keyOf(words) })
    } else for (const child of inner) walk(child)
  }
  walk(root)
  return out
}

/** Capitals that a style makes are letters of their own on paper. */
function keyOf(text: string): string {
  return wordsOf(text).join('').toLowerCase()
}

function roleOf(element: Element): string {
  const own = element.attribs['class']?.split(' ')[0]
  if (own !== undefined && !/^(left|right|center)$/.test(own)) return own
  for (const each of ancestors(element).slice(1)) {
    const name = (each.attribs['class'] ?? '').split(' ').find((word) => CONTAINERS.test(word))
    if (name !== undefined) return name
    if (TAGS[each.name] !== undefined) return TAGS[each.name]!
  }
  return TAGS[element.name] ?? 'body'
}

/** Blocks of the PDF with their lines. What runs over a page comes in two parts and is met in neither. */
function printed(root: Tagged): PdfBlock[] {
  const out: PdfBlock[] = []
  const walk = (element: Tagged, labelled: boolean) => {
    if (element.role === 'TOC' || (element.role === 'Lbl' && labelled)) return
    if (/^(P|H[1-6]|TD|TH|Caption|Code|LBody|Lbl)$/.test(element.role) && element.children.some(inside)) {
      const lines: Piece[][] = []
      for (const piece of inLine(element)) {
        const line = lines.at(-1)?.[0]
        if (line !== undefined && line.page === piece.page && Math.abs(line.y - piece.y) < 6) lines.at(-1)!.push(piece)
        else lines.push([piece])
      }
      const text = lines
        .map((line) =>
          line
            .map((piece) => piece.text)
            .join('')
            .replace(/\u00ad\s*$/, ''),
        )
        .join('')
      const key = keyOf(text)
      // A bullet or a number is no block; a term is.
      if (element.role === 'Lbl' ? /\p{L}{2}/u.test(key) : lines.length > 0) out.push({ lines, key, labelled })
      return
    }
    let first = element.role === 'Note'
    for (const child of element.children)
      if (!isPiece(child)) {
        walk(child, first)
        first &&= child.role === 'Lbl'
      }
  }
  walk(root, false)
  return out
}

/** Text, or a line of verse or code: an element of its own. */
function inside(child: Tagged | Piece): boolean {
  return isPiece(child) || (/^(Span|Code)$/.test(child.role) && child.children.some(inside))
}

function inLine(element: Tagged): Piece[] {
  return element.children.flatMap((child) =>
    isPiece(child) ? [child] : /^(Reference|Lbl|Note)$/.test(child.role) ? [] : inLine(child),
  )
}

interface Page {
  bodySize: number
  bodyLead: number
  /** Left edge of the text on the pages of each side. */
  edges: number[]
  measure: number
  /** Advance of each letter of each font where it is no small capital. */
  usual: Map<string, number>
}

function printedLook({ lines, labelled }: PdfBlock, { bodySize, bodyLead, edges, measure, usual }: Page): Look {
  const pieces = lines.flat()
  const weigh = <T>(of: (piece: Piece) => T) =>
    commonest(pieces.flatMap((piece) => Array.from(piece.text.trim(), () => of(piece))))
  const font = weigh((piece) => piece.font)
  const size = weigh((piece) => piece.size)
  const [family = '', cut = ''] = font.split('-')
  const lefts = lines.map(([first]) => first!.x)
  const rights = lines.map((line) => line.at(-1)!.right)
  const inner = lefts.slice(1)
  const tracking = commonest(pieces.map((piece) => round(piece.tracking / piece.size, 3)))
  let [other, all] = [0, 0]
  for (const piece of pieces.filter((each) => each.font === font))
    each(piece, (name, advance) => {
      if (!/[a-z]$/.test(name) || !usual.has(name)) return
      all++
      if (Math.abs(advance - usual.get(name)!) > 5) other++
    })
  const align = alignment(lefts, rights)
  return {
    face: letters(family),
    bold: /bold/i.test(cut),
    italic: /italic|oblique/i.test(cut),
    size: size / bodySize,
    leading: lines.length > 1 ? commonest(steps(lines).map((step) => round(step, 2))) / bodyLead : undefined,
    // A quotation mark hangs, and says nothing of the indent.
    indent:
      lines.length > 2 &&
      !labelled &&
      (align === 'justify' || align === 'left') &&
      /^[\p{L}\p{N}]/u.test(pieces[0]!.text)
        ? (lefts[0]! - middle(inner)) / size
        : undefined,
    left:
      lines.length > 2 && (align === 'justify' || align === 'left')
        ? (middle(inner) - edges[pieces[0]!.page % 2]!) / bodySize
        : undefined,
    align,
    centred: isCentred(lefts, rights, edges[pieces[0]!.page % 2]!, measure),
    // In some faces half of the small capitals are as wide as the small letters.
    smallCaps: all < 3 || (all < 9 && other > 0 && other / all <= 0.8) ? undefined : other / all > 0.8,
    // In justified lines it is the line's own.
    tracking: align === 'justify' ? undefined : tracking,
    colour: weigh((piece) => piece.colour),
    figures: new Map(
      pieces
        .filter((piece) => piece.font === font && Math.abs(piece.size - size) < 0.01)
        .flatMap((piece) => {
          const found: [string, number][] = []
          each(piece, (name, advance) => found.push([name.slice(-1), advance]))
          return found.filter(([character]) => /\d/.test(character))
        }),
    ),
  }
}

/** Figures as the EPUB's own fonts shape them; nothing for a style whose face is not embedded. */
function embedded(epub: Epub): (text: string, style: Computed) => Map<string, number> {
  const shapers = new Map<string, Shaper>()
  for (const [, body = ''] of epub.css.matchAll(/@font-face \{([^}]*)\}/g)) {
    const [family, weight, style, url] = ['font-family', 'font-weight', 'font-style', 'src'].map(
      (name) => new RegExp(`${name}: (?:url\\(\\.\\./)?"?([^";)]*)`).exec(body)?.[1] ?? '',
    )
    const file = [...epub.files].find(([path]) => path.endsWith(`/${url}`))
    if (file) shapers.set(`${letters(family!)} ${weight} ${style === 'italic'}`, shaperOf(file[1]))
  }
  const TAGS: Record<string, string> = { oldstyle: 'onum', lining: 'lnum', tabular: 'tnum', proportional: 'pnum' }
  return (text, style) => {
    const shaper = shapers.get(
      `${letters(style.fontFamily.split(',')[0]!)} ${style.fontWeight >= 600 ? 700 : 400} ${style.italic}`,
    )
    const tags = style.numeric.split(' ').flatMap((word) => TAGS[word.replace('-nums', '')] ?? [])
    // some faces have figures of their own among small capitals
    if (style.smallCaps !== 'none') tags.push('smcp')
    if (style.smallCaps === 'all-small') tags.push('c2sc')
    const figures = new Set(text.match(/\d/g))
    return new Map(shaper ? [...figures].map((figure) => [figure, shaper.shape(figure, tags, 'en').advances[0]!]) : [])
  }
}

/** Marked words that the PDF shows in one piece. */
function marksOf(
  element: Element,
  { lines }: PdfBlock,
  styleOf: StyleOf,
  bodyPx: number,
  bodySize: number,
): Pair['marks'] {
  const pieces = lines.flat()
  const out: Pair['marks'] = []
  const walk = (each: Element) => {
    for (const child of each.children) {
      if (!isElement(child)) continue
      walk(child)
      const text = textOf(child).trim()
      const found = pieces.filter((piece) => piece.text.trim() === text)
      if (found.length !== 1 || !INLINE_MARKS.test(child.name) || holder(child) !== child) continue
      const style = styleOf(child)
      const [family = '', cut = ''] = found[0]!.font.split('-')
      out.push({
        name: child.name,
        text,
        epub: {
          face: letters(style.fontFamily.split(',')[0]!),
          bold: style.fontWeight >= 600,
          italic: style.italic,
          size: style.fontSize / bodyPx,
        },
        pdf: {
          face: letters(family),
          bold: /bold/i.test(cut),
          italic: /italic|oblique/i.test(cut),
          size: found[0]!.size / bodySize,
        },
      })
    }
  }
  walk(element)
  return out
}

/** Where three lines or more leave no doubt; a hanging stop or hyphen is no ragged edge. */
function alignment(lefts: number[], rights: number[]): string | undefined {
  if (lefts.length < 3) return undefined
  const [inner, outer] = [lefts.slice(1), rights.slice(0, -1)]
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values)
  const centres = lefts.map((left, i) => left + rights[i]!)
  if (spread(inner) < 7 && spread(outer) < 7) return 'justify'
  if (spread(inner) < 7) return 'left'
  if (spread(rights) < 7) return 'right'
  return spread(centres) < 8 ? 'center' : undefined
}

function isCentred(lefts: number[], rights: number[], edge: number, measure: number): boolean | undefined {
  const room = lefts.some((left, i) => rights[i]! - left > 0.85 * measure)
  if (lefts.length > 2 || room) return undefined
  return lefts.every((left, i) => Math.abs((left + rights[i]!) / 2 - edge - measure / 2) < 2)
}

function steps(lines: Piece[][]): number[] {
  return lines
    .slice(1)
    .flatMap(([first], i) => (lines[i]![0]!.page === first!.page ? [lines[i]![0]!.y - first!.y] : []))
}

function each(piece: Piece, take: (name: string, advance: number) => void): void {
  const characters = [...piece.text]
  if (characters.length !== piece.advances.length) return
  for (const [i, character] of characters.entries()) take(`${piece.font} ${character}`, piece.advances[i]!)
}

type StyleOf = ReturnType<typeof cascade>

/** From the last baseline of one block to the first of the next, px: half lines, and margins as they collapse (CSS 2.1, 8.3.1). */
function gap(before: Element, after: Element, styleOf: StyleOf): number | undefined {
  const [over, under] = [ancestors(before), ancestors(after)]
  const common = over.find((each) => under.includes(each))
  if (common === undefined) return undefined
  const below = over.slice(0, over.indexOf(common))
  const above = under.slice(0, under.indexOf(common))
  // Only text that adjoins: nothing without text (a rule, a figure's image) stands between, and notes stand elsewhere on paper.
  if (
    [...below, ...above].some(
      (each) => /^(td|th|tr|table)$/.test(each.name) || /footnote/.test(each.attribs['role'] ?? ''),
    )
  )
    return undefined
  const [one, two] = [below.at(-1)!, above.at(-1)!]
  const siblings = elementsIn(common)
  if (siblings.indexOf(two) !== siblings.indexOf(one) + 1) return undefined
  if (below.slice(0, -1).some((each) => elementsIn(each.parent as Element).at(-1) !== each)) return undefined
  if (above.slice(0, -1).some((each) => elementsIn(each.parent as Element)[0] !== each)) return undefined
  const margins = [...below.map((each) => styleOf(each).marginBottom), ...above.map((each) => styleOf(each).marginTop)]
  const padding = [
    ...below.map((each) => styleOf(each).paddingBottom),
    ...above.map((each) => styleOf(each).paddingTop),
  ]
  const [a, b] = [styleOf(before), styleOf(after)]
  const between = Math.max(...margins, 0) + Math.min(...margins, 0) + padding.reduce((sum, each) => sum + each, 0)
  return a.lineHeight / 2 - DROP * a.fontSize + between + b.lineHeight / 2 + DROP * b.fontSize
}

/** All that moves an element's text to the right, px, without the page's own margin. */
function insets(element: Element, styleOf: StyleOf): number {
  let sum = 0
  for (const each of ancestors(element)) {
    const { marginLeft, borderLeft, paddingLeft } = styleOf(each)
    sum += marginLeft + borderLeft + paddingLeft
  }
  return sum
}

function letters(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
}

function commonest<T>(values: readonly T[]): T {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [undefined as T, 0] as [T, number])[0]
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places))
}

/** Child elements, without the marks of pages. */
function elementsIn(element: Element): Element[] {
  return element.children.filter(
    (child) => isElement(child) && !/pagebreak/.test(child.attribs['role'] ?? ''),
  ) as Element[]
}

/** The element and all above it within the document's body. */
function ancestors(element: Element): Element[] {
  const chain: Element[] = []
  for (
    let each: Node | null = element;
    each !== null && isElement(each) && each.name !== 'body';
    each = each.parent as Node | null
  )
    chain.push(each)
  return chain
}
