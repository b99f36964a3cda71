// What every Book keeps, whatever was read: those who come after rely on it.
import type { Block, Book, Prose, Section } from '../../src/model/book.js'
import { eachBlock } from '../../src/model/walk.js'

/** Broken promises, in words; empty if the book is sound. */
export function faultsOf(book: Book): string[] {
  const faults: string[] = []
  const say = (fault: string) => faults.push(fault)
  let n = -1
  const ids = new Set<string>()
  const id = (one: string | undefined) => {
    if (one === undefined) return
    if (ids.has(one)) say(`the id ${one} is there twice`)
    ids.add(one)
    if (!book.targets.has(one)) say(`the id ${one} is no target`)
  }
  for (const section of book.sections) {
    if (!/^[A-Za-z_][\w.-]*$/.test(section.id)) say(`section id ${section.id}`)
    id(section.id)
    const runs = [section.blocks, ...section.notes.map((note) => note.blocks)]
    for (const blocks of runs) {
      eachBlock(
        blocks,
        (block) => {
          if (block.n <= n) say(`anchor ${block.n} after ${n}`)
          n = block.n
          id(block.id)
          shape(block, book, say)
        },
        (prose, block) => {
          const shared = block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'code'
          if (shared ? prose.n !== block.n : prose.n <= n) say(`anchor ${prose.n} of a prose after ${n}`)
          n = prose.n
          for (const span of prose.spans) if (span.kind === 'span') id(span.id)
          spans(prose, section, book, say)
        },
      )
    }
    notes(section, say)
    levels(section, say)
  }
  if (n + 1 !== book.anchors) say(`${book.anchors} anchors, the last is ${n}`)
  return faults
}

function shape(block: Block, book: Book, say: (fault: string) => void): void {
  if (block.kind === 'paragraph' && block.prose.text.trim() === '') say('an empty paragraph')
  if ((block.kind === 'quote' || block.kind === 'group') && block.blocks.length === 0) say(`an empty ${block.kind}`)
  if (block.kind === 'list' && block.items.length === 0) say('a list without items')
  if (block.kind === 'definitions') {
    for (const { terms, definitions } of block.entries)
      if (terms.length * definitions.length === 0) say('half a definition')
    if (block.entries.length === 0) say('no definitions')
  }
  if (block.kind === 'verse' && !block.stanzas.every((stanza) => stanza.length > 0)) say('an empty stanza')
  if (block.kind === 'table' && block.head.length + block.body.length === 0) say('a table without rows')
  if (block.kind === 'figure' && !book.images.has(block.src)) say(`no image ${block.src}`)
  if (block.kind !== 'table') return
  for (const rows of [block.head, block.body]) {
    const covered: number[] = []
    for (const row of rows) {
      let width = covered.filter((left) => left > 0).length
      const next = covered.map((left) => Math.max(0, left - 1))
      let column = 0
      for (const cell of row.cells) {
        while ((covered[column] ?? 0) > 0) column++
        for (let k = 0; k < cell.colSpan; k++) next[column + k] = cell.rowSpan - 1
        column += cell.colSpan
        width += cell.colSpan
      }
      if (width !== block.aligns.length) say(`a row of ${width} columns in a table of ${block.aligns.length}`)
      covered.splice(0, covered.length, ...Array.from(next, (left) => left ?? 0))
    }
    if (covered.some((left) => left > 0)) say('a cell that reaches below its table')
  }
}

function spans(prose: Prose, section: Section, book: Book, say: (fault: string) => void): void {
  const { text } = prose
  if (/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/.test(text)) say('a control character')
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) say('half a character')
  const open: { start: number; end: number }[] = []
  let start = 0
  let objects = 0
  for (const span of prose.spans) {
    if (!(span.start < span.end && span.start >= 0 && span.end <= text.length))
      say(`span ${span.start}–${span.end} of ${text.length}`)
    if (span.start < start) say('spans out of order')
    start = span.start
    while (open.length > 0 && open.at(-1)!.end <= span.start) open.pop()
    const outer = open.at(-1)
    if (outer !== undefined && span.end > outer.end)
      say(`spans cross: ${outer.start}–${outer.end}, ${span.start}–${span.end}`)
    open.push(span)
    if (span.kind === 'note' || span.kind === 'image') {
      objects++
      if (text.slice(span.start, span.end) !== '\ufffc')
        say(`a ${span.kind} over ${JSON.stringify(text.slice(span.start, span.end))}`)
    }
    if (span.kind === 'image' && !book.images.has(span.src)) say(`no image ${span.src}`)
    if (span.kind === 'note' && !section.notes.some((note) => note.id === span.note)) say(`no note ${span.note}`)
    if (span.kind === 'link') {
      if (
        span.href.startsWith('#')
          ? !book.targets.has(span.href.slice(1))
          : !/^(?:https?|mailto|tel|urn|doi):[\x21-\x7e]+$/i.test(span.href)
      )
        say(`a link to ${span.href}`)
    }
  }
  if (text.split('\ufffc').length - 1 !== objects) say('an object without a span')
}

function notes(section: Section, say: (fault: string) => void): void {
  const firsts: string[] = []
  const each = (prose: Prose) => {
    for (const span of prose.spans) if (span.kind === 'note' && span.first) firsts.push(span.note)
  }
  eachBlock(section.blocks, () => undefined, each)
  if (
    firsts.sort().join() !==
    section.notes
      .map((note) => note.id)
      .sort()
      .join()
  )
    say('first references and notes differ')
  section.notes.forEach((note, i) => {
    if (note.label !== String(i + 1)) say(`note ${i + 1} is labelled ${note.label}`)
  })
}

function levels(section: Section, say: (fault: string) => void): void {
  for (const note of section.notes) {
    eachBlock(note.blocks, (block) => {
      if (block.kind === 'heading') say('a heading in a note')
    })
  }
  let last = section.depth - 1
  eachBlock(section.blocks, (block) => {
    if (block.kind !== 'heading') return
    if (block.level < 1 || block.level > 6 || block.level > last + 1) say(`heading ${block.level} after ${last}`)
    last = block.level
  })
}
