// In: a finished file. Out: how much ink lies on one spot of each page, at most: of what is painted in four inks, and of pictures, dot by
// dot, those that are JPEG as they look when they are opened again. What is printed over what is below it, letters of black, is not added: it is thin.
import { inflateSync } from 'node:zlib'
import { forgivable, NOWHERE, type Report } from '../../diagnostic.js'
import { jpegInks } from '../images/printers-pictures.js'
import type { Raster } from '../images/raster.js'
import { type Dict, Name, type Obj, operators, type Read, readPdf, Stream, Text } from './read-pdf.js'

/** Rounding, percent. */
const MORE = 2

/** `most`: percent, that its receiver bears, or the author asks for. */
export async function proveInk(
  pdf: Read,
  most: number | undefined,
  refuse: (message: string, hint: string) => void,
): Promise<void> {
  if (most === undefined) return
  const all = await inkOn(pdf)
  const found = Math.max(...all)
  if (found > most + MORE)
    refuse(
      `bears ${most} % of ink on one spot, and page ${all.indexOf(found) + 1} has ${Math.round(found)} %`,
      'mix the theme’s colours of less ink; a picture that is in inks already, save it for less',
    )
}

/** Where nobody's rules hold, but the author asks for no more ink than so much. */
export async function tellInk(bytes: Uint8Array, most: number | undefined, report: Report): Promise<void> {
  if (most === undefined) return
  await proveInk(readPdf(bytes), most, (message, hint) =>
    forgivable(report, 'receiver-refuses', NOWHERE, `the edition ${message}`, hint),
  )
}

/** Percent, by page. */
export async function inkOn(pdf: Read): Promise<number[]> {
  const known = new Map<Stream, number>()
  const all: number[] = []
  // one after the other: an open picture is large
  for (const page of pdf.pages) {
    const contents = pdf.get(page.get('Contents'))
    all.push(contents instanceof Stream ? await inkIn(pdf, contents, pdf.dict(page.get('Resources')), known) : 0)
  }
  return all
}

async function inkIn(pdf: Read, content: Stream, resources: Dict, known: Map<Stream, number>): Promise<number> {
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
      const drawn = isForm ? inkIn(pdf, object, pdf.dict(object.dict.get('Resources')), known) : undefined
      ink = await (drawn ?? inkOfPicture(pdf, object))
      known.set(object, ink)
    }
    most = Math.max(most, ink)
  }
  return most
}

async function inkOfPicture(pdf: Read, picture: Stream): Promise<number> {
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
  if (space.name !== 'DeviceCMYK' || !(filter instanceof Name)) return 0
  if (filter.name === 'DCTDecode') return mostOf(byFours(await jpegInks(picture.raw)))
  return filter.name !== 'FlateDecode' ? 0 : mostOf(rowsOf(picture, (dict.get('Width') as number) * 4))
}

function mostOf(inks: Uint8Array): number {
  let most = 0
  for (let i = 0; i + 3 < inks.length; i += 4) {
    const sum = inks[i]! + inks[i + 1]! + inks[i + 2]! + inks[i + 3]!
    if (sum > most) most = sum
  }
  return (most * 100) / 255
}

/** The mean of each dot with its neighbours to the right and below: no dot of a JPEG is certain, and a printer’s screen is coarser than four of them. */
function byFours({ pixels, width, height }: Raster): Uint8Array {
  if (width < 2 || height < 2) return pixels!
  const row = width * 4
  const out = new Uint8Array((height - 1) * row)
  for (let y = 0; y + 1 < height; y++)
    for (let i = y * row; i < (y + 1) * row - 4; i++)
      out[i] = (pixels![i]! + pixels![i + 4]! + pixels![i + row]! + pixels![i + row + 4]!) / 4
  return out
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
