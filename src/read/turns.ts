// In: a text as written, or the tokens of a paragraph. Out: a finding for each character that turns the direction of text and should not.
import type { Token } from 'markdown-it'
import { type Place, type Report, warning } from '../diagnostic.js'

/** Characters that turn the direction of what follows, and end that: embeddings, overrides, isolates (Unicode Standard Annex 9). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/
const LEFT_TO_RIGHT = '\u202d'
const RIGHT_TO_LEFT = '\u202e'

/**
 * Isolates and embeddings that end in their paragraph are how two directions are written. Overrides show other text than there is, and
 * what does not end turns what follows.
 */
export function tellTurns(text: string, path: string, report: Report): boolean {
  if (!TURNS.test(text)) return false
  const turns = watchTurns((line, mark, why) => tell({ path, line }, mark, why, report))
  let line = 0
  for (const content of text.split('\n')) {
    line++
    if (content.trim() === '') turns.end()
    else if (TURNS.test(content)) for (const mark of content) turns.see(mark, line)
  }
  turns.end()
  return turns.told()
}

/** Those of a paragraph that are written as references, `&#x202e;`; the others were told of when the file was read. */
export function tellWrittenTurns(tokens: readonly Token[], placeOf: (below: number) => Place, report: Report): void {
  const isWritten = ({ type, info, content }: Token) =>
    type === 'text_special' && info !== 'escape' && TURNS.test(content)
  if (!tokens.some(isWritten)) return
  const turns = watchTurns((line, mark, why, told) => told && tell(placeOf(line), mark, why, report))
  let line = 0
  for (const token of tokens) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') line++
    const written = isWritten(token)
    for (const mark of token.content) turns.see(mark, line, written)
  }
  turns.end()
}

function tell(place: Place, mark: string, why: string, report: Report): void {
  const hint =
    'delete it: direction is set by the language, `[text]{lang=he}`; U+2068 and U+2069 around a text keep it apart'
  warning(report, 'control-character', place, `the text has the character U+${codeOf(mark)}, ${why}`, hint)
}

function watchTurns(tell: (line: number, mark: string, why: string, written: boolean) => void) {
  let told = false
  const say: typeof tell = (...what) => {
    told = true
    tell(...what)
  }
  let open: { mark: string; line: number; written: boolean }[] = []
  return {
    see(mark: string, line: number, written = false) {
      if (!TURNS.test(mark)) return
      const ends = mark === '\u202c' || mark === '\u2069'
      if (isOverride(mark)) say(line, mark, 'which turns what follows', written)
      if (!ends) open.push({ mark, line, written })
      else if (open.length === 0 || isIsolate(open.at(-1)!.mark) !== (mark === '\u2069'))
        say(line, mark, 'which ends nothing', written)
      else open.pop()
    },
    end() {
      for (const { mark, line, written } of open) if (!isOverride(mark)) say(line, mark, 'which nothing ends', written)
      open = []
    },
    told: () => told,
  }
}

function isOverride(mark: string): boolean {
  return mark === LEFT_TO_RIGHT || mark === RIGHT_TO_LEFT
}

function isIsolate(mark: string): boolean {
  return mark >= '\u2066'
}

export function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
}
