// `{#id .class key=value}` as Pandoc has it: after spans `[text]`, links, images, code, and at the end of a heading.
// In: the characters. Out: Attributes, on the token they belong to (`meta.attributes`).
import type { MarkdownIt, StateInline, Token } from 'markdown-it'

export interface Attributes {
  id?: string | undefined
  classes: string[]
  /** Everything written as `key=value`; `lang` among them. */
  keys: Map<string, string>
}

/** Classes of headings: without a number where others have one; in no contents. */
export const UNNUMBERED = 'unnumbered'
export const UNLISTED = 'unlisted'

const PART =
  /\s*(?:#([^\s{}#."'=]+)|\.([^\s{}#."'=]+)|([A-Za-z_:][\w:.-]*)=(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s{}"']+))|(-)(?=[\s}]))/y
const LONGEST = 2000

/** The attributes that open at `start`, where there is a `{`, and where they end; undefined if these are no attributes. */
export function parseAttributes(text: string, start: number): { attributes: Attributes; end: number } | undefined {
  const attributes: Attributes = { classes: [], keys: new Map() }
  // `{: .class}` is how kramdown writes it.
  let at = text[start + 1] === ':' ? start + 2 : start + 1
  let parts = 0
  for (;;) {
    PART.lastIndex = at
    const found = at - start > LONGEST ? null : PART.exec(text)
    if (found === null) break
    at = PART.lastIndex
    parts++
    const [, id, name, key, double, single, bare, dash] = found
    if (id !== undefined) attributes.id = id
    else if (name !== undefined) attributes.classes.push(name)
    else if (dash !== undefined) attributes.classes.push(UNNUMBERED)
    else if (key !== undefined) {
      const value = double ?? single ?? bare ?? ''
      attributes.keys.set(key, bare === undefined ? value.replace(/\\(.)/g, '$1') : value)
    }
  }
  while (text[at] === ' ' || text[at] === '\t') at++
  return text[at] === '}' && parts > 0 ? { attributes, end: at + 1 } : undefined
}

/** Takes attributes off the end of a heading's or a paragraph's text. */
export function trailingAttributes(text: string): { text: string; attributes: Attributes } | undefined {
  if (!text.endsWith('}')) return undefined
  const start = text.lastIndexOf('{')
  // `[text]{…}` and `![…](…){…}` keep theirs: only a brace after a space is the heading's own.
  if (start < 0 || (start > 0 && !/\s/.test(text[start - 1]!))) return undefined
  const found = parseAttributes(text, start)
  if (found === undefined || found.end !== text.length) return undefined
  return { text: text.slice(0, start).trimEnd(), attributes: found.attributes }
}

/** Takes a first line off a paragraph that holds attributes and nothing else. */
function leadingAttributes(text: string): { text: string; attributes: Attributes } | undefined {
  const found = text.startsWith('{') ? parseAttributes(text, 0) : undefined
  const after = found === undefined ? null : /^[ \t]*(?:\n|$)/.exec(text.slice(found.end))
  return after === null ? undefined : { text: text.slice(found!.end + after[0].length), attributes: found!.attributes }
}

/** A caption of a table takes its attributes itself. */
const CAPTION = /^(?:Table)?:\s/

/**
 * Attributes of a paragraph or a quotation. In: the tokens, and where the text of a paragraph stands. They are taken off its
 * end, `THE END {.center}`, or its first line, `> {lang=el}`, and stand on the paragraph or the quotation.
 */
export function paragraphAttributes(tokens: readonly Token[], at: number): void {
  const token = tokens[at]!
  const { content } = token
  const bearer = token.type === 'plain' ? token : tokens[at - 1]
  if (token.type !== 'plain' && bearer?.type !== 'paragraph_open') return
  if (content.startsWith('{')) {
    const found = leadingAttributes(content)
    const outer = tokens[at - 2]
    const quote = outer?.type === 'blockquote_open'
    if (found !== undefined && (quote || found.text !== '')) {
      const holder = quote ? outer : bearer!
      holder.meta = { ...holder.meta, attributes: found.attributes }
      token.content = found.text
      if (bearer!.map !== null) bearer!.map = [bearer!.map[0] + 1, bearer!.map[1]]
      return
    }
  }
  if (!content.endsWith('}') || CAPTION.test(content)) return
  const found = trailingAttributes(content)
  if (found === undefined || found.text === '') return
  token.content = found.text
  bearer!.meta = { ...bearer!.meta, attributes: found.attributes }
}

/** A picture that is all of its paragraph takes what was written after a space: `![…](…) {width=50%}`. */
export function pictureAttributes(paragraph: Token | undefined, children: readonly Token[]): void {
  const attributes = attributesOf(paragraph)
  const [image] = children
  if (attributes === undefined || children.length !== 1 || image!.type !== 'image' || image!.meta !== null) return
  image!.meta = { attributes }
  paragraph!.meta = null
}

export function attributesOf(token: Token | undefined): Attributes | undefined {
  const attributes = token?.meta?.['attributes']
  return attributes === undefined ? undefined : (attributes as Attributes)
}

export function attributeRules(md: MarkdownIt): void {
  md.inline.ruler.after('link', 'bracketed_span', bracketedSpan)
  md.inline.ruler.push('attributes', followingAttributes)
}

const lastSpan = new WeakMap<StateInline, number>()

function bracketedSpan(state: StateInline, silent: boolean): boolean {
  const start = state.pos
  if (state.src.charCodeAt(start) !== 0x5b /* [ */) return false
  let last = lastSpan.get(state)
  if (last === undefined) {
    last = state.src.lastIndexOf(']{')
    lastSpan.set(state, last)
  }
  if (last < start) return false
  const labelEnd = state.md.helpers.parseLinkLabel(state, start)
  if (labelEnd < 0 || labelEnd + 1 >= state.posMax || state.src.charCodeAt(labelEnd + 1) !== 0x7b /* { */) return false
  const found = parseAttributes(state.src, labelEnd + 1)
  if (found === undefined || found.end > state.posMax) return false
  if (!silent) {
    const max = state.posMax
    state.pos = start + 1
    state.posMax = labelEnd
    state.push('span_open', 'span', 1).meta = { attributes: found.attributes }
    state.md.inline.tokenize(state)
    state.push('span_close', 'span', -1)
    state.posMax = max
  }
  state.pos = found.end
  return true
}

function followingAttributes(state: StateInline, silent: boolean): boolean {
  if (silent || state.pending !== '' || state.src.charCodeAt(state.pos) !== 0x7b /* { */) return false
  const last = state.tokens.at(-1)
  if (last === undefined) return false
  let bearer: Token | undefined
  if (last.type === 'image' || last.type === 'code_inline') bearer = last
  else if (last.type === 'link_close') bearer = state.tokens.findLast((token) => token.type === 'link_open')
  if (bearer === undefined || bearer.meta?.['attributes'] !== undefined) return false
  const found = parseAttributes(state.src, state.pos)
  if (found === undefined || found.end > state.posMax) return false
  bearer.meta = { ...bearer.meta, attributes: found.attributes }
  state.pos = found.end
  return true
}
