// The small book that `octavo init` writes: it builds without a word, and has what it says that it shows.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { build } from '../src/build.js'
import type { Block } from '../src/model/book.js'
import { eachBlock } from '../src/model/walk.js'
import { readBook } from '../src/read/index.js'

const STARTER = join(dirname(fileURLToPath(import.meta.url)), '../assets/starter')

it('is built without a word', async () => {
  const { ok, diagnostics, files } = await build({ book: STARTER, out: false })
  expect(diagnostics).toEqual([])
  expect(ok).toBe(true)
  expect(files.map(({ edition }) => edition)).toEqual(['epub', 'pdf'])
})

it('shows what most books need', async () => {
  const { book } = (await readBook(STARTER, () => undefined))!
  const blocks: Block[] = []
  const spans = new Set<string>()
  for (const { blocks: own } of book.sections) {
    eachBlock(
      own,
      (block) => blocks.push(block),
      (prose) => {
        for (const span of prose.spans) spans.add(span.kind === 'link' && span.page ? 'page' : span.kind)
      },
    )
  }
  const figures = blocks.filter((block) => block.kind === 'figure')
  expect(figures).toMatchObject([{ alt: expect.any(String), caption: expect.anything() }])
  expect(figures[0]!.alt).not.toBe(figures[0]!.caption!.text)
  expect([...new Set(blocks.map(({ kind }) => kind))]).toEqual(
    expect.arrayContaining(['figure', 'table', 'verse', 'list', 'quote', 'code', 'break', 'group']),
  )
  const roles = new Set(blocks.map(({ role }) => role))
  for (const role of ['epigraph', 'attribution', 'aside', 'center'] as const) expect(roles, role).toContain(role)
  for (const span of ['emphasis', 'strong', 'smallcaps', 'note', 'page']) expect(spans, span).toContain(span)
})
