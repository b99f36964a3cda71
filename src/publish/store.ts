// In: finished books, by their keys (key.ts). Out: the same, whenever they are asked for, by whatever process, until there is no room.
//
// A folder. Each book is one file, written under another name and renamed: who reads it finds all of it or nothing, and who writes it
// twice writes the same. It begins with a sum of its head; the head has the sums of the rest, which are proved when a site takes it.
// Faces of pages, which most books share, are files of their own.
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { sumOf } from '../build/sums.js'
import { HOST } from '../build/traces.js'
import type { Output } from '../build/write.js'
import type { Diagnostic } from '../diagnostic.js'
import type { BookPassages } from './changes.js'
import { now } from './moment.js'
import { textSum } from './releases.js'
import { type BookDone, isPassing } from './task.js'

/** A file of a book, as it lies in the store. */
export interface KeptFile {
  name: string
  size: number
  sum: string
}

interface Head {
  ok: boolean
  passing: boolean
  /** Paths as seen from the book. */
  diagnostics: Diagnostic[]
  card?: BookDone['card']
  /** Sum of its paragraphs. */
  text: string
  /** One after the other behind the head: the paragraphs, as JSON; then its files. */
  passages: Omit<KeptFile, 'name'>
  files: KeptFile[]
  shared: KeptFile[]
}

/** A book in the store: what a catalogue needs is here, all else is read when it is asked for. */
export interface KeptBook extends Omit<Head, 'passages'> {
  key: string
  passages(): BookPassages
  /** A file of it, or one that it shares. Throws if it is not there any more, or not as it was. */
  read(file: KeptFile): Uint8Array
}

export interface Store {
  /** Undefined if it is not there. `passing`: what came of it once, and may come out otherwise another time, will do. */
  get(key: string, passing?: boolean): Promise<KeptBook | undefined>
  put(key: string, done: BookDone): Promise<void>
  /** Takes away what was used longest ago, until there is no more than `bytes`. What was used within the hour stays. */
  prune(bytes: number): void
  /** A small text, by its name: `site-` and a sum. */
  recall(name: string): string | undefined
  remember(name: string, text: string): void
}

/** A store in a folder; for whoever fills it from elsewhere, also file by file. */
export interface FolderStore extends Store {
  /** Of a book, or of a face. */
  nameOf(key: string, passing: boolean): string
  /** Names of the faces that a book has, and those of them that are not here; undefined if it is not here itself. */
  facesOf(key: string, passing: boolean): { all: string[]; missing: string[] } | undefined
  readRaw(name: string): Uint8Array | undefined
  writeRaw(name: string, bytes: Uint8Array): void
}

const MARK = /^octavo-book 1 ([0-9a-f]{64}) (\d{1,10}) (\d{1,15})\n/
/** Its mark, and the head of most. */
const FIRST = 1 << 16
const LINE = 128
const KEY = /^[0-9a-f]{64}$/
const HOUR = 3600
/** What the store has in its folder, where there may be more: folders, and in them books, faces, notes, and what was not finished. */
const OWN_FOLDER = /^(?:[0-9a-f]{2}|faces|notes)$/
const OWN_FILE = /^(?:(?:site-)?[0-9a-f]{64}(?:\.once)?|\.new-[A-Za-z0-9-]+-\d+-[0-9a-f-]{36})$/

/** `dir` is made if it is not there; throws if it cannot be. */
export function openStore(dir: string): FolderStore {
  mkdirSync(dir, { recursive: true })
  const nameOf = (key: string, passing: boolean) => `${key.slice(0, 2)}/${key}${passing ? '.once' : ''}`
  const place = (key: string, passing: boolean) => join(dir, nameOf(key, passing))
  const faceName = (sum: string) => `faces/${sum}`
  const faceAt = (sum: string) => join(dir, faceName(sum))
  const noteAt = (name: string) => join(dir, 'notes', name)
  const faces = new Set<string>()
  const use = (path: string, used: number) => {
    if (now() - used > HOUR / 4) ignoring(() => utimesSync(path, now(), now()))
  }
  /** A face is used with each of its books: without it, all of them would be made again. */
  const hasFace = (sum: string) => {
    if (faces.has(sum)) return true
    const stat = statSync(faceAt(sum), { throwIfNoEntry: false })
    if (stat === undefined) return false
    use(faceAt(sum), stat.mtimeMs / 1000)
    faces.add(sum)
    return true
  }
  const made = new Set<string>()
  const write = (path: string, bytes: string | Uint8Array) => {
    const folder = join(path, '..')
    if (!made.has(folder)) mkdirSync(folder, { recursive: true })
    made.add(folder)
    const aside = join(folder, `.new-${HOST}-${process.pid}-${randomUUID()}`)
    try {
      writeFileSync(aside, bytes, { flag: 'wx' })
      renameSync(aside, path)
    } catch (cause) {
      rmSync(aside, { force: true })
      throw cause
    }
  }
  const read = (path: string, at: number, { size, sum }: Omit<KeptFile, 'name'>): Uint8Array => {
    const bytes = readAt(path, at, size)
    if (sumOf(bytes) === sum) return bytes
    rmSync(path, { force: true })
    throw new Lost(path)
  }
  return {
    async get(key, passing = false) {
      if (!KEY.test(key)) return undefined
      for (const path of passing ? [place(key, false), place(key, true)] : [place(key, false)]) {
        const found = readHead(path)
        if (found === undefined || !found.head.shared.every(({ sum }) => hasFace(sum))) continue
        use(path, found.used)
        const { passages, ...head } = found.head
        const { start } = found
        return {
          ...head,
          key,
          passages() {
            const { sections, places } = JSON.parse(Buffer.from(read(path, start, passages)).toString('utf8'))
            return { sections, places: new Map(places) } as BookPassages
          },
          read(file) {
            if (!head.files.includes(file)) return read(faceAt(file.sum), 0, file)
            const before = head.files.slice(0, head.files.indexOf(file))
            return read(path, start + passages.size + before.reduce((sum, { size }) => sum + size, 0), file)
          },
        }
      }
      return undefined
    },
    async put(key, done) {
      for (const { bytes } of done.shared) {
        const sum = sumOf(bytes)
        if (!hasFace(sum)) write(faceAt(sum), bytes)
        faces.add(sum)
      }
      const passing = isPassing(done)
      write(place(key, passing), fileOf(done, passing))
    },
    prune(bytes) {
      pruneFolder(dir, bytes)
      faces.clear()
    },
    recall: (name) => ignoring(() => readFileSync(noteAt(name), 'utf8')),
    remember: (name, text) => write(noteAt(name), text),
    nameOf,
    facesOf(key, passing) {
      const found = KEY.test(key) ? readHead(place(key, passing)) : undefined
      if (found === undefined) return undefined
      const sums = found.head.shared.map(({ sum }) => sum)
      return { all: sums.map(faceName), missing: sums.filter((sum) => !hasFace(sum)).map(faceName) }
    },
    readRaw: (name) => ignoring(() => readFileSync(join(dir, name))),
    writeRaw: (name, bytes) => write(join(dir, name), bytes),
  }
}

