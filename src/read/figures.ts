// In: a paragraph that holds nothing but images. Out: a figure for each, with its caption; undefined if it holds anything else.
//   ![Caption](x.png)                      the text is caption and alternative both, as with Pandoc
//   ![Alternative](x.png "Caption")        the title is the caption; or {caption="…"}, which may have marks
//   ![Caption](x.png){alt="Alternative"}   the text is the caption
//   ![Alternative](x.png){caption=""}      no caption
import type { Token } from 'markdown-it'
import type { Block, Prose } from '../model/book.js'
import { attributed } from './blocks.js'
import { type FileContext, placeOf } from './context.js'
import { shareOf } from './images.js'
import { bareText, toProse } from './inline.js'
import { altOf } from './inlineimage.js'
import { attributesOf } from './markdown/attributes.js'
import { parseInline } from './markdown/parser.js'
import { setText } from './settext.js'
import { languageOf } from './writing.js'

export function toFigures(inline: Token, line: number, ctx: FileContext): Block[] | undefined {
  const children = inline.children ?? []
  if (children.length === 0 || children[0]!.type !== 'image') return undefined
  let images = 0
  for (const child of children) {
    if (child.type === 'image') images++
    else if (child.type !== 'softbreak' && !(child.type === 'text' && child.content.trim() === '')) return undefined
  }
  const figures: Block[] = []
  let at = line
  for (const child of children) {
    if (child.type === 'softbreak') at++
    if (child.type === 'image') figures.push(...toFigure(child, at, ctx))
  }
  return images > 0 ? figures : undefined
}

function toFigure(token: Token, line: number, ctx: FileContext): Block[] {
  const attributes = attributesOf(token) ?? { classes: [], keys: new Map<string, string>() }
  const place = placeOf(ctx, line)
  const own = attributed(attributes, line, ctx, ['alt', 'caption', 'width', 'height'])
  const lang = languageOf(attributes.keys, ctx, line)
  const title = String(token.attrGet('title') ?? '')
  const text = bareText(token.children)
  const path = ctx.image(String(token.attrGet('src') ?? ''), place)
  const alt = altOf(text, attributes, ctx, line)
  const decorative = own.classes.includes('decorative')
  let caption: Prose | undefined
  const marked = attributes.keys.get('caption')
  if (marked !== undefined) caption = marked.trim() === '' ? undefined : toProse(parseInline(marked), line, ctx)
  else if (title !== '') caption = { n: 0, text: setText(title, lang ?? ctx.language, ctx.smart), spans: [] }
  else if (text.trim() !== '' && !decorative) caption = toProse(token.children ?? [], line, ctx)
  const base = { n: 0, ...own, classes: own.classes.filter((name) => name !== 'decorative'), place }
  if (path === undefined) {
    const said = toProse(token.children ?? [], line, ctx)
    const prose = said.text.trim() === '' && caption !== undefined ? caption : said
    return prose.text.trim() === '' ? [] : [{ ...base, kind: 'paragraph', role: 'caption', prose }]
  }
  const width = shareOf(attributes.keys.get('width'), line, ctx)
  return [
    { ...base, kind: 'figure', role: 'caption', src: path, alt, caption, ...(width === undefined ? {} : { width }) },
  ]
}
