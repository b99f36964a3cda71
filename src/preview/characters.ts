// In: a line on its page, and the text that it is of. Out: where each of its characters stands, and the other way round.
import type { Font, Page, SetLine, TextRun } from '../layout/typeset.js'
import type { Prose } from '../model/book.js'
import type { Box } from './protocol.js'

/** One code of a run: the part of the text that it shows, and where. */
export interface Spelled {
  from: number
  to: number
  left: number
  right: number
}

/** Characters that take no room on the page. */
const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff]/

/** `prose`: undefined: offsets are those of the line's own letters. */
export function spell(line: SetLine, page: Page, fonts: readonly Font[], prose: Prose): Spelled[] {
  const out: Spelled[] = []
  const { text } = prose
  for (let i = line.from; i < line.to; i++) {
    const item = page.items[i]!
    const begin = line.offsets[i - line.from] ?? 0
    if (item.kind === 'image') out.push({ from: begin, to: begin + 1, left: item.x, right: item.x + item.width })
    if (item.kind !== 'text') continue
    let at = begin
    eachCode(item, fonts[item.font]!, (shown, left, right) => {
      const from = at
      if (item.actual === undefined) at = advance(text, at, shown)
      out.push({ from, to: at, left, right })
    })
  }
  return out
}

/** How far a code's text reaches. What is shown in place of a mark, a note's number, belongs to it. */
function advance(text: string, at: number, shown: string): number {
  let to = at
  for (const character of shown) {
    while (UNSEEN.test(text[to] ?? '')) to++
    const here = text.slice(to, to + character.length)
    if (here === character || here.toLowerCase() === character.toLowerCase()) to += character.length
    else if (/\s/.test(here) && /\s/.test(character)) to++
  }
  return to
}

export function eachCode(run: TextRun, font: Font, code: (text: string, left: number, right: number) => void): void {
  let x = run.x
  for (let i = 0; i < run.codes.length; i++) {
    const { advance, text } = font.codes[run.codes[i]!]!
    const ink = (advance / 1000) * run.size * run.stretch
    const all = (((advance + (run.shifts?.[i] ?? 0)) / 1000) * run.size + run.tracking) * run.stretch
    code(text, x, x + (all > 0 ? all : ink))
    x += all
  }
}

export function boxOfLine({ x, y, width, leading }: SetLine): Box {
  return { x, y: y - leading * 0.76, width, height: leading }
}

/** The part of a line that shows [from, to) of the text; undefined if none of it does. */
export function boxOf(line: SetLine, spelled: readonly Spelled[], from: number, to: number): Box | undefined {
  let left = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  for (const one of spelled) {
    const inside = one.to > one.from ? one.from < to && one.to > from : one.from >= from && one.from < to
    if (!inside) continue
    left = Math.min(left, one.left)
    right = Math.max(right, one.right)
  }
  if (left > right) return undefined
  const { y, height } = boxOfLine(line)
  return { x: left, y, width: right - left, height }
}

/** The line under a point, or the nearest within `reach`. */
export function lineAt(lines: readonly SetLine[], x: number, y: number, reach: number): SetLine | undefined {
  let best: SetLine | undefined
  let least = reach
  for (const line of lines) {
    const box = boxOfLine(line)
    const down = y < box.y ? box.y - y : y > box.y + box.height ? y - box.y - box.height : 0
    const across = x < box.x ? box.x - x : x > box.x + box.width ? x - box.x - box.width : 0
    // Between columns the nearer one counts; in the margin the line beside it.
    const distance = down + across * 0.1
    if (distance < least) [best, least] = [line, distance]
  }
  return best
}
