// A figure goes in; one element comes out: the picture at its resolution, never bigger than the page, with its caption.
import { warning } from '../../diagnostic.js'
import type { Block } from '../../model/book.js'
import { NEVER, type Way } from '../breaking/break-pages.js'
import { addTag } from '../sheet.js'
import { captioned } from './caption.js'
import type { Around, Flow, FlowElement } from './element.js'
import { LEAST_DPI, plateElement, tellMisplaced } from './plate.js'

/** Pixels are printed at this many to the inch where they do not fill the measure. */
const NATURAL_DPI = 120

export function figureElement(
  block: Extract<Block, { kind: 'figure' }>,
  around: Around,
  flow: Flow,
): FlowElement | undefined {
  const image = flow.setting.image(block.src)
  const { plate } = block
  if (image && plate) {
    if (flow.plates) return plateElement({ ...block, plate }, image, around, flow)
    tellMisplaced(plate, { path: flow.file, line: block.place.line }, flow)
  }
  const measure = flow.measure - around.left - around.right
  const { figure, caption } = captioned(block, around, flow)
  const captionWay = caption?.ways[0]
  const captionDepth = captionWay ? captionWay.lines * captionWay.height + (caption?.before ?? 0) : 0
  if (!image) return caption
  // as wide as the author asks, else at its own resolution; never beyond the measure or the page
  const ratio = Math.max(1, image.height) / Math.max(1, image.width)
  const wanted = block.width === undefined ? (image.width * 72) / NATURAL_DPI : measure * block.width
  const most = Math.max(4, flow.shape.depth - captionDepth - 1) * flow.shape.grid
  const widest = Math.max(1, Math.min(block.width === undefined ? measure : wanted, measure, most / ratio))
  const width = Math.max(1, Math.min(wanted, widest))
  const height = width * ratio
  const dpi = image.vector ? LEAST_DPI : Math.round((image.width * 72) / width)
  if (dpi < LEAST_DPI) {
    warning(
      flow.report,
      'image-resolution',
      { path: flow.file, line: block.place.line },
      `\`${block.src}\` is printed at ${dpi} dots per inch`,
      // more pixels print larger, until they fill the measure
      `give it ${Math.ceil((widest / 72) * LEAST_DPI)} pixels across or more`,
    )
  }
  // what both lack of whole lines stands above and below them, half of it each
  const own = height / flow.shape.grid + captionDepth
  const depth = Math.ceil(own - 1e-6)
  const slack = ((depth - own) / 2) * flow.shape.grid
  const called = caption?.notes(0, 0, captionWay?.lines ?? 0) ?? []
  const way: Way = {
    lines: 1,
    height: depth,
    cost: 0,
    stops: new Uint8Array([NEVER]),
    notes: called.length > 0 ? [called.map(flow.noteCall)] : undefined,
  }
  return {
    ways: [way],
    gap: 0,
    before: 1,
    after: Math.max(1, caption?.after ?? 0),
    keepNext: false,
    repeat: 0,
    // inside a list, a quotation or a note it keeps its place
    float: around.role === undefined && !around.note,
    paint(sheet, _way, _from, _to, y) {
      const x = sheet.left + around.left + (measure - width) / 2
      const above = caption && flow.setting.styles.theme.captions?.figures === 'above' ? captionDepth : 0
      const top = y + slack + above * flow.shape.grid
      if (block.alt !== '')
        figure.tag = addTag(sheet.tags, {
          type: 'Figure',
          parent: around.tag.of(sheet),
          lang: block.lang,
          alt: block.alt,
          box: caption
            ? [
                sheet.left + around.left,
                above > 0 ? y : top,
                measure,
                y + depth * flow.shape.grid - (above > 0 ? y : top),
              ]
            : [x, top, width, height],
        })
      sheet.page.items.push({
        ...{ kind: 'image', tag: figure.tag, image: image.index, x, y: top, width, height, frame: undefined },
      })
      if (caption && captionWay)
        caption.paint(
          sheet,
          0,
          0,
          captionWay.lines,
          above > 0 ? y + slack : top + height + (caption.before ?? 0) * flow.shape.grid,
          false,
        )
    },
    start: () => ({ n: block.n, offset: 0 }),
    notes: () => called,
  }
}
