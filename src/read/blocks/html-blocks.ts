// In: tokens with blocks of raw HTML among them. Out: tokens that say the same in Markdown's terms, so that one
// conversion serves both; what is on no list is reported.
import type { Token } from 'markdown-it'
import { error, forgivable } from '../../diagnostic.js'
import { FIXED } from '../../model/limits.js'
import { type FileContext, placeOf, tooDeep } from '../context.js'
import {
  attributesOfTag,
  INLINE_TAGS,
  imageOf,
  isNoTag,
  parseTag,
  refuseOpenComment,
  type Tag,
  warnOfNoTag,
} from '../html-tags.js'
import { decode } from '../inline/entities.js'
import { tellRaw, warnOfPageBreak } from '../inline/tell-foreign.js'
import { newToken, relevel } from '../markdown/token.js'
import { CONTAINERS, ENDED_BY, LINES, OPAQUE, PARENTS, PARTED, TABLED } from './html-elements.js'

const MAX_OPEN = FIXED.elements.value

const PIECES =
  /<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<![a-z][^>]*(?:>|$)|<\/[a-z][a-z0-9-]*\s*>|<[a-z][a-z0-9-]*(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:[^"'=<>`\s][^"'<>`\s]*|'[^']*'|"[^"]*"))?)*\s*\/?>/gi

interface Element {
  /** '' for a container of Markdown's own. */
  name: string
  token: string
  line: number
}

interface Expansion {
  ctx: FileContext
  out: Token[]
  open: Element[]
  /** Elements opened beyond the depth that is kept. */
  beyond: number
  /** Text and inline tags that wait for their paragraph. */
  inline: Token[]
  /** Line on which that begins. */
  from: number
  line: number
  /** Name of the opaque element that is being skipped. */
  skip: string | undefined
  /** Is this within `<pre>`; its text so far. */
  code: string | undefined
}

export function expandHtml(tokens: Token[], ctx: FileContext): Token[] {
  if (!tokens.some((token) => token.type === 'html_block')) return tokens
  const x: Expansion = {
    ctx,
    out: [],
    open: [],
    beyond: 0,
    inline: [],
    from: 0,
    line: 0,
    skip: undefined,
    code: undefined,
  }
  for (const token of tokens) {
    if (token.type === 'html_block') {
      x.line = token.map?.[0] ?? x.line
      expandBlock(x, token.content)
      flush(x)
      if (x.code !== undefined) {
        stray(x, '`<pre>` is never closed', 'write `</pre>` where it ends')
        endCode(x)
      }
      continue
    }
    if (takeLine(x, token)) continue
    if (token.nesting === -1) closeMarkdown(x)
    else refuseBlock(x, token.map?.[0] ?? x.line)
    x.out.push(token)
    if (token.nesting === 1) x.open.push({ name: '', token: token.type, line: token.map?.[0] ?? x.line })
  }
  while (x.open.length > 0) closeUnclosed(x)
  relevel(x.out)
  return x.out
}

/** The text of a paragraph of Markdown that stands in a cell, a heading or a caption is the text of that. */
function takeLine(x: Expansion, token: Token): boolean {
  if (!/^(?:plain|inline|paragraph_open|paragraph_close)$/.test(token.type)) return false
  const holder = holderOf(x)
  if (holder === undefined || LINES.get(holder.name) === undefined) return false
  if (token.nesting === 0) {
    x.from = token.map?.[0] ?? x.line
    // A plain paragraph has children only if there is more than text in it.
    const text = newToken('text', 0)
    text.content = token.content
    addLine(x, token.children ?? [text])
  }
  return true
}

/** The innermost element that says something of its own. */
function holderOf(x: Expansion): Element | undefined {
  return x.open.findLast((one) => one.token !== '')
}

/** A container of Markdown ends: elements opened in it end with it. */
function closeMarkdown(x: Expansion): void {
  while (x.open.length > 0 && x.open.at(-1)!.name !== '') closeUnclosed(x)
  x.open.pop()
}

function closeUnclosed(x: Expansion): void {
  const { name, line } = x.open.at(-1)!
  if (name !== '' && ENDED_BY.get(name) === undefined && name !== 'p') {
    stray(x, `\`<${name}>\` is never closed`, `write \`</${name}>\` where it ends`, line)
  }
  closeElement(x)
}

function expandBlock(x: Expansion, source: string): void {
  let at = 0
  for (const piece of source.matchAll(PIECES)) {
    addText(x, source.slice(at, piece.index))
    at = piece.index + piece[0].length
    addTag(x, piece[0])
    x.line += count(piece[0])
  }
  addText(x, source.slice(at))
}

function count(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

function addText(x: Expansion, text: string): void {
  if (x.code !== undefined) x.code += decode(text)
  else if (x.skip === undefined && text !== '') {
    tellRaw(
      text,
      placeOf(x.ctx, x.line),
      x.ctx.report,
      'write tags of HTML, `<em>…</em>`; or leave an empty line below the tag, and it is read as Markdown',
    )
    const token = newToken('text', 0)
    token.content = decode(text)
      .replace(/[ \t\n\f]+/g, ' ')
      .replaceAll('\ufffc', '\ufffd')
    if (x.inline.length > 0 || token.content.trim() !== '') wait(x, token, count(/^\s*/.exec(text)![0]))
  }
  x.line += count(text)
}

/** `below`: lines from here to where the token's own text begins. */
function wait(x: Expansion, token: Token, below = 0): void {
  if (x.inline.length === 0) x.from = x.line + below
  x.inline.push(token)
}

function addTag(x: Expansion, raw: string): void {
  const tag = parseTag(raw)
  const { name } = tag
  if (x.skip !== undefined) {
    if (tag.kind === 'close' && name === x.skip) x.skip = undefined
    return
  }
  if (tag.kind === 'comment') {
    if (!raw.endsWith('-->')) refuseOpenComment(x.ctx, x.line)
    warnOfPageBreak(raw, placeOf(x.ctx, x.line), x.ctx.report)
    return
  }
  if (x.code !== undefined && isNoTag(tag)) {
    x.code += raw
    return
  }
  if (isNoTag(tag)) {
    warnOfNoTag(tag, raw, x.ctx, x.line)
    const token = newToken('text_special', 0)
    token.content = raw
    token.info = 'escape'
    wait(x, token)
    return
  }
  if (tag.kind === 'other') {
    refuse(x, `\`${name}\` is not supported`, 'take it out')
    return
  }
  if (x.code !== undefined) {
    if (tag.kind === 'close' && name === 'pre') endCode(x)
    // Colours of a highlighter are dropped; the text of the code is all.
    return
  }
  if (name === 'pre' && tag.kind === 'open') {
    flush(x)
    x.code = ''
  } else if (CONTAINERS.get(name) !== undefined || LINES.get(name) !== undefined) {
    if (tag.kind === 'close') endElement(x, name)
    else startElement(x, tag)
  } else if (name === 'hr') {
    flush(x)
    refuseBlock(x, x.line)
    attributesOfTag(tag, x.ctx, x.line)
    const token = newToken('hr', 0)
    token.map = [x.line, x.line + 1]
    x.out.push(token)
  } else if (name === 'col' || name === 'center') {
    if (name === 'center' && tag.kind === 'open')
      refuse(x, 'the tag `<center>` is not supported', 'write `::: center` above it, `:::` below')
  } else if (name === 'img' && tag.kind === 'open') wait(x, imageOf(tag, x.ctx, x.line))
  else if (INLINE_TAGS[name] !== undefined) {
    const token = newToken('html_inline', 0)
    token.content = raw
    wait(x, token)
  } else {
    if (tag.kind === 'open') refuse(x, `the tag \`<${name}>\` is not supported`, 'write it in Markdown, or take it out')
    if (tag.kind === 'open' && !tag.empty && OPAQUE.has(name)) x.skip = name
  }
}

function endCode(x: Expansion): void {
  const token = newToken('code_block', 0)
  token.content = (x.code ?? '').replace(/^\n/, '')
  token.map = [x.line, x.line + 1]
  x.code = undefined
  refuseBlock(x, x.line)
  x.out.push(token)
}

function startElement(x: Expansion, tag: Tag): void {
  const { name } = tag
  flush(x)
  if (x.open.length >= MAX_OPEN) {
    tooDeep(x.ctx, x.line)
    if (!tag.empty) x.beyond++
    return
  }
  const line = LINES.get(name) !== undefined
  let top = x.open.at(-1)
  if (top !== undefined && top.name === 'p') closeElement(x)
  while ((top = x.open.at(-1)) !== undefined && ENDED_BY.get(top.name)?.includes(name)) closeElement(x)
  const parents = PARENTS.get(name)
  if (parents !== undefined && !parents.includes(top?.name ?? '')) {
    refuse(x, `\`<${name}>\` stands outside of \`<${parents[0]}>\``, `write \`<${parents[0]}>\` around it`)
    pass(x, tag)
    return
  }
  const holder = holderOf(x)
  if (parents === undefined && holder !== undefined && TABLED.has(holder.name)) refuseBlock(x, x.line)
  if (top !== undefined && holder !== undefined && LINES.get(holder.name) !== undefined) {
    // A cell, a heading or a caption holds one text; its paragraphs become lines of it.
    if (!line && CONTAINERS.get(name) !== 'div') {
      refuse(x, `\`<${name}>\` cannot stand in \`<${top.name}>\``, 'take it out of there, or write it as text')
    }
    pass(x, tag)
    return
  }
  const attributes = attributesOfTag(tag, x.ctx, x.line)
  const token = LINES.get(name) ?? CONTAINERS.get(name)!
  if (token !== '') {
    const open = newToken(`${token}_open`, 1)
    open.map = [x.line, x.line + 1]
    if (token === 'heading') open.tag = name
    if (name === 'aside' && !attributes.classes.includes('aside')) attributes.classes.unshift('aside')
    for (const key of ['colspan', 'rowspan', 'start']) takeNumber(attributes.keys, key, open)
    const align = attributes.keys.get('align')?.toLowerCase()
    if (align !== undefined && /^(left|center|right)$/.test(align)) open.attrSet('style', `text-align:${align}`)
    for (const key of ['align', 'scope', 'type']) attributes.keys.delete(key)
    open.meta = { attributes, title: '', element: name }
    x.out.push(open)
  }
  x.open.push({ name, token, line: x.line })
  if (tag.empty) endElement(x, name)
}

/** Opens an element that says nothing of its own; what is in it belongs to the element around it. */
function pass(x: Expansion, tag: Tag): void {
  if (!tag.empty) x.open.push({ name: tag.name, token: '', line: x.line })
}

function takeNumber(keys: Map<string, string>, key: string, open: Token): void {
  const value = keys.get(key)
  keys.delete(key)
  const most = key === 'start' ? 999_999_999 : 100
  if (value !== undefined && /^\d{1,9}$/.test(value))
    open.attrSet(key, Math.min(most, Math.max(key === 'start' ? 0 : 1, Number(value))))
}

function endElement(x: Expansion, name: string): void {
  flush(x)
  if (x.beyond > 0) {
    x.beyond--
    return
  }
  let at = x.open.length - 1
  while (at >= 0 && x.open[at]!.name !== name && x.open[at]!.name !== '') at--
  if (at < 0 || x.open[at]!.name === '') {
    stray(x, `\`</${name}>\` closes nothing`, `write \`<${name}>\` before it`)
    return
  }
  while (x.open.length - 1 > at) closeUnclosed(x)
  closeElement(x)
}

/** Closes the innermost element, with the text that waits in it. */
function closeElement(x: Expansion): void {
  flush(x)
  const { token, name } = x.open.pop()!
  if (token === '') return
  if (LINES.get(name) !== undefined) {
    const inline = x.out.at(-1)
    // Even an empty cell has its line of text.
    if (inline?.type === `${token}_open`) x.out.push(inlineToken(x, []))
  }
  x.out.push(newToken(`${token}_close`, -1))
}

function inlineToken(x: Expansion, children: Token[]): Token {
  const token = newToken('inline', 0)
  token.map = [x.from, x.from + 1]
  token.children = children
  return token
}

/** What waits becomes the text of the element that is open, or a paragraph of its own. */
function flush(x: Expansion): void {
  const children = x.inline
  if (children.length === 0) return
  x.inline = []
  trim(children)
  if (children.length === 0) return
  const holder = holderOf(x)
  if (holder !== undefined && LINES.get(holder.name) !== undefined) {
    addLine(x, children)
    return
  }
  refuseBlock(x, x.line)
  const open = newToken('paragraph_open', 1)
  open.map = [x.from, x.from + 1]
  open.hidden = holder?.name === 'li' || holder?.name === 'dd'
  x.out.push(open, inlineToken(x, children), newToken('paragraph_close', -1))
}

/** One more line of the text of the element that is open. */
function addLine(x: Expansion, children: readonly Token[]): void {
  const last = x.out.at(-1)
  if (last?.type !== 'inline') x.out.push(inlineToken(x, [...children]))
  else {
    last.children!.push(newToken('hardbreak', 0))
    for (const child of children) last.children!.push(child)
  }
}

/** Refuses a block where it belongs to no part of a list or table, or where only a line of text can be shown. */
function refuseBlock(x: Expansion, line: number): void {
  const name = holderOf(x)?.name ?? ''
  if (PARTED.has(name))
    refuse(x, `there is text in \`<${name}>\` outside of its parts`, 'put it into one of them', line)
  else if (LINES.get(name) !== undefined)
    refuse(x, `only lines of text can stand in \`<${name}>\``, 'take it out of there, or write it as text', line)
}

function trim(children: Token[]): void {
  const blank = (token: Token | undefined) => token?.type === 'text' && token.content.trim() === ''
  while (blank(children.at(-1))) children.pop()
  const [first, last] = [children[0], children.at(-1)]
  if (first?.type === 'text') first.content = first.content.trimStart()
  if (last?.type === 'text') last.content = last.content.trimEnd()
}

/** Nothing is lost by it: what is open ends with what holds it. */
function stray(x: Expansion, message: string, hint: string, line = x.line): void {
  forgivable(x.ctx.report, 'stray-tag', placeOf(x.ctx, line), message, hint)
}

function refuse(x: Expansion, message: string, hint: string, line = x.line): void {
  error(x.ctx.report, 'unsupported-html', placeOf(x.ctx, line), message, hint)
}
