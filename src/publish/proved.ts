// In: the folder of a site, a file's path in it, and its sum. Out: whether the file is there, and as it was made.
import { lstatSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sumOf } from '../build/sums.js'

export type Proof = 'sound' | 'missing' | 'changed'

/** A link could lead anywhere: what is proved is the site's own files, in its own folders. To be asked while nobody else changes them. */
export function createProver(site: string): (path: string, sum: string, size?: number) => Proof {
  const folders = new Map<string, boolean>()
  const isFolder = (path: string): boolean => {
    if (path === '.') return true
    let known = folders.get(path)
    if (known === undefined) {
      known = isFolder(dirname(path)) && statOf(join(site, path))?.isDirectory() === true
      folders.set(path, known)
    }
    return known
  }
  return (path, sum, size) => {
    const at = join(site, path)
    const stat = isFolder(dirname(path)) ? statOf(at) : undefined
    if (stat?.isFile() !== true) return 'missing'
    if (size !== undefined && stat.size !== size) return 'changed'
    try {
      return sumOf(readFileSync(at)) === sum ? 'sound' : 'changed'
    } catch {
      return 'missing'
    }
  }
}

/** Is this name in the folder a file of its own: neither a link nor what is no file? */
export function isPlain(folder: string, name: string): boolean {
  return statOf(join(folder, name))?.isFile() === true
}

/** Every so many files, whoever would stop this has to be heard. */
export async function atTimes(count: number): Promise<void> {
  if (count % 64 === 0) await new Promise<void>((done) => setImmediate(done))
}

function statOf(path: string) {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}
