// In: what is shown, and a place: on a page, in a document of the EPUB, in the author's files. Out: the word there, and where it
// stands in the other two.
import { openFolder, readInside, type Source } from '../folder.js'
import type { Page } from '../layout/typeset.js'
import type { Book, Section } from '../model/book.js'
import { firstAnchor } from '../model/same.js'
import { notesIn } from '../model/walk.js'
import { boxOf, lineAt, spell } from './characters.js'
import { type DocumentMap, mapDocument } from './documents.js'
import type { Box, Finding, Spot } from './protocol.js'
import { plainWord, type Text, textsOf, wordAt } from './section-texts.js'
import type { Shown } from './shown.js'
import { findInLines, findInTexts, linesOf, type SourceSpot } from './source.js'

/** A place in a text of the book. */
export interface TextPlace {
  section: Section
  text: Text
  offset: number
}

/** How far from a line a click may be, points. */
const REACH = 40
const LARGEST_FILE = 16 << 20

export function placeOnPage({ proof }: Shown, index: number, x: number, y: number): TextPlace | undefined {
  const { pages, fonts } = proof.pages
  const page = pages[index]
  const section = sectionOfPage(proof, index)
  if (page?.lines === undefined || section === undefined) return undefined
  const line = lineAt(page.lines, x, y, REACH)
  const text = line && textsOf(section).at.get(line.n)
  if (text === undefined) return undefined
  const spelled = spell(line!, page, fonts, text.prose)
  let best = spelled[0]
  for (const one of spelled) if (one.left <= x && one.to > one.from) best = one
  return { section, text, offset: best?.from ?? 0 }
}

function sectionOfPage({ book, pages }: Shown['proof'], index: number): Section | undefined {
  const found = pages.sections.find(({ first, count }) => index >= first && index < first + count)
  return found && book.sections.find(({ id }) => id === found.id)
}

export function placeInDocument({ proof }: Shown, path: string, offset: number): TextPlace | undefined {
  const home = proof.epub.documents.find((one) => one.path === path)?.section
  const section = proof.book.sections.find(({ id }) => id === home)
  const found = section && documentMap(proof, section, path)?.from(offset)
  return found && { section: section!, ...found }
}

const maps = new WeakMap<object, Map<string, DocumentMap>>()

function documentMap({ epub, book }: Shown['proof'], section: Section, path: string): DocumentMap | undefined {
  let known = maps.get(epub)
  if (known === undefined) maps.set(epub, (known = new Map()))
  let map = known.get(path)
  if (map !== undefined) return map
  const content = epub.document(path)
  if (content === undefined) return undefined
  const own = textsOf(section).list.filter((text) => documentOf(epub, section, text) === path)
  map = mapDocument(content, own, (note) => labelsIn(book).get(note))
  known.set(path, map)
  return map
}

const labels = new WeakMap<Book, ReadonlyMap<string, string>>()

/** What each note is called by, wherever it stands. */
function labelsIn(book: Book): ReadonlyMap<string, string> {
  let known = labels.get(book)
  if (known === undefined) {
    known = new Map(book.sections.flatMap((section) => notesIn(section).map(({ id, label }) => [id, label] as const)))
    labels.set(book, known)
  }
  return known
}

function documentOf(epub: Shown['proof']['epub'], section: Section, { prose }: Text): string | undefined {
  const shares = epub.begins.get(section.id) ?? []
  return shares.findLast(({ n }, i) => i === 0 || n <= prose.n)?.path
}

/** By file: the sections that were read of it. */
const homes = new WeakMap<Shown, Map<string, Section[]>>()

