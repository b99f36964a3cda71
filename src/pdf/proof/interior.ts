// In: a finished file of a book's inside, and who is to print it. Out: what its receiver would refuse, by the rules that
// `model/receivers.ts` has. The file is read back: what is proved is what will be sent.
import { forgivable, type Report } from '../../diagnostic.js'
import type { PrintEdition, Trim } from '../../model/editions.js'
import {
  gutterOf,
  inInches,
  mostPages,
  paperOf,
  RECEIVERS,
  type Receiver,
  type ReceiverName,
} from '../../model/receivers.js'
import { type Extent, type Painted, paintedOn } from './extents.js'
import { proveInk } from './ink.js'
import { type Dict, type Read, readPdf, Stream } from './read-pdf.js'

/** Rounding, and the space after a line’s last word, points: printers cut no nearer. */
const NEAR = 0.36

/** Reports `receiver-refuses`, one for each rule that is broken, with the first page that breaks it. */
export async function proveInterior(
  bytes: Uint8Array,
  name: ReceiverName,
  edition: PrintEdition,
  trim: Trim,
  report: Report,
): Promise<void> {
  const receiver = RECEIVERS[name]
  const pdf = readPdf(bytes)
  const refuse = (message: string, hint: string) =>
    forgivable(report, 'receiver-refuses', { path: '', line: 0 }, `${receiver.called} ${message}`, hint)
  const painted = pdf.pages.map((page) => paintedOn(pdf, page))
  proveCount(pdf, painted, receiver, edition, trim, refuse)
  proveFile(pdf, painted, receiver, edition, refuse)
  proveDots(painted, receiver, refuse)
  await proveInk(pdf, edition.ink, refuse)
  proveMargins(pdf, painted, receiver, refuse)
}

type Refuse = (message: string, hint: string) => void

/** Of fewer pixels than it asks for every picture is told where it is painted; here stands what is too coarse to be taken. */
export function proveDots(painted: readonly Painted[], { dots }: Receiver, refuse: Refuse): void {
  const { least = 0 } = dots
  let worst = { dpi: least, page: 0 }
  painted.forEach(({ extents }, i) => {
    for (const { dpi = least } of extents) if (dpi < worst.dpi - 0.5) worst = { dpi, page: i + 1 }
  })
  if (worst.page > 0)
    refuse(
      `takes no picture of fewer than ${least} pixels to the inch, and one on page ${worst.page} has ${Math.floor(worst.dpi)}`,
      'show it smaller, or use a larger picture',
    )
}

function proveCount(
  pdf: Read,
  painted: readonly Painted[],
  receiver: Receiver,
  edition: PrintEdition,
  trim: Trim,
  refuse: Refuse,
): void {
  const count = pdf.pages.length
  const paper = paperOf(receiver, edition.stock, edition.colour)
  if (paper !== undefined) {
    const most = mostPages(paper, trim)
    if (count < paper.least)
      refuse(
        `binds no fewer than ${paper.least} pages of this paper, and the book has ${count}`,
        'write `multiple`: its blank pages count',
      )
    if (count > most)
      refuse(
        `binds no more than ${most} pages of this paper and trim, and the book has ${count}`,
        'take a larger trim, a smaller size of type, or divide the book',
      )
  }
  if (count % receiver.multiple !== 0)
    refuse(`binds pages in multiples of ${receiver.multiple}, and the book has ${count}`, 'leave `multiple` out')
  if (receiver.blankLast && painted.at(-1)!.extents.length > 0)
    refuse('wants the last page blank', 'leave `multiple` out: a blank page is added')
}

