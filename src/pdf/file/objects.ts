// In: objects, in the order in which they are ready. Out: a PDF file, compact (object streams, cross-reference stream)
// and the same for the same objects. The only file that knows pdfkit.
//
// pdfkit 0.20.2 keeps the catalog, the page list and the information dictionary, numbers the objects and writes them
// down. What it does in a way that this house cannot use, and what stands here or beside it instead (test/pdf/pdfkit.test.ts
// tells when an upgrade makes one of these needless):
//   1. `_addInfo` puts title and author into the XMP packet unescaped: `endMetadata` is replaced, xmp.ts writes the packet.
//   2. Name trees are sorted by `localeCompare`, which is neither the standard's order nor the same everywhere: navigation.ts
//      and structure.ts write their trees.
//   3. Every object stands by itself, uncompressed, with a table of twenty bytes for each: `_write`, `_refEnd` and
//      `_finalize` are replaced; a tagged book has more structure elements than lines.
//   4. `ID` depends on the information dictionary alone, so two states of a book share it: made here from the bytes.
//   5. A stream of no bytes is written as no stream: `ref.end` of nothing must not be called for one; blank pages go without.
//   6. An object that was never ended makes the file end without a word: `finish` names it.
//   7. Pages come with a flipped axis, `UserUnit`, `ProcSet` and a dictionary of resources each: page-tree.ts writes them.
//   8. Its fonts hold no code apart from a glyph, and its PDF/UA subset writes a CIDSet that leaves out parts of composite
//      glyphs: composite-fonts.ts embeds fonts.
//   9. A structure element's OBJR names the page that is current when the element is written: structure.ts writes the tree.
//  10. Outline entries point at the page's right edge, `Count` counts only open children: navigation.ts writes the outline.
//  11. `link` gives annotations an empty `Contents`: navigation.ts writes them.
//  12. PNG pictures with alpha are finished on another turn of the event loop, and small palettes with alpha are read as
//      if they had eight bits: they are read by images/png.ts.
//  13. Its colour profile is a file beside its code, which a bundle has not: icc.ts makes the profile.
//  14. Unless told otherwise, it loads Helvetica, which cannot be embedded: `font: ''`.

import { createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import { flate } from './deflate.js'
import type { FileWriter } from './file-writer.js'
import { linearised } from './linear.js'
import type { LinearObject } from './linear-parts.js'
import { createPlainFile } from './plain-file.js'
import { bytesOf, joined } from './syntax.js'

/** A name is a string, a text is `text(…)`. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | { valueOf(): string }
  | Date
  | Uint8Array
  | Ref
  | Source
  | Value[]
  | Dictionary
export interface Dictionary {
  [key: string]: Value
}

export interface Ref {
  id: number
  data: Dictionary
  write(chunk: Uint8Array): void
  end(): void
}

export interface Pdf {
  catalog: Dictionary
  /** The catalog's name dictionary. */
  names: Dictionary
  /** The root of the page tree: Kids and Count are the caller's. */
  pages: Ref
  /** The root of the outline, written only if `catalog.Outlines` names it. */
  outline: Ref
  /** An object that pdfkit will write when it is ended. */
  ref(data: Dictionary): Ref
  /** Numbers for `count` objects that are written by `put`: the first of them. */
  reserve(count: number): number
  /** How a dictionary names an object that was reserved. */
  named(id: number): Value
  /** An object that is no stream, as PDF source. */
  put(id: number, source: string): void
  /** A stream object, written at once; `bytes` are what `data.Filter` says. */
  stream(data: Dictionary, bytes: Uint8Array): Ref
  /** `pages`: of a linear file, the numbers of the page objects, in their order. Throws if an object was named and never written. */
  finish(pages?: readonly number[]): Uint8Array
}

