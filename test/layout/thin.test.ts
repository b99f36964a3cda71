// What has no width: joiners, selectors, spaces of nothing. A line may end behind a run of it once, however long it is.
import { expect, it } from 'vitest'
import { cutsOf } from '../../src/layout/text/divide.js'
import type { Segment } from '../../src/layout/text/piece.js'
import { type Box, type Boxes, SIZES } from '../../src/layout/text/shaped-box.js'
import { Stick } from '../../src/layout/text/stick.js'

it('pieces without a width in a row have one end, those with one each', () => {
  const segment = { shape: { sizes: Float64Array.from({ length: 2 * SIZES }, (_, i) => (i === SIZES ? 500 : 0)) } }
  const stick = new Stick()
  stick.begin('', [segment as unknown as Segment])
  const add = (box: number, times: number) => {
    for (let i = 0; i < times; i++) {
      stick.put(0, box, 0)
      stick.endWithin(0, 0)
    }
  }
  add(0, 1000)
  expect(stick.stops).toBe(1)
  add(1, 3)
  expect(stick.stops).toBe(4)
  add(0, 1000)
  expect(stick.stops).toBe(4)
})

it('a box is cut where its widths differ alone', () => {
  const shape = { of: () => ({ width: 300, right: 0, codes: [1] }) } as unknown as Boxes
  const advances = [{ advance: 0 }, { advance: 500 }]
  const box = (codes: number[]) =>
    ({
      ...{ text: codes.map((code) => (code === 1 ? 'a' : '\u200d')).join(''), codes, shifts: codes.map(() => 0) },
      ...{ clusters: codes.map((_, i) => i), width: codes.filter((code) => code === 1).length * 500 },
    }) as unknown as Box
  const cuts = (codes: number[]) => cutsOf(box(codes), shape, advances, undefined, false).length
  const many = (code: number, times: number) => Array.from({ length: times }, () => code)
  expect(cuts(many(0, 150))).toBe(0)
  expect(cuts(many(1, 150))).toBe(145)
  expect(cuts([...many(1, 5), ...many(0, 140), ...many(1, 5)])).toBeLessThan(10)
})
