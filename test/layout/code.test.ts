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
