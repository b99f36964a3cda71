// In: a paragraph that holds nothing but images. Out: a figure for each, with its caption; undefined if it holds anything else.
//   ![Alternative](x.png)                  no caption
//   ![Alternative](x.png "Caption")        the title is the caption; or {caption="…"}, which may have marks
//   ![Caption](x.png){alt="Alternative"}   the text is the caption
//   ![Caption](x.png){caption=alt}         the text is caption and alternative both, as with Pandoc
//   <img src="x.png" alt="Alternative"><br>Caption   what a line break parts from it
import type { Token } from 'markdown-it'
import type { Block, Prose } from '../../model/book.js'
import { owing } from '../account.js'
import { type FileContext, placeOf } from '../context.js'
import { imageOf, parseTag } from '../html-tags.js'
import { addressOf, shareOf } from '../images/images.js'
import { altOf, tellUnsaid } from '../inline/image.js'
import { bareText, showsNothing, toProse } from '../inline/inline.js'
import { setText } from '../inline/settext.js'
import { tellForeignIn, tellRaw } from '../inline/tell-foreign.js'
import { languageOf } from '../inline/writing.js'
import { attributesOf } from '../markdown/attributes.js'
import { parseInline } from '../markdown/parser.js'
import { newToken } from '../markdown/token.js'
import { attributed } from './stream.js'

export function toFigures(inline: Token, line: number, ctx: FileContext): Block[] | undefined {
  const children = inline.children ?? []
  let images = 0
  let end = 0
  for (; end < children.length; end++) {
    const child = children[end]!
    if (isImage(child)) images++
    else if (isBreak(child) && images > 0 && children.slice(end).some((one) => !isBlank(one))) break
    else if (!isBlank(child)) return undefined
  }
  if (images === 0) return undefined
  // What a line break parts from the images is their legend; images in it would be lost among its words.
  const legend = children.slice(end + 1)
  if (legend.some(isImage)) return undefined
  const figures: Block[] = []
  let at = line
  for (const child of children.slice(0, end)) {
    if (child.type === 'softbreak' || child.type === 'hardbreak') at++
    if (!isImage(child)) continue
    const token = child.type === 'image' ? child : imageOf(parseTag(child.content), ctx, at)
    figures.push(...toFigure(token, at, ctx))
    at += child.type === 'image' ? 0 : child.content.split('\n').length - 1
  }
  if (legend.length === 0) return figures
  const last = figures.at(-1)
  const prose = toProse(legend, at, ctx)
  if (showsNothing(prose.text)) return figures
  if (last?.kind === 'figure' && last.caption === undefined) last.caption = prose
  else figures.push({ n: 0, classes: [], kind: 'paragraph', role: 'caption', prose, place: placeOf(ctx, at) })
  return figures
}

/** A paragraph after a figure that says of itself that it is the caption: `<span class="caption">…</span>`. */
export function captionFigures(blocks: Block[]): Block[] {
  if (!blocks.some((block) => block.kind === 'figure' && block.caption === undefined)) return blocks
  const kept: Block[] = []
  for (const block of blocks) {
    const last = kept.at(-1)
    if (last?.kind === 'figure' && last.caption === undefined && isCaption(block)) {
      last.caption = block.prose
      if (block.id !== undefined) last.id ??= block.id
    } else kept.push(block)
  }
  return kept
}

function isCaption(block: Block): block is Block & { kind: 'paragraph' } {
  if (block.kind !== 'paragraph') return false
  const { text, spans } = block.prose
  const whole = spans.find(({ start, end }) => start === 0 && end === text.length)
  return whole?.kind === 'span' && whole.classes.includes('caption')
}

/**
 * The lines of a paragraph that hold tall images and nothing else, apart from the rest: among words they would be as high as
 * these. In: the tokens of a paragraph. Out: its runs, each with its first line; undefined if it is to stay as it is.
 */
