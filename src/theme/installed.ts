// In: the name of a theme, or of a package's file. Out: where it is installed: Octavo's own, and the packages beside Octavo and from the
// working folder. A package `octavo-theme-NAME` is data alone: its `theme.yaml`, and the faces beside it. A book brings no packages:
// what lies in its own folder is not looked at.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sumOfFolder } from '../folder/sum.js'
import { type Folder, openFolder, readInside } from '../folder.js'

const HERE = dirname(fileURLToPath(import.meta.url))
export const PREFIX = 'octavo-theme-'
const NAME = /^[a-z][a-z0-9-]*$/

export interface Installed {
  text: string
  /** As messages name it. */
  path: string
  /** By a package; not Octavo's own. */
  brought: boolean
}

/** Undefined if there is none; `unreadable` if there is one whose file cannot be had. */
export function findInstalled(name: string, book: Folder, limit: number): Installed | 'unreadable' | undefined {
  if (!NAME.test(name)) return undefined
  const own = join(ownThemes(), `${name}.yaml`)
  if (existsSync(own)) return { text: readFileSync(own, 'utf8'), path: `${name}.yaml`, brought: false }
  const folder = inPackages([`${PREFIX}${name}`], book)
  if (folder === undefined) return undefined
  const opened = openFolder(folder)
  const read = 'fault' in opened ? opened : readInside(opened, 'theme.yaml', limit)
  if (!('bytes' in read)) return 'unreadable'
  return { text: new TextDecoder().decode(read.bytes), path: `${PREFIX}${name}/theme.yaml`, brought: true }
}

/** Octavo's own in the order of their names, then those of packages. */
export function installedNames(book: Folder): string[] {
  const own = readdirSync(ownThemes())
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
  const brought = shelves(book)
    .flatMap((shelf) => namesIn(shelf))
    .filter((each) => each.startsWith(PREFIX))
    .map((each) => each.slice(PREFIX.length))
    .filter((name) => NAME.test(name) && !own.includes(name))
  return [...own.sort(), ...[...new Set(brought)].sort()]
}

/**
 * One sum of all that a book's theme can come from, beside the book itself and Octavo's own themes: the versions of the packages of faces
 * that Octavo brings, and every file of the packages `octavo-theme-NAME`.
 */
export function sumOfInstalled(own: readonly string[], limit: number): string {
  const hash = createHash('sha256')
  const nowhere: Folder = { root: undefined, name: '', over: new Map() }
  for (const name of own) {
    const path = inPackages([name, 'package.json'], nowhere)
    hash.update(`${name}\0${path === undefined ? '' : readFileSync(path, 'utf8')}\0`)
  }
  for (const shelf of shelves(nowhere))
    for (const name of namesIn(shelf).sort())
      if (name.startsWith(PREFIX))
        hash.update(`${name}\0${sumOfFolder(realpathSync.native(join(shelf, name)), limit)}\0`)
  return hash.digest('hex')
}

/**
 * A path in an installed package. Faces are looked for beside Octavo; themes, and what belongs to one, from the working
 * folder too.
 */
export function inPackages(parts: readonly string[], book: Folder): string | undefined {
  const all = parts[0]!.startsWith(PREFIX) ? shelves(book) : above(HERE)
  return all.map((shelf) => join(shelf, ...parts)).find((path) => existsSync(path))
}

/** The folders `node_modules` to look into, nearest first. */
function shelves(book: Folder): string[] {
  const working = workingFolder()
  const near = working === undefined ? [] : above(working).filter((shelf) => !isOfBook(shelf, book))
  return [...new Set([...above(HERE), ...near])]
}

function above(from: string): string[] {
  const all: string[] = []
  for (let dir = from; ; dir = dirname(dir)) {
    all.push(join(dir, 'node_modules'))
    if (dirname(dir) === dir) return all
  }
}

function isOfBook(shelf: string, { root }: Folder): boolean {
  return root !== undefined && (shelf === root || shelf.startsWith(root.endsWith(sep) ? root : root + sep))
}

/** Undefined where it was deleted, or may not be looked at. */
function workingFolder(): string | undefined {
  try {
    return realpathSync.native(process.cwd())
  } catch {
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** From the sources as from a bundle. */
function ownThemes(): string {
  for (let dir = HERE; dirname(dir) !== dir; dir = dirname(dir)) {
    const themes = join(dir, 'assets', 'themes')
    if (existsSync(join(themes, 'house.yaml'))) return themes
  }
  throw new Error('the folder assets/themes is missing from the installation of octavo')
}
