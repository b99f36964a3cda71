// Outlines for a small view: few straight strokes, none of which leaves the curve by more than was asked for.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { outlinerOf, type Path } from '../../src/fonts/glyph-outlines.js'
import { coarse } from '../../src/preview/coarse.js'

const CIRCLE: Path = [
  'M',
  0,
  100,
  'Q',
  100,
  100,
  100,
  0,
  'Q',
  100,
  -100,
  0,
  -100,
  'Q',
  -100,
  -100,
  -100,
  0,
  'Q',
  -100,
  100,
  0,
  100,
  'Z',
]

test('a curve becomes as many strokes as it takes to stay near', () => {
  const near = coarse(CIRCLE, 1, 1)
  const far = coarse(CIRCLE, 10, 1)
  expect(near.filter((each) => typeof each === 'string').join('')).toMatch(/^ML+Z$/)
  expect(far.length).toBeLessThan(near.length)
})

test('points that lie on a straight line are left out; corners stay', () => {
  expect(coarse(['M', 0, 0, 'L', 50, 0, 'L', 100, 0, 'L', 100, 80, 'L', 0, 80, 'Z'], 0.5, 1)).toEqual([
    ...['M', 0, 0, 'L', 100, 0, 'L', 100, 80, 'L', 0, 80, 'Z'],
  ])
})

test('each contour is closed, in units so many times smaller', () => {
  const two = coarse(
    ['M', 0, 0, 'L', 40, 0, 'L', 40, 40, 'Z', 'M', 10, 10, 'C', 10, 20, 20, 30, 30, 30, 'L', 30, 10, 'Z'],
    0.1,
    2,
  )
  expect(two.filter((each) => each === 'Z')).toHaveLength(2)
  expect(two.slice(0, 9)).toEqual(['M', 0, 0, 'L', 20, 0, 'L', 20, 20])
  expect(two.every((each) => typeof each === 'string' || Number.isInteger(each))).toBe(true)
})

test('a face keeps its area, with little more than half of its numbers', () => {
  const path = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/eb-garamond/400Regular/EBGaramond_400Regular.ttf',
  )
  const { glyph } = outlinerOf(readFileSync(path))
  let [fine, few] = [0, 0]
  for (let n = 1; n < 200; n++) {
    const whole = glyph(n)
    const some = coarse(whole, 3, 1)
    fine += whole.length
    few += some.length
    // An outline that lies within three units all along changes the area by no more than that along its length.
    const length = lengthOf(some)
    expect(Math.abs(areaOf(coarse(whole, 0.01, 1)) - areaOf(some)), `glyph ${n}`).toBeLessThanOrEqual(3 * length)
  }
  expect(few).toBeLessThan(0.6 * fine)
})

function pointsOf(path: Path): [number, number][][] {
  const all: [number, number][][] = []
  for (let i = 0; i < path.length; ) {
    const command = path[i++]
    if (command === 'Z') continue
    if (command === 'M') all.push([])
    all.at(-1)!.push([path[i++] as number, path[i++] as number])
  }
  return all
}
const areaOf = (path: Path) =>
  pointsOf(path).reduce(
    (sum, points) =>
      sum + points.reduce((own, [x, y], i) => own + x * points.at(i - 1)![1] - points.at(i - 1)![0] * y, 0) / 2,
    0,
  )
const lengthOf = (path: Path) =>
  pointsOf(path).reduce(
    (sum, points) =>
      sum + points.reduce((own, [x, y], i) => own + Math.hypot(x - points.at(i - 1)![0], y - points.at(i - 1)![1]), 0),
    0,
  )
