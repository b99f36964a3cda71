// Every manner of the drawn cover holds for any words on any page: nothing leaves the page, and no line runs into another.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Drawing, drawCover } from '../src/cover/index.js'
import type { Metadata } from '../src/model/book.js'
import { loadTheme } from '../src/theme/index.js'
import { COVER_LAYOUTS, type CoverLayout, type Face, type Theme } from '../src/theme/theme.js'

let theme: Theme
let faces: Face[]
beforeAll(async () => {
  ;({ theme, faces } = (await loadTheme('house', { dir: undefined, over: new Map() }, (d) => {
    throw new Error(d.message)
  }))!)
})

function metadata(title: string, authors: readonly string[], subtitle?: string, publisher?: string): Metadata {
  return {
    ...{ title, subtitle, publisher, language: 'en', contributors: [], subjects: [], slug: 'x' },
    ...{ modified: '2000-01-01T00:00:00Z', identifier: 'urn:x', identifierGiven: true },
    authors: authors.map((name) => ({ name, sort: name, role: 'aut' })),
  }
}

const dressed = (layout: CoverLayout): Theme => ({ ...theme, cover: { ...theme.cover, layout } })

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** Of every line of lettering. */
function linesOf(drawing: Drawing, layout: CoverLayout): Box[] {
  const paths = drawing.items.flatMap((item) => (item.kind === 'path' && item.d.length > 0 ? [item.d] : []))
  // The disc is no lettering.
  return paths.slice(layout === 'disc' ? 1 : 0).map((d) => {
    const numbers = d.filter((part) => typeof part === 'number')
    const xs = numbers.filter((_, i) => i % 2 === 0)
    const ys = numbers.filter((_, i) => i % 2 === 1)
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
  })
}

/** By how much of the lower one's height two lines share a place. */
function overlap(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return across <= 0 || down <= 0 ? 0 : down / Math.min(a.bottom - a.top, b.bottom - b.top)
}

describe.each(COVER_LAYOUTS)('%s', (layout) => {
  test('holds for any words on any page', async () => {
    const words = fc
      .array(fc.constantFrom('of', 'the', 'Repression', 'War', 'наказание', '—', 'Xylograph', '1936,', 'gypsum'), {
        minLength: 1,
        maxLength: 24,
      })
      .map((all) => all.join(' '))
    const maybe = fc.option(words, { nil: undefined })
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.array(words, { maxLength: 4 }),
        maybe,
        maybe,
        fc.integer({ min: 100, max: 170 }),
        async (title, authors, subtitle, publisher, percent) => {
          const height = 4 * percent
          const drawing = await drawCover(
            metadata(title, authors, subtitle, publisher),
            dressed(layout),
            faces,
            400,
            height,
          )
          const lines = linesOf(drawing, layout)
          for (const line of lines) {
            expect(line.left).toBeGreaterThan(10)
            expect(line.right).toBeLessThan(390)
            expect(line.top).toBeGreaterThan(0)
            expect(line.bottom).toBeLessThan(height)
          }
          lines.forEach((line, i) => {
            for (const other of lines.slice(i + 1)) expect(overlap(line, other)).toBeLessThan(0.45)
          })
        },
      ),
      { numRuns: 25, seed: 1936 },
    )
  })

  test('shows all that there is to say, in the colours of the theme', async () => {
    const drawing = await drawCover(
      metadata('Whither?', ['A. B.'], 'A Question', 'E & F'),
      dressed(layout),
      faces,
      400,
      640,
    )
    expect(linesOf(drawing, layout).length).toBeGreaterThanOrEqual(4)
    const { ground, ink, accent } = theme.cover
    const shown = new Set(drawing.items.map((item) => item.colour))
    expect([...shown].filter((colour) => ![ground, ink, accent].includes(colour))).toEqual([])
    expect([ground, accent]).toContain(drawing.paper)
    expect(drawing.items[0]).toMatchObject({ kind: 'rule', x: 0, y: 0, width: 400, height: 640 })
  })
})
