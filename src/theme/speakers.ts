// What both outputs decide alike of plays: how the name of who speaks differs from the speech that it is run in with, and by how much the
// second half of a line that speakers share stands in.
import type { VerseLine } from '../model/book.js'
import type { Overlay, Theme } from './theme.js'

/** Size of the number of a line of verse, × its letters. */
export const LINE_NUMBER = 0.75

/** Letters alone: a name that is run in stands where the speech stands. */
export function spokenAs({ speaker, drama }: Pick<Theme['styles'], 'speaker' | 'drama'>): Overlay {
  const { face, weight, italic, caps, tracking, figures, tabular, colour, size } = speaker
  return { face, weight, italic, caps, tracking, figures, tabular, colour, size: size / drama.size }
}

/** Half of a letter's width, em, for the names and the narrow screens; and the deepest, in steps. */
const LETTER = 0.2
const MOST_STEPS = 5

/** Does it open with the name of who speaks? */
export function isSpeech({ prose }: VerseLine): boolean {
  return prose.spans.some(({ kind, start }) => kind === 'speaker' && start === 0)
}

/** Where nobody knows how wide a line comes out: by line of a stanza, the steps that it stands in. */
export function stepsOf(stanza: readonly VerseLine[], step: number): number[] {
  const steps: number[] = []
  stanza.forEach((line, i) => {
    const before = stanza[i - 1]
    if (!line.shared || before === undefined) {
      steps.push(line.indent)
      return
    }
    const name = before.prose.spans.find(({ kind }) => kind === 'speaker')?.end ?? 0
    const own = Math.round(((before.prose.text.length - name) * LETTER) / Math.max(0.5, step))
    steps.push(Math.min(MOST_STEPS, steps[i - 1]! + own))
  })
  return steps
}
