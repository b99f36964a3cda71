import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, literal } from '../../src/pdf/file/syntax.js'
import { createPen } from '../../src/pdf/paint/pen.js'
import { type Obj, operators, Parser, Text } from './reader.js'

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

describe('numbers', () => {
  it('have at most three decimals and no exponent', () => {
    expect([0, -0, 1, -1.5, 0.001, 0.0004, -0.0004, 1234.5678, 1e-9, 100000].map(decimal)).toEqual([
      '0',
      '0',
      '1',
      '-1.5',
      '.001',
      '0',
      '0',
      '1234.568',
      '0',
      '100000',
    ])
  })

  it('are written the same by the pen', () => {
    fc.assert(
      fc.property(fc.double({ min: -20000, max: 20000, noNaN: true }), (value) => {
        const pen = createPen()
        pen.number(value)
        expect(latin1(pen.take())).toBe(`${decimal(value)} `)
      }),
    )
  })
})

describe('text strings', () => {
  it('are read back as they were, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect((new Parser(literal(text)).next() as Text).text).toBe(text)
      }),
    )
  })

  it('are ASCII where they can be', () => {
    expect(literal('a (b) \\ c')).toBe('(a \\(b\\) \\\\ c)')
    expect(literal('é')).toBe('(\xfe\xff\x00\xe9)')
  })
})

/** Every code keeps its number. */
const NAMES = Uint16Array.from({ length: 65536 }, (_, code) => code)

describe('shown codes', () => {
  it('are read back as they were, with their corrections', () => {
    const run = fc.array(fc.tuple(fc.integer({ min: 1, max: 65535 }), fc.integer({ min: -32768, max: 32767 })), {
      minLength: 1,
    })
    fc.assert(
      fc.property(run, (pairs) => {
        const pen = createPen()
        pen.show(
          Uint16Array.from(pairs, ([code]) => code),
          Int16Array.from(pairs, ([, shift]) => shift),
          NAMES,
        )
        const [{ op, operands }] = operators(latin1(pen.take())) as [{ op: string; operands: Obj[] }]
        expect(op).toBe('TJ')
        const codes: number[] = []
        const shifts: number[] = []
        for (const piece of operands[0] as Obj[]) {
          if (piece instanceof Text) {
            for (let i = 0; i < piece.bytes.length; i += 2) {
              codes.push((piece.bytes.charCodeAt(i) << 8) | piece.bytes.charCodeAt(i + 1))
              shifts.push(0)
            }
          } else shifts[shifts.length - 1] = -(piece as number)
        }
        expect(codes).toEqual(pairs.map(([code]) => code))
        expect(shifts).toEqual(pairs.map(([, shift]) => shift))
      }),
    )
  })

  it('have corrections of any length', () => {
    const shifts = [1, 9, 10, 99, 100, 999, 1000, 9999, 10000, 32767, -1, -10, -32768]
    const pen = createPen()
    pen.show(new Uint16Array(shifts.length).fill(0x4141), Int16Array.from(shifts), NAMES)
    expect(latin1(pen.take())).toBe(`[${shifts.map((shift) => `(AA)${-shift}`).join('')}]TJ\n`)
  })

  it('are renamed', () => {
    const pen = createPen()
    pen.show(Uint16Array.of(1, 2, 1), undefined, Uint16Array.of(0, 0x4142, 0x4344))
    expect(latin1(pen.take())).toBe('[(ABCDAB)]TJ\n')
  })

  it('fit whatever their number', () => {
    const pen = createPen()
    const codes = new Uint16Array(50000).fill(0x2829)
    pen.show(codes, undefined, NAMES)
    expect(pen.take().length).toBe(4 * codes.length + 7)
  })
})
