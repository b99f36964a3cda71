// In: the site that a book was published in last, and what is shown. Out: what of it is other than in that release: paragraphs that came or
// were altered, and pages that begin elsewhere. `octavo publish` keeps the list of paragraphs for this.
import { pageOf, plainOf, sumOf } from '../build/passage-list.js'
import { kindOf, openFolder, readInside } from '../folder.js'
import type { Block, Section } from '../model/book.js'
import { eachPassage } from '../model/passages.js'
import { firstAnchor } from '../model/same.js'
import { boxOfLine } from './characters.js'
import type { Box, SinceRelease } from './protocol.js'
import type { Shown } from './shown.js'

const LARGEST = 64 << 20
/** So many marks are drawn; whoever has changed more has changed all. */
const MOST = 5000

interface Released {
  date: string
  /** By a paragraph's id: the page on which it began, and a sum of its text. */
  passages: Map<string, { page: string; sum: string }>
  /** Those that were the first to begin on their page. */
  first: Set<string>
}

/** Undefined if the book is not in that site. */
export function sinceRelease(site: string, shown: Shown): SinceRelease | undefined {
  const { book, pages } = shown.proof
  const then = readRelease(site, book.metadata.slug)
  if (then === undefined) return undefined
  const since: SinceRelease = { date: then.date, added: 0, altered: 0, removed: 0, moved: [], marks: [] }
  const indices = new Map(pages.pages.map(({ label, blank }, i) => [blank ? '' : label, i]))
  const left = new Set(then.passages.keys())
  let last = ''
  for (const section of book.sections) {
    if (section.generated) continue
    const changed = new Set<number>()
    const look = (block: Parameters<typeof plainOf>[0]) => {
      const id = block.id ?? block.passage
      if (id === undefined) return
      left.delete(id)
      const before = then.passages.get(id)
      const page = pageOf(pages.starts, block.n)
      if (before?.sum !== sumOf(plainOf(block))) {
        if (before === undefined) since.added++
        else since.altered++
        for (const n of anchorsOf(block)) changed.add(n)
      }
      // The first that begins on its page, and did not before, or on a page of another number.
      if (page !== last && before !== undefined && (!then.first.has(id) || before.page !== page)) {
        const index = indices.get(page)
        if (index !== undefined) since.moved.push(index)
      }
      last = page
    }
    eachPassage(section.blocks, look)
    for (const note of section.notes) eachPassage(note.blocks, look)
    if (changed.size > 0 && since.marks.length < MOST) since.marks.push(...marksIn(shown, section, changed))
  }
  since.removed = left.size
  return since
}

function anchorsOf(block: Block): number[] {
  if (block.kind === 'paragraph') return [block.prose.n]
  return block.kind === 'verse' ? block.stanzas.flat().map(({ prose }) => prose.n) : []
}

/** Where the lines of these texts stand: one mark for lines that stand below each other. */
function marksIn({ proof }: Shown, section: Section, changed: ReadonlySet<number>): SinceRelease['marks'] {
  const { pages, sections } = proof.pages
  const home = sections.find(({ id }) => id === section.id)
  const base = firstAnchor(section)
  const marks: SinceRelease['marks'] = []
  if (home === undefined) return marks
  for (let page = home.first; page < home.first + home.count; page++) {
    let open: Box | undefined
    for (const line of pages[page]!.lines ?? []) {
      if (!changed.has(line.n + base)) {
        open = undefined
        continue
      }
      const box = boxOfLine(line)
      if (open !== undefined && Math.abs(open.x - box.x) < 40 && Math.abs(box.y - open.y - open.height) < box.height) {
        open.height = box.y + box.height - open.y
        open.x = Math.min(open.x, box.x)
      } else marks.push({ page, box: (open = box) })
    }
  }
  return marks
}

/** The last that was read: it is asked for after every change. */
let known: { key: string; released: Released | undefined } | undefined

function readRelease(site: string, slug: string): Released | undefined {
  const folder = openFolder(site)
  if ('fault' in folder) return undefined
  const read = (path: string): string | undefined => {
    if (kindOf(folder, path) !== 'file') return undefined
    const found = readInside(folder, path, LARGEST)
    return 'bytes' in found ? Buffer.from(found.bytes).toString('utf8') : undefined
  }
  const releases = read('releases.json')
  const passages = read(`books/${slug}/passages.json`) ?? read('passages.json')
  if (releases === undefined || passages === undefined) return undefined
  const key = `${slug}\n${releases}\n${passages}`
  if (known?.key !== key) known = { key, released: releasedOf(releases, passages, slug) }
  return known.released
}

/** Undefined if the site does not know the book, or what it says cannot be read. */
function releasedOf(releases: string, list: string, slug: string): Released | undefined {
  try {
    const { books, releases: all } = JSON.parse(releases) as {
      books: object
      releases: { date: string; books: { slug: string }[] }[]
    }
    if (!Object.hasOwn(books, slug)) return undefined
    const date = all.find((one) => one.books.some((each) => each.slug === slug))?.date ?? ''
    const released: Released = { date: String(date), passages: new Map(), first: new Set() }
    let last = ''
    for (const { passages } of JSON.parse(list) as { passages: [id: string, page: string, sum: string][] }[])
      for (const [id, page, sum] of passages) {
        released.passages.set(id, { page, sum })
        if (page !== last) released.first.add(id)
        last = page
      }
    return released
  } catch {
    return undefined
  }
}