function pruneFolder(dir: string, bytes: number): void {
  const all: { path: string; size: number; used: number }[] = []
  for (const folder of foldersIn(dir).filter((one) => OWN_FOLDER.test(one)))
    for (const name of namesIn(join(dir, folder)).filter((one) => OWN_FILE.test(one))) {
      const path = join(dir, folder, name)
      const stat = statSync(path, { throwIfNoEntry: false })
      if (stat?.isFile()) all.push({ path, size: stat.size, used: stat.mtimeMs / 1000 })
    }
  let sum = all.reduce((most, { size }) => most + size, 0)
  const old = all.filter(({ used }) => now() - used > HOUR).sort((a, b) => a.used - b.used)
  for (const { path, size } of old) {
    const litter = /[\\/]\.new-[^\\/]*$/.test(path)
    if (sum <= bytes && !litter) continue
    ignoring(() => rmSync(path, { force: true }))
    sum -= size
  }
}

/** What was in the store when it was looked for, and is not any more. */
export class Lost extends Error {
  constructor(path: string) {
    super(`${path} is gone, or is not as it was`)
  }
}

/** A book as it lies in the store. */
export function fileOf(done: BookDone, passing: boolean): Buffer {
  const { sections, places } = done.passages
  const passages = Buffer.from(JSON.stringify({ sections, places: [...places] }))
  const about = ({ name, bytes }: Output): KeptFile => ({ name, size: bytes.length, sum: sumOf(bytes) })
  const head: Head = {
    ok: done.ok,
    passing,
    diagnostics: done.diagnostics,
    ...(done.card && { card: done.card }),
    text: textSum(done.passages.sections),
    passages: { size: passages.length, sum: sumOf(passages) },
    files: done.files.map(about),
    shared: done.shared.map(about),
  }
  const text = Buffer.from(JSON.stringify(head))
  const rest = [passages, ...done.files.map(({ bytes }) => bytes)]
  const size = rest.reduce((sum, { length }) => sum + length, 0)
  return Buffer.concat([Buffer.from(`octavo-book 1 ${sumOf(text)} ${text.length} ${size}\n`), text, ...rest])
}

/** Undefined if it is not there, or not whole. */
function readHead(path: string): { head: Head; start: number; used: number } | undefined {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const { size, mtimeMs } = fstatSync(file)
    const first = Buffer.alloc(Math.min(FIRST, size))
    readSync(file, first, 0, first.length, 0)
    const [mark, sum, length, rest] = MARK.exec(first.toString('latin1', 0, LINE)) ?? []
    if (mark === undefined) return undefined
    const start = mark.length + Number(length)
    if (size !== start + Number(rest)) return undefined
    let text = first.subarray(mark.length, start)
    if (start > first.length) {
      text = Buffer.alloc(Number(length))
      readSync(file, text, 0, text.length, mark.length)
    }
    if (sumOf(text) !== sum) return undefined
    return { head: JSON.parse(text.toString('utf8')) as Head, start, used: mtimeMs / 1000 }
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function readAt(path: string, at: number, size: number): Uint8Array {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const bytes = Buffer.allocUnsafeSlow(size)
    return bytes.subarray(0, readSync(file, bytes, 0, size, at))
  } catch {
    throw new Lost(path)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Undefined if it cannot be done: it is not there, or another process was there first. */
function ignoring<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function foldersIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}
