// In: a section, and the pages that were set of it. Out: an error of ours if they have fewer letters than it has.
import type { Report } from '../../diagnostic.js'
import type { Section } from '../../model/book.js'
import { lettersIn, lettersShown, piecesOf, reportLoss } from '../../model/letters.js'
import { eachBlock } from '../../model/walk.js'
import type { Font, Page, TextRun } from '../typeset.js'

/** What a layout prints that is no text of the book. */
export interface Printed {
  /** Are all lists numbered in figures? Other numbers have one letter at least. */
  inFigures: boolean
  noteLabel(id: string): string
  /** After a link that asks for its page. */
  pageRef(href: string): string
  /** Of an entry of the contents. */
  pageLabel(href: string): string
}

/** Letters of a font's codes; fonts grow, and their codes never change. */
const known = new WeakMap<Font, number[]>()

export function checkLetters(
  section: Section,
  pages: readonly Page[],
  fonts: readonly Font[],
  printed: Printed,
  report: Report,
): void {
  const wanted = lettersShown(section, printed.noteLabel) + ownLetters(section, printed)
  let set = 0
  for (const page of pages)
    for (const item of page.items) if (item.kind === 'text' && item.tag >= 0) set += lettersOfRun(item, fonts)
  if (set >= wanted) return
  const texts = pages.map((page) =>
    page.items.map((item) => (item.kind === 'text' ? textOf(item, fonts) : '')).join(''),
  )
  reportLoss('on the pages', wanted - set, piecesOf(section), texts.join(''), section.place, report)
}

function lettersOfRun({ codes, font, actual }: TextRun, fonts: readonly Font[]): number {
  if (actual !== undefined) return lettersIn(actual)
  const own = fonts[font]!
  let letters = known.get(own)
  if (letters === undefined) known.set(own, (letters = []))
  for (let i = letters.length; i < own.codes.length; i++) letters.push(lettersIn(own.codes[i]!.text))
  let sum = 0
  for (let i = 0; i < codes.length; i++) sum += letters[codes[i]!]!
  return sum
}

function textOf({ codes, font, actual }: TextRun, fonts: readonly Font[]): string {
  return actual ?? Array.from(codes, (code) => fonts[font]!.codes[code]!.text).join('')
}

/** Numbers of lists and of pages. */
function ownLetters(section: Section, { pageRef, pageLabel, inFigures }: Printed): number {
  let sum = 0
  for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)])
    eachBlock(
      blocks,
      (block) => {
        if (block.kind === 'list' && block.ordered)
          for (let i = 0; i < block.items.length; i++) sum += inFigures ? String(block.start + i).length : 1
        if (block.kind === 'contents') for (const { href } of block.entries) sum += lettersIn(pageLabel(href))
      },
      (prose, block) => {
        if (block.kind === 'contents') return
        for (const span of prose.spans) if (span.kind === 'link' && span.page) sum += lettersIn(pageRef(span.href))
      },
    )
  return sum
}