export interface PdfOptions {
  /** Those before 1.5 are plain: no object within another. */
  version: '1.3' | '1.4' | '1.6' | '1.7'
  language: string
  /** The information dictionary. */
  info: { [key: string]: string | Date | Source }
  /** The XMP packet. */
  xmp: string
  /** Linearised, for the web. */
  linear?: boolean | undefined
  /** What all states of this file have in common. */
  identity: string
}

/** What pdfkit's document has and its type package does not tell. */
interface Kit {
  _root: Ref
  _info: Ref
  _offsets: unknown[]
  outline: { dictionary: Ref }
  ref(data: Dictionary): Ref
  end(): void
  endMetadata(): void
  _write(chunk: string | Uint8Array): void
  _refEnd(ref: Ref): void
  _finalize(): void
}

/** A value as PDF source: pdfkit writes one of a kind that it does not know by its `toString`. */
export class Source {
  readonly [Symbol.toStringTag] = 'Source'
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
  toString(): string {
    return this.source
  }
}

/** Objects in an object stream: a reader unpacks them all to see one. */
const OBJECTS = 200

export function openPdf(options: PdfOptions): Pdf {
  const kit = new PDFDocument({
    autoFirstPage: false,
    compress: false,
    font: '',
    lang: options.language,
    pdfVersion: options.version,
    info: options.info as { [key: string]: string },
  }) as unknown as Kit
  const plain = options.version === '1.3' || options.version === '1.4'
  const make = options.linear ? createLinearFile : plain ? createPlainFile : createFile
  const file: FileWriter<Dictionary> = make(options.version)

  let pending: (string | Uint8Array)[] = []
  kit._write = (chunk) => pending.push(chunk)
  kit._refEnd = (ref) => {
    // pdfkit writes an object in one go: head, value, then the stream if there is one, and the end.
    const chunks = pending
    pending = []
    if (chunks.length === 3) file.put(ref.id, String(chunks[1]))
    else file.direct(ref.id, chunks)
  }
  kit._finalize = () => {}
  kit.endMetadata = () => {
    const packet = new TextEncoder().encode(options.xmp)
    kit._root.data['Metadata'] = stream({ Type: 'Metadata', Subtype: 'XML' }, packet)
  }

  const stream = (data: Dictionary, bytes: Uint8Array): Ref => {
    if (bytes.length === 0) throw new Error('a stream without bytes')
    const ref = kit.ref(data)
    ref.write(bytes)
    ref.end()
    return ref
  }
  file.onFull = (data, bytes) => stream(data, bytes).id

  const catalog = kit._root.data
  const names = (catalog['Names'] as Ref).data
  delete names['Dests']
  return {
    catalog,
    names,
    pages: catalog['Pages'] as Ref,
    outline: kit.outline.dictionary,
    ref: (data) => kit.ref(data),
    reserve(count) {
      const first = kit._offsets.length + 1
      for (let i = 0; i < count; i++) kit._offsets.push(null)
      return first
    },
    named: (id) => new Source(`${id} 0 R`),
    put: (id, source) => file.put(id, source),
    stream,
    finish(pages = []) {
      kit.end()
      return file.finish(kit._root.id, kit._info.id, options.identity, pages, () => kit.ref({}).id)
    },
  }
}

