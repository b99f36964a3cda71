// In: the manifest's entries. Out: the files that they name, each read once, with its role and its section's id.
import { error, type Place, type Report, warning } from '../diagnostic.js'
import { type Folder, within } from '../folder.js'
import { FIXED, type Limits } from '../model/limits.js'
import { type SectionRole, TOLD } from '../model/role.js'
import { readText } from './book-folder.js'
import type { Ids } from './context.js'
import { type FrontMatter, readFrontMatter, withTitle } from './front-matter.js'
import type { ManifestEntry } from './manifest/entries.js'
import { shown } from './manifest/fields.js'
import { asciiName } from './manifest/metadata.js'
import { knownName, roleOf as roleByName } from './outlines/section-names.js'

export interface BookFile {
  entry: ManifestEntry
  path: string
  front: FrontMatter
  /** Lines before the Markdown begins. */
  lines: number
  body: string
  role: SectionRole
}

/** In the manifest's order; those that are missing, refused or listed twice are reported and left out; `lost`: their paths. */
export async function readFiles(
  entries: readonly ManifestEntry[],
  folder: Folder,
  limits: Limits,
  report: Report,
): Promise<{ files: BookFile[]; lost: Set<string> }> {
  const files: BookFile[] = []
  const lost = new Set<string>()
  const seen = new Map<string, { path: string; place: Place }>()
  let room = limits.texts
  for (const entry of entries) {
    const { place } = entry
    if (entry.file === undefined) {
      // A part that is a title alone.
      if (entry.generate === undefined)
        files.push({ entry, path: place.path, front: {}, lines: 0, body: '', role: 'part' })
      continue
    }
    const found = within('', entry.file)
    if ('refused' in found) {
      const hint = 'write the path from the book folder: chapters/one.md'
      error(report, 'bad-path', place, `the file \`${shown(entry.file)}\` is refused: ${found.refused}`, hint)
      continue
    }
    const { path } = found
    // File systems differ in what they take for the same name (case, composed letters); an EPUB may not hold both.
    const key = path.normalize('NFC').toLowerCase()
    const before = seen.get(key)
    if (before !== undefined) {
      const message =
        before.path === path
          ? `\`${shown(path)}\` is listed in line ${before.place.line} already`
          : `\`${shown(path)}\` and \`${shown(before.path)}\` differ in case only`
      error(report, 'duplicate-file', place, message, 'list each file once')
      continue
    }
    seen.set(key, { path, place })
    const text = readText(folder, path, Math.min(limits.text, room), place, report)
    if (text === undefined) {
      lost.add(path)
      continue
    }
    const long = unbrokenLine(text)
    if (long !== undefined) {
      const { line, most } = long
      const message = `a word has more than ${most} characters without a place where a line could break`
      error(report, 'too-large', { path, line }, message, 'part it by spaces, or take it out')
      lost.add(path)
      continue
    }
    room -= text.length
    // Most files have none: nothing to wait for.
    const rest = entry.skip === undefined ? text : text.split('\n').slice(entry.skip).join('\n')
    const content =
      rest.startsWith('---') && !entry.skip
        ? await readFrontMatter(rest, path, limits.frontMatter, report)
        : { front: {}, lines: entry.skip ?? 0, body: rest }
    const front = withTitle(content.front, content.body)
    files.push({ entry, path, ...content, front, role: roleOf(entry, front, path) })
  }
  return { files, lost }
}

