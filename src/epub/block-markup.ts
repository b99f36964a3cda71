// Blocks go in, XHTML comes out, a block a line: the markup that a careful person would have written.
import type { Align, Block, Prose, Section, TableCell } from '../model/book.js'
import { fractionSpace, fractionsOf } from '../model/decimals.js'
import { typeOfBlock } from '../model/meaning.js'
import type { Role } from '../model/role.js'
import { alignsOf, placeCells } from '../model/table-columns.js'
import { OUR_CLASSES, styledClasses } from '../theme/classes.js'
import { standsApart } from '../theme/entries-apart.js'
import { iconOf } from '../theme/icons.js'
import { hasHangingLines, largeLetter, openingOf } from '../theme/index.js'
import { isSpeech, stepsOf } from '../theme/speakers.js'
import type { Outline } from './headings.js'
import { ICONED, writeIcon } from './icon-markup.js'
import { classList, type Desk, nameWithoutNotes, takeMarks, typed, writeImage, writeProse } from './inlines.js'
import { address } from './names.js'
import { attributes, language, value, xmlId } from './xml.js'

/** What is at hand while the blocks of one section are written. */
export interface BlockDesk extends Desk {
  section: Section
  outline: Outline
  tables: number
}

/**
 * `implied`: the role that a paragraph has here without saying so in a class. `prefix`: what the first paragraph opens
 * with, a note's number, an icon.
 */
export function writeBlocks(
  blocks: readonly Block[],
  desk: BlockDesk,
  implied: Role,
  indent = '',
  prefix?: string,
): string {
  let out = ''
  for (const block of blocks) {
    out += writeBlock(block, desk, implied, indent, prefix)
    prefix = undefined
  }
  return out
}

function writeBlock(block: Block, desk: BlockDesk, implied: Role, indent: string, prefix?: string): string {
  if (block.kind === 'paragraph') {
    const lines = hasHangingLines(block.prose, desk.theme.styles[block.role]) ? 'lines' : undefined
    const opening = openingOf(desk.theme, desk.section.role)
    const large = largeLetter(block.prose, block.role, opening) === undefined ? undefined : opening.kind
    const own = common(block, desk, classList(block.role === implied ? undefined : block.role, lines, large))
    const type = typeOfBlock(block.classes) ?? (block.role === 'direction' ? 'z3998:stage-direction' : undefined)
    return `${indent}<p${own}${subtitle(block.role) || typed(type, desk)}>${writeParagraph(block, desk, indent, prefix)}</p>\n`
  }
  const lead = prefix === undefined ? '' : isIcon(prefix) ? `${indent}${prefix}\n` : `${indent}<p>${prefix}</p>\n`
  return lead + writeOther(block, desk, indent)
}

function isIcon(prefix: string): boolean {
  return prefix.startsWith('<svg')
}

function writeParagraph(
  block: Extract<Block, { kind: 'paragraph' }>,
  desk: BlockDesk,
  indent: string,
  prefix?: string,
): string {
  const { prose } = block
  const opening = block.role === 'opening' ? openingOf(desk.theme, desk.section.role) : undefined
  // a page that begins with the note begins before its number
  const lead = prefix === undefined ? '' : `${takeMarks(desk, prose.n, 1, 'span')}${prefix}${isIcon(prefix) ? '' : ' '}`
  if (!hasHangingLines(prose, desk.theme.styles[block.role])) return lead + writeProse(prose, desk, { opening })
  const lines: string[] = []
  for (let from = 0; from <= prose.text.length; ) {
    const end = prose.text.indexOf('\n', from)
    const to = end < 0 ? prose.text.length : end
    const line = writeProse(prose, desk, { opening, part: { from, to } })
    lines.push(`${indent}  <span>${lines.length === 0 ? lead : ''}${line}</span>`)
    from = to + 1
  }
  return `\n${lines.join('<br/>\n')}\n${indent}`
}

