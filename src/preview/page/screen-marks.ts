// What is marked in the open document: the word that was pressed, the words that are looked for, and the one of these that is looked at.
import type { Spot } from '../protocol.js'
import type { Opened } from './document-frame.js'
import { everywhere, rangeOf } from './text.js'

/** Letters of a document. */
export type Stretch = NonNullable<Spot['epub']>

export interface ScreenMarks {
  marked: Stretch | undefined
  /** Empty: nothing is looked for. */
  words: string
  now: Stretch | undefined
}

export function paintMarks({ body, window }: Opened, path: string, { marked, words, now }: ScreenMarks): void {
  if (window.Highlight === undefined) return
  const { highlights } = window.CSS
  const set = (name: string, ranges: (Range | undefined)[]) => {
    const some = ranges.filter((range) => range !== undefined)
    if (some.length === 0) highlights.delete(name)
    else highlights.set(name, new window.Highlight!(...some))
  }
  const own = (one: Stretch | undefined) => [one?.document === path ? rangeOf(body, one.from, one.to) : undefined]
  set('octavo-found', words === '' ? [] : everywhere(body, words, 500))
  set('octavo-now', own(now))
  set('octavo-mark', own(marked))
}
