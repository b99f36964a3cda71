// What a face cannot do is told, once, where the theme names it; and both outputs then show the same.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { loadTheme } from '../../src/theme/index.js'
import { folderOf } from './helpers.js'

const CODE = '@expo-google-fonts/source-code-pro/400Regular'

async function load(look: string, language = 'en') {
  const dir = folderOf({ 'look.yaml': `extends: house\n${look}` })
  const told: Diagnostic[] = []
  copyFileSync(
    `node_modules/@expo-google-fonts/league-gothic/400Regular/LeagueGothic_400Regular.ttf`,
    join(dir, 'own.ttf'),
  )
  const loaded = await loadTheme('look.yaml', dir, (d) => told.push(d), undefined, { language })
  return { theme: loaded?.theme, faces: loaded?.faces, told: told.map((d) => `${d.line} ${d.code} ${d.message}`) }
}

test('a face without small capitals: told where it is named, and plain letters in both outputs', async () => {
  const { theme, told } = await load(
    'faces:\n  text:\n    family: Own\n    files: { regular: own.ttf, italic: none, bold: none }\n',
  )
  expect(told).toEqual([
    expect.stringMatching(
      /^5 theme-face `faces\.text` has no small capitals, which `attribution`, .* and \d+ more ask for$/,
    ),
  ])
  expect(Object.values(theme!.styles).filter(({ face, caps }) => face === 'text' && caps === 'small')).toEqual([])
  expect(theme!.opening.kind).toBe('none')
})

test('a face without the letters of the book’s language', async () => {
  const look =
    'defaults: { style: { caps: upper } }\nopening: { kind: none }\nfaces:\n  text:\n    family: Own\n    files: { regular: own.ttf, italic: none, bold: none }\n'
  const lacks = (told: string[]) => told.filter((line) => line.includes('lacks letters'))
  expect(lacks((await load(look, 'en')).told)).toEqual([])
  expect(lacks((await load(look, 'pl-PL')).told)).toEqual([])
  expect(lacks((await load(look, 'el')).told)).toEqual([expect.stringMatching(/^7 theme-face .*: α β γ/)])
})

test('credits follow the files, or what the theme says itself', async () => {
  const files = `files: { regular: '${CODE}/SourceCodePro_400Regular.ttf', italic: none, bold: none }`
  const mono = (await load(`faces:\n  mono:\n    family: Other\n    ${files}\n`)).theme!.faces['mono']!
  expect(mono).toMatchObject({ designer: 'Paul D. Hunt, Teo Tuominen', licence: 'SIL Open Font License 1.1' })
  expect(mono.files).not.toHaveProperty('boldItalic')
  const said = (await load(`faces:\n  mono:\n    family: Other\n    designer: Somebody\n    ${files}\n`)).theme!.faces[
    'mono'
  ]!
  expect(said.designer).toBe('Somebody')
})

test('another cut of the same face takes the others from below', async () => {
  const { faces, told } = await load(
    "faces:\n  text:\n    files: { bold: '@expo-google-fonts/eb-garamond/800ExtraBold/EBGaramond_800ExtraBold.ttf' }\n",
  )
  expect(told).toEqual([])
  expect(faces!.filter(({ key }) => key.startsWith('text/'))).toHaveLength(4)
})

test('a new regular cut without a name is asked for one', async () => {
  expect((await load('faces:\n  text:\n    files: { regular: own.ttf }\n')).told).toContain(
    '3 theme-missing `faces.text.family` is missing',
  )
})

test('a style may be like another at a share of its size', async () => {
  const { theme } = await load('styles:\n  title: { size: 2 }\n')
  expect(theme!.styles.number.size).toBe(1.7)
  expect((await load('styles:\n  quote: { like: body, scale: big }\n')).told).toEqual([
    '3 theme-value `scale` must be a number from 0.1 to 10',
  ])
})
