// In: the path of a book folder, and names that the author wrote. Out: bytes and text of files inside it, and of no other.
// A name is refused before the disk is asked; what the disk then answers is checked again, for links that lead outside.
import { isUtf8 } from 'node:buffer'
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { error, type Place, type Report } from '../diagnostic.js'

export interface Folder {
  /** The path as given, and with every link of the file system resolved. */
  given: string
  root: string
  /** Real paths of the folders inside that were looked into already. */
  known: Map<string, string | undefined>
}

const MEGABYTE = 1 << 20
/** Bytes of the manifest, of one text and of all, of one image and of all. */
export const LIMITS = {
  manifest: MEGABYTE,
  text: 16 * MEGABYTE,
  texts: 128 * MEGABYTE,
  image: 64 * MEGABYTE,
  images: 512 * MEGABYTE,
}

/** `undefined` if there is no such folder. */
export function openFolder(dir: string): Folder | undefined {
  try {
    const root = realpathSync.native(dir)
    return statSync(root).isDirectory() ? { given: dir, root, known: new Map() } : undefined
  } catch {
    return undefined
  }
}

/**
 * The path inside the folder that `ref` means when it is written in the file `from` ('' for the manifest), with `/` and
 * without dots; or the reason why it is refused.
 */
export function within(from: string, ref: string): { path: string } | { refused: string } {
  if (/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(ref)) return { refused: 'it has control characters' }
  if (ref.includes('\\')) return { refused: 'it has a backslash; folders are parted by `/`' }
  if (/^[a-z][a-z0-9+.-]*:/i.test(ref)) return { refused: 'it is not a path in the book folder' }
  if (ref.startsWith('/') || ref.startsWith('~')) return { refused: 'it is an absolute path' }
  const parts = from.split('/').slice(0, -1)
  for (const part of ref.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return { refused: 'it leads out of the book folder' }
  }
  return parts.length === 0 ? { refused: 'it names no file' } : { path: parts.join('/') }
}

function realFolder(folder: Folder, path: string): string | undefined {
  if (path === '') return folder.root
  if (!folder.known.has(path)) {
    let real: string | undefined
    try {
      real = realpathSync.native(join(folder.root, path))
    } catch {
      real = undefined
    }
    if (real !== undefined && !isInside(folder, real)) real = ''
    folder.known.set(path, real)
  }
  return folder.known.get(path)
}

function isInside(folder: Folder, real: string): boolean {
  return real.startsWith(folder.root.endsWith(sep) ? folder.root : folder.root + sep)
}

/** The bytes of a file by its path from `within`. Reports and returns undefined if it is missing, outside, no plain file or too large. */
export function readBytes(
  folder: Folder,
  path: string,
  limit: number,
  what: 'file' | 'image',
  place: Place,
  report: Report,
): Uint8Array | undefined {
  const cut = path.lastIndexOf('/')
  const missing = () => {
    const hint = what === 'image' ? 'put the image there, or mend its path' : 'write the file, or mend its name'
    error(report, what === 'image' ? 'missing-image' : 'missing-file', place, `there is no \`${path}\``, hint)
    return undefined
  }
  const outside = () => {
    const hint = 'put a copy of the file into the book folder'
    error(report, 'outside-folder', place, `\`${path}\` is a link that leads out of the book folder`, hint)
    return undefined
  }
  const parent = realFolder(folder, cut < 0 ? '' : path.slice(0, cut))
  if (parent === undefined) return missing()
  if (parent === '') return outside()
  let full = parent + sep + path.slice(cut + 1)
  try {
    let stat = lstatSync(full)
    if (stat.isSymbolicLink()) {
      full = realpathSync.native(full)
      if (!isInside(folder, full)) return outside()
      stat = lstatSync(full)
    }
    if (!stat.isFile()) return missing()
    if (stat.size > limit) {
      const size = Math.ceil(stat.size / MEGABYTE)
      error(
        report,
        'too-large',
        place,
        `\`${path}\` has ${size} MB; ${Math.floor(limit / MEGABYTE)} MB can be read here`,
        what === 'image' ? 'make the image smaller' : 'divide the file',
      )
      return undefined
    }
    return readFileSync(full)
  } catch {
    return missing()
  }
}

// What XML 1.0 cannot hold, and U+FFFC, which the Book uses for its own purpose.
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffc\ufffe\uffff]/
const UNFIT_ALL = new RegExp(UNFIT, 'g')

/** The text of a file: UTF-8, line ends as `\n`, free of characters that no output can hold. */
export function readText(
  folder: Folder,
  path: string,
  limit: number,
  place: Place,
  report: Report,
): string | undefined {
  const bytes = readBytes(folder, path, limit, 'file', place, report)
  if (bytes === undefined) return undefined
  if (!isUtf8(bytes)) {
    const hint = 'save the file as UTF-8'
    error(report, 'bad-encoding', { path, line: lineOfFault(bytes) }, 'the file is not UTF-8 text', hint)
    return undefined
  }
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
  return cleanText(text, path, report)
}

function cleanText(text: string, path: string, report: Report): string {
  if (!UNFIT.test(text)) return text
  let line = 0
  for (const content of text.split('\n')) {
    line++
    const found = UNFIT.exec(content)
    if (found === null) continue
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    error(report, 'control-character', { path, line }, `the text has the character U+${code}`, 'delete it')
  }
  return text.replace(UNFIT_ALL, '')
}

function lineOfFault(bytes: Uint8Array): number {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 1
  // Decoded leniently, the first wrong byte shows as U+FFFD.
  const text = new TextDecoder('utf-8').decode(bytes)
  const at = text.indexOf('\ufffd')
  return at < 0 ? 1 : text.slice(0, at).split('\n').length
}
