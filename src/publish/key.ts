// In: a book's task. Out: its key: a sum of all that its files are made of: what can be read in its folder, the settings, the themes and
// faces that are installed, and Octavo itself. Books with the same key are the same, to the byte, on every machine.
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sumOfFile, sumOfFolder } from '../folder/sum.js'
import { limitsOf } from '../model/limits.js'
import { findBook } from '../read/outlines/locate.js'
import { MARKDOWN } from '../read/outlines/outline.js'
import { OWN_PACKAGES } from '../theme/faces.js'
import { sumOfInstalled } from '../theme/installed.js'
import type { BookTask } from './task.js'

declare const OCTAVO_VERSION: string

/** To be asked in one run, in which neither Octavo nor what is installed beside it changes. */
export interface Keys {
  /** `again`: it was asked before, and may have changed since. */
  of(task: BookTask, again?: boolean): string
}

export function createKeys(): Keys {
  const most = (task: BookTask) => {
    const { manifest, text, theme, image, font } = limitsOf(task.limits)
    return Math.max(manifest, text, theme, image, font)
  }
  const { font } = limitsOf(undefined)
  const common = JSON.stringify([
    'octavo book 1',
    OCTAVO_VERSION,
    sumOfOctavo(),
    sumOfInstalled(OWN_PACKAGES, font),
    process.env['SOURCE_DATE_EPOCH'] ?? '',
  ])
  /** What lies beside books that are single files: they share it. */
  const beside = new Map<string, string>()
  const contentOf = (book: string | undefined, limit: number): unknown => {
    const found = findBook(book, new Map(), () => undefined)
    if (found?.dir === undefined) return 'nothing'
    const folder = real(resolve(found.dir))
    if (found.file === undefined) return [basename(folder), sumOfFolder(folder, limit)]
    let around = beside.get(folder)
    // Other texts are other books; whatever else there is may be a picture of this one.
    const isText = (name: string, _: string, isFolder: boolean) => !isFolder && MARKDOWN.test(name)
    if (around === undefined) beside.set(folder, (around = sumOfFolder(folder, limit, isText)))
    return [basename(folder), found.file, sumOfFile(join(folder, found.file), limit), around]
  }
  return {
    of(task, again = false) {
      if (again) beside.clear()
      const { book, editions, strict, limits } = task
      // How long it may take, and how much memory, does not change what comes of it.
      const { time: _, memory: __, ...own } = limitsOf(limits)
      const what = [common, editions ?? null, strict, own, contentOf(book, most(task))]
      return createHash('sha256').update(JSON.stringify(what)).digest('hex')
    },
  }
}

function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

/** What a build runs of the bundle's folder, and Octavo's own themes. From the sources there is nobody to say which they are. */
function sumOfOctavo(): string {
  const own = fileURLToPath(import.meta.url)
  if (!own.endsWith('.cjs')) return ''
  const dist = dirname(dirname(own))
  const hash = createHash('sha256').update(sumOfFile(own, Number.MAX_SAFE_INTEGER))
  for (const name of ['web', 'patterns', 'beside', 'themes', '../assets/themes'])
    hash.update(sumOfFolder(join(dist, name), Number.MAX_SAFE_INTEGER))
  return hash.digest('hex')
}
