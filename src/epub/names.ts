// A book goes in; the name of every file of the EPUB and the address of every linked place come out.
// Everything lies below the package document: text/, images/, fonts/, css/. Names are plain ASCII, unlike in any case.
import type { Book, Image } from '../model/book.js'
import { isDevice } from '../model/devices.js'
import { divide, type Share, whole } from './division.js'
import type { Survey } from './survey.js'
import { xmlId } from './xml.js'

export const STYLESHEET = 'css/book.css'
export const NIGHT_STYLESHEET = 'css/night.css'
export const NAVIGATION = 'nav.xhtml'
export const NCX = 'toc.ncx'

export interface Names {
  /** By section id: 'chapter-1.xhtml', in text/: where it begins. */
  sections: Map<string, string>
  /** By section id: its documents, in reading order. */
  documents: Map<string, (Share & { file: string })[]>
  /** By path in the book folder: 'map.png', in images/. */
  images: Map<string, string>
  /** In text/ and images/. */
  coverPage: string
  coverImage: string
  /** By note id: what is printed, and the file that it stands in. */
  notes: Map<string, { label: string; file: string }>
  /** By an id that can be linked to: its file, and the id of the element there; none for a section as a whole. */
  places: Map<string, { file: string; fragment?: string }>
}

/** How documents are named, and whether a long section is several of them. */
export interface Naming {
  ending: string
  divided: boolean
}

export function nameFiles(
  book: Book,
  coverType: Image['type'],
  survey: Survey,
  { ending, divided }: Naming = { ending: 'xhtml', divided: true },
): Names {
  const texts = new Set<string>()
  const pictures = new Set<string>()
  const names: Names = {
    sections: new Map(),
    documents: new Map(),
    images: new Map(),
    notes: new Map(),
    places: new Map(),
    coverPage: unique('cover', 'cover', ending, texts),
    coverImage: unique('cover', 'cover', extension(coverType), pictures),
  }
  for (const section of book.sections) {
    const file = unique(section.id, 'section', ending, texts)
    names.sections.set(section.id, file)
  }
  for (const section of book.sections) {
    const first = names.sections.get(section.id)!
    const shares = (divided ? divide(section) : [whole(section)]).map((share, i) => {
      return { ...share, file: i === 0 ? first : unique(section.id, 'section', ending, texts) }
    })
    names.documents.set(section.id, shares)
    for (const { file, blocks, notes } of shares) {
      for (const note of section.notes.slice(notes.from, notes.to))
        names.notes.set(note.id, { label: note.label, file })
      for (const block of section.blocks.slice(blocks.from, blocks.to))
        if (block.kind === 'notes') for (const { id, label } of block.notes) names.notes.set(id, { label, file })
    }
  }
  for (const [id, target] of book.targets) {
    const file = id === target.section ? names.sections.get(id) : fileAt(target.section, target.n, names)
    if (file === undefined) continue
    // Of several ids at one anchor, the block carries only one.
    const carried = survey.ids.get(target.n) ?? []
    const carrier = carried.includes(id) || names.notes.has(id) ? id : carried[0]
    if (id === target.section || carrier === undefined) names.places.set(id, { file })
    else names.places.set(id, { file, fragment: xmlId(carrier) })
  }
  for (const [path, image] of book.images) {
    // The cover's picture is among the book's, but may be nowhere in the text.
    if (!survey.pictures.has(path)) continue
    const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
    names.images.set(path, unique(stem, 'picture', extension(image.type), pictures))
  }
  return names
}

/** The document of a section that holds an anchor. */
export function fileAt(section: string, n: number, names: Names): string | undefined {
  return names.documents.get(section)?.findLast((one, i) => i === 0 || one.n <= n)?.file
}

/** The address of a linked place, seen from a document in text/; undefined if there is no such place. */
export function address(id: string, names: Names, from: string): string | undefined {
  const place = names.places.get(id)
  if (place === undefined) return undefined
  return place.fragment === undefined ? place.file : `${place.file === from ? '' : place.file}#${place.fragment}`
}

/** The id of a reference to a note, after so many others to the same. */
export function referenceId(note: string, before: number): string {
  return xmlId(note.replace(/^note-/, 'ref-') + (before === 0 ? '' : `_${before + 1}`))
}

function extension(type: string): string {
  return type === 'jpeg' ? 'jpg' : type
}

/** Letters lose their accents; what is still no ASCII letter or figure becomes a hyphen; if nothing is left, `otherwise`. */
function unique(stem: string, otherwise: string, ending: string, taken: Set<string>): string {
  const plain =
    stem
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 100) || otherwise
  // Whoever unpacks the EPUB on Windows gets every file.
  let name = `${plain}${isDevice(plain) ? '-file' : ''}.${ending}`
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${plain}-${i}.${ending}`
  taken.add(name.toLowerCase())
  return name
}
