// Cuts of a family that are drawn for a size: the styles of that size stand in them in both outputs, and the cover, under the family's name.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadTheme } from '../../src/theme/index.js'
import { folderOf, said, themed } from './helpers.js'

const FILE = (name: string, cut: string, file = name.replace(/(?:^|-)[a-z]/g, (a) => a.slice(-1).toUpperCase())) =>
  `'@expo-google-fonts/${name}/${cut}/${file}_${cut}.ttf'`
const LOOK = `opening: { kind: drop-cap, lines: 3 }
faces:
  text:
    family: Spectral
    files: { regular: ${FILE('spectral', '400Regular')}, italic: ${FILE('spectral', '400Regular_Italic')}, bold: ${FILE('spectral', '700Bold')} }
    optical:
      - { from: 14 pt, files: { regular: ${FILE('cormorant-garamond', '400Regular')} } }
      - { from: 30 pt, files: { regular: ${FILE('alegreya', '400Regular')} } }
styles:
  title: { size: 1.5 }
  book-title: { size: 3, leading: 3 }
`
const TEXT = `# Large\n\n${'Some words of the text that are many. '.repeat(12)}\n`

test('styles of the size stand in the cut in both outputs', async () => {
  const { pages, css, epub, told } = await themed(LOOK, [TEXT])
  expect(told).toEqual([])
  const fonts = (size: number) =>
    new Set(
      pages.pages.flatMap(({ items }) =>
        items.flatMap((item) =>
          item.kind === 'text' && Math.abs(item.size - size) < 0.01 ? [pages.fonts[item.font]!.name] : [],
        ),
      ),
    )
  expect([...fonts(16.5)]).toEqual(['Spectral14pt-Regular'])
  expect([...fonts(33)]).toEqual(['Spectral30pt-Regular'])
  expect(fonts(11)).toContain('Spectral-Regular')
  expect(fonts(11)).not.toContain('Spectral14pt-Regular')
  const cut = pages.fonts.find(({ name }) => name === 'Spectral14pt-Regular')!
  const file = 'node_modules/@expo-google-fonts/cormorant-garamond/400Regular/CormorantGaramond_400Regular.ttf'
  expect(Buffer.compare(cut.bytes, readFileSync(file))).toBe(0)
  expect(said(css, 'html', 'font-family')).toMatch(/^"Spectral"/)
  expect(said(css, '.title', 'font-family')).toMatch(/^"Spectral 14 pt"/)
  expect(said(css, '.book-title', 'font-family')).toMatch(/^"Spectral 30 pt"/)
  // the letter that is three lines high, too
  expect(said(css, 'p.drop-cap:first-letter', 'font-family')).toMatch(/^"Spectral 30 pt"/)
  const text = [...epub.files]
    .map(([path, bytes]) => (path.endsWith('.xhtml') ? new TextDecoder().decode(bytes) : ''))
    .join('')
  expect(text).toContain('Set in Spectral')
  expect(text).not.toMatch(/Spectral (?:14|30) pt/)
})

test('the cover has the largest; files that are not there are told at their line', async () => {
  const load = async (look: string) => {
    const told: string[] = []
    const theme = await loadTheme('look.yaml', folderOf({ 'look.yaml': `extends: house\n${look}` }), (d) =>
      told.push(`${d.line} ${d.message}`),
    )
    return { theme: theme?.theme, told }
  }
  const { theme } = await load(LOOK)
  expect(theme!.faces[theme!.cover.face]!.family).toBe('Spectral 30 pt')
  expect(theme!.faces[theme!.cover.face]!.files.italic).toContain('spectral')
  expect((await load(LOOK.replace('cormorant-garamond/', 'cormorant/'))).told).toEqual([
    expect.stringMatching(/^8 font file `@expo-google-fonts\/cormorant\/.*` is not there/),
  ])
  const mono = `faces: { mono: { optical: [{ from: 9 pt, files: { regular: ${FILE('spectral', '400Regular')} } }] } }\n`
  expect((await load(mono)).told).toEqual(['2 `faces.mono.optical` says nothing: code is not set in cuts by size'])
})
