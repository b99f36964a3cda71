// The web edition: a folder that needs nothing but itself, with the words, ids and pages of the EPUB.
import { createHash } from 'node:crypto'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { selectAll, selectOne } from 'css-select'
import { parseDocument } from 'htmlparser2'
import { beforeAll, describe, expect, test } from 'vitest'
import { bind, build } from '../../src/build.js'
import { LANGUAGES } from '../../src/model/languages.js'
import { webWords } from '../../src/web/frame-words.js'
import { toHtml } from '../../src/web/html.js'
import { type Element, type Tree, textOf, wordsOf } from '../finished/epub.js'
import { unzip } from '../finished/zip.js'

const BOOK = join(dirname(fileURLToPath(import.meta.url)), '../kitchen-sink')
const FOLDER = 'kitchen-sink-web/'

let files: Map<string, Uint8Array>
let pages: Map<string, Tree>
let epub: Map<string, Uint8Array>
const decoder = new TextDecoder()
const text = (name: string) => decoder.decode(files.get(name))
const all = (selector: string, tree: Tree) => selectAll(selector, tree.children) as unknown as Element[]
const idsOf = (tree: Tree) => all('[id]', tree).map(({ attribs }) => attribs['id']!)

beforeAll(async () => {
  const made = await build({ book: BOOK, editions: ['epub', 'web', 'pdf'], out: false })
  expect(made.ok).toBe(true)
  const web = made.files.filter(({ edition }) => edition === 'web')
  expect(web.every(({ path }) => path.startsWith(FOLDER))).toBe(true)
  files = new Map(web.map(({ path, bytes }) => [path.slice(FOLDER.length), bytes!]))
  pages = new Map(
    [...files.keys()].filter((name) => name.endsWith('.html')).map((name) => [name, parseDocument(text(name))]),
  )
  epub = unzip(made.files.find(({ edition }) => edition === 'epub')!.bytes!)
})

