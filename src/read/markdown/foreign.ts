// Markup of other tools that Octavo does not set: formulas, citations, references by `@`, commands of LaTeX, wiki links, shortcodes.
// In: the characters where one may begin. Out: one `foreign` token with all of it as it stands (meta: what), so that nothing in it
// is taken for emphasis and whoever reads the token can say so. And `==marked==`, which is set.
import type { MarkdownIt, StateInline } from 'markdown-it'

/** What each is: `left out` if nothing of it would be printed by its own tool. */
export const FOREIGN = {
  math: {
    is: 'a formula',
    hint: 'formulas are not set yet: write it in plain text, with `*x*`, `x^2^` and `H~2~O`, or as an image',
  },
  citation: {
    is: 'a citation',
    hint: 'write it out, or as a note: `^[Author, *Title*, p. 5.]`; as plain text: `\\[@key]`',
  },
  reference: {
    is: 'a reference',
    hint: 'write a link to its id: `[the figure](#fig:one)`, with `{.page}` behind it for the page',
  },
  command: { is: 'a command of LaTeX', hint: 'write it in Markdown, or as code' },
  pagebreak: {
    is: 'a page break',
    leftOut: true,
    hint: 'begin a file of its own where a page is to begin, or part the text by `***`',
  },
  index: {
    is: 'an entry of an index',
    leftOut: true,
    hint: 'give the place an id, `[word]{#word}`, and link to it from a file of the role `index`: `[](#word){.page}`',
  },
  wikilink: { is: 'a wiki link', hint: 'write `[text](file.md)`, or `![what it shows](image.png)` for an image' },
  alert: {
    is: 'the head of an alert',
    hint: 'known are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]`, `[!CAUTION]`, in the first line of a quotation',
  },
  shortcode: { is: 'a shortcode', hint: 'write in Markdown what it stands for' },
} as const satisfies Record<string, { is: string; hint: string; leftOut?: true }>

export type ForeignKind = keyof typeof FOREIGN

/** What may open one, beside the characters that open Markdown's own marks. */
export const FOREIGN_OPENS = /[$@]|==/

const LONGEST = 2000

export function foreignRules(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'foreign', foreign)
  md.inline.ruler.after('link', 'foreign_bracket', bracketed)
  md.inline.ruler.before('emphasis', 'marked', marked)
}

function push(state: StateInline, silent: boolean, kind: ForeignKind, content: string): true {
  if (!silent) {
    const token = state.push('foreign', '', 0)
    token.content = content
    token.meta = { what: kind }
  }
  state.pos += content.length
  return true
}

/** The character before; '' at the head of the text. */
const before = (state: StateInline) => state.src.charAt(state.pos - 1)
const ahead = (state: StateInline) => state.src.slice(state.pos, Math.min(state.posMax, state.pos + LONGEST))

function foreign(state: StateInline, silent: boolean): boolean {
  const found = foundAt(state)
  return found !== undefined && push(state, silent, found.kind, found.text)
}

function foundAt(state: StateInline): { kind: ForeignKind; text: string } | undefined {
  const { src, pos } = state
  const code = src.charCodeAt(pos)
  if (code === 0x24 /* $ */) {
    const text = mathAt(state)
    return text === undefined ? undefined : { kind: 'math', text }
  }
  if (code === 0x40 /* @ */) {
    const text = /[\p{L}\p{N}._/-]/u.test(before(state)) ? undefined : REFERENCE.exec(ahead(state))?.[0]
    return text === undefined ? undefined : { kind: 'reference', text }
  }
  if (code === 0x5c /* \ */) return commandAt(state)
  const text = code === 0x7b /* { */ ? SHORTCODE.exec(ahead(state))?.[0] : undefined
  if (text === undefined) return undefined
  return { kind: /^\{\{[<%]\s*pagebreak\s*[>%]\}\}$/.test(text) ? 'pagebreak' : 'shortcode', text }
}

function commandAt(state: StateInline): { kind: ForeignKind; text: string } | undefined {
  const found = COMMAND.exec(ahead(state))
  if (found === null) return undefined
  const [text, name, braced] = found
  // In `C:\newpage` it parts the names of a path; an entry of an index stands right behind its word.
  if ((braced === undefined ? /[\p{L}\p{N}:\\._-]/u : /[:\\._-]/).test(before(state))) return undefined
  if (PAGE_BREAKS.has(name!)) return { kind: 'pagebreak', text }
  if (name === 'index' && braced !== undefined) return { kind: 'index', text }
  return braced !== undefined || COMMANDS.has(name!) ? { kind: 'command', text } : undefined
}

/** As pandoc-crossref and Quarto write them; a name of a person has no colon. */
const REFERENCE =
  /^@(?:(?:fig|tbl|tab|eq|sec|lst|thm|lem|def|exm|alg|ch|chap):|(?:fig|tbl|eq|sec|lst|thm)-)[\p{L}\p{N}][\p{L}\p{N}_.:-]*(?<![.:-])/iu

