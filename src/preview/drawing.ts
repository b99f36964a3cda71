// In: a page of the Typeset, or a sheet of pages. Out: the same as SVG: every glyph as its outline, pictures as they are.
import type { ProofSheets } from '../build/proof.js'
import { outlinerOf } from '../fonts/glyph-outlines.js'
import type { Font, ImageItem, Item, Page, PathItem, Picture, TextRun } from '../layout/typeset.js'

const MEDIA: Record<Picture['type'], string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
}

/** By font: for each of its glyphs the outline. */
const written = new WeakMap<Font, (string | undefined)[]>()

function outlineOf(font: Font, glyph: number): string {
  let known = written.get(font)
  if (known === undefined) written.set(font, (known = []))
  return (known[glyph] ??= relative(outlinerOf(font.bytes).glyph(glyph)))
}

/** SVG path data with relative commands: nothing in it says where the glyph stands. Font units are whole numbers. */
function relative(path: readonly (string | number)[]): string {
  let out = ''
  let [x, y, startX, startY] = [0, 0, 0, 0]
  for (let i = 0; i < path.length; ) {
    const command = path[i++] as string
    if (command === 'Z') {
      out += 'z'
      ;[x, y] = [startX, startY]
      continue
    }
    const count = command === 'C' ? 6 : command === 'Q' ? 4 : 2
    out += command.toLowerCase()
    let [toX, toY] = [x, y]
    for (let k = 0; k < count; k += 2) {
      toX = path[i++] as number
      toY = path[i++] as number
      const [dx, dy] = [round(toX - x), round(toY - y)]
      out += `${k > 0 && dx >= 0 ? ' ' : ''}${dx}${dy < 0 ? '' : ' '}${dy}`
    }
    ;[x, y] = [toX, toY]
    if (command === 'M') [startX, startY] = [x, y]
  }
  return out
}

export function drawPage(page: Page, drawn: Drawn): string {
  return framed(drawn, drawItems(page, drawn))
}

/** A side of a sheet: its pages where they stand, as far as they are not cut off, and the marks around them. */
export function drawSide({ parts, crop, fold }: ProofSheets['sides'][number], drawn: Drawn): string {
  let body = ''
  parts.forEach(({ page, x, y, scale, turned, trim, clip }, i) => {
    const box = `x="${round(clip.x)}" y="${round(clip.y)}" width="${round(clip.width)}" height="${round(clip.height)}"`
    const [left, top] = turned ? [trim.x + trim.width, trim.y + trim.height] : [x, y]
    const place = `translate(${round(left)} ${round(top)})${turned ? ' rotate(180)' : ''}${scale === 1 ? '' : ` scale(${fine(scale)})`}`
    const items = drawItems(page, drawn)
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

function drawItems(page: Page, { fonts, images }: Drawn): string {
  let items = ''
  for (const item of page.items) items += drawItem(item, fonts, images)
  return items
}

function drawItem(item: Item, fonts: readonly Font[], images: readonly Picture[]): string {
  switch (item.kind) {
    case 'text':
      return drawRun(item, fonts[item.font]!)
    case 'rule':
      return `<rect x="${round(item.x)}" y="${round(item.y)}" width="${round(item.width)}" height="${round(item.height)}"${fillOf(item.colour)}/>`
    case 'path':
      return `<path d="${placed(item)}"${fillOf(item.colour)}/>`
    case 'image':
      return drawImage(item, images[item.image]!)
  }
}

/** A run is one path, in the font's units: a browser shows that sooner than an element for each glyph. */
function drawRun(run: TextRun, font: Font): string {
  const { upem } = outlinerOf(font.bytes)
  const k = upem / 1000
  // Tracking is in points before scaling.
  const tracking = (run.tracking / run.size) * upem
  let d = ''
  let at = 0
  for (let i = 0; i < run.codes.length; i++) {
    const { glyph, advance } = font.codes[run.codes[i]!]!
    const outline = outlineOf(font, glyph)
    if (outline !== '') d += `M${Math.round(at)} ${round((run.rises?.[i] ?? 0) * k)}${outline}`
    at += (advance + (run.shifts?.[i] ?? 0)) * k + tracking
  }
  if (d === '') return ''
  const scale = run.size / upem
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
