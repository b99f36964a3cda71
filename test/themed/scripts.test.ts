// Scripts with faces of their own: in the pages, in the EPUB, and on the cover; code and Latin letters stay where they are.
import { expect, test } from 'vitest'
import { drawCover } from '../../src/cover/index.js'
import { loadTheme } from '../../src/theme/index.js'
import { folderOf, said, themed } from './helpers.js'

const TEXT = '# One\n\nText and λόγος, *stressed λόγος*, `λόγος`, е\u0301.\n'

test('letters of a script stand in its face in both outputs', async () => {
  const plain = await themed('', [TEXT])
  const own = await themed('scripts: { Grek: wide, Cyrl: wider }\n', [TEXT])
  const shownIn = ({ pages }: typeof own, text: string) => {
    const found = new Set<string>()
    for (const page of pages.pages)
      for (const item of page.items)
        if (item.kind === 'text') {
          const { name, codes } = pages.fonts[item.font]!
          if (Array.from(item.codes, (code) => codes[code]!.text).some((one) => one !== '' && text.includes(one)))
            found.add(name)
        }
    return [...found].sort()
  }
  expect(shownIn(plain, 'λγς')).toEqual(['EBGaramond-Italic', 'EBGaramond-Regular', 'SourceCodePro-Regular'])
  expect(shownIn(own, 'λγς')).toEqual(['DejaVuSerif-Italic', 'DejaVuSerif-Regular', 'SourceCodePro-Regular'])
  // an accent stays with its letter
  expect(shownIn(own, 'е')).toEqual(['DejaVuSans-Regular'])
  expect(shownIn(own, '\u0301')).toEqual(['DejaVuSans-Regular'])
  expect(said(own.css, 'html', 'font-family')).toBe('"EB Garamond", "DejaVu Serif", "DejaVu Sans", serif')
  expect(said(own.css, 'code', 'font-family')).not.toMatch(/^"DejaVu/)
  const files = ({ epub }: typeof own) =>
    [...epub.files.keys()].filter((path) => path.endsWith('.ttf')).map((path) => path.replace(/^.*\//, ''))
  expect(files(plain)).not.toContain('DejaVuSerif-Italic.ttf')
  expect(files(own)).toContain('DejaVuSerif-Italic.ttf')
  // what the text's own file has is not asked of the next
  const { shaperOf } = await import('../../src/fonts/shape.js')
  const bytes = [...own.epub.files].find(([path]) => path.endsWith('EBGaramond-Regular.ttf'))![1]
  expect(shaperOf(bytes).has('t'.charCodeAt(0))).toBe(true)
  expect(shaperOf(bytes).has('λ'.codePointAt(0)!)).toBe(false)
})

const LETTERS = '# Title ա\n\nText ա, *stressed ա*, **strong ա**, ***both ա***.\n'

/** The faces that show these letters on the pages. */
function facesWith({ pages }: Awaited<ReturnType<typeof themed>>, text: string): string[] {
  const found = new Set<string>()
  for (const { items } of pages.pages)
    for (const item of items) {
      if (item.kind !== 'text') continue
      const { name, codes } = pages.fonts[item.font]!
      if (Array.from(item.codes, (code) => codes[code]!.text).some((one) => one !== '' && text.includes(one)))
        found.add(name)
    }
  return [...found].sort()
}

test('a face that is fallen back to shows the cut that is wanted, in both outputs', async () => {
  const made = await themed('', [LETTERS])
  const cuts = ['Bold', 'BoldItalic', 'Italic', 'Regular'].map((cut) => `DejaVuSerif-${cut}`)
  expect(facesWith(made, 'ա')).toEqual(cuts)
  const files = [...made.epub.files.keys()].filter((path) => path.includes('DejaVuSerif'))
  expect(files.map((path) => path.replace(/^.*\/|\.ttf$/g, '')).sort()).toEqual(cuts)
})

test('a cut that it has not is shown by its nearest: the weight before the slope', async () => {
  const wide = 'faces: { wide: { files: { italic: none, boldItalic: none } } }\nfallback: [wide]\n'
  const made = await themed(wide, [LETTERS])
  expect(facesWith(made, 'ա')).toEqual(['DejaVuSerif-Bold', 'DejaVuSerif-Regular'])
  const files = [...made.epub.files.keys()].filter((path) => path.includes('DejaVuSerif'))
  expect(files.map((path) => path.replace(/^.*\/|\.ttf$/g, '')).sort()).toEqual([
    'DejaVuSerif-Bold',
    'DejaVuSerif-Regular',
  ])
})

test('nor does a reading system slant or smear a cut for one that a family has not', async () => {
  const lacks = 'faces: { text: { files: { boldItalic: none } } }\n'
  const { css, epub } = await themed(lacks, ['# Title\n\nText, *stressed*, **strong**, ***both***.\n'])
  const faces = [
    ...css.matchAll(
      /@font-face \{[^}]*"EB Garamond";\s*font-weight: (\d+);\s*font-style: (\w+);\s*src: url\(\.\.\/fonts\/([^)]*)\)/g,
    ),
  ]
  expect(faces.map(([, ...said]) => said.join(' ')).sort()).toEqual([
    '400 italic EBGaramond-Italic.ttf',
    '400 normal EBGaramond-Regular.ttf',
    '700 italic EBGaramond-Bold.ttf',
    '700 normal EBGaramond-Bold.ttf',
  ])
  expect([...epub.files.keys()].filter((path) => path.endsWith('.ttf'))).toHaveLength(3)
  // what is fallen back to stands in the cut of the letters around it
  const regular = 'faces: { text: { files: { italic: none, bold: none, boldItalic: none } } }\n'
  const made = await themed(regular, [LETTERS])
  expect(facesWith(made, 'ա')).toEqual(['DejaVuSerif-Regular'])
  const shown = [...made.css.matchAll(/@font-face \{[^}]*"DejaVu Serif";[^}]*url\(\.\.\/fonts\/([^)]*)\)/g)]
  expect(shown.map(([, file]) => file)).toEqual(Array(4).fill('DejaVuSerif-Regular.ttf'))
})

