// What a face cannot do is told, once, where the theme names it; and both outputs then show the same.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { shaperOf } from '../../src/fonts/shape.js'
import { loadTheme } from '../../src/theme/index.js'
import { folderOf, said, themed } from './helpers.js'

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

const OWN_FACE =
  "faces:\n  text:\n    family: Own\n    files: { regular: '@expo-google-fonts/atkinson-hyperlegible-next/500Medium/AtkinsonHyperlegibleNext_500Medium.ttf', italic: none, bold: none }\n"
const GOUDY = '@expo-google-fonts/sorts-mill-goudy'
/** Its roman has small capitals, its italic none. */
const HALF = `faces:\n  text:\n    family: Half\n    files: { regular: '${GOUDY}/400Regular/SortsMillGoudy_400Regular.ttf', italic: '${GOUDY}/400Regular_Italic/SortsMillGoudy_400Regular_Italic.ttf', bold: none }\n`
const asked = ({ told }: Awaited<ReturnType<typeof themed>>) => [
  ...new Set(
    told
      .filter(({ code, message }) => code === 'theme-face' && message.includes('small capitals'))
      .map((d) => `${d.path}:${d.line} ${d.message}`),
  ),
]

test('words marked as small capitals, in a face that has none, are plain in both outputs, and told where they stand', async () => {
  const made = await themed(OWN_FACE, [
    '# One\n\nIn the year 79 [ad]{.smallcaps}, or so.\n\nAnd [bc]{.smallcaps} again.\n',
  ])
  expect(asked(made)).toContain('c1.md:3 Own has no small capitals, and the text asks for them')
  expect(asked(made).filter((line) => line.includes('c1.md'))).toHaveLength(1)
  // what has none at all, says nothing of them
  expect(made.css).not.toContain('small-caps')
})

test('in a face that lacks them in one cut alone', async () => {
  const made = await themed(`${HALF}styles: { .loud: { caps: all-small } }\n`, [
    '# One\n\nIn the year 79 [ad]{.smallcaps}.\n\nIt was *79 [ad]{.smallcaps}*.\n\n[And *so* on]{.loud}.\n',
  ])
  expect(asked(made)).toEqual(['c1.md:5 Half has no small capitals in its italic, and the text asks for them'])
  expect(said(made.css, '.smallcaps', 'font-variant')).toBe('small-caps')
  // a reading system must not make its own of capitals: the pages have none
  expect(said(made.css, 'html', 'font-synthesis-small-caps')).toBe('none')
  // italic capitals where the whole style asks for them
  const heads = await themed(HALF, ['# One *Two*\n\nText.\n'])
  expect(asked(heads)).toEqual(['c1.md:1 Half has no small capitals in its italic, and the text asks for them'])
})

test('a face that has them is not told of, and leaves readers their own', async () => {
  const made = await themed('', ['# One *Two*\n\nIn the year 79 [ad]{.smallcaps}, *79 [ad]{.smallcaps}*.\n'])
  expect(asked(made)).toEqual([])
  expect(made.css).not.toContain('font-synthesis')
})

test('a style whose own cut lacks them is told at the line of that cut', async () => {
  const { theme, told } = await load(`${HALF}styles: { quote: { italic: true, caps: small } }\n`)
  expect(told).toEqual([
    '5 theme-face `faces.text` has no small capitals in its italic, which `quote`, `letter`, `aside` ask for',
  ])
  expect([theme!.styles.quote.caps, theme!.styles.title.caps]).toEqual(['none', 'small'])
})

test('a face for a script keeps the small capitals that are asked of it, as the pages have them', async () => {
  const DRAMA = '@expo-google-fonts/alegreya/400Regular/Alegreya_400Regular.ttf'
  const made = await themed(
    `faces:\n  greek:\n    family: Greek\n    generic: serif\n    files: { regular: '${DRAMA}', italic: none, bold: none }\nscripts: { Grek: greek }\n`,
    ['# One\n\nIt was λόγος, [λόγος]{.smallcaps}.\n'],
  )
  const greek = made.pages.fonts.find(({ family }) => family === 'Greek')!
  expect(new Set(greek.codes.flatMap(({ text, glyph }) => (text === 'λ' ? [glyph] : []))).size).toBe(2)
  const font = [...made.epub.files].find(([path]) => path.endsWith('Greek-Regular.ttf'))![1]
  const glyphs = (features: string[]) => shaperOf(font).shape('λ', features, 'el').ids.join()
  expect(glyphs(['smcp'])).not.toBe(glyphs([]))
})
