// Pictures that have pages for themselves: to the bleed's edge, over two pages whose parts meet at the fold, without a folio; the same in
// the EPUB and on the web; and what cannot be one is told.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Frame } from '../../src/model/sizes.js'
import { type Dict, type Name, readPdf, Stream, type Text } from '../../src/pdf/proof/read-pdf.js'
import { type Built, builtFrom } from '../claims/built.js'
import { openPdf, type Pdf } from '../finished/pdf.js'
import { COLUMNS, makePng, ROWS } from '../pdf/images.js'
import { operators } from '../pdf/reader.js'

const PICTURE = makePng({ type: 0, bits: 8, interlaced: false, clear: false })
const [W, H] = [396, 612]
const MM = 72 / 25.4
const prose = (count: number, word: string) =>
  Array.from(
    { length: count },
    (_, i) => `${word}${i} ${`came in late, and went up the path in the dark. `.repeat(8)}`,
  ).join('\n\n')
const head = (editions: string) =>
  `title: The Lighthouse\nlanguage: en\ndate: 2026-01-01\nsize: 5.5x8.5\ngenerate: false\nbody: [one.md]\neditions: ${editions}\n`
const build = (text: string, editions: string, names: Parameters<typeof builtFrom>[1]) =>
  builtFrom({ 'book.yaml': head(editions), 'one.md': text, 'p.png': PICTURE }, names)

const TEXT = `# One

${prose(2, 'before')}

![A harbour.](p.png "The harbour"){.spread}

${prose(9, 'between')}

![A boat.](p.png){.bleed}

${prose(4, 'behind')}

![A lamp.](p.png "The lamp"){.full-page}
`

interface Shown {
  page: number
  /** Of the picture, and of what it is cut to; points, from the trim's upper left corner. */
  place: Frame
  frame: Frame | undefined
  /** What the sheet is cut to. */
  clip: number[] | undefined
}

/** The pictures of a file, page by page. */
function picturesOf(bytes: Uint8Array): Shown[] {
  const pdf = readPdf(bytes)
  return pdf.pages.flatMap((page, index) => {
    const contents = pdf.get(page.get('Contents'))
    if (!(contents instanceof Stream)) return []
    const box = (
      pdf.array(page.get('TrimBox')).length > 0 ? pdf.array(page.get('TrimBox')) : pdf.array(page.get('MediaBox'))
    ) as number[]
    const found: Shown[] = []
    let moved = [0, 0]
    let kept = moved
    let before: number[] = []
    let clips: number[][] = []
    let matrix: number[] | undefined
    for (const { op, operands } of operators(contents.bytes.toString('latin1'))) {
      const n = operands as number[]
      if (op === 'q') [kept, matrix] = [moved, undefined]
      if (op === 'Q') moved = kept
      if (op === 're') before = n
      if (op === 'W') clips.push([before[0]! + moved[0]!, before[1]! + moved[1]!, before[2]!, before[3]!])
      if (op === 'cm' && n[0] === 1 && n[3] === 1) moved = [moved[0]! + n[4]!, moved[1]! + n[5]!]
      else if (op === 'cm') matrix = n
      if (op !== 'Do' || matrix === undefined) continue
      const from = (x: number, y: number, width: number, height: number): Frame => ({
        ...{ x: x - box[0]!, y: box[3]! - y - height, width, height },
      })
      const [a, , , d, e, f] = matrix as [number, number, number, number, number, number]
      const framed = clips.at(-1)
      found.push({
        page: index,
        place: from(e + moved[0]!, f + moved[1]!, a, d),
        frame: framed && from(framed[0]!, framed[1]!, framed[2]!, framed[3]!),
        clip: clips[0],
      })
      clips = []
    }
    return found
  })
}

const isNear = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(0.01)

