// In: a font file, and the characters that pages on the web may say in it. Out: a WOFF of these alone, made once for all books of a shelf:
// most of them say the same few hundred characters in the same faces.
import { createHash } from 'node:crypto'
import { oncePerFont } from './same-font.js'
import { subset } from './subset.js'
import { toWoff } from './woff.js'

/** Of one font, for so many sets of characters. */
const MOST = 16

const madeOf = oncePerFont(() => new Map<string, Promise<Uint8Array>>())

/** Throws if it is no font. What is given is not to be changed. */
export function webFace(
  font: Uint8Array,
  unicodes: readonly number[],
  features: readonly string[],
): Promise<Uint8Array> {
  const made = madeOf(font)
  const key = createHash('sha256')
    .update(JSON.stringify([unicodes, features]))
    .digest('hex')
  let one = made.get(key)
  if (one === undefined) {
    one = subset(font, { unicodes, features, dropHints: true }).then(toWoff)
    one.catch(() => made.delete(key))
    if (made.size >= MOST) made.delete(made.keys().next().value!)
    made.set(key, one)
  }
  return one
}
