// The style sheet and the faces: the theme's numbers and no others, nothing that fights the reader, no more than is used.
import { beforeAll, describe, expect, test } from 'vitest'
import { surveyBook } from '../../src/epub/survey.js'
import { shaperOf } from '../../src/fonts/shape.js'
import type { Block, Book } from '../../src/model/book.js'
import { contrast, type Theme } from '../../src/theme/index.js'
import {
  code,
  em,
  figure,
  h,
  item,
  kbd,
  list,
  makeBook,
  metadata,
  p,
  png,
  quote,
  sc,
  section,
  strong,
  verse,
} from './builders.js'
import { house, type Made, make } from './make.js'
import { specimen } from './specimen.js'

let book: Book
let epub: Made
let css: string
beforeAll(async () => {
  book = await specimen()
  epub = await make(book)
  css = epub.text('EPUB/css/book.css')
})

const simple = () =>
  makeBook(metadata(), [
    section(
      'one',
      { title: 'One' },
      h('title', 1, 'One'),
      p('opening', 'Once upon a time'),
      p('body', 'there was'),
      quote(p('quote', 'a quotation')),
    ),
  ])

/** The declarations of a selector that stands alone or in a list. */
function rulesOf(sheet: string, selector: string): string[] {
  return [...sheet.matchAll(/^([^@{}\n]+) \{\n((?: {2}[^}]*\n)*)\}/gm)]
    .filter((each) => each[1]!.split(', ').includes(selector))
    .flatMap((each) =>
      each[2]!
        .trim()
        .split(/;\n?\s*/)
        .filter(Boolean),
    )
}

