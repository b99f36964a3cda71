// In: a document of the EPUB as it was written, and the texts of its section. Out: where each character of a text stands in the
// document's own text, and the other way round.
//
// Typography and markup change no letters: the letters of the texts stand in the document in the same order, with what the EPUB adds
// between them. So letters are counted, and nothing need be written into the documents.
import { firstPast } from '../model/first-past.js'
import type { Text } from './section-texts.js'

export interface DocumentMap {
  /** UTF-16 offset in the body's text; undefined if the text is not in this document. */
  at(text: Text, offset: number): number | undefined
  /** The text that stands at such an offset, or nearest before it. */
  from(offset: number): { text: Text; offset: number } | undefined
}

const LETTER = /[\p{L}\p{N}]/u

/** `labelOf`: what is shown in place of the reference to a note. */
export function mapDocument(
  xhtml: string,
  texts: readonly Text[],
  labelOf: (note: string) => string | undefined,
): DocumentMap {
  const body = lettersOf(bodyText(xhtml))
  const places = new Map<Text, { first: number; own: Letters }>()
  const order: { text: Text; first: number; own: Letters }[] = []
  let at = 0
  for (const text of texts) {
    const own = lettersOf(text.prose.text, (offset) => labelAt(text, offset, labelOf))
    if (own.letters === '') continue
    const first = body.letters.indexOf(own.letters, at)
    if (first < 0) continue
    places.set(text, { first, own })
    order.push({ text, first, own })
    at = first + own.letters.length
  }
  return {
    at(text, offset) {
      const place = places.get(text)
      if (place === undefined) return undefined
      const { first, own } = place
      const k = own.before(offset)
      // What is no letter stands behind the letter before it.
      const exact = own.places[k] === offset
      const letter = first + k
      return exact || k === 0 ? body.places[letter] : body.places[letter - 1]! + 1
    },
    from(offset) {
      const letter = Math.min(body.before(offset), body.places.length - 1)
      let found = order[0]
      for (const one of order) {
        if (one.first > letter) break
        found = one
      }
      if (found === undefined) return undefined
      const k = Math.min(Math.max(0, letter - found.first), found.own.places.length - 1)
      return { text: found.text, offset: found.own.places[k]! }
    },
  }
}

interface Letters {
  /** One after the other, each one UTF-16 unit of it. */
  letters: string
  /** By letter: its offset. */
  places: number[]
  /** How many letters stand before an offset. */
  before(offset: number): number
}

function lettersOf(text: string, instead: (offset: number) => string = () => ''): Letters {
  let letters = ''
  const places: number[] = []
  for (let i = 0; i < text.length; i++) {
    const shown = text[i] === '\ufffc' ? instead(i) : text[i]!
    for (const one of shown) {
      // Halves of a pair are letters if the whole is: close enough to count by.
      if (!LETTER.test(one) && !/[\ud800-\udfff]/.test(one)) continue
      letters += one
      places.push(i)
    }
  }
  return {
    letters,
    places,
    before: (offset) => firstPast(places.length, (i) => places[i]! < offset),
  }
}

function labelAt({ prose }: Text, offset: number, labelOf: (note: string) => string | undefined): string {
  const span = prose.spans.find(({ kind, start }) => kind === 'note' && start === offset)
  return span?.kind === 'note' ? (labelOf(span.note) ?? '') : ''
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** What `document.body.textContent` would say. Octavo writes it: there is neither CDATA nor a comment. */
export function bodyText(xhtml: string): string {
  const begin = xhtml.indexOf('>', xhtml.indexOf('<body')) + 1
  const end = xhtml.lastIndexOf('</body>')
  return xhtml
    .slice(begin, end)
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return NAMED.get(name) ?? whole
      const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
      return String.fromCodePoint(code)
    })
}
