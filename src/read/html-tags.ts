// Raw HTML, by allow-list. In: a tag as written. Out: its name and attributes, and what it means in the Book, if anything.
import type { Token } from 'markdown-it'
import { error, forgivable, warning } from '../diagnostic.js'
import { type FileContext, placeOf } from './context.js'
import { decode } from './inline/entities.js'
import { PLAIN_ALT, tellRaw } from './inline/tell-foreign.js'
import type { Mark } from './inline/writing.js'
import { shown } from './manifest/fields.js'
import type { Attributes } from './markdown/attributes.js'
import { newToken } from './markdown/token.js'

export interface Tag {
  kind: 'open' | 'close' | 'comment' | 'other'
  /** Lower case; for 'other' what it is: `<![CDATA[`, `<!DOCTYPE`, `<?`. */
  name: string
  /** Written `<name/>`. */
  empty: boolean
  attributes: [name: string, value: string][]
}

/** Tags that may stand within a line. `void`: they have no end. */
export const INLINE_TAGS: Record<
  string,
  { is: Mark | 'break' | 'chance' | 'image' | 'link' | 'quoted' | 'span'; void?: boolean }
> = {
  i: { is: 'italic' },
  em: { is: 'emphasis' },
  dfn: { is: 'defined' },
  var: { is: 'italic' },
  b: { is: 'bold' },
  strong: { is: 'strong' },
  cite: { is: 'cite' },
  u: { is: 'underline' },
  ins: { is: 'underline' },
  s: { is: 'strike' },
  del: { is: 'strike' },
  strike: { is: 'strike' },
  sub: { is: 'sub' },
  sup: { is: 'sup' },
  small: { is: 'small' },
  mark: { is: 'mark' },
  kbd: { is: 'kbd' },
  code: { is: 'code' },
  samp: { is: 'code' },
  tt: { is: 'code' },
  abbr: { is: 'abbr' },
  acronym: { is: 'abbr' },
  q: { is: 'quoted' },
  span: { is: 'span' },
  bdi: { is: 'isolate' },
  time: { is: 'time' },
  ruby: { is: 'ruby' },
  rb: { is: 'span' },
  rt: { is: 'ruby-text' },
  rp: { is: 'ruby-paren' },
  a: { is: 'link' },
  br: { is: 'break', void: true },
  wbr: { is: 'chance', void: true },
  img: { is: 'image', void: true },
}

/** What HTML has, or had, beside what stands above. Any other name between angle brackets is no tag: `Vec<T>`, `<your name>`. */
const OTHER_TAGS =
  'html head title body base link meta style script noscript template slot article section nav aside h1 h2 h3 h4 h5 h6 hgroup header footer main address search p hr pre blockquote ol ul menu li dl dt dd figure figcaption div data ruby rt rp rb rtc bdo picture source iframe embed object param video audio track map area svg math canvas table caption colgroup col tbody thead tfoot tr td th form label input button select datalist optgroup option textarea output progress meter fieldset legend details summary dialog applet basefont bgsound big blink center dir font frame frameset image isindex keygen listing marquee menuitem multicol nextid nobr noembed noframes plaintext spacer xmp'
const TAGS = new Set([...OTHER_TAGS.split(' '), ...Object.keys(INLINE_TAGS)])

/** Is this what HTML would take for a tag, and nobody else: a name that it does not have, and no attributes? */
export function isNoTag(tag: Tag): boolean {
  return tag.kind !== 'comment' && tag.kind !== 'other' && tag.attributes.length === 0 && !TAGS.has(tag.name)
}

// Browsers take `=` within a value without quotation marks (an address with a query), which CommonMark does not.
const ATTRIBUTE = /([a-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`][^\s"'<>`]*)))?/giy

