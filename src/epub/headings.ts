// The book goes in; the headings of every section, with the ids that they can be reached by, come out.
import type { Block, Book, Prose, Section } from '../model/book.js'
import { xmlId } from './xml.js'

export type Heading = Extract<Block, { kind: 'heading' }>

export interface Entry {
  id: string
  /** Its anchor. */
  n: number
  /** 1 for the section's title and what stands beside it, 2 below it … */
  level: number
  text: string
}

export interface Outline {
  /** By section id: the id of the heading that shows its title, if one does. */
  titles: Map<string, string>
  /** By section id: the headings below its title. */
  below: Map<string, Entry[]>
  ids: Map<Heading, string>
}

export function outlineOf(book: Book): Outline {
  const outline: Outline = { titles: new Map(), below: new Map(), ids: new Map() }
  for (const section of book.sections) {
    const headings = headingsOf(section)
    const entries: Entry[] = []
    const titled = headings.find((heading) => isTitle(heading))
    let count = 0
    const free = (id: string) => {
      let made = id
      while (book.targets.has(made)) made += '-'
      return xmlId(made)
    }
    for (const heading of headings) {
      if (heading === titled) {
        const id =
          heading.id === undefined || heading.id === section.id ? free(`${section.id}-title`) : xmlId(heading.id)
        outline.ids.set(heading, id)
        outline.titles.set(section.id, id)
      } else if (!isTitle(heading)) {
        const id = heading.id === undefined ? free(`${section.id}-heading-${++count}`) : xmlId(heading.id)
        outline.ids.set(heading, id)
        const text = plainText(heading.prose)
        if (text !== '') entries.push({ id, n: heading.n, level: heading.level, text })
      }
    }
    outline.below.set(section.id, entries)
  }
  return outline
}

/** As navigation shows it: one line, no notes, no pictures. */
export function plainText(prose: Prose): string {
  return prose.text
    .replace(/[\u00ad\ufffc]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function isTitle(heading: Heading): boolean {
  return !heading.role.startsWith('heading-')
}

/** Those that structure the section; one in a quotation or a note is part of what is quoted. */
function headingsOf(section: Section): Heading[] {
  const found: Heading[] = []
  const look = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      if (block.kind === 'heading') found.push(block)
      else if (block.kind === 'group' && block.role === 'body') look(block.blocks)
    }
  }
  look(section.blocks)
  return found
}
