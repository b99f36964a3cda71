// War and Peace, where it is at hand (it is no part of the repository): a long book that somebody else marked up.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lint } from '../../src/check/index.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { eachBlock } from '../../src/model/walk.js'
import { readBook } from '../../src/read/index.js'
import { faultsOf } from './sound.js'

const corpus = new URL('../../../shared/corpus/war-and-peace', import.meta.url).pathname
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? []

it.skipIf(!existsSync(corpus))('is read to the last word, with nothing to say of it', async () => {
  const said: Diagnostic[] = []
  const { book } = (await readBook(corpus, (one) => said.push(one)))!
  lint(book, (one) => said.push(one))
  expect(said).toEqual([])
  expect(faultsOf(book)).toEqual([])
  expect(book.sections.filter((section) => section.role === 'chapter')).toHaveLength(364)

  const NOTE = /^\[\^[^\]]+\]: ([\s\S]*?)(?=\n\[\^|\n\n\S|\s*$(?![\s\S]))/gm
  const marks = /[*_\\]/g
  const manifest = readFileSync(join(corpus, 'book.yaml'), 'utf8')
  const files = [...manifest.matchAll(/^ {2}- (\S+\.md)$/gm)].map(([, file]) =>
    readFileSync(join(corpus, file!), 'utf8'),
  )
  const text = files.map((file) =>
    file
      .replace(/^---\n[\s\S]*?\n---\n/, '')
      .replace(NOTE, '')
      .replace(/\[\^[^\]]+\]/g, ''),
  )
  const notes = files.flatMap((file) => [...file.matchAll(NOTE)].map(([, words]) => words!))

  const read = { text: [] as string[], notes: [] as string[] }
  for (const section of book.sections) {
    if (section.generated) continue
    eachBlock(
      section.blocks,
      () => undefined,
      (prose) => read.text.push(prose.text),
    )
    for (const note of section.notes)
      eachBlock(
        note.blocks,
        () => undefined,
        (prose) => read.notes.push(prose.text),
      )
  }
  // Compared as one string each: a list of half a million words makes no message that anybody could read.
  expect(wordsOf(read.text.join('\n')).join(' ') === wordsOf(text.join('\n').replace(marks, '')).join(' ')).toBe(true)
  expect(wordsOf(read.notes.join('\n')).join(' ') === wordsOf(notes.join('\n').replace(marks, '')).join(' ')).toBe(true)
})
