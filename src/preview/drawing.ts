// In: a page of the Typeset, or a sheet of pages. Out: the same as SVG: every glyph as its outline, pictures as they are.
import type { ProofSheets } from '../build/proof.js'
import { outlinerOf } from '../fonts/glyph-outlines.js'
import type { Font, ImageItem, Item, Page, PathItem, Picture, TextRun } from '../layout/typeset.js'
import { coarse } from './coarse.js'

const MEDIA: Record<Picture['type'], string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
}

/** `fine`: for a large view, with every curve; `coarse`: for one in which a point is no more than three dots. */
export type Detail = 'fine' | 'coarse'

/**
 * Parts of an em: what a coarse outline may lie beside the fine one, and what its points are rounded to. Of type that is not large (points)
 * both together are some twentieth of a dot where a point is one dot, and a fifth at most where it is three.
 */
const COARSE = { beside: 1 / 300, grid: 1 / 400 }
const LARGE = 14

/** By font: for each of its glyphs the outline. */
const written = {
  fine: new WeakMap<Font, (string | undefined)[]>(),
  coarse: new WeakMap<Font, (string | undefined)[]>(),
}

function outlineOf(font: Font, glyph: number, detail: Detail): string {
  let known = written[detail].get(font)
  if (known === undefined) written[detail].set(font, (known = []))
  const { glyph: outline, upem } = outlinerOf(font.bytes)
  const { beside, grid } = COARSE
  return (known[glyph] ??= relative(
    detail === 'fine' ? outline(glyph) : coarse(outline(glyph), beside * upem, grid * upem),
  ))
}

/** SVG path data with relative commands: nothing in it says where the glyph stands. Font units are whole numbers. */
function relative(path: readonly (string | number)[]): string {
  let out = ''
  let last = ''
  let [x, y, startX, startY] = [0, 0, 0, 0]
  for (let i = 0; i < path.length; ) {
    const command = path[i++] as string
    if (command === 'Z') {
      out += last = 'z'
      ;[x, y] = [startX, startY]
      continue
    }
    const count = command === 'C' ? 6 : command === 'Q' ? 4 : 2
    // A command goes on until there is another; and a line goes on from a move.
    const goesOn = command === (last === 'M' ? 'L' : last)
    if (!goesOn) out += command.toLowerCase()
    last = command
    let [toX, toY] = [x, y]
    for (let k = 0; k < count; k += 2) {
      toX = path[i++] as number
      toY = path[i++] as number
      const [dx, dy] = [round(toX - x), round(toY - y)]
      out += `${(k > 0 || goesOn) && dx >= 0 ? ' ' : ''}${dx}${dy < 0 ? '' : ' '}${dy}`
    }
    ;[x, y] = [toX, toY]
    if (command === 'M') [startX, startY] = [x, y]
  }
  return out
}

export function drawPage(page: Page, drawn: Drawn, detail: Detail): string {
  return framed(drawn, drawItems(page, drawn, detail))
}

/** A side of a sheet: its pages where they stand, as far as they are not cut off, and the marks around them. */
export function drawSide({ parts, crop, fold }: ProofSheets['sides'][number], drawn: Drawn, detail: Detail): string {
  let body = ''
  parts.forEach(({ page, x, y, scale, turned, trim, clip }, i) => {
    const box = `x="${round(clip.x)}" y="${round(clip.y)}" width="${round(clip.width)}" height="${round(clip.height)}"`
    const [left, top] = turned ? [trim.x + trim.width, trim.y + trim.height] : [x, y]
    const place = `translate(${round(left)} ${round(top)})${turned ? ' rotate(180)' : ''}${scale === 1 ? '' : ` scale(${fine(scale)})`}`
    const items = drawItems(page, drawn, detail)
    body += `<clipPath id="c${i}"><rect ${box}/></clipPath><g clip-path="url(#c${i})"><g transform="${place}">${items}</g></g>`
  })
  const line = ([x1, y1, x2, y2]: (typeof crop)[number]) => `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`
  const lines = (marks: typeof crop, more: string) =>
    marks.length === 0 ? '' : `<path d="${marks.map(line).join('')}" stroke="#000" stroke-width=".25"${more}/>`
  return framed(drawn, body + lines(crop, '') + lines(fold, ' stroke-dasharray="2"'))
}

type Drawn = Pick<ProofSheets, 'fonts' | 'images' | 'width' | 'height'>

function framed({ width, height }: Drawn, body: string): string {
  const [w, h] = [round(width), round(height)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}pt" height="${h}pt" viewBox="0 0 ${w} ${h}">${body}</svg>\n`
}

function drawItems(page: Page, { fonts, images }: Drawn, detail: Detail): string {
  let items = ''
  for (const item of page.items) items += drawItem(item, fonts, images, detail)
  return items
}

function drawItem(item: Item, fonts: readonly Font[], images: readonly Picture[], detail: Detail): string {
  switch (item.kind) {
    case 'text':
      return drawRun(item, fonts[item.font]!, detail)
    case 'rule':
      return `<rect x="${round(item.x)}" y="${round(item.y)}" width="${round(item.width)}" height="${round(item.height)}"${fillOf(item.colour)}/>`
    case 'path':
      return `<path d="${placed(item)}"${fillOf(item.colour)}/>`
    case 'image':
      return drawImage(item, images[item.image]!)
  }
}

/** A run is one path, in parts of its em: a browser shows that sooner than an element for each glyph. */
function drawRun(run: TextRun, font: Font, detail: Detail): string {
  const own = run.size > LARGE ? 'fine' : detail
  const em = own === 'fine' ? outlinerOf(font.bytes).upem : 1 / COARSE.grid
  const k = em / 1000
  // Tracking is in points before scaling.
  const tracking = (run.tracking / run.size) * em
  let d = ''
  let at = 0
  for (let i = 0; i < run.codes.length; i++) {
    const { glyph, advance } = font.codes[run.codes[i]!]!
    const outline = outlineOf(font, glyph, own)
    if (outline !== '')
      d += `M${own === 'fine' ? Math.round(at) : Math.round(at * 10) / 10} ${round((run.rises?.[i] ?? 0) * k)}${outline}`
    at += (advance + (run.shifts?.[i] ?? 0)) * k + tracking
  }
  if (d === '') return ''
  const scale = run.size / em
  const matrix = [fine(scale * run.stretch), 0, 0, fine(-scale), round(run.x), round(run.y)]
  return `<path transform="matrix(${matrix.join(' ')})"${fillOf(run.colour)} d="${d}"/>`
}

function fillOf(colour: string): string {
  return colour === '#000000' ? '' : ` fill="${colour}"`
}

function placed({ d }: PathItem): string {
  return d.map((part) => (typeof part === 'number' ? round(part) : part)).join(' ')
}

function drawImage(item: ImageItem, picture: Picture): string {
  const { x, y, width, height, frame } = item
  const data = Buffer.from(picture.bytes.buffer, picture.bytes.byteOffset, picture.bytes.byteLength).toString('base64')
  const box = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`
  const image = `<image ${box} preserveAspectRatio="none" href="data:${MEDIA[picture.type]};base64,${data}"/>`
  if (frame === undefined) return image
  // an SVG within an SVG cuts what is beyond its edges
  const [left, top, wide, high] = [frame.x, frame.y, frame.width, frame.height].map(round)
  const shown = `${left} ${top} ${wide} ${high}`
  return `<svg x="${left}" y="${top}" width="${wide}" height="${high}" viewBox="${shown}" overflow="hidden">${image}</svg>`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function fine(value: number): number {
  return Math.round(value * 1e7) / 1e7
}
