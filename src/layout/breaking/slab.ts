// Small arrays of numbers cut from larger ones: a book has some hundred thousand, and to allocate each by itself takes longer
// than to fill it. What is cut is zero, and nobody else's.

/** Numbers in a slab: some pages' worth, so that what lives long does not keep much else alive. */
const SLAB = 8192

export interface Slab {
  bytes(count: number): Uint8Array
  units(count: number): Uint16Array
  shifts(count: number): Int16Array
  lengths(count: number): Float64Array
}

export function createSlab(): Slab {
  return {
    bytes: cutter((size) => new Uint8Array(size)),
    units: cutter((size) => new Uint16Array(size)),
    shifts: cutter((size) => new Int16Array(size)),
    lengths: cutter((size) => new Float64Array(size)),
  }
}

function cutter<A extends Uint8Array | Uint16Array | Int16Array | Float64Array>(
  make: (size: number) => A,
): (count: number) => A {
  let slab = make(0)
  let used = 0
  return (count) => {
    if (count > SLAB / 8) return make(count)
    if (used + count > slab.length) {
      slab = make(SLAB)
      used = 0
    }
    used += count
    return slab.subarray(used - count, used) as A
  }
}
