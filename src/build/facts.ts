// In: a book that is built, its pages, its files. Out: what a catalogue says of it, as plain data, and the pictures and faces that its
// page in the catalogue shows.
import { createHash } from 'node:crypto'
import type { Place, Report } from '../diagnostic.js'
import type { Typeset } from '../layout/typeset.js'
import type { Book } from '../model/book.js'
import { EDITIONS, PAGED_NAMES } from '../model/editions.js'
import { metadataFor } from '../model/record.js'
import { eachBlock } from '../model/walk.js'
import { type Face, familyOf, lookIn, type Theme } from '../theme/theme.js'
import { coverAt } from './cover.js'
import type { CatalogueLook, ContentsLine, Facts, FileFacts, Gathered, PageFace, PictureFacts } from './gathered.js'
import { citedPage, type Layouts } from './layouts.js'
import type { Made } from './make.js'
import type { Opened } from './open.js'
import { passagesOf } from './passage-list.js'
import type { Run } from './stage-run.js'
import type { Output } from './write.js'

/** Pixels across: of the cover on the book's own page on a dense screen, and in lists. */
const COVER = 720
const THUMBNAIL = 240

export async function gather(
  opened: Opened,
  layouts: Layouts,
  made: readonly Made[],
  run: Run,
): Promise<Gathered | undefined> {
  const { book } = opened
  // A catalogue is read on screens.
  const look = lookIn(opened.look, 'web')
  const { metadata } = book
  const page = citedPage(opened)
  const draw = (across: number) => coverAt(book, look.theme, look.faces, page, across, run.report)
  const pictures = await run.timed('cover', async () => [await draw(COVER), await draw(THUMBNAIL)])
  const [cover, thumbnail] = pictures
  if (cover === undefined || thumbnail === undefined) return undefined
  const { cited } = layouts
  const { accessibilityOf } = await import('../epub/index.js')
  const access = accessibilityOf(book, look.theme, look.faces, cited?.starts.length ?? 0)
  // Of an edition that is a folder, the folder is the edition.
  const alone = made.filter(({ name }) => !name.includes('/'))
  const files = alone.map(({ edition, name, bytes, advice }): FileFacts => {
    const paged = PAGED_NAMES.find((one) => one === edition)
    const layout = paged && layouts.of(paged)
    return {
      edition,
      name,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      pages: layout && EDITIONS[edition].pages !== false ? layout.pages.length : undefined,
      identifier: metadataFor(metadata, edition).identifier,
      advice,
    }
  })
  const { words, letters } = countWords(book)
  const contents = contentsOf(book, cited)
  const saying = [metadata, contents.map(({ title }) => title)]
  const { look: seen, faces } = await facesOf(look.theme, look.faces, JSON.stringify(saying))
  const facts: Facts = {
    metadata,
    words,
    letters,
    pages: cited && { count: cited.pages.length, last: cited.pages.findLast((one) => !one.blank)?.label ?? '' },
    contents,
    access,
    look: seen,
    files,
    cover: pictureOf(cover, `cover.${endingOf(cover.type)}`),
    thumbnail: pictureOf(thumbnail, `thumbnail.${endingOf(thumbnail.type)}`),
  }
  return {
    facts,
    passages: passagesOf(book, cited?.starts ?? []),
    pictures: [
      { name: facts.cover.name, bytes: cover.bytes },
      { name: facts.thumbnail.name, bytes: thumbnail.bytes },
    ],
    faces,
    strange: look.faces.some((face) => face.strange === true),
  }
}

function pictureOf(
  { type, width, height }: { type: 'png' | 'jpeg'; width: number; height: number },
  name: string,
): PictureFacts {
  return { name, type: type === 'png' ? 'image/png' : 'image/jpeg', width, height }
}

function endingOf(type: 'png' | 'jpeg'): string {
  return type === 'png' ? 'png' : 'jpg'
}

function countWords(book: Book): { words: number; letters: number } {
  let words = 0
  let letters = 0
  const count = (text: string) => {
    for (const [word] of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)) {
      const unparted = word.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)
      if (unparted === null) words++
      else letters += unparted.length
    }
  }
  for (const section of book.sections) {
    if (section.generated) continue
    for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)])
      eachBlock(
        blocks,
        () => undefined,
        (prose) => count(prose.text),
      )
  }
  return { words, letters }
}

function contentsOf(book: Book, cited: Typeset | undefined): ContentsLine[] {
  const pages = new Map<string, string>()
  for (const { label, anchors } of cited?.pages ?? [])
    for (const { id } of anchors) if (!pages.has(id)) pages.set(id, label)
  return book.sections
    .filter(({ toc, title, role }) => toc && title !== '' && role !== 'contents')
    .map(({ title, depth, matter, id }) => ({ title, depth, matter, section: id, page: pages.get(id) }))
}

/**
 * What every page may say in words of its own, so that most books of a shelf share the same few files: Latin with its accents, general
 * punctuation, arrows.
 */
const ALWAYS = [...range(0x20, 0x7e), ...range(0xa0, 0x17f), ...range(0x2010, 0x2026), ...range(0x2030, 0x203a), 0x20ac]
const FEATURES = ['smcp', 'c2sc', 'onum', 'lnum', 'tnum']

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/** The look of a shelf's own pages: a theme's, as a book names it. Undefined, and reported, if there is no such theme. */
export async function lookOf(
  theme: string,
  dir: string,
  place: Place,
  saying: string,
  report: Report,
): Promise<{ look: CatalogueLook; faces: Output[] } | undefined> {
  const { loadTheme } = await import('../theme/index.js')
  const loaded = await loadTheme(theme, { dir, over: new Map() }, report, place)
  return loaded && facesOf(loaded.theme, loaded.faces, saying)
}

async function facesOf(
  theme: Theme,
  faces: readonly Face[],
  saying: string,
): Promise<{ look: CatalogueLook; faces: Output[] }> {
  const { webFace } = await import('../fonts/webface.js')
  const beyond = [...saying].map((letter) => letter.codePointAt(0)!).filter((point) => point > 0x17f)
  const unicodes = [...new Set([...ALWAYS, ...beyond])].sort((a, b) => a - b)
  const files = new Map<string, Output>()
  const { body, 'book-title': own } = theme.styles
  const take = async (name: string, cuts: readonly string[]): Promise<PageFace[]> => {
    const taken: PageFace[] = []
    for (const cut of cuts) {
      const face = faces.find(({ key }) => key === `${name}/${cut}`)
      if (face === undefined) continue
      const bytes = await webFace(face.bytes(), unicodes, FEATURES)
      const sum = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
      const file = `${face.family.replace(/[^A-Za-z0-9]/g, '') || 'Font'}-${cut}-${sum}.woff`
      files.set(file, { name: file, bytes })
      taken.push({ family: face.family, weight: face.weight, italic: face.italic, file })
    }
    return taken
  }
  const text = await take(body.face, ['regular', 'italic'])
  const title = own.face === body.face ? text : await take(own.face, ['regular'])
  const { ground, ink, accent } = theme.cover
  return {
    look: { ground, ink, accent, text, title, generic: familyOf(theme, body.face)?.generic ?? 'serif' },
    faces: [...files.values()],
  }
}
