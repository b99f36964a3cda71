import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { readBook } from '../../src/read/index.js'

const corpus = new URL('../../../shared/corpus/war-and-peace', import.meta.url).pathname

it.skipIf(!existsSync(corpus))(
  'reads War and Peace without a word to say (the corpus is no part of the repository)',
  async () => {
    const said: Diagnostic[] = []
    const manuscript = await readBook(corpus, (one) => said.push(one))
    expect(said).toEqual([])
    const { sections } = manuscript!.book
    expect(sections.filter((section) => section.role === 'chapter')).toHaveLength(364)
    expect(sections.reduce((sum, section) => sum + section.notes.length, 0)).toBe(137)
  },
)
