// In: a description with simple HTML in it, as shops take it. Out: the same, written anew from a list of what may stand there, well
// nested, or nothing if it is plain text.
import { decode } from '../inline/entities.js'

/** What shops and catalogues show. Others are left out, and their text stays. */
const SHOWN = new Map(
  Object.entries({
    ...{ p: 'p', i: 'i', em: 'em', b: 'b', strong: 'strong', br: 'br', ul: 'ul', ol: 'ol', li: 'li' },
    ...{ blockquote: 'blockquote', cite: 'i', h1: 'p', h2: 'p', h3: 'p', h4: 'p', h5: 'p', h6: 'p', div: 'p' },
  }),
)
const TAG = /<!--[\s\S]*?-->|<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gi
const BLOCKS = new Set(['p', 'ul', 'ol', 'li', 'blockquote'])
/** Blocks that hold blocks. */
const HOLDERS = new Set(['ul', 'ol', 'li', 'blockquote'])
const DEEPEST = 20

/** As it may stand in an XHTML document; undefined if the text has no markup that is shown. */
export function richDescription(html: string): string | undefined {
  const open: string[] = []
  let out = ''
  let at = 0
  let marked = false
  const say = (text: string) => {
    out += decode(text.replace(/\s+/g, ' ')).replace(/[&<>]/g, (sign) => REFERENCES[sign as keyof typeof REFERENCES])
  }
  const close = (name: string) => {
    const from = open.lastIndexOf(name)
    if (from < 0) return
    for (const one of open.splice(from).reverse()) out += `</${one}>`
  }
  for (const found of html.matchAll(TAG)) {
    say(html.slice(at, found.index))
    at = found.index + found[0].length
    const name = SHOWN.get(found[2]?.toLowerCase() ?? '')
    if (name === undefined) continue
    marked = true
    if (name === 'br') out += '<br/>'
    else if (found[1] === '/') close(name)
    else if (open.length < DEEPEST) {
      // A block ends the paragraph before it, and an item the item.
      if (BLOCKS.has(name)) while (open.length > 0 && !HOLDERS.has(open.at(-1)!)) close(open.at(-1)!)
      if (name === 'li' && open.at(-1) === 'li') close('li')
      open.push(name)
      out += `<${name}>`
    }
  }
  say(html.slice(at))
  while (open.length > 0) close(open.at(-1)!)
  return marked ? out.trim() : undefined
}

const REFERENCES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' } as const
