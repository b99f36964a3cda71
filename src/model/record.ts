// In: the book's metadata. Out: what both files say of it in their own words: blanks gone, and everything said once, in one order.
import type { Contributor, Metadata, Series, Subject } from './book.js'

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
  const { source } = metadata
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
    rights: said(metadata.rights),
  }
}

/** 'Household Books, 7'. */
export function seriesInWords({ name, position }: Series): string {
  return position === undefined ? name : `${name}, ${position}`
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}
