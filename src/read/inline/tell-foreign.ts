// In: what another tool understands, and Octavo does not: a token of the Markdown, or a text in which no Markdown is read (a title, an
// alternative, the text of HTML). Out: a word on each, at its line.
import type { Token } from 'markdown-it'
import { type Place, type Report, warning } from '../../diagnostic.js'
import { type Fields, shown } from '../manifest/fields.js'
import { FOREIGN, type ForeignKind, hintOf } from '../markdown/foreign.js'
import { parseInline } from '../markdown/parser.js'
import { newToken } from '../markdown/token.js'

/** Is it left out, where it stands in a text that is read as Markdown? */
export function isLeftOut({ meta }: Token): boolean {
  return 'leftOut' in FOREIGN[meta!['what'] as ForeignKind]
}

export function warnOfForeign({ content, meta }: Token, leftOut: boolean, place: Place, report: Report): void {
  const kind = meta!['what'] as ForeignKind
  const message = `\`${shown(content)}\` is ${FOREIGN[kind].is} of another tool’s; it is ${leftOut ? 'left out' : 'printed as it stands'}`
  warning(report, 'foreign-markup', place, message, hintOf(kind, content))
}

/** Of a text that was parsed, and is then printed bare. */
export function tellForeignIn(tokens: readonly Token[] | null, place: Place, report: Report): void {
  let { line } = place
  for (const token of tokens ?? []) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') line++
    else if (token.type === 'foreign') {
      warnOfForeign(token, false, { ...place, line }, report)
      line += token.content.split('\n').length - 1
    } else tellForeignIn(token.children, { ...place, line }, report)
  }
}

/** Marks of Markdown that mean something elsewhere. Two asterisks are told of wherever they are left as text. */
const MARKS: ReadonlySet<string> = new Set([
  ...['em_open', 's_open', 'span_open', 'code_inline', 'note_ref', 'note_inline'],
])

export const PLAIN_ALT = 'an alternative is read aloud: write it in words'

/** Of a text in which no Markdown is read. `place`: of its first line; `hint`: where it would be. */
export function tellRaw(text: string, place: Place, report: Report, hint: string): void {
  const tokens = parseInline(text)
  tellForeignIn(tokens, place, report)
  if (!tokens.some(({ type, info }) => MARKS.has(type) || (type === 'link_open' && info !== 'auto'))) return
  const message = `the marks of Markdown are printed as they stand in \`${shown(text.trim())}\``
  warning(report, 'foreign-markup', place, message, hint)
}

/** Of titles that stand in YAML. */
export function tellTitles(all: Fields, keys: readonly string[], hint: string): void {
  for (const key of keys) {
    const value = all.entries.get(key)?.value
    if (value?.kind === 'text') tellRaw(value.text, { path: all.path, line: value.line }, all.report, hint)
  }
}

/** Code that is none: ```` ```{=latex} ```` of Pandoc’s, ```` ```{note} ```` of MyST’s. `head`: what stands in the braces. */
export function warnOfDirective(head: string, place: Place, report: Report): void {
  const what = /^=/.test(head)
    ? 'raw'
    : /^:?(?:[a-z]+:)?(?:note|tip|hint|important|warning|caution|attention|danger|error|seealso|admonition|figure|image|math|table|list-table|toctree|include|contents|epigraph|glossary|bibliography)$/i.test(
          head,
        )
      ? 'directive'
      : undefined
  if (what === undefined) return
  const token = newToken('foreign', 0, `{${head}}`)
  token.meta = { what }
  warnOfForeign(token, false, place, report)
}

/** For a browser `<!-->` is a whole comment, and what follows is text; for Markdown of old a comment goes on to `-->`. */
function warnOfShortComment(comment: string, place: Place, report: Report): void {
  const open = /^<!---?>/.exec(comment)?.[0]
  if (open === undefined || !comment.endsWith('-->')) return
  const within = comment.slice(open.length, -3)
  if (!/[\p{L}\p{N}]/u.test(within)) return
  const message = `what stands between \`<!-->\` and \`-->\` is left out as a comment: \`${shown(within.trim())}\``
  warning(
    report,
    'foreign-markup',
    place,
    message,
    'write `<!--` where the comment begins; or delete both, if it is text',
  )
}

/** `<!-- pagebreak -->` asks some tools for what a comment never says. */
export function warnOfPageBreak(comment: string, place: Place, report: Report): void {
  warnOfShortComment(comment, place, report)
  if (!/^<!--\s*(?:(?:page-?\s?break|new-?page)\b|\\(?:newpage|pagebreak|clearpage)\s*-)/i.test(comment)) return
  const token = newToken('foreign', 0, comment)
  token.meta = { what: 'pagebreak' }
  warnOfForeign(token, true, place, report)
}
