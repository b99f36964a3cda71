// In: a book folder. Out: the Manuscript: the Book, which theme it asks for, and which editions; all its faults reported.
import { type Diagnostic, error, legible, NOWHERE, type Place, type Report } from '../diagnostic.js'
import { type Folder, inWords, isThere, kindOf, openFolder, type Source, sourceOf } from '../folder.js'
import type { Book, Image, Metadata, Section } from '../model/book.js'
import type { Editions } from '../model/editions.js'
import { DEFAULT_LIMITS, type Limits, type Work } from '../model/limits.js'
import type { Numbering } from '../model/numbers.js'
import { namePassages } from '../model/passages.js'
import type { Trim } from '../model/sizes.js'
import { spellingOf } from '../model/spelling.js'
import { numberAnchors } from '../model/walk.js'
import { BLURB, FLAPS, type Lettered, readBlurb, readParagraphs } from './blurb.js'
import { type BookFile, nameSections, readFiles, takeId } from './book-files.js'
import { createCodeCounter } from './code-lines.js'
import type { Ids, PendingLink } from './context.js'
import { fillContents, generateSection, printedOf, withGenerated } from './generate.js'
import { finishDrawings, type Images, isTall, openImages, takeImage } from './images/images.js'
import { type ReadMemory, readKept } from './kept-sections.js'
import { settleLinks, targetsOf } from './links.js'
import type { ManifestEntry } from './manifest/entries.js'
import { shown } from './manifest/fields.js'
import { type Manifest, readManifest } from './manifest/manifest.js'
import { expandEntries } from './outlines/expand.js'
import { MANIFESTS, outlineOf } from './outlines/index.js'
import { MARKDOWN } from './outlines/outline.js'
import { readProfiles } from './profile.js'
import type { FileSettings } from './section.js'

export { numberCaptions } from './captions.js'
export { gatherNotes } from './endnotes.js'
export { readExtraStyle } from './extra-style.js'
export { type FaceCredit, nameFaces } from './generate.js'
export type { ReadMemory } from './kept-sections.js'
export { numberLines } from './line-numbers.js'
export { listAuthors } from './listed-authors.js'
export { openSections } from './mark-openings.js'
export { markNotes } from './notes-by-marks.js'
export { numberBook } from './numbering.js'
export { findBook } from './outlines/locate.js'
export { outlineManifest } from './outlines/write-manifest.js'
export { faultOf as profileFault } from './profile.js'
export { tellClasses, unknownBlock } from './unknown-classes.js'

export interface Manuscript {
  book: Book
  /** As the manifest has it; '' for the house theme. */
  theme: string
  /** Where it asks for it. */
  themePlace: Place
  /** What it asks of the theme. */
  variant: { size: Trim | undefined; ink: Manifest['ink'] }
  editions: Editions
  numbering: Numbering | undefined
  /** Does it say itself how deep the contents go? */
  saysDepth: boolean
  /** Codes of warnings that the author does not want to hear, from any stage. */
  ignore: ReadonlySet<string>
  /** What it makes of an error that can be forgiven, from any stage. */
  judge: (one: Diagnostic) => Diagnostic
}

export interface ReadOptions {
  limits?: Limits | undefined
  weigh?: ((work: Partial<Work>, largest?: string) => void) | undefined
  /** Of earlier readings of the same book. */
  memory?: ReadMemory | undefined
  /** How deep the contents go, if the manifest does not say. */
  depth?: number | undefined
  step?: ((done: number, total: number) => Promise<void> | undefined) | undefined
}

/**
 * Reads everything in the folder that the manifest names, and nothing else. Undefined only if there is nothing to
 * speak of; a book with faults is returned too, without its faulty parts, so that the next stages can be asked about it.
 * `weigh` is told of work before it is done (letters before they are parsed, and which text has most); what it throws ends the reading. `step` is told how
 * many files are read, and awaited if it returns a promise.
 */
