// A text in capital letters, by the rules of its language: one answer for both outputs.
//
// As browsers do it for `text-transform: uppercase` (CSS Text 3, 2.1.1; Unicode's SpecialCasing.txt; for Greek, the uppercase
// mapping of CLDR), without asking the machine what languages it knows.

/** `language`: a BCP 47 tag. May be longer than the text, as ß is SS, or shorter, as Greek capitals have no accents. */
export function capitals(text: string, language: string): string {
  switch (/^[a-z]*/i.exec(language)![0].toLowerCase()) {
    case 'tr':
    case 'az':
      return text.replace(/i/g, 'İ').toUpperCase()
    case 'el':
      return greek(text)
    case 'lt':
      // The dot that keeps its place under an accent goes with the small letter.
      return text.replace(/(\p{Soft_Dotted}\p{M}*?)\u0307/gu, '$1').toUpperCase()
    default:
      return text.toUpperCase()
  }
}

const GREEK = /([\u0370-\u03ff])([\u0300-\u036f]*)/gu
const ACCENT = /[\u0300\u0301\u0342]/
const GONE = /[\u0300\u0301\u0304\u0306\u0308\u0313\u0314\u0342\u0343\u0345]/g
const DIAERESIS = '\u0308'
const IOTA_BELOW = '\u0345'

/**
 * Accents and breathings go, the diaeresis stays. Where an accent told that two vowels are not one, a diaeresis does:
 * μάιος, ΜΑΪΟΣ. The word ή, "or", keeps its accent to be told from the article.
 */
function greek(text: string): string {
  const apart = text.normalize('NFD')
  let broke = -1
  const raised = apart.replace(GREEK, (whole: string, letter: string, marks: string, at: number) => {
    const capital = letter.toUpperCase()
    const end = at + whole.length
    const vowel = /[ΑΕΗΙΟΥΩ]/.test(capital)
    const below = marks.includes(IOTA_BELOW)
    const accented = ACCENT.test(marks)
    const apartFromLast = broke === at && (capital === 'Ι' || capital === 'Υ')
    const parted = marks.includes(DIAERESIS) || apartFromLast
    if (vowel && accented && !parted) broke = end
    if (capital === 'Η' && accented && !below && !isLetter(apart.slice(0, at), -1) && !isLetter(apart.slice(end), 0))
      return 'Ή'
    const others = marks.replace(GONE, '')
    return capital + (parted ? DIAERESIS : '') + others + (below ? 'Ι' : '')
  })
  return raised.toUpperCase().normalize('NFC')
}

/** Is the character at the end (-1) or the head (0) of the text a letter, marks and apostrophes aside? */
function isLetter(text: string, at: -1 | 0): boolean {
  return at === 0
    ? /^\p{Case_Ignorable}*(?!\p{Case_Ignorable})\p{Cased}/u.test(text)
    : /\p{Cased}\p{Case_Ignorable}*$/u.test(text)
}
