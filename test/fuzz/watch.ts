// In: folders and some work. Out: what the work opened on the disk outside of them and of this package. By asking in Node's own
// functions, which every module here calls; `npm run fuzz -- --strace` asks the system itself.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, sep } from 'node:path'

type Opener = (path: unknown, ...rest: unknown[]) => unknown

const OPENERS = [
  'open',
  'openSync',
  'readFile',
  'readFileSync',
  'readdir',
  'readdirSync',
  'opendir',
  'opendirSync',
  'createReadStream',
  'copyFile',
  'copyFileSync',
  'writeFile',
  'writeFileSync',
] as const

let inside: readonly string[] | undefined
const found = new Set<string>()

function note(path: unknown, how: string): void {
  if (inside === undefined || typeof path === 'number') return
  const name = path instanceof URL ? path.pathname : String(path)
  let real = name
  try {
    real = fs.realpathSync.native(name)
  } catch {
    // It is not there: it can be made, or is missed.
  }
  // A folder that is new is made durable by opening the one that holds it, not by reading what else lies there.
  if (how.startsWith('open') && !how.startsWith('opendir') && inside.some((each) => dirname(each) === real)) return
  if (!inside.some((each) => real === each || real.startsWith(each + sep))) found.add(real)
}

/** To be called once, before what is watched is loaded. `own`: folders that may always be read. */
export function watchDisk(own: readonly string[]) {
  for (const home of [fs, fs.promises] as unknown as Record<string, Opener>[]) {
    for (const name of OPENERS) {
      const before = home[name]
      if (before === undefined) continue
      home[name] = function (this: unknown, path: unknown, ...rest: unknown[]) {
        note(path, name)
        return before.call(this, path, ...rest)
      }
    }
  }
  syncBuiltinESMExports()
  return async <T>(allowed: readonly string[], work: () => Promise<T>): Promise<{ value: T; opened: string[] }> => {
    found.clear()
    inside = [...own, ...allowed]
    try {
      return { value: await work(), opened: [...found] }
    } finally {
      inside = undefined
    }
  }
}