/** May a line break here? At spaces, and between letters of scripts that are written without them. */
function isSpace(char: string): boolean {
  return /[\s\u00ad\u200b]|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Yi}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}\p{sc=Javanese}\p{sc=Balinese}\p{sc=Tai_Le}\p{sc=New_Tai_Lue}\p{sc=Tai_Tham}]|[\u3000-\u303f\uff00-\uffef]/u.test(
    char,
  )
}
const MARKS = /[!-/:-@[-`{-~]/

/** The line of a word that is longer than any page could show: of letters, or of marks among them, which are the more to set. */
function unbrokenLine(text: string): { line: number; most: number } | undefined {
  return (
    beyond(text, FIXED.unbroken.value, (char) => MARKS.test(char) || isSpace(char)) ??
    beyond(text, FIXED.unspaced.value, isSpace)
  )
}

/** Of a text only a letter in a million is looked at, and its neighbours. */
function beyond(text: string, most: number, breaks: (char: string) => boolean) {
  for (let from = 0; from + most < text.length; ) {
    let at = from + most
    while (at >= from && !breaks(charAt(text, at))) at--
    if (at < from) return { line: text.slice(0, from).split('\n').length, most }
    from = at + 1
  }
  return undefined
}

function charAt(text: string, at: number): string {
  const unit = text.charCodeAt(at)
  const half = unit >= 0xdc00 && unit < 0xe000 && at > 0
  return String.fromCodePoint(text.codePointAt(half ? at - 1 : at)!)
}

/** A file's own name may give it a role: `dedication.md`, `02-preface.md`; in the body only `prologue.md` and its like. */
function roleOf(entry: ManifestEntry, front: FrontMatter, path: string): SectionRole {
  const given = entry.role ?? front.role
  if (given !== undefined) return given
  const named = roleByName(knownName(path))
  if (entry.matter === 'body') return named !== undefined && TOLD.has(named) ? named : 'chapter'
  return named === undefined || (named === 'index' && entry.matter === 'front') ? 'note' : named
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
}

/** Names of files that an EPUB has of its own. */
const RESERVED = [
  'cover',
  'nav',
  'toc',
  'package',
  'content',
  'container',
  'mimetype',
  'style',
  'landmarks',
  'page-list',
]

/** An id for each file, unique in the book, made from its name or given in its front matter. */
export function nameSections(files: readonly BookFile[], ids: Ids, report: Report): Map<BookFile, string> {
  const names = new Map<BookFile, string>()
  const stems = new Map<string, BookFile>()
  // Ids that the author gave go first.
  for (const file of files) {
    const { id } = file.front
    if (id === undefined) continue
    const place = { path: file.path, line: 1 }
    const owner = ids.owners.get(id)
    if (!/^[A-Za-z_][\w.-]{0,99}$/.test(id)) {
      error(
        report,
        'bad-id',
        place,
        `\`${shown(id)}\` cannot be a section’s id`,
        'use letters a to z, digits and hyphens',
      )
    } else if (RESERVED.includes(id.toLowerCase())) {
      error(report, 'reserved-name', place, `the id \`${id}\` is kept for a file of the EPUB`, 'choose another id')
    } else if (owner !== undefined) {
      const hint = 'ids are unique in the whole book: rename one of the two'
      error(report, 'duplicate-id', place, `the id \`${id}\` is taken in ${owner.place.path}`, hint)
    } else {
      names.set(file, id)
      ids.owners.set(id, { section: id, place })
    }
  }
  for (const file of files) {
    if (names.has(file)) continue
    const place: Place = { path: file.path, line: 0 }
    const name = file.entry.file === undefined ? (file.entry.title ?? '') : stemOf(file.path)
    let wanted = asciiName(name).slice(0, 80) || 'section'
    if (!/^[a-z]/.test(wanted)) wanted = `section-${wanted}`
    const twin = stems.get(wanted)
    if (twin !== undefined && file.entry.file !== undefined && twin.entry.file !== undefined) {
      const folder = file.path.includes('/') ? asciiName(file.path.split('/').at(-2)!) : ''
      const hint = 'give one of them another name, or an `id` in its front matter'
      const message = `\`${shown(file.path)}\` and \`${shown(twin.path)}\` have the same name`
      warning(report, 'duplicate-name', place, message, hint)
      if (/^[a-z]/.test(folder)) wanted = `${folder}-${wanted}`
    } else stems.set(wanted, file)
    if (RESERVED.includes(wanted)) {
      const hint = 'give the file another name, or an `id` in its front matter'
      warning(report, 'reserved-name', place, `the name \`${wanted}\` is kept for a file of the EPUB`, hint)
    }
    names.set(file, takeId(wanted, place, ids))
  }
  return names
}

/** `wanted`, or with a number if that is taken. `section`: the one that has it, if it is not one's own. */
export function takeId(wanted: string, place: Place, ids: Ids, section?: string): string {
  let id = wanted
  for (let k = 2; ids.owners.has(id) || RESERVED.includes(id); k++) id = `${wanted}-${k}`
  ids.owners.set(id, { section: section ?? id, place })
  return id
}
