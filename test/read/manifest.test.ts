// The manifest: what each key becomes, and what follows from them.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toLine } from '../../src/diagnostic.js'
import { identifiersOf } from '../../src/model/record.js'
import { numberBook, readBook, tellClasses } from '../../src/read/index.js'
import { asciiName, isDate, isDateTime, nameUuid, sortName } from '../../src/read/manifest/metadata.js'
import { relator, relatorName } from '../../src/read/manifest/relators.js'
import { readFolder, textOf } from './folder.js'

const epoch = process.env['SOURCE_DATE_EPOCH']
beforeEach(() => {
  delete process.env['SOURCE_DATE_EPOCH']
})
afterEach(() => {
  if (epoch === undefined) delete process.env['SOURCE_DATE_EPOCH']
  else process.env['SOURCE_DATE_EPOCH'] = epoch
})

const A = { 'a.md': '# A\n\nText.\n' }
async function manifest(yaml: string) {
  const { manuscript, said } = await readFolder({
    'book.yaml': `title: T\nlanguage: en\nbody: [a.md]\n${yaml}\n`,
    ...A,
  })
  return { meta: manuscript!.book.metadata, manuscript: manuscript!, said: said.map(toLine) }
}

describe('names for sorting', () => {
  it.each([
    ['Leo Tolstoy', 'Tolstoy, Leo'],
    ['Johann Wolfgang von Goethe', 'Goethe, Johann Wolfgang von'],
    ['Vincent van Gogh', 'Gogh, Vincent van'],
    ['Martin Luther King Jr.', 'King, Martin Luther, Jr.'],
    ['Jean de La Fontaine', 'La Fontaine, Jean de'],
    ['Homer', 'Homer'],
    ['Tolstoy, Leo', 'Tolstoy, Leo'],
    ['The Test Press', 'The Test Press'],
    ['Marks & Spencer', 'Marks & Spencer'],
    ['Лев Толстой', 'Толстой, Лев'],
  ])('%s', (name, sort) => {
    expect(sortName(name)).toBe(sort)
  })
})

describe('file names from titles', () => {
  it.each([
    ['War and Peace', 'war-and-peace'],
    ['Война и мир', 'voina-i-mir'],
    ['Ὀδύσσεια', 'odysseia'],
    ['L’Œuvre au noir: été', 'loeuvre-au-noir-ete'],
    ['Straße & Łódź', 'strasse-lodz'],
    ['../../etc/passwd', 'etc-passwd'],
    ['😀', ''],
  ])('%s', (title, slug) => {
    expect(asciiName(title)).toBe(slug)
  })

  const slugOf = async (title: string, language = 'en') => {
    const { manuscript } = await readFolder({
      'book.yaml': `title: '${title}'\nlanguage: ${language}\nbody: [a.md]\n`,
      ...A,
    })
    return manuscript!.book.metadata.slug
  }

  it('are never empty, nor a device of Windows', async () => {
    expect(await slugOf('😀')).toBe('book')
    expect(await slugOf('Con')).toBe('con-book')
    expect(await slugOf('x'.repeat(300))).toHaveLength(60)
  })

  it.each([
    ['荷塘月色', 'zh', 'he-tang-yue-se'],
    ['ガリバー', 'ja', 'gariba'],
    // Their reading is not in the letters.
    ['走れメロス（完）', 'ja', '走れメロス-完'],
    ['מילים לדרך', 'he', 'mylym-ldrkh'],
    ['한국', 'ko', 'hangug'],
    ['Война и мир', 'ru', 'voina-i-mir'],
  ])('%s', async (title, language, slug) => {
    expect(await slugOf(title, language)).toBe(slug)
  })

  it('are not cut within a word', async () => {
    const title = 'The Life and Strange Surprizing Adventures of Robinson Crusoe of York Mariner'
    expect(await slugOf(title)).toBe('the-life-and-strange-surprizing-adventures-of-robinson')
    expect(await slugOf('a'.repeat(60))).toHaveLength(60)
    expect(await slugOf(`${'a'.repeat(60)} b`)).toBe('a'.repeat(60))
  })
})

