// Notes go in; what stands at the end of their section comes out, or in the section of all: each note with the ways back to all that refers to it.
import type { Block, Note } from '../model/book.js'
import { primary } from '../model/languages.js'
import { lettersIn } from '../model/letters.js'
import { lentLanguage, wordsOf } from '../model/words.js'
import { type BlockDesk, writeBlocks } from './block-markup.js'
import { referenceId } from './names.js'
import { attributes, language, text, xmlId } from './xml.js'

/** Reading systems show them where they are referred to. Comes after all that refers to them was written. */
export function writeNotes(notes: readonly Note[], desk: BlockDesk): string {
  if (notes.length === 0) return ''
  return `<section class="notes" epub:type="footnotes">\n${writeEach(notes, desk)}</section>\n`
}

/**
 * Those of the whole book, parted by what called them. Each is called a footnote here, too: that is what reading systems open where it is
 * called, and DPUB-ARIA 1.1 has no other role for it.
 */
export function writeBookNotes({ notes, lang }: Extract<Block, { kind: 'notes' }>, desk: BlockDesk): string {
  const was = desk.section
  desk.section = lang === undefined ? was : { ...was, language: lang }
  const written = writeEach(notes, desk)
  desk.section = was
  return `<div class="notes"${language(lang)}>\n${written}</div>\n`
}

function writeEach(notes: readonly Note[], desk: BlockDesk): string {
  const written = notes.map((note) => {
    const inside = writeBlocks(note.blocks, desk, 'note', '', waysBack(note, desk))
    return `<aside id="${xmlId(note.id)}" class="note" epub:type="footnote" role="doc-footnote">\n${inside}</aside>\n`
  })
  return written.join('')
}

/** The note's number leads to its reference; where there are several, it is followed by a letter for each. */
function waysBack(note: Note, desk: BlockDesk): string {
  const references = desk.references.get(note.id) ?? [{ file: desk.file, id: referenceId(note.id, 0) }]
  const tag = desk.book.metadata.language
  const { back } = wordsOf(tag)
  const spoken = lentLanguage(tag) ?? tag
  const lang = primary(spoken) === primary(desk.section.language) ? '' : language(spoken)
  const links = references.map(({ file, id }, i) => {
    const letter = references.length > 1 ? letterOf(i) : ''
    desk.beyond += lettersIn(letter)
    const own = attributes({
      href: `${file === desk.file ? '' : file}#${id}`,
      role: 'doc-backlink',
      'aria-label': back.replace('%', note.label + letter),
    })
    if (i > 0) return `<sup><a${own}${lang}>${letter}</a></sup>`
    return `<a${own}${lang}>${text(note.label)}${letter === '' ? '' : `<sup>${letter}</sup>`}</a>`
  })
  return links.join(' ')
}

/** a, b, … z, aa, ab … */
function letterOf(i: number): string {
  const letter = String.fromCharCode(0x61 + (i % 26))
  return i < 26 ? letter : letterOf(Math.floor(i / 26) - 1) + letter
}
