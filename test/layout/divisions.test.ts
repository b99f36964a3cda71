// Divisions on the page: what the book says of its words, soft hyphens beside dashes, feet of pages.
import { expect, it } from 'vitest'
import type { Page, TextRun } from '../../src/layout/typeset.js'
import { chapter, manifest, SMALL, setBook } from './books.js'
import { textOf } from './dump.js'

const runs = (page: Page) => page.items.filter((item): item is TextRun => item.kind === 'text')

/** The text of every line, page by page. */
function linesOf(set: Awaited<ReturnType<typeof setBook>>): string[][] {
  return set.typeset.pages.map((page) => {
    const lines = new Map<number, string>()
    for (const run of runs(page))
      lines.set(run.y, (lines.get(run.y) ?? '') + textOf({ ...run, actual: undefined }, set.typeset))
    return [...lines.entries()].sort(([a], [b]) => a - b).map(([, text]) => text.trim())
  })
}

const heads = (lines: string[][]) => lines.flat().flatMap((line) => /(\p{L}+)-$/u.exec(line)?.[1] ?? [])

// three of four are so long that the lines want them divided
const WORDS = Array.from({ length: 300 }, (_, i) =>
  i % 4 === 3 ? 'of the a'.slice(0, 2 + (i % 3) * 3).trim() : 'circumnavigation',
).join(' ')

it('a word is divided where the book says, and nowhere else', async () => {
  const usual = heads(linesOf(await setBook(chapter(`# One\n\n${WORDS}\n`), SMALL)))
  expect(usual.length).toBeGreaterThan(0)
  expect(usual).not.toContain('circumn')
  const given = { 'book.yaml': manifest(['chapter.md'], 'generate: false\nhyphenation: [circumn-avigation]') }
  const own = heads(linesOf(await setBook(chapter(`# One\n\n${WORDS}\n`, given), SMALL)))
  expect(own.length).toBeGreaterThan(0)
  expect(new Set(own)).toEqual(new Set(['circumn']))
  const never = { 'book.yaml': manifest(['chapter.md'], 'generate: false\nhyphenation: { en: circumnavigation }') }
  expect(heads(linesOf(await setBook(chapter(`# One\n\n${WORDS}\n`, never), SMALL)))).toEqual([])
})

it('in the book’s own language the exceptions of another do not hold', async () => {
  const given = { 'book.yaml': manifest(['chapter.md'], 'generate: false\nhyphenation: { de: [circumn-avigation] }') }
  const own = heads(linesOf(await setBook(chapter(`# One\n\n${WORDS}\n`, given), SMALL)))
  expect(own.length).toBeGreaterThan(0)
  expect(own).not.toContain('circumn')
})

it('no hyphen is printed beside a dash, wherever soft hyphens stand', async () => {
  const word = (i: number) => `${'in'.repeat(i % 4)}circum\u00adnavigation\u00ad—\u00ad${'with'.repeat(1 + (i % 3))}out`
  const text = Array.from({ length: 120 }, (_, i) => word(i)).join(' ')
  const lines = linesOf(await setBook(chapter(`# One\n\n${text}\n`), SMALL)).flat()
  expect(lines.some((line) => line.endsWith('circum-'))).toBe(true)
  expect(lines.filter((line) => /—-|-—/.test(line.replaceAll('\u00ad', '')))).toEqual([])
  expect(lines.filter((line, i) => line.endsWith('-') && lines[i + 1]?.startsWith('—'))).toEqual([])
})

it('no page ends inside a word', async () => {
  const text = Array.from({ length: 6 }, (_, i) => `${WORDS} ${i} ${WORDS.slice(i)}`).join('\n\n')
  const pages = linesOf(await setBook(chapter(`# One\n\n${text}\n`), SMALL)).map((lines) =>
    lines.filter((line) => /\p{L}{2}/u.test(line)),
  )
  expect(pages.length).toBeGreaterThan(5)
  expect(heads(pages).length).toBeGreaterThan(20)
  expect(heads(pages.map((lines) => lines.slice(-1)))).toEqual([])
})

it('no line ends behind a bracket that opens within code', async () => {
  const text = Array.from(
    { length: 40 },
    (_, i) => `${'a '.repeat(i)}of \`Result<Vec<u32>,Error>\` and \`Foo<u16,u32>\` are.`,
  )
  const lines = linesOf(await setBook(chapter(`# One\n\n${text.join('\n\n')}\n`), SMALL)).flat()
  const parted = lines.filter((line, i) => /[\w:,<>]$/.test(line) && /^[<>\w,:]+[,>]/.test(lines[i + 1] ?? ''))
  expect(parted.length).toBeGreaterThan(5)
  expect(lines.filter((line) => /[<([{]$/.test(line))).toEqual([])
})
