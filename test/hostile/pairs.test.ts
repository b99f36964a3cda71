// A face whose pairs pull letters off the page: no proof can try all pairs of letters, so that the page holds to what it is told.
import { expect, test, vi } from 'vitest'
import { chapter, setBook } from '../layout/books.js'

vi.mock('../../src/fonts/shape.js', async (original) => {
  const shape = await original<typeof import('../../src/fonts/shape.js')>()
  const shaperOf: typeof shape.shaperOf = (bytes) => {
    const shaper = shape.shaperOf(bytes)
    return {
      ...shaper,
      shape: (text, features, language) => {
        const glyphs = shaper.shape(text, features, language)
        if (text.includes('kw')) {
          glyphs.advances[0] = -32_000
          glyphs.dx[1] = -32_000
          glyphs.dy[1] = 32_000
        }
        return glyphs
      },
    }
  }
  return { ...shape, shaperOf }
})

test('letters that a face pulls far away stay on the page', async () => {
  const { typeset } = await setBook(
    chapter(`# One\n\n${'The tide took the boat away. kwords stand here. '.repeat(30)}\n`),
  )
  const { width, height } = typeset
  const texts = typeset.pages.flatMap((page) => page.items).filter((item) => item.kind === 'text')
  expect(texts.length).toBeGreaterThan(10)
  let rises = 0
  for (const { x, y, size, rises: own } of texts) {
    expect(x).toBeGreaterThan(0)
    expect(x).toBeLessThan(width)
    for (const rise of own ?? []) {
      rises++
      expect(Math.abs((rise / 1000) * size)).toBeLessThan(y)
    }
    expect(y).toBeLessThan(height)
  }
  expect(rises).toBeGreaterThan(0)
})