export function partAtImages(
  children: readonly Token[],
  line: number,
  ctx: FileContext,
): { tokens: Token[]; line: number }[] | undefined {
  if (!children.some(isImage)) return undefined
  const rows: { tokens: Token[]; line: number; end: Token | undefined; whole: boolean }[] = []
  let row: Token[] = []
  let from = line
  let at = line
  let depth = 0
  for (const token of children) {
    depth += token.nesting
    if (token.type === 'softbreak' || isBreak(token)) {
      rows.push({ tokens: row, line: from, end: token, whole: depth === 0 })
      if (token.type !== 'html_inline') at++
      from = at
      row = []
    } else row.push(token)
  }
  rows.push({ tokens: row, line: from, end: undefined, whole: depth === 0 })
  const stands = rows.map(
    ({ tokens, whole }, i) =>
      whole &&
      (rows[i - 1]?.whole ?? true) &&
      tokens.some(isImage) &&
      tokens.every((token) => isBlank(token) || (isImage(token) && ctx.tall(sourceOf(token)))),
  )
  if (!stands.includes(true)) return undefined
  const runs: { tokens: Token[]; line: number; image: boolean }[] = []
  rows.forEach(({ tokens, line, end }, i) => {
    const last = runs.at(-1)
    const image = stands[i]!
    if (last?.image === image) for (const token of tokens) last.tokens.push(token)
    else runs.push({ tokens: [...tokens], line, image })
    if (end !== undefined && stands[i + 1] === image) runs.at(-1)!.tokens.push(end)
  })
  return runs.length > 1 ? runs : undefined
}

function sourceOf(token: Token): string {
  if (token.type === 'image') return String(token.attrGet('src') ?? '')
  return parseTag(token.content).attributes.find(([name]) => name === 'src')?.[1] ?? ''
}

const isImage = (token: Token) =>
  token.type === 'image' || (token.type === 'html_inline' && /^<img[\s/>]/i.test(token.content))
const isBreak = (token: Token) =>
  token.type === 'hardbreak' || (token.type === 'html_inline' && /^<br[\s/>]/i.test(token.content))
const isBlank = (token: Token) =>
  token.type === 'softbreak' ||
  isBreak(token) ||
  (token.type === 'text' && token.content.trim() === '') ||
  (token.type === 'html_inline' && token.content.startsWith('<!--'))

/** All that is printed of an image comes from what is no text of the tokens. */
function toFigure(token: Token, line: number, ctx: FileContext): Block[] {
  return owing(
    ctx,
    () => figureOf(token, line, ctx),
    ([block]) =>
      block?.kind === 'paragraph' ? block.prose.text : block?.kind === 'figure' ? (block.caption?.text ?? '') : '',
  )
}

function figureOf(token: Token, line: number, ctx: FileContext): Block[] {
  const attributes = attributesOf(token) ?? { classes: [], keys: new Map<string, string>() }
  const place = placeOf(ctx, line)
  const own = attributed(attributes, line, ctx, ['alt', 'caption', 'width', 'height'])
  const lang = languageOf(attributes.keys, ctx, line)
  const title = String(token.attrGet('title') ?? '')
  const text = bareText(token.children)
  const src = String(token.attrGet('src') ?? '')
  const path = ctx.image(src, place)
  const alt = altOf({ src, alt: text }, attributes, ctx, line)
  const decorative = own.classes.includes('decorative')
  let caption: Prose | undefined
  const marked = attributes.keys.get('caption')
  const both = marked?.trim() === 'alt'
  const isText = title === '' && (both || (marked === undefined && attributes.keys.has('alt')))
  const asCaption = isText && text.trim() !== '' && !decorative
  if (marked !== undefined && !both)
    caption = marked.trim() === '' ? undefined : toProse(parseInline(marked, ctx.definitions), line, ctx)
  else if (title !== '') {
    caption = { n: 0, text: setText(title, lang ?? ctx.language, ctx.smart), spans: [] }
    tellRaw(title, place, ctx.report, 'write the caption as `{caption="…"}`, in which marks are set')
  } else if (asCaption) caption = toProse(token.children ?? [], line, ctx)
  if (path !== undefined && !asCaption) tellUnsaid(text, attributes, ctx, line)
  // A caption, and what stands in the place of a picture that is not there, say it themselves.
  if (path !== undefined && !asCaption) tellForeignIn(token.children, place, ctx.report)
  const base = { n: 0, ...own, classes: own.classes.filter((name) => name !== 'decorative'), place }
  if (path === undefined) {
    const said = toProse(linked(token, src), line, ctx)
    const prose = said.text.trim() === '' && caption !== undefined ? caption : said
    return showsNothing(prose.text) ? [] : [{ ...base, kind: 'paragraph', role: 'caption', prose }]
  }
  const width = shareOf(attributes.keys.get('width'), line, ctx)
  return [
    { ...base, kind: 'figure', role: 'caption', src: path, alt, caption, ...(width === undefined ? {} : { width }) },
  ]
}

/** The text of an image that is not in the folder; of one in the web a link to it. */
function linked(token: Token, src: string): Token[] {
  const href = addressOf(src)
  const text = token.children ?? []
  if (href === undefined) return text
  const open = newToken('link_open', 1)
  open.attrs = [['href', href]]
  return [open, ...text, newToken('link_close', -1)]
}
