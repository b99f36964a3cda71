// In: how many things there are, in order, and whether one is before a place. Out: the first that is not; their count if there is none.

/** What is before the place stands before all that is not. */
export function firstPast(count: number, isBefore: (i: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