export async function readBook(
  given: string | Source,
  report: Report,
  { limits = DEFAULT_LIMITS, weigh = () => undefined, step = () => undefined, memory, ...asked }: ReadOptions = {},
): Promise<Manuscript | undefined> {
  const source = sourceOf(given)
  const folder = openFolder(source)
  if ('fault' in folder) {
    const gone = folder.fault === 'missing' || folder.fault === 'no-file'
    const none = [`there is no folder \`${shown(source.dir ?? '')}\``, 'name the folder of the book'] as const
    const [message, hint] = gone ? none : inWords(`the folder \`${shown(source.dir ?? '')}\``, folder)
    error(report, gone ? 'missing-folder' : 'unreadable-file', NOWHERE, message, hint)
    return undefined
  }
  // What the manifest is silent about it says itself: its own warnings wait until that is known.
  const first: Diagnostic[] = []
  const wait: Report = (one) => void first.push(one)
  const outline = await outlineOf(folder, source, wait, limits)
  const manifest = outline && (await readManifest(outline, process.env['SOURCE_DATE_EPOCH'], wait))
  if (manifest !== undefined) manifest.entries = expandEntries(manifest.entries, folder, wait, limits)
  const quiet: Report = (one) => {
    const said = judged(one, manifest)
    if (said.severity === 'error' || manifest?.ignore.has(one.code) !== true) report(legible(said))
  }
  first.forEach(quiet)
  if (manifest === undefined) return undefined
  const depth = manifest.depth ?? asked.depth ?? 1
  const images = openImages(folder, quiet, limits, weigh, outline?.images)
  const own = withCover(manifest, images)
  // What is there and is no file of the folder is told when it is opened.
  const hasBlurb = isLettered(folder, BLURB)
  const lettered: Lettered = { folder, images, smart: manifest.smart, report: quiet }
  const back = readBlurb(own, hasBlurb, lettered)
  const flaps = flapsOf(own.language, lettered)
  const metadata = {
    ...{ ...own, printed: printedOf(own, manifest.smart) },
    ...(back.length > 0 && { blurb: back }),
    ...(flaps && { flaps }),
  }
  const sections = await readSections({ ...manifest, depth }, metadata, folder, images, quiet, step, memory)
  const ofText = new Set(images.seen.keys())
  const pictured = withPictures(manifest, images)
  await finishDrawings(images)
  const ofBook = new Map<string, Image>()
  for (const path of [...images.seen.keys()].sort()) {
    const image = images.seen.get(path)
    if (image !== undefined && ofText.has(path)) ofBook.set(path, image)
  }
  const { art, portrait, mark } = pictured['cover-wrap'] ?? {}
  const wrapped = new Map(
    [art, portrait, mark].flatMap((path): [string, Image][] => {
      const image = path === undefined ? undefined : images.seen.get(path)
      return path === undefined || image === undefined ? [] : [[path, image]]
    }),
  )
  const anchors = numberAnchors(sections.list)
  const targets = targetsOf(sections.list, sections.ids)
  namePassages(sections.list, targets)
  const { title, editions } = manifest.places
  const places = { title, editions, ...(hasBlurb && { blurb: { path: BLURB, line: 0 } }) }
  const { hyphenation } = manifest
  const spelling = spellingOf(sections.list)
  const profiles = readProfiles(manifest.editions, editions, folder, quiet)
  const book: Book = {
    metadata,
    sections: sections.list,
    images: ofBook,
    ...(wrapped.size > 0 && { wrapped }),
    targets,
    anchors,
    depth,
    places,
    hyphenation,
    spelling,
    ...(profiles && { profiles }),
  }
  return {
    book,
    theme: manifest.theme,
    themePlace: manifest.places.theme,
    variant: { size: manifest.size, ink: manifest.ink },
    editions: pictured,
    numbering: manifest.numbering,
    saysDepth: manifest.depth !== undefined,
    ignore: manifest.ignore,
    judge: (one) => judged(one, manifest),
  }
}

/** What can be forgiven is an error until the manifest forgives it. */
function judged({ forgivable, ...one }: Diagnostic, manifest: Manifest | undefined): Diagnostic {
  if (!forgivable) return one
  if (manifest?.forgive.has(one.code)) return { ...one, severity: 'warning' }
  const or = one.hint.endsWith('?') ? '' : ';'
  return { ...one, hint: `${one.hint}${or} or let it be, with \`forgive: [${one.code}]\` in ${asker(manifest)}` }
}

/** Where it can be said: in a manifest of ours, or at the head of a book of one file; a book of another tool, or of none, is given one. */
function asker(manifest: Manifest | undefined): string {
  const path = manifest?.path ?? MANIFESTS[0]
  if ((MANIFESTS as readonly string[]).includes(path)) return path
  return MARKDOWN.test(path) ? `the front matter of ${path}` : 'a `book.yaml`, which `octavo init` writes'
}

function withCover(manifest: Manifest, images: Images): Metadata {
  const { metadata } = manifest
  if (metadata.cover === undefined) return metadata
  const place = manifest.places.cover
  const image = takeImage(images, '', metadata.cover, place)
  if (image === undefined || image.type === 'png' || image.type === 'jpeg' || image.type === 'svg') {
    return { ...metadata, cover: image?.path }
  }
  const hint = 'save it as one of these: shops take no other'
  error(
    images.report,
    'wrong-type',
    place,
    `the cover must be a PNG, JPEG or SVG image, and is ${image.type.toUpperCase()}`,
    hint,
  )
  return { ...metadata, cover: undefined }
}

/** Is there a file of that name, or what should be one? */
function isLettered(folder: Folder, path: string): boolean {
  return kindOf(folder, path) === 'file' || isThere(folder, path)
}

/** What stands on the flaps of a cover; undefined without a file for either. */
function flapsOf(language: string, from: Lettered): Metadata['flaps'] {
  const read = (path: string) => (isLettered(from.folder, path) ? (readParagraphs(path, language, from) ?? []) : [])
  const flaps = { front: read(FLAPS.front), back: read(FLAPS.back) }
  return flaps.front.length + flaps.back.length > 0 ? flaps : undefined
}

