// In: the tags, and in which order pages show their content. Out: the structure tree (ISO 32000-1, 14.7), with its parent
// tree and its tree of ids. Written as source, not through pdfkit's dictionaries: there are more elements than lines.
import type { Page, Tag, TagType } from '../../layout/typeset.js'
import type { Pdf } from './objects.js'
import { encoded, literal, numbers } from './syntax.js'

export interface StructureBuilder {
  /** Content of a page, in reading order: the tag of each MCID. */
  content(page: number, marks: readonly number[]): void
  /** An annotation of a page, after the page's content. Returns its StructParent key. */
  annotation(page: number, annotation: number, tag: number): number
  /** Writes the tree and names it in the catalog. `pageIds` are the object numbers of the pages. */
  write(pdf: Pdf, pageIds: readonly number[], pages: readonly Page[], height: number): void
}

/** Leaves of the parent tree hold this many keys. */
const LEAF = 64

/** Types of PDF 2.0 that say more than PDF 1.7 can: what they are to a reader of the old ones (14.7.3). */
const ROLES = { Em: 'Span', Strong: 'Span', Sub: 'Span' }

/** A table's grid stands whole, in the order of its tags: a cell without content still is a cell. */
const GRID: ReadonlySet<TagType> = new Set(['THead', 'TBody', 'TR', 'TH', 'TD'])

/** What a kid of an element is. */
const ELEMENT = 0
const CONTENT = 1
const OBJECT = 2

export function createStructure(tags: readonly Tag[], pageCount: number): StructureBuilder {
  const kids = createKids(tags.length)
  const seen = new Uint8Array(tags.length)
  const firstPage = new Int32Array(tags.length).fill(-1)
  const gridKids = gridOf(tags)
  const marksOf: (readonly number[])[] = []
  const annotationTags: number[] = []

  const show = (tag: number): void => {
    if (seen[tag] === 1) return
    seen[tag] = 1
    const parent = tags[tag]!.parent
    if (parent < 0) return
    show(parent)
    if (GRID.has(tags[tag]!.type)) {
      // The first sign of a table's grid brings all of it; this very tag may have come with it.
      const top = gridKids.get(parent)
      if (top) {
        gridKids.delete(parent)
        for (const kid of top) showGrid(parent, kid)
      }
      return
    }
    kids.add(parent, ELEMENT, tag, -1)
  }
  const showGrid = (parent: number, tag: number): void => {
    seen[tag] = 1
    kids.add(parent, ELEMENT, tag, -1)
    const parts = gridKids.get(tag)
    gridKids.delete(tag)
    for (const part of parts ?? []) showGrid(tag, part)
  }
  const put = (tag: number, kind: number, value: number, page: number) => {
    show(tag)
    if (firstPage[tag] === -1) firstPage[tag] = page
    kids.add(tag, kind, value, page)
  }

  return {
    content(page, marks) {
      marksOf[page] = marks
      for (let mcid = 0; mcid < marks.length; mcid++) put(marks[mcid]!, CONTENT, mcid, page)
    },
    annotation(page, annotation, tag) {
      put(tag, OBJECT, annotation, page)
      annotationTags.push(tag)
      return pageCount + annotationTags.length - 1
    },
    write(pdf, pageIds, pages, height) {
      const order: number[] = []
      for (let tag = 0; tag < tags.length; tag++) if (seen[tag] === 1) order.push(tag)
      if (order.length === 0) return
      const root = pdf.ref({ Type: 'StructTreeRoot', RoleMap: ROLES })
      const named = new Set(tags.flatMap((tag) => tag.headers ?? []))
      const first = pdf.reserve(order.length)
      const idOf = new Int32Array(tags.length)
      order.forEach((tag, i) => {
        idOf[tag] = first + i
      })

      const boxes = figureBoxes(tags, pages)
      const ids: [id: string, element: string][] = []
      for (const tag of order) {
        const { parent } = tags[tag]!
        const id = idFor(tags[tag]!, tag, named)
        if (id !== undefined) ids.push([id, `${idOf[tag]} 0 R`])
        const page = firstPage[tag]!
        pdf.put(
          idOf[tag]!,
          `<</S/${tags[tag]!.type}/P ${parent < 0 ? root.id : idOf[parent]} 0 R${page < 0 ? '' : `/Pg ${pageIds[page]} 0 R`}` +
            `${attributes(tags[tag]!, id, tags[tag]!.box ?? boxes.get(tag), height)}${kids.source(tag, page, idOf, pageIds)}>>`,
        )
      }

      root.data['K'] = order.filter((tag) => tags[tag]!.parent < 0).map((tag) => pdf.named(idOf[tag]!))
      root.data['ParentTree'] = pdf.named(writeParentTree(pdf, pages.length, marksOf, annotationTags, idOf))
      root.data['ParentTreeNextKey'] = pageCount + annotationTags.length
      if (ids.length > 0) root.data['IDTree'] = pdf.named(writeNameTree(pdf, ids))
      // pdfkit ends it with the file.
      pdf.catalog['StructTreeRoot'] = root
    },
  }
}