/** `raw` is one whole tag, comment, declaration or instruction, as CommonMark delimits it. */
export function parseTag(raw: string): Tag {
  const none = { empty: false, attributes: [] }
  if (raw.startsWith('<!--')) return { kind: 'comment', name: '<!--', ...none }
  if (raw.startsWith('<!') || raw.startsWith('<?'))
    return { kind: 'other', name: raw.slice(0, raw[2] === '[' ? 9 : 2), ...none }
  const name = /^<\/?([a-z][\w:-]*)/i.exec(raw)
  if (name === null) return { kind: 'other', name: raw.slice(0, 20), ...none }
  const lower = name[1]!.toLowerCase()
  if (raw.startsWith('</')) return { kind: 'close', name: lower, ...none }
  const attributes: Tag['attributes'] = []
  let at = name[0].length
  for (;;) {
    while (at < raw.length && /\s/.test(raw[at]!)) at++
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(raw)
    if (found === null) break
    at = ATTRIBUTE.lastIndex
    attributes.push([found[1]!.toLowerCase(), decode(found[2] ?? found[3] ?? found[4] ?? '')])
  }
  // A slash at the end of a value without quotation marks is the value's: `<a href=https://example.org/>`.
  return { kind: 'open', name: lower, empty: raw.slice(at).trimStart().startsWith('/'), attributes }
}

const OWN = new Map<string, readonly string[]>(
  Object.entries({
    a: ['href', 'title', 'name'],
    img: ['src', 'alt', 'width', 'height'],
    abbr: ['title'],
    acronym: ['title'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan', 'align', 'scope'],
    th: ['colspan', 'rowspan', 'align', 'scope'],
    time: ['datetime'],
  }),
)

/** Those that mean something here; scripts and styles are refused, what else there is is warned of. */
export function attributesOfTag(tag: Tag, ctx: FileContext, line: number): Attributes {
  const attributes: Attributes = { classes: [], keys: new Map() }
  for (const [name, value] of tag.attributes) {
    if (name === 'class') {
      for (const one of value.split(/\s+/)) if (/^[^\s"'<>&{}]+$/.test(one)) attributes.classes.push(one)
    } else if (name === 'id' || (name === 'name' && tag.name === 'a')) attributes.id ??= value
    else if (name === 'lang' || name === 'xml:lang') attributes.keys.set('lang', value)
    else if (OWN.get(tag.name)?.includes(name)) attributes.keys.set(name, value)
    else if (name.startsWith('on') || /^\s*javascript:/i.test(value)) {
      const message = `the attribute \`${name}\` is not allowed`
      error(ctx.report, 'unsupported-html', placeOf(ctx, line), message, 'take it out')
    } else {
      const width = name === 'style' && tag.name === 'img' ? /^\s*width:\s*(\d+(?:\.\d+)?%)[\s;]*$/i.exec(value) : null
      if (width !== null) {
        attributes.keys.set('width', width[1]!)
        continue
      }
      const message = `the attribute \`${name}\` of \`<${tag.name}>\` means nothing here`
      const hint = name === 'style' ? 'give it a class; looks are the theme’s' : 'leave it out'
      warning(ctx.report, 'unknown-attribute', placeOf(ctx, line), message, hint)
    }
  }
  return attributes
}

/** It is printed as it stands; said of what opens only. */
export function warnOfNoTag(tag: Tag, raw: string, ctx: FileContext, line: number): void {
  if (tag.kind === 'close') return
  const message = `\`${shown(raw)}\` is no tag of HTML; it is printed as it stands`
  const hint = 'write it as code, or put a backslash before `<`'
  forgivable(ctx.report, 'unknown-tag', placeOf(ctx, line), message, hint)
}

/** An image of HTML says its alternative only: no caption is made of it. */
export function imageOf(tag: Tag, ctx: FileContext, line: number): Token {
  const attributes = attributesOfTag(tag, ctx, line)
  const { keys } = attributes
  const alt = keys.get('alt')
  if (alt === '') attributes.classes.push('decorative')
  else if (alt !== undefined) tellRaw(alt, placeOf(ctx, line), ctx.report, PLAIN_ALT)
  const token = newToken('image', 0)
  token.attrs = [['src', keys.get('src') ?? '']]
  const text = newToken('text', 0)
  text.content = alt ?? ''
  token.children = [text]
  const width = keys.get('width')
  keys.clear()
  keys.set('caption', '')
  if (width?.endsWith('%')) keys.set('width', width)
  token.meta = { attributes }
  return token
}

/** CommonMark lets a comment without an end run on: a whole chapter could be gone without a word. */
export function refuseOpenComment(ctx: FileContext, line: number): void {
  const message = 'the comment that begins here is never closed: what follows would be left out'
  error(ctx.report, 'unclosed-comment', placeOf(ctx, line), message, 'write `-->` where it ends')
}
