// Small functions that make a Book by hand, numbered as the reader numbers it: for tests that need no folder.
import type {
  Block,
  Book,
  ContentsEntry,
  Image,
  Metadata,
  Note,
  Prose,
  Section,
  Span,
  TableCell,
} from '../../src/model/book.js'
import type { Role } from '../../src/model/role.js'
import { chunk } from '../pdf/images.js'

type SpanKind = Span['kind']
interface Part {
  span: { kind: SpanKind } & Record<string, unknown>
  parts: (string | Part)[]
}

const place = { path: 'fixture.md', line: 1 }
const base = { n: -1, classes: [], place }

const simple =
  (kind: SpanKind) =>
  (...parts: (string | Part)[]): Part => ({ span: { kind }, parts })

export const em = simple('emphasis')
export const strong = simple('strong')
export const code = simple('code')
export const strike = simple('strike')
export const sub = simple('sub')
export const sup = simple('sup')
export const sc = simple('smallcaps')
export const underline = simple('underline')
export const mark = simple('mark')
export const small = simple('small')
export const cite = simple('cite')
export const abbr = simple('abbr')
export const kbd = simple('kbd')
export const quoted = simple('quoted')
export const lang = (tag: string, ...parts: (string | Part)[]): Part => ({
  span: { kind: 'span', lang: tag, classes: [] },
  parts,
})
export const anchor = (id: string, ...parts: (string | Part)[]): Part => ({
  span: { kind: 'span', id, classes: [] },
  parts,
})
export const link = (href: string, ...parts: (string | Part)[]): Part => ({
  span: { kind: 'link', href, page: false, place },
  parts,
})
export const ref = (note: string, first = true): Part => ({ span: { kind: 'note', note, first }, parts: ['\ufffc'] })
export const image = (src: string, alt: string): Part => ({ span: { kind: 'image', src, alt }, parts: ['\ufffc'] })

export function prose(...parts: (string | Part)[]): Prose {
  const made: Prose = { n: -1, text: '', spans: [] }
  const add = (part: string | Part) => {
    if (typeof part === 'string') {
      made.text += part
      return
    }
    const span = { ...part.span, start: made.text.length, end: -1 } as unknown as Span
    made.spans.push(span)
    part.parts.forEach(add)
    span.end = made.text.length
  }
  parts.forEach(add)
  return made
}

export const p = (role: Role, ...parts: (string | Part)[]): Block => ({
  ...base,
  kind: 'paragraph',
  role,
  prose: prose(...parts),
})
export const h = (role: Role, level: number, ...parts: (string | Part)[]): Block => ({
  ...base,
  kind: 'heading',
  role,
  level,
  prose: prose(...parts),
})
export const quote = (...blocks: Block[]): Block => ({ ...base, kind: 'quote', role: 'quote', blocks })
export const group = (role: Extract<Block, { kind: 'group' }>['role'], ...blocks: Block[]): Block => ({
  ...base,
  kind: 'group',
  role,
  blocks,
})
export const list = (options: { ordered?: boolean; start?: number; tight?: boolean }, ...items: Block[][]): Block => ({
  ...base,
  kind: 'list',
  role: 'list',
  ordered: options.ordered ?? false,
  start: options.start ?? 1,
  tight: options.tight ?? true,
  items: items.map((blocks) => ({ blocks })),
})
export const item = (...parts: (string | Part)[]): Block => p('list', ...parts)
export const definitions = (...entries: [terms: string[], definitions: Block[][]][]): Block => ({
  ...base,
  kind: 'definitions',
  role: 'definition',
  entries: entries.map(([terms, found]) => ({ terms: terms.map((term) => prose(term)), definitions: found })),
})
export const pre = (text: string, language = ''): Block => ({
  ...base,
  kind: 'code',
  role: 'code',
  language,
  prose: prose(text),
})
export const verse = (...stanzas: (string | [indent: number, text: string])[][]): Block => ({
  ...base,
  kind: 'verse',
  role: 'verse',
  stanzas: stanzas.map((lines) =>
    lines.map((line) =>
      typeof line === 'string' ? { indent: 0, prose: prose(line) } : { indent: line[0], prose: prose(line[1]) },
    ),
  ),
})
export const cell = (text: string | Prose, more: Partial<TableCell> = {}): TableCell => ({
  prose: typeof text === 'string' ? prose(text) : text,
  head: false,
  colSpan: 1,
  rowSpan: 1,
  ...more,
})
export const table = (
  head: TableCell[][],
  body: TableCell[][],
  more: { caption?: Prose; aligns?: Extract<Block, { kind: 'table' }>['aligns'] } = {},
): Block => ({
  ...base,
  kind: 'table',
  role: 'cell',
  head: head.map((cells) => ({ cells: cells.map((each) => ({ ...each, head: true })) })),
  body: body.map((cells) => ({ cells })),
  aligns: more.aligns ?? [],
  caption: more.caption,
})
export const figure = (src: string, alt: string, caption?: Prose): Block => ({
  ...base,
  kind: 'figure',
  role: 'caption',
  src,
  alt,
  caption,
})
export const dinkus = (): Block => ({ ...base, kind: 'break', role: 'break' })
export const contents = (...entries: [depth: number, id: string, text: string][]): Block => ({
  ...base,
  kind: 'contents',
  role: 'contents-chapter',
  entries: entries.map(
    ([depth, id, text], i): ContentsEntry => ({
      depth,
      role: (entries[i + 1]?.[0] ?? 0) > depth ? 'contents-part' : 'contents-chapter',
      href: `#${id}`,
      prose: prose(text),
    }),
  ),
})
export const withId = (id: string, block: Block): Block => ({ ...block, id })
export const inLang = (tag: string, block: Block): Block => ({ ...block, lang: tag })
export const note = (section: string, label: string, ...blocks: Block[]): Note => ({
  id: `note-${section}-${label}`,
  label,
  blocks,
  place,
})

