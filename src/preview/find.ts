// In: words that are looked for. Out: where they stand, in both books, in reading order; what was written before what was generated of it.
import type { Source } from '../folder.js'
import type { Section } from '../model/book.js'
import type { Found } from './protocol.js'
import { plainWord, type Text, textsOf } from './section-texts.js'
import type { Shown } from './shown.js'
import { spotOf } from './spots.js'

const MOST = 200
const AROUND = 40

export function find(shown: Shown, source: Source | undefined, query: string): Found[] {
  const wanted = folded(query.trim().slice(0, 200)).text
  const found: Found[] = []
  if (wanted === '') return found
  const look = (section: Section, text: Text) => {
    const { text: own, places } = folded(text.prose.text)
    for (let at = own.indexOf(wanted); at >= 0 && found.length < MOST; at = own.indexOf(wanted, at + wanted.length)) {
      const from = places?.[at] ?? at
      const to = (places?.[at + wanted.length - 1] ?? at + wanted.length - 1) + 1
      const before = plainWord(text.prose.text.slice(Math.max(0, from - AROUND), from))
      const match = plainWord(text.prose.text.slice(from, to))
      const after = plainWord(text.prose.text.slice(to, to + AROUND))
      found.push({
        context: before + match + after,
        from: before.length,
        to: before.length + match.length,
        section: section.id,
        spot: spotOf(shown, source, section, text, from, to),
      })
    }
  }
  const { sections } = shown.proof.book
  for (const generated of [false, true])
    for (const section of sections)
      if (section.generated === generated) for (const text of textsOf(section).list) look(section, text)
  return found
}

/** Without capitals, with plain quotes and spaces; `places`: where each unit stood, if that is elsewhere. */
function folded(text: string): { text: string; places: number[] | undefined } {
  const plain = (one: string) =>
    one
      .replace(/[‘’ʼ]/g, "'")
      .replace(/[“”„«»]/g, '"')
      .replace(/[\u00a0\u202f\s]/g, ' ')
  const lower = text.toLowerCase()
  // A capital that becomes two letters is rare, and moves what follows.
  if (!text.includes('\u00ad') && lower.length === text.length) return { text: plain(lower), places: undefined }
  const places: number[] = []
  let out = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\u00ad') continue
    for (const unit of plain(text[i]!.toLowerCase())) {
      out += unit
      places.push(i)
    }
  }
  return { text: out, places }
}
