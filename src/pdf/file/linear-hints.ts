// In: the parts of a linearised file, with where their objects stand. Out: its hint stream (ISO 32000-1, F.4): from a page's
// index to the bytes that it needs.
import { flate } from './deflate.js'
import type { Plan } from './linear-parts.js'

interface Hints {
  bytes: Uint8Array
  /** Where the table of shared objects begins, and that of the outline. */
  shared: number
  outlines: number | undefined
}

export function hintStream(
  plan: Plan,
  pages: readonly number[],
  numbers: ReadonlyMap<number, number>,
  lengths: ReadonlyMap<number, number>,
  places: ReadonlyMap<number, number>,
): Hints {
  const bits = createBits()
  const lengthOf = (ids: readonly number[]) => ids.reduce((sum, id) => sum + lengths.get(id)!, 0)

  const owns = [plan.first.length, ...plan.pages.map((page) => page.own)]
  const sizes = [lengthOf(plan.first)]
  let from = 0
  for (const { own } of plan.pages) sizes.push(lengthOf(plan.rest.slice(from, (from += own))))
  const shares = [[], ...plan.pages.map((page) => page.shares)]
  const [leastOwn, leastSize] = [Math.min(...owns), Math.min(...sizes)]
  const [ownBits, sizeBits] = [width(Math.max(...owns) - leastOwn), width(Math.max(...sizes) - leastSize)]
  const shareBits = width(Math.max(...shares.map((each) => each.length)))
  const identifierBits = width(plan.first.length + plan.shared.length)
  // Table F.3. Of a page's content stream is told what is told of the page.
  bits.put(leastOwn, 32)
  bits.put(places.get(pages[0]!)!, 32)
  bits.put(ownBits, 16)
  bits.put(leastSize, 32)
  bits.put(sizeBits, 16)
  bits.put(0, 32)
  bits.put(0, 16)
  bits.put(leastSize, 32)
  bits.put(sizeBits, 16)
  bits.put(shareBits, 16)
  bits.put(identifierBits, 16)
  bits.put(0, 16)
  bits.put(4, 16)
  // Table F.4: each column by itself.
  bits.column(
    owns.map((own) => own - leastOwn),
    ownBits,
  )
  bits.column(
    sizes.map((size) => size - leastSize),
    sizeBits,
  )
  bits.column(
    shares.map((each) => each.length),
    shareBits,
  )
  bits.column(shares.flat(), identifierBits)
  bits.column(
    sizes.map((size) => size - leastSize),
    sizeBits,
  )

  // Tables F.5 and F.6: each object a group of its own.
  const shared = bits.length()
  const groups = [...plan.first, ...plan.shared].map((id) => lengths.get(id)!)
  const least = Math.min(...groups)
  const groupBits = width(Math.max(...groups) - least)
  const [firstShared] = plan.shared
  bits.put(firstShared === undefined ? 0 : numbers.get(firstShared)!, 32)
  bits.put(firstShared === undefined ? 0 : places.get(firstShared)!, 32)
  bits.put(plan.first.length, 32)
  bits.put(groups.length, 32)
  bits.put(0, 16)
  bits.put(least, 32)
  bits.put(groupBits, 16)
  bits.column(
    groups.map((size) => size - least),
    groupBits,
  )
  bits.column(
    groups.map(() => 0),
    1,
  )

  // Table F.9.
  const [firstOutline] = plan.outlines
  const outlines = firstOutline === undefined ? undefined : bits.length()
  if (firstOutline !== undefined) {
    bits.put(numbers.get(firstOutline)!, 32)
    bits.put(places.get(firstOutline)!, 32)
    bits.put(plan.outlines.length, 32)
    bits.put(lengthOf(plan.outlines), 32)
  }
  return { bytes: flate(bits.take()), shared, outlines }
}

/** Bits that a number up to this needs. */
function width(most: number): number {
  return most === 0 ? 0 : Math.floor(Math.log2(most)) + 1
}

/** Numbers of any width, the highest bit first. */
function createBits() {
  const bytes: number[] = []
  let open = 0
  const put = (value: number, size: number) => {
    for (let bit = size - 1; bit >= 0; bit--) {
      if (open === 0) {
        bytes.push(0)
        open = 8
      }
      open--
      if (Math.floor(value / 2 ** bit) % 2 === 1) bytes[bytes.length - 1]! |= 1 << open
    }
  }
  return {
    put,
    /** Ends at a whole byte. */
    column(values: readonly number[], size: number) {
      for (const value of values) put(value, size)
      open = 0
    },
    length: () => bytes.length,
    take: () => Uint8Array.from(bytes),
  }
}
