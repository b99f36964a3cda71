// In: a line of lettering as it is read. Out: its parts from left to right, as they stand: a small part of Unicode's bidirectional
// algorithm (UAX 9), enough for titles: no embeddings, and numbers as they are written in Europe.

export interface Part {
  text: string
  /** Is it read from right to left? */
  backwards: boolean
}

/** Scripts written from right to left: Hebrew to Arabic Extended-A, and their presentation forms. */
export const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
const LEFT_TO_RIGHT = /[\p{L}\p{N}]/u
const MIRRORED = new Map(
  [...'()', ...'[]', ...'{}', ...'<>', ...'«»', ...'‹›'].map((one, i, all) => [one, all[i ^ 1]!]),
)

/** `backwards`: is the language written so? If not, the first letter says which way the line goes. */
export function inOrder(line: string, backwards: boolean): Part[] {
  if (!RIGHT_TO_LEFT.test(line)) return [{ text: line, backwards: false }]
  const characters = [...line]
  const ways = characters.map((one) =>
    RIGHT_TO_LEFT.test(one) ? true : LEFT_TO_RIGHT.test(one) ? false : /\p{M}/u.test(one) ? 'as before' : undefined,
  )
  ways.forEach((way, i) => {
    if (way === 'as before') ways[i] = ways[i - 1]
  })
  const base = backwards || beginsBackwards(line)
  // What stands between two of one direction goes with them; else as the line does.
  const parts: Part[] = []
  for (let i = 0; i < characters.length; ) {
    let end = i + 1
    if (ways[i] === undefined) while (end < characters.length && ways[end] === undefined) end++
    const before = ways[i - 1] ?? base
    const after = ways[end] ?? base
    const way = ways[i] ?? (before === after ? before : base)
    const text = characters.slice(i, end)
    const last = parts.at(-1)
    if (last !== undefined && last.backwards === way) last.text += text.join('')
    else parts.push({ text: text.join(''), backwards: way === true })
    i = end
  }
  return base ? parts.reverse() : parts
}

/** Is its first letter of a script that is read from right to left? */
export function beginsBackwards(line: string): boolean {
  if (/^[\x20-\x7e]*$/.test(line)) return false
  const [first = ''] = /\p{L}/u.exec(line) ?? []
  return RIGHT_TO_LEFT.test(first)
}

/** What has no letters of its own is not turned by whoever shapes it. */
export function turned(text: string): string {
  return [...text]
    .reverse()
    .map((one) => MIRRORED.get(one) ?? one)
    .join('')
}
