// Listings on pages: what stands between blank lines is not parted behind its first line, or before its last.
import { expect, it } from 'vitest'
import type { TextRun } from '../../src/layout/typeset.js'
import { chapter, SMALL, setBook } from './books.js'
import { textOf } from './dump.js'

it('no line of what stands between blank lines is left alone at the head or the foot of a page', async () => {
  const parts = Array.from({ length: 30 }, (_, i) =>
    Array.from({ length: 4 + (i % 3) }, (_, k) => `${i}/${k}/${3 + (i % 3)}`).join('\n'),
  )
  const { typeset } = await setBook(chapter(`# One\n\n\`\`\`\n${parts.join('\n\n')}\n\`\`\`\n`), SMALL)
  const pages = typeset.pages.map((page) =>
    page.items
      .filter((item): item is TextRun => item.kind === 'text')
      .map((run) => /^(\d+)\/(\d+)\/(\d+)/.exec(textOf(run, typeset)))
      .filter((found) => found !== null),
  )
  expect(pages.filter((lines) => lines.length > 0).length).toBeGreaterThan(5)
  for (const lines of pages) {
    const [head, foot] = [lines[0], lines.at(-1)]
    if (head !== undefined) expect(head[2], `head ${head[0]}`).not.toBe(head[3])
    if (foot !== undefined) expect(foot[2], `foot ${foot[0]}`).not.toBe('0')
  }
})

it('a listing of two or three lines is on one page', async () => {
  const parts = Array.from(
    { length: 40 },
    (_, i) =>
      `Text ${'and more of it '.repeat(1 + (i % 5))}\n\n\`\`\`\n${i}/0/3\n${i}/1/3${i % 2 ? '' : `\n${i}/2/3`}\n\`\`\`\n`,
  )
  const { typeset } = await setBook(chapter(`# One\n\n${parts.join('\n')}`), SMALL)
  const found = new Map<string, Set<number>>()
  typeset.pages.forEach((page, at) => {
    for (const item of page.items) {
      const label = item.kind === 'text' ? /^(\d+)\/\d+\/3/.exec(textOf(item, typeset))?.[1] : undefined
      if (label !== undefined) found.set(label, (found.get(label) ?? new Set()).add(at))
    }
  })
  expect(found.size).toBe(40)
  expect([...found].filter(([, pages]) => pages.size > 1)).toEqual([])
})
