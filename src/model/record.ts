// In: the book's metadata. Out: what both files say of it in their own words: blanks gone, and everything said once, in one order.
import type { Contributor, Copyright, Metadata, Series, Subject } from './book.js'
import type { EditionName } from './editions.js'

export interface BookRecord {
  title: string
  subtitle: string | undefined
  people: { creators: Contributor[]; contributors: Contributor[] }
  publisher: string | undefined
  series: Series[]
  subjects: Subject[]
  /** What the edition is made from. The first of `names`, its identifier, its address or else its title, is what it is called by. */
  source: { names: string[]; title?: string; date?: string; note?: string } | undefined
  description: string | undefined
  date: string | undefined
  rights: string | undefined
}

export function recordOf(metadata: Metadata): BookRecord {
  const { source, copyright } = metadata
  const rights = [copyright && copyrightInWords(copyright), said(metadata.rights)]
    .filter((one) => one !== undefined)
    .join('. ')
  const names = [said(source?.identifier), said(source?.url)].filter((name) => name !== undefined)
  const title = said(source?.title)
  const [date, note] = [said(source?.date), said(source?.note)]
  if (names.length === 0 && title !== undefined) names.push(title)
  return {
    title: metadata.title,
    subtitle: said(metadata.subtitle),
    people: { creators: metadata.authors, contributors: metadata.contributors },
    publisher: said(metadata.publisher),
    series: (metadata.series ?? []).filter(({ name }) => said(name) !== undefined),
    subjects: metadata.subjects.filter(({ name }) => said(name) !== undefined),
    source:
      names.length === 0 ? undefined : { names, ...(title && { title }), ...(date && { date }), ...(note && { note }) },
    description: said(metadata.description),
    date: said(metadata.date),
    rights: said(rights),
  }
}

/** '© 2026 Ann Marlow'. */
export function copyrightInWords({ years, holders }: Copyright): string {
  return ['©', years, holders.join(', ')].filter((one) => one !== '').join(' ')
}

export function doiAddress(doi: string): string {
  return `https://doi.org/${doi}`
}

/**
 * What an edition is known by, the first of all before the others: its own ISBN or the book's; the identifier that its author
 * gave; its DOI; or the UUID that was made.
 */
export function identifiersOf(metadata: Metadata, edition: EditionName): [string, ...string[]] {
  const { isbn, doi, identifier, identifierGiven } = metadata
  const own = isbn?.editions[edition] ?? isbn?.book
  const all = [
    own === undefined ? undefined : `urn:isbn:${own.replace(/[^\dXx]/g, '').toUpperCase()}`,
    identifierGiven ? identifier : undefined,
    doi === undefined ? undefined : doiAddress(doi),
  ].filter((one) => one !== undefined)
  const [first = identifier, ...others] = new Set(all)
  return [first, ...others]
}

/** The book's metadata as one of its editions has them. */
export function metadataFor(metadata: Metadata, edition: EditionName): Metadata {
  const [identifier, ...others] = identifiersOf(metadata, edition)
  return { ...metadata, identifier, ...(others.length > 0 && { otherIdentifiers: others }) }
}

/** 'Household Books, 7'. */
export function seriesInWords({ name, position }: Series): string {
  return position === undefined ? name : `${name}, ${position}`
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}
