// Raw HTML, by allow-list. In: a tag as written. Out: its name and attributes, and what it means in the Book, if anything.
import { error, warning } from '../diagnostic.js'
import { type FileContext, placeOf } from './context.js'
import { decode } from './entities.js'
import type { Attributes } from './markdown/attributes.js'
import type { Mark } from './writing.js'

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
  i: { is: 'emphasis' },
  em: { is: 'emphasis' },
  dfn: { is: 'emphasis' },
  var: { is: 'emphasis' },
  b: { is: 'strong' },
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
  bdi: { is: 'span' },
  time: { is: 'span' },
  a: { is: 'link' },
  br: { is: 'break', void: true },
  wbr: { is: 'chance', void: true },
  img: { is: 'image', void: true },
}

const ATTRIBUTE = /([a-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/giy

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
  return { kind: 'open', name: lower, empty: raw.endsWith('/>'), attributes }
}

const OWN: Record<string, readonly string[]> = {
  a: ['href', 'title', 'name'],
  img: ['src', 'alt', 'width', 'height'],
  abbr: ['title'],
  acronym: ['title'],
  ol: ['start', 'type'],
  td: ['colspan', 'rowspan', 'align', 'scope'],
  th: ['colspan', 'rowspan', 'align', 'scope'],
  time: ['datetime'],
}

/** Those that mean something here; scripts and styles are refused, what else there is is warned of. */
export function attributesOfTag(tag: Tag, ctx: FileContext, line: number): Attributes {
  const attributes: Attributes = { classes: [], keys: new Map() }
  for (const [name, value] of tag.attributes) {
    if (name === 'class') attributes.classes.push(...value.split(/\s+/).filter((one) => /^[^\s"'<>&{}]+$/.test(one)))
    else if (name === 'id' || (name === 'name' && tag.name === 'a')) attributes.id ??= value
    else if (name === 'lang' || name === 'xml:lang') attributes.keys.set('lang', value)
    else if (OWN[tag.name]?.includes(name)) attributes.keys.set(name, value)
    else if (name.startsWith('on') || name === 'style' || /^\s*javascript:/i.test(value)) {
      const hint = name === 'style' ? 'give it a class; looks are the theme’s' : 'take it out'
      error(ctx.report, 'unsupported-html', placeOf(ctx, line), `the attribute \`${name}\` is not allowed`, hint)
    } else {
      const message = `the attribute \`${name}\` of \`<${tag.name}>\` means nothing here`
      warning(ctx.report, 'unknown-attribute', placeOf(ctx, line), message, 'leave it out')
    }
  }
  return attributes
}