function writeOther(block: Exclude<Block, { kind: 'paragraph' }>, desk: BlockDesk, indent: string): string {
  const within = `${indent}  `
  const before = takeBefore(block, desk, indent)
  switch (block.kind) {
    case 'heading': {
      // The page begins before the heading, whose name should not be read with a page number in it.
      const id = desk.outline.ids.get(block)
      const name = `h${Math.min(6, Math.max(1, block.level))}`
      const label = attributes({ 'aria-label': nameWithoutNotes(block.prose) })
      const numbered = block.prose.spans.some(({ kind }) => kind === 'number')
      const beside = numbered && desk.theme.numbering.place === 'beside' ? 'beside' : undefined
      const own = common(block, desk, classList(block.role, beside), { id }) + subtitle(block.role) + label
      return `${before}${indent}<${name}${own}>${writeProse(block.prose, desk)}</${name}>\n`
    }
    case 'quote':
    case 'group': {
      const { element, semantic } = container(block.role, desk)
      const role = block.role === 'body' ? undefined : block.role
      const icon = iconOf(desk.theme, block)
      const inside = writeBlocks(block.blocks, desk, block.role, within, icon && writeIcon(icon))
      const own = common(block, desk, classList(role, icon && ICONED))
      return `${before}${indent}<${element}${own}${semantic}>\n${inside}${indent}</${element}>\n`
    }
    case 'list': {
      const element = block.ordered ? 'ol' : 'ul'
      const start = block.ordered && block.start !== 1 ? block.start : undefined
      const items = block.items
        .map((item) =>
          writeItem('li', item.blocks, desk, 'list', within, block.tight, item.task ? ' class="task"' : ''),
        )
        .join('')
      return `${before}${indent}<${element}${common(block, desk, undefined)}${attributes({ start })}>\n${items}${indent}</${element}>\n`
    }
    case 'definitions': {
      const glossary = desk.section.role === 'glossary'
      const own = (type: string) => (glossary ? ` epub:type="${type}"` : '')
      let items = ''
      for (const entry of block.entries) {
        for (const term of entry.terms) {
          const written = writeProse(term, desk)
          items += `${within}<dt${own('glossterm')}>${glossary ? defined(written, term, desk) : written}</dt>\n`
        }
        for (const blocks of entry.definitions) {
          items += writeItem('dd', blocks, desk, 'definition', within, true, own('glossdef'))
        }
      }
      return `${before}${indent}<dl${common(block, desk, undefined)}>\n${items}${indent}</dl>\n`
    }
    case 'code': {
      const kind = block.language === '' ? '' : ` class="language-${value(block.language)}"`
      const lines = writeProse(block.prose, desk, { verbatim: true })
      return `${before}${indent}<pre${common(block, desk, undefined)}><code${kind}>${lines}</code></pre>\n`
    }
    case 'verse': {
      const type = typed(typeOfBlock(block.classes) ?? 'z3998:verse', desk)
      const isPlay = block.stanzas.some((stanza) => stanza.some(isSpeech))
      const stanzas = block.stanzas.map((stanza) => {
        const steps = stepsOf(stanza, desk.theme.steps.verse)
        const lines = stanza.map((line, i) => {
          const step = steps[i]!
          const name = classList(step > 0 ? `i${step}` : undefined, isPlay && !isSpeech(line) ? 'goes-on' : undefined)
          const own = attributes({ class: name, 'data-line': line.number })
          return `${within}  <span${own}>${writeProse(line.prose, desk)}</span>`
        })
        return `${within}<p>\n${lines.join('<br/>\n')}\n${within}</p>\n`
      })
      return `${before}${indent}<div${common(block, desk, block.role)}${type}>\n${stanzas.join('')}${indent}</div>\n`
    }
    case 'table':
      return before + writeTable(block, desk, indent)
    case 'figure': {
      const image = `${within}${writeImage(block.src, block.alt, desk, block.width)}\n`
      const caption = block.caption ? `${within}<figcaption>${writeProse(block.caption, desk)}</figcaption>\n` : ''
      const label = attributes({ 'aria-label': nameWithoutNotes(block.caption) })
      const inside = desk.theme.captions?.figures === 'above' ? caption + image : image + caption
      const plate = block.plate === 'page' ? 'full-page' : block.plate
      return `${before}${indent}<figure${common(block, desk, plate)}${label}>\n${inside}${indent}</figure>\n`
    }
    case 'break':
      return `${before}${indent}<hr${common(block, desk, block.role)}/>\n`
    case 'contents':
      return before + writeContents(block, desk, indent)
    case 'notes':
      // They stand at the top of a section, where document.ts writes them.
      return before
  }
}

