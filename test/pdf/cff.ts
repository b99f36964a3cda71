// A font with PostScript outlines, made here: none comes with the packages. Three letters, each a box of its own height.

const UPEM = 1000
/** Letter, width, height. */
export const BOXES: [letter: string, width: number, height: number][] = [
  ['a', 500, 400],
  ['b', 600, 700],
  [' ', 250, 0],
]

const u8 = (...values: number[]) => Buffer.from(values.map((value) => value & 0xff))
const u16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]))
const u32 = (...values: number[]) =>
  Buffer.from(values.flatMap((value) => [24, 16, 8, 0].map((bits) => (value >>> bits) & 0xff)))

/** Numbers of dictionaries (5 bytes each) and of charstrings (3 bytes each). */
const long = (value: number) => Buffer.concat([u8(29), u32(value)])
const short = (value: number) => Buffer.concat([u8(28), u16(value)])

function index(items: readonly Buffer[]): Buffer {
  if (items.length === 0) return u16(0)
  let offset = 1
  const offsets = [offset, ...items.map((item) => (offset += item.length))]
  return Buffer.concat([u16(items.length), u8(2), u16(...offsets), ...items])
}

function cff(): Buffer {
  const charstrings = index([
    Buffer.concat([short(300), u8(14)]),
    ...BOXES.map(([, width, height]) =>
      height === 0
        ? Buffer.concat([short(width), u8(14)])
        : // width, rmoveto, then hlineto around, endchar
          Buffer.concat([
            short(width),
            short(50),
            short(0),
            u8(21),
            short(width - 100),
            short(height),
            short(100 - width),
            u8(6, 14),
          ]),
    ),
  ])
  const head = Buffer.concat([u8(1, 0, 4, 2), index([Buffer.from('Boxes')])])
  const tail = Buffer.concat([index([]), index([])])
  // The charset: a, b and space, by the numbers of the standard strings.
  const charset = Buffer.concat([u8(0), u16(66, 67, 1)])
  const top = (charsetAt: number, charstringsAt: number, privateAt: number) =>
    index([Buffer.concat([long(charsetAt), u8(15), long(charstringsAt), u8(17), long(0), long(privateAt), u8(18)])])
  const start = head.length + top(0, 0, 0).length + tail.length
  const charstringsAt = start + charset.length
  return Buffer.concat([
    head,
    top(start, charstringsAt, charstringsAt + charstrings.length),
    tail,
    charset,
    charstrings,
  ])
}

function cmap(): Buffer {
  const codes = BOXES.map(([letter], i) => [letter.charCodeAt(0), i + 1] as const).sort((x, y) => x[0] - y[0])
  const ends = [...codes.map(([code]) => code), 0xffff]
  const deltas = [...codes.map(([code, glyph]) => glyph - code), 1]
  const body = Buffer.concat([
    u16(0, 2 * ends.length, 0, 0, 0),
    u16(...ends),
    u16(0),
    u16(...ends),
    u16(...deltas),
    u16(...ends.map(() => 0)),
  ])
  return Buffer.concat([u16(0, 1, 3, 1), u32(12), u16(4, body.length + 4), body])
}

export function makeOtf(): Uint8Array {
  const glyphs = BOXES.length + 1
  const head = Buffer.concat([
    u32(0x10000, 0x10000, 0, 0x5f0f3cf5),
    u16(3, UPEM),
    u32(0, 0, 0, 0),
    u16(0, 0, 600, 700, 0, 8, 2, 0, 0),
  ])
  const hhea = Buffer.concat([u32(0x10000), u16(800, -200, 0, 600, 0, 0, 600, 1, 0, 0, 0, 0, 0, 0, 0, glyphs)])
  const hmtx = u16(300, 0, ...BOXES.flatMap(([, width]) => [width, 50]))
  const tables: [string, Buffer][] = [
    ['CFF ', cff()],
    ['cmap', cmap()],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['maxp', Buffer.concat([u32(0x5000), u16(glyphs)])],
    ['name', u16(0, 0, 6)],
    ['post', Buffer.concat([u32(0x30000, 0), u16(0, 0), u32(0, 0, 0, 0, 0)])],
  ]
  let at = 12 + 16 * tables.length
  const directory = tables.map(([name, table]) => {
    const row = Buffer.concat([Buffer.from(name), u32(0, at, table.length)])
    at += Math.ceil(table.length / 4) * 4
    return row
  })
  const padded = tables.map(([, table]) => Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]))
  return Buffer.concat([Buffer.from('OTTO'), u16(tables.length, 128, 3, 0), ...directory, ...padded])
}
