// The paragraph at hand: its pieces as they are set one after another, and the places where a line may end; out of it their sums,
// as the line breaker wants them. Named after what a compositor holds in his hand.
import { type Ends, MAX_PENALTY } from '../breaking/break-lines.js'
import type { Slab } from '../breaking/slab.js'
import { LONG } from './divide.js'
import { roomsAt } from './joints.js'
import type { Paragraph, Segment } from './piece.js'
import { type Box, ROOM, SIZES } from './shaped-box.js'
import type { ShapedFaces } from './shaped-faces.js'

/** Keeps its working memory: a paragraph is written over by the next. */
export class Stick {
  text = ''
  segments: Segment[] = []
  missing: Paragraph['missing'] = []
  /** By segment and face: the segment of what another face lends it. */
  borrowed: Map<string, number> | undefined
  /** The last word, [from, to) in the text. */
  wordStart = 0
  wordEnd = 0
  /** Is a space behind it, at which a line may end? */
  pendingJoin = false

  count = 0
  // Of each piece: its box's number among the boxes of its segment, its segment, where it starts in the text, the space behind it.
  readonly number: number[] = []
  readonly segment: number[] = []
  readonly start: number[] = []
  readonly space: number[] = []

  /** Places where a line may end. */
  stops = 0
  // Of each: the last piece before it, what it costs, of which kind it is.
  readonly last: number[] = []
  readonly penalty: number[] = []
  readonly flags: number[] = []

  /** The last of the first `looked` pieces that has a width. */
  wide = -1
  looked = 0

  begin(text: string, segments: Segment[]): void {
    this.text = text
    this.segments = segments
    this.missing = []
    this.borrowed = undefined
    this.wordStart = 0
    this.wordEnd = 0
    this.pendingJoin = false
    this.count = 0
    this.stops = 0
    this.looked = 0
    this.wide = -1
  }

  put(segment: number, box: number, from: number): void {
    const { count } = this
    this.number[count] = box
    this.segment[count] = segment
    this.start[count] = from
    this.space[count] = 0
    this.count = count + 1
  }

  /** A line may end here. */
  end(price: number, kind: number): void {
    const { count, stops, last } = this
    if (count === 0 || (stops > 0 && last[stops - 1] === count - 1)) return
    last[stops] = count - 1
    this.penalty[stops] = price
    this.flags[stops] = kind
    this.stops = stops + 1
  }

  /** As that, within a word: what has no width ends no line, or lines could end behind each of a thousand such. */
  endWithin(price: number, kind: number): void {
    const { count, stops, segments, segment, number } = this
    for (; this.looked < count; this.looked++) {
      const at = this.looked
      if (segments[segment[at]!]!.shape.sizes[number[at]! * SIZES]! > 0) this.wide = at
    }
    if (stops === 0 || this.wide > this.last[stops - 1]!) this.end(price, kind)
  }

  /** Is there more text since the last place where a line may end than any word has? */
  isUnparted(to: number): boolean {
    const { count, stops } = this
    const from = stops > 0 ? this.last[stops - 1]! + 1 : 0
    return from < count && this.space[count - 1] === 0 && to - this.start[from]! > LONG
  }

  /** The paragraph's end; a space or a line break behind the last word counts for nothing. */
  finish(kind: number): void {
    if (this.count === 0) return
    this.space[this.count - 1] = 0
    while (this.stops > 0 && this.last[this.stops - 1] === this.count - 1) this.stops--
    this.end(0, kind)
  }

  boxAt(piece: number): Box {
    return this.segments[this.segment[piece]!]!.shape.list[this.number[piece]!]!
  }

  /** Where the style changes within a word, what would touch is moved apart. */
  partJoints(faces: ShapedFaces): void {
    const { segment, space, last, segments, count, stops } = this
    for (let i = 1, k = 0; i < count; i++) {
      while (k < stops && last[k]! < i - 1) k++
      if (segment[i] === segment[i - 1] || space[i - 1] !== 0 || last[k] === i - 1) continue
      const [one, other] = [segments[segment[i - 1]!]!, segments[segment[i]!]!]
      const rooms = roomsAt(this.boxAt(i - 1), this.boxAt(i), one, other, faces)
      if (rooms > 0) this.number[i - 1] = one.shape.numberOf(this.boxAt(i - 1).text + ROOM.repeat(rooms))
    }
  }

  sum(slab: Slab): Ends {
    const { count, number, segment, space, stops, last, penalty, flags, segments } = this
    const ink = slab.lengths(stops)
    const glyphs = slab.lengths(stops)
    const e: Ends = {
      count: stops,
      ink,
      space: slab.lengths(stops),
      glyphs,
      inkAfter: ink,
      spaceAfter: slab.lengths(stops),
      glyphsAfter: glyphs,
      hangRight: slab.lengths(stops),
      hangLeft: slab.lengths(stops),
      penalty: slab.lengths(stops),
      tails: new Int32Array(stops),
      heads: new Int32Array(stops + 1),
      flags: slab.bytes(stops),
    }
    let inkTo = 0
    let spaces = 0
    let codes = 0
    let k = 0
    let before = -1
    for (let i = 0, s = -1, sizes = NOTHING, size = 0, tracking = 0, image: Segment['image']; i < count; i++) {
      if (segment[i] !== s) {
        s = segment[i]!
        const seg = segments[s]!
        sizes = seg.shape.sizes
        size = seg.lettering.size
        tracking = seg.lettering.tracking
        image = seg.image
      }
      const at = number[i]! * SIZES
      const word = sizes[at + 4]!
      if (before === i - 1) {
        if (i > 0) e.hangLeft[k - 1] = (sizes[at + 2]! / 1000) * size
        e.heads[i === 0 ? stops : k - 1] = word
      }
      inkTo += image ? image.width : (sizes[at]! / 1000) * size + sizes[at + 1]! * tracking
      codes += sizes[at + 1]!
      if (k < stops && last[k] === i) {
        ink[k] = inkTo
        glyphs[k] = codes
        e.space[k] = spaces
        e.spaceAfter[k] = spaces + space[i]!
        e.hangRight[k] = (sizes[at + 3]! / 1000) * size
        e.tails[k] = word
        e.penalty[k] = Math.min(MAX_PENALTY, penalty[k]!)
        e.flags[k] = flags[k]!
        before = i
        k++
      }
      spaces += space[i]!
    }
    return e
  }
}

const NOTHING: Float64Array = new Float64Array(0)
