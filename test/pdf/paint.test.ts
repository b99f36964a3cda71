import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Item, Page, Tag } from '../../src/layout/typeset.js'
import { screenInk } from '../../src/pdf/paint/colour.js'
import { createPainter } from '../../src/pdf/paint/paint.js'
import { type Dict, type Name, type Obj, operators, Text } from './reader.js'

const HEIGHT = 500
const TAGS: Tag[] = [
  { type: 'Document', parent: -1 },
  { type: 'P', parent: 0 },
  { type: 'H1', parent: 0 },
]
/** Every code keeps its number. */
const NAMES = Uint16Array.from({ length: 400 }, (_, code) => code)

/** What a page shows, in full, as a viewer finds it. */
interface Shown {
  tag: number | 'head' | 'foot' | 'decoration'
  colour: string
  what: unknown
}

function paint(items: Item[]): { shown: Shown[]; marks: number[] } {
  const page: Page = { label: '1', side: 'recto', blank: false, items, links: [], anchors: [] }
  const painter = createPainter(
    { height: HEIGHT, textInk: screenInk, ink: screenInk, tags: TAGS, picture: () => '/I0 Do\n' },
    [NAMES, NAMES],
  )
  const { content, opened } = painter.paint(page)
  const marks = opened.map((at) => items[at]!.tag)
  return { shown: content ? read(Buffer.from(content).toString('latin1'), marks) : [], marks }
}

function read(content: string, marks: readonly number[]): Shown[] {
  const shown: Shown[] = []
  const state = { font: -1, size: 0, stretch: 1, tracking: 0, rise: 0, colour: '0 g' }
  let mark: Shown['tag'] | undefined
  let inText = false
  let [x, y] = [0, 0]
  let path: unknown[] = []
  const add = (what: unknown) => {
    if (mark === undefined) throw new Error('content without a mark')
    shown.push({ tag: mark, colour: state.colour, what })
  }
  for (const { op, operands } of operators(content)) {
    const n = operands as number[]
    if (op === 'BDC' || op === 'BMC') {
      expect(mark).toBeUndefined()
      const properties = operands[1] as Dict | undefined
      const kind = properties?.get('Subtype') as Name | undefined
      if ((operands[0] as Name).name === 'Artifact')
        mark = kind === undefined ? 'decoration' : kind.name === 'Header' ? 'head' : 'foot'
      else {
        mark = marks[properties!.get('MCID') as number]!
        expect((operands[0] as Name).name).toBe(TAGS[mark]!.type)
      }
    } else if (op === 'EMC') mark = undefined
    else if (op === 'BT') {
      expect(inText).toBe(false)
      inText = true
      x = 0
      y = 0
    } else if (op === 'ET') {
      expect([inText, mark]).toEqual([true, undefined])
      inText = false
    } else if (op === 'Tf') {
      state.font = Number((operands[0] as Name).name.slice(1))
      state.size = n[1]!
    } else if (op === 'Tz') state.stretch = n[0]! / 100
    else if (op === 'Tc') state.tracking = n[0]!
    else if (op === 'Ts') state.rise = n[0]!
    else if (op === 'g' || op === 'rg') state.colour = `${n.join(' ')} ${op}`
    else if (op === 'Td') {
      x += n[0]!
      y += n[1]!
    } else if (op === 'TJ') {
      expect(inText).toBe(true)
      const codes: number[] = []
      const shifts: number[] = []
      for (const piece of operands[0] as Obj[]) {
        if (piece instanceof Text)
          for (let i = 0; i < piece.bytes.length; i += 2) {
            codes.push((piece.bytes.charCodeAt(i) << 8) | piece.bytes.charCodeAt(i + 1))
            shifts.push(0)
          }
        else shifts[shifts.length - 1] = -(piece as number)
      }
      add({ ...state, colour: undefined, x, y: HEIGHT - y, codes, shifts })
    } else {
      expect(inText).toBe(false)
      if (op === 're') add(['rule', n[0], HEIGHT - n[1]! - n[3]!, n[2], n[3]])
      else if (op === 'cm') path = n
      else if (op === 'Do')
        add(['image', path[4], HEIGHT - (path[5] as number) - (path[3] as number), path[0], path[3]])
      else if (op === 'm') path = [op, ...n]
      else if (op === 'l' || op === 'c' || op === 'h') path.push(op, ...n)
      else if (op === 'f' && path.length > 0 && path[0] === 'm') add(['path', ...path])
      if (op === 'f') path = []
    }
  }
  expect([mark, inText]).toEqual([undefined, false])
  return shown
}

