// In: a book folder. Out: the Manuscript: the Book, which theme it asks for, and which editions; all its faults reported.
import { type Diagnostic, error, legible, NOWHERE, type Report } from '../diagnostic.js'
import { type Folder, inWords, openFolder } from '../folder.js'
import type { Book, Image, Metadata, Section } from '../model/book.js'
import type { Editions } from '../model/editions.js'
import { DEFAULT_LIMITS, type Limits, type Work } from '../model/limits.js'
import { numberAnchors } from '../model/walk.js'
import type { Ids, PendingLink } from './context.js'
import { type BookFile, nameSections, readFiles, takeId } from './files.js'
import { readText } from './folder.js'
import { fillContents, generateSection, printedOf, withGenerated } from './generate.js'
import { finishDrawings, isTall, openShelf, type Shelf, takeImage } from './images/images.js'
import { settleLinks, targetsOf } from './links.js'
import { shown } from './manifest/fields.js'
import { MANIFEST, type Manifest, type ManifestEntry, readManifest } from './manifest/manifest.js'
import { readSection } from './section.js'

export { nameFaces } from './generate.js'

export interface Manuscript {
  book: Book
  /** As the manifest has it; '' for the house theme. */
  theme: string
  themeLine: number
  editions: Editions
  /** Codes of warnings that the author does not want to hear, from any stage. */
  ignore: ReadonlySet<string>
}

export interface ReadOptions {
  limits?: Limits | undefined
  weigh?: ((work: Partial<Work>) => void) | undefined
}

/**
 * Reads everything in the folder that the manifest names, and nothing else. Undefined only if there is no manifest to
 * speak of; a book with faults is returned too, without its faulty parts, so that the next stages can be asked about it.
 * `weigh` is told of work before it is done (letters before they are parsed); what it throws ends the reading.
 */
export async function readBook(
  dir: string,
  report: Report,
  { limits = DEFAULT_LIMITS, weigh = () => undefined }: ReadOptions = {},
): Promise<Manuscript | undefined> {
  const folder = openFolder(dir)
  if ('fault' in folder) {
    const gone = folder.fault === 'missing' || folder.fault === 'no-file'
    const none = [`there is no folder \`${shown(dir)}\``, 'name the folder of the book'] as const
    const [message, hint] = gone ? none : inWords(`the folder \`${shown(dir)}\``, folder)
    error(report, gone ? 'missing-folder' : 'unreadable-file', NOWHERE, message, hint)
    return undefined
  }
  const text = readText(folder, MANIFEST, limits.manifest, { path: MANIFEST, line: 0 }, (one) => report(legible(one)))
  if (text === undefined) return undefined
  // What the manifest is silent about it says itself: its own warnings wait until that is known.
  const first: Diagnostic[] = []
  const manifest = await readManifest(text, process.env['SOURCE_DATE_EPOCH'], (one) => first.push(one))
  const quiet: Report = (one) => {
    const said = judged(one, manifest?.forgive)
    if (said.severity === 'error' || manifest?.ignore.has(one.code) !== true) report(legible(said))
  }
  first.forEach(quiet)
  if (manifest === undefined) return undefined
  const shelf = openShelf(folder, quiet, limits, weigh)
  const own = withCover(manifest, shelf)
  const metadata = { ...own, printed: printedOf(own, manifest.smart) }
  const sections = await readSections(manifest, metadata, folder, shelf, quiet)
  await finishDrawings(shelf)
  const images = new Map<string, Image>()
  for (const path of [...shelf.seen.keys()].sort()) {
    const image = shelf.seen.get(path)
    if (image !== undefined) images.set(path, image)
  }
  const anchors = numberAnchors(sections.list)
  const targets = targetsOf(sections.list, sections.ids)
  const book: Book = { metadata, sections: sections.list, images, targets, anchors }
  return {
    book,
    theme: manifest.theme,
    themeLine: manifest.lines.theme,
    editions: manifest.editions,
    ignore: manifest.ignore,
  }
}

