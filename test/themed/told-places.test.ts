// What would be printed over another thing, or could not be read, is told at its line: the folio's place, the letters of a drawn cover.
import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { loadTheme } from '../../src/theme/index.js'
import { COVER_LAYOUTS } from '../../src/theme/theme.js'
import { folderOf } from './helpers.js'

async function told(look: string): Promise<string[]> {
  const found: Diagnostic[] = []
  await loadTheme('look.yaml', folderOf({ 'look.yaml': `extends: house\n${look}` }), (d) => found.push(d), undefined, {
    language: 'en',
  })
  return found.map(({ line, code, message }) => `${line} ${code} ${message}`)
}

test.each([
  ['heads:\n  verso: { outer: "{title}" }\n', '3 theme-page `heads.verso.outer` stands where the folio does'],
  ['heads:\n  recto: { right: title }\n', '3 theme-page `heads.recto.right` stands where the folio does'],
  [
    'page: { folio: foot }\nfeet:\n  recto: { center: author }\n',
    '4 theme-page `feet.recto.center` stands where the folio',
  ],
])('what stands where the folio does: %j', async (look, message) => {
  expect(await told(look)).toEqual([expect.stringContaining(message)])
})

test('an opening that leaves the text no room', async () => {
  expect(await told('sections: { chapter: { sink: 30 } }\n')).toEqual([
    '2 theme-page `sections.chapter.sink` is 30 of 32 lines',
  ])
  expect(await told('sections: { chapter: { sink: 28 } }\n')).toEqual([])
  // What is inherited gives way.
  expect(await told('page: { lines: 6 }\n')).toEqual([])
})

test.each([
  'heads:\n  verso: { inner: "{title}" }\n',
  'heads:\n  verso: { outer: "{title}" }\nfeet:\n  verso: { outer: folio }\n',
  'heads:\n  verso: { outer: "{folio} {title}" }\n',
  'page: { folio: none }\nheads:\n  verso: { outer: "{title}" }\n',
  'page: { folio: foot }\nheads:\n  verso: { outer: "{title}" }\n',
])('and what does not: %j', async (look) => {
  expect(await told(look)).toEqual([])
})

test('letters of a drawn cover that can hardly be read, in each layout', async () => {
  for (const layout of COVER_LAYOUTS) {
    const same = `cover: { layout: ${layout}, ground: "#1f2d3a", ink: "#26323f", accent: "#22303d" }\n`
    const lines = await told(same)
    expect(lines.length, layout).toBeGreaterThan(0)
    for (const line of lines)
      expect(line).toMatch(/^2 theme-contrast letters in `cover\.\w+` have a contrast of 1\.\d to 1 on `cover\.\w+`$/)
    expect(
      await told(`cover: { layout: ${layout}, ground: "#ffffff", ink: "#111111", accent: "#8c1c1c" }\n`),
      layout,
    ).toEqual([])
  }
})
