// Images: small and sound, of every kind; and cut off, with bits turned, with sizes that are lies; SVG of many dangers.
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import {
  GIF_INTERLACED,
  JPEG_CMYK,
  JPEG_COLOUR,
  JPEG_GRAY,
  makePng,
  SVG_CLEAR,
  SVG_PLAIN,
  WEBP_ALPHA,
  WEBP_LOSSY,
} from '../pdf/images.js'
import { tiff } from '../pdf/tiff.js'

const KINDS = [
  { type: 0, bits: 1, interlaced: false, clear: false },
  { type: 0, bits: 16, interlaced: true, clear: true },
  { type: 2, bits: 8, interlaced: false, clear: true },
  { type: 3, bits: 4, interlaced: true, clear: true },
  { type: 4, bits: 8, interlaced: false, clear: false },
  { type: 6, bits: 8, interlaced: true, clear: false },
] as const

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))
export const SOUND: readonly Uint8Array[] = [
  ...KINDS.map(makePng),
  JPEG_COLOUR,
  JPEG_GRAY,
  JPEG_CMYK,
  WEBP_LOSSY,
  WEBP_ALPHA,
  GIF_INTERLACED,
  tiff({ space: 'cmyk', packing: 'lzw', differences: true }),
  tiff({ space: 'rgb', packing: 'none', little: false, alpha: true }),
  tiff({ space: 'palette', packing: 'packbits' }),
  tiff({ space: 'white', packing: 'deflate' }),
  bytesOf(SVG_PLAIN),
  bytesOf(SVG_CLEAR),
].map((each) => new Uint8Array(each))

const damaged = fc
  .tuple(
    fc.constantFrom(...SOUND),
    fc.constantFrom('cut', 'bits', 'lie', 'grow'),
    fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 5,
    }),
  )
  .map(([sound, how, places]) => {
    const bytes = new Uint8Array(sound)
    const at = (share: number) => Math.floor(share * bytes.length)
    if (how === 'cut') return bytes.slice(0, at(places[0]![0]))
    if (how === 'grow') return new Uint8Array([...bytes, ...places.map(([, byte]) => byte), ...bytes])
    if (how === 'lie') return liar(bytes, places[0]![1])
    for (const [share, byte] of places) bytes[at(share)]! ^= byte
    return mendChecks(bytes)
  })

/** The header says that it is much larger than it is. */
function liar(bytes: Uint8Array, much: number): Uint8Array {
  const view = new DataView(bytes.buffer)
  const size = much * 257
  if (bytes[0] === 0x89) {
    view.setUint32(16, size)
    view.setUint32(20, much % 2 === 0 ? size : 0x7fffffff)
  } else if (bytes[0] === 0x47) {
    view.setUint16(6, size & 0xffff, true)
    view.setUint16(8, 0xffff, true)
  } else if (bytes[0] === 0x49 && bytes[1] === 0x49) {
    // its first two entries: width and height
    view.setUint16(18, size & 0xffff, true)
    view.setUint16(30, 0xffff, true)
  } else if (bytes[0] === 0x52) {
    view.setUint16(26, 0x3fff, true)
  } else if (bytes[0] === 0xff) {
    for (let i = 2; i < bytes.length - 9; i++)
      if (bytes[i] === 0xff && (bytes[i + 1] === 0xc0 || bytes[i + 1] === 0xc1)) view.setUint16(i + 5, 0xffff)
  }
  return mendChecks(bytes)
}

/** A PNG's checksums are made true again, so that what reads it goes on. */
function mendChecks(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x89) return bytes
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    if (at + 12 + length > bytes.length) break
    view.setUint32(at + 8 + length, crc32(bytes.subarray(at + 4, at + 8 + length)))
    at += 12 + length
  }
  return bytes
}

/** A few kilobytes that are gigabytes when they are unpacked. */
function bomb(): Uint8Array {
  const chunk = (name: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(9, 0)
  header.writeUInt32BE(9, 4)
  header.set([8, 2], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(1 << 22))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

const ATTRIBUTES = [
  ...[
    'onload="x()"',
    'style="fill:url(http://example.org/x)"',
    'style="fill:red"',
    'href="../secret.svg"',
    'transform="scale(1e9)"',
  ],
  ...[
    'xlink:href="file:///etc/passwd"',
    'href="#u"',
    'width="1e9"',
    'width="-5"',
    'fill="url(#g)"',
    'opacity="NaN"',
    'd="M0 0L"',
  ],
  ...[
    'viewBox="0 0 0 0"',
    'clip-path="url(#c)"',
    'filter="url(#f)"',
    'id="u"',
    'id="u"',
    'x="1e400"',
    'stroke-width="1e-99"',
  ],
]
const TAGS =
  'svg g path rect circle ellipse line polyline text tspan use defs clipPath mask pattern linearGradient stop style script title filter feGaussianBlur image a foreignObject set switch'
const attributes = fc
  .array(fc.constantFrom(...ATTRIBUTES, 'd="M0 0h9v9z"', 'x="1"', 'width="9"', 'height="9"', 'r="3"'), { maxLength: 4 })
  .map((all) => [...new Set(all)].join(' '))
const drawing: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('words', '&amp;', '&x;', '&lt;script>', ']]>', '<!-- -->', '<![CDATA[a]]>', '😀', '', 'مرحبا'),
    fc
      .tuple(fc.constantFrom(...TAGS.split(' ')), attributes, fc.array(tie('node'), { maxLength: 3 }))
      .map(([tag, some, nodes]) => `<${tag} ${some}>${nodes.join('')}</${tag}>`),
  ),
})).node
const svg = fc
  .tuple(
    fc.constantFrom(
      '',
      '',
      '',
      '<?xml version="1.0"?>',
      '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;">]>',
      '<?xml-stylesheet href="../secret.css"?>',
    ),
    fc.constantFrom(
      'viewBox="0 0 100 60"',
      'width="40" height="30"',
      '',
      'viewBox="0 0 1e9 1"',
      'width="100%" height="1em"',
    ),
    fc.array(drawing, { maxLength: 5 }),
  )
  .map(([head, size, nodes]) =>
    bytesOf(
      `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${nodes.join('')}</svg>`,
    ),
  )
const deep = fc
  .integer({ min: 10, max: 20_000 })
  .map((n) =>
    bytesOf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${'<g>'.repeat(n)}${'</g>'.repeat(n)}</svg>`),
  )

const HEADS: Record<string, number> = { png: 0x89, jpg: 0xff, gif: 0x47, webp: 0x52, svg: 0x3c, tif: 0x49 }
/** Of the kind that its name says. */
export const soundPicture = (name: string): fc.Arbitrary<Uint8Array> =>
  fc.constantFrom(...SOUND.filter((bytes) => bytes[0] === HEADS[name.replace(/.*\./, '')]))
export const hostilePicture: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: damaged },
  { weight: 6, arbitrary: svg },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: fc.constant(bomb()) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
)