/** The file's bytes and where its objects stand: ISO 32000-1, 7.5.7 and 7.5.8. */
function createFile(version: string): FileWriter<Dictionary> {
  const chunks: Uint8Array[] = []
  let length = 0
  const write = (bytes: Uint8Array) => {
    chunks.push(bytes)
    length += bytes.length
  }
  // The second line tells transfer programs that the file is binary.
  write(bytesOf(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`))

  // By object number: what kind of entry the cross-reference stream has for it, and its two numbers.
  const kinds: number[] = [0]
  const firsts: number[] = [0]
  const seconds: number[] = [65535]
  const place = (id: number, kind: number, first: number, second: number) => {
    if (kinds[id]) throw new Error(`object ${id} written twice`)
    kinds[id] = kind
    firsts[id] = first
    seconds[id] = second
  }

  let ids: number[] = []
  let offsets = ''
  let sources: string[] = []
  let size = 0
  const flush = () => {
    if (ids.length === 0) return
    const [full, head, body] = [ids, offsets, sources.join('')]
    ids = []
    offsets = ''
    sources = []
    size = 0
    const data = { Type: 'ObjStm', N: full.length, First: head.length, Filter: 'FlateDecode' }
    const container = file.onFull(data, flate(bytesOf(head + body)))
    for (let i = 0; i < full.length; i++) place(full[i]!, 2, container, i)
  }

  const file: FileWriter<Dictionary> = {
    onFull: () => 0,
    put(id, source) {
      ids.push(id)
      offsets += `${id} ${size} `
      sources.push(source, '\n')
      size += source.length + 1
      if (ids.length === OBJECTS) flush()
    },
    direct(id, parts) {
      place(id, 1, length, 0)
      for (const part of parts) write(typeof part === 'string' ? bytesOf(`${part}\n`) : part)
    },
    finish(root, info, identity, _pages, number) {
      flush()
      const id = number()
      place(id, 1, length, 0)
      for (let i = 1; i <= id; i++) if (!kinds[i]) throw new Error(`object ${i} was named and never written`)
      const digest = createHash('sha256')
      for (const chunk of chunks) digest.update(chunk)
      const ids = [createHash('sha256').update(identity).digest('hex'), digest.digest('hex')].map((s) => s.slice(0, 32))
      const width = length > 0xffffff ? 4 : 3
      const table = flate(predict(entries(id + 1, width, kinds, firsts, seconds), width + 3))
      write(
        bytesOf(
          `${id} 0 obj\n<</Type/XRef/Size ${id + 1}/W[1 ${width} 2]/Root ${root} 0 R/Info ${info} 0 R` +
            `/ID[<${ids[0]}><${ids[1]}>]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns ${width + 3}>>` +
            `/Length ${table.length}>>\nstream\n`,
        ),
      )
      const start = firsts[id]
      write(table)
      write(bytesOf(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`))
      return joined(chunks, length)
    },
  }
  return file
}

/** Objects are kept until all are there: a linearised file is in an order of its own. */
function createLinearFile(version: string): FileWriter<Dictionary> {
  const objects = new Map<number, LinearObject>()
  const keep = (id: number, object: LinearObject) => {
    if (objects.has(id)) throw new Error(`object ${id} written twice`)
    objects.set(id, object)
  }
  return {
    onFull: () => 0,
    put: (id, source) => keep(id, { source }),
    direct(id, parts) {
      const stream = Buffer.concat(parts.filter((part) => typeof part !== 'string'))
      keep(id, { source: String(parts[1]), stream })
    },
    finish: (root, info, identity, pages) => linearised({ version, objects, root, info, pages, identity }),
  }
}

/** Rows of the cross-reference stream: kind, first number, second number, each big end first. */
function entries(count: number, width: number, kinds: number[], firsts: number[], seconds: number[]): Uint8Array {
  const rows = Buffer.alloc(count * (width + 3))
  for (let i = 0, at = 0; i < count; i++, at += width + 3) {
    rows[at] = kinds[i]!
    rows.writeUIntBE(firsts[i]!, at + 1, width)
    rows.writeUInt16BE(seconds[i]!, at + 1 + width)
  }
  return rows
}

/** PNG's predictor `Up`: each row as its difference from the one above. */
function predict(rows: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array((rows.length / width) * (width + 1))
  for (let from = 0, to = 0; from < rows.length; from += width) {
    out[to++] = 2
    for (let i = 0; i < width; i++) out[to++] = (rows[from + i]! - (from > 0 ? rows[from + i - width]! : 0)) & 0xff
  }
  return out
}

/** A text, where a plain string would be written as a name. */
export function text(value: string): Value {
  return new String(value)
}