/** A term of the glossary, which links from elsewhere can lead to. */
function defined(written: string, { n, spans }: Prose, desk: BlockDesk): string {
  if (spans.some((span) => span.kind === 'defined')) return written
  let id = `${desk.section.id}-term-${n}`
  while (desk.book.targets.has(id)) id += '-'
  return `<dfn id="${xmlId(id)}">${written}</dfn>`
}

function subtitle(role: Role): string {
  return role === 'subtitle' || role === 'book-subtitle' ? ' epub:type="subtitle" role="doc-subtitle"' : ''
}

/** A page that begins with a block begins before it; the marks of its own text are left for where that is written. */
function takeBefore(block: Exclude<Block, { kind: 'paragraph' }>, desk: BlockDesk, indent: string): string {
  if (!desk.marks.has(block.n) || block.kind === 'code') return ''
  const marks = takeMarks(desk, block.n, 1, 'div')
  return marks === '' ? '' : `${indent}${marks}\n`
}

function container(role: Role, desk: BlockDesk): { element: string; semantic: string } {
  const already = desk.section.role === role
  switch (role) {
    case 'quote':
      return { element: 'blockquote', semantic: '' }
    case 'epigraph':
      return { element: 'blockquote', semantic: already ? '' : ' epub:type="epigraph" role="doc-epigraph"' }
    case 'letter':
      desk.z3998 = true
      return { element: 'blockquote', semantic: ' epub:type="z3998:letter"' }
    case 'aside':
      // no landmark: there may be many, and they have no names
      return { element: 'aside', semantic: ' role="note"' }
    case 'note':
      return { element: 'div', semantic: ' role="note"' }
    case 'drama':
      desk.z3998 = true
      return { element: 'div', semantic: ' epub:type="z3998:drama"' }
    case 'dedication':
      return { element: 'div', semantic: already ? '' : ' epub:type="dedication" role="doc-dedication"' }
    default:
      return { element: 'div', semantic: '' }
  }
}

/** The text of an item that is one plain paragraph stands in the item itself. */
function writeItem(
  element: 'li' | 'dd',
  blocks: readonly Block[],
  desk: BlockDesk,
  implied: Role,
  indent: string,
  tight: boolean,
  own = '',
): string {
  const first = blocks[0]
  const alone = blocks.filter((block) => block.kind === 'paragraph').length === 1
  if (first === undefined) return `${indent}<${element}${own}></${element}>\n`
  if (
    tight &&
    alone &&
    first.kind === 'paragraph' &&
    first.role === implied &&
    common({ ...first, passage: undefined }, desk, undefined) === '' &&
    !first.prose.text.includes('\n')
  ) {
    const open = element + own + attributes({ id: first.passage })
    const line = writeProse(first.prose, desk)
    if (blocks.length === 1) return `${indent}<${open}>${line}</${element}>\n`
    const rest = writeBlocks(blocks.slice(1), desk, implied, `${indent}  `)
    return `${indent}<${open}>${line}\n${rest}${indent}</${element}>\n`
  }
  return `${indent}<${element}${own}>\n${writeBlocks(blocks, desk, implied, `${indent}  `)}${indent}</${element}>\n`
}

