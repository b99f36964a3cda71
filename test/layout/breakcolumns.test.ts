// Columns side by side, on numbers: where the last of them end.
import { describe, expect, it } from 'vitest'
import { breakColumns } from '../../src/layout/breaking/break-columns.js'
import { single } from './columns.js'

const TWO = { columns: 2, depth: 20, above: 0 }

/** By page, the depth of its deepest column. */
function depths(lines: number, limits = TWO): number[] {
  const { placements, count } = breakColumns(single(lines), limits)
  expect(placements.map(({ element }) => element)).toEqual(Array.from({ length: lines }, (_, i) => i))
  const out = Array.from({ length: count }, () => 0)
  for (const { page, top } of placements) out[page] = Math.max(out[page]!, top + 1)
  return out
}

describe('columns', () => {
  it('end alike on the last page', () => {
    expect(depths(15)).toEqual([8])
    expect(depths(60)).toEqual([20, 10])
  })

  it('have five lines or more there: the pages before give some, as few as will do, and all of them alike', () => {
    // four pages of forty, and two lines
    expect(depths(162)).toEqual([19, 19, 19, 19, 5])
    expect(depths(167)).toEqual([20, 20, 20, 19, 5])
    expect(depths(170)).toEqual([20, 20, 20, 20, 5])
    // one page gives three lines of each column at most
    expect(depths(42)).toEqual([17, 4])
  })
})
