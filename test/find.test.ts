// A word that is divided at a line's end is one word for whoever searches, copies or listens.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { build } from '../src/build.js'
import { openFinder } from './finished/find.js'
import { isPiece, openPdf, type Piece, type Tagged } from './finished/pdf.js'
import { readPdf } from './pdf/reader.js'
import { contentOf } from './pdf/tagtree.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

/** On a narrow page nearly every line ends within a word. */
const MANIFEST = `title: Narrow
language: en
identifier: urn:uuid:0b6d6b0c-7a36-4f0e-9a51-5a9c6a6f3c11
body: [text.md]
editions:
  pdf: { trim: { width: 70mm, height: 120mm } }
`
const TEXT = `# One

Unquestionably **extraordinary circumstances** *notwithstanding*, representatives of the establishment characteristically
[misinterpreted](https://example.org/) Nikólenka’s straightforward recommendation; the counter-revolutionary
demonstration (disproportionately publicised) --- incomprehensibly --- disappointed every[body]{.smallcaps}.

> Internationally acknowledged constitutionalists unhesitatingly recommended reconsideration.[^1]

[^1]: Notwithstanding considerable inconveniences, administrative responsibilities predominated uninterruptedly.
`

let out: string
let narrow: string
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'octavo-find-'))
  narrow = join(out, 'narrow')
  await mkdir(narrow)
  await writeFile(join(narrow, 'book.yaml'), MANIFEST)
  await writeFile(join(narrow, 'text.md'), TEXT)
})
afterAll(() => rm(out, { recursive: true }))

/** Words that a line's end divides, with their page. */
function dividedWords(root: Tagged): { page: number; word: string }[] {
  const pieces = (element: Tagged): Piece[] =>
    element.children.flatMap((child) => (isPiece(child) ? [child] : pieces(child)))
  const all = pieces(root)
  return all.flatMap(({ text, page }, i) => {
    const [before, after] = [all[i - 1], all[i + 1]]
    if (text !== '\u00ad' || after?.page !== page) return []
    return [{ page, word: /\p{L}*$/u.exec(before!.text)![0] + /^\p{L}*/u.exec(after.text)![0] }]
  })
}

it.each([
  ['the article', 3, () => join(ROOT, 'book')],
  ['a narrow page', 8, () => narrow],
])('finds the divided words of %s in Firefox, and has them read as they are', async (_, least, folder) => {
  const { files, diagnostics } = await build({ book: folder(), out, editions: ['pdf'] })
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([])
  const bytes = await readFile(files[0]!.path)
  const words = dividedWords((await openPdf(bytes)).root)
  expect(words.length).toBeGreaterThanOrEqual(least)
  const finder = await openFinder(bytes)
  const pdf = readPdf(bytes)
  for (const { page, word } of words) {
    expect((await finder.find(word))[page], `${word} in pdf.js`).toBeGreaterThan(0)
    // As replacement text says it, which is what the other engines and screen readers go by.
    const said = [...contentOf(pdf, pdf.pages[page]!).marked.values()].join('')
    expect(said.normalize().match(/[\p{L}\p{M}]+/gu)).toContain(word)
  }
})
