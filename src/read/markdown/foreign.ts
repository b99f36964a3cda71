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
  emoji: { is: 'an emoji’s name', hint: 'write the sign itself, or say it in words; as plain text: `\\:name:`' },
  role: { is: 'a role', hint: 'write in Markdown what it does to the words: `*x*`, `[x](#place)`, `[x]{.kind}`' },
  change: {
    is: 'a proposed change',
    hint: 'take it or leave it first; what is to be seen of it is written `~~gone~~`, `++new++`, `==marked==`',
  },
  comment: { is: 'a comment', leftOut: true, hint: 'write `<!-- … -->`, which says nothing' },
  commentEdge: { is: 'the edge of a comment', hint: 'write `<!--` where it begins and `-->` where it ends' },
  abbreviation: {
    is: 'the meaning of an abbreviation',
    leftOut: true,
    hint: 'write it where it stands: `[HTML]{.abbr title="…"}`, or in a list of abbreviations',
  },
  attributes: {
    is: 'a line of attributes',
    hint: 'write them at the end of the heading or the paragraph, or right behind the picture: `{.name #id}`',
  },
  admonition: {
    is: 'the head of a block',
    hint: 'indent its text by four below it; or write `::: note` above, `:::` below it; as plain text: `\\!!!`',
  },
  tab: { is: 'the head of a tab', hint: 'a book has no tabs: write its texts one below the other' },
  fence: { is: 'the edge of a block', hint: 'write `::: note` above, `:::` below it' },
  directive: { is: 'a directive', hint: 'write in Markdown what it makes: `::: note`, `![…](image.png)`, a link' },
  number: { is: 'the number of an item', hint: 'write `1.`, and leave an empty line before the list' },
  part: { is: 'the head of a part', hint: 'list the part in the manifest: `- part: Its Title`' },
  place: { is: 'the name of a block', leftOut: true, hint: 'give it an id: `{#name}` at the end of the paragraph' },
  frontEdge: {
    is: 'the edge of front matter',
    hint: 'write it as YAML between two lines of `---`, at the head of the file: `title: …`',
  },
  raw: { is: 'raw text', hint: 'write in Markdown what it makes, or take it out' },
} as const satisfies Record<string, { is: string; hint: string; leftOut?: true }>

export type ForeignKind = keyof typeof FOREIGN

const LATEX = new Map(
  Object.entries({
    ...{ emph: '`*words*`', textit: '`*words*`', textbf: '`**words**`', texttt: 'code: `` `words` ``' },
    ...{ textsc: '`[words]{.smallcaps}`', underline: '`[words]{.underline}`', footnote: 'a note: `^[its text]`' },
    ...{
      href: '`[words](https://…)`',
      url: '`<https://…>`',
      ref: 'a link: `[](#place)`',
      pageref: '`[](#place){.page}`',
    },
    ...{ label: 'an id: `{#place}` at the end of the paragraph', includegraphics: '`![what it shows](image.png)`' },
    ...{ chapter: '`# Title`, at the head of a file of its own', section: '`## Title`', subsection: '`### Title`' },
    ...{ item: '`- words`', cite: 'a note: `^[Author, *Title*, p. 5.]`' },
  }),
)

/** What to write instead. */
export function hintOf(kind: ForeignKind, content: string): string {
  if (kind === 'command') {
    const known = LATEX.get(/^\\([A-Za-z]+)/.exec(content)?.[1] ?? '')
    return known === undefined ? FOREIGN.command.hint : `write ${known}`
  }
  if (kind === 'citation' && content.startsWith('@')) return FOREIGN.citation.hint.replace('\\[@key]', `\\${content}`)
  const id = kind === 'reference' ? /@([\p{L}\p{N}_:.-]+)/u.exec(content)?.[1]?.replace(/[.:-]+$/, '') : undefined
  if (id === undefined) return FOREIGN[kind].hint
  return `write a link to its id: \`[the place](#${id})\`, or \`[](#${id})\`, which prints its title; with \`{.page}\` behind it, its page`
}

const LONGEST = 2000

