// In: the name of a file of the preview's own page. Out: its bytes, from the one folder that they lie in.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TYPES = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['ttf', 'font/ttf'],
  ['woff2', 'font/woff2'],
  ['json', 'application/json'],
])

/** Beside the bundle, or, from the sources, where the bundle would be. */
function folder(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url))
  return [join(here, '../preview'), join(here, '../../dist/preview')].find((path) => existsSync(join(path, 'page.js')))
}

export type PageFiles = ReadonlyMap<string, { type: string; bytes: Uint8Array }>

/** All of them, read once; none if the page was not built. */
export function pageFiles(path = folder()): PageFiles {
  const files = new Map<string, { type: string; bytes: Uint8Array }>()
  if (path === undefined) return files
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const type = TYPES.get(entry.name.slice(entry.name.lastIndexOf('.') + 1))
    if (entry.isFile() && type !== undefined)
      files.set(entry.name, { type, bytes: readFileSync(join(path, entry.name)) })
  }
  return files
}
