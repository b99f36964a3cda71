// A shelf becomes a catalogue: its pages and feeds, read over HTTP by the OPDS client of foliate-js and by plain parsers.
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DOMParser, type Document } from '@xmldom/xmldom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planCatalogue, writeCatalogue } from '../../src/publish/catalogue.js'
import { publish } from '../../src/publish/index.js'
import { NO_RELEASES } from '../../src/publish/releases.js'
import { NO_SHELF } from '../../src/publish/shelf.js'
import { openSite } from '../../src/publish/site.js'
import { makeBook } from '../../src/publish/task.js'
import { below, book, filesIn, folderOf, text } from './shelves.js'

/** Strict: what is not well-formed throws. */
function parseXml(source: string): Document {
  const stop = (_level: string, message: string) => {
    throw new Error(message)
  }
  return new DOMParser({ onError: stop as never }).parseFromString(source, 'application/xml')
}

const SHELF = `title: Lamps & Lights
publisher: The Lamp Press
description: Free books.
address: https://lamp.example.org/books
language: en
licence: CC-BY-4.0
groups:
  - { title: To begin with, books: [two] }
books: ['*']
`
const BOOKS = {
  ...below(
    'one',
    book({
      title: 'The Lamp',
      slug: 'lamp',
      authors: ['Ann Marlow'],
      subjects: ['Lamps'],
      series: { name: 'Lights', position: 2 },
    }),
  ),
  ...below(
    'two',
    book({
      title: 'A <b>Dark</b> & Stormy Night',
      slug: 'night',
      authors: ['Jo Reed'],
      subjects: ['Nights', 'Lamps'],
      date: '2025-03-01',
      series: { name: 'Lights', position: 1 },
    }),
  ),
  ...below(
    'three',
    book({
      title: 'Σκιές',
      slug: 'skies',
      language: 'el',
      authors: ['Άννα Νέα'],
      contributors: [{ name: 'Ann Marlow', role: 'translator' }],
      date: '2024',
    }),
  ),
}

let server: Server
let base: string
let out: string
let files: Map<string, Buffer>
const asked: string[] = []
beforeAll(async () => {
  out = join(folderOf({}), 'site')
  const result = await publish({ from: folderOf({ 'shelf.yaml': SHELF, ...BOOKS }), out })
  expect(result.diagnostics).toEqual([])
  files = filesIn(out)
  server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname).slice(1)
    asked.push(path)
    const found = files.get(path)
    response.writeHead(found ? 200 : 404)
    response.end(found)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => void server.close())

const get = async (address: string | URL) => {
  const response = await fetch(address)
  expect({ address: String(address), status: response.status }).toEqual({ address: String(address), status: 200 })
  return Buffer.from(await response.arrayBuffer())
}

interface Link {
  rel?: string | string[]
  href: string
  type?: string
  title?: string
  templated?: boolean
  size?: number
  properties?: { numberOfItems?: string | number }
}
interface Publication {
  metadata: { title: string; author?: { name: string }[]; language?: string }
  links: Link[]
  images: Link[]
}
interface Feed {
  metadata: { title: string; numberOfItems?: number }
  links: Link[]
  navigation?: Link[]
  publications?: Publication[]
  facets?: { metadata: { title: string }; links: Link[] }[]
}
const linked = ({ links }: { links: Link[] }, rel: string) =>
  links.find((link) => [link.rel ?? []].flat().includes(rel))

