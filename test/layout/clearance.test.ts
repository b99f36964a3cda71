// Letters and marks that would touch: outlines by hand, and the house face on a page.
import { expect, it } from 'vitest'
import { clearance, LEAST, profileOf, profilesOf, roomAtJoint, roomFor } from '../../src/layout/text/clearance.js'
import type { TextRun } from '../../src/layout/typeset.js'
import { chapter, setBook } from './books.js'

type Corner = [number, number]
const shape = (...corners: Corner[]) =>
  profileOf([...corners.flatMap(([x, y], i) => [i === 0 ? 'M' : 'L', x, y]), 'Z'], 1)
const box = (left: number, low: number, right: number, high: number) =>
  shape([left, low], [right, low], [right, high], [left, high])

it('ink is compared at heights that both have', () => {
  // a stem with a hook to the right at its head, and a mark beside the hook, or below it
  const hooked = shape([0, 0], [100, 0], [100, 600], [300, 600], [300, 700], [0, 700])
  expect(clearance(hooked, box(40, 610, 100, 690), 250)).toBe(-10)
  expect(clearance(hooked, box(40, 0, 100, 300), 250)).toBe(190)
  expect(clearance(hooked, box(40, -200, 100, -100), 250)).toBe(Infinity)
  // half as large, and raised to the hook
  expect(clearance(hooked, box(40, 0, 100, 100), 250, undefined, { scale: 0.5, rise: 620 })).toBe(-30)
  expect(clearance(hooked, box(40, 0, 100, 100), 250, undefined, { scale: 0.5, rise: 0 })).toBe(170)
})

it('a curve reaches as far as it is drawn', () => {
  const round = profileOf(['M', 0, 0, 'Q', 200, 100, 0, 200, 'Z'], 1)
  expect(round.last).toBeGreaterThan(98)
  expect(round.last).toBeLessThanOrEqual(100)
  const cubic = profileOf(['M', 0, 0, 'C', 100, 0, 100, 200, 0, 200, 'Z'], 2)
  expect(cubic.last).toBeGreaterThan(148)
  expect(cubic.last).toBeLessThanOrEqual(150)
})

it('room is made between a letter and a mark, and between marks that read as one row', () => {
  expect(roomFor('f', '’', () => -37)).toBe(LEAST + 37)
  expect(roomFor('n', '’', () => 170)).toBe(0)
  expect(roomFor('(', 'f', () => -20)).toBe(LEAST + 20)
  expect(roomFor('f', 'b', () => -16)).toBe(0)
  expect(roomFor('’', '”', () => 100)).toBeGreaterThan(50)
  expect(roomFor('“', '‘', () => 100)).toBeGreaterThan(50)
  expect(roomFor('’', '’', () => 100)).toBe(0)
  expect(roomFor('—', '’', () => Infinity)).toBeGreaterThan(40)
  expect(roomFor('“', '—', () => Infinity)).toBeGreaterThan(40)
  expect(roomFor('f', '?', () => -5000)).toBeLessThanOrEqual(220)
  expect(roomAtJoint('f', '3', () => -20)).toBe(LEAST + 20)
  expect(roomAtJoint('f', 'b', () => -20)).toBe(0)
})

it.each([
  ['within a word', 'the sheriff’s of if?', ['f’', 'f?']],
  ['where the style changes', '(*deaf*) and *of*! The *half*’s', ['f)', 'f!', 'f’']],
  ['before a raised figure', 'the staff^3^ of', ['f3']],
])('on the page nothing touches: %s', async (_, text, pairs) => {
  const { typeset } = await setBook(chapter(`# One\n\nA short opening.\n\n${text}\n`))
  const runs = typeset.pages.flatMap((page) => page.items.filter((item): item is TextRun => item.kind === 'text'))
  const ink: { char: string; x: number; run: TextRun; glyph: number }[] = []
  for (const run of runs) {
    let x = run.x
    run.codes.forEach((code, i) => {
      const { advance, glyph, text: char } = typeset.fonts[run.font]!.codes[code]!
      ink.push({ char, x, run, glyph })
      x += (((advance + (run.shifts?.[i] ?? 0)) / 1000) * run.size + run.tracking) * run.stretch
    })
  }
  const profiles = typeset.fonts.map((font) => profilesOf(() => font.bytes))
  for (const pair of pairs) {
    const at = ink.findIndex(({ char }, i) => char.slice(-1) + (ink[i + 1]?.char ?? '') === pair)
    const [a, b] = [ink[at]!, ink[at + 1]!]
    const unit = 1000 / a.run.size
    const gap = clearance(
      profiles[a.run.font]!(a.glyph),
      profiles[b.run.font]!(b.glyph),
      (b.x - a.x) * unit,
      undefined,
      { scale: b.run.size / a.run.size, rise: (a.run.y - b.run.y) * unit },
    )
    expect(gap, pair).toBeGreaterThan(LEAST - 5)
  }
})