/** The kids of all elements. */
interface Kids {
  /** `value`: the number of an element, of marked content on its page, of an annotation. */
  add(parent: number, kind: number, value: number, page: number): void
  /** Their entry in the parent's dictionary; `page`: the parent's, which they need not name. */
  source(parent: number, page: number, idOf: Int32Array, pageIds: readonly number[]): string
}

/** As linked lists in flat arrays: for every kid what it is, its number, its page and the kid after it. */
function createKids(parents: number): Kids {
  const kinds: number[] = []
  const values: number[] = []
  const places: number[] = []
  const nexts: number[] = []
  const heads = new Int32Array(parents).fill(-1)
  const tails = new Int32Array(parents).fill(-1)
  return {
    add(parent, kind, value, page) {
      const at = kinds.length
      kinds.push(kind)
      values.push(value)
      places.push(page)
      nexts.push(-1)
      if (heads[parent] === -1) heads[parent] = at
      else nexts[tails[parent]!] = at
      tails[parent] = at
    },
    source(parent, page, idOf, pageIds) {
      let kids = ''
      let count = 0
      for (let at = heads[parent]!; at !== -1; at = nexts[at]!, count++) {
        const place = places[at] === page ? '' : `/Pg ${pageIds[places[at]!]} 0 R`
        if (kinds[at] === ELEMENT) kids += ` ${idOf[values[at]!]} 0 R`
        else if (kinds[at] === OBJECT) kids += `<</Type/OBJR${place}/Obj ${values[at]} 0 R>>`
        else if (place === '') kids += ` ${values[at]}`
        else kids += `<</Type/MCR${place}/MCID ${values[at]}>>`
      }
      return count === 0 ? '' : count === 1 ? `/K${kids}` : `/K[${kids}]`
    },
  }
}

/** For each table and each part of a grid, the parts of the grid right below it. */
function gridOf(tags: readonly Tag[]): Map<number, number[]> {
  const kids = new Map<number, number[]>()
  tags.forEach((tag, i) => {
    if (!GRID.has(tag.type)) return
    const siblings = kids.get(tag.parent)
    if (siblings) siblings.push(i)
    else kids.set(tag.parent, [i])
  })
  return kids
}

type Box = NonNullable<Tag['box']>

/** Of figures that come without a box: that of their picture. */
function figureBoxes(tags: readonly Tag[], pages: readonly Page[]): Map<number, Box> {
  const boxes = new Map<number, Box>()
  for (const page of pages)
    for (const item of page.items)
      if (item.kind === 'image' && item.tag >= 0 && tags[item.tag]!.type === 'Figure' && !boxes.has(item.tag))
        boxes.set(item.tag, [item.x, item.y, item.width, item.height])
  return boxes
}

/** PDF/UA-1, 7.9: every Note has an ID of its own; and so has a cell that others name as their header. */
function idFor(tag: Tag, index: number, named: ReadonlySet<number>): string | undefined {
  return tag.id ?? (tag.type === 'Note' ? `note-${index}` : named.has(index) ? cellId(index) : undefined)
}

