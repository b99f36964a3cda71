// A piece of text in a face goes in; its shaped box comes out, and its number: each distinct text is shaped once.

/** Where a box may be cut, in order of offset; widths in 1/1000 em. */
export interface Cut {
  /** UTF-16 offset in the box's text. */
  offset: number
  /** Prints a hyphen. */
  hyphen: boolean
  price: number
  headWidth: number
  headCodes: number
  tailWidth: number
  tailCodes: number
  /** Ink that may hang out on the right of the head. */
  hang: number
}

/** A shaped piece of text. Advances in 1/1000 em, unscaled. */
export interface Box {
  text: string
  /** Codes of the font, in visual order. */
  codes: Uint16Array
  /** By code: what has to be added to the code's own advance (kerning, marks). */
  shifts: Int16Array
  /** By code: how far it is raised; undefined if nothing is. */
  rises: Int16Array | undefined
  /** By code: UTF-16 offset in the text. May be longer than the codes are. */
  clusters: Uint16Array
  width: number
  /** The text that the codes do not spell, if they do not. */
  actual: string | undefined
  /** Ink that may hang into the margins, 1/1000 em: see microtype.ts. */
  left: number
  right: number
  /** Where it may be divided, by manner, as far as somebody asked: see divide.ts. */
  cuts: (readonly Cut[] | undefined)[]
}

/** Of a box that nobody has asked to divide. */
export const NO_CUTS: Box['cuts'] = []

export const SIZES = 5

// FNV-1a over UTF-16 units.
export const HASH_SEED = 0x811c9dc5 | 0
export const HASH_STEP = 0x01000193

/** Fields of an entry in the table: hash, number of the box + 1 (0: empty), its text's place among the letters, its length. */
const ENTRY = 4

/**
 * The boxes of one face, one set of features and one language, numbered: each distinct text is shaped once.
 * A class, since there are many of them: V8 knows which function is called, whosever it is.
 */
export class Boxes {
  /** By number. */
  readonly list: Box[] = []
  /** By number × SIZES: width, count of codes, left, right, number of the word. Where a paragraph is summed up, a book has no time to look at objects. */
  sizes = new Float64Array(512 * SIZES)
  private readonly shape: (text: string) => Box
  private size = 1024
  private table = new Int32Array(this.size * ENTRY)
  private letters = new Uint16Array(4096)
  private spelled = 0

  constructor(shape: (text: string) => Box) {
    this.shape = shape
  }

  /** The number of the box of text[from, to), whose hash the caller has made with HASH_SEED and HASH_STEP: no string is cut for a word that is known. */
  at(text: string, from: number, to: number, hash: number): number {
    const { table } = this
    const last = this.size * ENTRY - 1
    const length = to - from
    let slot = (hash & (this.size - 1)) * ENTRY
    for (let id = table[slot + 1]!; id !== 0; id = table[slot + 1]!) {
      if (table[slot] === hash && table[slot + 3] === length && this.isAt(table[slot + 2]!, text, from, length))
        return id - 1
      slot = (slot + ENTRY) & last
    }
    return this.add(text.slice(from, to), hash)
  }

  numberOf(text: string): number {
    let hash = HASH_SEED
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), HASH_STEP)
    return this.at(text, 0, text.length, hash)
  }

  of(text: string): Box {
    return this.list[this.numberOf(text)]!
  }

  private isAt(place: number, text: string, from: number, length: number): boolean {
    const { letters } = this
    for (let i = 0; i < length; i++) if (letters[place + i] !== text.charCodeAt(from + i)) return false
    return true
  }

  private add(text: string, hash: number): number {
    // shaping may ask for other boxes: the place in the table is sought only then
    const box = this.shape(text)
    const id = this.list.push(box) - 1
    if (this.spelled + text.length > this.letters.length)
      this.letters = roomier(this.letters, this.spelled + text.length)
    for (let i = 0; i < text.length; i++) this.letters[this.spelled + i] = text.charCodeAt(i)
    const { table, size } = this
    let slot = (hash & (size - 1)) * ENTRY
    while (table[slot + 1] !== 0) slot = (slot + ENTRY) & (size * ENTRY - 1)
    table[slot] = hash
    table[slot + 1] = id + 1
    table[slot + 2] = this.spelled
    table[slot + 3] = text.length
    this.spelled += text.length
    if (this.list.length * SIZES > this.sizes.length) this.sizes = roomier(this.sizes, this.list.length * SIZES)
    this.sizes[id * SIZES] = box.width
    this.sizes[id * SIZES + 1] = box.codes.length
    this.sizes[id * SIZES + 2] = box.left
    this.sizes[id * SIZES + 3] = box.right
    this.sizes[id * SIZES + 4] = wordOf(text)
    if (this.list.length * 2 > size) this.grow()
    return id
  }

  private grow(): void {
    const old = this.table
    const size = this.size * 4
    const table = new Int32Array(size * ENTRY)
    for (let i = 0; i < old.length; i += ENTRY) {
      if (old[i + 1] === 0) continue
      let slot = (old[i]! & (size - 1)) * ENTRY
      while (table[slot + 1] !== 0) slot = (slot + ENTRY) & (size * ENTRY - 1)
      for (let k = 0; k < ENTRY; k++) table[slot + k] = old[i + k]!
    }
    this.size = size
    this.table = table
  }
}

/** The same number for the same word, whatever its capitals and the marks around it; 0 for fewer than two letters. */
export function wordOf(text: string): number {
  const word = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su.exec(text)?.[0].toLowerCase() ?? ''
  if (word.length < 2) return 0
  let hash = HASH_SEED
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), HASH_STEP)
  return hash | 1
}

function roomier<A extends Uint16Array | Float64Array>(old: A, need: number): A {
  const made = new (old.constructor as new (length: number) => A)(need * 2)
  made.set(old)
  return made
}

/** Ends a text that is divided here: a hyphen is shown. A noncharacter, so that no author's text can end with it. */
export const DIVISION = '\uffff'

/** At the end of a text, each: so much room behind it, 1/1000 em, since what follows is set otherwise and would touch it. A noncharacter, too. */
export const ROOM = '\ufffe'
export const ROOM_WIDTH = 10
