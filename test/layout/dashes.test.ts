// Dashes between spaces on the page: by the language's custom, alike on both sides, and never at the head of a line.
import { expect, it } from 'vitest'
import type { TextRun } from '../../src/layout/typeset.js'
import { chapter, manifest, SMALL, setBook } from './books.js'
import { textOf } from './dump.js'

const set = (text: string, language = 'en') =>
  setBook(
    {
      ...chapter(`# One\n\n${text}\n`),
      'book.yaml': manifest(['chapter.md']).replace('language: en', `language: ${language}`),
    },
    SMALL,
  )

/** What stands between the ink before the dash and the dash, and between it and the ink behind it. */
async function spaces(dash: string, language: string): Promise<[number, number]> {
  const { typeset } = await set(`Anna *xx* ${dash} *xx* and no more of it`, language)
  const runs = typeset.pages.flatMap((page) => page.items).filter((item): item is TextRun => item.kind === 'text')
  const [first, second] = runs.filter((run) => textOf(run, typeset).trim() === 'xx')
  const between = runs.find((run) => textOf(run, typeset).includes(dash))!
  const widthOf = (run: TextRun, count: number) =>
    Array.from(run.codes.subarray(0, count)).reduce(
      (sum, code, i) =>
        sum + ((typeset.fonts[run.font]!.codes[code]!.advance + (run.shifts?.[i] ?? 0)) / 1000) * run.size,
      0,
    )
  // a space belongs to the run of the word before it
  const [word, mark] = [
    first!.x + widthOf({ ...first!, shifts: undefined }, 2),
    between.x + widthOf({ ...between, shifts: undefined }, 1),
  ]
  return [between.x - word, second!.x - mark]
}

it('has thin spaces on both sides in English, if it is a long one, and full ones in German', async () => {
  const full = await spaces('—', 'de')
  const thin = await spaces('—', 'en')
  expect(thin[0] / full[0]).toBeCloseTo(0.55, 1)
  expect(thin[1] / full[1]).toBeCloseTo(0.55, 1)
  const short = await spaces('–', 'en')
  expect(short[0]).toBeCloseTo(full[0], 1)
  expect(short[1]).toBeCloseTo(full[1], 1)
})

it('stands at the head of no line', async () => {
  for (const dash of ['—', '–', '---'])
    for (const language of ['en', 'de', 'fr']) {
      const text = Array.from({ length: 300 }, (_, i) => 'und'.repeat(1 + (i % 3))).join(` ${dash} `)
      const { typeset } = await set(text, language)
      const heads = new Map<string, TextRun>()
      typeset.pages.forEach((page, at) => {
        for (const item of page.items)
          if (item.kind === 'text' && !heads.has(`${at} ${item.y}`)) heads.set(`${at} ${item.y}`, item)
      })
      const texts = [...heads.values()].map((run) => textOf(run, typeset))
      expect(texts.length).toBeGreaterThan(20)
      expect(texts.filter((one) => /^\s*[–—]/.test(one))).toEqual([])
      expect(texts.some((one) => /[–—]\s*$/.test(one))).toBe(true)
    }
})