export function foreignRules(md: MarkdownIt): void {
  md.inline.ruler.before('text', 'foreign_line', foreignLine)
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

interface Found {
  kind: ForeignKind
  text: string
}

/** What takes a line, or begins one. */
const LINES: readonly [ForeignKind, RegExp][] = [
  ['admonition', /^(?:!{3}|\?{3}\+?)[ \t]+[a-z][\w-]*[ \t]*$/i],
  ['abbreviation', /^\*\[[^[\]\n]{1,60}\]:[^\n]*/],
  ['tab', /^={3}[!+]?[ \t]+"[^"\n]{1,200}"[ \t]*(?=\n|$)/],
  ['fence', /^\/{3}[ \t]+[a-z][^\n]{0,200}(?=\n|$)|^\/{3}[ \t]*(?=\n|$)/i],
  ['directive', /^\.\.[ \t]+[a-z][\w:-]*::[^\n]*/i],
  ['number', /^#\.(?=[ \t])|^\(@[\w-]*\)(?=[ \t])/],
  ['part', /^-#[ \t]+[^\n]+/],
  ['frontEdge', /^\+{3}[ \t]*(?=\n|$)/],
  ['commentEdge', /^%%[ \t]*(?=\n|$)/],
  ['pagebreak', /^\{pagebreak\}[ \t]*(?=\n|$)/i],
  [
    'attributes',
    /^\{(?::[^{}\n]{1,300}|(?:front|main|back)matter|(?!i:|index:)[a-z][\w-]{0,30}:[ \t]*[^{}\n]{1,300})\}[ \t]*(?=\n|$)/i,
  ],
]

function foreignLine(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (!/[!?*=/.#(%{+-]/.test(src.charAt(pos)) || !atLineStart(state)) return false
  const text = ahead(state)
  for (const [kind, line] of LINES) {
    const found = line.exec(text)
    // A line of `{:toc}` is that of the contents.
    if (found !== null && !(kind === 'attributes' && CONTENTS.test(found[0])))
      return push(state, silent, kind, found[0].trimEnd())
  }
  return false
}

/** The spaces in front of a line are no part of it. */
function atLineStart({ src, pos }: StateInline): boolean {
  let at = pos - 1
  while (at >= 0 && (src.charCodeAt(at) === 0x20 || src.charCodeAt(at) === 0x09)) at--
  return at < 0 || src.charCodeAt(at) === 0x0a
}

/** Where kramdown puts a table of contents. */
const CONTENTS = /^\{:\s*toc\b/i

function foundAt(state: StateInline): Found | undefined {
  const { src, pos } = state
  const found = (kind: ForeignKind, text: string | undefined) => (text === undefined ? undefined : { kind, text })
  switch (src.charCodeAt(pos)) {
    case 0x24 /* $ */:
      return found('math', mathAt(state))
    case 0x40 /* @ */:
      if (/[\p{L}\p{N}._/-]/u.test(before(state))) return undefined
      return found('reference', reference().exec(ahead(state))?.[0]) ?? found('citation', keyAt(state))
    case 0x5c /* \ */:
      return found('math', bracketMathAt(state)) ?? commandAt(state)
    case 0x7b /* { */:
      return bracedAt(ahead(state))
    case 0x25 /* % */:
      return /[\p{N}%]/u.test(before(state)) ? undefined : found('comment', COMMENT.exec(ahead(state))?.[0])
    case 0x3a /* : */:
      {
        const text = /[\p{L}\p{N}:]/u.test(before(state)) ? undefined : emoji().exec(ahead(state))?.[0]
        return found(text !== undefined && src.charCodeAt(pos + text.length) === 0x60 ? 'role' : 'emoji', text)
      }
    case 0x5e /* ^ */:
      return /\S/.test(before(state))
        ? undefined
        : found('place', /^\^[a-z0-9][a-z0-9-]{2,40}$/i.exec(ahead(state))?.[0])
    default:
      return undefined
  }
}

/** Obsidian's. */
const COMMENT = /^%%(?!%)(?:[^%]|%(?!%)){1,1900}%%(?!%)/
const emoji = () => /^:(?:[a-z][a-z0-9_+-]{1,40}|[+-]1|100|1234):(?![\p{L}\p{N}:])/u

const CHANGES = new Map([
  ['++', '++}'],
  ['--', '--}'],
  ['~~', '~~}'],
  ['==', '==}'],
  ['>>', '<<}'],
])

function bracedAt(text: string): Found | undefined {
  const shortcode = SHORTCODE.exec(text)?.[0]
  if (shortcode !== undefined)
    return { kind: /^\{\{[<%]\s*pagebreak\s*[>%]\}\}$/.test(shortcode) ? 'pagebreak' : 'shortcode', text: shortcode }
  const close = CHANGES.get(text.slice(1, 3))
  const end = close === undefined ? -1 : text.indexOf(close, 4)
  if (end > 0) return { kind: 'change', text: text.slice(0, end + 3) }
  const index = /^\{(?:i|index):[ \t]*[^{}\n]{1,200}\}/.exec(text)?.[0]
  if (index !== undefined) return { kind: 'index', text: index }
  const raw = /^\{=[a-z][\w-]{0,20}\}/i.exec(text)?.[0]
  if (raw !== undefined) return { kind: 'raw', text: raw }
  const role = /^\{[a-z][\w:-]{0,40}\}(?=`)/i.exec(text)?.[0]
  return role === undefined ? undefined : { kind: 'role', text: role }
}

/** `@doe2001` in the text, as Pandoc has it: only what has a year or a colon in it, or a place of a book behind it, is no handle of a person. */
function keyAt(state: StateInline): string | undefined {
  const text = ahead(state)
  const key = /^@[\p{L}_][\p{L}\p{N}_:.-]{1,80}/u.exec(text)?.[0].replace(/[.:-]+$/, '')
  if (key === undefined || text[key.length] === '@') return undefined
  const locator = /^ \[(?:pp?\.|§|ch|chap|sec|vol|fig|fol|no\.|S\.|\d)[^[\]\n]{0,100}\](?![([])/i.exec(
    text.slice(key.length),
  )?.[0]
  if (locator !== undefined) return key + locator
  return /(?<!\d)(?:1[4-9]|20)\d\d(?!\d)/.test(key) || /^@\p{L}{2,}:[\p{L}\p{N}]/u.test(key) ? key : undefined
}

function commandAt(state: StateInline): Found | undefined {
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
const reference = () =>
  /^@(?:(?:fig|tbl|tab|eq|sec|lst|thm|lem|def|exm|alg|ch|chap):|(?:fig|tbl|eq|sec|lst|thm)-)[\p{L}\p{N}][\p{L}\p{N}_.:-]*(?<![.:-])/iu

const COMMAND = /^\\([A-Za-z]{2,30})(?:\*?(?:\[[^\][\n]{0,200}\])?(\{[^{}\n]{0,400}\})?)/
const PAGE_BREAKS = new Set(['newpage', 'pagebreak', 'clearpage', 'cleardoublepage'])
/** Those that are written without braces. With braces anything is a command. */
const COMMANDS = new Set(
  'noindent indent par bigskip medskip smallskip vfill hfill hline centering raggedright tableofcontents listoffigures listoftables maketitle appendix frontmatter mainmatter backmatter printbibliography printindex newline linebreak nopagebreak ldots dots textbackslash LaTeX TeX'.split(
    ' ',
  ),
)

/** Of Hugo and Quarto `{{< … >}}` and `{{% … %}}`, of mdBook `{{#include …}}`, of Liquid and Jinja `{% … %}`, `{{ page.title }}`, `{{ include x }}`, of Handlebars `{{> x}}`. */
const SHORTCODE =
  /^\{(?:\{<(?:[^{}>]|>(?!\}\})|[{}](?!\})){1,600}>\}\}|\{%[^{}]{1,600}%\}\}|\{#[a-z][^{}]{0,600}\}\}|%-?\s[^{}]{1,600}%\}|\{\s*[a-z_]+\.[a-z_.]+[^{}\n]{0,100}\}\}|\{(?:[ \t]+[a-z_>#/&-]|(?:include|import|embed|insert)[ \t]|>[ \t]?[a-z])[^{}\n]{0,300}\}\})/i

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

/**
 * `\\(x\\)` and `\\[x\\]`, as LaTeX has them. Markdown puts a backslash before a bracket that is meant as one: `\\[sic\\]`, `\\[1\\]`,
 * `\\[T\\]he`; so what stands in square ones among words must have a sign of mathematics in it.
 */
function bracketMathAt(state: StateInline): string | undefined {
  const { src, pos } = state
  const open = src.charAt(pos + 1)
  if ((open !== '(' && open !== '[') || /[\p{L}\p{N}\\]/u.test(before(state))) return undefined
  const text = ahead(state)
  const end = text.indexOf(open === '(' ? '\\)' : '\\]', 2)
  if (end < 0) return undefined
  const inner = text.slice(2, end).trim()
  if (!isFormula(inner) || /^(?:\d+|[crp]|tm)$|\]\(|:\/\//i.test(inner)) return undefined
  const alone = atLineStart(state) && /^[ \t]*(?:\n|$)/.test(text.slice(end + 2, end + 50))
  return open === '(' || alone || /\\[A-Za-z]|[\^={+<>]|(?<!\p{L})\p{L}_[\p{L}\d{](?!\p{L})/u.test(inner)
    ? text.slice(0, end + 2)
    : undefined
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
    const found = state.pos === 0 ? /^\[![a-z][\w-]{0,30}\][+-]?(?=[ \t\n]|$)/i.exec(text) : null
    return found !== null && push(state, silent, 'alert', found[0])
  }
  if (second === 0x5b) {
    const found = wikiLink().exec(text)
    return found !== null && !/^\[\[_?toc_?\]\]$/i.test(found[0]) && push(state, silent, 'wikilink', found[0])
  }
  const found = text.includes('@') ? /^\[[^[\]\n]{1,600}\](?![([{:])/.exec(text)?.[0] : undefined
  if (found === undefined || !isCitation(found.slice(1, -1))) return false
  return push(state, silent, /^\[-?@(?:fig|tbl|tab|eq|sec|lst)[:-]/i.test(found) ? 'reference' : 'citation', found)
}

const wikiLink = () => /^\[\[(?=[^[\]]*\p{L})[^[\]\n]{1,200}\]\](?![([{])/u

/**
 * `@key`, `-@key, p. 5`; with words before it (`see @doe`) only where the key has more in it than a person’s name has, or a place of
 * a book behind it, or where there are two of them, or where the words are those of a citation.
 */
function isCitation(inside: string): boolean {
  if (/^-?@\{?[\p{L}\p{N}_]/u.test(inside)) return true
  const key = /(?:^|[\s;(])-?@([\p{L}_][\p{L}\p{N}_:.-]*)/u.exec(inside)
  if (key === null) return false
  if (/[\p{L}_][\d:]/u.test(key[1]!)) return true
  if (/@[^\s@;,]+[^@;]*;[^@;]*(?<=[\s;(])-?@\p{L}/u.test(inside)) return true
  if (/@[^\s@;,]+,\s*(?:pp?\.|§|\d|ch|chap|sec|vol|fig|fol|no\.|S\.)/i.test(inside)) return true
  return /^(?:see(?: also)?|but see|cf\.?|e\.\s?g\.,?|compare|following|after|vgl\.?|siehe|voir|véase|cfr\.?)\s+-?@/i.test(
    inside,
  )
}

/** What two of each make of the words between them. */
const MARKS = new Map([
  [0x3d /* = */, 'mark'],
  [0x2b /* + */, 'underline'],
  [0x5e /* ^ */, 'underline'],
])
const MARKED = new Map([...MARKS.keys()].map((code) => [code, markedBy(code)]))

function markedBy(code: number): RegExp {
  const m = `\\x${code.toString(16)}`
  return new RegExp(
    `^${m}${m}(?!${m}|["'’”»)\\]},.;:!?]*(?:\\s|$))((?:[^${m}\\n]|\\n(?!\\n)|${m}(?!${m})){1,2000}?)(?<![${m}\\s!<>])${m}${m}(?![${m}\\p{L}\\p{N}])`,
    'u',
  )
}

/**
 * `==marked==` as `[marked]{.mark}`, `++new++` and `^^new^^` as `[new]{.underline}`: the marks stand against the text, and not among
 * more of their kind (`a == b`, `===`, `C++`).
 */
function marked(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  const code = src.charCodeAt(pos)
  const name = MARKS.get(code)
  if (name === undefined || src.charCodeAt(pos + 1) !== code) return false
  if (/[\p{L}\p{N}]/u.test(before(state)) || src.charCodeAt(pos - 1) === code) return false
  const found = MARKED.get(code)!.exec(ahead(state))
  if (found === null) return false
  if (!silent) {
    const max = state.posMax
    state.pos = pos + 2
    state.posMax = state.pos + found[1]!.length
    state.push('span_open', 'span', 1).meta = { attributes: { classes: [name], keys: new Map<string, string>() } }
    state.md.inline.tokenize(state)
    state.push('span_close', 'span', -1)
    state.posMax = max
  }
  state.pos = pos + found[0].length
  return true
}
