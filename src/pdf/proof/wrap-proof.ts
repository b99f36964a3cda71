// In: a finished wrap, and who is to print it. Out: what its receiver would refuse: lettering near a fold or an edge, marks, colours.
import { forgivable, type Report } from '../../diagnostic.js'
import { inInches, RECEIVERS, type ReceiverName } from '../../model/receivers.js'
import { type Extent, paintedOn } from './extents.js'
import { proveInk } from './ink.js'
import { proveDots } from './interior.js'
import { readPdf } from './read-pdf.js'

const NEAR = 0.3

/** `sheet`: where it is folded, from the left of the bleed; `ink`: the most on one spot, percent. */
export async function proveWrap(
  bytes: Uint8Array,
  name: ReceiverName,
  sheet: {
    width: number
    height: number
    bleed: number
    turnIn?: number
    hinge?: number
    folds: readonly number[]
    spine: { left: number; width: number }
  },
  ink: number | undefined,
  report: Report,
): Promise<void> {
  const receiver = RECEIVERS[name]
  const refuse = (message: string, hint: string) =>
    forgivable(report, 'receiver-refuses', { path: '', line: 0 }, `${receiver.called} ${message}`, hint)
  const pdf = readPdf(bytes)
  const [page] = pdf.pages
  const box = (key: string) => pdf.array(page!.get(key)) as number[]
  if (!receiver.marks && String(box('MediaBox')) !== String(box('BleedBox')))
    refuse('takes nothing beyond the bleed of a cover', 'leave `marks` out')
  const trim = box('TrimBox') as [number, number, number, number]
  const { turnIn = 0, hinge = 0 } = sheet
  const [left, foot, right, top] = [trim[0] + turnIn, trim[1] + turnIn, trim[2] - turnIn, trim[3] - turnIn]
  const [from] = box('BleedBox') as [number]
  if (turnIn === 0 && Math.abs(left - from - receiver.wrap.bleed) > 0.2)
    refuse(`wants a bleed of ${inInches(receiver.wrap.bleed)} around a cover`, 'leave `bleed` out')
  await proveInk(pdf, ink, refuse)
  const painted = paintedOn(pdf, page!)
  const { extents } = painted
  proveDots([painted], receiver, refuse)
  // Marks are drawn as letters are, beyond what is kept.
  const isKept = (one: Extent) => one.right > left && one.left < right && one.top > foot && one.foot < top
  const letters = extents.filter((one) => one.kind === 'shape' && one.lettering === true && isKept(one))
  const { safe } = receiver.wrap
  const edges = (one: Extent) => Math.min(one.left - left, right - one.right, one.foot - foot, top - one.top)
  const least = Math.min(...letters.map(edges), Number.POSITIVE_INFINITY)
  if (least < safe - NEAR)
    refuse(
      `wants lettering ${inInches(safe)} from the edge of a cover, and it comes to ${inInches(Math.max(0, least))}`,
      'give the book a shorter title, or a cover of its own',
    )
  const { clear } = receiver.spine
  const spine = [from + sheet.spine.left, from + sheet.spine.left + sheet.spine.width] as const
  // where nothing may be lettered: around every fold, and in the joints of a case
  const joints = [
    { from: spine[0] - Math.max(hinge, clear), to: spine[0] + clear },
    { from: spine[1] - clear, to: spine[1] + Math.max(hinge, clear) },
  ]
  const touches = (one: Extent, kept: { from: number; to: number }) =>
    one.left < kept.to - NEAR && one.right > kept.from + NEAR
  if (letters.some((one) => joints.some((joint) => touches(one, joint)))) {
    const message =
      hinge > clear
        ? `wants lettering out of the joints, ${inInches(hinge)} beside the spine of a case`
        : `wants lettering on and beside the spine ${inInches(clear)} from its folds`
    refuse(message, 'write `spine: none`, or give the book a shorter title')
  }
  const flaps = sheet.folds.map((x) => from + x).filter((x) => x < spine[0] - 1 || x > spine[1] + 1)
  if (letters.some((one) => flaps.some((x) => touches(one, { from: x - clear, to: x + clear }))))
    refuse(`wants lettering ${inInches(clear)} from the folds of the flaps`, 'write wider `flaps`, or less on them')
}
