// In: what V8 made of the bundle, at the end of a run. Out: the same at the start of the next, from the user's cache folder.
//
// What is read here is run, so it is read only where nobody else may write: the folder and the file must belong to this user
// and be writable by nobody else. Whatever else is wrong with it, a run does without.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { crc32 } from 'node:zlib'

/** Bytes after the data: its checksum. V8 looks at the length alone. */
const SUM = 4

interface System {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  home: string
}

/** Where caches of this user lie; undefined if the system does not say. */
export function userCache({ platform, env, home }: System): string | undefined {
  const full = (path: string | undefined) => (path !== undefined && isAbsolute(path) ? path : undefined)
  const below = (...parts: string[]) => (full(home) === undefined ? undefined : join(home, ...parts))
  if (platform === 'win32') return full(env['LOCALAPPDATA']) ?? below('AppData', 'Local')
  return full(env['XDG_CACHE_HOME']) ?? (platform === 'darwin' ? below('Library', 'Caches') : below('.cache'))
}

/** Octavo's own part of it, made if `make`; undefined where there is none that can be trusted. */
export function cacheFolder(make = false): string | undefined {
  try {
    const base = userCache({ platform: process.platform, env: process.env, home: homedir() })
    if (base === undefined) return undefined
    const folder = join(base, 'octavo')
    if (make) mkdirSync(folder, { recursive: true, mode: 0o700 })
    const found = lstatSync(folder)
    return found.isDirectory() && isOurs(found) ? folder : undefined
  } catch {
    return undefined
  }
}

/** On Windows the folder of local data is the user's by its place. */
function isOurs({ uid, mode }: Pick<Stats, 'uid' | 'mode'>): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
}

/** By the bundle's own sum, and all that V8's work depends on: its version and the processor. */
function nameOf(sum: string): string {
  return `${sum}-${process.version}-${process.platform}-${process.arch}.cache`
}

/** Undefined if there is none, or none that can be trusted. */
export function readCache(sum: string): Buffer | undefined {
  const folder = cacheFolder()
  if (folder === undefined) return undefined
  let file: number | undefined
  try {
    file = openSync(join(folder, nameOf(sum)), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    const found = fstatSync(file)
    if (!found.isFile() || !isOurs(found)) return undefined
    const bytes = readFileSync(file)
    const data = bytes.subarray(0, bytes.length - SUM)
    return bytes.length > SUM && crc32(data) === bytes.readUInt32LE(data.length) ? data : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Whole or not at all; that it cannot be written is no fault. */
export function writeCache(sum: string, data: Uint8Array): void {
  const folder = cacheFolder(true)
  if (folder === undefined) return
  const path = join(folder, nameOf(sum))
  const aside = `${path}.${process.pid}`
  try {
    const checked = Buffer.alloc(data.length + SUM)
    checked.set(data)
    checked.writeUInt32LE(crc32(data), data.length)
    writeFileSync(aside, checked, { flag: 'wx', mode: 0o600 })
    renameSync(aside, path)
  } catch {
    try {
      rmSync(aside, { force: true })
    } catch {
      // Nor can it be taken away.
    }
  }
}