describe('in print', () => {
  let built: Built
  let shown: Shown[]
  let pages: Pdf
  const BLEED = 5 * MM

  beforeAll(async () => {
    built = await build(TEXT, '{ print: { bleed: 5mm, gutter: 8mm } }', ['print'])
    expect(built.said.filter((one) => one.severity === 'error')).toEqual([])
    const bytes = built.files.get('the-lighthouse-print.pdf')!
    shown = picturesOf(bytes)
    pages = await openPdf(bytes)
  })

  test('a spread is two parts, on a left page and the right one that it faces, which meet at the fold', () => {
    const [left, right] = shown as [Shown, Shown]
    expect(left.page % 2).toBe(1)
    expect(right.page).toBe(left.page + 1)
    expect([right.place.width, right.place.height, right.place.y]).toEqual([
      ...[left.place.width, left.place.height, left.place.y],
    ])
    // the same point of the picture is at the left page's right edge and at the right page's left
    isNear(left.place.x - W, right.place.x)
    // it keeps its shape, and fills both pages with their bleed, the gutter notwithstanding
    isNear(left.place.height / left.place.width, ROWS / COLUMNS)
    expect(left.place.x).toBeLessThan(-BLEED + 0.01)
    expect(right.place.x + right.place.width).toBeGreaterThan(W + BLEED - 0.01)
    isNear(left.frame!.x, -BLEED)
    isNear(right.frame!.x, -BLEED - W)
    isNear(left.frame!.y, -BLEED)
    isNear(left.frame!.width, 2 * W + 2 * BLEED)
    expect(left.frame!.y + left.frame!.height).toBeLessThan(H - 36)
  })

  test('a picture that bleeds covers its page to the edge of the bleed', () => {
    const { page, place, frame } = shown[2]!
    expect(page).toBeGreaterThan(shown[1]!.page + 1)
    for (const [edge, wanted] of [
      [frame!.x, -BLEED],
      [frame!.y, -BLEED],
      [frame!.x + frame!.width, W + BLEED],
      [frame!.y + frame!.height, H + BLEED],
    ] as const)
      isNear(edge, wanted)
    expect(place.x).toBeLessThan(frame!.x + 0.01)
    expect(place.y).toBeLessThan(frame!.y + 0.01)
    isNear(place.height / place.width, ROWS / COLUMNS)
    // evenly on both sides
    isNear(frame!.x - place.x, place.x + place.width - frame!.x - frame!.width)
  })

  test('a full page shows the picture whole, within the margins', () => {
    const { place } = shown[3]!
    isNear(place.height / place.width, ROWS / COLUMNS)
    expect(place.x).toBeGreaterThan(30)
    expect(W - place.x - place.width).toBeGreaterThan(20)
  })

  test('its page has no head and no folio, and no text but its caption', () => {
    const words = (page: number) => pages.artifacts.filter((one) => one.page === page)
    const texts = (page: number) =>
      words(page)
        .map(({ text }) => text)
        .join('')
    expect(texts(shown[0]!.page)).toBe('The harbour')
    expect(texts(shown[1]!.page)).toBe('')
    expect(texts(shown[2]!.page)).toBe('')
    expect(texts(shown[3]!.page)).toBe('The lamp')
    expect(texts(shown[2]!.page + 1)).toMatch(/late.*7One$/)
  })

  test('text goes on before it, and fills the page', () => {
    const feet = (page: number) =>
      [...new Set(pages.artifacts.filter((one) => one.page === page).map(({ y }) => y))].sort((a, b) => a - b)
    const before = shown[0]!.page - 1
    const text = pages.artifacts
      .filter((one) => one.page === before)
      .map((one) => one.text)
      .join('')
    expect(text).toContain('between')
    // below the last line of the first page stands its folio
    expect(feet(before)[1]).toBeCloseTo(feet(shown[1]!.page + 1)[0]!, 3)
  })
})

test('on screens it is one picture in the tree, with its alternative and its caption, and the file stays accessible', async () => {
  const built = await build(TEXT, '{ pdf: {} }', ['pdf'])
  const bytes = built.files.get('the-lighthouse.pdf')!
  expect(built.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
  const shown = picturesOf(bytes)
  expect(shown).toHaveLength(4)
  const pdf = readPdf(bytes)
  const figures = [...pdf.objects.values()].filter(
    (one): one is Dict => one instanceof Map && (one.get('S') as Name | undefined)?.name === 'Figure',
  )
  const alts = figures.map((one) => (pdf.get(one.get('Alt')) as Text).text)
  // that of the cover is the last
  expect(alts.slice(0, 3)).toEqual(['A harbour.', 'A boat.', 'A lamp.'])
  const kids = (figure: Dict) =>
    pdf.array(figure.get('K')).map((kid) => (pdf.get(kid) instanceof Map ? pdf.dict(kid) : kid))
  const [caption] = kids(figures[0]!).filter((kid) => kid instanceof Map && kid.has('S'))
  expect(((caption as Dict).get('S') as Name).name).toBe('Caption')
  // its second half is content of the next page
  expect(kids(figures[0]!).filter((kid) => kid instanceof Map && kid.has('Pg') && kid.has('MCID'))).toHaveLength(1)
  // the cover is the first page: a verso has an even number
  expect(shown[0]!.page % 2).toBe(0)
  // over the page's edge by a point, or its last dots were half white
  expect(shown[2]!.frame!.x).toBe(-1)
  expect(shown[2]!.frame!.width).toBeCloseTo(W + 2, 3)
})

test('in the EPUB it is a figure with a page of its own, as wide as that allows', async () => {
  const built = await build(TEXT, '{ epub: {} }', ['epub'])
  const text = built.inEpub('EPUB/text/one.xhtml')
  expect([...text.matchAll(/<figure class="([^"]*)"/g)].map(([, name]) => name)).toEqual([
    'spread',
    'bleed',
    'full-page',
  ])
  const style = built.inEpub('EPUB/css/book.css')
  expect(style).toMatch(
    /figure\.bleed, figure\.full-page, figure\.spread \{[^}]*break-before: page;[^}]*break-after: page/,
  )
  expect(style).toMatch(/figure\.bleed img, [^{]*\{[^}]*width: 100%;[^}]*max-height: 85vh/)
  const plain = await build('# One\n\n![A boat.](p.png)\n', '{ epub: {} }', ['epub'])
  expect(plain.inEpub('EPUB/css/book.css')).not.toContain('figure.')
})