describe('the style sheet', () => {
  test('leaves the reader’s own choices alone', () => {
    expect(css).not.toMatch(
      /!important|var\(|@media|@import|position:|\d(?:px|pt|rem|cm|mm|in)\b|background-color|https?:/,
    )
    const body = [...rulesOf(css, 'html'), ...rulesOf(css, 'body')].join('; ')
    expect(body).not.toMatch(/font-size|color|margin|padding|width/)
    // Ink is the reading system's.
    expect(css).not.toMatch(/(?<!-)color: (?!inherit)/)
  })

  test('gives a figure the share of the line that its author asked for', async () => {
    const picture = await png(12, 12, 60)
    const image = { path: 'dot.png', type: 'png' as const, bytes: picture, width: 12, height: 12 }
    const wide = { ...figure('dot.png', 'A dot.'), width: 1 / 3 } as Block
    const made = await make(
      makeBook(
        metadata(),
        [section('one', { title: 'One' }, h('title', 1, 'One'), wide, figure('dot.png', 'A dot.'))],
        [image],
      ),
    )
    const text = made.text('EPUB/text/one.xhtml')
    expect(text.match(/<img [^>]*>/g)).toEqual([
      '<img class="width-33-3" src="../images/dot.png" alt="A dot."/>',
      '<img src="../images/dot.png" alt="A dot."/>',
    ])
    expect(rulesOf(made.text('EPUB/css/book.css'), 'img.width-33-3')).toContain('width: 33.3%')
    expect(css).not.toContain('img.width')
  })

  test('gives large first letters to texts that can stand around them, and clears what follows', async () => {
    const of = (text: string) =>
      section(text.slice(0, 3).toLowerCase(), { title: 'One' }, h('title', 1, 'One'), p('opening', text))
    const look = (theme: Theme) => {
      theme.opening = { ...theme.opening, kind: 'drop-cap', lines: 3 }
    }
    const long = `“Now ${'and then '.repeat(23)}`
    const made = await make(makeBook(metadata(), [of('Too short.'), { ...of(long), id: 'long' }]), { theme: look })
    expect(made.text('EPUB/text/too.xhtml')).toContain('<p class="opening">')
    expect(made.text('EPUB/text/long.xhtml')).toContain('<p class="opening drop-cap">')
    const sheet = made.text('EPUB/css/book.css')
    expect(rulesOf(sheet, 'p.drop-cap:first-letter')).toContain('float: left')
    expect(rulesOf(sheet, 'p.drop-cap:after')).toContain('clear: both')
    const short = await make(makeBook(metadata(), [of('Too short.')]), { theme: look })
    expect(short.text('EPUB/css/book.css')).not.toContain('drop-cap')
  })

  test('every length is the theme’s: scaled there, it is scaled here', async () => {
    const scale = (theme: Theme) => {
      for (const style of Object.values(theme.styles)) {
        style.indent *= 2
        style.before *= 2
        style.after *= 2
        style.left *= 2
        style.right *= 2
      }
    }
    const other = (await make(simple(), { theme: scale })).text('EPUB/css/book.css')
    const usual = (await make(simple())).text('EPUB/css/book.css')
    const { styles } = (await house()).theme
    for (const [sheet, times] of [
      [usual, 1],
      [other, 2],
    ] as const) {
      expect(rulesOf(sheet, 'p')).toContain(`text-indent: ${Math.round(styles.body.indent * times * 1000) / 1000}em`)
      expect(rulesOf(sheet, 'blockquote.quote')[0]).toContain(`${styles.quote.left * times}em`)
    }
  })

  test('line heights are bare numbers made of the page’s leading', async () => {
    const sheet = (
      await make(simple(), {
        theme: (theme) => {
          theme.page.leading = theme.page.size * 1.5
        },
      })
    ).text('EPUB/css/book.css')
    expect(rulesOf(sheet, 'html')).toContain('line-height: 1.5')
  })

  test('classes inherit what they do not change', () => {
    expect(rulesOf(css, 'p.flush')).toEqual(['text-indent: 0'])
    expect(rulesOf(css, 'p.opening')).toEqual([expect.stringMatching(/^margin-top: /), 'text-indent: 0'])
    // What has lines of its own has so many of the reader's.
    expect(rulesOf(css, '.title').filter((each) => each.startsWith('line-height'))).toEqual([
      expect.stringMatching(/: [\d.]+$/),
      'line-height: 1.5lh',
    ])
  })

  test('says only what the book uses', async () => {
    const sheet = (await make(simple())).text('EPUB/css/book.css')
    expect(sheet).not.toMatch(/verse|table|figure|pre \{|dl|ul, ol|\.letter|heading|Source Code|note/)
    expect(css).toMatch(/div\.verse[\s\S]*div\.table[\s\S]*figure/)
    const deeper = makeBook(metadata(), [section('one', {}, verse(['a', [4, 'b']]))])
    expect((await make(deeper)).text('EPUB/css/book.css')).toContain('span.i4')
  })

  test('a paragraph with a role of its own undoes what its box says', () => {
    // An attribution stands upright under an epigraph in italics.
    expect(rulesOf(css, '.epigraph > p')).toContain('font-style: italic')
    expect(rulesOf(css, 'p.attribution').join()).not.toContain('font-style')
    expect(rulesOf(css, '.epigraph > p.attribution')).toEqual(['font-style: inherit'])
    expect(css.indexOf('\n.epigraph > p.attribution {')).toBeGreaterThan(css.indexOf('\n.epigraph > p {'))
  })

  test('emphasis within italics stands upright', () => {
    expect(rulesOf(css, '.epigraph > p em')).toEqual(['font-style: normal'])
    // An attribution in an epigraph is upright, and its emphasis slants.
    expect(rulesOf(css, '.epigraph > p.attribution em')).toEqual(['font-style: italic'])
  })

  test('hyphenates where the theme does, and says so to old and new', () => {
    expect(rulesOf(css, 'html')).toEqual(
      expect.arrayContaining(['adobe-hyphenate: auto', '-webkit-hyphens: auto', 'hyphens: auto']),
    )
    expect(rulesOf(css, '.title')).toEqual(expect.arrayContaining(['adobe-hyphenate: none', 'hyphens: manual']))
  })

  test('every selector of a class finds it in the documents', () => {
    const documents = [...epub.files.keys()]
      .filter((path) => path.endsWith('.xhtml'))
      .map((path) => epub.text(path))
      .join('')
    const classes = new Set(
      [...css.matchAll(/^[^@\s][^{]*\{/gm)].flatMap((each) =>
        [...each[0].matchAll(/\.([a-z][\w-]*)/g)].map((found) => found[1]!),
      ),
    )
    const used = new Set([...documents.matchAll(/\sclass="([^"]*)"/g)].flatMap((each) => each[1]!.split(' ')))
    const meant = new Set(['left', 'center', 'right', 'i1'])
    expect([...classes].filter((each) => !used.has(each) && !meant.has(each))).toEqual([])
  })

  test('a book from right to left is mirrored', async () => {
    const mirrored = makeBook(metadata({ language: 'he' }), [
      section('one', { language: 'he' }, list({}, [item('א')]), h('heading-4', 2, 'ב')),
    ])
    const sheet = (await make(mirrored)).text('EPUB/css/book.css')
    expect(rulesOf(sheet, 'ul').join()).toContain('padding-right')
    expect(rulesOf(sheet, '.heading-4')).toContain('text-align: right')
  })
})

describe('at night', () => {
  const red = (theme: Theme) => {
    theme.styles.title.colour = 'red'
    theme.styles.quote.colour = '#004488'
  }

  test('colours are lightened until they can be read on a dark screen, in a sheet of its own', async () => {
    const made = await make(simple(), { theme: red })
    expect(rulesOf(made.text('EPUB/css/book.css'), '.title')).toContain('color: #b3261e')
    const night = made.text('EPUB/css/night.css')
    const colours = [...night.matchAll(/color: (#[0-9a-f]{6})/g)].map((each) => each[1]!)
    expect(colours).toHaveLength(2)
    for (const colour of colours) expect(contrast(colour, '#222222')).toBeGreaterThanOrEqual(4.5)
    expect(made.text('EPUB/text/one.xhtml')).toContain('href="../css/night.css"')
    expect(made.text('EPUB/package.opf')).toContain('href="css/night.css"')
  })

  test('there is none where all is ink, and no picture can be transparent', async () => {
    const made = await make(simple())
    expect(made.files.has('EPUB/css/night.css')).toBe(false)
    expect(made.text('EPUB/text/one.xhtml')).not.toContain('night')
  })

  test('pictures that may be transparent stand on white, by a sheet of its own', () => {
    expect(epub.text('EPUB/css/night.css')).toMatch(
      /^@media \(prefers-color-scheme: dark\) \{\n {2}img \{[^}]*#ffffff[^}]*\}\n\}\nimg \{[^}]*currentColor/,
    )
  })
})

describe('faces', () => {
  const fonts = (of: Made) => [...of.files.keys()].filter((path) => path.startsWith('EPUB/fonts/'))

  test('only those that are used', async () => {
    expect(fonts(await make(simple()))).toEqual(['EPUB/fonts/EBGaramond-Regular.ttf'])
    const more = makeBook(metadata(), [section('one', {}, p('body', 'with ', em('emphasis'), ' and ', code('code')))])
    expect(fonts(await make(more))).toEqual([
      'EPUB/fonts/EBGaramond-Regular.ttf',
      'EPUB/fonts/EBGaramond-Italic.ttf',
      'EPUB/fonts/SourceCodePro-Regular.ttf',
    ])
  })

  test('hold every character of the book between them, and weigh less than 150 KB', () => {
    const shapers = fonts(epub).map((path) => shaperOf(epub.files.get(path)!))
    const text = [...epub.files.keys()]
      .filter((path) => path.startsWith('EPUB/text/'))
      .map((path) =>
        epub
          .text(path)
          .replace(/^[\s\S]*<body[^>]*>/, '')
          .replace(/<[^>]*>/g, ''),
      )
      .join('')
      .replace(/&(amp|lt|gt);/g, '&<>')
    const lost = [...new Set(text)].filter(
      (char) => char.trim() !== '' && !shapers.some((shaper) => shaper.has(char.codePointAt(0)!)),
    )
    expect(lost).toEqual([])
    expect(fonts(epub).reduce((sum, path) => sum + epub.files.get(path)!.length, 0)).toBeLessThan(150_000)
  })

  test('keep small capitals and old-style figures where they are asked for', async () => {
    const made = await make(simple())
    const shaper = shaperOf(made.files.get('EPUB/fonts/EBGaramond-Regular.ttf')!)
    expect(shaper.shape('once', ['smcp'], 'en').ids).not.toEqual(shaper.shape('once', [], 'en').ids)
  })

  test('a letter that the face lacks brings another face, named after it', async () => {
    const strange = makeBook(metadata(), [section('one', {}, p('body', 'plain and ⇥ strange'))])
    const made = await make(strange)
    expect(fonts(made)).toHaveLength(2)
    expect(made.text('EPUB/css/book.css')).toMatch(/font-family: "EB Garamond", "DejaVu [^"]+", serif/)
    expect(made.files.get(fonts(made)[1]!)!.length).toBeLessThan(20_000)
  })
})

describe('the survey', () => {
  const letters = async (...blocks: Parameters<typeof section>[2][]) => {
    const { theme, faces } = await house()
    const changed = structuredClone(theme)
    changed.styles.title.caps = 'upper'
    const found = surveyBook(
      makeBook(metadata(), [section('one', {}, ...blocks)]),
      changed,
      new Set(faces.map((face) => face.key)),
    )
    return (key: string) => {
      const face = found.faces.get(key)
      const plain = [...(face?.plain ?? [])].flatMap((used, unit) => (used === 1 ? [String.fromCharCode(unit)] : []))
      return { text: plain.join(''), features: [...(face?.features ?? [])].sort() }
    }
  }

  test('finds which face shows what', async () => {
    const of = await letters(
      h('title', 1, 'äb'),
      p('body', 'x ', em('y ', strong('z'), code('w')), kbd('Q'), sc('v')),
      p('attribution', 'u'),
      p('epigraph', 'italic ', em('T')),
    )
    for (const letter of 'äbÄBx') expect(of('text/regular').text).toContain(letter)
    expect(of('text/regular').text).toContain('T')
    expect(of('text/regular').features).toEqual(['onum', 'pnum', 'smcp'])
    expect(of('text/italic').text).toContain('y')
    expect(of('text/italic').text).not.toContain('v')
    expect(of('text/boldItalic').text).toContain('z')
    expect(of('mono/regular').text).toBe('Qw')
  })
})