test('on the cover, too', async () => {
  const cover = async (look: string) => {
    const loaded = await loadTheme('look.yaml', folderOf({ 'look.yaml': `extends: house\n${look}` }), () => undefined)
    const metadata = { title: 'Λόγος', language: 'el', authors: [] } as never
    return JSON.stringify((await drawCover(metadata, loaded!.theme, loaded!.faces, 300, 480)).items)
  }
  expect(await cover('scripts: { Grek: wider }\n')).not.toBe(await cover(''))
})

test('a script that there is not, one of every text, and a face that there is not, are told', async () => {
  const told: string[] = []
  const look = 'extends: house\nscripts:\n  Grec: wide\n  Latn: wide\n  Grek: none-such\n  greek: wide\n'
  await loadTheme('look.yaml', folderOf({ 'look.yaml': look }), (d) => told.push(`${d.line} ${d.message}`))
  expect(told).toEqual(['6 `greek` cannot be a name'])
  told.length = 0
  await loadTheme('look.yaml', folderOf({ 'look.yaml': look.replace(/ {2}greek.*\n/, '') }), (d) =>
    told.push(`${d.line} ${d.message}`),
  )
  expect(told).toEqual([
    '3 `Grec` is no script that could have a face of its own',
    '4 `Latn` is no script that could have a face of its own',
    '5 `scripts.Grek` names no face: `none-such`',
  ])
})

test('a face is not asked for letters that another has', async () => {
  const told: string[] = []
  const look = `extends: house\nscripts: { Grek: wide }\nopening: { kind: none }\ndefaults: { style: { caps: upper } }\nfaces:\n  text:\n    family: League Gothic\n    files: { regular: '@expo-google-fonts/league-gothic/400Regular/LeagueGothic_400Regular.ttf', italic: none, bold: none }\n`
  const load = (text: string) =>
    loadTheme('look.yaml', folderOf({ 'look.yaml': text }), (d) => told.push(d.message), undefined, { language: 'el' })
  await load(look)
  expect(told.filter((one) => one.includes('lacks letters'))).toEqual([])
  await load(look.replace('scripts: { Grek: wide }\n', ''))
  expect(told.filter((one) => one.includes('lacks letters'))).toHaveLength(1)
})
