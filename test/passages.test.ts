// Every paragraph has an id made from its words: the same in each output, and no other's when one is edited.
import { join } from 'node:path'
import fc from 'fast-check'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import { build } from '../src/build.js'
import type { Section } from '../src/model/book.js'
import { eachPassage, namePassages } from '../src/model/passages.js'
import { unzip } from './finished/zip.js'
import { readFolder, readMarkdown } from './read/folder.js'

/** The ids of all paragraphs, in reading order. */
function idsOf(sections: readonly Section[]): string[] {
  const ids: string[] = []
  for (const { blocks, notes } of sections)
    for (const list of [blocks, ...notes.map((note) => note.blocks)])
      eachPassage(list, (block) => void ids.push(block.id ?? block.passage ?? 'none'))
  return ids
}

const idsIn = async (markdown: string) => idsOf((await readMarkdown(markdown)).book.sections)

const TEXT = `# A

The first paragraph, with a note.^[What the note says.]

The second paragraph.

> A paragraph that is quoted.

- one item
- another item, with a second paragraph

  which is this

term
: its definition

::: verse
Tyger Tyger, burning bright,
In the forests of the night;
:::

The second paragraph.

[The author’s own.]{#own}

Its own id. {#mine}
`

test('every paragraph, poem, item, definition and note has one; equal ones are numbered', async () => {
  const ids = await idsIn(TEXT)
  expect(ids).toHaveLength(12)
  expect(ids).not.toContain('none')
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^(p[0-9a-hjkmnp-tv-z]{6}(-\d+)?|mine)$/)
  expect(ids.filter((id) => id.endsWith('-2')).map((id) => ids.indexOf(id.slice(0, -2)))).toEqual([1])
})

test('the addresses that people have kept stay as they are', async () => {
  expect(await idsIn('# A\n\nCall me Ishmael.\n\nCall me Ishmael.\n')).toEqual(['pmf7rf1', 'pmf7rf1-2'])
})

test('letters and digits count, nothing else does', async () => {
  const [one] = await idsIn('# A\n\nShe said "no" - and went; to-day, at 9.\n')
  const [other] = await idsIn('# A\n\nShe said: *‘No’*, and went. Today at 9!\n')
  const [third] = await idsIn('# A\n\nShe said "no" - and went; to-day, at 8.\n')
  expect(other).toBe(one)
  expect(third).not.toBe(one)
})

test('the same words in another section are another paragraph', async () => {
  const manifest = 'title: A Book\nlanguage: en\ndate: 2026-01-01\ngenerate: false\nbody: [a.md, b.md]\n'
  const files = { 'book.yaml': manifest, 'a.md': '# A\n\nYes.\n', 'b.md': '# B\n\nYes.\n' }
  const ids = idsOf((await readFolder(files)).manuscript!.book.sections)
  expect(new Set(ids).size).toBe(2)
})

test('an id that the author has given away is not taken', async () => {
  const [id] = await idsIn('# A\n\nYes.\n')
  const [again, other] = await idsIn(`# A\n\nYes.\n\nNo. {#${id}}\n`)
  expect(other).toBe(id)
  expect(again).toBe(`${id}-`)
})

describe('editing one paragraph leaves all other ids as they were', () => {
  const paragraph = fc
    .array(fc.constantFrom('war', 'peace', 'and', 'Andrew', 'said', '1812', 'snow', 'fell'), {
      minLength: 2,
      maxLength: 8,
    })
    .map((words) => words.join(' '))

  test('whatever the paragraphs are', async () => {
    const cases = fc.record({
      texts: fc.uniqueArray(paragraph, {
        minLength: 2,
        maxLength: 12,
        selector: (text) => text.replaceAll(' ', '').toLowerCase(),
      }),
      at: fc.nat(),
      how: fc.constantFrom('change', 'remove', 'insert'),
    })
    const property = fc.asyncProperty(cases, async ({ texts, at, how }) => {
      const i = at % texts.length
      const after = [...texts]
      after.splice(i, how === 'insert' ? 0 : 1, ...(how === 'remove' ? [] : ['What stands there now is new.']))
      const before = await idsIn(`# A\n\n${texts.join('\n\n')}\n`)
      const now = await idsIn(`# A\n\n${after.join('\n\n')}\n`)
      const kept = now.filter((_, j) => how === 'remove' || j !== i)
      expect(kept).toEqual(how === 'insert' ? before : before.filter((_, j) => j !== i))
    })
    await fc.assert(property, { numRuns: 40, seed: 19 })
  })

  test('in a whole book, for each of its paragraphs', async () => {
    const dir = join(import.meta.dirname, 'kitchen-sink')
    const { readBook } = await import('../src/read/index.js')
    const { book } = (await readBook(dir, () => undefined))!
    const before = idsOf(book.sections)
    expect(before.length).toBeGreaterThan(100)
    const passages: Parameters<Parameters<typeof eachPassage>[1]>[0][] = []
    for (const { blocks, notes } of book.sections)
      for (const list of [blocks, ...notes.map((note) => note.blocks)])
        eachPassage(list, (one) => void passages.push(one))
    for (const [i, one] of passages.entries()) {
      if (one.kind !== 'paragraph' || one.passage === undefined) continue
      const { text } = one.prose
      one.prose.text = `${text} Something is added.`
      namePassages(book.sections, book.targets)
      const now = idsOf(book.sections)
      expect(now[i]).not.toBe(before[i])
      const stem = before[i]!.replace(/-\d+$/, '')
      // those that had the same words are counted anew
      const others = (ids: string[]) => ids.filter((_, j) => j !== i && !before[j]!.startsWith(stem))
      expect(others(now)).toEqual(others(before))
      one.prose.text = text
    }
  })
})

test('EPUB and PDF have the same ids, each of them once', async () => {
  const source = { 'book.yaml': 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n', 'a.md': TEXT }
  const { files } = await build({ source, editions: ['epub', 'pdf'], out: false })
  const bytesOf = (name: string) => files.find(({ edition }) => edition === name)!.bytes!
  const page = new TextDecoder().decode(unzip(bytesOf('epub')).get('EPUB/text/a.xhtml'))
  const wanted = (await idsIn(TEXT)).sort()
  const inPage = [...page.matchAll(/ id="(p[0-9a-z]{6}(?:-\d+)?|mine)"/g)].map(([, id]) => id!)
  expect(inPage.sort()).toEqual(wanted)
  const pdf = await getDocument({ data: new Uint8Array(bytesOf('pdf')), verbosity: 0 }).promise
  const places = (await pdf.getDestinations()) as Record<string, unknown[]>
  for (const id of wanted) expect(places[id], id).toBeDefined()
  // in their order down the pages: of the second and the third the third stands lower
  const height = (id: string) => places[id]![3] as number
  const [, first, second] = await idsIn(TEXT)
  expect(height(first!)).toBeGreaterThan(height(second!))
})
