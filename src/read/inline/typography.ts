// In: a paragraph's text and the language of each part of it. Out: the changes that make straight quotes, hyphens for dashes
// and three points into the marks of the language. Text that has these marks already is not touched; neither is code.
import { hasThinDashes, primary, type Quotes, quotesOf } from '../../model/languages.js'
import { type Edit, NO_EDITS } from './edits.js'

export interface Region {
  start: number
  end: number
}

export interface Styled {
  /** False: only superfluous spaces go. */
  smart: boolean
  language: string
  /** Parts in another language, ascending; inner ones after outer ones. */
  languages: readonly (Region & { language: string })[]
  /** Parts to leave alone, ascending: code, addresses, escaped characters. */
  fixed: readonly Region[]
}

const NEEDS = /["'\t]|--|\.\.\.| [ \n–—]/
const NEEDS_FRENCH = /["'\t]|--|\.\.\.| [ \n;:!?»–—]|« /
const MARKS =
  /["']|-{2,}|\.{3,}|[ \t]+(?=\n|$)|^[ \t]+|[ \t]{2,}|\t| (?=[;:!?»])|(?<=«) | (?=(?:[–—]|-{2,3})(?:[ \n]|$))|(?<=[^\n] (?:[–—]|-{2,3})) /g

export function turn(text: string, style: Styled): readonly Edit[] {
  const french = primary(style.language) === 'fr' || style.languages.some((part) => primary(part.language) === 'fr')
  const blank = (at: number) => text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09
  if (!(french ? NEEDS_FRENCH : NEEDS).test(text) && !blank(0) && !blank(text.length - 1)) return NO_EDITS
  const edits: Edit[] = []
  const open: OpenQuote[] = []
  const inside: (Region & { language: string })[] = []
  let part = 0
  let fixedAt = 0
  let lastQuote = { at: -2, opened: false }
  for (const found of text.matchAll(MARKS)) {
    const at = found.index
    const mark = found[0]
    while (fixedAt < style.fixed.length && style.fixed[fixedAt]!.end <= at) fixedAt++
    const fixed = style.fixed[fixedAt]
    if (fixed !== undefined && fixed.start < at + mark.length) continue
    while (part < style.languages.length && style.languages[part]!.start <= at) inside.push(style.languages[part++]!)
    while (inside.length > 0 && inside.at(-1)!.end <= at) inside.pop()
    const language = inside.at(-1)?.language ?? style.language
    if (mark.charCodeAt(0) === 0x20 || mark.charCodeAt(0) === 0x09) {
      const thin = style.smart && primary(language) === 'fr' ? spaced(text, at, mark) : undefined
      const edge = at === 0 || text[at + mark.length] === '\n' || at + mark.length === text.length
      const dash =
        style.smart && !edge && thin === undefined
          ? besideDash(text, at, mark, language, fixed, style.fixed[fixedAt - 1])
          : undefined
      const put = thin ?? dash ?? (edge ? '' : ' ')
      if (put !== mark) edits.push({ at, out: mark.length, put })
    } else if (!style.smart) continue
    else if (mark === '"' || mark === "'") {
      const before = lastQuote.at === at - 1 ? (lastQuote.opened ? '(' : ')') : text.charAt(at - 1)
      const turned = turnQuote(text, at, mark, before, language, open)
      if (turned === undefined) continue
      lastQuote = { at, opened: turned.opened }
      edits.push({ at, out: 1, put: turned.mark })
    } else if (mark.startsWith('-')) {
      if (mark.length <= 3) edits.push({ at, out: mark.length, put: mark.length === 2 ? '–' : '—' })
    } else if (mark.length <= 4) edits.push({ at, out: 3, put: '…' })
  }
  return edits
}

/** French sets a thin space before `;`, `!`, `?` and inside guillemets, a full one before `:`; none of them breaks. */
function spaced(text: string, at: number, mark: string): string | undefined {
  const next = text.charAt(at + mark.length)
  if (text.charAt(at - 1) === '«' || next === '»' || next === ';' || next === '!' || next === '?') return '\u202f'
  return next === ':' ? '\u00a0' : undefined
}

/**
 * Where the author has set a dash between spaces: the one before it is kept with the word, so that no line begins with a dash, in either
 * output. English sets long dashes in thin spaces; shorter ones, and those of other languages, stand in full ones. `fixed`: the next
 * part to leave alone, and the one before it; a dash in them is none.
 */
function besideDash(
  text: string,
  at: number,
  mark: string,
  language: string,
  fixed: Region | undefined,
  before: Region | undefined,
): string | undefined {
  if (mark !== ' ') return undefined
  const next = /^(?:[–—]|-{2,3})(?=[ \n]|$)/.exec(text.slice(at + 1, at + 5))?.[0]
  const dash = next ?? /[^\n] ([–—]|-{2,3})$/.exec(text.slice(Math.max(0, at - 5), at))?.[1]
  if (dash === undefined) return undefined
  if (next !== undefined ? fixed !== undefined && fixed.start <= at + 1 : before?.end === at) return undefined
  const thin = hasThinDashes(language) && (dash === '—' || dash === '---')
  if (next !== undefined) return thin ? '\u202f' : '\u00a0'
  return thin ? '\u2009' : undefined
}

interface OpenQuote {
  mark: string
  quotes: Quotes
}

/** In a language whose marks are not known they are paired, and left as they are. */
const STRAIGHT: Quotes = ['"', '"', "'", "'"]
const APOSTROPHE = '’'
const OPENS = /[\s([{<«“‘„‚—–\-/=|¿¡\u00a0\u2007\u202f\u2060]/
const CLOSES = /[\s\ufffc.,;:!?)\]}>»”’…—–\-/|\u00a0\u2007\u202f\u2060]/
const BLANK = /[\s\u00a0\u2007\u202f]/

/** Words that begin with a letter left out. */
function elisionsOf(language: string): RegExp | undefined {
  switch (primary(language)) {
    case 'en':
      return /'(?:tis|twas|twere|twill|twould|twixt|tween|neath|em|til|n|nuff|uns?)(?![\p{L}\d])/iuy
    case 'nl':
      return /'(?:s|t|n|k|m|r)(?![\p{L}\d])/iuy
    case 'de':
      return /'(?:s|n|ne|nen|nem|ner|rauf|runter|raus|rein|rüber)(?![\p{L}\d])/iuy
    default:
      return undefined
  }
}
const FEET = /'\s?\d{1,2}(?:"|″)/y

function turnQuote(
  text: string,
  at: number,
  mark: string,
  before: string,
  language: string,
  open: OpenQuote[],
): { mark: string; opened: boolean } | undefined {
  const quotes = quotesOf(language) ?? STRAIGHT
  const single = mark === "'"
  const after = text.charAt(at + 1)
  const opens = before === '' || OPENS.test(before)
  const closes = after === '' || CLOSES.test(after) || after === '"' || after === "'"
  const blankBefore = before === '' || BLANK.test(before)
  const blankAfter = after === '' || BLANK.test(after)
  const pending = lastOpen(open, mark)

  if (single && opens && matches(elisionsOf(language), text, at)) return { mark: APOSTROPHE, opened: false }
  if (single && opens && pending < 0 && /\d/.test(after) && matches(/'\d\d(?:s|er|ers)?(?![\p{L}\d'])/uy, text, at))
    return { mark: APOSTROPHE, opened: false }
  if (/\d/.test(before) && pending < 0) {
    if (!single) return { mark: '″', opened: false }
    if (matches(FEET, text, at) || blankAfter) return { mark: '′', opened: false }
  }
  if (blankBefore && blankAfter && text.length > 1) return undefined
  if (single && !opens && (!closes || pending < 0)) return { mark: APOSTROPHE, opened: false }

  let opening: boolean
  if (opens && closes) opening = blankBefore || (pending < 0 && !blankAfter) || after === '"' || after === "'"
  else if (opens !== closes) opening = opens
  else opening = pending < 0
  // `("` and `—"` at the end of what was quoted.
  if (opening && !blankBefore && blankAfter) opening = false
  if (opening) {
    open.push({ mark, quotes })
    return { mark: quotes[single ? 2 : 0], opened: true }
  }
  const opener = pending < 0 ? { mark, quotes } : open[pending]!
  if (pending >= 0) open.length = pending
  return { mark: opener.quotes[single ? 3 : 1], opened: false }
}

function lastOpen(open: readonly OpenQuote[], mark: string): number {
  // Quotes are seldom nested deeper than three; a mark that opens further down was forgotten by its author.
  for (let i = open.length - 1; i >= Math.max(0, open.length - 4); i--) if (open[i]!.mark === mark) return i
  return -1
}

function matches(pattern: RegExp | undefined, text: string, at: number): boolean {
  if (pattern === undefined) return false
  pattern.lastIndex = at
  return pattern.test(text)
}
