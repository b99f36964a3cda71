// In: a word that is not known, and the words that are. Out: the one that was probably meant.

/** The known word with the fewest changed, missing, added or swapped letters, if those are at most a third of it (but one at least). */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const each of known) {
    const cost = distance(word.slice(0, 60).toLowerCase(), each)
    if (cost < least && cost <= Math.max(1, Math.floor(each.length / 3))) {
      best = each
      least = cost
    }
  }
  return best
}

/** Optimal string alignment: Damerau 1964, restricted to one edit a place. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
