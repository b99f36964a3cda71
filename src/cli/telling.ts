// In: how many books of a shelf, or files of its site, are done. Out: one line on the terminal that overwrites itself: how many, how fast, how long it will take.
import { thousands } from '../diagnostic.js'
import { harmless } from './console.js'

/** Seconds of the past by which the rate is reckoned: the first books of a run are slow, and the last may be long. */
const PAST = 20
/** Milliseconds between two lines. */
const PAUSE = 100

/** `what`: things that are counted. */
export function tellingOf(
  err: (text: string) => void,
  what = 'books',
  clock: () => number = () => performance.now(),
): (done: number, total: number, book?: string) => void {
  const past: { done: number; at: number }[] = []
  let last = Number.NEGATIVE_INFINITY
  return (done, total, book) => {
    const at = clock()
    past.push({ done, at })
    while (past.length > 2 && past[1]!.at < at - PAST * 1000) past.shift()
    if (at - last < PAUSE && done < total) return
    last = at
    const seconds = (at - past[0]!.at) / 1000
    const rate = seconds > 0 ? (done - past[0]!.done) / seconds : 0
    const pace = rate > 0 && done < total ? `, ${rate.toFixed(1)} a second, ${inWords((total - done) / rate)} left` : ''
    const which = book === undefined || book === '' ? '' : `: ${harmless(book).slice(0, 40)}`
    err(`\r\u001b[K${thousands(done)} of ${thousands(total)} ${what}${pace}${which}`)
  }
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 90 * 60) return `${Math.ceil(seconds / 60)} min`
  return `${Math.ceil(seconds / 3600)} h`
}
