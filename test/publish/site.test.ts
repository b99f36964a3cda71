// A book becomes a site: its page, its files, their checksums. The site is replaced as a whole, proves itself, and nothing that a book says
// leaves its place.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { publish, verify } from '../../src/publish/index.js'
import { book, filesIn, folderOf, text } from './shelves.js'

const said = ({ diagnostics }: { diagnostics: { path: string; line: number; code: string }[] }) =>
  diagnostics.map(({ path, line, code }) => `${path}:${line} ${code}`)

interface Element {
  name: string
  attributes: Record<string, string>
  text: string
}

function elementsOf(html: string): Element[] {
  const found: Element[] = []
  const open: Element[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      const element = { name, attributes, text: '' }
      found.push(element)
      open.push(element)
    },
    ontext(piece) {
      for (const element of open) element.text += piece
    },
    onclosetag() {
      open.pop()
    },
  })
  parser.end(html)
  return found
}

const MANIFEST = {
  title: 'The Lamp',
  subtitle: 'A Story',
  slug: 'the-lamp',
  authors: [{ name: 'Ann Marlow', sort: 'Marlow, Ann' }],
  contributors: [{ name: 'Jo Reed', role: 'translator' }],
  description: 'Of a lamp.',
  publisher: 'Marlow Press',
  isbn: '978-0-00-000000-2',
  subjects: ['Lamps'],
  series: { name: 'Lights', position: '2' },
  source: { title: 'The Evening Paper', date: '1901-02', url: 'https://example.org/paper' },
}

describe('the site of one book', async () => {
  const out = join(folderOf({}), 'site')
  const result = await publish({ from: folderOf(book(MANIFEST)), out })
  const files = filesIn(out)
  const page = elementsOf(text(files, 'index.html'))

  test('has its page, its files and their checksums', () => {
    expect(said(result)).toEqual([])
    expect(result).toMatchObject({ ok: true, books: 1, files: files.size })
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['SHA256SUMS', 'cite.bib', 'cite.ris', 'cover.png', 'index.html', 'the-lamp.epub']),
    )
    const sums = text(files, 'SHA256SUMS').trimEnd().split('\n')
    expect(sums).toHaveLength(files.size - 1)
    for (const line of sums) {
      const [sum, path] = line.split('  ') as [string, string]
      expect({ path, sum }).toEqual({ path, sum: createHash('sha256').update(files.get(path)!).digest('hex') })
    }
  })

  test('every address on the page is relative, and leads to a file of the site', () => {
    const addresses = page.flatMap(({ name, attributes: { href, src, rel } }) =>
      name === 'link' && rel === 'canonical' ? [] : [href, src].filter((one) => one !== undefined),
    )
    const inside = addresses.filter((one) => !one.startsWith('#') && !one.startsWith('https://example.org/'))
    expect(inside.length).toBeGreaterThan(6)
    expect(inside.filter((one) => !files.has(one))).toEqual([])
    const ids = page.map(({ attributes }) => attributes['id'])
    expect(addresses.filter((one) => one.startsWith('#') && !ids.includes(one.slice(1)))).toEqual([])
  })

  test('says who, what and how large, to people and to programs', () => {
    const body = page.find(({ name }) => name === 'body')!.text.replace(/\s+/g, ' ')
    for (const words of ['The Lamp', 'by Ann Marlow', 'Translated by Jo Reed', 'Lights, 2', '31 January 2026'])
      expect(body).toContain(words)
    expect(body).toContain('Marlow, Ann. The Lamp: A Story. Translated by Jo Reed. Marlow Press, 2026.')
    expect(body).toContain(createHash('sha256').update(files.get('the-lamp.epub')!).digest('hex'))
    const meta = (key: string) =>
      page
        .filter(({ attributes }) => attributes['name'] === key || attributes['property'] === key)
        .map(({ attributes }) => attributes['content'])
    expect(meta('citation_author')).toEqual(['Marlow, Ann'])
    expect(meta('citation_publication_date')).toEqual(['2026/01/31'])
    expect(meta('og:title')).toEqual(['The Lamp'])
    const script = page.filter(({ name, attributes }) => name === 'script' && attributes['type'] !== undefined)
    expect(script).toHaveLength(1)
    expect(JSON.parse(script[0]!.text)).toMatchObject({
      '@type': 'Book',
      isbn: '9780000000002',
      author: { '@type': 'Person', name: 'Ann Marlow' },
      isPartOf: [{ name: 'Lights', position: '2' }],
      workExample: [
        {
          '@type': 'Book',
          accessibilityHazard: ['none'],
          encoding: { contentUrl: 'the-lamp.epub', encodingFormat: 'application/epub+zip' },
        },
      ],
    })
    expect(text(files, 'cite.bib')).toMatch(/^@book\{the-lamp2026,\n {2}author = \{Marlow, Ann\},\n/)
    expect(text(files, 'cite.ris')).toMatch(/^TY {2}- BOOK\r\nAU {2}- Marlow, Ann\r\n[\s\S]*ER {2}- \r\n$/)
  })

  test('its faces are those of the theme, whole in their tables', () => {
    const [path] = [...files.keys()].filter((name) => /^assets\/EBGaramond-regular-[0-9a-f]{10}\.woff$/.test(name))
    const woff = files.get(path!)!
    expect(woff.toString('latin1', 0, 4)).toBe('wOFF')
    expect(woff.readUInt32BE(8)).toBe(woff.length)
    const tags: string[] = []
    for (let i = 0; i < woff.readUInt16BE(12); i++) {
      const at = 44 + 20 * i
      tags.push(woff.toString('latin1', at, at + 4))
      const [offset, packed, length] = [4, 8, 12].map((more) => woff.readUInt32BE(at + more)) as [
        number,
        number,
        number,
      ]
      const bytes = woff.subarray(offset, offset + packed)
      expect(packed < length ? inflateSync(bytes) : bytes).toHaveLength(length)
    }
    expect(tags).toEqual(expect.arrayContaining(['GSUB', 'cmap', 'glyf', 'head']))
  })
})

