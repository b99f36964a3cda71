// In: texts, and blocks that hold them. Out: how many letters they have, and where some were lost: by this every stage is watched,
// so that nothing of a book can be dropped in silence.
//
// Only letters and digits count. Typography turns quotation marks, dashes, points and spaces; lines are divided with hyphens; marks
// of no width come and go. None of these is a letter, and no letter is one of these.
import { error, type Place, type Report } from '../diagnostic.js'
import type { Block, Prose, Section } from './book.js'
import { eachBlock } from './walk.js'

/** 1 for each UTF-16 unit that is a letter here: ASCII letters and digits, and what lies beyond Latin-1's marks, but for spaces and punctuation. */
const LETTER = new Uint8Array(0x10000)
LETTER.fill(1, 0x30, 0x3a).fill(1, 0x41, 0x5b).fill(1, 0x61, 0x7b).fill(1, 0xc0)
for (const one of [0xaa, 0xb5, 0xba]) LETTER[one] = 1
for (const one of [0x1680, 0x180e, 0xfeff]) LETTER[one] = 0
// An accent that stands for itself may go where capitals are made.
LETTER.fill(0, 0x300, 0x370).fill(0, 0x2000, 0x2070).fill(0, 0x3000, 0x3040).fill(0, 0xfe00, 0xfe10).fill(0, 0xfff0)

export function isLetter(unit: number): boolean {
  return LETTER[unit] === 1
}

export function lettersIn(text: string): number {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum += LETTER[text.charCodeAt(i)]!
  return sum
}

/** Letters between the tags of a document, from `from` on. References (`&amp;`) stand for no letters. */
export function lettersBetweenTags(document: string, from: number): number {
  let sum = 0
  for (let i = from; i < document.length; i++) {
    const unit = document.charCodeAt(i)
    if (unit === 0x3c /* < */) i = document.indexOf('>', i)
    else if (unit === 0x26 /* & */) i = document.indexOf(';', i)
    else sum += LETTER[unit]!
  }
  return sum
}

export function lettersOf(blocks: readonly Block[]): number {
  let sum = 0
  eachBlock(
    blocks,
    () => undefined,
    (prose) => {
      sum += lettersIn(prose.text)
    },
  )
  return sum
}

/** What a section shows in any output: its texts, a label for each reference to a note, and one for each note. */
export function lettersShown(section: Section, labelOf: (note: string) => string | undefined): number {
  let sum = 0
  const count = (prose: Prose) => {
    sum += lettersIn(prose.text)
    for (const span of prose.spans) if (span.kind === 'note') sum += lettersIn(labelOf(span.note) ?? '')
  }
  eachBlock(
    section.blocks,
    (block) => {
      if (block.kind === 'notes') for (const { label } of block.notes) sum += lettersIn(label)
    },
    count,
  )
  for (const note of section.notes) {
    // One without a text is an error, and is not set.
    if (note.blocks.length === 0) continue
    sum += lettersIn(note.label)
    eachBlock(note.blocks, () => undefined, count)
  }
  return sum
}

/** A text that was to be kept, and where it stands. */
export interface Piece {
  text: string
  place: Place
}

/** Texts of a section, with their blocks' places. */
export function piecesOf(section: Section): Piece[] {
  const pieces: Piece[] = []
  for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)])
    eachBlock(
      blocks,
      () => undefined,
      (prose, { place }) => void pieces.push({ text: prose.text, place }),
    )
  return pieces
}

/** Long enough to be found in no other place of a text, short enough to stand on one page. */
const SAMPLE = 40

/**
 * Says that letters were lost, at the first piece that `kept` (all that there is, in about the same order) has not; at `otherwise`
 * if each is there. Slow, and only done when there is a fault of ours to tell.
 */
export function reportLoss(
  stage: string,
  count: number,
  pieces: readonly Piece[],
  kept: string,
  otherwise: Place,
  report: Report,
): void {
  const whole = only(kept)
  let at = 0
  const lost = pieces.find(({ text }) => {
    const letters = only(text)
    if (letters === '') return false
    // A text over two pages is found by its beginning and its end.
    for (const sample of new Set([letters.slice(0, SAMPLE), letters.slice(-SAMPLE)])) {
      let found = whole.indexOf(sample, at)
      // Notes and figures stand elsewhere.
      if (found < 0) found = whole.slice(0, at).indexOf(sample)
      if (found < 0) return true
      if (found >= at) at = found + sample.length
    }
    return false
  })
  const message = `${count} letters of the text are lost ${stage}`
  const hint = 'this is a fault of Octavo’s: tell its makers, with this file; to go on, write the place in another way'
  error(report, 'text-lost', lost?.place ?? otherwise, message, hint)
}

function only(text: string): string {
  let out = ''
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && LETTER[text.charCodeAt(i)] === 1) continue
    out += text.slice(from, i)
    from = i + 1
  }
  return out
}
