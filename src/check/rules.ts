// The rules that look at one text at a time. In: a Sample. Out: what was found, as the message of a warning, or undefined.
import type { Block, Prose } from '../model/book.js'

export interface Sample {
  prose: Prose
  /** The prose's text without what is no running text (see runningText). */
  text: string
  block: Block
  /** 'en', 'fr'. */
  language: string
}

export interface ProseRule {
  code: string
  look: (sample: Sample) => string | undefined
  hint: string
}

/** The place in the text, so that it can be searched for. */
function around(text: string, at: number, length: number): string {
  const from = Math.max(0, at - 20)
  const to = Math.min(text.length, at + length + 20)
  return `\`${text
    .slice(from, to)
    .replace(/[\s\ufffc]+/g, ' ')
    .replaceAll('`', '’')
    .trim()}\``
}

/**
 * `hint`: a cheaper pattern that is found wherever `pattern` is. A pattern that asks for all the letters of the world costs more to make
 * than to look for in a book: it is a function, called when the hint was found.
 */
function first(pattern: RegExp | (() => RegExp), say: (found: string, where: string) => string, hint?: RegExp) {
  return ({ text }: Sample): string | undefined => {
    if (hint?.test(text) === false) return undefined
    const found = (typeof pattern === 'function' ? pattern() : pattern).exec(text)
    return found === null ? undefined : say(found[0].trim(), around(text, found.index, found[0].length))
  }
}

/** Words that nobody writes twice on purpose. Others (had had, that that, nous nous) may be right. */
const NEVER_TWICE = new Map<string, string>(
  Object.entries({
    en: 'the a an of to and for with at by from as or if but is are was were be his their our my its this these which',
    fr: 'le les de des du et un une dans pour par sur avec que qui au aux ce cette',
    de: 'und mit von für auf dem den ein eine einer einem einen ist im am zum zur bei nach oder aber',
    es: 'el los las de del y un una en con por para que al su sus',
    it: 'il lo gli di del della e un una in con per che al sul nel',
    pt: 'o os as de do da e um uma em com por para que ao no na',
    nl: 'het een van en met voor op aan bij uit naar is was of maar',
    pl: 'i w z na do od dla przez oraz ale lub jest',
    ru: 'и в на с по для от из к у но или при',
    el: 'και το τα του της των στο στη με για από',
  }),
)
const TWICE = new Map([...NEVER_TWICE].map(([language, words]) => [language, new Set(words.split(' '))]))

