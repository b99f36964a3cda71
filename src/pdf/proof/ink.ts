// In: a finished file. Out: how much ink lies on one spot of each page, at most: of what is painted in four inks, and of pictures, dot by
// dot. What is printed over what is below it, letters of black, is not added: it is thin. Pictures that are JPEG are counted before they go in.
import { inflateSync } from 'node:zlib'
import { forgivable, NOWHERE, type Report } from '../../diagnostic.js'
import { type Dict, Name, type Obj, operators, type Read, readPdf, Stream, Text } from './read-pdf.js'

/** Rounding, percent. */
const MORE = 2

/** `most`: percent, that its receiver bears, or the author asks for. */
export function proveInk(pdf: Read, most: number | undefined, refuse: (message: string, hint: string) => void): void {
  if (most === undefined) return
  const all = inkOn(pdf)
  const found = Math.max(...all)
  if (found > most + MORE)
    refuse(
      `bears ${most} % of ink on one spot, and page ${all.indexOf(found) + 1} has ${Math.round(found)} %`,
      'mix the theme’s colours of less ink; a picture that is in inks already, save it for less',
    )
}

/** Where nobody's rules hold, but the author asks for no more ink than so much. */
export function tellInk(bytes: Uint8Array, most: number | undefined, report: Report): void {
  if (most === undefined) return
  proveInk(readPdf(bytes), most, (message, hint) =>
    forgivable(report, 'receiver-refuses', NOWHERE, `the edition ${message}`, hint),
  )
}

/** Percent, by page. */
export function inkOn(pdf: Read): number[] {
  const known = new Map<Stream, number>()
  return pdf.pages.map((page) => {
    const contents = pdf.get(page.get('Contents'))
    return contents instanceof Stream ? inkIn(pdf, contents, pdf.dict(page.get('Resources')), known) : 0
  })
}

function inkIn(pdf: Read, content: Stream, resources: Dict, known: Map<Stream, number>): number {
  const objects = resources.has('XObject') ? pdf.dict(resources.get('XObject')) : new Map<string, Obj>()
  let most = 0
  for (const { op, operands } of operators(content.bytes.toString('latin1'))) {
    if (op === 'k' || op === 'K') most = Math.max(most, (operands as number[]).reduce((all, one) => all + one, 0) * 100)
    else if (op === 'g' || op === 'G') most = Math.max(most, (1 - (operands[0] as number)) * 100)
    if (op !== 'Do') continue
    const object = pdf.get(objects.get((operands[0] as Name).name))
    if (!(object instanceof Stream)) continue
    let ink = known.get(object)
    if (ink === undefined) {
      const isForm = (pdf.get(object.dict.get('Subtype')) as Name).name === 'Form'
      ink = isForm ? inkIn(pdf, object, pdf.dict(object.dict.get('Resources')), known) : inkOfPicture(pdf, object)
      known.set(object, ink)
    }
    most = Math.max(most, ink)
  }
  return most
}

function inkOfPicture(pdf: Read, picture: Stream): number {
  const { dict } = picture
  const filter = pdf.get(dict.get('Filter'))
  const space = pdf.get(dict.get('ColorSpace'))
  if (Array.isArray(space)) {
    const base = pdf.get(space[1])
    const table = pdf.get(space[3])
    if (!(base instanceof Name) || base.name !== 'DeviceCMYK' || !(table instanceof Text)) return 0
    return mostOf(Buffer.from(table.bytes, 'latin1'))
  }
  if (!(space instanceof Name)) return 0
  if (space.name === 'DeviceGray') return 100
  if (space.name !== 'DeviceCMYK' || !(filter instanceof Name) || filter.name !== 'FlateDecode') return 0
  return mostOf(rowsOf(picture, (dict.get('Width') as number) * 4))
}

function mostOf(inks: Uint8Array): number {
  let most = 0
  for (let i = 0; i + 3 < inks.length; i += 4) {
    const sum = inks[i]! + inks[i + 1]! + inks[i + 2]! + inks[i + 3]!
    if (sum > most) most = sum
  }
  return (most * 100) / 255
}

/** Undoes PNG's predictors (9.2), four bytes a dot. */
function rowsOf({ dict, raw }: Stream, size: number): Uint8Array {
  const bytes = inflateSync(raw)
  if (!dict.has('DecodeParms')) return bytes
  const out = new Uint8Array(Math.floor(bytes.length / (size + 1)) * size)
  for (let row = 0; row * size < out.length; row++) {
    const kind = bytes[row * (size + 1)]!
    for (let i = 0; i < size; i++) {
      const at = row * size + i
      const left = i >= 4 ? out[at - 4]! : 0
      const up = row > 0 ? out[at - size]! : 0
      const corner = i >= 4 && row > 0 ? out[at - size - 4]! : 0
      out[at] = bytes[row * (size + 1) + 1 + i]! + foretold(kind, left, up, corner)
    }
  }
  return out
}

function foretold(kind: number, left: number, up: number, corner: number): number {
  if (kind === 0) return 0
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
