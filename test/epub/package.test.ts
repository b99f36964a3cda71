// The container and the package document: what the manifest of the book gives is there, and nothing else.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Book, Image } from '../../src/model/book.js'
import { figure, h, item, link, list, makeBook, metadata, p, png, section } from './builders.js'
import { type Made, make, pagesOf } from './make.js'
import { specimen } from './specimen.js'

let book: Book
let epub: Made
let opf: string
beforeAll(async () => {
  book = await specimen()
  epub = await make(book, { starts: pagesOf(book, 7) })
  opf = epub.text('EPUB/package.opf')
})

const opfOf = async (of: Book) => (await make(of)).text('EPUB/package.opf')
const one = (about: Partial<Book['metadata']> = {}, ...blocks: Parameters<typeof section>[2][]) =>
  makeBook(metadata(about), [section('one', { title: 'One' }, h('title', 1, 'One'), ...blocks)])

describe('the container', () => {
  test('begins with its type, stored, without an extra field', () => {
    const { bytes } = epub
    const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
    expect(text(0, 4)).toBe('PK\u0003\u0004')
    expect(text(30, 38)).toBe('mimetype')
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    expect([view.getUint16(8, true), view.getUint16(26, true), view.getUint16(28, true)]).toEqual([0, 8, 0])
    expect(text(38, 58)).toBe('application/epub+zip')
    expect([...epub.files.keys()].slice(0, 3)).toEqual(['mimetype', 'META-INF/container.xml', 'EPUB/package.opf'])
  })

  test('is the same whatever the zone and the hour', async () => {
    const zone = process.env['TZ']
    try {
      process.env['TZ'] = 'Pacific/Kiritimati'
      const there = await make(book, { starts: pagesOf(book, 7) })
      process.env['TZ'] = 'America/Anchorage'
      const elsewhere = await make(book, { starts: pagesOf(book, 7) })
      expect(Buffer.compare(there.bytes, elsewhere.bytes)).toBe(0)
      expect(Buffer.compare(there.bytes, epub.bytes)).toBe(0)
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })

  test('lists every file once, and has every file that it lists', () => {
    const listed = [...opf.matchAll(/<item [^>]*href="([^"]+)"/g)].map((each) => `EPUB/${each[1]}`)
    const files = [...epub.files.keys()].filter((path) => path.startsWith('EPUB/') && !path.endsWith('package.opf'))
    expect([...listed].sort()).toEqual([...files].sort())
    const ids = [...opf.matchAll(/\sid="([^"]+)"/g)].map((each) => each[1])
    expect(new Set(ids).size).toBe(ids.length)
    for (const path of files) expect(path).toMatch(/^EPUB\/[A-Za-z0-9._/-]+$/)
  })
})

describe('metadata', () => {
  test('says everything that the manifest gives, each by itself', () => {
    for (const line of [
      '<dc:identifier id="identifier">urn:uuid:12345678-1234-5234-9234-123456789abc</dc:identifier>',
      '<dc:title id="title">The Specimen &lt;&amp;&gt;</dc:title>',
      '<meta property="title-type" refines="#title">main</meta>',
      '<meta property="file-as" refines="#title">Specimen &lt;&amp;&gt;, The</meta>',
      '<dc:title id="subtitle">Of every construct</dc:title>',
      '<meta property="title-type" refines="#subtitle">subtitle</meta>',
      '<dc:language>en</dc:language>',
      '<dc:creator id="creator-1">Jane Doe</dc:creator>',
      '<meta property="role" refines="#creator-1" scheme="marc:relators">aut</meta>',
      '<meta property="file-as" refines="#creator-1">Doe, Jane</meta>',
      '<dc:creator id="creator-2">John Roe</dc:creator>',
      '<dc:contributor id="contributor-1">Ann Other</dc:contributor>',
      '<meta property="role" refines="#contributor-1" scheme="marc:relators">trl</meta>',
      '<dc:publisher id="publisher">A Small Press</dc:publisher>',
      '<meta property="role" refines="#publisher" scheme="marc:relators">pbl</meta>',
      '<dc:date>2001-02-03</dc:date>',
      '<dc:rights>Public domain</dc:rights>',
      '<dc:description>A book for &lt;tests&gt; &amp; nothing else.</dc:description>',
      '<dc:subject>Testing</dc:subject>',
      '<dc:source id="source">urn:isbn:9780000000002</dc:source>',
      '<meta property="dcterms:title" refines="#source">An older specimen</meta>',
      '<meta property="dcterms:date" refines="#source">1936</meta>',
      '<dc:source>https://example.org/old</dc:source>',
      '<meta property="belongs-to-collection" id="series">Specimens</meta>',
      '<meta property="group-position" refines="#series">3</meta>',
      '<meta property="dcterms:modified">2001-02-03T04:05:06Z</meta>',
      '<meta name="cover" content="cover.png"/>',
    ]) {
      expect(opf).toContain(`    ${line}\n`)
    }
    expect(opf.match(/dcterms:modified/g)).toHaveLength(1)
    expect(opf).toContain('xml:lang="en"')
  })

  test('invents nothing and leaves nothing empty', async () => {
    const bare = await opfOf(one())
    expect(bare).not.toMatch(
      /dc:(creator|contributor|publisher|date|rights|description|subject|source)|subtitle|conformsTo|collection/,
    )
    expect(bare).not.toMatch(/><\/(dc:|meta)/)
    const blank = await opfOf(one({ publisher: ' ', rights: '', subtitle: ' ', subjects: [{ name: '' }] }))
    expect(blank).not.toMatch(/dc:(publisher|rights|subject)|"subtitle"/)
  })

  test('the cover is the cover, for old and new', () => {
    expect(opf).toMatch(
      /<item id="cover.png" href="images\/cover.png" media-type="image\/png" properties="cover-image"\/>/,
    )
    expect(opf).toContain('<reference type="cover" title="Cover" href="text/cover.xhtml"/>')
    expect(epub.text('EPUB/text/cover.xhtml')).toContain(
      '<img role="doc-cover" src="../images/cover.png" alt="The Specimen &lt;&amp;&gt;. Of every construct. Jane Doe, John Roe"/>',
    )
  })

  test('a picture that only the cover shows is there once', async () => {
    const picture: Image = { path: 'cover.png', type: 'png', bytes: await png(4, 4, 0), width: 4, height: 4 }
    const made = await make(makeBook(metadata({ cover: 'cover.png' }), [section('one', {}, p('body', 'x'))], [picture]))
    expect([...made.files.keys()].filter((path) => path.startsWith('EPUB/images/'))).toEqual(['EPUB/images/cover.png'])
  })

  test('pages turn as the language is read', async () => {
    expect(opf).toContain('page-progression-direction="ltr"')
    for (const language of ['ar', 'he-IL', 'az-Arab']) {
      expect(await opfOf(one({ language }))).toContain('page-progression-direction="rtl"')
    }
    expect(await opfOf(one({ language: 'ku-Latn' }))).toContain('page-progression-direction="ltr"')
  })
})

describe('accessibility is what the content is', () => {
  const values = (of: string, property: string) =>
    [...of.matchAll(new RegExp(`<meta property="schema:${property}"[^>]*>([^<]*)<`, 'g'))].map((each) => each[1])

  test('text alone claims no pictures', async () => {
    const bare = await opfOf(one())
    expect(values(bare, 'accessMode')).toEqual(['textual'])
    expect(values(bare, 'accessModeSufficient')).toEqual(['textual'])
    expect(values(bare, 'accessibilityHazard')).toEqual(['none'])
    expect(values(bare, 'accessibilityFeature')).toEqual([
      'ARIA',
      'displayTransformability',
      'readingOrder',
      'structuralNavigation',
      'tableOfContents',
      'unlocked',
    ])
    expect(values(bare, 'accessibilitySummary')[0]).toContain('It has no pictures but the cover.')
  })

  test('pictures that say something are visual, and described; decoration is not', async () => {
    expect(values(opf, 'accessMode')).toEqual(['textual', 'visual'])
    expect(values(opf, 'accessModeSufficient')).toEqual(['textual', 'textual,visual'])
    expect(values(opf, 'accessibilityFeature')).toEqual(
      expect.arrayContaining(['alternativeText', 'index', 'pageBreakMarkers', 'pageNavigation']),
    )
    const dot: Image = { path: 'dot.png', type: 'png', bytes: await png(4, 4, 0), width: 4, height: 4 }
    const adorned = makeBook(
      metadata(),
      [section('one', { title: 'One' }, h('title', 1, 'One'), figure('dot.png', ''))],
      [dot],
    )
    expect(values(await opfOf(adorned), 'accessMode')).toEqual(['textual'])
    expect(values(await opfOf(adorned), 'accessibilityFeature')).not.toContain('alternativeText')
  })

  test('a picture that moves may be a hazard', async () => {
    const frame = [0x21, 0xf9, 0x04, 0, 0, 0, 0, 0]
    const moving: Image = {
      path: 'moving.gif',
      type: 'gif',
      bytes: Uint8Array.from([0x47, 0x49, 0x46, ...frame, 0, ...frame]),
      width: 1,
      height: 1,
    }
    const still: Image = { ...moving, bytes: Uint8Array.from([0x47, 0x49, 0x46, ...frame]) }
    const of = (image: Image) => makeBook(metadata(), [section('one', {}, figure('moving.gif', 'It moves.'))], [image])
    expect(values(await opfOf(of(moving)), 'accessibilityHazard')).toEqual(['unknown'])
    expect(values(await opfOf(of(still)), 'accessibilityHazard')).toEqual(['none'])
  })

  test('conformance is claimed only in the name of who certifies it', async () => {
    expect(opf).not.toMatch(/conformsTo|certifiedBy/)
    const certified = await opfOf(one({ certifier: 'Jane Doe' }))
    expect(certified).toContain(
      '<meta property="dcterms:conformsTo" id="conformance">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>',
    )
    expect(certified).toContain('<meta property="a11y:certifiedBy" refines="#conformance">Jane Doe</meta>')
  })

  test('an exemption is claimed where the book claims one', async () => {
    expect(opf).not.toContain('exemption')
    const exempt = await opfOf(one({ exemption: 'eaa-microenterprise' }))
    expect(exempt).toContain('<meta property="a11y:exemption">eaa-microenterprise</meta>')
  })
})

describe('the ways through the book', () => {
  test('contents are nested: parts, chapters, headings', () => {
    const nav = epub.text('EPUB/nav.xhtml')
    expect(nav).toContain(
      `    <li><a href="text/part-one.xhtml">Part One</a>
      <ol>
        <li><a href="text/chapter-1.xhtml">The First Chapter</a>
          <ol>
            <li><a href="text/chapter-1.xhtml#why">Why</a>
              <ol>
                <li><a href="text/chapter-1.xhtml#chapter-1-heading-1">A deeper heading</a></li>
              </ol>
            </li>
          </ol>
        </li>
`,
    )
    expect(epub.text('EPUB/toc.ncx')).toMatch(
      /<navLabel><text>Part One<\/text><\/navLabel>\n\s*<content src="text\/part-one.xhtml"\/>\n\s*<navPoint/,
    )
    expect(epub.text('EPUB/toc.ncx')).toContain(
      '<meta name="dtb:uid" content="urn:uuid:12345678-1234-5234-9234-123456789abc"/>',
    )
  })

  test('landmarks are the book’s own divisions', () => {
    const nav = epub.text('EPUB/nav.xhtml')
    const marks = [...nav.matchAll(/<a epub:type="([^"]+)" href="([^"]+)">/g)].map((each) => `${each[1]} ${each[2]}`)
    expect(marks).toEqual([
      'cover text/cover.xhtml',
      'titlepage text/title-page.xhtml',
      'toc text/contents.xhtml',
      'preface text/preface.xhtml',
      'bodymatter text/part-one.xhtml',
      'glossary text/glossary.xhtml',
      'index text/index.xhtml',
      'colophon text/colophon.xhtml',
    ])
  })

  test('without a page of contents, the navigation document is that page', async () => {
    const bare = await make(one())
    expect(bare.text('EPUB/package.opf')).toContain('<itemref idref="nav.xhtml" linear="no"/>')
    expect(bare.text('EPUB/nav.xhtml')).toContain('<a epub:type="toc" href="nav.xhtml#toc">')
    expect(opf).not.toContain('idref="nav.xhtml"')
  })

  test('a book without a single title still has contents', async () => {
    const bare = makeBook(metadata(), [section('one', {}, p('body', 'x'))])
    expect((await make(bare)).text('EPUB/nav.xhtml')).toContain('<li><a href="text/one.xhtml">A Specimen</a></li>')
  })

  test('every link within the book leads to an id that is there', async () => {
    const of = makeBook(metadata(), [
      section(
        'one',
        { title: 'One' },
        h('title', 1, 'One'),
        p('body', link('#two', 'two'), link('#there', 'there'), link('#gone', 'gone')),
      ),
      section('two', { title: 'Two' }, h('title', 1, 'Two'), { ...list({}, [item('x')]), id: 'there' }),
    ])
    const made = await make(of)
    expect(made.text('EPUB/text/one.xhtml')).toContain(
      '<p><a href="two.xhtml">two</a><a href="two.xhtml#there">there</a>gone</p>',
    )
    expect(made.text('EPUB/text/two.xhtml')).toContain('<ul id="there">')
    // Two ids at one place: the block carries the first, and both lead to it.
    of.targets.set('also', of.targets.get('there')!)
    of.sections[0]!.blocks.push(p('body', link('#also', 'also')))
    of.sections[0]!.blocks.at(-1)!.n = of.anchors++
    expect((await make(of)).text('EPUB/text/one.xhtml')).toContain('<p><a href="two.xhtml#there">also</a></p>')
    for (const [path, bytes] of epub.files) {
      if (!/\.(xhtml|ncx|opf)$/.test(path)) continue
      const text = new TextDecoder().decode(bytes)
      for (const [, href] of text.matchAll(/\s(?:href|src)="(?!https:)([^"]+)"/g)) {
        const url = new URL(href!, `file:///${path}`)
        const target = decodeURIComponent(url.pathname.slice(1))
        expect({ path, href, there: epub.files.has(target) }).toEqual({ path, href, there: true })
        if (url.hash !== '') expect(epub.text(target)).toContain(`id="${decodeURIComponent(url.hash.slice(1))}"`)
      }
    }
  })
})
