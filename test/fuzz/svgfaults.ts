// In: an SVG as it was written anew. Out: what in it is alive: scripts, addresses outside of it, anything that a reading system might
// fetch or run. Read with other parsers than the one that wrote it.
import { ident, tokenize, tokenNames, tokenTypes, url } from 'css-tree'
import { Parser } from 'htmlparser2'

const FETCHING =
  /^(?:url|src|image|image-set|-webkit-image-set|cross-fade|element|paint|expression|attr|env|format|local)$/i
const LIVING =
  /^(?:script|foreignobject|iframe|object|embed|audio|video|handler|listener|set|discard|animate.*|html|body|img|input|link|meta|base|form)$/i

export function livingIn(svg: string): string[] {
  const found: string[] = []
  const say = (what: string) => void found.push(what.slice(0, 120))
  let depth = 0
  let roots = 0
  let sheet: string | undefined
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (depth++ === 0 && (++roots > 1 || name !== 'svg')) say(`a root \`${name}\``)
        if (LIVING.test(name) || name.includes(':')) say(`the element \`${name}\``)
        if (name === 'style') sheet = ''
        for (const [key, value] of Object.entries(attributes)) {
          if (/^on/i.test(key)) say(`the handler \`${key}\``)
          if (/^(?:xml:base|src|data|action|formaction|ping|target|from|to|by|values-href)$/i.test(key))
            say(`the attribute \`${key}\``)
          if (/^xmlns/.test(key) && depth > 1) say(`the namespace \`${value}\``)
          if (/(?:^|:)href$/i.test(key)) {
            const inside =
              value.startsWith('#') ||
              (/^(?:image|feImage)$/.test(name) && /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*$/.test(value))
            if (!inside) say(`the address \`${value}\``)
          } else if (
            /^\s*(?:javascript|vbscript|data|https?|file):/i.test(value) &&
            !/^(?:xmlns|xmlns:xlink)$/.test(key)
          ) {
            if (!/^(?:class|id|lang|xml:lang|role|aria-.*|result|in|in2)$/.test(key))
              say(`the attribute \`${key}="${value}"\``)
          }
          if (key !== 'class' && !key.startsWith('aria-')) livingInStyle(value, say)
        }
      },
      ontext(text) {
        if (sheet !== undefined) sheet += text
      },
      onclosetag(name) {
        depth--
        if (name === 'style' && sheet !== undefined) livingInStyle(sheet, say)
        if (name === 'style') sheet = undefined
      },
      onprocessinginstruction: (name) => say(`the instruction \`${name}\``),
      oncomment: () => say('a comment'),
      oncdatastart: () => say('CDATA'),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(svg)
  if (depth !== 0) say('elements that are not closed')
  return found
}

function livingInStyle(css: string, say: (what: string) => void): void {
  const text = (start: number, end: number) => css.slice(start, end)
  let within = ''
  tokenize(css, (type, start, end) => {
    const name = tokenNames[type]
    if (type === tokenTypes.Url) {
      if (!url.decode(text(start, end)).startsWith('#')) say(`the style \`${text(start, end)}\``)
    } else if (type === tokenTypes.BadUrl) say(`the style \`${text(start, end)}\``)
    else if (type === tokenTypes.Function) {
      const called = ident.decode(text(start, end - 1))
      within = FETCHING.test(called) ? called : ''
      if (within !== '' && within !== 'url') say(`the function \`${called}\``)
    } else if (type === tokenTypes.String && within === 'url') {
      if (!/^["']#/.test(text(start, end))) say(`the style \`url(${text(start, end)})\``)
    } else if (type === tokenTypes.AtKeyword && !/^@media$/i.test(ident.decode(text(start, end))))
      say(`the rule \`${text(start, end)}\``)
    else if (name === 'right-parenthesis') within = ''
  })
}
