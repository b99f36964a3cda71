// What to tell the author. Every stage takes a Report and goes on; `throw` is for our own faults.

export type Severity = 'error' | 'warning'

/** As a number stands in what is told: 28,100; the same on every machine. */
export function thousands(number: number, mark = ','): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, mark)
}

/** One finding. `path` is relative to the book folder ('' for the command itself), `line` counts from 1 (0: the whole file). */
export interface Diagnostic {
  severity: Severity
  /** Stable, kebab-case; the key of its row in the table of codes. */
  code: string
  path: string
  line: number
  /** Lower case, no full stop, names in backquotes. */
  message: string
  /** The next thing to do. */
  hint: string
  /** Of an error with which the text can still be shown: the manifest's `forgive` makes it a warning. */
  forgivable?: true | undefined
}

/** Where in the author's files something stands. */
export interface Place {
  path: string
  line: number
}

export type Report = (diagnostic: Diagnostic) => void

export const NOWHERE: Place = { path: '', line: 0 }

export function error(report: Report, code: string, place: Place, message: string, hint: string): void {
  report({ severity: 'error', code, path: place.path, line: place.line, message, hint })
}

export function forgivable(report: Report, code: string, place: Place, message: string, hint: string): void {
  report({ severity: 'error', code, path: place.path, line: place.line, message, hint, forgivable: true })
}

export function warning(report: Report, code: string, place: Place, message: string, hint: string): void {
  report({ severity: 'warning', code, path: place.path, line: place.line, message, hint })
}

/** In the order a person mends them: by file, by line, errors before warnings, then by code. The same set always sorts the same. */
export function inOrder(all: readonly Diagnostic[]): Diagnostic[] {
  const less = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return [...all].sort(
    (a, b) =>
      less(a.path, b.path) ||
      a.line - b.line ||
      less(a.severity, b.severity) ||
      less(a.code, b.code) ||
      less(a.message, b.message),
  )
}

/** `path:line: error code: message`, the line of the public interface. */
export function toLine(d: Diagnostic): string {
  const where = d.path === '' ? 'octavo' : d.line > 0 ? `${d.path}:${d.line}` : d.path
  return `${where}: ${d.severity} ${d.code}: ${d.message}`
}

// Control characters, and those that turn the direction of what follows.
const ILLEGIBLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** What an author wrote stands in messages; nothing of it may command a terminal, disguise a line, or fill the screen. */
export function legible(d: Diagnostic): Diagnostic {
  const clean = (text: string) => text.replace(ILLEGIBLE, ' ')
  return { ...d, path: clean(d.path), message: short(clean(d.message)), hint: short(clean(d.hint)) }
}

const MOST = 160
const MOST_IN_ALL = 800

function short(text: string): string {
  if (text.length <= MOST) return text
  const quoted = text.replace(/`[^`]+`/g, (whole) => (whole.length > MOST ? `${upTo(MOST - 2, whole)}…\`` : whole))
  return quoted.length > MOST_IN_ALL ? `${upTo(MOST_IN_ALL - 1, quoted)}…` : quoted
}

/** As much of a text as `length` UTF-16 units hold; no character is cut in two. */
export function upTo(length: number, text: string): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}

/** The known word that takes the fewest slips of the pen to reach, if those are few: two, or a third of it, and half of that word at most. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length < 3 || word.length > 40) return undefined
  const wanted = word.toLowerCase()
  let best: string | undefined
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const one of known) {
    const slips = distance(wanted, one.toLowerCase())
    if (slips < least && slips * 2 <= one.length) {
      least = slips
      best = one
    }
  }
  return best
}

/** Slips between two words: Damerau's distance with adjacent swaps (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
