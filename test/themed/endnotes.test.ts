// Notes at the end of the book: a section of their own in both outputs and in the contents, each led to from its call and back.
import { selectAll } from 'css-select'
import { expect, test } from 'vitest'
import { createProver } from '../../src/build/proof.js'
import { build } from '../../src/build.js'
import type { Element } from '../finished/epub.js'
import { openEpub } from '../finished/epub.js'
import { openPdf, textOf } from '../finished/pdf.js'
import { folderOf } from './helpers.js'

const MANIFEST = `title: A Book
language: en
authors: [A. Maker]
modified: 2026-01-01T00:00:00Z
theme: look.yaml
front: [preface.md]
body: [one.md, two.md, three.md]
back: [bibliography.md]
editions: {epub: , pdf: }
`
const FILES = {
  'book.yaml': MANIFEST,
  'look.yaml': 'extends: house\nnotes: { place: book }\n',
  'preface.md': '# Preface\n\nBefore.[^a]\n\n[^a]: A note of the preface.\n',
  'one.md':
    '# First\n\nOnce[^a] and again.[^b] And once more.[^a]\n\n[^a]: Alpha, with [a link](two.md#here).\n\n[^b]: Beta.\n',
  'two.md': '# Second\n\n## Here {#here}\n\nNo notes.\n',
  'three.md': '# Third\n\n[Cela](#x){lang=fr}.[^a]\n\n[^a]: Gamma.\n\n    []{#x}Its second paragraph.\n',
  'bibliography.md': '# Bibliography\n\nMaker, A.[^a] *A Book*.\n\n[^a]: Delta.\n',
}

async function made(files: Record<string, string> = FILES) {
  const { files: built, diagnostics, ok } = await build({ book: folderOf(files), out: false })
  const epub = openEpub(built.find(({ edition }) => edition === 'epub')!.bytes!)
  const pdf = await openPdf(built.find(({ edition }) => edition === 'pdf')!.bytes!)
  return { ok, epub, pdf, told: diagnostics.map((d) => `${d.path}:${d.line} ${d.code} ${d.message}`) }
}

const find = (tree: Element, selector: string) => selectAll(selector, tree.children, { xmlMode: true }) as Element[]
const plain = (element: Element): string =>
  element.children.map((child) => ('data' in child ? String(child.data) : plain(child as Element))).join('')

test('they stand between the text and what is looked up, by what calls them', async () => {
  const { epub, pdf, told, ok } = await made()
  expect([ok, told]).toEqual([true, []])
  const order = epub.chapters.map(({ path }) => path.replace(/^.*\/|\.xhtml$/g, ''))
  expect(order.slice(order.indexOf('three'))).toEqual(['three', 'endnotes', 'bibliography', 'colophon'])
  const { tree } = epub.chapters.find(({ path }) => path.endsWith('endnotes.xhtml'))!
  expect(find(tree as never, 'h1, h2').map(plain)).toEqual(['Notes', 'Preface', 'First', 'Third', 'Bibliography'])
  expect(find(tree as never, 'aside').map((one) => plain(one).trim().replace(/\s+/g, ' '))).toEqual([
    '1 A note of the preface.',
    '1a b Alpha, with a link.',
    '2 Beta.',
    '1 Gamma. Its second paragraph.',
    '1 Delta.',
  ])
  const contents = epub.chapters.find(({ path }) => path.endsWith('contents.xhtml'))!
  expect(plain(contents.tree as never).replace(/\s+/g, ' ')).toContain('Third Notes Bibliography')
  const text = textOf(pdf.root)
  const at = ['Gamma', 'Notes', 'A note of the preface', 'Alpha', 'Beta', 'Gamma', 'Delta', 'Maker, A.']
  const ends = at.map((one) => text.lastIndexOf(one))
  expect(ends.slice(1)).toEqual([...ends.slice(1)].sort((a, b) => a - b))
  expect(text.match(/Alpha/g)).toHaveLength(1)
})

test('every call leads to its note and every note back, whichever document is asked for first', async () => {
  const { epub } = await made()
  const ids = new Map(epub.chapters.map(({ path, tree }) => [path.replace(/^.*\//, ''), tree]))
  let links = 0
  for (const [file, tree] of ids)
    for (const link of find(tree as never, 'a[href*="#"]')) {
      const [to, id] = link.attribs['href']!.split('#')
      const there = ids.get(to || file)
      if (there === undefined) continue
      expect(find(there as never, `[id="${id}"]`), `${file} ${link.attribs['href']}`).toHaveLength(1)
      links++
    }
  expect(links).toBeGreaterThan(11)
  const dir = folderOf(FILES)
  const { proof } = await createProver().prove(dir)
  const own = proof!.epub.document('text/endnotes.xhtml')!
  expect(own).toContain('href="three.xhtml#ref-three-1"')
  expect(own).toContain('href="bibliography.xhtml#ref-bibliography-1"')
})

test('a section of that role is theirs; a book without notes has none', async () => {
  const own = await made({
    ...FILES,
    'book.yaml': MANIFEST.replace('back: [', 'back: [{ file: remarks.md, role: endnotes }, '),
    'remarks.md': '# Remarks\n\nOn editions.\n',
  })
  expect(own.told).toEqual([])
  expect(own.epub.chapters.filter(({ path }) => /endnotes|remarks/.test(path))).toHaveLength(1)
  const [words] = [textOf(own.pdf.root)]
  expect(words.indexOf('On editions')).toBeLessThan(words.lastIndexOf('Alpha'))
  const none = await made({
    ...FILES,
    'book.yaml': MANIFEST.replace(/front.*\n/, '').replace(/body.*\nback.*\n/, 'body: [two.md]\n'),
  })
  expect(none.epub.chapters.some(({ path }) => path.endsWith('endnotes.xhtml'))).toBe(false)
})
