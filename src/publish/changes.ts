// In: the paragraphs of a book as they were and as they are. Out: what changed: paragraphs that came, went or were altered, with their pages;
// and from where on the pages are others.
import type { SectionPassages } from '../build/gathered.js'

export interface BookPassages {
  sections: SectionPassages[]
  /** By a paragraph's id: its document in the web edition, seen from the book's folder. */
  places: ReadonlyMap<string, string>
}

export interface Change {
  kind: 'added' | 'removed' | 'altered'
  section: string
  /** Of the paragraph as it is; as it was, if it is gone. */
  id: string
  page: string
  /** How it began, and begins. */
  before?: string
  after?: string
}

export interface Changes {
  counts: { added: number; removed: number; altered: number }
  /** The first of them. */
  list: Change[]
  /** Pages on which something changed, in their order. */
  pages: string[]
  /** The first page on which another paragraph begins than did before, though its words are the same; undefined if none. */
  repaged?: string
}

/** What is listed one by one; the rest is counted. */
const LISTED = 100
const MOST_PAGES = 200

type Row = SectionPassages['passages'][number]

export function changesOf(was: readonly SectionPassages[], is: readonly SectionPassages[]): Changes {
  const changes: Changes = { counts: { added: 0, removed: 0, altered: 0 }, list: [], pages: [] }
  const pages = new Set<string>()
  const note = (change: Change) => {
    changes.counts[change.kind]++
    if (change.page !== '') pages.add(change.page)
    if (changes.list.length < LISTED) changes.list.push(change)
  }
  const old = new Map(was.map((section) => [section.id, section]))
  for (const section of is) {
    const before = old.get(section.id)
    old.delete(section.id)
    const repaged = compare(section.title, before?.passages ?? [], section.passages, note)
    if (repaged !== undefined) changes.repaged ??= repaged
  }
  for (const { title, passages } of old.values()) compare(title, passages, [], note)
  changes.pages = [...pages].slice(0, MOST_PAGES)
  return changes
}

/** Between two paragraphs that stayed, what went and what came pair off: those were altered. Gives the first page that is another. */
function compare(
  section: string,
  was: readonly Row[],
  is: readonly Row[],
  note: (change: Change) => void,
): string | undefined {
  const places = new Map(was.map(([id], i) => [id, i]))
  const kept = new Set(is.map(([id]) => id))
  let repaged: string | undefined
  let from = 0
  let came: Row[] = []
  const settle = (to: number) => {
    const went = was.slice(from, to).filter(([id]) => !kept.has(id))
    came.forEach(([id, page, , after], i) => {
      const gone = went[i]
      note(
        gone === undefined
          ? { kind: 'added', section, id, page, after }
          : { kind: 'altered', section, id, page, before: gone[3], after },
      )
    })
    for (const [id, page, , before] of went.slice(came.length)) note({ kind: 'removed', section, id, page, before })
    came = []
  }
  for (const row of is) {
    const [id, page, sum, after] = row
    const place = places.get(id)
    if (place === undefined) {
      came.push(row)
      continue
    }
    if (place >= from) {
      settle(place)
      from = place + 1
    }
    const [, oldPage, oldSum, before] = was[place]!
    if (oldSum !== sum) note({ kind: 'altered', section, id, page, before, after })
    if (oldPage !== page && oldPage !== '' && page !== '') repaged ??= page
  }
  settle(was.length)
  return repaged
}
