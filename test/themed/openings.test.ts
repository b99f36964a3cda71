// How sections open: number and title are two things with two styles, above, beside or in one line; large letters fitted to the text.
import { expect, test } from 'vitest'
import { pageWith, said, type Themed, themed } from './helpers.js'

const LONG = 'and the night went on around them as nights do, without any haste, until the windows grew pale. '.repeat(
  5,
)
const NUMBERED = 'numbering: { chapters: true, parts: true, sections: false }\n'
const STYLES = `styles:
  number: { size: 2, leading: 3, after: 1, colour: red, caps: none }
  title: { size: 1.5, leading: 2, before: 1, align: left, caps: none }
`
const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(0.02)

async function opened(
  numbering: string,
): Promise<Themed & { number: ReturnType<typeof run>; title: ReturnType<typeof run> }> {
  const it = await themed(
    `numbering: { chapters: roman, named: false, ${numbering} }\n${STYLES}`,
    [`# Rain\n\n${LONG}`],
    NUMBERED,
  )
  return { ...it, number: run(it, /^I\s*$/), title: run(it, /Rain/) }
}

function run(it: Themed, text: RegExp) {
  const { runs } = pageWith(it.pages, 'haste')
  return runs.find((one) => text.test(one.text) && one.tag >= 0)!
}

test('a number above its title has its own style and space, and is part of the heading', async () => {
  const it = await opened('place: above')
  near(it.number.size, 22)
  near(it.title.size, 16.5)
  expect([it.number.colour, it.title.colour]).toEqual(['#b3261e', '#000000'])
  // the rest of three lines, a line between, two lines: baselines stand at 0.74 of a line's depth
  near((it.title.y - it.number.y) / 14, 3 * 0.26 + 1 + 2 * 0.74)
  expect(it.pages.tags[it.number.tag]!.type).toMatch(/^H/)
  expect(it.number.tag).toBe(it.title.tag)
  const [heading] = it.find('h1.title')
  const [span] = it.find('h1.title > .number')
  near(it.styleOf(span!).fontSize, 32)
  near(it.styleOf(heading!).fontSize, 24)
  expect(it.styleOf(span!).colour).toBe('#b3261e')
  near(it.styleOf(span!).marginBottom / 16, 14 / 11)
  near(it.styleOf(span!).lineHeight / 16, (3 * 14) / 11)
  expect(said(it.css, '.number', 'display')).toBe('block')
  expect(said(it.css, '.number + br', 'display')).toBe('none')
})

test('beside its title it stands on the same baseline, in a column of its own', async () => {
  const it = await opened('place: beside, column: 4')
  near(it.number.y, it.title.y)
  expect(Math.abs(it.title.x - it.number.x - 44)).toBeLessThan(1)
  near(it.styleOf(it.find('h1.beside')[0]!).paddingLeft / 16, 4)
  expect(said(it.css, '.number', 'float')).toBe('left')
})

test('in the line of its title it keeps its letters', async () => {
  const it = await opened("place: line, joint: ' · '")
  near(it.number.y, it.title.y)
  near(it.number.size, 22)
  near(it.title.size, 16.5)
  near(it.styleOf(it.find('h1 > .number')[0]!).fontSize, 32)
  expect(said(it.css, '.number', 'display')).toBeUndefined()
})

test('an ornament between number and title, and no letter for those who hear', async () => {
  const it = await opened("ornament: '❦'")
  const { runs } = pageWith(it.pages, 'haste')
  const ornament = runs.find((one) => one.text === '❦')!
  expect(ornament.tag).toBe(-1)
  expect(ornament.y).toBeGreaterThan(it.number.y)
  expect(ornament.y).toBeLessThan(it.title.y)
  expect(said(it.css, '.number:after', 'content')).toBe('"❦"')
})

test('a drop capital of its own colour, lines that follow its shape, and a lead-in behind it', async () => {
  const set = (fit: boolean) =>
    themed(`opening: { kind: drop-cap, lines: 3, words: 2, lead: true, colour: red, fit: ${fit} }\n`, [
      `# Rain\n\nAlas, ${LONG}`,
    ])
  const lefts = async (fit: boolean) => {
    const { runs } = pageWith((await set(fit)).pages, 'haste')
    const letter = runs.find((one) => one.text === 'A' && one.size > 30)!
    expect(letter.colour).toBe('#b3261e')
    const ys = [
      ...new Set(runs.filter((one) => one.y > letter.y - 40 && one.size === 11 && one.tag >= 0).map((one) => one.y)),
    ]
    return ys
      .slice(0, 4)
      .map((y) => Math.min(...runs.filter((one) => one.y === y && one.size === 11).map((one) => one.x)))
  }
  const [boxed, fitted] = [await lefts(false), await lefts(true)]
  expect(Math.max(...boxed.slice(0, 3)) - Math.min(...boxed.slice(0, 3))).toBeLessThan(1)
  // an A is narrow at its head and wide at its foot
  expect(fitted[0]!).toBeLessThan(boxed[0]! - 3)
  expect(fitted[2]!).toBeGreaterThan(fitted[0]! + 3)
  const it = await set(true)
  // and lighter at night
  expect(it.css).toMatch(/p\.drop-cap:first-letter \{[^}]*color: #b3261e/)
  expect(it.find('p.drop-cap .lead-in')).toHaveLength(1)
})

test('words that the author wrote in capitals stay none behind a large letter', async () => {
  const it = await themed('opening: { kind: drop-cap, lines: 2, lead: true }\n', [`# Rain\n\nTHE WALLS ${LONG}`])
  const { runs } = pageWith(it.pages, 'haste')
  const lead = runs.find((one) => one.text.startsWith('HE'))!
  const features = it.pages.fonts[lead.font]!.codes[lead.codes[0]!]!
  const capital = it.pages.fonts[lead.font]!.codes.find((code) => code.text === 'H' && code.glyph !== features.glyph)
  expect(features.text).toBe('H')
  expect(capital === undefined || capital.advance > features.advance).toBe(true)
})

test('a raised letter; and a section that opens in its own manner', async () => {
  const chapter = await themed('sections:\n  chapter: { opening: { kind: raised, size: 2.5 } }\n', [
    `# Rain\n\nAlas, ${LONG}`,
  ])
  const letter = pageWith(chapter.pages, 'haste').runs.find((one) => one.text.startsWith('A') && one.size > 20)!
  near(letter.size, 27.5)
  expect(said(chapter.css, 'body.chapter p.raised:first-letter', 'font-size')).toBe('2.5em')
  const foreword = await themed('sections:\n  afterword: { opening: { kind: lead-in, words: 3 } }\n', [
    `# One\n\nOnce upon a time ${LONG}`,
    `---\nrole: afterword\n---\n# Rain\n\nOnce upon a time ${LONG}`,
  ])
  expect(foreword.find('p.opening').length).toBe(2)
  expect(foreword.find('.lead-in').length).toBe(2)
})