describe('dates', () => {
  it('are those of the calendar', () => {
    expect(['2026', '2026-02', '2024-02-29', '2000-02-29'].every(isDate)).toBe(true)
    expect(['26', '2026-13', '2026-02-29', '1900-02-29', '2026-00-01', '2026-1-1', 'x'].some(isDate)).toBe(false)
    expect(
      ['2026-01-31', '2026-01-31T10:00', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00+02:00'].every(isDateTime),
    ).toBe(true)
    expect(['2026-01-31T24:00', '2026-01-31T10', 'now'].some(isDateTime)).toBe(false)
  })

  it('say when the files were made: the manifest, the environment, the date, or a fixed day', async () => {
    const modified = async (yaml: string) => (await manifest(yaml)).meta.modified
    expect(await modified('date: 2026-01-31\nmodified: 2026-02-01T10:00:00+02:00')).toBe('2026-02-01T08:00:00Z')
    expect(await modified('date: 2026-01-31')).toBe('2026-01-31T00:00:00Z')
    expect(await modified('date: 2026')).toBe('2026-01-01T00:00:00Z')
    expect(await modified('')).toBe('2000-01-01T00:00:00Z')
    process.env['SOURCE_DATE_EPOCH'] = '86400'
    expect(await modified('date: 2026-01-31')).toBe('1970-01-02T00:00:00Z')
    expect(await modified('modified: 2026-02-01')).toBe('2026-02-01T00:00:00Z')
  })
})

describe('identifiers', () => {
  it('are made from title, authors and language, the same for ever', async () => {
    const { meta } = await manifest('authors: [A B]')
    expect(meta.identifier).toBe(`urn:uuid:${nameUuid('T\nA B\nen')}`)
    // To the letter: a book that was published under it must keep it.
    expect(meta.identifier).toBe('urn:uuid:e99a77c7-756b-5744-8a79-65085d33e67e')
    expect(meta.identifier).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(meta.identifierGiven).toBe(false)
  })

  it('may be URNs and URLs', async () => {
    for (const one of [
      'urn:isbn:9780000000002',
      'https://example.org/a',
      'urn:uuid:3f6a1c1e-51b3-5f0e-9d6e-0b8f5f2f6a10',
    ]) {
      expect((await manifest(`identifier: ${one}`)).meta).toMatchObject({ identifier: one, identifierGiven: true })
    }
  })
})

describe('roles of persons', () => {
  it('are MARC relators by code or name', () => {
    expect(relator('trl')).toEqual({ code: 'trl' })
    expect(relator('Translator')).toEqual({ code: 'trl' })
    expect(relator('cover designer')).toEqual({ code: 'cov' })
    expect(relator('author-of-introduction')).toEqual({ code: 'aui' })
    expect(relator('translater')).toEqual({ near: 'translator' })
    expect(relatorName('ill')).toBe('Illustrator')
  })
})

describe('texts', () => {
  it('are taken to the letter', async () => {
    const { meta } = await manifest(`subtitle: "Tom & Jerry's <b>\\"Big\\"</b> 😀"\nrights: 1.10`)
    expect(meta.subtitle).toBe('Tom & Jerry\'s <b>"Big"</b> 😀')
    expect(meta.rights).toBe('1.10')
  })

  it('of HTML become plain in the description', async () => {
    const { meta } = await manifest(`description: "<p>One &amp; <i>two</i>,<br/>three.</p>\\n<p>Four &lt; five.</p>"`)
    expect(meta.description).toBe('One & two,\nthree.\nFour < five.')
  })

  it('that are empty are left out', async () => {
    const { meta, said } = await manifest(
      'subtitle:\npublisher: ""\ndescription: "<p></p>"\nauthors: []\ndate: 2026-01-01',
    )
    expect(said).toEqual([])
    expect(meta).toMatchObject({ subtitle: undefined, publisher: undefined, description: undefined, authors: [] })
  })
})

describe('editions', () => {
  const MM = 72 / 25.4
  it('are EPUB and PDF if none is named', async () => {
    expect((await manifest('')).manuscript.editions).toEqual({ epub: {}, pdf: {} })
  })

  it('have lengths in points', async () => {
    const { manuscript, said } = await manifest(
      'date: 2026-01-01\neditions:\n  print: { trim: { width: 12cm, height: 8in }, bleed: 0.125in, gutter: 4mm, marks: true, cover: true, multiple: 8 }\n  booklet: { sheet: letter, signature: 16, creep: 0, paper: 0.2mm }\n  pdf: { trim: us-trade }',
    )
    expect(said).toEqual([])
    const { epub, pdf, print, booklet } = manuscript.editions
    expect(epub).toBeUndefined()
    expect(pdf).toEqual({ trim: { width: 432, height: 648 }, linear: false })
    expect(print).toMatchObject({ bleed: 9, marks: true, cover: true, multiple: 8 })
    expect(print!.trim!.width).toBeCloseTo(120 * MM, 9)
    expect(print!.gutter).toBeCloseTo(4 * MM, 9)
    expect(booklet).toMatchObject({ sheet: { width: 612, height: 792 }, signature: 16, creep: 0 })
  })

  it('may be a list of names', async () => {
    const { manuscript } = await manifest('editions: [epub, print]')
    expect(manuscript.editions).toMatchObject({ epub: {}, print: { marks: false, gutter: 'auto', multiple: 2 } })
    expect(manuscript.editions.pdf).toBeUndefined()
  })
})

describe('what an edition is known by', () => {
  const known = async (yaml: string) => {
    const { meta, said } = await manifest(`date: 2026-01-01\n${yaml}`)
    return { said, of: (name: 'epub' | 'print') => identifiersOf(meta, name) }
  }

  it('is its own ISBN, else the book’s; then the identifier given, then the DOI', async () => {
    const each = await known('isbn: {epub: 978-0-306-40615-7}\nidentifier: urn:uuid:1\ndoi: 10.1000/182')
    expect(each.said).toEqual([])
    expect(each.of('epub')).toEqual(['urn:isbn:9780306406157', 'urn:uuid:1', 'https://doi.org/10.1000/182'])
    expect(each.of('print')).toEqual(['urn:uuid:1', 'https://doi.org/10.1000/182'])
    expect((await known('isbn: 080442957x')).of('print')).toEqual(['urn:isbn:080442957X'])
    expect((await known('doi: doi:10.1000/182')).of('epub')).toEqual(['https://doi.org/10.1000/182'])
    expect((await known('')).of('epub')[0]).toMatch(/^urn:uuid:/)
  })

  it.each([
    ['isbn: 978-0-306-40615-8', 'the last is `8`, and the others give `7`'],
    ['isbn: 0-8044-2957-1', 'the last is `1`, and the others give `X`'],
    ['isbn: 123', '`123` is no ISBN'],
    ['isbn: 1234567890128', 'begins neither with 978 nor 979'],
    ['identifier: urn:isbn:9780306406158', 'the others give `7`'],
    ['doi: ten', '`doi` is `ten`'],
    ['copyright: {holder: Me}', '`year` must be a year'],
    ['copyright: mine', '`copyright` must be a year and a holder'],
  ])('is proved: %s', async (yaml, wanted) => {
    const { said } = await known(yaml)
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(wanted)
  })

  it('takes years and holders', async () => {
    const { meta } = await manifest(
      'date: 2026-01-01\ncopyright: {year: 1999-2026, holder: [Ann, Bob]}\nauthors: [Cid]',
    )
    expect(meta.copyright).toEqual({ years: '1999–2026', holders: ['Ann', 'Bob'] })
    const text = await manifest('date: 2026-01-01\ncopyright: © 2026 by Ann Marlow')
    expect(text.meta.copyright).toEqual({ years: '2026', holders: ['Ann Marlow'] })
  })

  it('has short titles of the book and of its sections', async () => {
    const { manuscript } = await readFolder({
      'book.yaml':
        'title: A Long Title\nshort-title: "Tom\'s"\nlanguage: en\ndate: 2026-01-01\nbody: [a.md, {file: b.md, short-title: Entry}]\n',
      'a.md': '---\nshort-title: Own\n---\n# A\n\nText.\n',
      'b.md': '---\nshort-title: Own\n---\n# B\n\nText.\n',
    })
    const { metadata, sections } = manuscript!.book
    expect(metadata.printed?.shortTitle).toBe('Tom’s')
    expect(sections.filter((one) => one.role === 'chapter').map((one) => `${one.title}: ${one.short}`)).toEqual([
      'A: Own',
      'B: Entry',
    ])
  })

  it('hears of a section’s title what is said at its heading, as with Pandoc', async () => {
    const { manuscript, said } = await readFolder({
      'book.yaml':
        'title: T\nlanguage: en\ndate: 2026-01-01\nnumbering: {chapters: arabic, sections: arabic}\ncontents-depth: 2\nbody: [a.md, b.md, c.md, d.md, e.md]\n',
      'a.md': '# A {.unnumbered short-title="Own"}\n\nText.\n',
      'b.md': 'Before.\n\nB {-}\n=====\n\nText.\n',
      'c.md': '```\n# None {.unnumbered}\n```\n\n# C\n\nText.\n\n## In {.unnumbered}\n\n## It {.unlisted}\n\nText.\n',
      'd.md': '# D {.unlisted}\n\nText.\n',
      'e.md': '---\nnumber: true\nshort-title: Front\n---\n\n# E {.unnumbered short-title="Own"}\n\nText.\n',
    })
    const { book, numbering } = manuscript!
    tellClasses(
      book,
      [],
      new Set(),
      [],
      () => [],
      (one) => said.push(one),
    )
    expect(said.map(({ code }) => code)).toEqual(['late-title', 'late-title'])
    numberBook(book, numbering, { parts: 'arabic', chapters: 'arabic', sections: 'arabic' } as never)
    const list = book.sections.filter((one) => one.role === 'chapter')
    expect(list.map(({ title, short, toc }) => [title, short, toc])).toEqual([
      ['A', 'Own', true],
      ['B', undefined, true],
      ['1. C', 'C', true],
      ['2. D', 'D', false],
      ['3. E', 'Front', true],
    ])
    const contents = book.sections.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'contents')
    const listed = contents?.kind === 'contents' ? contents.entries.map(({ prose }) => prose.text) : []
    expect(listed).toEqual(['A', 'B', '1. C', 'In', '3. E', 'Colophon'])
  })
})

