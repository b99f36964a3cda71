// In: two names. Out: their order as a person expects it: 1, 2, 10; without regard to case, accents or the machine's locale.

/** Paths are compared folder by folder. Two names that differ are never equal. */
export function natural(a: string, b: string): number {
  const [as, bs] = [a.split('/'), b.split('/')]
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const order = compare(stem(as[i]!), stem(bs[i]!))
    if (order !== 0) return order
  }
  return as.length - bs.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** `1.md` stands before `1-more.md`. */
function stem(name: string): string {
  return name
    .replace(/\.[A-Za-z]+$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
}

function compare(a: string, b: string): number {
  const [as, bs] = [pieces(a), pieces(b)]
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const [one, two] = [as[i]!, bs[i]!]
    if (one === two) continue
    // As numbers, without the zeros in front: the longer is the greater.
    const numbers = /^\d/.test(one) && /^\d/.test(two) ? [one, two].map((each) => each.replace(/^0+(?=\d)/, '')) : []
    if (numbers.length === 2 && numbers[0] !== numbers[1])
      return numbers[0]!.length - numbers[1]!.length || (numbers[0]! < numbers[1]! ? -1 : 1)
    if (numbers.length === 0) return one < two ? -1 : 1
  }
  return as.length - bs.length
}

function pieces(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? []
}
