// What words are, beside how they look, in the finished files: no italics that read as stress, names as what they name.
import { beforeAll, expect, test } from 'vitest'
import { type Built, builtFrom } from '../claims/built.js'
import { openPdf, type Tagged, textOf } from '../finished/pdf.js'
import { readPdf } from '../pdf/reader.js'
import { tagTree } from '../pdf/tagtree.js'
import { readMarkdown } from '../read/folder.js'

const TEXT = `# A

She read [On Liberty]{.book} and [*The Times*]{.newspaper} on [HMS Beagle]{.ship}, in the year [MDCCC]{.roman}.

Said <i lang="fr">déjà vu</i>, [*mot juste*]{lang=fr}, <b>bold</b>, <dfn>leading</dfn>, <bdi>name</bdi>, *stress* and
<abbr title="HyperText Markup Language">HTML</abbr>; [own]{.nautical}.

<ruby>noon<rt>midday</rt></ruby>, <ruby>*A*<rp>[</rp><rt>a</rt><rp>]</rp>B<rt>b</ruby>, <ruby>alone</ruby>, **<ruby>x<rt>y**z</rt></ruby>;
<time datetime="1936-02-29">then</time>, <time datetime="1936-02-30">never</time>, [WHO]{.abbr title="World Health Organization"}.

::: letter
[Leeds, 1 May]{.dateline}

[Dear Sir,]{.salutation}

I am, [yours truly,]{.valediction} [A. B.]{.signature}
:::

::: {.verse .song}
One line
and another
:::
`
const GLOSSARY = '# Glossary\n\nsink\n: A basin with a drain.\n\ntap\n: What fills it.\n'

let built: Built
let page: string
beforeAll(async () => {
  const description = '<p onclick="x()">Of <em>signs</em> &amp; <b>more.<p><script>alert(1)</script>'
  const manifest = `title: A Book\nlanguage: en\ndescription: '${description}'\ndate: 2026-01-01\nbody: [a.md]\nback: [{file: g.md, role: glossary}]\n`
  built = await builtFrom({ 'book.yaml': manifest, 'a.md': TEXT, 'g.md': GLOSSARY }, ['epub', 'pdf'])
  page = built.inEpub('EPUB/text/a.xhtml')
})

test('names of works and vessels, and roman numbers, are called what they are', () => {
  expect(built.said.map(({ code, line }) => [code, line])).toEqual([
    ['class-unstyled', 5],
    ['unknown-attribute', 9],
  ])
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

test('ruby that is whole is ruby, and in one line in the PDF, with parentheses; what is not is text', () => {
  expect(page).toContain('<ruby>noon<rt>midday</rt></ruby>, ')
  expect(page).toContain('<ruby><em>A</em><rt>a</rt>B<rt>b</rt></ruby>, alone')
  expect(page).toContain('<strong>x(y</strong>z)')
})

test('a time says which, if it is one; an abbreviation what it stands for, in the PDF too', () => {
  expect(page).toContain('<time datetime="1936-02-29">then</time>, never, ')
  expect(page).toContain('<abbr title="World Health Organization">WHO</abbr>')
  const tree = tagTree(readPdf(built.files.get('a-book.pdf')!))
  expect(tree).toMatch(/Span E="World Health Organization"\n +\d+: "WHO"/)
  expect(tree).toMatch(/Ruby\n +RB\n.*"noon"\n +RP\n.*"\("\n +RT\n.*"midday"\n +RP\n.*"\) ?"/)
})

test('a letter and a poem have their parts', () => {
  expect(page).toContain('<span epub:type="se:letter.dateline">Leeds, 1 May</span>')
  expect(page).toContain('<span epub:type="z3998:salutation">Dear Sir,</span>')
  expect(page).toContain(
    '<span epub:type="z3998:valediction">yours truly,</span> <span epub:type="z3998:signature">A. B.</span>',
  )
  expect(page).toContain('class="verse song" epub:type="z3998:song">')
})

test('a description that is marked up is so in the EPUB, written anew', () => {
  const rich = /<meta property="se:long-description" refines="#description">(.*)<\/meta>/.exec(built.opf)![1]
  expect(rich).toBe(
    '&lt;p&gt;Of &lt;em&gt;signs&lt;/em&gt; &amp;amp; &lt;b&gt;more.&lt;/b&gt;&lt;/p&gt;&lt;p&gt;alert(1)&lt;/p&gt;',
  )
  expect(built.opf).toContain('<dc:description id="description">Of signs &amp; more.\nalert(1)</dc:description>')
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
  expect(stressed).toContain('stress')
  for (const word of ['On Liberty', 'déjà vu', 'mot juste', 'leading']) expect(stressed).not.toContain(word)
  const all = [...slanted].join(' ')
  for (const word of ['Liberty', 'Times', 'Beagle', 'déjà', 'juste', 'leading', 'stress']) expect(all).toContain(word)
  expect(built.inEpub('EPUB/css/book.css')).toMatch(/^em, cite, i, dfn \{\n {2}font-style: italic;/m)
})

test('italics are not put twice around what is in italics anyway', async () => {
  const { section } = await readMarkdown('# A\n\n*[Beagle]{.ship}* and [*Beagle*]{.ship}\n')
  const [, block] = section.blocks
  expect(block?.kind === 'paragraph' && block.prose.spans.map((span) => span.kind)).toEqual(['italic', 'italic'])
})
