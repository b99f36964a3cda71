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
    roman: 'z3998:roman',
  }).map(([name, type]) => [name, { type, italic: name !== 'roman' }]),
)

export function meaningOf(name: string): Meaning | undefined {
  return MEANINGS.get(name)
}
