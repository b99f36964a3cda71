// Margins by a canon; features of a face in both outputs.
import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { loadTheme } from '../../src/theme/index.js'
import { folderOf, pageWith, said, themed } from './helpers.js'

async function pageOf(look: string) {
  const told: Diagnostic[] = []
  const loaded = await loadTheme('look.yaml', folderOf({ 'look.yaml': `extends: house\n${look}` }), (d) => told.push(d))
  expect(told.map(({ message }) => message)).toEqual([])
  return loaded!.theme.page
}

test.each([
  ['van-de-graaf', [40, 60, 80, 42]],
  ['tschichold', [40, 60, 80, 42]],
  ['thirds', [60, 60, 60, 42]],
])('margins of %s on a page of two to three', async (margins, [inside, top, outside, lines]) => {
  const page = await pageOf(
    `page: { margins: ${margins}, width: 360, height: 540, leading: 8.5, size: 7, footDistance: 30 }\n`,
  )
  expect(page).toMatchObject({ inside, top, outside, lines })
})

test('parts of the width alone, and ninths each way, part on other pages; a number beside the canon holds', async () => {
  const square = (margins: string) =>
    pageOf(`page: { margins: ${margins}, width: 450, height: 450, outside: 70, footDistance: 20 }\n`)
  expect(await square('van-de-graaf')).toMatchObject({ inside: 50, top: 50, outside: 70, lines: 21 })
  expect(await square('tschichold')).toMatchObject({ inside: 50, top: 75, outside: 70, lines: 16 })
})

test('features of a face: other glyphs in print, said and kept in the EPUB', async () => {
  const plain = await themed('', ['# One\n\nQuite.'])
  const other = await themed('faces: { text: { features: [ss01, "-liga"] } }\n', ['# One\n\nQuite.'])
  expect(said(other.css, 'html', 'font-feature-settings')).toBe('"ss01" 1, "liga" 0')
  expect(said(plain.css, 'html', 'font-feature-settings')).toBeUndefined()
  expect(said(other.css, 'code, kbd', 'font-feature-settings') ?? 'normal').toBe('normal')
  await expect(themed('faces: { text: { features: [ss1] } }\n', ['# One'])).rejects.toThrow(
    'must be a tag of four letters',
  )
})

test('a feature changes what is set, and code keeps its own', async () => {
  const glyphs = async (features: string) => {
    const it = await themed(`faces: { text: { features: [${features}] } }\n`, ['# One\n\nAlas.\n\nOffice `affairs`.'])
    const { runs } = pageWith(it.pages, 'affairs')
    const of = (text: string) => {
      const run = runs.find((one) => one.text.includes(text))!
      return Array.from(run.codes, (code) => it.pages.fonts[run.font]!.codes[code]!.glyph)
    }
    return { text: of('Office'), code: of('affairs') }
  }
  const [usual, small] = [await glyphs('lnum'), await glyphs('smcp')]
  expect(small.text).not.toEqual(usual.text)
  expect(small.code).toEqual(usual.code)
})

const NOTED =
  '# One\n\nA text.[^1] And more.[^2]\n\n[^1]: The first note.\n[^2]: The second, which calls no page’s foot.\n'

test('notes at the end of their chapter: behind the text, with their numbers, tagged and linked as at the foot', async () => {
  const foot = await themed('', [NOTED])
  const end = await themed('notes: { place: chapter }\n', [NOTED])
  const y = (it: typeof foot) => {
    const { runs } = pageWith(it.pages, 'first note')
    const at = (text: string) => runs.find((one) => one.text.includes(text))!.y
    return { text: at('text'), first: at('first'), second: at('second') }
  }
  const [below, behind] = [y(foot), y(end)]
  expect(behind.first).toBeLessThan(below.first - 100)
  expect(behind.first - behind.text).toBeLessThan(5 * 14)
  expect(behind.second).toBeGreaterThan(behind.first)
  const count = (it: typeof foot, type: string) => it.pages.tags.filter((tag) => tag.type === type).length
  for (const type of ['Note', 'Lbl', 'Reference', 'Link']) expect(count(end, type), type).toBe(count(foot, type))
  const anchors = (it: typeof foot) => it.pages.pages.flatMap((page) => page.anchors.map(({ id }) => id)).sort()
  expect(anchors(end)).toEqual(anchors(foot))
  const links = (it: typeof foot) => it.pages.pages.flatMap((page) => page.links.map(({ href }) => href)).sort()
  expect(links(end)).toEqual(links(foot))
  // the EPUB has them at the chapter's end in any case
  expect(end.css).toBe(foot.css)
})