function proveFile(
  pdf: Read,
  painted: readonly Painted[],
  receiver: Receiver,
  edition: PrintEdition,
  refuse: Refuse,
): void {
  if (pdf.trailer.has('Encrypt')) refuse('takes no file that is locked', 'this is a fault of Octavo’s')
  const box = (page: Dict, name: string) => pdf.array(page.get(name)) as number[]
  const sizes = new Set(
    pdf.pages.map((page) => {
      const [left, foot, right, top] = box(page, 'TrimBox') as [number, number, number, number]
      return `${(right - left).toFixed(1)} × ${(top - foot).toFixed(1)}`
    }),
  )
  if (sizes.size > 1)
    refuse(`wants all pages of one size, and there are ${[...sizes].join(', ')} pt`, 'this is a fault of Octavo’s')
  if (!receiver.marks) {
    const at = pdf.pages.findIndex((page) => String(box(page, 'MediaBox')) !== String(box(page, 'BleedBox')))
    if (at >= 0) refuse(`takes nothing beyond the bleed, and page ${at + 1} has room for marks`, 'leave `marks` out')
  }
  if (pdf.pages.some((page) => page.has('Annots')))
    refuse('takes no links or notes in the file', 'this is a fault of Octavo’s')
  for (const object of pdf.objects.values()) {
    const type = object instanceof Map ? object.get('Type') : undefined
    if (!(object instanceof Map) || (type as { name?: string } | undefined)?.name !== 'FontDescriptor') continue
    if (!['FontFile', 'FontFile2', 'FontFile3'].some((key) => pdf.get(object.get(key)) instanceof Stream))
      refuse('wants every face in the file', 'this is a fault of Octavo’s')
  }
  if (edition.colour === 'black') {
    // its space is that of the can, or the standard’s rules have found it
    const isTaken = (one: string) => GRAY.has(one) || (one === 'cs' && edition.spot !== undefined)
    const at = painted.findIndex(({ colours }) => [...colours].some((one) => !isTaken(one)))
    if (at >= 0)
      refuse(
        `prints this inside in black, and page ${at + 1} has something in colour, which comes out gray`,
        'write `colour: standard` or `premium`, or make the picture gray',
      )
  }
}

const GRAY = new Set(['g', 'DeviceGray'])

function proveMargins(pdf: Read, painted: readonly Painted[], receiver: Receiver, refuse: Refuse): void {
  const count = pdf.pages.length
  const trims = pdf.pages.map((page) => pdf.array(page.get('TrimBox')) as [number, number, number, number])
  const bleeds = painted.some(({ extents }, i) => extents.some((one) => reaches(one, trims[i]!)))
  const needed = bleeds ? receiver.marginBleeding : receiver.margin
  const gutter = gutterOf(receiver, count)
  const worst = {
    inside: { least: Infinity, page: 0 },
    outside: { least: Infinity, page: 0 },
    ends: { least: Infinity, page: 0 },
  }
  painted.forEach(({ extents }, i) => {
    const [left, foot, right, top] = trims[i]!
    const isRecto = i % 2 === 0
    for (const one of extents) {
      if (reaches(one, trims[i]!)) continue
      const across = [one.left - left, right - one.right] as const
      const note = (which: keyof typeof worst, least: number) => {
        if (least < worst[which].least) worst[which] = { least, page: i + 1 }
      }
      note('inside', across[isRecto ? 0 : 1])
      note('outside', across[isRecto ? 1 : 0])
      note('ends', Math.min(one.foot - foot, top - one.top))
    }
  })
  const far = (which: keyof typeof worst, wanted: number, called: string, hint: string) => {
    const { least, page } = worst[which]
    if (least >= wanted - NEAR) return
    refuse(`wants ${inInches(wanted)} ${called}, and on page ${page} there are ${inInches(Math.max(0, least))}`, hint)
  }
  if (gutter !== undefined)
    far(
      'inside',
      gutter,
      `between the spine and the text in a book of ${count} pages`,
      'set `gutter: auto`, or give the theme’s page a wider `inside`',
    )
  far('outside', needed, 'at the fore-edge', 'give the theme’s page a wider `outside`')
  far(
    'ends',
    needed,
    'at the head and the foot',
    'give the theme’s page a deeper head or foot: `top`, `headDistance`, `footDistance`, fewer `lines`',
  )
}

/** Does it go to the edge of the trim, and so into the bleed? */
function reaches(one: Extent, [left, foot, right, top]: readonly [number, number, number, number]): boolean {
  if (one.kind === 'text') return false
  return one.left <= left + NEAR || one.foot <= foot + NEAR || one.right >= right - NEAR || one.top >= top - NEAR
}
