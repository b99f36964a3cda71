// Icons beside what stands apart: the same room and the same outline in both outputs, and not a word for whoever reads aloud.
import { expect, test } from 'vitest'
import { ICON_NAMES, outlineOf } from '../../src/theme/icons.js'
import { loadTheme } from '../../src/theme/index.js'
import { folderOf, pageWith, said, themed } from './helpers.js'

const TEXT =
  '# Advice\n\nBefore it.\n\n::: tip\nTipped.\n:::\n\n::: warning\nWarned.\n:::\n\n::: aside\nBare.\n:::\n\n::: note\nNoted.\n:::\n'
const LOOK = `colours: { blue: { day: '#0a4f93', night: '#7fb4ff' } }
styles: { aside: { padding: { sides: 1 }, ground: '#eeeeee', left: 0 }, .warning: { padding: { sides: 2 } } }
icons: { kinds: { tip: bulb, warning: 'M 0 0 L 24 0 24 24 Z', note: pencil }, size: 1.5, column: 2.5, colour: blue }
`

test('each has its column and its outline, in the theme’s colour, on paper', async () => {
  const { pages } = await themed(LOOK, [TEXT])
  const { page, runs } = pageWith(pages, 'Tipped')
  const x = (text: string) => runs.find((run) => run.text.includes(text))!.x
  const left = x('Before')
  const em = 11
  // letters hang a little out of their column
  expect(x('Tip') - left).toBeCloseTo(3.5 * em, 0)
  expect(x('Warning') - left).toBeCloseTo(4.5 * em, 0)
  expect(x('Bare') - left).toBeCloseTo(em, 0)
  expect(x('Noted') - left).toBeCloseTo(2.5 * em, 0)
  const paths = page.items.flatMap((item) => (item.kind === 'path' ? [item] : []))
  expect(paths.map(({ tag, colour }) => [tag, colour])).toEqual(Array(3).fill([-1, '#0a4f93']))
  const [x0, y0, x1] = paths[1]!.d.filter((one) => typeof one === 'number') as number[]
  expect(x0! - left).toBeCloseTo(2 * em, 0)
  expect(x1! - x0!).toBeCloseTo(1.5 * em, 1)
  // its middle is that of the letters beside it
  const { y, size } = runs.find((run) => run.text.includes('Warning'))!
  expect(y0! + 0.75 * em).toBeCloseTo(y - 0.33 * size, 1)
})

test('the same in the EPUB, by day and by night, and silent', async () => {
  const { find, css, night, epub, styleOf } = await themed(LOOK, [TEXT])
  const icons = find('aside.iconed > p > svg.icon, div.iconed > p > svg.icon')
  expect(icons.map(({ attribs }) => attribs['aria-hidden'])).toEqual(['true', 'true', 'true'])
  expect(find('aside').map(({ attribs }) => attribs['class']?.includes('iconed'))).toEqual([true, true, false])
  const [tip, warning] = find('aside.iconed').map((one) => styleOf(one).paddingLeft / 16)
  expect([tip, warning]).toEqual([expect.closeTo(3.5, 2), expect.closeTo(4.5, 2)])
  expect(said(css, 'aside.aside.tip.iconed svg.icon', 'width')).toBe(`${(1.5 / 0.9).toFixed(3).replace(/0+$/, '')}em`)
  expect(css).toMatch(/svg\.icon \{[^}]*fill: currentColor;[^}]*color: #0a4f93/)
  expect(night).toMatch(/svg\.icon \{\s+color: #7fb4ff/)
  const opf = new TextDecoder().decode([...epub.files].find(([path]) => path.endsWith('package.opf'))![1])
  expect(opf).toMatch(/href="text\/c1\.xhtml"[^>]*properties="svg"/)
})

test('a theme without icons leaves no trace of them', async () => {
  const { css, find } = await themed('', [TEXT])
  expect([css.includes('icon'), find('svg').length]).toEqual([false, 0])
})

test('every outline that has a name is one; what is none is told', async () => {
  for (const name of ICON_NAMES) {
    const d = outlineOf(name)!
    const numbers = d.filter((one) => typeof one === 'number') as number[]
    expect(
      numbers.every((one) => one >= 0 && one <= 24),
      name,
    ).toBe(true)
  }
  for (const wrong of ['bolb', 'M 0 0 L 1', 'M 0 0 A 1 1 0 0 0 1 1', 'M', 'L 0 0', `M 0 0 ${'L 1 1'.repeat(2000)}`])
    expect(outlineOf(wrong), wrong).toBeUndefined()
  const told: string[] = []
  const dir = folderOf({
    'look.yaml': "extends: house\nicons:\n  kinds: { tip: bolb, warning: 'M 1 2 L 3' }\n  colour: bleu\n  size: 3\n",
  })
  await loadTheme('look.yaml', dir, (d) => told.push(`${d.line} ${d.code} ${d.message} ${d.hint}`))
  expect(told).toEqual([
    expect.stringMatching('^3 theme-value `icons.kinds.tip` is no icon: `bolb` did you mean `bulb`'),
    expect.stringMatching('^3 theme-value `icons.kinds.warning` is no icon: `M 1 2 L 3` names: info'),
    expect.stringMatching('^4 theme-name `icons.colour` names no colour: `bleu`'),
    expect.stringMatching('^2 theme-both icons are wider than their column'),
  ])
})