/** In a box that scrolls by itself where a phone's screen is too narrow, so that the page never does. */
function writeTable(block: Extract<Block, { kind: 'table' }>, desk: BlockDesk, indent: string): string {
  const within = `${indent}  `
  const deeper = `${within}  `
  const captionId = `${desk.section.id}-table-${++desk.tables}`
  const caption = block.caption
    ? `${deeper}<caption id="${xmlId(captionId)}">${writeProse(block.caption, desk)}</caption>\n`
    : ''
  const aligns = alignsOf(block)
  const fractions = fractionsOf(block)
  const longest = fractions.map((found) =>
    [...(found?.values() ?? [])].reduce((most, part) => (part.length > most.length ? part : most), ''),
  )
  const placed = placeCells([...block.head, ...block.body])
  const group = (element: 'thead' | 'tbody', from: number, to: number): string => {
    if (from === to) return ''
    const rows = placed.slice(from, to).map((row) => {
      const cells = row.map(({ cell, column }) => {
        const part = fractions[column]?.get(cell.prose.n)
        const white = part === undefined ? '' : fractionSpace(part, longest[column]!)
        return `${deeper}    ${writeCell(cell, aligns[column], element === 'thead', desk, white)}\n`
      })
      return `${deeper}  <tr>\n${cells.join('')}${deeper}  </tr>\n`
    })
    return `${deeper}<${element}>\n${rows.join('')}${deeper}</${element}>\n`
  }
  const head = group('thead', 0, block.head.length)
  const body = group('tbody', block.head.length, placed.length)
  const label = nameWithoutNotes(block.caption)
  const named = attributes({ 'aria-label': label })
  const name = named || attributes({ 'aria-labelledby': block.caption ? xmlId(captionId) : undefined })
  const table = `${within}<table${common(block, desk, undefined)}${named}>\n${caption}${head}${body}${within}</table>\n`
  const box = classList('table', styledClasses(desk.theme, block.classes))
  return `${indent}<div class="${box}" role="group" tabindex="0"${name}>\n${table}${indent}</div>\n`
}

/** `white`: what stands behind a number, so that its point is below those of others. */
function writeCell(cell: TableCell, align: Align, inHead: boolean, desk: BlockDesk, white: string): string {
  const inside = writeProse(cell.prose, desk) + white
  const spans = {
    colspan: cell.colSpan > 1 ? cell.colSpan : undefined,
    rowspan: cell.rowSpan > 1 ? cell.rowSpan : undefined,
  }
  // an empty corner heads nothing
  const head = (inHead || cell.head) && inside !== ''
  const scope = inHead ? (cell.colSpan > 1 ? 'colgroup' : 'col') : cell.rowSpan > 1 ? 'rowgroup' : 'row'
  const own = attributes({ class: align, scope: head ? scope : undefined, ...spans })
  return head ? `<th${own}>${inside}</th>` : `<td${own}>${inside}</td>`
}

function writeContents(block: Extract<Block, { kind: 'contents' }>, desk: BlockDesk, indent: string): string {
  const { entries } = block
  let next = 0
  /** The list of the entries from here on that are no less deep than the first. */
  const list = (depth: number, space: string, own: string): string => {
    let items = ''
    while (next < entries.length && entries[next]!.depth >= depth) {
      const isApart = standsApart(entries, next)
      const entry = entries[next++]!
      const href = address(entry.href.slice(1), desk.names, desk.file)
      const marks = takeMarks(desk, entry.prose.n, Number.POSITIVE_INFINITY, 'span')
      const inside = writeProse(entry.prose, desk)
      const link = href === undefined ? inside : `<a class="${entry.role}" href="${value(href)}">${inside}</a>`
      const below =
        (entries[next]?.depth ?? 0) > entry.depth ? `\n${list(entry.depth + 1, `${space}    `, '')}${space}  ` : ''
      items += `${space}  <li${isApart ? ' class="apart"' : ''}>${marks}${link}${below}</li>\n`
    }
    return `${space}<ol${own}>\n${items}${space}</ol>\n`
  }
  const shallowest = Math.min(...entries.map((entry) => entry.depth))
  return entries.length === 0 ? '' : list(shallowest, indent, common(block, desk, 'contents'))
}

/** What every block may carry: id, class, language. */
function common(block: Block, desk: Desk, role: string | undefined, own: { id?: string | undefined } = {}): string {
  const id = own.id ?? (block.id === undefined ? block.passage : xmlId(block.id))
  const theirs = block.classes.filter((name) => !OUR_CLASSES.has(name))
  return attributes({ id, class: classList(role, theirs) }) + language(block.lang, desk.mixed)
}
