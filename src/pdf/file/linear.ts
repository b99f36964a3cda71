// In: a file's objects, and which of them are pages. Out: the same file linearised (ISO 32000-1, annex F): a reader on the web
// shows the first page before the rest has come, and asks for the others by where they stand.
import { createHash } from 'node:crypto'
import { flate } from './deflate.js'
import { hintStream } from './linear-hints.js'
import { type LinearObject, type Plan, planParts, REFERENCE } from './linear-parts.js'
import { bytesOf, joined } from './syntax.js'

export interface LinearInput {
  version: string
  /** By number, from 1. */
  objects: Map<number, LinearObject>
  root: number
  info: number
  /** Numbers of the page objects, in their order. */
  pages: readonly number[]
  /** What all states of the file have in common. */
  identity: string
}

/** Room for the dictionary that tells where everything stands, which is known last. */
const PARAMETERS = 200
const PARAMETERS_END = '\nendobj\n'

export function linearised({ version, objects, root, info, pages, identity }: LinearInput): Uint8Array {
  const plan = planParts(objects, root, pages)
  const { first, rest } = plan
  const numbering = numberObjects(plan)
  const { numbers, count, mainTable, parameters, firstTable, hints } = numbering
  const { bodies, lengths, digest } = writeBodies(objects, plan, numbers)
  const ids = [createHash('sha256').update(identity).digest('hex'), digest].map((s) => `<${s.slice(0, 32)}>`)

  // Everything has its length: now where it stands. The table of the first page is not deflated, so that it has one too.
  const header = bytesOf(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`)
  const firstCount = count - parameters + 1
  const firstHead = (previous: number) =>
    `${firstTable} 0 obj\n<</Type/XRef/Size ${count + 1}/Index[${parameters} ${firstCount}]/W[1 4 2]/Root ${numbers.get(root)} 0 R` +
    `/Info ${numbers.get(info)} 0 R/ID[${ids.join('')}]/Prev ${String(previous).padEnd(10)}/Length ${firstCount * ROW}>>\nstream\n`
  const firstTail = '\nendstream\nendobj\nstartxref\n0\n%%EOF\n'
  const tableAt = header.length + PARAMETERS
  const places = new Map<number, number>()
  let at = tableAt + firstHead(0).length + firstCount * ROW + firstTail.length
  const put = (id: number) => {
    places.set(id, at)
    at += lengths.get(id)!
  }
  for (const id of plan.open) put(id)
  const hintsAt = at
  // Hints count as if they were not there themselves (F.4).
  const before = new Map<number, number>()
  let without = at
  for (const id of [...first, ...rest]) {
    before.set(id, without)
    without += lengths.get(id)!
  }
  const hint = hintStream(plan, pages, numbers, lengths, before)
  const hintObject = hintObjectOf(hints, hint)
  at += sum(hintObject.map((chunk) => chunk.length))
  const hintsEnd = at
  for (const id of first) put(id)
  const end = at
  for (const id of rest) put(id)
  const mainAt = at

  // By number: kind and two figures.
  const rows = Buffer.alloc((count + 1) * ROW)
  const row = (id: number, kind: number, a: number, b: number) => {
    rows[id * ROW] = kind
    rows.writeUInt32BE(a, id * ROW + 1)
    rows.writeUInt16BE(b, id * ROW + 5)
  }
  row(0, 0, 0, 65535)
  for (const [id, place] of places) {
    row(numbers.get(id)!, 1, place, 0)
    plan.members.get(id)?.forEach((member, i) => {
      row(numbers.get(member)!, 2, numbers.get(id)!, i)
    })
  }
  row(mainTable, 1, mainAt, 0)
  row(parameters, 1, header.length, 0)
  row(firstTable, 1, tableAt, 0)
  row(hints, 1, hintsAt, 0)

  const table = flate(rows.subarray(0, parameters * ROW))
  const main = [
    bytesOf(
      `${mainTable} 0 obj\n<</Type/XRef/Size ${parameters}/W[1 4 2]/ID[${ids.join('')}]/Filter/FlateDecode/Length ${table.length}>>\nstream\n`,
    ),
    table,
    bytesOf(`\nendstream\nendobj\nstartxref\n${tableAt}\n%%EOF\n`),
  ]
  const length = mainAt + sum(main.map((chunk) => chunk.length))
  const told =
    `${parameters} 0 obj\n<</Linearized 1/L ${length}/H[${hintsAt} ${hintsEnd - hintsAt}]/O ${numbers.get(pages[0]!)}` +
    `/E ${end}/N ${pages.length}/T ${mainAt}>>`
  const chunks = [
    header,
    // PDF/A wants a line's end on either side of `endobj`.
    bytesOf(`${told.padEnd(PARAMETERS - PARAMETERS_END.length)}${PARAMETERS_END}`),
    bytesOf(firstHead(mainAt)),
    rows.subarray(parameters * ROW),
    bytesOf(firstTail),
    ...plan.open.flatMap((id) => bodies.get(id)!),
    ...hintObject,
    ...[...first, ...rest].flatMap((id) => bodies.get(id)!),
    ...main,
  ]
  return joined(chunks, length)
}

function hintObjectOf(id: number, { bytes, shared, outlines }: ReturnType<typeof hintStream>): Uint8Array[] {
  const places = `/S ${shared}${outlines === undefined ? '' : `/O ${outlines}`}`
  return [
    bytesOf(`${id} 0 obj\n<<${places}/Filter/FlateDecode/Length ${bytes.length}>>\nstream\n`),
    bytes,
    bytesOf('\nendstream\nendobj\n'),
  ]
}

interface Numbering {
  /** By the number that an object had before. */
  numbers: Map<number, number>
  /** The highest number. */
  count: number
  /** Of what linearising adds: the tables of both parts, what tells where everything stands, and the hints. */
  mainTable: number
  parameters: number
  firstTable: number
  hints: number
}

/** The rest comes first in the numbering: its pages are 1 and on (F.3.3). */
function numberObjects({ open, first, rest, members }: Plan): Numbering {
  const numbers = new Map<number, number>()
  let count = 0
  const number = (id: number) => void numbers.set(id, ++count)
  for (const id of rest) number(id)
  const mainTable = ++count
  for (const id of rest) for (const member of members.get(id) ?? []) number(member)
  const parameters = ++count
  const firstTable = ++count
  for (const id of open) number(id)
  const hints = ++count
  for (const id of first) number(id)
  for (const id of first) for (const member of members.get(id) ?? []) number(member)
  return { numbers, count, mainTable, parameters, firstTable, hints }
}

interface Bodies {
  /** By the number that an object had before: its bytes, and how many. */
  bodies: Map<number, Uint8Array[]>
  lengths: Map<number, number>
  /** Of all of them. */
  digest: string
}

function writeBodies(
  objects: ReadonlyMap<number, LinearObject>,
  plan: Plan,
  numbers: ReadonlyMap<number, number>,
): Bodies {
  const renamed = (source: string) =>
    source.replace(REFERENCE, (whole, id: string | undefined) => {
      if (id === undefined) return whole
      const to = numbers.get(Number(id))
      if (to === undefined) throw new Error(`object ${id} was named and never written`)
      return `${to} 0 R`
    })
  const body = (id: number): Uint8Array[] => {
    const members = plan.members.get(id)
    if (members)
      return packed(
        numbers.get(id)!,
        members.map((each) => [numbers.get(each)!, renamed(objects.get(each)!.source)]),
      )
    const { source, stream } = objects.get(id)!
    const head = `${numbers.get(id)} 0 obj\n${renamed(source)}\n`
    return stream
      ? [bytesOf(`${head}stream\n`), stream, bytesOf('\nendstream\nendobj\n')]
      : [bytesOf(`${head}endobj\n`)]
  }
  const bodies = new Map<number, Uint8Array[]>()
  const lengths = new Map<number, number>()
  const digest = createHash('sha256')
  for (const id of [...plan.open, ...plan.first, ...plan.rest]) {
    const chunks = body(id)
    for (const chunk of chunks) digest.update(chunk)
    bodies.set(id, chunks)
    lengths.set(id, sum(chunks.map((chunk) => chunk.length)))
  }
  return { bodies, lengths, digest: digest.digest('hex') }
}

const ROW = 7

function packed(id: number, members: [id: number, source: string][]): Uint8Array[] {
  let offsets = ''
  let sources = ''
  for (const [member, source] of members) {
    offsets += `${member} ${sources.length} `
    sources += `${source}\n`
  }
  const bytes = flate(bytesOf(offsets + sources))
  const head = `${id} 0 obj\n<</Type/ObjStm/N ${members.length}/First ${offsets.length}/Filter/FlateDecode/Length ${bytes.length}>>\nstream\n`
  return [bytesOf(head), bytes, bytesOf('\nendstream\nendobj\n')]
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
