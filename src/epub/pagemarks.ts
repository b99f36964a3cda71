// Where the printed pages begin goes in; the marks that say so in the text come out, to be written at the very offset.
import type { PageStart } from '../model/pages.js'
import { value, xmlId } from './xml.js'

export interface PageMark extends PageStart {
  /** `page-37`. */
  id: string
  /** 'chapter-1.xhtml#page-37', once it is written. */
  href?: string
}

/** In the order of the pages. `taken`: ids that the book has already. */
export function collectMarks(starts: readonly PageStart[], taken: ReadonlySet<string>): PageMark[] {
  const ids = new Set<string>()
  return starts.map((start) => {
    const plain = xmlId(`page-${start.label}`)
    let id = plain
    for (let i = 2; taken.has(id) || ids.has(id); i++) id = `${plain}-${i}`
    ids.add(id)
    return { ...start, id }
  })
}

/** By the anchor that they stand in, each list in the order of the text. */
export function byAnchor(marks: readonly PageMark[]): Map<number, PageMark[]> {
  const map = new Map<number, PageMark[]>()
  for (const mark of marks) {
    const there = map.get(mark.n)
    if (there) there.push(mark)
    else map.set(mark.n, [mark])
  }
  for (const there of map.values()) there.sort((a, b) => a.offset - b.offset)
  return map
}

/** A span within a line of text, a div between blocks. It has no text: assistive technology says the label. */
export function writeMark(mark: PageMark, element: 'span' | 'div', file: string): string {
  mark.href = `${file}#${mark.id}`
  return `<${element} id="${mark.id}" epub:type="pagebreak" role="doc-pagebreak" aria-label="${value(mark.label)}"></${element}>`
}
