// In: a folder of the disk. Out: one sum of all that can be read in it: every name, and every file's bytes. Two folders with the same sum
// are the same to whoever reads them through `src/folder.ts`.
//
// Every file is read each time. To believe sizes and dates would save a few seconds of ten thousand small books, and be wrong of a file that
// was changed and dated back, or twice within the clock's step.
import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { isVersioned } from '../folder.js'

const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Does it not count, by its name and its path in the folder? */
export type Skip = (name: string, path: string, isFolder: boolean) => boolean
type Kind = 'folder' | 'file' | 'link' | 'other' | 'end'

/** Everything in it, in the order of names; behind what is in a folder, `end`. */
function walk(dir: string, skip: Skip, visit: (kind: Kind, path: string) => void): void {
  const within = (folder: string) => {
    for (const entry of entriesOf(join(dir, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      const isFolder = entry.isDirectory()
      if (isVersioned(entry.name) || skip(entry.name, path, isFolder)) continue
      visit(isFolder ? 'folder' : entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other', path)
      if (isFolder) within(path)
    }
    visit('end', folder)
  }
  within('')
}

/** `most`: of a larger file nobody reads more than its size. */
export function sumOfFolder(dir: string, most: number, skip: Skip = () => false): string {
  const hash = createHash('sha256')
  walk(dir, skip, (kind, path) => {
    // No name has a zero in it.
    hash.update(kind === 'end' ? 'end\0' : `${kind}\0${path}\0`)
    if (kind === 'file') hash.update(sumOfFile(join(dir, path), most))
    // A link is followed within the folder alone, where what it leads to counts by itself.
    else if (kind === 'link') hash.update(`${linkOf(join(dir, path))}\0`)
  })
  return hash.digest('hex')
}

/**
 * What the disk says of everything in a folder without reading it: if that is the same, nobody has written there since. `latest`: the
 * last change, in seconds since 1970; of one that is as new as the look itself a second might not be seen.
 */
export function stampOfFolder(dir: string, skip: Skip): { stamp: string; latest: number } {
  const hash = createHash('sha256')
  let latest = 0
  walk(dir, skip, (kind, path) => {
    const { dev, ino, size, mtimeNs, ctimeNs } = lstatSync(join(dir, path), { bigint: true })
    hash.update([kind, path, dev, ino, size, mtimeNs, ctimeNs].join('\0'))
    latest = Math.max(latest, Number(ctimeNs) / 1e9)
  })
  return { stamp: hash.digest('hex'), latest }
}

/** Of its bytes; of what cannot be read, why. */
export function sumOfFile(path: string, most: number): string {
  let file: number | undefined
  try {
    file = openSync(path, FLAGS)
    const { size } = fstatSync(file)
    if (size > most) return `large ${size}`
    const hash = createHash('sha256')
    const piece = buffer.subarray(0, Math.min(buffer.length, size + 1))
    for (let at = 0; ; ) {
      const read = readSync(file, piece, 0, piece.length, at)
      if (read === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, read))
      at += read
    }
  } catch (cause) {
    return `unread ${String((cause as NodeJS.ErrnoException).code)}`
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

const buffer = Buffer.allocUnsafeSlow(1 << 18)

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
