// The kitchen-sink book, as it is read: a change of the reader shows in the dump. OCTAVO_REGENERATE=1 writes it anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { lint } from '../../src/check/index.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import type { Block, Span } from '../../src/model/book.js'
import { eachBlock } from '../../src/model/walk.js'
import { readBook } from '../../src/read/index.js'
import { dump } from './dump.js'
import { faultsOf } from './sound.js'

const HERE = dirname(fileURLToPath(import.meta.url))
const GOLDEN = join(HERE, 'golden/kitchen-sink.txt')

it('reads the kitchen-sink book as its dump says, with nothing to say of it', async () => {
  const said: Diagnostic[] = []
  const { book } = (await readBook(join(HERE, '../kitchen-sink'), (one) => said.push(one)))!
  lint(book, (one) => said.push(one))
  expect(said).toEqual([])
  expect(faultsOf(book)).toEqual([])
  const text = dump(book)
  if (process.env['OCTAVO_REGENERATE'] === '1') writeFileSync(GOLDEN, text)
  expect(text).toBe(readFileSync(GOLDEN, 'utf8'))
})

it('shows every kind of block and span, and every role of a section', async () => {
  const { book } = (await readBook(join(HERE, '../kitchen-sink'), () => undefined))!
  const blocks = new Set<string>()
  const spans = new Set<string>()
  for (const section of book.sections) {
    eachBlock(
      section.blocks,
      (block) => blocks.add(block.kind),
      (prose) => {
        for (const span of prose.spans) spans.add(span.kind)
      },
    )
  }
  const everyBlock: Record<Exclude<Block['kind'], 'notes'>, true> = {
    ...{ paragraph: true, heading: true, quote: true, group: true, list: true, definitions: true, code: true },
    ...{ verse: true, table: true, figure: true, break: true, contents: true },
  }
  // `quoted` is for readers of other formats: HTML's <q> becomes marks of quotation. Numbers come with the theme, and so do notes at
  // the book's end.
  const everySpan: Record<Exclude<Span['kind'], 'quoted' | 'number'>, true> = {
    ...{
      emphasis: true,
      strong: true,
      code: true,
      strike: true,
      sub: true,
      sup: true,
      smallcaps: true,
      underline: true,
    },
    ...{ mark: true, small: true, cite: true, kbd: true, abbr: true, span: true, link: true, note: true, image: true },
    ...{ speaker: true, italic: true, bold: true, defined: true, isolate: true, time: true },
    ...{ ruby: true, 'ruby-base': true, 'ruby-text': true, 'ruby-paren': true },
  }
  expect([...blocks].sort()).toEqual(Object.keys(everyBlock).sort())
  expect([...spans].sort()).toEqual(Object.keys(everySpan).sort())
})
