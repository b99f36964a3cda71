// A section goes in; the documents that it is written in come out: one, or several about equally long if one would be larger
// than reading systems like to open at once.
import type { Block, Note, Prose, Section } from '../model/book.js'
import { eachBlock } from '../model/walk.js'

/** Bytes. What is larger is slow to open on old devices, or is refused; Apple, Kobo and Standard Ebooks name about this size. */
const LARGEST = 250_000
/** What a document is aimed at where a section is divided: the weights below are not exact, and cuts are moved to a good place. */
const AIM = 180_000
/** How far a cut may be moved to a better place, of a document's length. */
const WINDOW = 0.1

/** What one document has of its section: its blocks and its notes, from (included) and to (excluded). */
export interface Share {
  blocks: { from: number; to: number }
  notes: { from: number; to: number }
  /** The anchor that it begins with. */
  n: number
}

/** A place where a document may end. `price`: 0 where the text pauses anyway. */
interface Place {
  weight: number
  price: number
  block: number
  note: number
}

/** Of sections that a second build finds unchanged. */
const known = new WeakMap<Section, readonly Place[]>()

/** In reading order, the notes last. A block or a note is never divided: whoever has one of this size keeps it. */
export function divide(section: Section): Share[] {
  let cuts = known.get(section)
  if (cuts === undefined) known.set(section, (cuts = cutsOf(section)))
  return sharesOf(section, cuts)
}

function cutsOf({ blocks, notes }: Section): Place[] {
  const places: Place[] = []
  let weight = 0
  blocks.forEach((block, i) => {
    const price = priceBefore(block, blocks[i - 1])
    if (price !== undefined) places.push({ weight, price, block: i, note: 0 })
    weight += weightOf([block])
  })
  notes.forEach((note, i) => {
    places.push({ weight, price: i === 0 ? 0 : 2, block: blocks.length, note: i })
    weight += weightOf(note.blocks) + NOTE
  })
  return weight <= LARGEST ? [] : cutsAmong(places, weight)
}

export function whole(section: Section): Share {
  return sharesOf(section, [])[0]!
}

function sharesOf({ blocks, notes }: Section, cuts: readonly Pick<Place, 'block' | 'note'>[]): Share[] {
  const starts = [{ block: 0, note: 0 }, ...cuts]
  return starts.map(({ block, note }, i) => {
    const end = starts[i + 1] ?? { block: blocks.length, note: notes.length }
    return {
      blocks: { from: block, to: end.block },
      notes: { from: note, to: end.note },
      n: anchorOf(blocks[block], notes[note]),
    }
  })
}

function cutsAmong(places: readonly Place[], whole: number): Place[] {
  const count = Math.ceil(whole / AIM)
  const length = whole / count
  const cuts: Place[] = []
  for (let i = 1; i < count; i++) {
    const wanted = i * length
    const distance = (place: Place) => Math.abs(place.weight - wanted)
    // Within the window a better place is worth the way; beyond it the nearest is best.
    const cost = (place: Place) => {
      const far = distance(place) / (length * WINDOW)
      return far <= 1 ? place.price + far : 10 * far
    }
    let best: Place | undefined
    for (const place of places) {
      if (place.weight <= (cuts.at(-1)?.weight ?? 0)) continue
      if (best === undefined || cost(place) < cost(best)) best = place
    }
    if (best === undefined) break
    cuts.push(best)
  }
  return cuts
}

/** Of a cut before a block; undefined: never there. */
function priceBefore(block: Block, before: Block | undefined): number | undefined {
  // What leads on to the next is never left behind, and no document begins with an ornament.
  if (before === undefined || before.kind === 'heading' || block.kind === 'break') return undefined
  if (block.kind === 'heading' || before.kind === 'break') return 0
  return block.kind === 'paragraph' ? 2 : 4
}

function anchorOf(block: Block | undefined, note: Note | undefined): number {
  return block?.n ?? note?.blocks[0]?.n ?? 0
}

// What the tags around things weigh, about; page marks are in the paragraph's.
const BLOCK = 60
const SPAN = 20
const REFERENCE = 120
const NOTE = 220

function weightOf(blocks: readonly Block[]): number {
  let sum = 0
  const prose = ({ text, spans }: Prose) => {
    sum += Buffer.byteLength(text) + 20
    for (const span of spans) {
      sum += SPAN
      if (span.kind === 'note' || span.kind === 'image') sum += REFERENCE
      else if (span.kind === 'span') sum += 2 * SPAN
      else if (span.kind === 'link') sum += span.href.length
    }
  }
  eachBlock(blocks, () => void (sum += BLOCK), prose)
  return sum
}
