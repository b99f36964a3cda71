// In: a proof. Out: its figures: pages and what a printer makes of them, words, the time that they take to read.
import type { Proof } from '../build/proof.js'
import type { Section } from '../model/book.js'
import type { Statistics } from './protocol.js'
import { textsOf } from './section-texts.js'

const WORDS_A_MINUTE = 230
const SIGNATURE = 16
/** Thickness of a leaf where the booklet says nothing: 80 g/m², millimetres. */
const LEAF = 0.1
const MM = 72 / 25.4

export function statisticsOf({ book, pages, editions }: Proof): Statistics {
  let words = 0
  let characters = 0
  let chapters = 0
  for (const section of book.sections) {
    if (section.generated) continue
    if (section.role === 'chapter') chapters++
    const counted = countIn(section)
    words += counted.words
    characters += counted.characters
  }
  const count = pages.pages.length
  const signatures = Math.ceil(count / SIGNATURE)
  const leaf = editions.booklet === undefined ? LEAF : editions.booklet.paper / MM
  return {
    pages: count,
    words,
    characters,
    minutes: Math.ceil(words / WORDS_A_MINUTE),
    chapters,
    signature: SIGNATURE,
    signatures,
    blanks: signatures * SIGNATURE - count,
    spine: Math.round((count / 2) * leaf * 10) / 10,
  }
}

const counts = new WeakMap<Section, { words: number; characters: number }>()

function countIn(section: Section): { words: number; characters: number } {
  let count = counts.get(section)
  if (count !== undefined) return count
  count = { words: 0, characters: 0 }
  for (const { prose } of textsOf(section).list) {
    count.characters += prose.text.length
    count.words += wordsIn(prose.text)
  }
  counts.set(section, count)
  return count
}

/** Letters and digits between what are none; a letter of a script that parts no words counts as one. */
function wordsIn(text: string): number {
  let words = 0
  let within = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const ideograph = (unit >= 0x3040 && unit <= 0x9fff) || (unit >= 0xf900 && unit <= 0xfaff)
    if (ideograph) words++
    const letter =
      !ideograph &&
      ((unit >= 0x30 && unit <= 0x39) ||
        ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) ||
        unit === 0x27 ||
        unit === 0x2019 ||
        unit === 0xad ||
        (unit >= 0xc0 && !(unit >= 0x2000 && unit <= 0x206f) && !(unit >= 0x3000 && unit <= 0x303f) && unit !== 0xfffc))
    if (letter && !within && unit !== 0x27 && unit !== 0x2019) words++
    within = letter && (within || (unit !== 0x27 && unit !== 0x2019))
  }
  return words
}