/** The last block that begins in or before a line of a file; its first, if none does. */
function blockAt(shown: Shown, file: string, line: number): { section: Section; block: Text['block'] } | undefined {
  let byFile = homes.get(shown)
  if (byFile === undefined) {
    homes.set(shown, (byFile = new Map()))
    for (const section of shown.proof.book.sections) {
      if (section.generated) continue
      // notes that were gathered at the book's end are of many files
      const files = [section.place.path, ...notesIn(section).map(({ place }) => place.path)]
      for (const path of new Set(files)) byFile.set(path, [...(byFile.get(path) ?? []), section])
    }
  }
  let best: { section: Section; block: Text['block'] } | undefined
  for (const section of byFile.get(file) ?? []) {
    for (const block of textsOf(section).blocks) {
      if (block.place.path !== file) continue
      const nearer = best === undefined || (block.place.line <= line && block.place.line >= best.block.place.line)
      if (nearer) best = { section, block }
    }
  }
  return best
}

/** `column` absent: what the line begins with. */
export function placeInSource(
  shown: Shown,
  source: Source | undefined,
  file: string,
  line: number,
  column = 1,
): TextPlace | undefined {
  const best = blockAt(shown, file, line)
  if (best === undefined) return undefined
  const { section } = best
  const { list, blocks } = textsOf(section)
  // A block that only holds others begins with the first of them.
  const own =
    ownTexts(list, best.block) ??
    ownTexts(
      list,
      blocks.slice(blocks.indexOf(best.block)).find((one) => ownTexts(list, one)),
    )
  const lines = fileLines(source, file)
  if (own === undefined || own.length === 0) return undefined
  const found =
    lines &&
    findInTexts(
      own.map(({ prose }) => prose.text),
      line,
      column,
      lines,
      linesOf(own[0]!.block, blocks, lines.length),
    )
  const text = own[found?.text ?? 0]!
  return { section, text, offset: found?.offset ?? 0 }
}

function ownTexts(list: readonly Text[], block: Text['block'] | undefined): Text[] | undefined {
  const own = list.filter((text) => text.block === block)
  return own.length === 0 ? undefined : own
}

/** All that is to be said of a place. */
export function spotAt(shown: Shown, source: Source | undefined, place: TextPlace): Spot {
  const { section, text, offset } = place
  const { from, to } = wordAt(text.prose.text, offset)
  return spotOf(shown, source, section, text, from, to)
}

export function spotOf(
  shown: Shown,
  source: Source | undefined,
  section: Section,
  text: Text,
  from: number,
  to: number,
): Spot {
  const { prose } = text
  const note = prose.spans.find((span) => span.kind === 'note' && span.start === from)
  const label = note?.kind === 'note' ? labelsIn(shown.proof.book).get(note.note) : undefined
  const page = onPages(shown, section, text, from, to)
  const document = documentOf(shown.proof.epub, section, text)
  const map = document === undefined ? undefined : documentMap(shown.proof, section, document)
  const begin = map?.at(text, from)
  const end = begin === undefined ? undefined : map?.at(text, Math.max(from, to - 1))
  const written = sourceOf(shown, source, section, text, from)
  return {
    word: label ?? plainWord(prose.text.slice(from, to)),
    ...(written && { file: written.file, line: written.line, column: written.column }),
    generated: section.generated,
    ...(page && { page }),
    ...(begin !== undefined && { epub: { document: document!, from: begin, to: Math.max(begin, end ?? begin) + 1 } }),
  }
}

/** Where [from, to) of a text stands: on the first of its pages. */
function onPages(
  { proof }: Shown,
  section: Section,
  { prose }: Text,
  from: number,
  to: number,
): { index: number; boxes: Box[] } | undefined {
  const { pages, fonts, sections } = proof.pages
  const home = sections.find(({ id }) => id === section.id)
  if (home === undefined) return undefined
  const n = prose.n - firstAnchor(section)
  for (let index = home.first; index < home.first + home.count; index++) {
    const page: Page = pages[index]!
    const boxes: Box[] = []
    for (const line of page.lines ?? []) {
      if (line.n !== n) continue
      const box = boxOf(line, spell(line, page, fonts, prose), from, to)
      if (box !== undefined) boxes.push(box)
    }
    if (boxes.length > 0) return { index, boxes }
  }
  return undefined
}