/** Where a word is followed by itself. Word by word: a pattern would try every word at every letter. */
function doubled(text: string, words: ReadonlySet<string>): { word: string; at: number } | undefined {
  let start = 0
  for (let space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', start)) {
    const length = space - start
    // The second may open differently only in the case of its letters.
    if (length > 0 && length < 9 && (text.charCodeAt(start) | 0x20) === (text.charCodeAt(space + 1) | 0x20)) {
      const word = text.slice(start, space).toLowerCase()
      const end = space + 1 + length
      if (
        words.has(word) &&
        text.slice(space + 1, end).toLowerCase() === word &&
        !/[\p{L}\p{N}’'-]/u.test(text.charAt(end))
      ) {
        return { word, at: start }
      }
    }
    start = space + 1
  }
  return undefined
}

export const PROSE_RULES: readonly ProseRule[] = [
  {
    code: 'doubled-word',
    hint: 'take one of the two out',
    look: ({ text, language }) => {
      const words = TWICE.get(language)
      const found = words && doubled(text, words)
      return found && `\`${found.word}\` is there twice in ${around(text, found.at, 2 * found.word.length)}`
    },
  },
  {
    code: 'straight-quote',
    hint: 'write the mark that is meant: “ ” ‘ ’ ′ ″',
    look: ({ prose, text }) => {
      const at = text.search(/["']/)
      return at < 0 || prose.text[at] === '\ufffc'
        ? undefined
        : `a straight quotation mark is left in ${around(text, at, 1)}`
    },
  },
  {
    code: 'space-before-punctuation',
    hint: 'take the space out',
    look: ({ text, language }) => {
      if (!/ [,;:!?.]/.test(text)) return undefined
      const pattern =
        language === 'fr'
          ? /[\p{L}\p{N}”’)] (?:,|\.(?! \.))(?=\s|$)/u
          : /[\p{L}\p{N}”’)] (?:[,;:!?]|\.(?! \.))(?=\s|$)/u
      const found = pattern.exec(text)
      return found === null
        ? undefined
        : `there is a space before \`${found[0].slice(-1)}\` in ${around(text, found.index, 3)}`
    },
  },
  {
    code: 'hyphen-for-dash',
    hint: 'write -- for an en dash, --- for an em dash',
    look: first(
      () => /[\p{L},.;:!?”’)] - [\p{L}“‘(]/u,
      (_, where) => `a hyphen stands for a dash in ${where}`,
      / - /,
    ),
  },
  {
    code: 'hyphen-in-range',
    hint: 'write -- for the en dash of a range',
    look: first(
      () => /(?<![\d\p{L}/.–-])(?:\d{4}-\d{2,4}|\d{1,3}-\d{1,3})(?![\d\p{L}/%–-]|\.\d)/u,
      (range, where) => `the range \`${range}\` has a hyphen in ${where}`,
      /\d-\d/,
    ),
  },
  {
    code: 'doubled-punctuation',
    hint: 'keep one of the marks',
    look: first(/(?<!\.)\.\.(?![./])|,[.,;:]|;[;,]|(?<!:):,/, (marks, where) => `\`${marks}\` stands in ${where}`),
  },
  {
    code: 'glued-quote',
    hint: 'put a space or a dash between them',
    look: ({ text, language }) => {
      // what is no letter follows nearly all of them
      const found = language === 'en' && /”[^\s.,;:!?’)\]—–-]/.test(text) ? /”(?!s(?!\p{L}))\p{L}/u.exec(text) : null
      return found === null
        ? undefined
        : `a word is glued to a closing quotation mark in ${around(text, found.index, 2)}`
    },
  },
  {
    code: 'space-before-note',
    hint: 'take the space out',
    look: ({ prose }) => {
      const span = prose.spans.find((one) => one.kind === 'note' && /[ \u00a0]/.test(prose.text.charAt(one.start - 1)))
      return span && `there is a space before the note in ${around(prose.text, span.start, 1)}`
    },
  },
  {
    code: 'note-before-punctuation',
    hint: 'put the reference after the mark',
    look: ({ prose, language }) => {
      if (language !== 'en') return undefined
      const span = prose.spans.find((one) => one.kind === 'note' && /[.,;:!?]/.test(prose.text.charAt(one.end)))
      return span && `a note stands before a mark in ${around(prose.text, span.start, 2)}`
    },
  },
  {
    code: 'spaced-ellipsis',
    hint: 'write … or three points without spaces',
    look: first(/\. \. \./, (_, where) => `an ellipsis is spaced out in ${where}`),
  },
  {
    code: 'repeated-dash',
    hint: 'write ⸺ for a word left out in part, ⸻ for a whole one',
    look: first(/——|––/, (_, where) => `dashes are repeated in ${where}`),
  },
  {
    code: 'letter-for-sign',
    hint: 'write ×',
    look: first(
      /(?<![\w.])(?!0x)\d+(?: x |x)\d+(?!\w)/,
      (term, where) => `the letter x stands for × in \`${term}\`: ${where}`,
    ),
  },
  {
    code: 'wrong-apostrophe',
    hint: 'write ’',
    look: first(
      () => /\p{L}[´`]\p{L}|‘(?:tis|twas|twere|twill|em|til|n|\d0s)(?!\p{L})/iu,
      (_, where) => `an apostrophe is turned the wrong way in ${where}`,
      /[´`‘]/,
    ),
  },
  {
    code: 'stray-markup',
    hint: 'look at the Markdown there: a mark may be unpaired, or follow a space, or a link’s `[label]: …` be missing',
    look: first(
      /\*\*|(?<=\S)__|__(?=\S)|\]\(|\[[^[\]]{1,200}\]\[[^[\]]{0,100}\]|(?<!\{)\{[.#][\w-]+[^{}]*\}(?!\})|^:::|^#{1,6}\s/,
      (mark, where) => `\`${mark}\` is left as text in ${where}`,
      /\*\*|__|\][([]|\{|:::|#/,
    ),
  },
  {
    code: 'heading-period',
    hint: 'headings end without a period',
    look: ({ text, block }) =>
      block.kind === 'heading' && /[^.\s]\.$/.test(text) && / /.test(text)
        ? `the heading \`${text.slice(0, 60)}\` ends with a period`
        : undefined,
  },
  {
    code: 'heading-capitals',
    hint: 'write it in upper and lower case; the theme makes capitals',
    look: ({ text, block }) =>
      block.kind === 'heading' && / /.test(text) && text === text.toUpperCase() && /\p{L}{4}/u.test(text)
        ? `the heading \`${text.slice(0, 60)}\` is all in capitals`
        : undefined,
  },
  {
    code: 'paragraph-end',
    hint: 'end it with a mark, if nothing is missing',
    look: ({ prose, block }) => {
      if (block.kind !== 'paragraph' || !['body', 'flush', 'opening'].includes(block.role)) return undefined
      const { text } = prose
      if (text.length < 80 || text.includes('\n') || !/\p{Ll}$/u.test(text)) return undefined
      return `the paragraph ends without a mark: ${around(text, text.length, 0)}`
    },
  },
]
