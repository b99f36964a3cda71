// In: a PDF file as Octavo writes it. Out: its objects, pages, structure tree and operators, read back by nothing that wrote them.
import { inflateSync } from 'node:zlib'

export type Obj = number | boolean | null | Name | Text | Reference | Obj[] | Dict | Stream
export class Name {
  constructor(readonly name: string) {}
}
/** Bytes of a string, one a character. */
export class Text {
  constructor(readonly bytes: string) {}
  get text(): string {
    if (!this.bytes.startsWith('\xfe\xff')) return this.bytes
    let out = ''
    for (let i = 2; i < this.bytes.length; i += 2)
      out += String.fromCharCode((this.bytes.charCodeAt(i) << 8) | this.bytes.charCodeAt(i + 1))
    return out
  }
}
export class Reference {
  constructor(readonly id: number) {}
}
export type Dict = Map<string, Obj>
export class Stream {
  constructor(
    readonly dict: Dict,
    readonly raw: Buffer,
  ) {}
  get bytes(): Buffer {
    const filter = this.dict.get('Filter')
    return filter instanceof Name && filter.name === 'FlateDecode' ? inflateSync(this.raw) : this.raw
  }
}

/** A token of a content stream or file: an operator or keyword is an Op. */
export class Op {
  constructor(readonly op: string) {}
}

const NAME = /\/[^\s()<>[\]{}/%]*/y
const WORD = /[^\s()<>[\]{}/%]+/y
const REFERENCE = /(\d+) (\d+) R(?![A-Za-z])/y

