// Books for the tests: a folder made for one reading, and taken away again.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Diagnostic } from '../../src/diagnostic.js'
import type { Book, Prose, Section } from '../../src/model/book.js'
import { eachBlock } from '../../src/model/walk.js'
import { type Manuscript, readBook } from '../../src/read/index.js'

export const MANIFEST = 'title: A Book\nlanguage: en\ndate: 2026-01-01\ngenerate: false\nbody: [a.md]\n'

export async function readFolder(
  files: Record<string, string | Uint8Array>,
): Promise<{ manuscript: Manuscript | undefined; said: Diagnostic[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-read-'))
  try {
    for (const [path, content] of Object.entries({ 'book.yaml': MANIFEST, ...files })) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), content)
    }
    const said: Diagnostic[] = []
    const manuscript = await readBook(dir, (one) => said.push(one))
    return { manuscript, said }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The one section of a book of one file, and what was said of it, in short. */
export async function readMarkdown(
  markdown: string,
  manifest = MANIFEST,
): Promise<{ book: Book; section: Section; codes: string[] }> {
  const { manuscript, said } = await readFolder({ 'book.yaml': manifest, 'a.md': markdown })
  const { book } = manuscript!
  return { book, section: book.sections[0]!, codes: said.map((one) => one.code) }
}

export function prosesOf(section: Section): Prose[] {
  const all: Prose[] = []
  const take = (prose: Prose) => all.push(prose)
  eachBlock(section.blocks, () => undefined, take)
  for (const note of section.notes) eachBlock(note.blocks, () => undefined, take)
  return all
}

export function textOf(section: Section): string {
  return prosesOf(section)
    .map((prose) => prose.text)
    .join('\n')
}