test('nothing that a book says leaves its place', async () => {
  const evil = `</title></script><script>alert(1)</script> & "it" <img src=x onerror=alert(1)> ]]>`
  const from = folderOf(
    book(
      {
        ...{
          title: evil,
          subtitle: evil,
          slug: 'evil',
          authors: [evil],
          description: `${evil}\n\n${evil}`,
          rights: evil,
        },
        ...{ publisher: evil, subjects: [evil], series: evil, source: { title: evil, note: evil }, edition: evil },
      },
      '# `</script><script>alert(2)</script>`\n\nText.\n',
    ),
  )
  const out = join(folderOf({}), 'site')
  const result = await publish({ from, out })
  expect(result.ok).toBe(true)
  const html = readFileSync(join(out, 'index.html'), 'utf8')
  const page = elementsOf(html)
  expect(page.filter(({ name }) => name === 'img').map(({ attributes }) => attributes['src'])).toEqual(['cover.png'])
  // The other asks for the face of the text.
  const scripts = page.filter(({ name }) => name === 'script')
  expect(scripts.map(({ attributes }) => attributes['type'])).toEqual([undefined, 'application/ld+json'])
  expect(scripts[0]!.text).toMatch(/^location\.protocol==="file:"\|\|document\.write\("[^<>]*EBGaramond[^<>]*"\)$/)
  const data = JSON.parse(scripts[1]!.text) as { name: string }
  expect(data.name).toBe(evil)
  expect(page.find(({ name }) => name === 'h1')!.text).toBe(evil)
  expect(page.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^on/.test(name))).toEqual([])
  // What is looked for in BibTeX is that its braces pair.
  const bib = readFileSync(join(out, 'cite.bib'), 'utf8').replace(/\\[{}]/g, '')
  expect(bib.split('{').length).toBe(bib.split('}').length)
})

