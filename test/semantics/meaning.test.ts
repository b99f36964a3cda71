// What words are, beside how they look, in the finished files: no italics that read as stress, names as what they name.
import { beforeAll, expect, test } from 'vitest'
import { type Built, builtFrom } from '../claims/built.js'
import { openPdf, type Tagged, textOf } from '../finished/pdf.js'
import { readMarkdown } from '../read/folder.js'

const TEXT = `# A

She read [On Liberty]{.book} and [*The Times*]{.newspaper} on [HMS Beagle]{.ship}, in the year [MDCCC]{.roman}.

Said <i lang="fr">déjà vu</i>, [*mot juste*]{lang=fr}, <b>bold</b>, <dfn>leading</dfn>, <bdi>name</bdi>, *stress* and
<abbr title="HyperText Markup Language">HTML</abbr>; [own]{.nautical}.
`
const GLOSSARY = '# Glossary\n\nsink\n: A basin with a drain.\n\ntap\n: What fills it.\n'

let built: Built
let page: string
beforeAll(async () => {
  const manifest = 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\nback: [{file: g.md, role: glossary}]\n'
  built = await builtFrom({ 'book.yaml': manifest, 'a.md': TEXT, 'g.md': GLOSSARY }, ['epub', 'pdf'])
  page = built.inEpub('EPUB/text/a.xhtml')
})

test('names of works and vessels, and roman numbers, are called what they are', () => {
  expect(built.said).toEqual([])
  expect(page).toContain('<i epub:type="se:name.publication.book">On Liberty</i>')
  expect(page).toContain('<i epub:type="se:name.publication.newspaper">The Times</i>')
  expect(page).toContain('<i epub:type="se:name.vessel.ship">HMS Beagle</i>')
  expect(page).toContain('<span epub:type="z3998:roman">MDCCC</span>')
  expect(page).toContain('<span class="nautical">own</span>')
  const prefix = /epub:prefix="([^"]*)"/.exec(page)![1]
  expect(prefix).toMatch(/z3998: http:\S+ se: https:\S+/)
  expect(built.inEpub('EPUB/text/g.xhtml')).not.toContain('epub:prefix')
})

test('tags of HTML stay what they were, and a foreign word is no stress', () => {
  expect(page).toContain('<i xml:lang="fr" lang="fr">déjà vu</i>')
  expect(page).toContain('<i xml:lang="fr" lang="fr">mot juste</i>')
  expect(page).toContain('<b>bold</b>, <dfn>leading</dfn>, <bdi>name</bdi>, <em>stress</em>')
  expect(page).toContain('<abbr title="HyperText Markup Language">HTML</abbr>')
})

test('a glossary is one: its terms are defined, and can be led to', () => {
  const text = built.inEpub('EPUB/text/g.xhtml')
  expect(text).toMatch(/<section id="g" epub:type="glossary" role="doc-glossary"/)
  expect(text).toMatch(/<dl>\n {2}<dt epub:type="glossterm"><dfn id="g-term-\d+">sink<\/dfn><\/dt>/)
  expect(text).toMatch(/<dd epub:type="glossdef" id="p[0-9a-z]{6}">A basin with a drain\.<\/dd>/)
  expect(new Set(text.match(/<dfn id="[^"]+"/g)).size).toBe(2)
})

test('look alike in both files: italics, whatever their reason', async () => {
  const pdf = await openPdf(built.files.get('a-book.pdf')!)
  const stressed: string[] = []
  const slanted = new Set<string>()
  const walk = (of: Tagged) => {
    // pdf.js says Em by its role map; a word in another language has an element too.
    if (of.role === 'Span' && of.lang === undefined) stressed.push(textOf(of).trim())
    for (const child of of.children) {
      if ('children' in child) walk(child)
      else if (child.font.endsWith('Italic')) slanted.add(child.text)
    }
  }
  walk(pdf.root)
  expect(stressed).toEqual(['stress'])
  const all = [...slanted].join(' ')
  for (const word of ['Liberty', 'Times', 'Beagle', 'déjà', 'juste', 'leading', 'stress']) expect(all).toContain(word)
  expect(built.inEpub('EPUB/css/book.css')).toMatch(/^em, cite, i, dfn \{\n {2}font-style: italic;/m)
})

test('italics are not put twice around what is in italics anyway', async () => {
  const { section } = await readMarkdown('# A\n\n*[Beagle]{.ship}* and [*Beagle*]{.ship}\n')
  const [, block] = section.blocks
  expect(block?.kind === 'paragraph' && block.prose.spans.map((span) => span.kind)).toEqual(['italic', 'italic'])
})
