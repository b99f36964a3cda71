// A JPEG's coded data is walked to its end: what is cut short or damaged is told, not set as grey.
import { expect, test } from 'vitest'
import { inspect } from '../../src/read/images/inspect.js'
import { dice } from '../fuzz/fonts.js'
import { JPEG_CMYK, JPEG_COLOUR, JPEG_GRAY } from '../pdf/images.js'

/** Three gradients, 40 × 24; the first with a restart after every third unit, the second in ten scans. */
const SEQUENTIAL = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABIMDRANCxIQDhAUExIVGywdGxgYGzYnKSAsQDlEQz85Pj1HUGZXR0thTT0+WXlaYWltcnNyRVV9hnxvhWZwcm7/2wBDARMUFBsXGzQdHTRuST5Jbm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm7/wAARCAAYACgDASIAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAAAAQFAgP/xAAfEAACAQUAAwEAAAAAAAAAAAAAAxEBAgQhQQUSMWH/xAAXAQEBAQEAAAAAAAAAAAAAAAAEBQMC/8QAGxEAAwEBAQEBAAAAAAAAAAAAAAECAwQRBTH/3QAEAAP/2gAMAwEAAhEDEQA/ADb4Jb3QVPXUgcu7gDlSYbLglnVMjf0oU6TMotnt+F2Ou7UlzOUka6fOlI1EXzAGMuugbLwmXxL0/9DWbhzwlvwJ4AQObSh0HNPHb+HurAjgBay1o6v8L0YcRoACVpQG0vT/2Q==',
  'base64',
)
const PROGRESSIVE = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABIMDRANCxIQDhAUExIVGywdGxgYGzYnKSAsQDlEQz85Pj1HUGZXR0thTT0+WXlaYWltcnNyRVV9hnxvhWZwcm7/2wBDARMUFBsXGzQdHTRuST5Jbm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm7/wgARCAAYACgDASIAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAAAAMEAQL/xAAYAQADAQEAAAAAAAAAAAAAAAACAwQFAf/aAAwDAQACEAMQAAABSrnnV2ma9x6gctpGNp89lvdAaj//xAAZEAEBAQEBAQAAAAAAAAAAAAAAAQIREhP/2gAIAQEAAQUCrr0lRYscrMZi4eHzTCYf/8QAGBEBAQEBAQAAAAAAAAAAAAAAAAECAwT/2gAIAQMBAT8BzwjXni8UVX//xAAZEQADAQEBAAAAAAAAAAAAAAAAAQIDEBL/2gAIAQIBAT8ByJXM6ZNM9M//xAAUEAEAAAAAAAAAAAAAAAAAAAAw/9oACAEBAAY/An//xAAYEAEBAQEBAAAAAAAAAAAAAAABABAgIf/aAAgBAQABPyFTsvJr0k0Hib//2gAMAwEAAgADAAAAEB8gwngP/8QAGBEBAQEBAQAAAAAAAAAAAAAAAQAREDH/2gAIAQMBAT8QdCI958xNv//EABcRAQEBAQAAAAAAAAAAAAAAAAEAEBH/2gAIAQIBAT8QAwBHNmI//8QAGhAAAgMBAQAAAAAAAAAAAAAAABEBIUExcf/aAAgBAQABPxBYoi3Rw9ExgI8BQZNQ7B+EX4LwUqP/2Q==',
  'base64',
)
const END = Buffer.from([0xff, 0xd9])

/** Where the coded data begins. */
function dataOf(file: Buffer): number {
  const at = file.indexOf(Buffer.from([0xff, 0xda]))
  return at + 2 + file.readUInt16BE(at + 2)
}

test('sound ones are sound, whatever follows their end', () => {
  for (const file of [SEQUENTIAL, PROGRESSIVE, Buffer.concat([SEQUENTIAL, Buffer.from('a camera’s notes')])])
    expect(inspect(file)).toEqual({ type: 'jpeg', width: 40, height: 24 })
  for (const file of [JPEG_COLOUR, JPEG_GRAY, JPEG_CMYK]) expect(inspect(file)).toMatchObject({ type: 'jpeg' })
})

test.each([
  ['sequential', SEQUENTIAL],
  ['progressive', PROGRESSIVE],
])('cut short within its data, with an end mark put back: %s', (_, file) => {
  let whole = 0
  for (let at = dataOf(file) + 1; at < file.length - 4; at += 3)
    if (!('broken' in inspect(Buffer.concat([file.subarray(0, at), END])))) whole++
  // A progressive one that ends between two scans is a coarser picture, and sound.
  expect(whole).toBeLessThanOrEqual(file === PROGRESSIVE ? 12 : 0)
  for (let at = 4; at < file.length - 1; at += 7)
    expect(inspect(file.subarray(0, at)), `at ${at}`).toHaveProperty('broken')
})

test.each([
  ['sequential', SEQUENTIAL],
  ['progressive', PROGRESSIVE],
])('damaged data is told, nearly all of it: %s', (_, file) => {
  let told = 0
  for (let seed = 0; seed < 200; seed++) {
    const roll = dice(seed)
    const hurt = Buffer.from(file)
    const at = dataOf(file) + roll(file.length - 42 - dataOf(file))
    hurt.fill(roll(256), at, at + 30)
    if ('broken' in inspect(hurt)) told++
  }
  expect(told).toBeGreaterThan(170)
})

test('a file of scans without end is refused before it is walked for ever', () => {
  const from = PROGRESSIVE.indexOf(Buffer.from([0xff, 0xda]))
  const next = PROGRESSIVE.indexOf(Buffer.from([0xff, 0xc4]), from)
  const scan = PROGRESSIVE.subarray(from, next)
  const bomb = Buffer.concat([PROGRESSIVE.subarray(0, from), ...Array.from({ length: 200 }, () => scan), END])
  expect(inspect(bomb)).toEqual({ broken: 'has more scans than any program makes' })
})