test('what cannot have a page for itself is told, and a width beside it', async () => {
  const text = `# One

- ![A boat.](p.png){.spread}

> ![A boat.](p.png){.bleed}

::: aside
![A boat.](p.png){.full-page}
:::

| a |
| - |
| ![A boat.](p.png){.spread} |

A word ![A boat.](p.png){.bleed} more.[^1]

![A boat.](p.png){.full-page width=50%}

[^1]: ![A boat.](p.png){.bleed}
`
  const said = async (more: string) => {
    const files = { 'book.yaml': head('{ epub: {} }') + more, 'one.md': text, 'p.png': PICTURE }
    return (await builtFrom(files, ['epub'])).said
  }
  const plates = (await said('')).filter(({ code }) => code === 'plate-misplaced')
  expect(plates.map(({ line }) => line)).toEqual([3, 5, 8, 11, 15, 19])
  for (const one of plates) {
    expect(one.severity).toBe('error')
    expect(one.message).toMatch(one.line === 3 || one.line === 11 ? /two pages/ : /a page/)
    expect(one.hint).toContain('alone between two paragraphs')
  }
  const forgiven = await said('forgive: [plate-misplaced]\n')
  expect(forgiven.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(forgiven.filter(({ code }) => code === 'plate-misplaced')).toHaveLength(6)
  expect(forgiven.filter(({ code }) => code === 'unknown-attribute').map(({ line }) => line)).toEqual([17])
  expect(forgiven.filter(({ code }) => code === 'class-unstyled')).toEqual([])
})

test('what stands in columns is told at its line', async () => {
  const theme = 'extends: house\nsections: { chapter: { columns: 2 } }\n'
  const text = `# One\n\n${prose(3, 'before')}\n\n![A boat.](p.png){.spread}\n\n${prose(3, 'behind')}\n`
  const said = async (more: string) => {
    const files = {
      'book.yaml': `${head('{ pdf: {} }')}theme: t.yaml\n${more}`,
      't.yaml': theme,
      'one.md': text,
      'p.png': PICTURE,
    }
    return (await builtFrom(files, ['pdf'])).said.filter(({ code }) => code === 'plate-misplaced')
  }
  expect(await said('')).toMatchObject([
    { severity: 'error', path: 'one.md', line: 9, hint: expect.stringContaining('columns: 1') },
  ])
  expect(await said('forgive: [plate-misplaced]\n')).toMatchObject([{ severity: 'warning', line: 9 }])
})

test('what is cut off, and too few pixels, are told', async () => {
  const pictures = ['bleed', 'full-page', 'spread'].map((name) => `![A boat.](p.png){.${name}}`)
  const { said } = await build(`# One\n\n${pictures.join('\n\n')}\n`, '{ pdf: {} }', ['pdf'])
  const told = (line: number) =>
    said.filter((one) => one.line === line).map(({ code, message }) => `${code}: ${message}`)
  // the page is 8.5 inches high, the picture nine dots; at that height it would be 884 points wide
  expect(told(3)).toEqual([
    'image-resolution: `p.png` is printed at 1 dots per inch',
    'picture-cut: `p.png` is of another shape than its page: 55 % of it are cut off',
  ])
  expect(told(5)).toEqual(['image-resolution: `p.png` is printed at 3 dots per inch'])
  expect(told(7)).toEqual([
    'image-resolution: `p.png` is printed at 1 dots per inch',
    'picture-cut: `p.png` is of another shape than its page: 10 % of it are cut off',
  ])
})
