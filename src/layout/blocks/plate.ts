// A picture that has a page for itself, or two that face each other, goes in; its element comes out: one line for each page, which no text
// shares. At the page's edges it goes a point beyond them, so that the last dots of a screen are whole; a printer's edition takes it further.
import { forgivable, type Place, warning } from '../../diagnostic.js'
import type { Block, Plate } from '../../model/book.js'
import { covering, type Frame } from '../../model/sizes.js'
import { NEVER, type Way } from '../breaking/break-pages.js'
import type { Shape } from '../page-frame.js'
import { addTag } from '../sheet.js'
import type { TextPicture } from '../text/setting.js'
import { captioned } from './caption.js'
import type { Around, Flow, FlowElement } from './element.js'

/** Fewer dots to the inch are told. */
export const LEAST_DPI = 200
/** Beyond the page's edge, points. */
const OVER = 1
/** Of a picture's area: if more of it is cut, that is told. */
const CUT = 0.1

export function plateElement(
  block: Extract<Block, { kind: 'figure' }> & { plate: NonNullable<Extract<Block, { kind: 'figure' }>['plate']> },
  image: TextPicture,
  around: Around,
  flow: Flow,
): FlowElement {
  const { plate } = block
  const { shape } = flow
  const pages = plate === 'spread' ? 2 : 1
  const { figure, caption } = captioned(block, around, flow)
  const way = caption?.ways[0]
  const set = way ? way.lines * way.height : 0
  const isAbove = caption !== undefined && flow.setting.styles.theme.captions?.figures === 'above'
  const captionGap = Math.max(caption?.before ?? 0, 0.75)
  const room = caption ? set + captionGap : 0
  const called = caption?.notes(0, 0, way?.lines ?? 0) ?? []
  const framed = plate === 'page' ? undefined : frameOf(shape, pages, room, isAbove)
  const whole = wholeIn(shape, image, room)
  const at = framed ? covering(framed, image) : whole
  tell(block, image, at, framed, flow)

  return {
    ways: [wayOf(pages, shape.depth, called.length > 0 ? called.map(flow.noteCall) : undefined)],
    gap: 0,
    before: 1,
    after: 1,
    keepNext: false,
    repeat: 0,
    float: true,
    plate: true,
    paint(sheet, _way, from) {
      // the second page begins where the first ends
      const dx = from * -shape.width
      const left = framed ? dx : sheet.left
      const place = { x: left + at.x, y: at.y, width: at.width, height: at.height }
      const frame = framed && { ...framed, x: framed.x + dx }
      if (block.alt !== '' && from === 0)
        figure.tag = addTag(sheet.tags, {
          type: 'Figure',
          parent: around.tag.of(sheet),
          lang: block.lang,
          alt: block.alt,
          box: boxOf(shape, frame ?? place),
        })
      sheet.page.items.push({ kind: 'image', tag: figure.tag, image: image.index, ...place, frame })
      if (caption && way && from === 0) caption.paint(sheet, 0, 0, way.lines, captionTop(shape, set, isAbove), false)
    },
    start: () => ({ n: block.n, offset: 0 }),
    notes: (_way, from) => (from === 0 ? called : []),
  }

  function captionTop({ top, depth, grid }: Shape, lines: number, above: boolean): number {
    if (above) return framed ? top : whole.y - (lines + captionGap) * grid
    return framed ? top + (depth - lines) * grid : whole.y + whole.height + captionGap * grid
  }
}

/** The theme sets the section in columns: what stands there is a figure as wide as one. */
export function tellMisplaced(plate: Plate, place: Place, flow: Flow): void {
  const pages = plate === 'spread' ? 'two pages' : 'a page'
  const message = `\`{.${plate === 'page' ? 'full-page' : plate}}\`: a picture cannot leave the columns of its section for ${pages} of its own`
  const hint =
    'let it stand in the section before or after; or write `columns: 1` for this kind of section in the theme'
  forgivable(flow.report, 'plate-misplaced', place, message, hint)
}

function wayOf(pages: number, depth: number, calls: number[] | undefined): Way {
  const stops = new Uint8Array(pages).fill(NEVER)
  const notes = calls && [calls, ...new Array<undefined>(pages - 1).fill(undefined)]
  return { lines: pages, height: depth, cost: 0, stops, notes }
}

/** What it fills, over one page or two: all of it, or what a caption leaves, which stands where the text would begin or end. */
function frameOf({ width, height, top, depth, grid }: Shape, pages: number, room: number, above: boolean): Frame {
  const from = above && room > 0 ? top + room * grid : -OVER
  const to = !above && room > 0 ? top + (depth - room) * grid : height + OVER
  return { x: -OVER, y: from, width: pages * width + 2 * OVER, height: to - from }
}

/** Whole, as large as the text's place holds, in its middle; from the text's left edge and the page's upper. */
function wholeIn({ top, measure, depth, grid }: Shape, image: TextPicture, room: number): Frame {
  const high = (depth - room) * grid
  const ratio = Math.max(1, image.height) / Math.max(1, image.width)
  const width = Math.min(measure, high / ratio)
  const height = width * ratio
  return { x: (measure - width) / 2, y: top + (high - height) / 2, width, height }
}

/** What of it is on the page. */
function boxOf(page: Shape, { x, y, width, height }: Frame): [number, number, number, number] {
  const [left, head] = [Math.max(0, x), Math.max(0, y)]
  return [left, head, Math.min(page.width, x + width) - left, Math.min(page.height, y + height) - head]
}

function tell(
  block: Extract<Block, { kind: 'figure' }>,
  image: TextPicture,
  at: Frame,
  frame: Frame | undefined,
  flow: Flow,
): void {
  const place = { path: flow.file, line: block.place.line }
  const width = at.width - (frame === undefined ? 0 : 2 * OVER)
  const across = Math.ceil((width / 72) * LEAST_DPI)
  const dpi = image.vector ? LEAST_DPI : Math.round((image.width * 72) / width)
  if (dpi < LEAST_DPI) {
    const hint = `give it ${across} pixels across or more`
    warning(flow.report, 'image-resolution', place, `\`${block.src}\` is printed at ${dpi} dots per inch`, hint)
  }
  if (frame === undefined) return
  const cut = 1 - (frame.width * frame.height) / (at.width * at.height)
  if (cut <= CUT) return
  const shape = (frame.height / frame.width).toFixed(2)
  const message = `\`${block.src}\` is of another shape than its page: ${Math.round(cut * 100)} % of it are cut off`
  const hint = `cut it yourself, ${shape} times as high as wide; or write \`{.full-page}\`, which shows it whole`
  warning(flow.report, 'picture-cut', place, message, hint)
}
