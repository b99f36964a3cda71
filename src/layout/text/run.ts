// A shaped text that stands by itself goes in: a label, an ornament, a number; the run that paints it comes out.
import type { TextRun } from '../typeset.js'
import type { Box } from './box.js'
import type { Lettering } from './letter-forms.js'

/** `tag`: -1 for what is no part of the text; `x`, `y`: where its baseline begins, points. */
export function runOf(
  { codes, shifts }: Pick<Box, 'codes' | 'shifts'>,
  { face, size, colour }: Pick<Lettering, 'face' | 'size' | 'colour'>,
  tag: number,
  x: number,
  y: number,
  tracking = 0,
): TextRun {
  return {
    kind: 'text',
    tag,
    font: face,
    size,
    x,
    y,
    stretch: 1,
    tracking,
    codes,
    shifts,
    rises: undefined,
    colour,
    actual: undefined,
    margin: undefined,
  }
}

/** With a space behind it, so that it stays apart from the text for those who copy it. */
export function spaced(box: Pick<Box, 'codes' | 'shifts'>, space: Uint16Array): Pick<Box, 'codes' | 'shifts'> {
  const codes = new Uint16Array(box.codes.length + space.length)
  codes.set(box.codes)
  codes.set(space, box.codes.length)
  const shifts = new Int16Array(codes.length)
  shifts.set(box.shifts)
  return { codes, shifts }
}
