// The inks that a theme names for its colours: with the pages, by the colour as it is on screens; and what cannot be is told.
import { expect, test } from 'vitest'
import { loadTheme } from '../../src/theme/index.js'
import { folderOf, themed } from './helpers.js'

const RED = "red: { day: '#B3261E', cmyk: [0, 95, 85, 15], spot: PANTONE 1797 C }"

test('a colour brings its inks to the pages, by what it is there', async () => {
  const { pages } = await themed(`colours: { ${RED} }\nstyles: { title: { colour: red } }\n`, ['# Red\n\nText.\n'])
  expect([...pages.press!]).toEqual([['#b3261e', { cmyk: [0, 95, 85, 15], spot: 'PANTONE 1797 C' }]])
  const colours = new Set(pages.pages.flatMap(({ items }) => items.flatMap((i) => ('colour' in i ? [i.colour] : []))))
  expect(colours.has('#b3261e')).toBe(true)
})

test('in one ink the cover still has them', async () => {
  const dir = folderOf({ 'look.yaml': `extends: house\ncolours: { ${RED} }\n` })
  const look = await loadTheme('look.yaml', dir, () => undefined, undefined, { ink: 'mono' })
  expect(look!.theme.press?.get('#b3261e')?.spot).toBe('PANTONE 1797 C')
})

test('a spot without its four inks, three inks, and two makes of one colour are told', async () => {
  const told = async (colours: string) => {
    const said: string[] = []
    const dir = folderOf({ 'look.yaml': `extends: house\ncolours:\n  ${colours}\n` })
    await loadTheme('look.yaml', dir, (d) => said.push(`${d.line} ${d.code} ${d.message}`))
    return said
  }
  expect(await told("red: { day: '#b3261e', spot: Red }")).toEqual([
    '3 theme-value `colours.red.spot` has no `cmyk` beside it',
  ])
  expect(await told("red: { day: '#b3261e', cmyk: [0, 95, 85] }")).toEqual([
    '3 theme-value `colours.red.cmyk` must be a list of 4, not of 3',
  ])
  expect(await told(`${RED}\n  wine: { day: '#b3261e', cmyk: [0, 95, 85, 25] }`)).toEqual([
    '4 theme-value `colours.wine` and `colours.red` are one colour on screens, and not in print',
  ])
})
