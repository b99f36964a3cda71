// What words are beside what they say: names of works and vessels, foreign words, numbers. One table for the reader, which takes
// the classes that authors write, and for the EPUB, which says it in the vocabularies of Standard Ebooks and Z39.98.

export interface Meaning {
  /** `epub:type`. */
  type: string
  /** Is it set in italics, as the custom is? */
  italic: boolean
}

/** By the author's class. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    title: 'se:name.publication',
    book: 'se:name.publication.book',
    journal: 'se:name.publication.journal',
    magazine: 'se:name.publication.magazine',
    newspaper: 'se:name.publication.newspaper',
    play: 'se:name.publication.play',
    film: 'se:name.visual-art.film',
    painting: 'se:name.visual-art.painting',
    opera: 'se:name.music.opera',
    ship: 'se:name.vessel.ship',
    boat: 'se:name.vessel.boat',
    train: 'se:name.vessel.train',
    aircraft: 'se:name.vessel.airship',
    species: 'z3998:taxonomy',
  }).map(([name, type]) => [name, { type, italic: true }]),
)

/** Those that look like the text around them; they may be said of a whole paragraph, stanza or poem too. */
const PLAIN: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    roman: 'z3998:roman',
    dateline: 'se:letter.dateline',
    salutation: 'z3998:salutation',
    valediction: 'z3998:valediction',
    signature: 'z3998:signature',
    sender: 'z3998:sender',
    recipient: 'z3998:recipient',
    postscript: 'z3998:postscript',
    poem: 'z3998:poem',
    song: 'z3998:song',
    hymn: 'z3998:hymn',
    lyrics: 'z3998:lyrics',
  }).map(([name, type]) => [name, { type, italic: false }]),
)

export function meaningOf(name: string): Meaning | undefined {
  return MEANINGS.get(name) ?? PLAIN.get(name)
}

/** Of a block, by one of its classes. */
export function typeOfBlock(classes: readonly string[]): string | undefined {
  for (const name of classes) {
    const meaning = PLAIN.get(name)
    if (meaning !== undefined) return meaning.type
  }
  return undefined
}
