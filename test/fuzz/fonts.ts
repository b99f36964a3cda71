// A sound font in, and a seed; the same font hurt out: cut short, its directory bent, its tables' bytes changed. The same seed
// hurts the same place.

/** Numbers from 0 up to, not including, `below`: mulberry32, which every machine counts alike. */
export function dice(seed: number): (below: number) => number {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

export function hurtFont(font: Uint8Array, seed: number): { bytes: Uint8Array; how: string } {
  const roll = dice(seed)
  const bytes = Uint8Array.from(font)
  const view = new DataView(bytes.buffer)
  const count = view.getUint16(4)
  const record = 12 + 16 * roll(count)
  const name = String.fromCharCode(...bytes.subarray(record, record + 4))
  const [start, length] = [view.getUint32(record + 8), view.getUint32(record + 12)]
  switch (roll(7)) {
    case 0: {
      const at = roll(2) === 0 ? roll(bytes.length) : roll(600)
      return { bytes: bytes.subarray(0, at), how: `cut at ${at}` }
    }
    case 1:
      view.setUint32(record + 8, roll(2) === 0 ? roll(bytes.length) : roll(0xffffffff))
      return { bytes, how: `the offset of ${name}` }
    case 2:
      view.setUint32(record + 12, roll(2) === 0 ? roll(length + 1) : roll(0xffffffff))
      return { bytes, how: `the length of ${name}` }
    case 3:
      bytes.set([0x78, 0x78], record)
      return { bytes, how: `the name of ${name}` }
    case 4: {
      // Heads of tables say how all the rest is read.
      const at = start + roll(Math.max(1, Math.min(length, 64)))
      bytes[at] = roll(256)
      return { bytes, how: `byte ${at - start} of ${name}` }
    }
    case 5: {
      for (let i = 0; i < 40; i++) bytes[start + roll(Math.max(1, length))] = roll(256)
      return { bytes, how: `40 bytes of ${name}` }
    }
    default: {
      const from = start + roll(Math.max(1, length))
      bytes.fill([0, 0xff, 0x7f, 0x80][roll(4)]!, from, Math.min(start + length, from + 1 + roll(2000)))
      return { bytes, how: `a stretch of ${name} from ${from - start}` }
    }
  }
}
