// What the structure tree of a finished PDF says of stress, of lines, of tables' headers, of contents and of captions.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { build } from '../src/build.js'
import { type Name, type Read, readPdf } from './pdf/reader.js'
import { tagTree } from './pdf/tagtree.js'

const MANIFEST = `title: Tags
language: en
identifier: urn:uuid:0b6d6b0c-7a36-4f0e-9a51-5a9c6a6f3c12
front: [{ generate: contents }]
body:
  - text.md
  - { file: part.md, role: part }
  - more.md
  - more2.md
`
const TEXT = `# One

## The *First* Part

A *stressed* word, a **strong _and stressed_ one**, and \`code\`.

\`\`\`
if (a)
  b()
\`\`\`

::: verse
Who has seen the wind?
Neither I nor you.
:::

![A drop](drop.png "A drop of ink")

## The Second Part

<table>
<thead><tr><th>Fruit</th><th colspan="2">Price</th></tr></thead>
<tbody>
<tr><th rowspan="2">Apple</th><td>May</td><td>10</td></tr>
<tr><td>June</td><td>11</td></tr>
</tbody>
</table>

| Plain | Table |
|---|---|
| a | b |
`

let out: string
let pdf: Read
let tree: string
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'octavo-tags-'))
  const book = join(out, 'book')
  await mkdir(book)
  await writeFile(join(book, 'book.yaml'), MANIFEST)
  await writeFile(join(book, 'text.md'), TEXT)
  await writeFile(join(book, 'part.md'), '# Part\n')
  await writeFile(join(book, 'more.md'), '# Two\n\nText.\n')
  await writeFile(join(book, 'more2.md'), '# Three\n\nText.\n')
  const images = join(dirname(fileURLToPath(import.meta.url)), 'kitchen-sink/images')
  await cp(join(images, 'sink.png'), join(book, 'drop.png'))
  const { files, diagnostics } = await build({ book, out, editions: ['pdf'] })
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([])
  pdf = readPdf(await readFile(files[0]!.path))
  tree = tagTree(pdf)
})
afterAll(() => rm(out, { recursive: true }))

/** The lines of the tree below the first line that begins so, without what is told of texts' pages. */
function below(head: string): string {
  const lines = tree.split('\n').map((line) => line.replace(/^( *)\d+: /, '$1'))
  const first = lines.findIndex((line) => line.trim().startsWith(head))
  expect(first, head).toBeGreaterThan(-1)
  const depth = (line: string) => line.length - line.trimStart().length
  const rest = lines.slice(first + 1)
  const end = rest.findIndex((line) => depth(line) <= depth(lines[first]!))
  return rest
    .slice(0, end)
    .map((line) => line.slice(depth(lines[first]!) + 2))
    .join('\n')
}

it('tells stress, and says what its types are to a reader of PDF 1.7', () => {
  expect(below('H2')).toBe('"The "\nEm\n  "First "\n"Part"')
  expect(tree).toContain('Strong\n        3: "strong "\n        Em\n          3: "and stressed "\n        3: "one"')
  const roles = pdf.dict(pdf.dict(pdf.catalog.get('StructTreeRoot')).get('RoleMap'))
  expect(Object.fromEntries([...roles].map(([type, standard]) => [type, (standard as Name).name]))).toEqual({
    Em: 'Span',
    Strong: 'Span',
    Sub: 'Span',
  })
})

it('gives each line of code and of verse an element', () => {
  expect(tree).toContain(
    'P\n      Sub\n        Code\n          3: "if (a) "\n      Sub\n        Code\n          3: "  b() "',
  )
  expect(below('BlockQuote')).toBe('P\n  Sub\n    "Who has seen the wind? "\n  Sub\n    "Neither I nor you. "')
})

it('names the headers of the cells of a table that has spans, and of no other', () => {
  const [fruit, price, apple] = [...tree.matchAll(/TH ID="(.*?)"/g)].map(([, id]) => id)
  expect(new Set([fruit, price, apple]).size).toBe(3)
  expect(tree).toContain(`Scope=Row RowSpan=2 Headers="${fruit}"\n`)
  expect(tree.match(/TD Headers=.*/g)).toEqual(Array(4).fill(`TD Headers="${price}" "${apple}"`))
  expect(tree).toContain('TH Scope=Column\n            4: "Plain"')
})

it('nests the contents, and a caption in its figure', () => {
  expect(tree).toMatch(/^ {4}TOC\n(.*\n)*? {8}TOC\n {10}TOCI\n {12}Reference\n {14}Link\n {16}1: "Two"/m)
  expect(tree.match(/^ *TOC$/gm)).toEqual(['    TOC', '        TOC'])
  expect(below('Figure Alt="A drop"')).toBe('"[image]"\nCaption\n  "A drop of ink"')
})