describe('generated pages', () => {
  const roles = async (yaml: string, files: Record<string, string> = A) => {
    const { manuscript } = await readFolder({
      'book.yaml': `title: T\nlanguage: en\ndate: 2026-01-01\n${yaml}\n`,
      ...files,
    })
    return manuscript!.book.sections.map((section) => `${section.role}${section.generated ? '*' : ''}`)
  }

  it('stand before and after what the author wrote', async () => {
    const files = { ...A, 'dedication.md': 'To you.\n', 'preface.md': A['a.md'] }
    expect(await roles('front: [dedication.md, preface.md]\nbody: [a.md]', files)).toEqual([
      'half-title*',
      'title-page*',
      'imprint*',
      'dedication',
      'contents*',
      'preface',
      'chapter',
      'colophon*',
    ])
  })

  it('stand behind praise and other books of the author, wherever those are listed', async () => {
    const files = { ...A, 'dedication.md': 'To you.\n', 'praise.md': 'Good.\n', 'also-by.md': 'Others.\n' }
    expect((await roles('front: [dedication.md, also-by.md, praise.md]\nbody: [a.md]', files)).slice(0, 7)).toEqual([
      'praise',
      'half-title*',
      'also-by',
      'title-page*',
      'imprint*',
      'dedication',
      'contents*',
    ])
  })

  it('are not made where the author has them, nor if they are listed or turned off', async () => {
    expect(await roles('front: [imprint.md]\nbody: [a.md]', { ...A, 'imprint.md': 'Nowhere.\n' })).toEqual([
      'half-title*',
      'title-page*',
      'imprint',
      'contents*',
      'chapter',
      'colophon*',
    ])
    expect(await roles('front: [generate: contents]\nbody: [a.md]')).toEqual(['contents*', 'chapter'])
    expect(await roles('generate: false\nbody: [a.md]')).toEqual(['chapter'])
  })

  it('stand among praise, other books and figures as the trade has them, nothing out of the author’s order', async () => {
    const files = {
      ...A,
      'praise.md': '“Good.”\n',
      'also-by.md': 'Other.\n',
      'epigraph.md': 'All flows.\n',
      'foreword.md': 'Text.\n',
    }
    const front = 'front: [praise.md, also-by.md, foreword.md, epigraph.md, {generate: list-of-figures}]'
    expect(await roles(`${front}\nbody: [a.md]`, files)).toEqual([
      ...['praise', 'half-title*', 'also-by', 'title-page*', 'imprint*', 'foreword', 'epigraph', 'contents*'],
      ...['list-of-figures*', 'chapter', 'colophon*'],
    ])
  })

  it('list the figures that have captions, and say when none has', async () => {
    const yaml = 'title: T\nlanguage: fr\ndate: 2026-01-01\nfront: [generate: list-of-figures]\nbody: [a.md]\n'
    const text = '# A\n\n![one](p.svg "The first")\n\n![two](p.svg "Second"){#two}\n'
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    const { manuscript } = await readFolder({ 'book.yaml': yaml, 'a.md': text, 'p.svg': svg })
    const list = manuscript!.book.sections.find((section) => section.role === 'list-of-figures')!
    expect(list.title).toBe('Table des illustrations')
    const block = list.blocks[1]
    const entries = block?.kind === 'contents' ? block.entries : []
    expect(entries.map(({ href, prose }) => `${href} ${prose.text} ${prose.spans.length}`)).toEqual([
      '#figure-a-1 The first 0',
      '#two Second 0',
    ])
    for (const { href } of entries) expect(manuscript!.book.targets.get(href.slice(1))?.section).toBe('a')
    const { said } = await readFolder({ 'book.yaml': yaml, ...A })
    expect(said.map(toLine).join('\n')).toContain('book.yaml:4: warning empty-section: the list of figures is empty')
  })

  it('give way to a section’s own title; without one it is called by its role, in its language', async () => {
    const files = {
      'prologue.md': 'Text.\n',
      'a.md': '# A\n\nText.\n',
      'epilogue.md': '# At Last\n\nText.\n',
      'map.md': 'Here.\n',
      'acknowledgments.md': 'Merci.\n',
      'also-by.md': 'X.\n',
    }
    const yaml =
      'front: [also-by.md, map.md]\nbody: [prologue.md, a.md, epilogue.md]\nback: [acknowledgments.md]\ngenerate: false'
    const { manuscript } = await readFolder({
      'book.yaml': `title: T\nlanguage: fr\ndate: 2026-01-01\n${yaml}\n`,
      ...files,
    })
    const told = manuscript!.book.sections.map(
      ({ role, title, toc, blocks }) => `${role} | ${title} | ${toc} | ${blocks[0]!.kind} ${blocks.at(-1)!.role}`,
    )
    expect(told).toEqual([
      'also-by | Du même auteur | false | heading flush',
      'map | Carte | true | paragraph flush',
      'prologue | Prologue | true | heading opening',
      'chapter | A | true | heading opening',
      'epilogue | At Last | true | heading opening',
      'acknowledgements | Remerciements | true | heading flush',
    ])
  })

  it('list the titles with their emphasis, without their notes, and the short ones as they are', async () => {
    const { manuscript } = await readFolder({
      'book.yaml': 'title: T\nlanguage: en\ndate: 2026-01-01\nbody: [a.md, {file: b.md, title: Short}]\n',
      'a.md': '# The *Beagle* [^1] and [**more**](#x) {#x}\n\nText.\n\n[^1]: Note.\n',
      'b.md': '# A *long* title\n\nText.\n',
    })
    const contents = manuscript!.book.sections.find((section) => section.role === 'contents')!.blocks[1]
    const entries = contents?.kind === 'contents' ? contents.entries : []
    expect(
      entries.map(({ prose }) => [prose.text, prose.spans.map((span) => [span.kind, span.start, span.end])]),
    ).toEqual([
      [
        'The Beagle and more',
        [
          ['emphasis', 4, 10],
          ['strong', 15, 19],
        ],
      ],
      ['Short', []],
      ['Colophon', []],
    ])
  })

  it('show the date in words and an ISBN as books do', async () => {
    const imprint = async (language: string, date: string) => {
      const { manuscript } = await readFolder({
        'book.yaml': `title: T\nlanguage: ${language}\ndate: ${date}\nidentifier: urn:isbn:9780306406157\nbody: [a.md]\n`,
        ...A,
      })
      return textOf(manuscript!.book.sections.find((section) => section.role === 'imprint')!)
        .split('\n')
        .slice(1)
    }
    expect(await imprint('en', '2026-03-14')).toEqual(['This edition: 14 March 2026', 'ISBN 9780306406157'])
    expect((await imprint('en-US', '2026-03-01'))[0]).toBe('This edition: March 1, 2026')
    expect((await imprint('fr', '2026-03-01'))[0]).toMatch(/: 1er mars 2026$/)
    expect((await imprint('pl', '2026-03-14'))[0]).toBe('To wydanie: 14 marca 2026')
    expect((await imprint('pl', '2026-03'))[0]).toBe('To wydanie: marzec 2026')
    expect((await imprint('ja', '2026'))[0]).toBe('This edition: 2026')
  })

  it('say in the imprint what is published: edition, printing, ISBN, DOI, copyright', async () => {
    const yaml = (language: string) =>
      `title: T\nlanguage: ${language}\ndate: 2026-01-01\nauthors: [Ann Marlow]\nedition: 2\nprinting: 3\n` +
      'isbn: {epub: 978-0-306-40615-7, print: 0-306-40615-2}\ndoi: https://doi.org/10.1000/182\ncopyright: 2024-2026\nbody: [a.md]\n'
    const lines = async (language: string) => {
      const { manuscript, said } = await readFolder({ 'book.yaml': yaml(language), ...A })
      expect(said).toEqual([])
      const imprint = manuscript!.book.sections.find((section) => section.role === 'imprint')!
      return imprint.blocks.map((block) => (block.kind === 'paragraph' ? block.prose.text : '')).slice(3)
    }
    expect(await lines('en')).toEqual([
      ...['2nd edition', '3rd printing', 'ISBN 978-0-306-40615-7 (EPUB)', 'ISBN 0-306-40615-2 (print)'],
      ...['https://doi.org/10.1000/182', '© 2024–2026 Ann Marlow'],
    ])
    expect((await lines('de')).slice(0, 2)).toEqual(['2. Auflage', '3. Druck'])
    expect((await lines('fr')).slice(0, 2)).toEqual(['2e édition', 'Tirage n° 3'])
  })

  it('speak the language of the book', async () => {
    for (const [language, contents] of Object.entries({
      fr: 'Table des matières',
      de: 'Inhalt',
      ru: 'Содержание',
      el: 'Περιεχόμενα',
    })) {
      const { manuscript } = await readFolder({
        'book.yaml': `title: T\nlanguage: ${language}\ndate: 2026-01-01\nbody: [a.md]\n`,
        ...A,
      })
      expect(manuscript!.book.sections.find((section) => section.role === 'contents')!.title).toBe(contents)
    }
  })
})

