// A proof that keeps what it can from the one before is the proof that is made from nothing: pages, documents, sheets and findings.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { createProver, type Proved } from '../../src/build/proof.js'
import { fingerprintOf } from '../../src/preview/fingerprint.js'

const SINK = join(dirname(fileURLToPath(import.meta.url)), '../kitchen-sink')
const dir = mkdtempSync(join(tmpdir(), 'octavo-kept-'))
cpSync(SINK, dir, { recursive: true })
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function sum({ proof, diagnostics }: Proved) {
  if (proof === undefined) return { diagnostics }
  const { pages, epub, book } = proof
  const files: Record<string, unknown> = {}
  for (const { path } of epub.documents) files[path] = epub.document(path)
  files['css'] = (await epub.read('css/book.css'))?.content
  return {
    diagnostics,
    files,
    anchors: book.anchors,
    targets: [...book.targets],
    pages: pages.pages.map((page) => `${page.label} ${fingerprintOf(page, pages)}`),
    starts: pages.starts,
    tags: pages.tags.length,
    lines: pages.pages.map(({ lines }) => lines?.map(({ n, offsets }) => [n, ...offsets])),
  }
}

const edit = (file: string, change: (text: string) => string) => {
  const path = join(dir, file)
  const before = readFileSync(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
}

test('whatever is changed between them', async () => {
  const prover = createProver()
  const manifest = readFileSync(join(dir, 'book.yaml'), 'utf8')
  const files = [...manifest.matchAll(/[\w./-]+\.md/g)].map(([name]) => name).filter((name) => !name.includes('*'))
  expect(files.length).toBeGreaterThan(3)
  const [first, second, third] = files.slice(-3) as [string, string, string]
  const steps: [what: string, () => void][] = [
    ['nothing', () => undefined],
    ['a word', () => edit(first, (text) => text.replace(/\b(\w{5,})\b(?=[^\n]*\n*$)/, 'changed'))],
    ['a paragraph more', () => edit(second, (text) => `${text}\n\nA paragraph more, “quoted” and *stressed*.\n`)],
    [
      'a note, and a second reference to it',
      () => edit(third, (text) => `${text}\n\nMore.[^new] Again.[^new]\n\n[^new]: A note.\n`),
    ],
    ['an id', () => edit(third, (text) => `${text}\n\n## Twice again {#same}\n\nText, [there](#same).\n`)],
    ['the same id in a chapter before it', () => edit(first, (text) => `${text}\n\n## Twice {#same}\n\nText.\n`)],
    ['an error', () => edit(second, (text) => `${text}\n\n:::\n`)],
    ['the error mended', () => edit(second, (text) => text.replace('\n\n:::\n', '\n'))],
    ['the language', () => edit('book.yaml', (text) => text.replace(/language: \S+/, 'language: de'))],
    ['a word once more', () => edit(third, (text) => text.replace('A note.', 'Another note.'))],
  ]
  for (const [what, step] of steps) {
    step()
    expect({ what, ...(await sum(await prover.prove(dir))) }).toEqual({
      what,
      ...(await sum(await createProver().prove(dir))),
    })
  }
})

test('and nothing of it is made again where nothing has changed', async () => {
  const prover = createProver()
  const one = (await prover.prove(dir)).proof!
  const ink = one.pages.pages.map((page) => page.ink)
  const sections = [...one.book.sections]
  const two = (await prover.prove(dir)).proof!
  const written = two.book.sections.map((section, i) => section.generated || section === sections[i])
  expect(written.every(Boolean)).toBe(true)
  const same = two.pages.pages.filter((page, i) => page.ink === ink[i]).length
  expect(same).toBeGreaterThan(ink.length / 2)
})
