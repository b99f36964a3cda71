// In: a folder's path, and paths within it. Out: the bytes of plain files inside it and of no other, or why not. The one way
// to what strangers wrote: the reader and the theme come through here.
//
// A path is refused before the disk is asked. Links are followed, then the file is opened once, without following another and
// without waiting for what is no file; what was opened is proved by its descriptor, not by a name that may have changed since, and
// read from there. What remains: a hard link, and a mounted folder, lead wherever whoever made them wanted.
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

export interface Folder {
  /** With every link of the file system resolved. */
  root: string
}

/** `code`: as the system calls it. */
export type Refusal =
  | { fault: 'missing' | 'outside' | 'no-file' | 'changed' }
  | { fault: 'denied' | 'unreadable'; code: string }
  | { fault: 'too-large'; size: number }

/** A folder that can be looked into, or why it cannot. */
export function openFolder(dir: string): Folder | Refusal {
  try {
    const root = realpathSync.native(dir)
    return statSync(root).isDirectory() ? { root } : { fault: 'no-file' }
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
  return parts.length === 0 ? { refused: 'it names no file' } : { path: parts.join('/') }
}

/** Not on Windows: there the names of devices are refused by their own kind. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** All of a file, by its path from `within`; at most `limit` bytes. */
export function readInside({ root }: Folder, path: string, limit: number): { bytes: Uint8Array } | Refusal {
  let file: number | undefined
  try {
    const real = realpathSync.native(join(root, path))
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

/** The folder itself is inside: a link may lead there, and on. */
function isInside(root: string, real: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)
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
      return [`${it} is no plain file`, 'name a file, not a folder']
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