/** What can be forgiven is an error until the manifest forgives it. */
function judged({ forgivable, ...one }: Diagnostic, forgiven: ReadonlySet<string> | undefined): Diagnostic {
  if (!forgivable) return one
  if (forgiven?.has(one.code)) return { ...one, severity: 'warning' }
  return {
    ...one,
    hint: `${one.hint}${one.hint.endsWith('?') ? '' : ';'} or let it be, with \`forgive: [${one.code}]\` in ${MANIFEST}`,
  }
}

function withCover(manifest: Manifest, shelf: Shelf): Metadata {
  const { metadata, lines } = manifest
  if (metadata.cover === undefined) return metadata
  const place = { path: MANIFEST, line: lines.cover }
  const image = takeImage(shelf, '', metadata.cover, place)
  if (image === undefined || image.type === 'png' || image.type === 'jpeg' || image.type === 'svg') {
    return { ...metadata, cover: image?.path }
  }
  const hint = 'save it as one of these: shops take no other'
  error(
    shelf.report,
    'wrong-type',
    place,
    `the cover must be a PNG, JPEG or SVG image, and is ${image.type.toUpperCase()}`,
    hint,
  )
  return { ...metadata, cover: undefined }
}

async function readSections(
  manifest: Manifest,
  metadata: Metadata,
  folder: Folder,
  shelf: Shelf,
  report: Report,
): Promise<{ list: Section[]; ids: Ids }> {
  const { limits, weigh } = shelf
  const ids: Ids = { owners: new Map(), aliases: new Map(), local: new Map() }
  const links: PendingLink[] = []
  const { files, lost } = await readFiles(manifest.entries, folder, limits, report)
  weigh({ letters: files.reduce((sum, file) => sum + file.body.length, 0) })
  const names = nameSections(files, ids, report)
  const entries = manifest.entries.map((entry) => ({ ...entry }))
  const byEntry = new Map<ManifestEntry, BookFile>()
  for (const file of files) {
    const entry = entries[manifest.entries.indexOf(file.entry)]!
    entry.role = file.role
    byEntry.set(entry, file)
  }
  const own = new Set(files.map((file) => file.role))
  const list: Section[] = []
  const room = { file: limits.parts, book: limits.allParts, weigh }
  const inParts = withinParts(files)
  let part: string | undefined
  for (const entry of manifest.generate ? withGenerated(entries, own) : entries) {
    if (entry.generate !== undefined) {
      const id = takeId(entry.generate, { path: MANIFEST, line: entry.line }, ids)
      list.push(generateSection(entry.generate, entry.matter, id, metadata, manifest.smart))
      continue
    }
    const file = byEntry.get(entry)
    if (file === undefined) continue
    const id = names.get(file)!
    if (entry.matter !== 'body' || file.role === 'part') part = undefined
    const section = readSection(file, {
      ...{ id, ids, links, report, room, smart: manifest.smart, language: metadata.language },
      part: file.role === 'chapter' || inParts.has(file) ? part : undefined,
      image: (ref, place) => takeImage(shelf, file.path, ref, place)?.path,
      tall: (ref) => isTall(shelf, file.path, ref),
    })
    if (file.role === 'part') part = id
    list.push(section)
  }
  const paths = new Map(files.map((file) => [file.path, names.get(file)!]))
  settleLinks(list, { paths, lost }, ids, links, report)
  fillContents(list)
  return { list, ids }
}

/** What is no chapter, but stands between a part and one of its chapters: it belongs to the part, or the part would be torn. */
function withinParts(files: readonly BookFile[]): Set<BookFile> {
  const within = new Set<BookFile>()
  let waiting: BookFile[] | undefined
  for (const file of files) {
    if (file.entry.matter !== 'body') waiting = undefined
    else if (file.role === 'part') waiting = []
    else if (file.role !== 'chapter') waiting?.push(file)
    else for (const each of waiting?.splice(0) ?? []) within.add(each)
  }
  return within
}
