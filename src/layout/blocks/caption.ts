// A picture's block goes in; its caption comes out, with the tag of the figure that it is in.
import type { Block } from '../../model/book.js'
import { type Around, type Flow, type FlowElement, type TagParent, tagParent } from './element.js'
import { paragraphElement } from './prose-element.js'

export interface Captioned {
  /** The picture's element, once it is made, with its caption as its last: below 0 until then, and of what is decoration, whose caption stands for itself. */
  figure: { tag: number }
  caption: FlowElement | undefined
}

export function captioned(block: Extract<Block, { kind: 'figure' }>, around: Around, flow: Flow): Captioned {
  const figure = { tag: -1 }
  const alone = tagParent('Div', around.tag, { lang: block.lang })
  const parent: TagParent = { of: (sheet) => (figure.tag < 0 ? alone.of(sheet) : figure.tag) }
  const caption = block.caption
    ? paragraphElement(block.caption, 'caption', around, tagParent('Caption', parent), flow, block.place.line)
    : undefined
  return { figure, caption }
}