describe('is whole', () => {
  test('every address leads to a file of the folder, and to an id in it', () => {
    expect(pages.size).toBeGreaterThan(20)
    const lost: string[] = []
    let seen = 0
    for (const [name, tree] of pages) {
      for (const { attribs } of all('[href], [src]', tree)) {
        const address = attribs['href'] ?? attribs['src']!
        if (/^(https?|mailto):/.test(address)) continue
        seen++
        expect(address, name).not.toMatch(/^\/|^[a-z]+:|^\.\.\/\.\./)
        const [path, fragment] = address.split('#') as [string, string?]
        const target = path === '' ? name : posix.normalize(posix.join(posix.dirname(name), decodeURIComponent(path)))
        if (!files.has(target)) lost.push(`${name}: ${address}`)
        const there = pages.get(target)
        if (fragment && (there === undefined || !idsOf(there).includes(decodeURIComponent(fragment))))
          lost.push(`${name}: ${address}`)
      }
    }
    expect(lost).toEqual([])
    expect(seen).toBeGreaterThan(200)
  })

  test('its pictures, faces, scripts and styles are its own, and nothing stands in a page that the policy forbids', () => {
    for (const [name, tree] of pages) {
      const [charset, , policy] = all('head > meta', tree)
      expect(charset?.attribs['charset'], name).toBe('utf-8')
      expect(policy?.attribs['http-equiv']).toBe('Content-Security-Policy')
      expect(policy?.attribs['content']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
      expect(policy?.attribs['content']).not.toMatch(/unsafe|data:|\*|https?:/)
      expect(all('style, [style], script:not([src]), [onclick], [onload], base, form', tree), name).toEqual([])
      for (const { attribs } of all('script, img, link[rel=stylesheet], link[rel=icon]', tree))
        expect(attribs['src'] ?? attribs['href'], name).not.toMatch(/:/)
    }
    expect(
      text('css/book.css')
        .match(/url\([^)]*\)/g)!
        .every((url) => /^url\(\.\.\/fonts\//.test(url)),
    ).toBe(true)
    for (const [, file] of text('css/book.css').matchAll(/url\(\.\.\/(fonts\/[^)]*)\)/g))
      expect(files.has(file!)).toBe(true)
  })

  test('the sums, the worker and the manifest name every file', () => {
    const sums = [...text('SHA256SUMS').matchAll(/^([0-9a-f]{64}) {2}(.*)$/gm)].map(([, sum, name]) => [name!, sum!])
    const names = [...files.keys()].filter((name) => name !== 'SHA256SUMS').sort()
    expect(sums.map(([name]) => name)).toEqual(names)
    for (const [name, sum] of sums) expect(createHash('sha256').update(files.get(name!)!).digest('hex'), name).toBe(sum)
    const kept = JSON.parse(/octavoFiles=(\[.*?\]);$/m.exec(text('sw.js'))![1]!) as string[]
    expect(kept.sort()).toEqual(names.filter((name) => name !== 'sw.js'))
    const manifest = JSON.parse(text('manifest.json'))
    const listed = [...manifest.readingOrder, ...manifest.resources].map(({ href }: { href: string }) => href)
    expect(listed.sort()).toEqual(names.filter((name) => name !== 'sw.js' && name !== 'manifest.json'))
  })

  test('the manifest says what the EPUB says', () => {
    const { metadata, readingOrder, toc, pageList } = JSON.parse(text('manifest.json'))
    const opf = decoder.decode(epub.get('EPUB/package.opf'))
    expect(metadata.title).toBe('The Kitchen Sink')
    expect(opf).toContain(`<meta property="schema:accessibilitySummary">${metadata.accessibility.summary}</meta>`)
    for (const feature of metadata.accessibility.feature) expect(opf).toContain(`>${feature}<`)
    expect(readingOrder.map(({ href }: { href: string }) => href)).toEqual(
      [...pages.keys()].filter((name) => name !== 'index.html'),
    )
    const nav = parseDocument(decoder.decode(epub.get('EPUB/nav.xhtml')), { xmlMode: true })
    const flat = (nodes: { title: string; children?: never[] }[]): string[] =>
      nodes.flatMap(({ title, children = [] }) => [title, ...flat(children)])
    expect(flat(toc)).toEqual(all('nav#toc a', nav).map((link) => textOf(link).trim()))
    const printed = all('nav#page-list a', nav).map((link) => textOf(link).trim())
    expect(pageList.map(({ title }: { title: string }) => title)).toEqual(printed)
    for (const { title, href } of pageList) {
      const [file, id] = href.split('#')
      const mark = selectOne(`[id="${id}"]`, pages.get(file)!.children) as unknown as Element
      expect(textOf(mark).trim()).toBe(title)
    }
  })
})

describe('has what the EPUB has', () => {
  const pairs = () =>
    [...pages]
      .filter(([name]) => name.startsWith('text/'))
      .map(([name, tree]) => {
        const xhtml = decoder.decode(epub.get(`EPUB/${name.replace(/html$/, 'xhtml')}`))
        return { name, tree, there: parseDocument(xhtml, { xmlMode: true }) }
      })

  test('the same words in the same order', () => {
    expect(pairs()).toHaveLength(24)
    for (const { name, tree, there } of pairs()) {
      const [section] = all('main > section', tree)
      const [body] = all('body', there)
      const folios = ({ attribs }: Element) => attribs['class'] === 'folio'
      expect(wordsOf(textOf(section!, folios)), name).toEqual(wordsOf(textOf(body!)))
    }
  })

  test('the same ids, of paragraphs, headings, notes and pages', () => {
    const paragraph = /^p[0-9a-z]{6}(-\d+)?$/
    for (const { name, tree, there } of pairs()) {
      const [main] = all('main', tree)
      expect(idsOf(main as unknown as Tree), name).toEqual(idsOf(there))
    }
    expect([...pages.values()].flatMap(idsOf).filter((id) => paragraph.test(id)).length).toBeGreaterThan(100)
  })

  test('nothing that only reading systems of EPUB know', () => {
    for (const [name, tree] of pages) {
      expect(text(name).replace(/<(code|pre)\b.*?<\/\1>/gs, ''), name).not.toMatch(
        /epub:|xml:lang|xmlns|\.xhtml|<\w[^>]*\/>/,
      )
      expect(tree.children.length).toBeGreaterThan(0)
    }
  })

  test('each page has one heading of the first level, or more, and begins with it', () => {
    for (const [name, tree] of pages) expect(all('h1, h2, h3, h4, h5, h6', tree)[0]?.name, name).toBe('h1')
  })
})

describe('is light', () => {
  test('what a first view loads of HTML, style and script is under 100 kB', () => {
    const size = (name: string) => files.get(name)!.length
    const shared = size('css/book.css') + size('css/web.css') + size('js/web.js')
    for (const name of pages.keys()) expect(shared + size(name), name).toBeLessThan(100_000)
    expect(size('js/web.js')).toBeLessThan(10_000)
  })

  test('the search reads every paragraph, each under its own address', () => {
    const told: [string, string, [string, string][]][] = []
    const data = /^octavoBook\((.*)\)\n$/s.exec(text('js/book.js'))![1]!
    const { parts } = JSON.parse(data)
    for (let part = 1; part <= parts; part++)
      told.push(...JSON.parse(/^octavoPart\((.*)\)\n$/s.exec(text(`search/${part}.js`))![1]!))
    expect(files.has(`search/${parts + 1}.js`)).toBe(false)
    // A term, a table or a caption has no id of its own, and is found under that before it.
    const found = new Map<string, string>()
    for (const [file, , texts] of told)
      for (const [id, words] of texts) {
        const address = `text/${file}#${id}`
        if (!found.has(address)) found.set(address, words)
      }
    let paragraphs = 0
    for (const [name, tree] of pages) {
      for (const each of all('main p[id], main li[id], main dd[id]', tree)) {
        const id = each.attribs['id']!
        if (!/^p[0-9a-z]{6}/.test(id)) continue
        paragraphs++
        const words = wordsOf(found.get(`${name}#${id}`) ?? '').join('')
        expect(words, `${name}#${id}`).not.toBe('')
        // Notes' numbers are no part of what is searched.
        expect(wordsOf(textOf(each, ({ attribs }) => attribs['class'] === 'folio')).join('')).toContain(
          words.slice(0, 10),
        )
      }
    }
    expect(paragraphs).toBeGreaterThan(90)
    expect([...found.values()].some((words) => words.includes('Tyger'))).toBe(true)
    expect(JSON.stringify(told)).toContain('A sink, drawn by hand in SVG')
  })

  test('a long book is searched in parts', async () => {
    const chapter = (n: number) =>
      `# Chapter ${n}\n\n${'A sentence that is long enough to make a part. '.repeat(1500)}\n`
    const source = {
      'book.yaml': 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md, b.md, c.md, d.md]\n',
      ...Object.fromEntries(['a', 'b', 'c', 'd'].map((name, i) => [`${name}.md`, chapter(i + 1)])),
    }
    const made = await build({ source, editions: ['web'], out: false })
    const parts = made.files.filter(({ path }) => path.includes('/search/'))
    expect(parts.length).toBe(2)
    for (const { size } of parts) expect(size).toBeLessThan(300_000)
  })
})

