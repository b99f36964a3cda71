// A chapter's opening text in; which of it is the lead-in, one answer for both outputs.

export interface LeadIn {
  /** UTF-16 offsets of what is set in small capitals. */
  start: number
  end: number
  /** The author wrote these words in capitals: they become small ones too, all but the first letter. */
  capitals: boolean
}

/**
 * The first `words` words. A text that opens in capitals of itself ('THE WALLS of Stalinism …') has chosen its own lead-in:
 * those words and no others. Undefined if there is none, or if a note or picture (U+FFFC) or a line's end comes first.
 */
export function leadIn(text: string, words: number): LeadIn | undefined {
  const parts = [...text.matchAll(/[^\s\ufffc]+/gu)].slice(0, Math.max(words, 8))
  let own = 0
  while (own < parts.length && isCapitals(parts[own]![0])) own++
  // One letter, 'I' or 'A', says nothing yet.
  const said = parts.slice(0, own).map((part) => part[0])
  const letters = own === 0 ? 0 : said.join('').replace(/[^\p{Lu}]/gu, '').length
  const capitals = letters > 1
  const last = parts[(capitals ? own : Math.min(words, parts.length)) - 1]
  if (last === undefined) return undefined
  const end = last.index + last[0].length
  if (/[\n\ufffc]/.test(text.slice(0, end).trimStart())) return undefined
  const first = capitals ? /\p{L}\p{M}*/u.exec(text) : null
  const start = first === null ? parts[0]!.index : first.index + first[0].length
  return start < end ? { start, end, capitals } : undefined
}

function isCapitals(word: string): boolean {
  // Most words have letters of ASCII alone: of these it is known sooner.
  if (/^[\x20-\x7e]*$/.test(word)) return /[A-Z]/.test(word) && !/[a-z]/.test(word)
  return /\p{Lu}/u.test(word) && !/\p{Ll}/u.test(word)
}
