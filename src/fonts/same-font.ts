// In: a font file's bytes. Out: the one copy of them in this process, and what was made of it, once for all who have the same bytes.

/** Fonts that are remembered by what they contain, latest last; a look has some fourteen faces. */
const MOST = 64
const LARGEST = 128 * 1024 * 1024

const remembered: Uint8Array[] = []
const known = new WeakSet<Uint8Array>()

/** The first bytes that were the same as these. They are not to be changed. */
export function sameFont(bytes: Uint8Array): Uint8Array {
  if (known.has(bytes)) return bytes
  const at = remembered.findIndex((each) => each.length === bytes.length && Buffer.compare(each, bytes) === 0)
  const font = at < 0 ? bytes : remembered.splice(at, 1)[0]!
  remembered.push(font)
  known.add(font)
  let sum = remembered.reduce((all, each) => all + each.length, 0)
  // What goes is freed with the last look that has it.
  while (remembered.length > 1 && (remembered.length > MOST || sum > LARGEST)) sum -= remembered.shift()!.length
  return font
}

/** What `make` makes of a font, made once for all that have the same bytes. */
export function oncePerFont<T extends object>(make: (bytes: Uint8Array) => T): (bytes: Uint8Array) => T {
  const made = new WeakMap<Uint8Array, T>()
  return (bytes) => {
    const font = sameFont(bytes)
    let one = made.get(font)
    if (one === undefined) made.set(font, (one = make(font)))
    return one
  }
}
