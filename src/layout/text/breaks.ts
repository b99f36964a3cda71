// Where the trade forbids or allows a line to end: words go in, joins and partings come out.

/** Abbreviations that belong to what follows them. */
const BEFORE_NAMES = new Set(
  'Mr. Mrs. Ms. Dr. St. Ste. Prof. Rev. Hon. Gen. Col. Maj. Capt. Lt. Sgt. Messrs. M. MM. Mme. Mlle. Hr. Fr. Sr. Sra. No. no. Nos. nos. vol. Vol. vols. p. pp. fig. Fig. ch. Ch. chap. art. § §§ Nr. Nº n° № S. Bd. z. ul. ks. г. стр. рис. гл. см. т. σ.'.split(
    ' ',
  ),
)

/** Units and half-days that belong to the number before them. */
const AFTER_NUMBERS = new Set(
  'mm cm dm m km in ft yd mi g kg mg t lb lbs oz s min h hr ms l ml cl dl K °C °F °R V W kW MW Hz kHz MHz J kJ Pa % ‰ € £ $ pt px em a.m. p.m. a.m p.m AM PM A.D. B.C. BC AD BCE CE Uhr Fr. Mio. млн тыс. руб. коп. г. гг. в. вв. km/h'.split(
    ' ',
  ),
)

const ONE_LETTER = new Set(['pl', 'cs', 'sk', 'ru', 'uk', 'be'])

/** True if no line may end between these two words. `next` may be cut after a few letters. */
export function joins(word: string, next: string, language: string): boolean {
  const first = next.charCodeAt(0)
  // before a dash that stands between spaces, or an ellipsis
  if ((first === 0x2013 || first === 0x2014 || first === 0x2026) && next.length <= 2) return true
  if (first === 0x2e && next.startsWith('...')) return true
  const size = word.length
  if (size === 0) return false
  const end = word.charCodeAt(size - 1)
  if (end === 0x2e) {
    const bare = stripOpening(word)
    // an initial: a capital and its stop
    if (/^(?:\p{Lu}\.)+$/u.test(bare)) return true
    if (size <= 8 && BEFORE_NAMES.has(bare)) return true
  } else if (size <= 2 && BEFORE_NAMES.has(word)) return true
  const startsDigit = first >= 0x30 && first <= 0x39
  if (end >= 0x30 && end <= 0x39) {
    if (isNumber(word) && AFTER_NUMBERS.has(next.replace(/[,;:!?)\]”’»]+$/, ''))) return true
    // groups of a long number: 12 000
    if (startsDigit && isNumber(word) && /^\d{3}\b/.test(next)) return true
  }
  if (first === 0x26 && next.length === 1) return true
  if (size === 1 && isLetter(word) && bindsLetters(language)) return true
  return false
}

function stripOpening(word: string): string {
  return word.replace(/^[“‘«„"'([]+/, '')
}

function isLetter(word: string): boolean {
  return word.toLowerCase() !== word.toUpperCase()
}

function isNumber(word: string): boolean {
  return /^[([“‘«]?[\d.,:/–]*\d$/.test(word)
}

export interface WordPart {
  start: number
  end: number
  /** Of ending a line behind this part. */
  penalty: number
  hyphen: boolean
}

const WHOLE: WordPart[] = []

/** By UTF-16 unit: 1 if a word that has it could be parted behind it. */
export const PARTS: Uint8Array = (() => {
  const table = new Uint8Array(0x10000)
  for (const c of '-./&#=?@\\_\u200b\u2010\u2011\u2012\u2013\u2014') table[c.charCodeAt(0)] = 1
  table.fill(1, 0x3040, 0xa000)
  return table
})()

/** Has the language prepositions of one letter, which may not end a line? */
export function bindsLetters(language: string): boolean {
  return ONE_LETTER.has(language.slice(0, 2))
}

/**
 * Cheap and too generous: false where no rule of `joins` could hold for the words text[start, end) and what begins with unit
 * `next`. `letters`: what `bindsLetters` says of the language.
 */
export function mayJoin(text: string, start: number, end: number, next: number, letters: boolean): boolean {
  const size = end - start
  if (
    size === 0 ||
    (size === 1 && letters) ||
    next === 0x26 ||
    next === 0x2e ||
    next === 0x2013 ||
    next === 0x2014 ||
    next === 0x2026
  )
    return true
  const last = text.charCodeAt(end - 1)
  // an abbreviation of one or two units without a stop ends with a sign beyond ASCII: § № Nº
  return last === 0x2e || (last >= 0x30 && last <= 0x39) || (size <= 2 && last >= 0x80)
}

function mayPart(word: string): boolean {
  for (let i = 0; i < word.length - 1; i++) if (PARTS[word.charCodeAt(i)] === 1) return true
  return false
}

/** Parts a word at the places where a line may end without a hyphen of ours: after dashes and hyphens, in web addresses, between ideographs. */
export function partsOf(word: string): WordPart[] {
  if (!mayPart(word)) {
    WHOLE[0] = { start: 0, end: word.length, penalty: 0, hyphen: false }
    return WHOLE
  }
  const parts: WordPart[] = []
  const address =
    /^(https?:|www\.|mailto:|doi:|urn:|[\w.-]+@)|\w\/\w.*\/|\w\.\w+\/\w|::|\w_\w/.test(word) && word.length > 12
  let from = 0
  for (let i = 0; i < word.length - 1; i++) {
    const c = word.charCodeAt(i)
    const next = word.charAt(i + 1)
    let penalty = -1
    let hyphen = false
    if (c === 0x2d || c === 0x2010) {
      // not in -5, not before punctuation, not in a row
      if (i > 0 && isWordish(word.charAt(i - 1)) && isLetter(next)) {
        penalty = 0
        hyphen = true
      }
    } else if (c === 0x2014 || c === 0x2013) {
      if (i > 0 && !isClosing(next) && !isDash(next) && !isOpening(word.charAt(i - 1)))
        penalty = c === 0x2013 && isDigit(next) ? 150 : 0
    } else if (c === 0x200b) penalty = 0
    else if (c === 0x2f || c === 0x5c) {
      if (i > 1 && next !== '/' && !isClosing(next) && !(isDigit(next) && isDigit(word.charAt(i - 1))))
        penalty = address ? 30 : 60
    } else if (address && '?&=#_.@'.includes(word.charAt(i)) && !isClosing(next) && i > 3 && word.length - i > 3)
      penalty = 60
    else if (c >= 0x3040 && c <= 0x9fff && !isClosing(next) && !'、。，．）」』】'.includes(next)) penalty = 0
    if (penalty >= 0) {
      parts.push({ start: from, end: i + 1, penalty, hyphen })
      from = i + 1
    }
  }
  parts.push({ start: from, end: word.length, penalty: 0, hyphen: false })
  return parts
}

function isDash(c: string): boolean {
  return c === '-' || c === '–' || c === '—'
}

function isDigit(c: string): boolean {
  return c >= '0' && c <= '9'
}

function isWordish(c: string): boolean {
  return isLetter(c) || isDigit(c)
}

function isOpening(c: string): boolean {
  return '“‘«„‚([{¿¡'.includes(c)
}

function isClosing(c: string): boolean {
  return '”’»)]}.,;:!?…"\'\u2060'.includes(c)
}
