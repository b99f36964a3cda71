// In: a PDF's bytes. Out: what is wrong with it (in words), and the text of its structure tree. Quick: every book of the fuzzer is asked.

import {
  type Dict,
  type Name,
  type Obj,
  operators,
  type Read,
  Reference,
  readPdf,
  Stream,
  Text,
} from '../pdf/reader.js'
import { contentOf, tagTree } from '../pdf/tagtree.js'

export interface PdfSeen {
  faults: string[]
  /** In the order of the tree; nothing if it is not tagged. */
  text: string
  pages: number
  title: string
  /** Everything in the file, unpacked. */
  raw: string
}

/** ISO 32000-1, table A.1, without what only Type 3 fonts and inline images have. */
const OPERATORS = new Set(
  `b B b* B* BDC BMC BT BX c cm CS cs d Do DP EMC ET EX f f* G g gs h i j J K k l M m MP n q Q re RG rg ri S s SC sc SCN scn
   sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`.split(/\s+/),
)

export function lookAtPdf(bytes: Uint8Array, edition: 'pdf' | 'print' | 'booklet'): PdfSeen {
  const seen: PdfSeen = { faults: [], text: '', pages: 0, title: '', raw: '' }
  const fault = (what: string) => seen.faults.push(`PDF: ${what}`)
  if (Buffer.from(bytes.subarray(0, 8)).toString('latin1') !== `%PDF-1.${edition === 'print' ? 6 : 7}`)
    fault('it does not begin as one')
  let pdf: Read
  try {
    pdf = readPdf(bytes)
  } catch (cause) {
    fault(`it cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
    return seen
  }
  seen.pages = pdf.pages.length
  if (seen.pages === 0) fault('it has no page')
  try {
    for (const value of pdf.objects.values()) resolve(pdf, value)
    seen.title = titleOf(pdf)
    destinations(pdf, fault)
    for (const page of pdf.pages) checkPage(pdf, page, fault)
    if (edition === 'pdf') {
      tagTree(pdf)
      seen.text = taggedText(pdf, fault)
    }
  } catch (cause) {
    fault(cause instanceof Error ? cause.message : String(cause))
  }
  for (const value of pdf.objects.values())
    if (value instanceof Stream && !/DCTDecode/.test(String((value.dict.get('Filter') as Name | undefined)?.name)))
      seen.raw += value.bytes.toString('latin1')
  seen.raw += Buffer.from(bytes).toString('latin1')
  return seen
}

/** Every reference leads to an object, and every packed stream is sound. */
function resolve(pdf: Read, value: Obj): void {
  if (value instanceof Reference) pdf.get(value)
  else if (Array.isArray(value)) for (const each of value) resolve(pdf, each)
  else if (value instanceof Map) for (const each of value.values()) resolve(pdf, each)
  else if (value instanceof Stream) {
    resolve(pdf, value.dict)
    value.bytes
  }
}

function checkPage(pdf: Read, page: Dict, fault: (what: string) => void): void {
  const box = pdf.array(page.get('MediaBox')) as number[]
  if (box.length !== 4 || !(box[2]! > 0 && box[3]! > 0)) fault('a page without a size')
  const contents = pdf.get(page.get('Contents'))
  if (!(contents instanceof Stream)) return
  let depth = 0
  for (const { op } of operators(contents.bytes.toString('latin1'))) {
    if (!OPERATORS.has(op)) fault(`the operator ${op.slice(0, 20)}`)
    if (op === 'q') depth++
    if (op === 'Q' && --depth < 0) fault('Q without q')
  }
  if (depth !== 0) fault('q without Q')
}

/** Named destinations that links and bookmarks go to. */
function destinations(pdf: Read, fault: (what: string) => void): void {
  const names = new Set<string>()
  const walk = (node: Dict) => {
    const pairs = pdf.array(node.get('Names'))
    for (let i = 0; i < pairs.length; i += 2) {
      const name = (pairs[i] as Text).bytes
      if (names.has(name)) fault(`the destination ${name} twice`)
      names.add(name)
    }
    for (const kid of pdf.array(node.get('Kids'))) walk(pdf.dict(kid))
  }
  const all = pdf.catalog.get('Names')
  const dests = all === undefined ? undefined : pdf.dict(all).get('Dests')
  if (dests !== undefined) walk(pdf.dict(dests))
  for (const value of pdf.objects.values()) {
    const dest = value instanceof Map ? pdf.get(value.get('Dest')) : undefined
    if (dest instanceof Text && !names.has(dest.bytes)) fault(`a link leads to ${dest.text}, which is not there`)
    const action = value instanceof Map ? pdf.get(value.get('A')) : undefined
    if (action instanceof Map && action.has('S')) {
      const kind = (action.get('S') as Name).name
      if (kind !== 'URI' && kind !== 'GoTo') fault(`an action of the kind ${kind}`)
      const uri = action.get('URI')
      if (uri instanceof Text && /^\s*(javascript|file|data):/i.test(uri.bytes)) fault(`a link to ${uri.bytes}`)
    }
  }
}

function titleOf(pdf: Read): string {
  const info = pdf.trailer.get('Info')
  const title = info === undefined ? undefined : pdf.get(pdf.dict(info).get('Title'))
  return title instanceof Text ? title.text : ''
}

/** What may stand in what (ISO 32000-1, 14.8.4.3; ISO 14289-1, 7.2). */
const PARTS: Record<string, RegExp> = {
  Table: /^(Caption|THead|TBody|TFoot|TR)$/,
  THead: /^TR$/,
  TBody: /^TR$/,
  TFoot: /^TR$/,
  TR: /^T[HD]$/,
  L: /^(Caption|LI|L)$/,
  LI: /^(Lbl|LBody)$/,
  TOC: /^(Caption|TOC|TOCI)$/,
}

function taggedText(pdf: Read, fault: (what: string) => void): string {
  const contents = pdf.pages.map((page) => contentOf(pdf, page).marked)
  let out = ''
  const walk = (node: Obj) => {
    const element = pdf.dict(node)
    const role = (element.get('S') as Name).name
    // Edges of blocks part words; those of spans in a line do not.
    const parted = !/^(Span|Em|Strong|Link|Reference|Quote|Code|Lbl)$/.test(role)
    if (parted) out += ' '
    const page = element.get('Pg') as Reference | undefined
    const kids = element.get('K')
    const all = kids === undefined ? [] : Array.isArray(kids) ? kids : [kids]
    if (PARTS[role] !== undefined) {
      const parts = all.map((kid) => (kid instanceof Reference ? (pdf.dict(kid).get('S') as Name).name : 'content'))
      for (const part of parts) if (!PARTS[role].test(part)) fault(`${part} in ${role}`)
      if (parts.includes('THead') && !parts.includes('TBody')) fault('a THead without a TBody')
    }
    for (const kid of all) {
      if (kid instanceof Reference) walk(kid)
      else if (!(kid instanceof Map && kid.has('Obj'))) {
        const place = ((kid instanceof Map ? kid.get('Pg') : undefined) ?? page) as Reference
        const mcid = (kid instanceof Map ? kid.get('MCID') : kid) as number
        out += contents[pdf.pageIds.indexOf(place.id)]!.get(mcid) ?? ''
      }
    }
    if (parted) out += ' '
  }
  const root = pdf.dict(pdf.catalog.get('StructTreeRoot'))
  for (const kid of pdf.array(root.get('K'))) walk(kid)
  return out.replaceAll('\u00ad', '').replace(/\[(rule|path|image)\]/g, '')
}
