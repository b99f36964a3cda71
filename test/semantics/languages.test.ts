// Text in another language says which, and which way it is written: in the text, the contents and the ways through the book.
import { beforeAll, expect, test } from 'vitest'
import { type Built, builtFrom } from '../claims/built.js'
import { readPdf } from '../pdf/reader.js'
import { tagTree } from '../pdf/tagtree.js'

const MANIFEST = `title: Un livre
language: fr
date: 2026-01-01
contents-depth: 2
generate: true
ignore: [script-unsupported]
body: [a.md, b.md, c.md]
`
const MIXED = `# Lettre

Elle dit [שלום, [Anne](#h) ([dit-on]{lang=fr}),]{lang=he} et *rien*. {#h}

שלום לך, 1911. {lang=he}

> {lang=he}
> שלום.
>
> Rien. {lang=fr}
`
const HEBREW = '---\nlanguage: he\n---\n\n# מכתב\n\nשלום.\n\n## שני\n\nעוד.\n'

let built: Built
beforeAll(async () => {
  const files = { 'a.md': MIXED, 'b.md': HEBREW, 'c.md': '# Fin\n\nAvec [Anne]{lang=de}.\n' }
  built = await builtFrom({ 'book.yaml': MANIFEST, ...files }, ['epub', 'pdf'])
})

const HE = 'xml:lang="he" lang="he" dir="rtl"'
const FR = 'xml:lang="fr" lang="fr" dir="ltr"'

test('parts of a text that is written both ways say which way they are', () => {
  const page = built.inEpub('EPUB/text/a.xhtml')
  expect(page).toMatch(/<html[^>]*lang="fr">/)
  expect(page).toMatch(new RegExp(`<span ${HE}>שלום, .*<span ${FR}>dit-on</span>`))
  expect(page).toMatch(new RegExp(`<p [^>]*${HE}>שלום לך, 1911\\.`))
  expect(page).toMatch(new RegExp(`<blockquote [^>]*${HE}>\\n.*שלום\\.</p>\\n *<p [^>]*${FR}>Rien`))
})

test('no other text does', () => {
  expect(built.inEpub('EPUB/text/c.xhtml')).toContain('<span xml:lang="de" lang="de">')
  expect(built.inEpub('EPUB/text/c.xhtml')).not.toContain('dir=')
})

test('a title in another language is so in the contents, in both files, and in the ways through the book', () => {
  expect(built.inEpub('EPUB/text/b.xhtml')).toMatch(/<html[^>]* lang="he" dir="rtl"/)
  const nav = built.inEpub('EPUB/nav.xhtml')
  expect(nav).toContain(`<a href="text/b.xhtml" ${HE}>מכתב</a>`)
  expect(nav).toMatch(new RegExp(`<a href="text/b.xhtml#[^"]*" ${HE}>שני</a>`))
  expect(nav).toContain('<a href="text/c.xhtml">Fin</a>')
  const contents = built.inEpub('EPUB/text/contents.xhtml')
  expect(contents).toContain(`<span ${HE}>מכתב</span>`)
  expect(contents).toContain(`<span ${HE}>שני</span>`)
  const tree = tagTree(readPdf(built.files.get('un-livre.pdf')!))
  expect(tree).toMatch(/Link\n *Span Lang="he"\n *\d+: "מכתב"/)
})