describe('replaced as a whole, or left as it was', () => {
  test('the same book makes the same bytes; what another book had is gone', async () => {
    const out = join(folderOf({}), 'site')
    const other = join(folderOf({}), 'elsewhere')
    for (const one of [out, other, out]) await publish({ from: folderOf(book(MANIFEST)), out: one })
    expect(filesIn(out)).toEqual(filesIn(other))
    await publish({ from: folderOf(book({ ...MANIFEST, slug: 'other' })), out })
    expect(existsSync(join(out, 'the-lamp.epub'))).toBe(false)
  })

  test('a book with faults changes nothing', async () => {
    const out = join(folderOf({}), 'site')
    await publish({ from: folderOf(book(MANIFEST)), out })
    const first = filesIn(out)
    const result = await publish({ from: folderOf(book({ ...MANIFEST, body: ['none.md'] })), out })
    expect(result.ok).toBe(false)
    expect(said(result)).toEqual(['book.json:1 missing-file'])
    expect(filesIn(out)).toEqual(first)
  })

  test('a folder of something else is not replaced; what others keep in a site moves along', async () => {
    const out = folderOf({ 'thesis.tex': 'years of work' })
    const result = await publish({ from: folderOf(book(MANIFEST)), out })
    expect(said(result)).toEqual([':0 output-not-a-site'])
    expect(readFileSync(join(out, 'thesis.tex'), 'utf8')).toBe('years of work')
    rmSync(join(out, 'thesis.tex'))
    mkdirSync(join(out, '.git'))
    writeFileSync(join(out, '.git/HEAD'), 'ref')
    writeFileSync(join(out, 'CNAME'), 'books.example.org')
    expect((await publish({ from: folderOf(book(MANIFEST)), out })).ok).toBe(true)
    expect((await publish({ from: folderOf(book(MANIFEST)), out })).ok).toBe(true)
    expect(readFileSync(join(out, '.git/HEAD'), 'utf8')).toBe('ref')
    expect(said(await verify({ site: out }))).toEqual([])
  })
})

test('a site proves itself, and its sources prove it', async () => {
  const from = folderOf(book(MANIFEST))
  const out = join(folderOf({}), 'site')
  await publish({ from, out })
  const files = filesIn(out).size
  expect(await verify({ site: out, rebuild: from })).toEqual({ ok: true, diagnostics: [], files: files - 1 })
  writeFileSync(join(from, 'one.md'), '# One\n\nAnother sentence.\n')
  const differs = await verify({ site: out, rebuild: from })
  expect(differs.diagnostics.map(({ path, code }) => `${path} ${code}`)).toEqual(
    expect.arrayContaining(['the-lamp.epub site-differs', 'index.html site-differs']),
  )
  writeFileSync(join(out, 'cite.ris'), 'changed')
  rmSync(join(out, 'cite.bib'))
  writeFileSync(join(out, 'assets/more.js'), '')
  expect(said(await verify({ site: out }))).toEqual([
    'assets/more.js:0 site-strange',
    'cite.bib:0 site-missing',
    'cite.ris:0 site-changed',
  ])
  expect(said(await verify({ site: from }))).toEqual([':0 site-unproved'])
})

test('with an edition to be read in the browser, the page leads into it, and so does what changed', async () => {
  const out = join(folderOf({}), 'site')
  const editions = ['epub', 'web'] as const
  await publish({ from: folderOf(book(MANIFEST)), out, editions })
  const changed = book({ ...MANIFEST, modified: '2026-04-01' }, '# One\n\nA sentence of the book.\n\nA third one.\n')
  expect((await publish({ from: folderOf(changed), out, editions })).ok).toBe(true)
  const files = filesIn(out)
  const page = text(files, 'index.html')
  expect(page).toContain('<a class="act main" href="the-lamp-web/index.html">Read in the browser</a>')
  const [, chapter] = /<a href="(the-lamp-web\/text\/[^"]+)">One<\/a>/.exec(page)!
  expect(files.has(chapter!.split('#')[0]!)).toBe(true)
  const [, path, id] = /<a href="\.\.\/([^"#]+)#([^"]+)">A third one\.<\/a>/.exec(text(files, 'changes/index.html'))!
  expect(text(files, path!)).toContain(`id="${id}"`)
  expect(await verify({ site: out })).toMatchObject({ ok: true })
  const [manifest] = (
    JSON.parse(text(files, 'opds.json')) as { publications: { links: { href: string; type: string }[] }[] }
  ).publications[0]!.links.filter(({ type }) => type === 'application/webpub+json')
  expect(files.has(manifest!.href)).toBe(true)
})
