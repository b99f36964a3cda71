// Small books and shelves on the disk, for the tests of publishing.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export type Texts = { [path: string]: string | Uint8Array }

/** A new folder with these files. */
export function folderOf(files: Texts): string {
  const folder = mkdtempSync(join(tmpdir(), 'octavo-publish-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** Of a book: its manifest as JSON, which is YAML too, and a chapter. EPUB alone is soon made. */
export function book(manifest: object, text = '# One\n\nA sentence of the book.\n\nAnother one.\n'): Texts {
  const usual = { language: 'en', date: '2026-01-31', editions: { epub: {} }, body: ['one.md'], generate: false }
  return { 'book.json': JSON.stringify({ ...usual, ...manifest }), 'one.md': text }
}

export function below(folder: string, files: Texts): Texts {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))
}

/** Every file below the folder, by its path, in order. */
export function filesIn(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'))
  const plain = paths.filter((path) => statSync(join(folder, path)).isFile()).sort()
  return new Map(plain.map((path) => [path, readFileSync(join(folder, path))]))
}

export const text = (files: Map<string, Buffer>, path: string): string => {
  const found = files.get(path)
  if (found === undefined) throw new Error(`${path} is not among ${[...files.keys()].join(', ')}`)
  return found.toString('utf8')
}