export function section(id: string, more: Partial<Section>, ...blocks: Block[]): Section {
  return {
    id,
    role: 'chapter',
    matter: 'body',
    depth: 1,
    generated: false,
    title: '',
    toc: true,
    language: 'en',
    notes: [],
    place,
    ...more,
    blocks,
  }
}

export function metadata(more: Partial<Metadata> = {}): Metadata {
  return {
    title: 'A Specimen',
    language: 'en',
    authors: [],
    contributors: [],
    subjects: [],
    modified: '2001-02-03T04:05:06Z',
    identifier: 'urn:uuid:12345678-1234-5234-9234-123456789abc',
    identifierGiven: true,
    slug: 'specimen',
    ...more,
  }
}

/** Numbers every anchor in reading order and finds every id. */
export function makeBook(about: Metadata, sections: Section[], images: Image[] = []): Book {
  const book: Book = {
    metadata: about,
    sections,
    images: new Map(images.map((each) => [each.path, each])),
    targets: new Map(),
    anchors: 0,
  }
  let n = 0
  const target = (id: string | undefined, where: Section, at: number) => {
    if (id !== undefined) book.targets.set(id, { section: where.id, n: at })
  }
  const number = (of: Prose, where: Section, at = n++) => {
    of.n = at
    for (const span of of.spans) if (span.kind === 'span') target(span.id, where, at)
  }
  const walk = (blocks: Block[], where: Section) => {
    for (const block of blocks) {
      block.n = n++
      target(block.id, where, block.n)
      switch (block.kind) {
        case 'paragraph':
        case 'heading':
        case 'code':
          number(block.prose, where, block.n)
          break
        case 'quote':
        case 'group':
          walk(block.blocks, where)
          break
        case 'list':
          for (const each of block.items) walk(each.blocks, where)
          break
        case 'definitions':
          for (const entry of block.entries) {
            for (const term of entry.terms) number(term, where)
            for (const each of entry.definitions) walk(each, where)
          }
          break
        case 'verse':
          for (const line of block.stanzas.flat()) number(line.prose, where)
          break
        case 'table':
          if (block.caption) number(block.caption, where)
          for (const row of [...block.head, ...block.body]) for (const each of row.cells) number(each.prose, where)
          break
        case 'figure':
          if (block.caption) number(block.caption, where)
          break
        case 'contents':
          for (const entry of block.entries) number(entry.prose, where)
          break
        case 'break':
      }
    }
  }
  for (const each of sections) {
    book.targets.set(each.id, { section: each.id, n })
    walk(each.blocks, each)
    for (const one of each.notes) walk(one.blocks, each)
  }
  book.anchors = n
  return book
}

/** A PNG of one colour: `width` by `height` pixels, uncompressed enough to be written by hand. */
export async function png(width: number, height: number, grey: number): Promise<Uint8Array> {
  const { deflateSync } = await import('node:zlib')
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const row = Buffer.alloc(width + 1, grey)
  row[0] = 0
  const pixels = Buffer.concat(Array.from({ length: height }, () => row))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