function cellId(index: number): string {
  return `cell-${index}`
}

function attributes(tag: Tag, id: string | undefined, box: Box | undefined, height: number): string {
  let out = ''
  if (tag.title !== undefined) out += `/T${literal(tag.title)}`
  if (tag.lang !== undefined) out += `/Lang${literal(tag.lang)}`
  if (tag.alt !== undefined) out += `/Alt${literal(tag.alt)}`
  if (tag.expansion !== undefined) out += `/E${literal(tag.expansion)}`
  if (id !== undefined) out += `/ID${literal(id)}`
  if (tag.type === 'TH' || tag.type === 'TD') {
    const cell =
      (tag.type === 'TH' ? `/Scope/${tag.scope ?? 'Column'}` : '') +
      ((tag.colSpan ?? 1) > 1 ? `/ColSpan ${tag.colSpan}` : '') +
      ((tag.rowSpan ?? 1) > 1 ? `/RowSpan ${tag.rowSpan}` : '') +
      (tag.headers?.length ? `/Headers[${tag.headers.map((header) => literal(cellId(header))).join('')}]` : '')
    if (cell !== '') out += `/A<</O/Table${cell}>>`
  }
  if (tag.type === 'L' && tag.numbering !== undefined) out += `/A<</O/List/ListNumbering/${tag.numbering}>>`
  if (box !== undefined) {
    const [x, y, width, depth] = box
    out += `/A<</O/Layout/Placement/Block/BBox${numbers([x, height - y - depth, x + width, height - y])}>>`
  }
  return out
}

/** From page (by its marks) or annotation to element: 14.7.4.4. The pages' keys come first. Returns the tree's number. */
function writeParentTree(
  pdf: Pdf,
  pageCount: number,
  marksOf: readonly (readonly number[] | undefined)[],
  annotationTags: readonly number[],
  idOf: Int32Array,
): number {
  const leaves: string[] = []
  let leaf = ''
  let low = -1
  let high = -1
  let count = 0
  const flush = () => {
    if (count === 0) return
    const id = pdf.reserve(1)
    pdf.put(id, `<</Limits[${low} ${high}]/Nums[${leaf}]>>`)
    leaves.push(`${id} 0 R`)
    leaf = ''
    count = 0
  }
  const add = (key: number, value: string) => {
    if (count === 0) low = key
    high = key
    leaf += `${key} ${value} `
    if (++count === LEAF) flush()
  }
  for (let page = 0; page < pageCount; page++) {
    const marks = marksOf[page]
    if (!marks || marks.length === 0) continue
    let elements = ''
    for (const tag of marks) elements += ` ${idOf[tag]} 0 R`
    add(page, `[${elements}]`)
  }
  annotationTags.forEach((tag, i) => {
    add(pageCount + i, `${idOf[tag]} 0 R`)
  })
  flush()
  const tree = pdf.reserve(1)
  pdf.put(tree, `<</Kids[${leaves.join(' ')}]>>`)
  return tree
}

/** A name tree (7.9.6): names as texts, values as PDF source; sorted here, by bytes. Returns its number. */
export function writeNameTree(pdf: Pdf, entries: readonly [name: string, value: string][]): number {
  const sorted = entries.map(([name, value]) => ({ bytes: encoded(name), key: literal(name), value }))
  sorted.sort((a, b) => (a.bytes < b.bytes ? -1 : a.bytes > b.bytes ? 1 : 0))
  const leaves: string[] = []
  for (let i = 0; i < sorted.length; i += LEAF) {
    const leaf = sorted.slice(i, i + LEAF)
    const id = pdf.reserve(1)
    const names = leaf.map(({ key, value }) => `${key}${value}`).join('')
    pdf.put(id, `<</Limits[${leaf[0]!.key}${leaf.at(-1)!.key}]/Names[${names}]>>`)
    leaves.push(`${id} 0 R`)
  }
  const tree = pdf.reserve(1)
  pdf.put(tree, `<</Kids[${leaves.join(' ')}]>>`)
  return tree
}
