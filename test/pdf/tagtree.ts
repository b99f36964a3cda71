// In: a PDF file, read. Out: its structure tree as an indented text, every element with its attributes and the words it holds.
import { type Dict, Name, type Obj, operators, type Read, Reference, Stream, Text } from './reader.js'

/** The Unicode text of each code of a font, from its ToUnicode map. */
function textsOf(pdf: Read, font: Dict): Map<number, string> {
  const out = new Map<number, string>()
  const map = (pdf.get(font.get('ToUnicode')) as Stream).bytes.toString('latin1')
  for (const [, code, units] of map.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)) {
    let text = ''
    for (let i = 0; i < units!.length; i += 4) text += String.fromCharCode(Number.parseInt(units!.slice(i, i + 4), 16))
    if (code !== '0000' || units !== 'ffff') out.set(Number.parseInt(code!, 16), text)
  }
  return out
}

/** What a page shows: text by MCID, and what stands in artifacts. `[rule]`, `[image]` and `[path]` stand for themselves. */
export function contentOf(pdf: Read, page: Dict): Content {
  let content = known.get(page)
  if (content === undefined) known.set(page, (content = readContent(pdf, page)))
  return content
}

interface Content {
  marked: Map<number, string>
  artifacts: string
}
/** Pages that were read already. */
const known = new WeakMap<Dict, Content>()

function readContent(pdf: Read, page: Dict): Content {
  const marked = new Map<number, string>()
  let artifacts = ''
  const contents = pdf.get(page.get('Contents'))
  if (!(contents instanceof Stream)) return { marked, artifacts }
  const fonts = new Map<string, Map<number, string>>()
  const resources = pdf.dict(page.get('Resources'))
  let texts = new Map<number, string>()
  const stack: (number | 'artifact' | 'span' | 'hidden')[] = []
  const say = (text: string) => {
    if (stack.includes('hidden')) return
    const mcid = stack.find((entry) => typeof entry === 'number')
    if (mcid !== undefined) marked.set(mcid, (marked.get(mcid) ?? '') + text)
    else if (stack.includes('artifact')) artifacts += text
    else throw new Error(`content without a mark: ${text}`)
  }
  for (const { op, operands } of operators(contents.bytes.toString('latin1'))) {
    if (op === 'BDC' || op === 'BMC') {
      const tag = (operands[0] as Name).name
      const properties = operands[1] as Dict | undefined
      const actual = properties?.get('ActualText')
      if (stack.length > 0 && tag !== 'Span') throw new Error(`${tag} within ${stack.at(-1)}`)
      if (tag === 'Artifact') stack.push('artifact')
      else if (actual instanceof Text) {
        say(actual.text)
        stack.push('hidden')
      } else stack.push(properties?.get('MCID') as number)
    } else if (op === 'EMC') {
      if (stack.pop() === undefined) throw new Error('EMC without a mark')
    } else if (op === 'Tf') {
      const name = (operands[0] as Name).name
      if (!fonts.has(name)) fonts.set(name, textsOf(pdf, pdf.dict(pdf.dict(resources.get('Font')).get(name))))
      texts = fonts.get(name)!
    } else if (op === 'TJ' || op === 'Tj') {
      for (const piece of op === 'TJ' ? (operands[0] as Obj[]) : operands) {
        if (!(piece instanceof Text)) continue
        for (let i = 0; i < piece.bytes.length; i += 2) {
          const code = (piece.bytes.charCodeAt(i) << 8) | piece.bytes.charCodeAt(i + 1)
          const text = texts.get(code)
          if (text === undefined) throw new Error(`code ${code} without Unicode`)
          say(text)
        }
      }
    } else if (op === 're') say('[rule]')
    else if (op === 'm') say('[path]')
    else if (op === 'Do') say('[image]')
  }
  if (stack.length > 0) throw new Error('mark left open')
  return { marked, artifacts }
}

const quoted = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 28)} … ${text.slice(-28)}` : text)

const plain = (value: Obj) =>
  value instanceof Name ? value.name : value instanceof Text ? JSON.stringify(value.text) : String(value)

export function tagTree(pdf: Read): string {
  const contents = pdf.pages.map((page) => contentOf(pdf, page).marked)
  const shown = new Set<string>()
  const lines: string[] = []
  const walk = (node: Obj, parent: Obj, depth: number) => {
    const element = pdf.dict(node)
    if ((element.get('P') as Reference).id !== (parent as Reference).id) throw new Error('wrong parent')
    const page = element.get('Pg') as Reference | undefined
    const parts = [(element.get('S') as Name).name]
    for (const key of ['T', 'Lang', 'Alt', 'E', 'ID']) {
      const value = element.get(key)
      if (value instanceof Text) parts.push(`${key}=${JSON.stringify(value.text)}`)
    }
    const attributes = element.get('A')
    if (attributes instanceof Map)
      for (const [key, value] of attributes)
        if (key !== 'O') parts.push(`${key}=${Array.isArray(value) ? value.map(plain).join(' ') : plain(value)}`)
    lines.push('  '.repeat(depth) + parts.join(' '))
    const inner = '  '.repeat(depth + 1)
    const kids = element.get('K')
    for (const kid of kids === undefined ? [] : Array.isArray(kids) ? kids : [kids]) {
      if (kid instanceof Reference) walk(kid, node, depth + 1)
      else {
        const properties = kid instanceof Map ? kid : undefined
        const place = (properties?.get('Pg') ?? page) as Reference
        const number = pdf.pageIds.indexOf(place.id)
        if (properties?.has('Obj')) {
          const link = pdf.dict(properties.get('Obj'))
          const target = link.get('Dest') ?? pdf.dict(link.get('A')).get('URI')
          lines.push(
            `${inner}link on page ${number}: ${(target as Text).text}; ${quoted((link.get('Contents') as Text).text)}`,
          )
        } else {
          const mcid = (properties?.get('MCID') ?? kid) as number
          const text = contents[number]!.get(mcid)
          if (text === undefined) throw new Error(`no content ${mcid} on page ${number}`)
          if (shown.has(`${number} ${mcid}`)) throw new Error(`content ${mcid} of page ${number} in two elements`)
          shown.add(`${number} ${mcid}`)
          lines.push(`${inner}${number}: ${quoted(text)}`)
        }
      }
    }
  }
  const root = pdf.catalog.get('StructTreeRoot')!
  for (const kid of pdf.array(pdf.dict(root).get('K'))) walk(kid, root, 0)
  contents.forEach((page, number) => {
    for (const mcid of page.keys())
      if (!shown.has(`${number} ${mcid}`)) throw new Error(`content ${mcid} of page ${number} lost`)
  })
  return `${lines.join('\n')}\n`
}
