// The words of the site's own pages, by language; `%` stands for what is said in its place. A language that is not here yet is served in
// English, and the pages say so in `lang`.
import { thousands } from '../diagnostic.js'
import { primary } from '../model/languages.js'
import { DUTCH } from './languages/dutch.js'
import { ENGLISH } from './languages/english.js'
import { FRENCH } from './languages/french.js'
import { GERMAN } from './languages/german.js'
import { GREEK } from './languages/greek.js'
import { ITALIAN } from './languages/italian.js'
import { POLISH } from './languages/polish.js'
import { PORTUGUESE } from './languages/portuguese.js'
import { RUSSIAN } from './languages/russian.js'
import { SPANISH } from './languages/spanish.js'
import type { PageWords } from './pagewords.js'

export type { PageWords } from './pagewords.js'

const TABLE = new Map<string, PageWords>(
  [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH, POLISH, RUSSIAN, GREEK].map((words) => [
    words.language,
    words,
  ]),
)

export function pageWords(tag: string): PageWords {
  return TABLE.get(primary(tag)) ?? ENGLISH
}

/** Each `%` in turn. */
export function say(phrase: string, ...what: (string | number)[]): string {
  let i = 0
  return phrase.replace(/%/g, () => String(what[i++] ?? ''))
}

/** A language that has no name here is called by its tag. */
export function languageName(tag: string, { languageNames }: PageWords): string {
  return languageNames.get(primary(tag)) ?? tag
}

/** '111 kB', '4.6 MB'. */
export function sizeInWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** '563,356', with thin spaces where that is usual: '563 356' is read by everybody. */
export function numberInWords(n: number): string {
  return thousands(n, n > 9999 ? '\u202f' : '')
}

/**
 * Silent reading of non-fiction in English, words a minute: Brysbaert, How Many Words Do We Read Per Minute? (2019), 238; of letters
 * in scripts that do not part words, 255 (Chinese).
 */
const WORDS_A_MINUTE = 238
const LETTERS_A_MINUTE = 255

export function readingTime({ words, letters }: { words: number; letters: number }, say_: PageWords): string {
  const minutes = Math.max(1, Math.round(words / WORDS_A_MINUTE + letters / LETTERS_A_MINUTE))
  return minutes < 90 ? say(say_.minutes, minutes) : say(say_.hours, Math.round(minutes / 60))
}

/** ISO 8601, as schema.org has it. */
export function readingMinutes({ words, letters }: { words: number; letters: number }): string {
  return `PT${Math.max(1, Math.round(words / WORDS_A_MINUTE + letters / LETTERS_A_MINUTE))}M`
}
