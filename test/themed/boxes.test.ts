// What stands around a block: a tint, rules, a frame, and their distance from the text, the same numbers on paper and in the EPUB.
import { beforeAll, describe, expect, test } from 'vitest'
import { pageWith, said, type Themed, themed } from './helpers.js'

const LOOK = `colours: { pale: { day: '#f2e9d8', night: '#33302a' }, rose: '#ffe0e0' }
styles:
  aside: { frame: none, ground: pale, rules: { start: { weight: 3 pt, colour: red } }, padding: { above: 0.5, below: 1, sides: 1.5 } }
  quote: { frame: { weight: 0.5 pt }, padding: { sides: 1 } }
  heading-2: { rules: { below: { weight: 1 pt, width: 0.25 } }, padding: { below: 0.5 } }
  code: { ground: rose, padding: { above: 0.5, below: 0.5 } }
`
const LONG = Array.from(
  { length: 90 },
  (_, i) => `> Line ${i} of a quotation that goes on over the end of its page.\n>`,
).join('\n')
const CHAPTER = `# One

A first paragraph.

## Below

::: aside
Set apart.
:::

\`\`\`
code
\`\`\`

${LONG}
`

describe('boxes', () => {
  let it: Themed
  beforeAll(async () => {
    it = await themed(LOOK, [CHAPTER])
  })
  const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(0.01)

  test('a tint with a rule beside it: padding in lines above and below, in em at the sides', () => {
    const { runs, rules } = pageWith(it.pages, 'Set apart')
    const text = runs.find((run) => run.text.startsWith('Set'))!
    const ground = rules.find((rule) => rule.colour === '#f2e9d8')!
    const side = rules.find((rule) => rule.colour === '#b3261e')!
    near(side.width, 3)
    near(side.x, ground.x)
    near(side.height, ground.height)
    // 1.5 em of eleven points, and the rule
    expect(Math.abs(text.x - ground.x - (1.5 * 11 + 3))).toBeLessThan(1.2) // its first letter hangs a little
    // a line of the aside, half a line above and a whole one below
    near(ground.height, (1 + 0.5 + 1) * 14)
    expect(said(it.css, 'aside.aside', 'padding')).toBe('0.636em 1.5em 1.273em')
    expect(said(it.css, 'aside.aside', 'border-left')).toBe('0.273em solid #b3261e')
  })

  test('paints behind the text, as an artifact', () => {
    const { page } = pageWith(it.pages, 'Set apart')
    const at = (colour: string) => page.items.findIndex((item) => item.kind === 'rule' && item.colour === colour)
    const words = page.items.findIndex(
      (item) => item.kind === 'text' && item.x > 60 && item.tag >= 0 && item.size === 11 * 0.9,
    )
    expect(at('#f2e9d8')).toBeLessThan(words)
    expect(page.items.filter((item) => item.kind === 'rule').every((item) => item.tag === -1)).toBe(true)
  })

  test('a tint is a layer that the night shines through, unless the theme names one', () => {
    expect(said(it.css, 'pre', 'background-color')).toBe('rgba(255, 1, 1, 0.122)')
    expect(it.night).toMatch(/aside\.aside \{\s+background-color: #33302a/)
    expect(it.night).not.toContain('pre {')
  })

  test('a rule narrower than its box stands where the text does', () => {
    const { rules, runs } = pageWith(it.pages, 'Below')
    const rule = rules.find((one) => one.height === 1)!
    const measure = it.pages.width - ((18 + 21) * 72) / 25.4
    near(rule.width, measure / 4)
    const heading = runs.find((run) => run.text.startsWith('B'))!
    expect(rule.y).toBeGreaterThan(heading.y)
    expect(said(it.css, '.heading-2:after', 'width')).toBe('25%')
    expect(said(it.css, '.heading-2:after', 'margin')).toMatch(/em auto 0 auto$/)
  })

  test('a frame over a page’s end is open there', () => {
    const frames = it.pages.pages.map((page) => {
      const rules = page.items.flatMap((item) => (item.kind === 'rule' && item.tag === -1 ? [item] : []))
      const across = rules.filter((rule) => rule.height === 0.5 && rule.width > 200).length
      const along = rules.filter((rule) => rule.width === 0.5 && rule.height > 20).length
      return { across, along }
    })
    const framed = frames.filter(({ along }) => along > 0)
    expect(framed.length).toBeGreaterThan(2)
    expect(framed.map(({ across }) => across)).toEqual([1, ...framed.slice(2).map(() => 0), 1])
    expect(framed.every(({ along }) => along === 2)).toBe(true)
  })
})

test('what cannot have a box is told, and so are colours that cannot be read on it', async () => {
  const { told } = await themed(
    "colours: { grey: '#5f5f5f', pale: { day: '#eeeeee', night: '#eeeeee' } }\nstyles:\n  aside: { ground: grey }\n  quote: { ground: pale }\n",
    ['# One\n\nText.'],
  )
  const lines = told.map((d) => `${d.line} ${d.code} ${d.message}`)
  expect(lines).toContain('4 theme-contrast `styles.aside` has a contrast of 3.2 to 1 on its ground')
  expect(lines).toContain('5 theme-contrast `styles.quote` has a contrast of 1.1 to 1 on its ground at night')
  await expect(themed('styles:\n  verse: { ground: red }\n', ['# One'])).rejects.toThrow(
    '`styles.verse` cannot have a `ground`',
  )
  await expect(themed('styles:\n  aside: { ground: pail }\n', ['# One'])).rejects.toThrow('names no colour')
})
