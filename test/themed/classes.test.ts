// Classes of the author's own: what the theme says of them holds on paper and in the EPUB; what it does not say is told.
import { beforeAll, describe, expect, test } from 'vitest'
import { check } from '../../src/build.js'
import { folderOf, pageWith, type Themed, textOf, themed } from './helpers.js'

const LOOK = `colours: { pale: '#eef3e6' }
styles:
  .recipe: { ground: pale, padding: { sides: 1 }, left: 1, size: 0.9, leading: 0.9, weight: 700 }
  .key: { size: 0.8, colour: red, italic: true }
  .loud: { size: 1.5, leading: 2, align: center, before: 2 }
  .warning: { left: 3, size: 0.5 }
  .shown: { like: epigraph }
`
const TEXT = `# One

Before it stands a [word]{.key} of its own.

::: recipe
## Bread

Take flour, and *much* water.

- salt
:::

A loud one. {.loud}

Another paragraph.

> [!WARNING]
> Mind the step.

Like a motto. {.shown}
`

describe('classes', () => {
  let it: Themed
  const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(0.02)
  const printed = (text: string) => {
    const run = pageWith(it.pages, text).runs.find((one) => one.text.includes(text.split(' ')[0]!))!
    return { ...run, font: it.pages.fonts[run.font]! }
  }
  const shown = (selector: string) => {
    const [element] = it.find(selector)
    expect(element, selector).toBeDefined()
    return it.styleOf(element!)
  }
  beforeAll(async () => {
    it = await themed(LOOK, [TEXT])
  })

  test('a stretch of text', () => {
    near(printed('word').size, 11 * 0.8)
    expect(printed('word').colour).toBe('#b3261e')
    expect(printed('word').font.italic).toBe(true)
    const style = shown('span.key')
    near(style.fontSize, 16 * 0.8)
    expect([style.italic, style.colour]).toEqual([true, '#b3261e'])
  })

  test.each([
    ['Take', 'div.recipe > p', 0.9],
    ['salt', 'div.recipe li', 0.9],
    ['loud', 'p.loud', 1.5],
    ['Mind', 'aside.warning > p + p', 0.5],
  ])('%s is as large in both', (text, selector, size) => {
    near(printed(text).size, 11 * size)
    near(shown(selector).fontSize, 16 * size)
  })

  test('what is in a block takes its letters, and what has its own keeps them', () => {
    expect(printed('salt').font.weight).toBe(700)
    expect(shown('div.recipe li').fontWeight).toBe(700)
    expect(printed('much').font.italic).toBe(true)
    near(shown('div.recipe > p').lineHeight / 16, (14 / 11) * 0.9)
  })

  test('its box and its insets', () => {
    const { rules } = pageWith(it.pages, 'salt')
    const ground = rules.find((rule) => rule.colour === '#eef3e6')!
    const left = (18 * 72) / 25.4
    near(ground.x - left, 11)
    const text = printed('Take')
    expect(Math.abs(text.x - left - 22)).toBeLessThan(1)
    near(shown('div.recipe').marginLeft / 16, 1)
    near(shown('div.recipe').paddingLeft / 16, 1)
  })

  test('may be like a style of ours', () => {
    expect(printed('Like').font.italic).toBe(true)
    const style = shown('p.shown')
    expect(style.italic).toBe(true)
    near(style.marginLeft / 16, 6)
  })

  test('no letter is lost', () => {
    expect(it.told.filter(({ severity }) => severity === 'error')).toEqual([])
    const all = it.pages.pages.flatMap(({ items }) =>
      items.flatMap((item) => (item.kind === 'text' ? textOf(it.pages, item) : '')),
    )
    expect(all.join('')).toContain('salt')
  })
})

async function toldOf(look: string, text: string): Promise<string[]> {
  const dir = folderOf({
    'book.yaml':
      'title: A\nlanguage: en\nauthors: [B]\nmodified: 2026-01-01T00:00:00Z\ntheme: look.yaml\nbody: [c.md]\n',
    'look.yaml': `extends: house\n${look}`,
    'c.md': `# One\n\n${text}\n`,
  })
  const { diagnostics } = await check({ book: dir })
  return diagnostics.map((d) => `${d.path}:${d.line} ${d.code} ${d.message}`)
}

test('a class that nobody styled is told, once, with the nearest that is', async () => {
  expect(await toldOf('styles: { .recipe: { size: 0.9 } }\n', 'A [word]{.receipe}. And a [word]{.receipe}.')).toEqual([
    'c.md:3 class-unstyled the theme has no style for the class `receipe`',
  ])
  expect(await toldOf('styles: { .recipe: { size: 0.9 } }\n', '::: recipe\nText.\n:::')).toEqual([])
  expect(await toldOf('', '::: recipe\nText.\n:::')).toEqual([
    'c.md:3 unknown-block `::: recipe` is no block that is known',
  ])
  expect(await toldOf('', '::: warning\nText.\n:::')).toEqual([])
})

test('what a class says, and nothing has that it is on, is told where it is first used', async () => {
  const look =
    'styles: { .key: { before: 1, frame: { weight: 1 }, italic: true }, .cut: { hyphenate: false }, .both: { left: 2 } }\n'
  expect(await toldOf(look, 'A [word]{.key}, another [word]{.key}.')).toEqual([
    'c.md:3 class-unstyled words have no `before`, `frame`, which the theme says of the class `key`',
  ])
  expect(await toldOf(look, '``` {.text .cut}\nA line\n```')).toEqual([
    'c.md:3 class-unstyled `code` has no `hyphenate`, which the theme says of the class `cut`',
  ])
  // where one of its places has it, it does something
  expect(await toldOf(look, 'A [word]{.both}.\n\n::: both\nA block.\n:::')).toEqual([])
})

test('faults in a class are told where it is written', async () => {
  expect(await toldOf('styles:\n  .a: { siz: 1 }\n', 'Text.')).toEqual([
    'look.yaml:3 theme-key unknown key `styles..a.siz`',
  ])
  expect(await toldOf('styles:\n  .a: { colour: rde }\n', 'Text.')).toEqual([
    'look.yaml:3 theme-name `styles..a.colour` names no colour: `rde`',
  ])
  expect(await toldOf('styles:\n  .aside: { size: 1 }\n', 'Text.')).toEqual([
    'look.yaml:3 theme-value `.aside` is no class of your own',
  ])
})