describe('foliate-js reads the catalogue over HTTP', async () => {
  // Not typed.
  const path = 'foliate-js/opds.js'
  const foliate = (await import(path)) as {
    getFeed(doc: Document): Feed
    getOpenSearch(doc: Document): { search(map: Map<null, Map<string, string>>): string }
    getSearch(link: Link): Promise<{ search(map: Map<null, Map<string, string>>): string }>
  }
  const open = async (address: string | URL) => {
    const bytes = await get(address)
    if (String(address).endsWith('.json')) return JSON.parse(bytes.toString('utf8')) as Feed
    return foliate.getFeed(parseXml(bytes.toString('utf8')))
  }

  test.each(['opds.xml', 'opds.json'])('%s: from the first feed to the bytes of a book', async (first) => {
    const start = new URL(first, base)
    const root = await open(start)
    expect(root.metadata.title).toBe('Lamps & Lights')
    const at = new URL(root.navigation!.find(({ title }) => title === 'All books')!.href, start)
    const all = await open(at)
    expect(all.publications!.map(({ metadata }) => metadata.title)).toEqual([
      'A <b>Dark</b> & Stormy Night',
      'The Lamp',
      'Σκιές',
    ])
    const lamp = all.publications![1]!
    expect(lamp.metadata.author!.map(({ name }) => name)).toEqual(['Ann Marlow'])
    const epub = linked(lamp, 'http://opds-spec.org/acquisition/open-access')!
    expect(epub.type).toBe('application/epub+zip')
    const bytes = await get(new URL(epub.href, at))
    expect(createHash('sha256').update(bytes).digest()).toEqual(
      createHash('sha256').update(files.get('books/lamp/lamp.epub')!).digest(),
    )
    for (const image of lamp.images) expect((await get(new URL(image.href, at))).length).toBeGreaterThan(500)
    // By a facet.
    const lamps = all
      .facets!.find(({ metadata }) => metadata.title === 'Subjects')!
      .links.find(({ title }) => title === 'Lamps')!
    expect(Number(lamps.properties!.numberOfItems)).toBe(2)
    const facet = new URL(lamps.href, at)
    const within = await open(facet)
    expect(within.publications).toHaveLength(2)
    const active = within.facets!.flatMap(({ links }) => links).filter(({ rel }) => [rel ?? []].flat().includes('self'))
    expect(active.map(({ title }) => title)).toEqual(['Lamps'])
  })

  test('searches it, by a template on a plain web server', async () => {
    const start = new URL('opds.xml', base)
    const description = new URL(linked(await open(start), 'search')!.href, start)
    const doc = parseXml((await get(description)).toString('utf8'))
    const template = foliate.getOpenSearch(doc).search(new Map([[null, new Map([['searchTerms', 'Stormy']])]]))
    // The address of the site is that of the shelf; here it lies elsewhere.
    expect(template).toBe('https://lamp.example.org/books/opds/search/Stormy.xml')
    const found = await open(template.replace('https://lamp.example.org/books/', base))
    expect(found.publications!.map(({ metadata }) => metadata.title)).toEqual(['A <b>Dark</b> & Stormy Night'])
    const second = new URL('opds.json', base)
    const search = await foliate.getSearch(linked(await open(second), 'search')!)
    const address = search.search(new Map([[null, new Map([['query', 'σκιές']])]]))
    expect((await open(new URL(address, second))).publications).toHaveLength(1)
  })
})

