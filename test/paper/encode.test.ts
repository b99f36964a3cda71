// Inks as a JPEG: opened again, by two decoders, they are what they were.
import { describe, expect, test } from 'vitest'
import { encodeJpeg } from '../../src/pdf/images/encode-jpeg.js'
import { pixelsOf } from '../../src/pdf/images/pixels.js'
import { jpegInks } from '../../src/pdf/images/printers-pictures.js'
import { jpeg } from '../../src/read/images/prove-jpeg.js'

const WIDTH = 77
const HEIGHT = 45
const smooth = (samples: number) =>
  Uint8Array.from({ length: WIDTH * HEIGHT * samples }, (_, i) => {
    const [c, x, y] = [i % samples, Math.floor(i / samples) % WIDTH, Math.floor(i / samples / WIDTH)]
    return Math.max(0, Math.min(255, Math.round(128 + 110 * Math.sin(x / 9 + c) * Math.cos(y / 7 - c))))
  })
const most = (a: Uint8Array, b: Uint8Array) => a.reduce((far, value, i) => Math.max(far, Math.abs(value - b[i]!)), 0)

describe('a JPEG of our own', () => {
  test('of four inks is the same again, whole, and much smaller', async () => {
    const pixels = smooth(4)
    const file = encodeJpeg(pixels, WIDTH, HEIGHT, 4)
    expect(jpeg(file, new DataView(file.buffer, file.byteOffset, file.byteLength))).toMatchObject({
      type: 'jpeg',
      width: WIDTH,
      height: HEIGHT,
    })
    const again = await jpegInks(file)
    expect([again.width, again.height]).toEqual([WIDTH, HEIGHT])
    expect(most(again.pixels!, pixels)).toBeLessThanOrEqual(6)
    expect(file.length).toBeLessThan(pixels.length / 3)
  })

  test('of one is opened by MozJPEG too', async () => {
    const pixels = smooth(1)
    const bytes = encodeJpeg(pixels, WIDTH, HEIGHT, 1)
    const { data } = await pixelsOf({ path: 'a.jpg', type: 'jpeg', bytes, width: WIDTH, height: HEIGHT }, 0, {
      fonts: () => [],
      family: '',
    })
    expect(
      most(
        data.filter((_, i) => i % 4 === 0),
        pixels,
      ),
    ).toBeLessThanOrEqual(6)
  })

  test('of noise, and of hard edges, is sound', async () => {
    let seed = 1
    const noise = Uint8Array.from(
      { length: 64 * 64 * 4 },
      () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 24,
    )
    const edges = Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) => ((i >> 2) % 2 === 0 ? 0 : 255))
    for (const pixels of [noise, edges]) {
      const file = encodeJpeg(pixels, 64, 64, 4)
      expect('broken' in jpeg(file, new DataView(file.buffer, file.byteOffset, file.byteLength))).toBe(false)
      expect(most((await jpegInks(file)).pixels!, pixels)).toBeLessThanOrEqual(60)
    }
  })
})
