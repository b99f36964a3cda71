// In: a folder's path, and paths within it. Out: the bytes of plain files inside it and of no other, or why not. The one way
// to what strangers wrote: the reader and the theme come through here.
//
// A path is refused before the disk is asked. Links are followed, then the file is opened once, without following another and
// without waiting for what is no file; what was opened is proved by its descriptor, not by a name that may have changed since, and
// read from there. What remains: a hard link, and a mounted folder, lead wherever whoever made them wanted.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'

/** Where a book's files are: in a folder of the disk, in memory, or in memory laid over a folder. */
export interface Source {
  /** The folder as the author named it; undefined: the book is in memory alone. */
  dir: string | undefined
  /** Files in memory by their paths in the book folder, parted by `/`; each hides one of the disk. */
  over: ReadonlyMap<string, Uint8Array>
  /** This file alone is the book. */
  file?: string | undefined
  /** What was read of the folder before, for whoever reads it again and again. */
  kept?: Kept | undefined
}

/** Files by their paths, each with what the system said of it when it was read. */
export type Kept = Map<string, { stamp: string; bytes: Uint8Array }>

export interface Folder {
  /** With every link of the file system resolved; undefined: it is in memory alone. */
  root: string | undefined
  /** Its own name; '' if it has none. */
  name: string
  over: Source['over']
  kept?: Kept | undefined
}

/** `code`: as the system calls it. */
export type Refusal =
  | { fault: 'missing' | 'outside' | 'no-file' | 'changed' }
  | { fault: 'denied' | 'unreadable'; code: string }
  | { fault: 'too-large'; size: number }

export function sourceOf(source: string | Source): Source {
  return typeof source === 'string' ? { dir: source, over: new Map() } : source
}

