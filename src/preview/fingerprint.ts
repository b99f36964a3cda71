// In: a page of the Typeset. Out: a short text that is the same where two pages look the same.
import { createHash } from 'node:crypto'
import type { Font, Item, Page, Picture } from '../layout/typeset.js'

interface Drawn {
  fonts: readonly Font[]
  images: readonly Picture[]
  width: number
  height: number
}

export function fingerprintOf(page: Page, drawn: Drawn): string {
  if (page.items.length === 0) return `blank-${Math.round(drawn.width)}-${Math.round(drawn.height)}`
  const mix = createMix()
  mix.number(drawn.width)
  mix.number(drawn.height)
  for (const item of page.items) take(item, drawn, mix)
  return mix.sum()
}

interface Mix {
  whole(value: number): void
  number(value: number): void
  text(value: string): void
  sum(): string
}

/** Two of FNV-1a's sums, over other halves of the numbers: pages of one book are told apart by 64 bits. */
function createMix(): Mix {
  let a = 0x811c9dc5 | 0
  let b = 0x01000193 | 0
  const whole = (value: number) => {
    a = Math.imul(a ^ value, 0x01000193)
    b = Math.imul(b ^ (value + 0x9e3779b9), 0x85ebca6b) ^ (b >>> 13)
  }
  return {
    whole,
    number: (value) => whole(Math.round(value * 1000)),
    text(value) {
      whole(value.length)
      for (let i = 0; i < value.length; i++) whole(value.charCodeAt(i))
    },
    sum: () => (a >>> 0).toString(36) + (b >>> 0).toString(36),
  }
}

function take(item: Item, { fonts, images }: Drawn, mix: Mix): void {
  mix.text(item.kind)
  if (item.kind !== 'path') {
    mix.number(item.x)
    mix.number(item.y)
  }
  if (item.kind !== 'image') mix.text(item.colour)
  switch (item.kind) {
    case 'text': {
      const font = fonts[item.font]!
      mix.text(signOf(font))
      mix.number(item.size)
      mix.number(item.stretch)
      mix.number(item.tracking)
      for (let i = 0; i < item.codes.length; i++) {
        mix.whole(font.codes[item.codes[i]!]!.glyph)
        mix.whole(item.shifts?.[i] ?? 0)
        mix.whole(item.rises?.[i] ?? 0)
      }
      return
    }
    case 'rule':
      mix.number(item.width)
      mix.number(item.height)
      return
    case 'image':
      mix.number(item.width)
      mix.number(item.height)
      mix.text(sumOf(images[item.image]!))
      for (const edge of item.frame ? [item.frame.x, item.frame.y, item.frame.width, item.frame.height] : [])
        mix.number(edge)
      return
    case 'path':
      for (const part of item.d) typeof part === 'number' ? mix.number(part) : mix.text(part)
  }
}

const signs = new WeakMap<Font, string>()

function signOf(font: Font): string {
  let sign = signs.get(font)
  if (sign === undefined) signs.set(font, (sign = `${font.name} ${font.bytes.length}`))
  return sign
}

const sums = new WeakMap<Uint8Array, string>()

/** Of a picture: by what is in it, whatever it is called. */
export function sumOf({ bytes }: Pick<Picture, 'bytes'>): string {
  let sum = sums.get(bytes)
  if (sum === undefined) sums.set(bytes, (sum = createHash('sha1').update(bytes).digest('base64url')))
  return sum
}
