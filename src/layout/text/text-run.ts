// A shaped text that stands by itself goes in: a label, an ornament, a number; the run that paints it comes out.
import type { TextRun } from '../typeset.js'
import type { Lettering } from './letter-forms.js'
import type { Box } from './shaped-box.js'

type Shaped = Pick<Box, 'codes' | 'shifts' | 'rises'>

/** `tag`: -1 for what is no part of the text; `x`, `y`: where its baseline begins, points. */
export function runOf(
  { codes, shifts, rises }: Shaped,
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
    rises,
    colour,
    actual: undefined,
    margin: undefined,
  }
}

/** With a space behind it, so that it stays apart from the text for those who copy it. */
export function spaced(box: Shaped, space: Uint16Array): Shaped {
  const codes = new Uint16Array(box.codes.length + space.length)
  codes.set(box.codes)
  codes.set(space, box.codes.length)
  const shifts = new Int16Array(codes.length)
  shifts.set(box.shifts)
  if (box.rises === undefined) return { codes, shifts, rises: undefined }
  const rises = new Int16Array(codes.length)
  rises.set(box.rises)
  return { codes, shifts, rises }
}
