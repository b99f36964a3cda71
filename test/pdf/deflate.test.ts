import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createDeflater } from '../../src/pdf/file/deflate.js'

/** Streams of a book's size that are all different. */
const streams = Array.from({ length: 300 }, (_, i) =>
  Buffer.from(
    Array.from({ length: 200 }, (_, j) => `${(i * 7919 + j * 104729) % 65521} `)
      .join('')
      .repeat(5),
  ),
)

async function run(expected: number): Promise<Uint8Array[]> {
  const deflater = createDeflater(expected)
  streams.forEach((stream, i) => {
    expect(deflater.add(stream)).toBe(i)
  })
  return deflater.finish()
}

describe('deflating', () => {
  it('gives the same bytes in the same order, on one thread or two', async () => {
    const here = await run(0)
    const beside = await run(10_000_000)
    expect(beside).toHaveLength(streams.length)
    for (let i = 0; i < streams.length; i++) {
      expect(Buffer.from(beside[i]!).equals(here[i]!)).toBe(true)
      expect(inflateSync(beside[i]!).equals(streams[i]!)).toBe(true)
    }
  })

  it('of nothing is nothing', async () => {
    expect(await createDeflater(10_000_000).finish()).toEqual([])
  })
})
