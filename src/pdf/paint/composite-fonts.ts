// In: a face and the codes that are painted with it. Out: a composite font (ISO 32000-1, 9.7) whose codes are ours, cut
// down to their glyphs, with a Unicode text for every code.

import { createHash } from 'node:crypto'
import { subset } from '../../fonts/subset.js'
import type { Font } from '../../layout/typeset.js'
import { flate, flateOnce } from '../file/deflate.js'
import { type Pdf, type Ref, text } from '../file/objects.js'
import { bytesOf, decimal } from '../file/syntax.js'
import { factsOf, tableOf } from './sfnt.js'

/** A code without a text of its own (a further glyph of a character) still needs one: a space of no width. */
const NOTHING = '\u200b'

/** Of a font program that is addressed by glyph, a reader needs outlines and widths. */
const UNUSED_TABLES = ['cmap', 'name', 'OS/2', 'post', 'gasp', 'STAT', 'meta', 'vhea', 'vmtx', 'VORG']

/** The faces that pages show, with the file's codes, by the names that the painter gives them: F and their number. */
export async function embedFonts(pdf: Pdf, fonts: readonly Font[]): Promise<{ [name: string]: Ref }> {
  const out: { [name: string]: Ref } = {}
  for (let i = 0; i < fonts.length; i++) if (fonts[i]!.codes.length > 1) out[`F${i}`] = await embedFont(pdf, fonts[i]!)
  return out
}

/** Throws if the face's file is no font. */
async function embedFont(pdf: Pdf, font: Font): Promise<Ref> {
  const codes = font.codes.slice(1).map((_, i) => i + 1)
  const glyphs = codes.map((code) => font.codes[code]!.glyph)
  const file = await subset(font.bytes, {
    glyphs,
    retainGlyphIds: true,
    dropLayout: true,
    dropHints: true,
    dropTables: UNUSED_TABLES,
    pinAxes: true,
  })
  const facts = factsOf(font.bytes, font.weight)
  const name = `${tagOf(file)}+${font.name.replace(/[^A-Za-z0-9-]/g, '')}`
  const truetype = facts.outlines === 'truetype'

  const program = truetype ? file : (tableOf(file, 'CFF ') ?? new Uint8Array())
  const fontFile = pdf.stream(
    { ...(truetype ? { Length1: program.length } : { Subtype: 'CIDFontType0C' }), Filter: 'FlateDecode' },
    flateOnce(program),
  )
  const descriptor = pdf.ref({
    Type: 'FontDescriptor',
    FontName: name,
    FontFamily: text(font.family),
    FontWeight: font.weight,
    Flags: facts.flags,
    FontBBox: facts.bbox,
    ItalicAngle: facts.italicAngle,
    Ascent: facts.ascent,
    Descent: facts.descent,
    CapHeight: facts.capHeight,
    XHeight: facts.xHeight,
    StemV: facts.stemV,
    [truetype ? 'FontFile2' : 'FontFile3']: fontFile,
  })
  descriptor.end()

  // TrueType outlines have a map from our codes to glyphs. Compact ones have not: their CIDs are glyph numbers, so the
  // map stands before, in the encoding.
  const cid = (code: number) => (truetype ? code : font.codes[code]!.glyph)
  const descendant = pdf.ref({
    Type: 'Font',
    Subtype: truetype ? 'CIDFontType2' : 'CIDFontType0',
    BaseFont: name,
    CIDSystemInfo: { Registry: text('Adobe'), Ordering: text('Identity'), Supplement: 0 },
    FontDescriptor: descriptor,
    DW: 0,
    W: widths(codes.map((code) => [cid(code), font.codes[code]!.advance])),
    ...(truetype ? { CIDToGIDMap: packed(pdf, glyphMap(codes, glyphs), {}) } : {}),
  })
  descendant.end()

  const ref = pdf.ref({
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: truetype ? 'Identity-H' : packed(pdf, bytesOf(encoding(codes, glyphs)), ENCODING),
    DescendantFonts: [descendant],
    ToUnicode: packed(pdf, bytesOf(toUnicode(codes, font)), {}),
  })
  ref.end()
  return ref
}

function packed(pdf: Pdf, bytes: Uint8Array, data: Parameters<Pdf['stream']>[0]): Ref {
  return pdf.stream({ ...data, Filter: 'FlateDecode' }, flate(bytes))
}

/** Six capitals that name this subset (9.6.4): the same glyphs, the same letters. */
function tagOf(file: Uint8Array): string {
  const digest = createHash('sha256').update(file).digest()
  let letters = ''
  for (let i = 0; i < 6; i++) letters += String.fromCharCode(65 + (digest[i]! % 26))
  return letters
}

/** The array `W`: runs of neighbouring CIDs with their widths. */
function widths(pairs: [cid: number, width: number][]): (number | number[])[] {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0])
  const out: (number | number[])[] = []
  let run: number[] = []
  let last = -2
  for (const [cid, width] of sorted) {
    if (cid === last) continue
    if (cid !== last + 1) out.push(cid, (run = []))
    run.push(Number(decimal(width)))
    last = cid
  }
  return out
}

function glyphMap(codes: readonly number[], glyphs: readonly number[]): Uint8Array {
  const map = Buffer.alloc(2 * ((codes.at(-1) ?? 0) + 1))
  codes.forEach((code, i) => {
    map.writeUInt16BE(glyphs[i]!, 2 * code)
  })
  return map
}

const SYSTEM = '/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>def\n'
const ENCODING = {
  Type: 'CMap',
  CMapName: 'Octavo-Glyphs',
  CIDSystemInfo: { Registry: text('Adobe'), Ordering: text('Identity'), Supplement: 0 },
}

function encoding(codes: readonly number[], glyphs: readonly number[]): string {
  const lines = codes.map((code, i) => `<${hex(code)}> ${glyphs[i]}`)
  return cmap('Octavo-Glyphs', 1, 'cidchar', lines)
}

function toUnicode(codes: readonly number[], font: Font): string {
  const lines = codes.map((code) => {
    let units = ''
    const value = font.codes[code]!.text || NOTHING
    for (let i = 0; i < value.length; i++) units += hex(value.charCodeAt(i))
    return `<${hex(code)}> <${units}>`
  })
  return cmap('Adobe-Identity-UCS', 2, 'bfchar', lines)
}

/** A CMap program: Adobe technical note 5014; a block holds at most a hundred lines. */
function cmap(name: string, type: number, operator: string, lines: readonly string[]): string {
  let blocks = ''
  for (let i = 0; i < lines.length; i += 100) {
    const block = lines.slice(i, i + 100)
    blocks += `${block.length} begin${operator}\n${block.join('\n')}\nend${operator}\n`
  }
  return (
    `/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n${SYSTEM}/CMapName/${name} def\n/CMapType ${type} def\n` +
    `1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${blocks}` +
    'endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n'
  )
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0')
}
