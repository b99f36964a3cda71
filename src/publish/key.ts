// In: a book's task. Out: its key: a sum of all that its files are made of: what can be read in its folder, the settings, the themes and
// faces that are installed, and Octavo itself. Books with the same key are the same, to the byte, on every machine.
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Skip, stampOfFolder, sumOfFile, sumOfFolder } from '../folder/sum.js'
import { limitsOf } from '../model/limits.js'
import { findBook } from '../read/outlines/locate.js'
import { MARKDOWN } from '../read/outlines/outline.js'
import { OWN_PACKAGES } from '../theme/faces.js'
import { sumOfInstalled } from '../theme/installed.js'
import { now } from './moment.js'
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
  const beside = new Map<string, Beside>()
  const sumBeside = (folder: string, limit: number, again: boolean): string => {
    const known = beside.get(folder)
    if (known !== undefined && (!again || (known.settled && stampBeside(folder).stamp === known.stamp)))
      return known.sum
    const { stamp, latest } = stampBeside(folder)
    const made = { sum: sumOfFolder(folder, limit, isText), stamp, settled: latest < now() - STEP }
    beside.set(folder, made)
    return made.sum
  }
  const contentOf = (book: string | undefined, limit: number, again: boolean): unknown => {
    const found = findBook(book, new Map(), () => undefined)
    if (found?.dir === undefined) return 'nothing'
    const folder = real(resolve(found.dir))
    if (found.file === undefined) return [basename(folder), sumOfFolder(folder, limit)]
    const own = sumOfFile(join(folder, found.file), limit)
    return [basename(folder), found.file, own, sumBeside(folder, limit, again)]
  }
  return {
    of(task, again = false) {
      const { book, editions, strict, limits } = task
      // How long it may take, and how much memory, does not change what comes of it.
      const { time: _, memory: __, ...own } = limitsOf(limits)
      const what = [common, editions ?? null, strict, own, contentOf(book, most(task), again)]
      return createHash('sha256').update(JSON.stringify(what)).digest('hex')
    },
  }
}

interface Beside {
  sum: string
  /** As the disk had it before it was read. */
  stamp: string
  /** Nothing was changed so shortly before that another change would not show in the stamp. */
  settled: boolean
}

/** Seconds between two dates of the coarsest disk. */
const STEP = 3

/** Other texts are other books; whatever else there is may be a picture of this one. */
const isText: Skip = (name, _, isFolder) => !isFolder && MARKDOWN.test(name)

/** What changes while it is looked at is not settled. */
function stampBeside(folder: string): { stamp: string; latest: number } {
  try {
    return stampOfFolder(folder, isText)
  } catch {
    return { stamp: '', latest: Number.POSITIVE_INFINITY }
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