const milli = (most: number) => fc.integer({ min: -most * 1000, max: most * 1000 }).map((n) => n / 1000)
const colour = fc.constantFrom('#000000', '#808080', '#8b1a1a')
const inks: { [colour: string]: string } = {
  '#000000': '0 g',
  '#808080': '0.502 g',
  '#8b1a1a': '0.545 0.102 0.102 rg',
}
const tag = fc.constantFrom(-1, 1, 2)

const run = fc
  .record({
    tag,
    font: fc.constantFrom(0, 1),
    size: fc.constantFrom(8, 10.5, 24),
    x: milli(400),
    y: milli(500),
    stretch: fc.constantFrom(1, 0.98, 1.02),
    tracking: fc.constantFrom(0, 0.5, -0.1),
    glyphs: fc.array(
      fc.tuple(fc.integer({ min: 1, max: 399 }), fc.integer({ min: -2000, max: 2000 }), fc.constantFrom(0, 0, 250)),
      { minLength: 1, maxLength: 8 },
    ),
    colour,
    margin: fc.constantFrom(undefined, 'head' as const, 'foot' as const),
    raised: fc.boolean(),
    shifted: fc.boolean(),
  })
  .map(({ glyphs, raised, shifted, margin, ...rest }) => ({
    ...rest,
    kind: 'text' as const,
    margin: rest.tag < 0 ? margin : undefined,
    codes: Uint16Array.from(glyphs, ([code]) => code),
    shifts: shifted ? Int16Array.from(glyphs, ([, shift]) => shift) : undefined,
    rises: raised ? Int16Array.from(glyphs, ([, , rise]) => rise) : undefined,
  }))
const box = { tag, x: milli(400), y: milli(500), width: milli(300), height: milli(300) }
const item: fc.Arbitrary<Item> = fc.oneof(
  { arbitrary: run, weight: 4 },
  fc.record({ kind: fc.constant('rule' as const), ...box, colour }),
  fc.record({ kind: fc.constant('image' as const), image: fc.constant(0), ...box }),
)

const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(0.0011)

describe('painting', () => {
  it('shows every item where it stands, as it is, in order, within its mark', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (items) => {
        const { shown } = paint(items)
        let at = 0
        for (const one of items) {
          const margin = one.kind === 'text' ? one.margin : undefined
          const mark = one.tag >= 0 ? one.tag : (margin ?? 'decoration')
          if (one.kind !== 'text') {
            const { tag, colour, what } = shown[at++]!
            expect(tag).toBe(mark)
            if (one.kind === 'rule') expect(colour).toBe(inks[one.colour])
            const [kind, ...numbers] = what as [string, ...number[]]
            expect(kind).toBe(one.kind)
            for (const [i, key] of (['x', 'y', 'width', 'height'] as const).entries())
              close(numbers[i]!, (one as never)[key])
            continue
          }
          // A run of several heights is shown in pieces.
          const codes: number[] = []
          const shifts: number[] = []
          const rises: number[] = []
          while (codes.length < one.codes.length) {
            const piece = shown[at++]!
            expect([piece.tag, piece.colour]).toEqual([mark, inks[one.colour]])
            const what = piece.what as Record<'x' | 'y' | 'font' | 'size' | 'stretch' | 'tracking' | 'rise', number> & {
              codes: number[]
              shifts: number[]
            }
            if (codes.length === 0) {
              close(what.x, one.x)
              close(what.y, one.y)
            }
            for (const key of ['font', 'size', 'stretch', 'tracking'] as const) close(what[key], (one as never)[key])
            codes.push(...what.codes)
            shifts.push(...what.shifts)
            rises.push(...what.codes.map(() => what.rise))
          }
          expect(codes).toEqual([...one.codes])
          expect(shifts).toEqual([...(one.shifts ?? new Int16Array(one.codes.length))])
          rises.forEach((rise, i) => {
            close(rise, ((one.rises?.[i] ?? 0) * one.size) / 1000)
          })
        }
        expect(shown).toHaveLength(at)
      }),
    )
  })

  it('draws outlines, quadratic curves as the cubic ones that they are', () => {
    const d = ['M', 10, 20, 'L', 40, 20, 'Q', 70, 50, 40, 80, 'C', 30, 90, 20, 90, 10, 80, 'Z']
    const { shown } = paint([{ kind: 'path', tag: 1, d, colour: '#808080' }])
    expect(shown).toEqual([
      {
        tag: 1,
        colour: '0.502 g',
        what: ['path', 'm', 10, 480, 'l', 40, 480, 'c', 60, 460, 60, 440, 40, 420, 'c', 30, 410, 20, 410, 10, 420, 'h'],
      },
    ])
  })

  it('writes nothing for a page without ink', () => {
    expect(paint([]).shown).toEqual([])
  })
})
