// A theme's font files: found on disk and known to be fonts, their bytes read when they are first asked for.
import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { error, type Place, type Report } from '../diagnostic.js'
import type { Face, Family } from './theme.js'

const CUTS = ['regular', 'italic', 'bold', 'boldItalic'] as const
const LARGEST = 64 * 1024 * 1024

/**
 * `beside` is the folder that a book's own theme lies in, inside of `bookDir`; undefined for an installed theme, which
 * takes its files from packages only. A file that cannot be had is an error at `placeOf(family, cut)`.
 */
export function findFaces(
  families: Record<string, Family>,
  book: { dir: string; beside: string } | undefined,
  placeOf: (family: string, cut: string) => Place,
  report: Report,
): Face[] {
  const faces: Face[] = []
  for (const [name, family] of Object.entries(families)) {
    for (const cut of CUTS) {
      const ref = family.files[cut]
      if (ref === undefined) continue
      const found = locate(ref, book)
      if ('fault' in found) {
        error(report, 'theme-font', placeOf(name, cut), `font file \`${ref}\` ${found.fault}`, found.hint)
        continue
      }
      let kept: Uint8Array | undefined
      faces.push({
        key: `${name}/${cut}`,
        family: family.family,
        weight: cut.startsWith('bold') ? 700 : 400,
        italic: cut === 'italic' || cut === 'boldItalic',
        bytes: () => (kept ??= readFileSync(found.path)),
      })
    }
  }
  return faces
}

type Found = { path: string } | { fault: string; hint: string }

function locate(ref: string, book: { dir: string; beside: string } | undefined): Found {
  const parts = ref.replace(/^\.\//, '').split('/')
  if (
    ref.startsWith('/') ||
    ref.includes('\\') ||
    ref.includes('\0') ||
    ref.includes(':') ||
    parts.some((p) => p === '' || p === '.' || p === '..')
  ) {
    return {
      fault: 'is no plain relative path',
      hint: 'use `PACKAGE/path.ttf`, or a path below the theme file’s folder',
    }
  }
  if (book) {
    const path = join(book.beside, ...parts)
    if (existsSync(path)) {
      if (!isInside(path, book.dir))
        return { fault: 'lies outside the book folder', hint: 'put the font into the book folder' }
      return proved(path)
    }
  }
  const installed = ref.startsWith('./') ? undefined : inPackages(parts)
  // Octavo's own themes name their packages' files right, and a start should not open sixteen fonts: only a book's are proved.
  if (installed !== undefined) return book ? proved(installed) : { path: installed }
  return { fault: 'is not there', hint: 'install the package that it names, or put the font beside the theme file' }
}

/** Through the `node_modules` folders above this module, nearest first: where Octavo's own packages lie, however it was installed. */
function inPackages(parts: string[]): string | undefined {
  if (parts.length < 2) return undefined
  for (let dir = dirname(fileURLToPath(import.meta.url)); ; dir = dirname(dir)) {
    const path = join(dir, 'node_modules', ...parts)
    if (existsSync(path)) return path
    if (dirname(dir) === dir) return undefined
  }
}

/** Symbolic links followed. */
export function isInside(path: string, dir: string): boolean {
  const real = realpathSync(path)
  const root = realpathSync(dir)
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** TrueType or OpenType by its first four bytes (OpenType specification, table directory). */
function proved(path: string): Found {
  const stat = statSync(path)
  if (!stat.isFile()) return { fault: 'is no file', hint: 'name a .ttf or .otf file' }
  if (stat.size > LARGEST) return { fault: 'is larger than 64 MB', hint: 'use a smaller cut of the face' }
  const head = Buffer.alloc(4)
  const file = openSync(path, 'r')
  try {
    readSync(file, head, 0, 4, 0)
  } finally {
    closeSync(file)
  }
  const magic = head.toString('latin1')
  if (magic === '\0\x01\0\0' || magic === 'OTTO' || magic === 'true') return { path }
  return { fault: 'is no TrueType or OpenType font', hint: 'use a .ttf or .otf file; web fonts must be unpacked first' }
}
