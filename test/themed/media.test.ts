// What a theme says of one medium alone holds there and nowhere else; and what cannot be otherwise in one is told.
import { expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { openEpub } from '../finished/epub.js'
import { isPiece, openPdf, type Tagged } from '../finished/pdf.js'
import { folderOf } from './helpers.js'

const MANIFEST =
  'title: A Book\nlanguage: en\nauthors: [A. Maker]\nmodified: 2026-01-01T00:00:00Z\ntheme: look.yaml\nbody: [one.md]\neditions: {epub: , pdf: , print: , booklet: }\n'
const TEXT = `# One\n\n${'The quick brown fox jumps over the lazy dog. '.repeat(40)}\n`

async function made(look: string, files: Record<string, string> = {}) {
  const book = folderOf({ 'book.yaml': MANIFEST, 'one.md': TEXT, 'look.yaml': look, ...files })
  const { files: built, diagnostics } = await build({ book, out: false })
  const bytes = (edition: string) => built.find((one) => one.edition === edition)?.bytes
  return { bytes, told: diagnostics.map((d) => `${d.path}:${d.line} ${d.code} ${d.message}`) }
}

/** Of the letters of the text: most are of one size. */
const sizeIn = async (bytes: Uint8Array) => {
  const count = new Map<number, number>()
  const walk = (children: Tagged['children']): void => {
    for (const child of children) {
      if (!isPiece(child)) walk(child.children)
      else count.set(child.size, (count.get(child.size) ?? 0) + child.text.length)
    }
  }
  // what is for printers is not tagged
  const { root, artifacts } = await openPdf(bytes)
  walk([...root.children, ...artifacts])
  return [...count].sort(([, a], [, b]) => b - a)[0]![0]
}

test('each medium has its own, and what it says nothing of from the theme', async () => {
  const { bytes, told } = await made(`extends: house
page: { size: 11 pt }
styles: { title: { italic: true, caps: none } }
print: { page: { size: 10 pt } }
screen: { page: { size: 12 pt, leading: 15 pt, lines: 28 } }
epub: { styles: { title: { italic: false } } }
`)
  expect(told).toEqual([])
  expect(await sizeIn(bytes('print')!)).toBeCloseTo(10)
  expect(await sizeIn(bytes('pdf')!)).toBeCloseTo(12)
  const css = openEpub(bytes('epub')!).css
  expect(css).toMatch(/line-height: 1\.27/)
  expect(css.match(/\.title \{[^}]*\}/)?.[0]).not.toContain('italic')
})

test('a theme in a medium goes before the one below it in that medium', async () => {
  const { bytes } = await made('extends: below.yaml\npage: { size: 9 pt }\n', {
    'below.yaml': 'extends: house\nprint: { page: { size: 12 pt } }\n',
  })
  expect(await sizeIn(bytes('print')!)).toBeCloseTo(9)
})

test('a theme that says nothing of media makes the same files, and both papers share their pages', async () => {
  const [one, other] = [
    await made('extends: house\n'),
    await made('extends: house\nscreen: { page: { size: 11 pt } }\n'),
  ]
  for (const edition of ['epub', 'pdf', 'print', 'booklet']) expect(one.bytes(edition)).toEqual(other.bytes(edition))
})

test('what a medium cannot change, and what its outputs have not, is told at its line', async () => {
  const { told } = await made(`extends: house
print:
  numbering: { chapters: roman }
  captions: { number: book }
  colours: { red: { day: '#a01010', night: '#ff8080' } }
  extends: novel
epub:
  spacing: { stretch: 0.3 }
  page: { width: 12 cm, size: 10 pt }
  opening: { fit: true }
screen: small
`)
  expect(told.sort()).toEqual([
    'look.yaml:10 theme-unused `epub.opening.fit` says nothing: only the PDF has it',
    'look.yaml:11 theme-value `screen` must be a map of what is otherwise there',
    'look.yaml:5 theme-unused `print.colours.red.night` says nothing: only the EPUB has it',
    'look.yaml:6 theme-key unknown key `print.extends`',
    'look.yaml:8 theme-unused `epub.spacing` says nothing: only the PDF has it',
    'look.yaml:9 theme-unused `epub.page.width` says nothing: only the PDF has it',
  ])
  const unread = await made(
    'extends: house\nstyles:\n  code: { indent: 1 }\n  title: { before: 2 }\nprint:\n  styles:\n    note: { before: 1 }\n',
  )
  expect(unread.told).toEqual([
    'look.yaml:3 theme-unused `styles.code.indent` says nothing: `code` has no `indent` in either output',
    'look.yaml:4 theme-unused `styles.title.before` says nothing: `title` has no `before` in either output',
    'look.yaml:7 theme-unused `print.styles.note.before` says nothing: only the EPUB has it',
  ])
  const shared = await made(
    'extends: house\nprint:\n  numbering: { chapters: roman }\n  captions: { number: book }\n  styles: { .own: {} }\n',
  )
  expect(shared.told).toEqual([
    'look.yaml:3 theme-value `print` cannot change `numbering`: what is counted is the same in all editions',
    'look.yaml:4 theme-value `print` cannot change `captions.number`: what is counted is the same in all editions',
    'look.yaml:5 theme-value `print` cannot change a class of your own: classes are the same in all editions',
  ])
})

test('the preview shows what each edition shows', async () => {
  const { createProver } = await import('../../src/build/proof.js')
  const book = folderOf({
    'book.yaml': MANIFEST.replace('pdf: , ', ''),
    'one.md': TEXT,
    'look.yaml': 'extends: house\nprint: { page: { width: 120 mm, height: 190 mm, lines: 28 } }\n',
  })
  const { proof } = await createProver().prove(book)
  expect(proof!.pages.width).toBeCloseTo((120 / 25.4) * 72)
  expect((await proof!.sheets('print')).same).toBe(true)
})