const COMMAND = /^\\([A-Za-z]{2,30})(?:\*?(?:\[[^\][\n]{0,200}\])?(\{[^{}\n]{0,400}\})?)/
const PAGE_BREAKS = new Set(['newpage', 'pagebreak', 'clearpage', 'cleardoublepage'])
/** Those that are written without braces. With braces anything is a command. */
const COMMANDS = new Set(
  'noindent indent par bigskip medskip smallskip vfill hfill hline centering raggedright tableofcontents listoffigures listoftables maketitle appendix frontmatter mainmatter backmatter printbibliography printindex newline linebreak nopagebreak ldots dots textbackslash LaTeX TeX'.split(
    ' ',
  ),
)

/** Of Hugo and Quarto `{{< … >}}` and `{{% … %}}`, of mdBook `{{#include …}}`, of Liquid and Jinja `{% … %}` and `{{ page.title }}`. */
const SHORTCODE =
  /^\{(?:\{<(?:[^{}>]|>(?!\}\})|[{}](?!\})){1,600}>\}\}|\{%[^{}]{1,600}%\}\}|\{#[a-z][^{}]{0,600}\}\}|%-?\s[^{}]{1,600}%\}|\{\s*[a-z_]+\.[a-z_.]+[^{}\n]{0,100}\}\})/i

/** A formula between dollar signs, where Pandoc sees one and it has the look of one: `$5 and $10` are sums of money. */
function mathAt(state: StateInline): string | undefined {
  if (/[\p{L}\p{N}$\\]/u.test(before(state))) return undefined
  const text = ahead(state)
  const found =
    /^\$\$([^$]+)\$\$(?!\$)/.exec(text) ??
    /^\$(?![\s$])((?:[^$\\\n]|\\[\s\S]|\n(?!\n))+?)(?<!\s)\$(?![\p{L}\p{N}$])/u.exec(text)
  if (found === null) return undefined
  return isFormula(found[1]!.trim()) ? found[0] : undefined
}

function isFormula(text: string): boolean {
  if (text === '') return false
  if (/\\[A-Za-z]|[\^_={]/.test(text)) return true
  const words = /\p{L}{3}/u.test(text.replace(/\b(?:sin|cos|tan|log|exp|lim|max|min|mod|det)\b/g, ''))
  if (words) return false
  return /[+\-*/<>|]/.test(text) || /^[\p{L}\d]{1,4}$/u.test(text) || /^\p{L}?[([][\p{L}\d\s,.]{1,20}[)\]]$/u.test(text)
}

/** After Markdown's own links, which may open with the same brackets. */
function bracketed(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x5b /* [ */) return false
  const second = state.src.charCodeAt(state.pos + 1)
  const text = ahead(state)
  if (second === 0x21 /* ! */) {
    const found = state.pos === 0 ? /^\[![a-z]{1,30}\](?=[ \t]*(?:\n|$))/i.exec(text) : null
    return found !== null && push(state, silent, 'alert', found[0])
  }
  if (second === 0x5b) {
    const found = WIKI.exec(text)
    return found !== null && !/^\[\[_?toc_?\]\]$/i.test(found[0]) && push(state, silent, 'wikilink', found[0])
  }
  const found = text.includes('@') ? CITATION.exec(text) : null
  if (found === null) return false
  return push(
    state,
    silent,
    /^\[-?@(?:fig|tbl|tab|eq|sec|lst)[:-]/i.test(found[0]) ? 'reference' : 'citation',
    found[0],
  )
}

const WIKI = /^\[\[(?=[^[\]]*\p{L})[^[\]\n]{1,200}\]\](?![([{])/u
/** `[@key]`, `[-@key, p. 5]`; with words before it only where the key has more in it than a person’s name has: `[see @doe99]`. */
const CITATION =
  /^\[(?:-?@\{?[\p{L}\p{N}_][^[\]\n]{0,300}|[^[\]@\n]{0,80}[\s(]-?@[\p{L}_][\p{L}_]*[\d:][^[\]\n]{0,300})\](?![([{:])/u

/** `==marked==` as `[marked]{.mark}`: the marks stand against the text, and not among more of their kind (`a == b`, `===`). */
function marked(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src.charCodeAt(pos) !== 0x3d || src.charCodeAt(pos + 1) !== 0x3d || /[=\p{L}\p{N}]/u.test(before(state)))
    return false
  const found =
    /^==(?!=|["'’”»)\]},.;:!?]*(?:\s|$))((?:[^=\n]|\n(?!\n)|=(?!=)){1,2000}?)(?<![=\s!<>])==(?![=\p{L}\p{N}])/u.exec(
      ahead(state),
    )
  if (found === null) return false
  if (!silent) {
    const max = state.posMax
    state.pos = pos + 2
    state.posMax = state.pos + found[1]!.length
    state.push('span_open', 'span', 1).meta = { attributes: { classes: ['mark'], keys: new Map<string, string>() } }
    state.md.inline.tokenize(state)
    state.push('span_close', 'span', -1)
    state.posMax = max
  }
  state.pos = pos + found[0].length
  return true
}
