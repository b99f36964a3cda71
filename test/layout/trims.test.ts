// An edition's own trim takes what the theme says of that size, as a book's `size` does.
import { expect, it } from 'vitest'
import type { TextRun } from '../../src/layout/typeset.js'
import { SIZES } from '../../src/model/sizes.js'
import { forTrim, varied } from '../../src/theme/variants.js'
import { chapter, setBook } from './books.js'

const TEXT = `# One\n\n${'Nobody was there, and nobody had been. '.repeat(40)}\n`
const sizeOf = ({ typeset }: Awaited<ReturnType<typeof setBook>>) => {
  const sizes = new Map<number, number>()
  for (const page of typeset.pages)
    for (const item of page.items)
      if (item.kind === 'text') {
        const { size, codes } = item as TextRun
        sizes.set(size, (sizes.get(size) ?? 0) + codes.length)
      }
  return [...sizes].sort((a, b) => b[1] - a[1])[0]![0]
}

it('small pages of an edition have the type that the theme draws for them', async () => {
  const [a6, usual] = [await setBook(chapter(TEXT), SIZES.get('a6')), await setBook(chapter(TEXT), SIZES.get('6x9'))]
  expect(sizeOf(a6)).toBe(8.8)
  expect(a6.typeset.width).toBeCloseTo(SIZES.get('a6')!.width, 6)
  expect(sizeOf(usual)).toBe(11)
})

it('an edition on large pages has the usual type, though the book asked for small ones', async () => {
  const { theme } = await setBook(chapter(TEXT))
  const [a5, a6] = [SIZES.get('a5')!, SIZES.get('a6')!]
  const small = varied(theme, { size: a6 })
  expect(small.page.size).toBe(8.8)
  expect(forTrim(small, a5).page).toEqual(theme.page)
  // the same pages whether book or edition asks
  expect(forTrim(theme, a6).page).toEqual(small.page)
  expect(forTrim(forTrim(theme, a6), a6)).toEqual(forTrim(theme, a6))
  // margins alone need no other theme
  expect(forTrim(theme, SIZES.get('6x9'))).toBe(theme)
})
