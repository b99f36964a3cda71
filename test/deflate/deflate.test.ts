import { createHash } from 'node:crypto'
import { inflateRawSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { deflate } from '../../src/deflate/index.js'

/** Words that repeat now and then, without chance. */
function prose(length: number): Uint8Array {
  const out = new Uint8Array(length)
  for (let i = 0, state = 1; i < length; i++) {
    state = (state * 48271) % 2147483647
    out[i] = state % 7 === 0 ? 32 : 97 + ((state >> 8) % 19)
  }
  return out
}

/** Bytes that do not get smaller: more comes out than the module hands over at once. */
function noise(length: number): Uint8Array {
  const out = new Uint8Array(length)
  for (let i = 0; i < length; i += 32)
    out.set(
      createHash('sha256')
        .update(String(i))
        .digest()
        .subarray(0, Math.min(32, length - i)),
      i,
    )
  return out
}

describe('deflating', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 500_000])(
    'gives back %i bytes, with and without a head',
    (length) => {
      for (const bytes of [prose(length), noise(length), new Uint8Array(length)])
        for (const level of [1, 4, 6, 9]) {
          expect(inflateSync(deflate(bytes, level, 'zlib')).equals(bytes)).toBe(true)
          expect(inflateRawSync(deflate(bytes, level, 'raw')).equals(bytes)).toBe(true)
        }
    },
  )

  it('gives the same bytes with every Node and processor, and every time', () => {
    const digest = () =>
      createHash('sha256')
        .update(deflate(prose(300_000), 4, 'raw'))
        .digest('hex')
    expect(digest()).toBe('eabd6fbe535195d126876a459028269eb1102156c696d1d879d807cbcc2e2dc4')
    expect(digest()).toBe(digest())
  })

  it('keeps what it does not need any more', () => {
    const first = deflate(prose(1000), 6, 'zlib')
    const copy = first.slice()
    deflate(noise(200_000), 6, 'zlib')
    expect(first).toEqual(copy)
  })
})