function sourceOf(
  shown: Shown,
  source: Source | undefined,
  section: Section,
  text: Text,
  offset: number,
): (SourceSpot & { file: string }) | undefined {
  if (section.generated) return sourceOfGenerated(shown, source, text, offset)
  const { list, blocks } = textsOf(section)
  const file = text.block.place.path
  const lines = fileLines(source, file)
  if (lines === undefined) return { file, line: Math.max(1, text.block.place.line), column: 1, exact: false }
  const own = ownTexts(list, text.block)!
  const range = linesOf(text.block, blocks, lines.length)
  const texts = own.map(({ prose }) => prose.text)
  return { file, ...findInLines(texts, own.indexOf(text), offset, lines, range) }
}

/** An entry of the contents comes from its heading; what a title page or a colophon says, from the manifest. */
function sourceOfGenerated(
  shown: Shown,
  source: Source | undefined,
  { prose, block }: Text,
  offset: number,
): (SourceSpot & { file: string }) | undefined {
  const { book } = shown.proof
  if (block.kind === 'contents') {
    const href = block.entries.find((entry) => entry.prose === prose)?.href ?? ''
    const target = book.targets.get(href.slice(1))
    const section = book.sections.find(({ id }) => id === target?.section)
    if (section === undefined || section.generated) return undefined
    const text = textsOf(section).list.findLast((one) => one.prose.n <= target!.n) ?? textsOf(section).list[0]
    if (text === undefined) return { file: section.place.path, line: section.place.line, column: 1, exact: false }
    const word = prose.text.slice(offset).split(/\s/)[0] ?? ''
    return sourceOf(shown, source, section, text, Math.max(0, text.prose.text.indexOf(word)))
  }
  const file = book.places?.title.path
  const lines = file === undefined ? undefined : fileLines(source, file)
  if (lines === undefined) return undefined
  const { from, to } = wordAt(prose.text, offset)
  const word = prose.text.slice(from, to).toLowerCase()
  const others = new Set(prose.text.toLowerCase().split(/\s+/))
  let best: { line: number; column: number; shared: number } | undefined
  lines.forEach((content, i) => {
    const lower = content.toLowerCase()
    const at = lower.indexOf(word)
    if (at < 0 || word === '') return
    const shared = lower.split(/[\s,[\]"']+/).filter((one) => others.has(one)).length
    if (best === undefined || shared > best.shared) best = { line: i + 1, column: at + 1, shared }
  })
  return best && { file: file!, line: best.line, column: best.column, exact: true }
}

/** Lines of a file of the book's folder, and of no other. */
export function fileLines(source: Source | undefined, path: string): string[] | undefined {
  if (source === undefined || path === '') return undefined
  // What is kept says what the newest proof was read of: nobody else writes to it.
  const folder = openFolder({ ...source, kept: undefined })
  const read = 'fault' in folder ? undefined : readInside(folder, path, LARGEST_FILE)
  if (read === undefined || !('bytes' in read)) return undefined
  const text = new TextDecoder().decode(read.bytes)
  return text.split(/\r\n?|\n/)
}

/** The same finding, with the place on the pages that it is about. */
export function findingPlace(finding: Finding, shown: Shown): Finding {
  if (finding.path === '' || finding.line === 0) return finding
  const best = blockAt(shown, finding.path, finding.line)
  const text = best && textsOf(best.section).list.find(({ block }) => block === best.block)
  if (text === undefined) return finding
  const { section } = best!
  const [, named = ''] = /^a line at `([^`]+)`/.exec(finding.message) ?? []
  const at = named === '' ? -1 : text.prose.text.replaceAll('\u00ad', '').indexOf(named)
  const found = onPages(shown, section, text, Math.max(0, at), Math.max(1, at + named.length))
  if (found === undefined) return finding
  const { pages } = shown.proof.pages
  const line = pages[found.index]!.lines?.find(
    ({ y, leading }) => Math.abs(y - leading * 0.76 - found.boxes[0]!.y) < 0.01,
  )
  const box = line === undefined ? found.boxes[0]! : { ...found.boxes[0]!, x: line.x, width: line.width }
  return { ...finding, page: found.index, box }
}
