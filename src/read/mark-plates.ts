// In: a section's blocks and notes. Out: the pictures among them that are to have pages for themselves, marked as such; a word on each that
// cannot have one where it stands.
//   ![…](x.png){.full-page}   a page for itself, whole in the text's place
//   ![…](x.png){.bleed}       a page for itself, to the edges
//   ![…](x.png){.spread}      two pages that face each other
import { forgivable, type Place, warning } from '../diagnostic.js'
import type { Block, Plate, Section } from '../model/book.js'
import { eachBlock } from '../model/walk.js'
import type { FileContext } from './context.js'
import { OBJECT } from './inline/writing.js'

/** The largest first: who writes two of them means that. */
const PLATES: readonly (readonly [name: string, plate: Plate])[] = [
  ['spread', 'spread'],
  ['bleed', 'bleed'],
  ['full-page', 'page'],
]

export function markPlates(section: Section, ctx: FileContext): void {
  const open = new Set<Block>(section.blocks)
  const misplaced = (name: string, place: Place) => {
    const message = `\`{.${name}}\`: a picture cannot leave what it stands in for ${name === 'spread' ? 'two pages' : 'a page'} of its own`
    const hint = 'let it stand alone between two paragraphs, outside of lists, tables, quotations, blocks and notes'
    forgivable(ctx.report, 'plate-misplaced', place, message, hint)
  }
  const block = (one: Block) => {
    if (one.kind !== 'figure') return
    const asked = asksFor(one.classes)
    if (asked === undefined) return
    one.classes = one.classes.filter((name) => !isPlate(name))
    if (!open.has(one)) return misplaced(asked[0], one.place)
    one.plate = asked[1]
    if (one.width === undefined) return
    const message = `a picture that is \`{.${asked[0]}}\` is as wide as its page: its \`width\` says nothing`
    warning(ctx.report, 'unknown-attribute', one.place, message, 'take `width` out')
    delete one.width
  }
  for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)])
    eachBlock(blocks, block, (prose, { place }) => {
      for (const span of prose.spans) {
        if (span.kind !== 'span' || prose.text.slice(span.start, span.end) !== OBJECT) continue
        const asked = asksFor(span.classes)
        if (asked === undefined) continue
        span.classes = span.classes.filter((name) => !isPlate(name))
        misplaced(asked[0], place)
      }
    })
}

function asksFor(classes: readonly string[]): (typeof PLATES)[number] | undefined {
  return PLATES.find(([name]) => classes.includes(name))
}

function isPlate(name: string): boolean {
  return PLATES.some(([one]) => one === name)
}
