// The EPUB's package and the PDF's XMP say the same of the book: read back from both finished files.
import { selectAll } from 'css-select'
import { parseDocument } from 'htmlparser2'
import { beforeAll, expect, test } from 'vitest'
import { type Element, textOf } from '../finished/epub.js'
import { type Built, builtFrom } from './built.js'

const MANIFEST = `
title: The Long Way <&>
subtitle: And the short
language: en
authors: [Ann One, { name: Ben Two, sort: "Two, B." }]
contributors:
  - { name: Cy Three, role: translator }
  - { name: Di Four, role: editor }
  - { name: Ed Five, role: translator }
publisher: A Press
rights: Public domain.
description: <p>On <i>ways</i> &amp; means.</p>
subjects:
  - Walking
  - { name: Political prisoners, scheme: lcsh, code: sh85104384 }
  - { name: Fiction, scheme: Thema, code: FBA }
date: 2024-02-03
identifier: urn:uuid:7d3f8a51-3f0e-4b52-9c58-0e0e3c1f5a04
source: { title: An older way, identifier: "urn:isbn:9780000000002", date: "1936", url: https://example.org/way, note: Set anew. }
series:
  - { name: Ways, position: 2 }
  - Walks
body: [a.md]
`

let built: Built
let opf: Element[]
let xmp: Element[]
beforeAll(async () => {
  built = await builtFrom({ 'book.yaml': MANIFEST, 'a.md': '# A\n\nA word.\n' })
  const all = (xml: string) => selectAll('*', parseDocument(xml, { xmlMode: true }).children) as Element[]
  opf = all(built.opf)
  xmp = all(built.xmp)
})

const text = (element: Element) => textOf(element).trim()
const inOpf = (name: string) => opf.filter((each) => each.name === name)
const refined = (element: Element, property: string) =>
  opf
    .filter((e) => e.attribs['refines'] === `#${element.attribs['id']}` && e.attribs['property'] === property)
    .map(text)
/** The items of a property, or its own text. */
const inXmp = (name: string) =>
  xmp
    .filter((each) => each.name === name)
    .flatMap((each) => {
      const items = selectAll('rdf\\:li', each.children) as Element[]
      return items.length > 0 ? items.map(text) : [text(each)]
    })

test('names, subjects, dates and rights', () => {
  expect(built.said).toEqual([])
  for (const name of [
    'language',
    'identifier',
    'creator',
    'contributor',
    'publisher',
    'description',
    'date',
    'rights',
    'subject',
  ]) {
    expect([name, inXmp(`dc:${name}`)]).toEqual([name, inOpf(`dc:${name}`).map(text)])
    expect(inXmp(`dc:${name}`)).not.toEqual([])
  }
})

test('title and subtitle', () => {
  expect([...inXmp('dc:title'), ...inXmp('dcterms:alternative')]).toEqual(inOpf('dc:title').map(text))
  expect(inXmp('dcterms:alternative')).toEqual(['And the short'])
})

test('who has which part in it', () => {
  const people = ['dc:creator', 'dc:contributor', 'dc:publisher'].flatMap(inOpf)
  const said = people.flatMap((person) => refined(person, 'role').map((role) => [role, text(person)].join(' ')))
  const told = xmp
    .filter((each) => each.name.startsWith('marcrel:'))
    .flatMap((each) => inXmp(each.name).map((name) => `${each.name.slice('marcrel:'.length)} ${name}`))
  expect(told.sort()).toEqual(said.sort())
  expect(told).toContain('trl Ed Five')
  expect(told).toContain('pbl A Press')
})

test('all series, and the place in each', () => {
  const series = opf.filter((each) => each.attribs['property'] === 'belongs-to-collection')
  const said = series.map((each) => [text(each), ...refined(each, 'group-position')].join(', '))
  expect(said).toEqual(['Ways, 2', 'Walks'])
  expect(inXmp('dcterms:isPartOf')).toEqual(said)
})

test('the schemes that subjects are from', () => {
  const said = inOpf('dc:subject').flatMap((each) =>
    refined(each, 'authority').map((scheme) => `${scheme}: ${refined(each, 'term')[0]}`),
  )
  expect(said).toEqual(['LCSH: sh85104384', 'Thema: FBA'])
  expect(inXmp('dcterms:subject')).toEqual(said)
})

test('what it is made from', () => {
  const [first, ...others] = inOpf('dc:source')
  const about = ['dcterms:title', 'dcterms:date', 'dcterms:description'].flatMap((property) =>
    refined(first!, property),
  )
  expect(inXmp('dc:source')).toEqual([text(first!)])
  expect(inXmp('dcterms:source')).toEqual([...others.map(text), ...about])
  expect(about).toEqual(['An older way', '1936', 'Set anew.'])
})

test('whatever PDF/A does not define is described', () => {
  const used = xmp.map((each) => each.name).filter((name) => /^(dcterms|marcrel):/.test(name))
  const described = inXmp('pdfaProperty:name')
  expect(used.length).toBeGreaterThan(4)
  for (const name of used) expect(described).toContain(name.split(':')[1])
})

test('a subject has both a scheme and a code, or neither; a scheme is one that is known', async () => {
  const subjects =
    '[{ name: A, scheme: Thema }, { name: B, scheme: theme, code: FBA }, { name: C, scheme: https://example.org/s, code: c }]'
  const { said } = await builtFrom({
    'book.yaml': `title: A\nlanguage: en\ndate: 2024-01-01\nbody: [a.md]\nsubjects: ${subjects}\n`,
    'a.md': '# A\n\nA word.\n',
  })
  expect(said.map((one) => [one.severity, one.code, one.hint])).toEqual([
    ['error', 'wrong-type', 'did you mean `Thema`?'],
    ['error', 'wrong-type', 'write `{name: Fiction, scheme: Thema, code: FBA}`'],
  ])
})
