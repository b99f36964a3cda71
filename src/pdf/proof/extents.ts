// In: a page of a finished PDF. Out: what it paints, each thing with the rectangle that it stands in, and the colours it asks for.
import { type Dict, Name, type Obj, operators, type Read, Stream, Text } from './read-pdf.js'

/** Points, from the lower left of the page's media. */
export interface Extent {
  kind: 'text' | 'shape' | 'image'
  left: number
  foot: number
  right: number
  top: number
  /** An outline with curves or corners, no plain rectangle: letters of a cover. None of what a drawing in the page shows. */
  lettering?: true
  /** Of an image: its pixels to the inch. */
  dpi?: number
}

export interface Painted {
  extents: Extent[]
  /** Operators and colour spaces by which it was coloured: `g`, `rg`, `cs`, the spaces of pictures. */
  colours: Set<string>
}

type Matrix = [number, number, number, number, number, number]

/** Letters stand so far above and below their baseline, em: ascenders and descenders of text faces. */
const ABOVE = 0.72
const BELOW = 0.24

export function paintedOn(pdf: Read, page: Dict): Painted {
  const extents: Extent[] = []
  const colours = new Set<string>()
  const contents = pdf.get(page.get('Contents'))
  if (!(contents instanceof Stream)) return { extents, colours }
  const resources = pdf.dict(page.get('Resources'))
  const named = (kind: string, name: Obj | undefined): Obj | undefined => {
    const all = resources.get(kind)
    return all === undefined || !(name instanceof Name) ? undefined : pdf.get(pdf.dict(all).get(name.name))
  }
  walk(contents, [1, 0, 0, 1, 0, 0])
  return { extents, colours }

  function walk(stream: Stream, base: Matrix): void {
    let matrix = base
    const kept: Matrix[] = []
    let path: [number, number][] = []
    let outlined = false
    let [x, y, size, scale, spacing] = [0, 0, 0, 1, 0]
    let widths: (code: number) => number = () => 0
    const add = (kind: Extent['kind'], points: readonly [number, number][], dpi?: number) => {
      if (points.length === 0) return
      // One by one: the letters of a long blurb are one outline, of more points than a call can be given.
      let [left, foot] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
      let [right, top] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const [px, py] of points) {
        ;[left, foot] = [Math.min(left, px), Math.min(foot, py)]
        ;[right, top] = [Math.max(right, px), Math.max(top, py)]
      }
      extents.push({ kind, left, foot, right, top, ...(dpi !== undefined && { dpi }) })
    }
    const at = (px: number, py: number): [number, number] => [
      matrix[0] * px + matrix[2] * py + matrix[4],
      matrix[1] * px + matrix[3] * py + matrix[5],
    ]
    const show = (pieces: readonly Obj[]) => {
      let advance = 0
      let inked = 0
      for (const piece of pieces) {
        if (typeof piece === 'number') advance -= (piece / 1000) * size * scale
        if (!(piece instanceof Text)) continue
        for (let i = 0; i + 1 < piece.bytes.length; i += 2) {
          const width = widths((piece.bytes.charCodeAt(i) << 8) | piece.bytes.charCodeAt(i + 1))
          advance += ((width / 1000) * size + spacing) * scale
          if (width > 0) inked = advance
        }
      }
      add('text', [at(x, y - BELOW * size), at(x + inked, y + ABOVE * size)])
    }
    for (const { op, operands } of operators(stream.bytes.toString('latin1'))) {
      const n = operands as number[]
      if (op === 'q') kept.push(matrix)
      else if (op === 'Q') matrix = kept.pop() ?? base
      else if (op === 'cm') matrix = times(n as unknown as Matrix, matrix)
      else if (op === 'BT') [x, y] = [0, 0]
      else if (op === 'Td') [x, y] = [x + n[0]!, y + n[1]!]
      else if (op === 'Tm') [x, y] = [n[4]!, n[5]!]
      else if (op === 'Tz') scale = n[0]! / 100
      else if (op === 'Tc') spacing = n[0]!
      else if (op === 'Tf') {
        size = n[1]!
        widths = widthsOf(pdf, named('Font', operands[0]))
      } else if (op === 'TJ') show(operands[0] as Obj[])
      else if (op === 'Tj') show(operands)
      else if (op === 're') path.push(at(n[0]!, n[1]!), at(n[0]! + n[2]!, n[1]! + n[3]!))
      else if (op === 'm' || op === 'l' || op === 'c') {
        outlined = true
        for (let i = 0; i + 1 < n.length; i += 2) path.push(at(n[i]!, n[i + 1]!))
      } else if (op === 'f' || op === 'f*' || op === 'S' || op === 'B') {
        add('shape', path)
        if (outlined && path.length > 0 && stream === contents) extents.at(-1)!.lettering = true
        path = []
        outlined = false
      } else if (op === 'n') {
        path = []
      } else if (op === 'g' || op === 'G' || op === 'rg' || op === 'RG' || op === 'k' || op === 'K')
        colours.add(op.toLowerCase())
      else if (op === 'cs' || op === 'CS') colours.add('cs')
      else if (op === 'Do') {
        const object = named('XObject', operands[0])
        if (!(object instanceof Stream)) continue
        if ((object.dict.get('Subtype') as Name).name === 'Form') {
          walk(object, times((pdf.get(object.dict.get('Matrix')) as Matrix | undefined) ?? [1, 0, 0, 1, 0, 0], matrix))
          continue
        }
        const space = pdf.get(object.dict.get('ColorSpace'))
        colours.add(space instanceof Name ? space.name : 'picture')
        const across = Math.hypot(matrix[0], matrix[1])
        add('image', [at(0, 0), at(1, 1)], ((object.dict.get('Width') as number) * 72) / Math.max(across, 0.01))
      }
    }
  }
}

/** The first, then the second. */
function times(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ]
}

const known = new WeakMap<Dict, (code: number) => number>()

/** By code, thousandths of an em. */
function widthsOf(pdf: Read, font: Obj | undefined): (code: number) => number {
  if (!(font instanceof Map)) return () => 0
  const before = known.get(font)
  if (before !== undefined) return before
  const descendant = pdf.dict(pdf.array(font.get('DescendantFonts'))[0])
  const byCid = new Map<number, number>()
  const list = pdf.array(descendant.get('W'))
  for (let i = 0; i + 1 < list.length; i += 2) {
    const first = list[i] as number
    for (const [k, width] of (pdf.array(list[i + 1]) as number[]).entries()) byCid.set(first + k, width)
  }
  const encoding = pdf.get(font.get('Encoding'))
  const cids = new Map<number, number>()
  if (encoding instanceof Stream)
    for (const [, code, cid] of encoding.bytes.toString('latin1').matchAll(/^<([0-9a-f]{4})> (\d+)$/gim))
      cids.set(Number.parseInt(code!, 16), Number(cid))
  const widths = (code: number) => byCid.get(cids.size > 0 ? (cids.get(code) ?? -1) : code) ?? 0
  known.set(font, widths)
  return widths
}