it('say in it what people did', async () => {
  for (const [language, said] of Object.entries({ fr: 'Introduction de A. B.', el: 'Εισαγωγή: A. B.' })) {
    const { manuscript } = await readFolder({
      'book.yaml': `title: T\nlanguage: ${language}\ndate: 2026-01-01\ncontributors: [{ name: A. B., role: introduction }]\nbody: [a.md]\n`,
      ...A,
    })
    expect(JSON.stringify(manuscript!.book.sections)).toContain(said)
  }
})

describe('what is not to be heard', () => {
  it('is silenced by its code, if it is a warning', async () => {
    expect((await manifest('')).said).toHaveLength(1)
    expect((await manifest('ignore: [missing-date]')).said).toEqual([])
    expect((await manifest('ignore: missing-date\nslug: a/b')).said).toEqual([
      'book.yaml:5: error bad-slug: `slug` is `a/b`',
    ])
  })
})

describe('hyphenation', () => {
  it('is a list for every language, or lists by language', async () => {
    const list = (await manifest('hyphenation: [Mount-joy, Tulking-horn, never]')).manuscript.book.hyphenation
    expect(list).toEqual(
      new Map([
        [
          '*',
          new Map([
            ['mountjoy', [5]],
            ['tulkinghorn', [7]],
            ['never', []],
          ]),
        ],
      ]),
    )
    const map = (await manifest('hyphenation: { en: Mount-joy, de-CH: [Stras-se] }')).manuscript.book.hyphenation
    expect(map).toEqual(
      new Map([
        ['en', new Map([['mountjoy', [5]]])],
        ['de-ch', new Map([['strasse', [5]]])],
      ]),
    )
    expect((await manifest('')).manuscript.book.hyphenation).toBeUndefined()
  })

  it('refuses what is no word, with its line', async () => {
    const { said, manuscript } = await manifest('hyphenation:\n  - Mount-joy\n  - Mount joy\n  - -a\n  - [a-b]')
    expect(said.filter((line) => !line.includes('missing-date'))).toEqual([
      'book.yaml:6: error bad-hyphenation: `Mount joy` in `hyphenation` is no word',
      'book.yaml:7: error bad-hyphenation: `-a` in `hyphenation` is no word',
      'book.yaml:8: error wrong-type: a word of `hyphenation` must be a text',
    ])
    expect(manuscript.book.hyphenation?.get('*')?.size).toBe(1)
    expect((await manifest('hyphenation: { 1: Mount-joy }')).said.join()).toContain('bad-language')
  })
})