/** A folder that can be looked into, or why it cannot. */
export function openFolder(source: string | Source): Folder | Refusal {
  const { dir, over, kept } = sourceOf(source)
  if (dir === undefined) return { root: undefined, name: '', over }
  try {
    const root = realpathSync.native(dir)
    return statSync(root).isDirectory() ? { root, name: basename(root), over, kept } : { fault: 'no-file' }
  } catch (cause) {
    return refusalOf(cause)
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
  if (parts.some(isVersioned)) return { refused: 'it is in a folder of version control' }
  return parts.length === 0 ? { refused: 'it names no file' } : { path: parts.join('/') }
}

/** What keeps a book's history is none of the book: it changes when the book does not. */
export function isVersioned(name: string): boolean {
  return /^\.(?:git|hg|svn|jj|bzr)$/i.test(name)
}

/** Not on Windows: there the names of devices are refused by their own kind. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** All of a file, by its path from `within`; at most `limit` bytes. */
export function readInside(folder: Folder, path: string, limit: number): { bytes: Uint8Array } | Refusal {
  const { root, over, kept } = folder
  const laid = over.get(path)
  if (laid !== undefined) return laid.length > limit ? { fault: 'too-large', size: laid.length } : { bytes: laid }
  if (root === undefined) return { fault: 'missing' }
  const stamp = kept && stampOf(join(root, path))
  const known = stamp === undefined ? undefined : kept!.get(path)
  // The very file that was proved to lie inside, and nothing was written to it since.
  if (known !== undefined && known.stamp === stamp && known.bytes.length <= limit) return { bytes: known.bytes }
  const read = readAnew(root, path, limit)
  if (stamp !== undefined && 'bytes' in read) kept!.set(path, { stamp, bytes: read.bytes })
  return read
}

/** Which file a name leads to, and when it was last changed; undefined: to none. */
export function stampOf(path: string): string | undefined {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
    return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`
  } catch {
    return undefined
  }
}

/** Which folder lies there: another that has come in its place is not the same. */
export function folderAt(path: string): string | undefined {
  try {
    const { dev, ino, birthtimeNs } = statSync(path, { bigint: true })
    return `${dev} ${ino} ${birthtimeNs}`
  } catch {
    return undefined
  }
}

/** Is a file of the folder, by its full path, as it was when it was read last? */
export function isAsRead({ dir, kept }: Source, path: string): boolean {
  if (dir === undefined || kept === undefined) return false
  const known = kept.get(relative(resolve(dir), path).replaceAll(sep, '/'))
  return known !== undefined && known.stamp === stampOf(path)
}

function readAnew(root: string, path: string, limit: number): { bytes: Uint8Array } | Refusal {
  let file: number | undefined
  try {
    const real = realOf(root, path)
    if (!isInside(root, real)) return { fault: 'outside' }
    file = openSync(real, FLAGS)
    const { size } = fstatSync(file)
    if (!fstatSync(file).isFile()) return { fault: 'no-file' }
    if (!isProved(file, root, real)) return { fault: 'changed' }
    return size > limit ? { fault: 'too-large', size } : readAll(file, size, limit)
  } catch (cause) {
    // Between two steps the name has become a link, or has gone.
    if (file === undefined && codeOf(cause) === 'ELOOP' && leadsSomewhere(join(root, path))) return { fault: 'changed' }
    return refusalOf(cause)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** A letter and its accent may be written as one or as two, and look alike; a Mac takes them for the same, and archives made there have two. */
function realOf(root: string, path: string): string {
  try {
    return realpathSync.native(join(root, path))
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause
    for (const form of ['NFC', 'NFD'] as const) {
      const other = path.normalize(form)
      if (other === path) continue
      try {
        return realpathSync.native(join(root, other))
      } catch {
        // Nor is that there.
      }
    }
    throw cause
  }
}

/** The folder itself is inside: a link may lead there, and on. */
function isInside(root: string, real: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** What a path leads to, whoever may read it: for what the author names when the book is begun. */
export function kindAt(path: string): 'file' | 'folder' | undefined {
  try {
    const stat = statSync(path)
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : undefined
  } catch (cause) {
    // What may not be looked at is told when it is opened.
    return codeOf(cause) === 'EACCES' ? 'folder' : undefined
  }
}

/** Is there a file or a folder of this path from `within`, inside? */
export function kindOf({ root, over }: Folder, path: string): 'file' | 'folder' | undefined {
  if (over.has(path)) return 'file'
  for (const one of over.keys()) if (one.startsWith(`${path}/`)) return 'folder'
  if (root === undefined) return undefined
  try {
    const real = realOf(root, path)
    return isInside(root, real) ? kindAt(real) : undefined
  } catch {
    return undefined
  }
}

/** Is there anything of this name in the folder itself, of whatever kind, wherever it leads? */
export function isThere({ root }: Folder, name: string): boolean {
  try {
    return root !== undefined && lstatSync(join(root, name)) !== undefined
  } catch {
    return false
  }
}

/** Names of the files and folders in a folder ('' for the book's own), without those that begin with a dot; in no order that means anything. */
export function namesIn(folder: Folder, path: string): { files: string[]; folders: string[] } {
  const { root, over } = folder
  const prefix = path === '' ? '' : `${path}/`
  const files = new Set<string>()
  const folders = new Set<string>()
  if (root !== undefined && (path === '' || kindOf(folder, path) === 'folder')) {
    for (const entry of entriesOf(root, path)) {
      // A link to a folder could lead in circles.
      const linked = entry.isSymbolicLink() && kindOf(folder, prefix + entry.name) === 'file'
      const name = asWritten(folder, prefix, entry.name)
      if (entry.isFile() || linked) files.add(name)
      else if (entry.isDirectory()) folders.add(name)
    }
  }
  for (const one of over.keys()) {
    if (!one.startsWith(prefix)) continue
    const [name, ...more] = one.slice(prefix.length).split('/')
    if (more.length === 0) files.add(name!)
    else folders.add(name!)
  }
  const seen = (name: string) => !name.startsWith('.')
  return { files: [...files].filter(seen), folders: [...folders].filter(seen) }
}

/** A Mac's older disks list names with their accents apart: as one letter, as people write them, where that is the same file. */
function asWritten({ root }: Folder, prefix: string, name: string): string {
  const composed = name.normalize('NFC')
  if (composed === name || root === undefined) return name
  try {
    const [one, other] = [name, composed].map((each) => statSync(join(root, prefix + each), { bigint: true }))
    return one!.dev === other!.dev && one!.ino === other!.ino ? composed : name
  } catch {
    return name
  }
}

/** None of a folder that may not be looked into. */
function entriesOf(root: string, path: string) {
  try {
    const entries = readdirSync(realOf(root, path), { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

/** Does the open file lie in the folder? Linux says where it lies; elsewhere its name must still lead to it, and to no link. */
function isProved(file: number, root: string, real: string): boolean {
  const { dev, ino, nlink } = fstatSync(file, { bigint: true })
  try {
    const path = readlinkSync(`/proc/self/fd/${file}`)
    // What was deleted since lay where its name says.
    if (path.startsWith('/')) return isInside(root, nlink === 0n ? path.replace(/ \(deleted\)$/, '') : path)
  } catch {
    // No Linux, or no /proc.
  }
  const now = statSync(real, { bigint: true })
  return realpathSync.native(real) === real && now.dev === dev && now.ino === ino
}

/** A file that grows or shrinks while it is read gives what was there, and never more than the limit. */
function readAll(file: number, size: number, limit: number): { bytes: Uint8Array } | Refusal {
  // One more than there should be, to see the end.
  let bytes = new Uint8Array(size + 1)
  let length = 0
  for (;;) {
    const read = readSync(file, bytes, length, bytes.length - length, null)
    length += read
    if (length > limit) return { fault: 'too-large', size: length }
    if (read === 0) return { bytes: bytes.subarray(0, length) }
    if (length === bytes.length) {
      const more = new Uint8Array(Math.min(2 * length, limit + 1))
      more.set(bytes)
      bytes = more
    }
  }
}

function leadsSomewhere(path: string): boolean {
  try {
    return statSync(path) !== undefined
  } catch {
    return false
  }
}

function refusalOf(cause: unknown): Refusal {
  const code = codeOf(cause)
  if (code === '') throw cause
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return { fault: 'missing' }
  return { fault: code === 'EACCES' || code === 'EPERM' ? 'denied' : 'unreadable', code }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

/** What was refused, in words: `it` is the name in backquotes. For those that differ from caller to caller the caller has its own. */
export function inWords(it: string, refusal: Refusal): [message: string, hint: string] {
  switch (refusal.fault) {
    case 'missing':
      return [`there is no ${it}`, 'write the file, or mend its name']
    case 'no-file':
      return [`${it} is no plain file`, 'name a file: no folder, pipe or device']
    case 'outside':
      return [`${it} is a link that leads out of the book folder`, 'put a copy of the file into the book folder']
    case 'changed':
      return [`${it} was changed while it was opened`, 'start again when nothing else writes there']
    case 'denied':
      return [`${it} may not be read`, 'mend its permissions, and those of the folders above it']
    case 'unreadable':
      return refusal.code === 'ELOOP'
        ? [`${it} is a link that leads back to itself`, 'put the file in its place']
        : [`${it} cannot be read (${refusal.code})`, 'look at the disk that it lies on']
    case 'too-large':
      return [`${it} has ${Math.ceil(refusal.size / (1 << 20))} MB`, 'make it smaller']
  }
}
