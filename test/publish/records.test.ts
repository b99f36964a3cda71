// Records for shops and libraries: ONIX 3.1, MARCXML, KBART. EDItEUR's schema is asked by `npm run judge`; here what they say is read back.

import { join } from 'node:path'
import { DOMParser, type Element } from '@xmldom/xmldom'
import { beforeAll, expect, test } from 'vitest'
import { publish } from '../../src/publish/index.js'
import { below, book, filesIn, folderOf, text } from './shelves.js'

const SHELF = `title: Lamps
publisher: The Lamp Press
address: https://lamp.example.org/
licence: CC-BY-4.0
contact: desk@lamp.example.org
order: listed
books: [a, b]
`
const BOOKS = {
  ...below(
    'a',
    book({
      ...{
        title: 'The Lamp & "Light"',
        subtitle: 'A <i>Story</i>',
        slug: 'lamp',
        language: 'de-CH',
        isbn: '978-0-00-000000-2',
        doi: '10.1000/182',
      },
      ...{
        authors: [{ name: 'Ann Marlow', sort: 'Marlow, Ann' }],
        contributors: [{ name: 'Jo Reed', role: 'translator' }],
        edition: 2,
      },
      ...{
        subjects: ['Lamps', { name: 'Fiction', scheme: 'Thema', code: 'FBA' }],
        series: { name: 'Lights', position: 2 },
        certifier: 'A. Tester',
        place: 'Zürich',
      },
    }),
  ),
  ...below(
    'b',
    book(
      { title: 'The Plain', slug: 'plain', date: '1999', exemption: 'eaa-microenterprise' },
      '# One\n\n![](a.png)\n\nText.\n',
    ),
  ),
  'b/a.png': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
}

let files: Map<string, Buffer>
beforeAll(async () => {
  const out = join(folderOf({}), 'site')
  const result = await publish({ from: folderOf({ 'shelf.yaml': SHELF, ...BOOKS }), out })
  expect(result.ok).toBe(true)
  files = filesIn(out)
})

const root = (path: string): Element =>
  new DOMParser().parseFromString(text(files, path), 'application/xml').documentElement!
const all = (from: Element, name: string) => Array.from(from.getElementsByTagName(name))
const texts = (from: Element, name: string) => all(from, name).map(({ textContent }) => textContent)

test('ONIX says nothing of the publication of a book without a publisher: its schema has no room for that', async () => {
  const out = join(folderOf({}), 'site')
  await publish({ from: folderOf(book({ title: 'Nobody’s', slug: 'nobodys' })), out })
  const onix = text(filesIn(out), 'onix.xml')
  expect(onix).toContain('Nobody’s')
  expect(onix).not.toContain('<PublishingDetail>')
})

test('ONIX: a product for each file, with what may be said of its accessibility and no more', () => {
  const message = root('onix.xml')
  const [lamp, plain] = all(message, 'Product')
  expect(all(message, 'Product')).toHaveLength(2)
  expect(texts(lamp!, 'TitleText')).toEqual(['Lights', 'The Lamp & "Light"'])
  expect(texts(lamp!, 'Subtitle')).toEqual(['A <i>Story</i>'])
  expect(texts(lamp!, 'IDValue')).toContain('9780000000002')
  expect(texts(lamp!, 'LanguageCode')).toEqual(['ger'])
  // the place stands between the house and the status, as the schema wants it
  const detail = all(lamp!, 'PublishingDetail')[0]!
  const parts = Array.from(detail.childNodes).map(({ nodeName }) => nodeName)
  expect(parts.filter((name) => name !== '#text').slice(0, 3)).toEqual([
    'Publisher',
    'CityOfPublication',
    'PublishingStatus',
  ])
  expect(texts(lamp!, 'CityOfPublication')).toEqual(['Zürich'])
  expect(all(plain!, 'CityOfPublication')).toEqual([])
  expect(texts(lamp!, 'ContributorRole')).toEqual(['A01', 'B06'])
  const codes = (of: Element) =>
    all(of, 'ProductFormFeature')
      .filter((one) => texts(one, 'ProductFormFeatureType')[0] === '09')
      .map((one) => texts(one, 'ProductFormFeatureValue')[0])
  expect(codes(lamp!)).toEqual(['00', '04', '82', '85', '90', '10', '11', '13', '29', '30', '36', '52', '99'])
  // A picture without a description: no claim, no reading without sight.
  expect(codes(plain!)).toEqual(['00', '75', '09', '10', '11', '13', '29', '30', '36', '99'])
  expect(texts(plain!, 'TitlePrefix')).toEqual(['The'])
  expect(texts(plain!, 'TitleWithoutPrefix')).toEqual(['Plain'])
  expect(all(plain!, 'Date')[0]!.getAttribute('dateformat')).toBe('05')
  // Each list of codes is in the product once.
  expect(new Set(codes(lamp!)).size).toBe(codes(lamp!).length)
  expect(texts(root('books/lamp/onix.xml'), 'RecordReference')).toHaveLength(1)
})

test('MARC: fields in order, fixed ones of their length', () => {
  const [lamp, plain] = all(root('marc.xml'), 'record')
  for (const record of [lamp!, plain!]) {
    const tags = [...all(record, 'controlfield'), ...all(record, 'datafield')].map((one) => one.getAttribute('tag')!)
    expect(tags).toEqual([...tags].sort())
    const control = (tag: string) =>
      all(record, 'controlfield').find((one) => one.getAttribute('tag') === tag)!.textContent!
    expect(texts(record, 'leader')[0]).toHaveLength(24)
    expect([control('006').length, control('008').length]).toEqual([18, 40])
  }
  const field = (record: Element, tag: string) =>
    all(record, 'datafield').filter((one) => one.getAttribute('tag') === tag)
  const [title] = field(plain!, '245')
  expect([title!.getAttribute('ind1'), title!.getAttribute('ind2')]).toEqual(['0', '4'])
  expect(texts(field(lamp!, '856')[0]!, 'subfield')).toEqual([
    'https://lamp.example.org/books/lamp/lamp.epub',
    'application/epub+zip',
  ])
  expect(texts(field(lamp!, '072')[0]!, 'subfield')).toEqual(['FBA', 'thema'])
  const imprint = (record: Element) =>
    all(field(record, '264')[0]!, 'subfield').map((one) => `${one.getAttribute('code')} ${one.textContent}`)
  expect(imprint(lamp!).slice(0, 2)).toEqual(['a Zürich :', 'b The Lamp Press'])
  expect(imprint(plain!)).toEqual(['b The Lamp Press', 'c 1999'])
})

test('KBART: every line has the columns of the head', () => {
  const [head, ...rows] = text(files, 'kbart.txt')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
  expect(head).toHaveLength(25)
  expect(rows.map((row) => row.length)).toEqual([25, 25])
  expect(rows[0]![head!.indexOf('title_url')]).toBe('https://lamp.example.org/books/lamp/')
})