export class Parser {
  at = 0
  constructor(
    readonly s: string,
    at = 0,
  ) {
    this.at = at
  }
  space(): void {
    for (;;) {
      const c = this.s[this.at]
      if (c === '%') while (this.at < this.s.length && this.s[this.at] !== '\n') this.at++
      else if (c !== undefined && ' \t\r\n\f\0'.includes(c)) this.at++
      else return
    }
  }
  /** The next object or operator; undefined at the end. */
  next(): Obj | Op | undefined {
    this.space()
    const { s } = this
    const c = s[this.at]
    if (c === undefined) return undefined
    if (c === '/') {
      const word = this.take(NAME)
      return new Name(
        word.slice(1).replace(/#([0-9a-fA-F]{2})/g, (_, h) => String.fromCharCode(Number.parseInt(h, 16))),
      )
    }
    if (c === '(') return this.string()
    if (c === '[') {
      this.at++
      const out: Obj[] = []
      for (;;) {
        const item = this.next()
        if (item instanceof Op && item.op === ']') return out
        if (item === undefined || item instanceof Op) throw new Error(`in an array: ${item?.op}`)
        out.push(item)
      }
    }
    if (s.startsWith('<<', this.at)) {
      this.at += 2
      const out: Dict = new Map()
      for (;;) {
        const key = this.next()
        if (key instanceof Op && key.op === '>>') return out
        if (!(key instanceof Name)) throw new Error(`key at ${this.at}`)
        const value = this.next()
        if (value === undefined || value instanceof Op) throw new Error(`value of ${key.name}`)
        if (out.has(key.name)) throw new Error(`${key.name} twice`)
        out.set(key.name, value)
      }
    }
    if (s.startsWith('>>', this.at)) {
      this.at += 2
      return new Op('>>')
    }
    if (c === '<') {
      const end = s.indexOf('>', this.at)
      const hex = s.slice(this.at + 1, end).replace(/\s/g, '')
      this.at = end + 1
      return new Text(Buffer.from(hex, 'hex').toString('latin1'))
    }
    if (c === ']') {
      this.at++
      return new Op(']')
    }
    if (c >= '0' && c <= '9') {
      REFERENCE.lastIndex = this.at
      const reference = REFERENCE.exec(s)
      if (reference) {
        this.at += reference[0].length
        return new Reference(Number(reference[1]))
      }
    }
    const word = this.take(WORD)
    if ((c <= '9' || c === '.') && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word)
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    return new Op(word)
  }
  private take(token: RegExp): string {
    token.lastIndex = this.at
    const [word] = token.exec(this.s)!
    this.at += word.length
    return word
  }
  private string(): Text {
    const { s } = this
    let depth = 0
    let out = ''
    for (this.at++; ; this.at++) {
      let c = s[this.at]
      if (c === undefined) throw new Error('string without end')
      if (c === '\\') {
        c = s[++this.at]!
        out += { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[c] ?? c
        continue
      }
      if (c === '\r') throw new Error('a bare carriage return in a string')
      if (c === '(') depth++
      if (c === ')' && depth-- === 0) break
      out += c
    }
    this.at++
    return new Text(out)
  }
}

export interface Read {
  trailer: Dict
  catalog: Dict
  get(value: Obj | undefined): Obj | undefined
  dict(value: Obj | undefined): Dict
  array(value: Obj | undefined): Obj[]
  /** Every object by number. */
  objects: Map<number, Obj>
  pages: Dict[]
  pageIds: number[]
}

export function readPdf(bytes: Uint8Array): Read {
  const file = Buffer.from(bytes)
  const s = file.toString('latin1')
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(s.slice(-60))![1])
  const objects = new Map<number, Obj>()

  const readStream = (parser: Parser, dict: Dict, length: number): Stream => {
    const begin = parser.s.indexOf('stream\n', parser.at) + 7
    if (!/^\s*endstream/.test(s.slice(begin + length, begin + length + 20))) throw new Error('wrong Length')
    return new Stream(dict, file.subarray(begin, begin + length))
  }
  const objectAt = (offset: number, id: number): Obj => {
    const parser = new Parser(s, offset)
    if (parser.next() !== id) throw new Error(`object ${id} is not at ${offset}`)
    parser.next()
    parser.next()
    const value = parser.next() as Obj
    if (!(value instanceof Map)) return value
    parser.space()
    return s.startsWith('stream', parser.at) ? readStream(parser, value, value.get('Length') as number) : value
  }

  // The plain table of PDF's first versions (7.5.4), with its trailer.
  if (s.startsWith('xref', start)) {
    const from = s.indexOf('\n', start) + 1
    const end = s.indexOf('trailer', from)
    const rows = s.slice(s.indexOf('\n', from) + 1, end).match(/\d{10} \d{5} [nf]/g) ?? []
    rows.forEach((row, id) => {
      if (row.endsWith('n')) objects.set(id, objectAt(Number(row.slice(0, 10)), id))
    })
    return whole(objects, new Parser(s, end + 7).next() as Dict)
  }

  const tableAt = (place: number) => objectAt(place, Number(/^\d+/.exec(s.slice(place, place + 12))![0])) as Stream
  const table = tableAt(start)
  const stored: [id: number, container: number, index: number][] = []
  // A linearised file has two tables.
  for (let each: Stream | undefined = table; each; ) {
    const [, width] = each.dict.get('W') as number[]
    const rows = each.dict.has('DecodeParms') ? unpredict(each.bytes, width! + 3) : each.bytes
    const [from] = (each.dict.get('Index') as number[] | undefined) ?? [0]
    for (let at = 0, id = from!; at < rows.length; at += width! + 3, id++) {
      const first = rows.readUIntBE(at + 1, width!)
      if (rows[at] === 1) objects.set(id, objectAt(first, id))
      if (rows[at] === 2) stored.push([id, first, rows.readUInt16BE(at + 1 + width!)])
    }
    const previous: Obj | undefined = each.dict.get('Prev')
    each = previous === undefined ? undefined : tableAt(previous as number)
  }
  const containers = new Map<number, { body: string; offsets: [number, number][] }>()
  for (const [id, container, index] of stored) {
    let entry = containers.get(container)
    if (!entry) {
      const stream = objects.get(container) as Stream
      const body = stream.bytes.toString('latin1')
      const numbers = body
        .slice(0, stream.dict.get('First') as number)
        .trim()
        .split(/\s+/)
        .map(Number)
      const offsets: [number, number][] = []
      for (let i = 0; i < numbers.length; i += 2)
        offsets.push([numbers[i]!, numbers[i + 1]! + (stream.dict.get('First') as number)])
      containers.set(container, (entry = { body, offsets }))
    }
    const [own, offset] = entry.offsets[index]!
    if (own !== id) throw new Error(`object ${id} is not in ${container}`)
    objects.set(id, new Parser(entry.body, offset).next() as Obj)
  }

  return whole(objects, table.dict)
}

function whole(objects: Map<number, Obj>, trailer: Dict): Read {
  const get = (value: Obj | undefined): Obj | undefined => {
    if (!(value instanceof Reference)) return value
    if (!objects.has(value.id)) throw new Error(`no object ${value.id}`)
    return get(objects.get(value.id))
  }
  const dict = (value: Obj | undefined): Dict => {
    const got = get(value)
    if (got instanceof Stream) return got.dict
    if (!(got instanceof Map)) throw new Error('not a dictionary')
    return got
  }
  const array = (value: Obj | undefined): Obj[] => (get(value) as Obj[] | undefined) ?? []
  const catalog = dict(trailer.get('Root'))
  const pages: Dict[] = []
  const pageIds: number[] = []
  const walk = (node: Obj) => {
    const here = dict(node)
    if ((here.get('Type') as Name).name === 'Page') {
      pages.push(here)
      pageIds.push((node as Reference).id)
    } else for (const kid of array(here.get('Kids'))) walk(kid)
  }
  walk(catalog.get('Pages')!)
  return { trailer, catalog, get, dict, array, objects, pages, pageIds }
}

function unpredict(bytes: Buffer, width: number): Buffer {
  const out = Buffer.alloc((bytes.length / (width + 1)) * width)
  for (let row = 0; row * (width + 1) < bytes.length; row++) {
    if (bytes[row * (width + 1)] !== 2) throw new Error('predictor')
    for (let i = 0; i < width; i++)
      out[row * width + i] = (bytes[row * (width + 1) + 1 + i]! + (row > 0 ? out[(row - 1) * width + i]! : 0)) & 0xff
  }
  return out
}

/** A content stream's operators with their operands. */
export function operators(content: string): { op: string; operands: Obj[] }[] {
  const parser = new Parser(content)
  const out: { op: string; operands: Obj[] }[] = []
  let operands: Obj[] = []
  for (let token = parser.next(); token !== undefined; token = parser.next()) {
    if (token instanceof Op) {
      out.push({ op: token.op, operands })
      operands = []
    } else operands.push(token)
  }
  return out
}