test('without pages there are none, and no list of them', async () => {
  const source = {
    'book.yaml': 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n',
    'a.md': '# One\n\nText.\n',
  }
  const { files } = await build({ source, editions: ['web'], out: false })
  const bytes = (name: string) => decoder.decode(files.find(({ path }) => path === `a-book-web/${name}`)!.bytes)
  expect(JSON.parse(bytes('manifest.json')).pageList).toBeUndefined()
  expect(bytes('text/a.html')).not.toContain('doc-pagebreak')
})

test('a book from right to left is one, and words of ours in another language say so', async () => {
  const source = {
    'book.yaml': 'title: ספר\nlanguage: he\ndate: 2026-01-01\nslug: sefer\nbody: [a.md]\n',
    'a.md': '# פרק\n\nטקסט.\n',
  }
  const { files } = await build({ source, editions: ['web'], out: false })
  const page = decoder.decode(files.find(({ path }) => path === 'sefer-web/text/a.html')!.bytes)
  expect(page).toMatch(/<html lang="he" dir="rtl"/)
  expect(page).toContain('<a class="skip" href="#a" lang="en">')
})

test('in a catalogue its first page leads back to the book’s', async () => {
  const source = {
    'book.yaml': 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n',
    'a.md': '# One\n\nText.\n',
  }
  const link = '<a class="act quiet" href="../index.html">About this book</a>'
  const front = (files: Awaited<ReturnType<typeof build>>['files']) =>
    decoder.decode(files.find(({ path }) => path === 'a-book-web/index.html')!.bytes)
  expect(front((await bind({ source, editions: ['web'], home: '../index.html' })).files)).toContain(link)
  expect(front((await build({ source, editions: ['web'], out: false })).files)).not.toContain('About this book')
})

test('the frame has its words in every language that Octavo knows', () => {
  const english = Object.keys(webWords('en'))
  expect(english.length).toBeGreaterThan(15)
  for (const language of LANGUAGES) {
    const words = Object.entries(webWords(language))
    for (const [key, word] of words) expect(word, `${language} ${key}`).toMatch(/\S/)
    expect(webWords(language).found).toContain('%')
  }
  expect(webWords('de-AT')).toEqual(webWords('de'))
  expect(webWords('xx')).toEqual(webWords('en'))
})

test('only tags are touched: what the text says of them stays', () => {
  expect(toHtml('<p epub:type="x" xml:lang="la" lang="la">a &lt;br/&gt; epub:type="x"<br/></p>')).toBe(
    '<p lang="la">a &lt;br/&gt; epub:type="x"<br></p>',
  )
  expect(toHtml('<h2 id="a">A</h2><h3>B</h3><hr/>', 1)).toBe('<h1 id="a">A</h1><h2>B</h2><hr>')
})
