// In: a finished wrap, and who is to print it. Out: what its receiver would refuse: lettering near a fold or an edge, marks, colours.
import { forgivable, type Report } from '../../diagnostic.js'
import { inInches, RECEIVERS, type ReceiverName } from '../../model/receivers.js'
import { type Extent, paintedOn } from './extents.js'
import { proveInk } from './ink.js'
import { readPdf } from './read-pdf.js'

const NEAR = 0.3

/** `sheet`: where it is folded, from the left of the bleed; `ink`: the most on one spot, percent. */
export function proveWrap(
  bytes: Uint8Array,
  name: ReceiverName,
  sheet: {
    width: number
    height: number
    bleed: number
    folds: readonly number[]
    spine: { left: number; width: number }
  },
  ink: number | undefined,
  report: Report,
): void {
  const receiver = RECEIVERS[name]
  const refuse = (message: string, hint: string) =>
    forgivable(report, 'receiver-refuses', { path: '', line: 0 }, `${receiver.called} ${message}`, hint)
  const pdf = readPdf(bytes)
  const [page] = pdf.pages
  const box = (key: string) => pdf.array(page!.get(key)) as number[]
  if (!receiver.marks && String(box('MediaBox')) !== String(box('BleedBox')))
    refuse('takes nothing beyond the bleed of a cover', 'leave `marks` out')
  const [left, foot, right, top] = box('TrimBox') as [number, number, number, number]
  const [from] = box('BleedBox') as [number]
  if (Math.abs(left - from - receiver.wrap.bleed) > 0.2)
    refuse(`wants a bleed of ${inInches(receiver.wrap.bleed)} around a cover`, 'leave `bleed` out')
  proveInk(pdf, ink, refuse)
  const { extents } = paintedOn(pdf, page!)
  const letters = extents.filter((one) => one.kind === 'shape' && one.lettering === true)
  const { safe } = receiver.wrap
  const edges = (one: Extent) => Math.min(one.left - left, right - one.right, one.foot - foot, top - one.top)
  const least = Math.min(...letters.map(edges), Number.POSITIVE_INFINITY)
  if (least < safe - NEAR)
    refuse(
      `wants lettering ${inInches(safe)} from the edge of a cover, and it comes to ${inInches(Math.max(0, least))}`,
      'give the book a shorter title, or a cover of its own',
    )
  const spine = [from + sheet.spine.left, from + sheet.spine.left + sheet.spine.width] as const
  for (const one of letters) {
    const isWithin = one.left > spine[0] && one.right < spine[1]
    const crosses = spine.some((x) => one.left < x - NEAR && one.right > x + NEAR)
    const near = isWithin && Math.min(one.left - spine[0], spine[1] - one.right) < receiver.spine.clear - NEAR
    if (crosses || near) {
      refuse(`wants the spine’s lettering ${inInches(receiver.spine.clear)} from its folds`, 'write `spine: none`')
      break
    }
  }
}
