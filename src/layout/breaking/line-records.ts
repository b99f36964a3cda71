// What a line breaker keeps of every place where a line may well end: a record each, its fields in arrays of numbers.

export interface Records {
  /** The end, and which division of the piece before it (0: the end itself). */
  at: Int32Array
  mark: Int32Array
  /** How many lines there are up to here, and the record of the line above's end. */
  line: Int32Array
  prev: Int32Array
  /** The last line's fitness, how many hyphens end lines in a row, what all lines cost, the last line's ratio. */
  fit: Uint8Array
  run: Uint8Array
  cost: Float64Array
  ratio: Float64Array
  /** Up to what follows, and how far that may hang out. */
  ink: Float64Array
  space: Float64Array
  glyphs: Float64Array
  hang: Float64Array
  /** Which inset the line has that begins here. */
  first: Int32Array
  /** The words at both sides of the end, and whether the line above has the same. */
  heads: Int32Array
  tails: Int32Array
  stacked: Uint8Array
  /** Records from which lines can still begin. */
  live: Int32Array
}

/** Room for so many; those that there are come with it. */
export function recordsFor(size: number, old?: Records): Records {
  const i32 = (from?: Int32Array) => copy(new Int32Array(size), from)
  const u8 = (from?: Uint8Array) => copy(new Uint8Array(size), from)
  const f64 = (from?: Float64Array) => copy(new Float64Array(size), from)
  return {
    at: i32(old?.at),
    mark: i32(old?.mark),
    line: i32(old?.line),
    prev: i32(old?.prev),
    fit: u8(old?.fit),
    run: u8(old?.run),
    cost: f64(old?.cost),
    ratio: f64(old?.ratio),
    ink: f64(old?.ink),
    space: f64(old?.space),
    glyphs: f64(old?.glyphs),
    hang: f64(old?.hang),
    first: i32(old?.first),
    heads: i32(old?.heads),
    tails: i32(old?.tails),
    stacked: u8(old?.stacked),
    live: i32(old?.live),
  }
}

function copy<A extends Int32Array | Uint8Array | Float64Array>(to: A, from: A | undefined): A {
  if (from) to.set(from as never)
  return to
}