/** The pictures that the cover's wrap names, found in the folder. */
function withPictures({ editions, places }: Manifest, images: Images): Editions {
  const wrap = editions['cover-wrap']
  if (wrap === undefined) return editions
  const found = (path: string | undefined) =>
    path === undefined ? undefined : takeImage(images, '', path, places.editions['cover-wrap'])?.path
  const pictures = { art: found(wrap.art), portrait: found(wrap.portrait), mark: found(wrap.mark) }
  return { ...editions, 'cover-wrap': { ...wrap, ...pictures } }
}

async function readSections(
  manifest: Manifest,
  metadata: Metadata,
  folder: Folder,
  images: Images,
  report: Report,
  step: NonNullable<ReadOptions['step']>,
  memory: ReadMemory | undefined,
): Promise<{ list: Section[]; ids: Ids }> {
  const { limits, weigh } = images
  const ids: Ids = { owners: new Map(), aliases: new Map(), local: new Map() }
  const links: PendingLink[] = []
  const { files, lost } = await readFiles(manifest.entries, folder, limits, report)
  const largest = files.reduce((a, b) => (b.body.length > (a?.body.length ?? 0) ? b : a), files[0])
  weigh({ letters: files.reduce((sum, file) => sum + lettersOf(file.body), 0) }, largest?.path)
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
  const count = createCodeCounter(weigh, report)
  let part: string | undefined
  /** Ids of the chapters that a nested one stands below. */
  const above: string[] = []
  const all = manifest.generate ? withGenerated(entries, own) : entries
  for (const entry of all) {
    if (entry.generate !== undefined) {
      const id = takeId(entry.generate, entry.place, ids)
      const place = entry.place.path === '' ? manifest.places.title : entry.place
      list.push(generateSection(entry.generate, entry.matter, id, metadata, manifest.smart, place))
      continue
    }
    const file = byEntry.get(entry)
    if (file === undefined) continue
    const id = names.get(file)!
    if (entry.matter !== 'body' || file.role === 'part') part = undefined
    const deep = file.role === 'part' ? 0 : (entry.level ?? 1) - 1
    above.length = Math.min(above.length, deep)
    const counted = file.role === 'part' ? 'part' : file.role === 'chapter' && deep === 0 ? 'chapter' : undefined
    const asked = counted && manifest.numbering?.[`${counted}s`] && entry.matter === 'body'
    const numbered = asked && (entry.number ?? file.front.number ?? true) ? counted : undefined
    const settings: FileSettings = {
      numbered,
      ...{ id, ids, links, report, room, smart: manifest.smart, language: metadata.language },
      part: file.role === 'chapter' || inParts.has(file) ? part : undefined,
      above: [...above],
      image: (ref, place) => takeImage(images, file.path, ref, place)?.path,
      tall: (ref) => isTall(images, file.path, ref),
      cells: limits.cells,
    }
    const section = readKept(file, settings, memory)
    // What stands in front or back matter is no part that the body's chapters could belong to.
    if (file.role === 'part') part = entry.matter === 'body' ? id : undefined
    else above.push(id)
    count(section)
    list.push(section)
    const wait = step(list.length, all.length)
    if (wait) await wait
  }
  const written = files.filter((file) => file.entry.file !== undefined)
  const paths = new Map(written.map((file) => [file.path, names.get(file)!]))
  settleLinks(list, { paths, lost }, ids, links, report, { repeated: limits.repeated, weigh })
  const figures = manifest.entries.find((entry) => entry.generate === 'list-of-figures')
  fillContents(list, ids, manifest.depth ?? 1, figures?.place ?? NOWHERE, report)
  return { list, ids }
}

/** A longer paragraph is held as a whole, with all the ways to break it into lines. */
const LONG = 100_000

/**
 * As they weigh: letters that no space parts are divided one by one, and take four times as long, and as much memory; those of
 * a paragraph that does not end take three times as much.
 */
function lettersOf(text: string): number {
  let sum = text.length
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n\n', from)
    const next = end < 0 ? text.length : end + 2
    if (next - from > LONG) sum += 2 * (next - from)
    from = next
  }
  const isSpace = (at: number) => /\s/.test(text[at]!)
  // A run that is so long holds the last letter of the stretch that is looked at: most of a text is never touched.
  for (let from = 0; from + UNPARTED <= text.length; ) {
    let at = from + UNPARTED - 1
    while (at >= from && !isSpace(at)) at--
    if (at >= from) {
      from = at + 1
      continue
    }
    let to = from + UNPARTED
    while (to < text.length && !isSpace(to)) to++
    sum += 3 * (to - from)
    from = to + 1
  }
  return sum
}

/** Letters without a space between them: no word is so long. */
const UNPARTED = 200

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