test('every feed leads on to what is there, in both kinds', async () => {
  const seen = new Set<string>()
  const walk = async (address: URL) => {
    if (seen.has(address.href)) return
    seen.add(address.href)
    const source = (await get(address)).toString('utf8')
    const hrefs = address.pathname.endsWith('.json')
      ? [...source.matchAll(/"href": ?"([^"{]+)"/g)].map(([, href]) => href!)
      : Array.from(parseXml(source).getElementsByTagName('link')).map((link) => link.getAttribute('href')!)
    for (const href of hrefs) {
      const next = new URL(href.replace('https://lamp.example.org/books/', base), address)
      if (/\/opds\b.*\.(?:xml|json)$/.test(next.pathname) && !next.pathname.endsWith('search.xml')) await walk(next)
      else
        expect(files.has(decodeURIComponent(next.pathname.slice(1)).replace(/\/$/, '/index.html')), next.pathname).toBe(
          true,
        )
    }
  }
  await walk(new URL('opds.xml', base))
  await walk(new URL('opds.json', base))
  await walk(new URL('feed.xml', base))
  expect(seen.size).toBeGreaterThan(20)
})

test('the front page and the others lead to each other, and every file is in the sums', () => {
  const front = text(files, 'index.html')
  expect(front.match(/class="cover"/g)).toHaveLength(4)
  expect(front).not.toContain('<b>Dark</b>')
  for (const path of [
    'people/ann-marlow/',
    'subjects/lamps/',
    'series/lights/',
    'languages/el/',
    'years/2025/',
    'new/',
  ])
    expect(files.has(`${path}index.html`), path).toBe(true)
  const volumes = [...text(files, 'series/lights/index.html').matchAll(/href="\.\.\/\.\.\/books\/(\w+)\//g)].map(
    ([, slug]) => slug,
  )
  expect(volumes).toEqual(['night', 'lamp'])
  expect(text(files, 'people/ann-marlow/index.html').match(/class="cover"/g)).toHaveLength(2)
  for (const [path, bytes] of files) {
    if (!path.endsWith('.html')) continue
    for (const [, href] of bytes.toString('utf8').matchAll(/(?:href|src)="([^"#]+)"/g)) {
      if (/^https:\/\/(?:lamp\.example\.org|creativecommons\.org)\//.test(href!)) continue
      const to = join('/', path, '..', decodeURIComponent(href!)).slice(1)
      expect({ path, href, there: files.has(to) }).toEqual({ path, href, there: true })
    }
  }
  const maps = [...parseXml(text(files, 'sitemap.xml')).getElementsByTagName('loc')].map((loc) => loc.textContent)
  expect(maps).toContain('https://lamp.example.org/books/books/lamp/')
  expect(maps).toHaveLength([...files.keys()].filter((path) => path.endsWith('index.html')).length)
  expect(text(files, 'robots.txt')).toContain('Sitemap: https://lamp.example.org/books/sitemap.xml')
})

test('a large shelf is parted into pages, and the order in which its books are made does not matter', async () => {
  const done = await makeBook({
    book: folderOf(book({ title: 'One' })),
    editions: undefined,
    strict: false,
    limits: undefined,
  })
  const cards = Array.from({ length: 120 }, (_, i) => ({
    ...done.card!,
    at: `books/b${i}/`,
    path: `b${i}`,
    metadata: { ...done.card!.metadata, title: `Book ${i}`, identifier: `urn:uuid:${i}` },
  }))
  const write = async (own: typeof cards) => {
    const shelf = { ...NO_SHELF, title: 'Many', books: [] }
    const site = openSite(shelf, own, done.card!.look, { single: false, signed: false })
    const files = new Map<string, string>()
    for await (const [path, content] of writeCatalogue(await planCatalogue(site), NO_RELEASES, () => done.passages))
      files.set(path, typeof content === 'string' ? content : [...content()].join(''))
    return files
  }
  const site = await write(cards)
  expect(site).toEqual(await write([...cards].reverse()))
  expect(site.has('page/3/index.html') && !site.has('page/4/index.html')).toBe(true)
  const second = JSON.parse(String(site.get('opds/all/2.json'))) as Feed
  expect(second.publications).toHaveLength(50)
  expect(second.publications![0]!.metadata.title).toBe('Book 50')
  expect(linked(second, 'next')!.href).toBe('../../opds/all/3.json')
  expect(linked(second, 'previous')!.href).toBe('../../opds/all/index.json')
  expect(String(site.get('opds/all/3.xml'))).toContain('<os:startIndex>101</os:startIndex>')
  const found: unknown[][] = []
  for (const path of [...site.keys()].filter((one) => /^search\/\d+\.js$/.test(one)))
    new Function('octavoShelf', String(site.get(path)))((rows: unknown[][]) => found.push(...rows))
  expect(found.map(([title]) => title)).toEqual(cards.map(({ metadata }) => metadata.title))
})