describe('English', () => {
  const spelled = async (text: string, language = 'en') =>
    (
      await readFolder({
        'book.yaml': `title: T\nlanguage: ${language}\nbody: [a.md]\n`,
        'a.md': `# A\n\n${text}\n`,
      })
    ).manuscript!.book.spelling
  it('is told by its spelling, where it is clear', async () => {
    expect(await spelled('The grey colour of the theatre; the neighbours travelled.')).toBe('en-GB')
    expect(await spelled('The gray color of the theater; the neighbors traveled.')).toBe('en-US')
    expect(await spelled('The grey color of the theatre; the neighbors travelled.')).toBeUndefined()
    expect(await spelled('The grey colour of the theatre of Mr. Gray, the neighbours.')).toBe('en-GB')
    expect(await spelled('Nothing tells. Colour and honour.')).toBeUndefined()
  })
  it('that names its country is left alone', async () => {
    expect(await spelled('The grey colour of the theatre; the neighbours travelled.', 'en-US')).toBeUndefined()
    expect(await spelled('The grey colour of the theatre; the neighbours travelled.', 'fr')).toBeUndefined()
  })
})

describe('nothing outside the folder', () => {
  it('is read through a link of a folder or of a file', async () => {
    const root = mkdtempSync(join(tmpdir(), 'octavo-outside-'))
    const dir = mkdtempSync(join(tmpdir(), 'octavo-inside-'))
    try {
      writeFileSync(join(root, 'secret.md'), '# Secret\n\nText.\n')
      writeFileSync(join(root, 'secret.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
      symlinkSync(root, join(dir, 'folder'))
      symlinkSync(join(root, 'secret.svg'), join(dir, 'image.svg'))
      writeFileSync(
        join(dir, 'book.yaml'),
        'title: T\nlanguage: en\ndate: 2026-01-01\ngenerate: false\nbody: [a.md, folder/secret.md]\n',
      )
      writeFileSync(
        join(dir, 'a.md'),
        '# A\n\n![One](image.svg) and ![two](folder/secret.svg) and ![three](./folder/../folder/secret.svg)\n',
      )
      const said: string[] = []
      const { book } = (await readBook(dir, (one) => said.push(one.code)))!
      expect(said).toEqual(['outside-folder', 'outside-folder', 'outside-folder', 'outside-folder'])
      expect(JSON.stringify(book.sections)).not.toContain('Secret')
      expect(book.images.size).toBe(0)
    } finally {
      rmSync(root, { recursive: true })
      rmSync(dir, { recursive: true })
    }
  })
})
