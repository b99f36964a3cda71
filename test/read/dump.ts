// A Book as text, for people to read and for tests to compare.
import type { Block, Book, Prose, Span } from '../../src/model/book.js'

export function dump(book: Book): string {
  const out: string[] = [JSON.stringify(book.metadata, null, 1)]
  for (const section of book.sections) {
    const part = section.part === undefined ? '' : ` of ${section.part}`
    const flags = `${section.generated ? ' generated' : ''}${section.toc ? '' : ' not in the contents'}`
    out.push(
      `\n# ${section.id}: ${section.matter} ${section.role}${part}, depth ${section.depth}, ${section.language}${flags}: ${section.title}`,
    )
    blocks(section.blocks, '  ', out)
    for (const note of section.notes) {
      out.push(`  note ${note.label} #${note.id} :${note.place.line}`)
      blocks(note.blocks, '    ', out)
    }
  }
  out.push('', ...[...book.targets].map(([id, { section, n }]) => `#${id} → ${section} ${n}`))
  for (const image of book.images.values()) out.push(`${image.path}: ${image.type} ${image.width} × ${image.height}`)
  return `${out.join('\n')}\n`
}

function blocks(all: readonly Block[], indent: string, out: string[]): void {
  const deeper = `${indent}  `
  for (const block of all) {
    const own = `${block.id === undefined ? '' : ` #${block.id}`}${block.classes.map((name) => ` .${name}`).join('')}${block.lang === undefined ? '' : ` @${block.lang}`}`
    const head = `${indent}${block.n} ${block.kind} ${block.role}${own} :${block.place.line}`
    switch (block.kind) {
      case 'heading':
        out.push(`${head} level ${block.level} ${prose(block.prose)}`)
        break
      case 'paragraph':
        out.push(`${head} ${prose(block.prose)}`)
        break
      case 'code':
        out.push(`${head} ${block.language} ${prose(block.prose)}`)
        break
      case 'quote':
      case 'group':
        out.push(head)
        blocks(block.blocks, deeper, out)
        break
      case 'list':
        out.push(`${head} ${block.ordered ? `from ${block.start}` : 'bullets'} ${block.tight ? 'tight' : 'loose'}`)
        for (const item of block.items) {
          out.push(`${deeper}item`)
          blocks(item.blocks, `${deeper}  `, out)
        }
        break
      case 'definitions':
        out.push(head)
        for (const { terms, definitions } of block.entries) {
          out.push(`${deeper}terms ${terms.map(prose).join('; ')}`)
          for (const one of definitions) {
            out.push(`${deeper}definition`)
            blocks(one, `${deeper}  `, out)
          }
        }
        break
      case 'verse':
        out.push(head)
        for (const stanza of block.stanzas) {
          out.push(`${deeper}stanza`)
          for (const line of stanza) out.push(`${deeper}${'>'.repeat(line.indent)} ${prose(line.prose)}`)
        }
        break
      case 'table':
        out.push(`${head} ${block.aligns.map((align) => align ?? '-').join(' ')}`)
        if (block.caption !== undefined) out.push(`${deeper}caption ${prose(block.caption)}`)
        for (const row of [...block.head, ...block.body]) {
          const cells = row.cells.map(
            (cell) => `${cell.head ? 'head ' : ''}${cell.colSpan}×${cell.rowSpan} ${prose(cell.prose)}`,
          )
          out.push(`${deeper}${cells.join(' | ')}`)
        }
        break
      case 'figure': {
        const width = block.width === undefined ? '' : ` ${block.width * 100}%`
        out.push(`${head} ${block.src}${width} [${block.alt}]`)
        if (block.caption !== undefined) out.push(`${deeper}caption ${prose(block.caption)}`)
        break
      }
      case 'contents':
        out.push(head)
        for (const entry of block.entries)
          out.push(`${deeper}${entry.depth} ${entry.role} ${entry.href} ${prose(entry.prose)}`)
        break
      case 'break':
        out.push(head)
    }
  }
}

export function prose({ n, text, spans }: Prose): string {
  const shown = text.replaceAll('\n', '⏎').replaceAll('\u00a0', '⍽').replaceAll('\u202f', '⎵')
  return `${n} «${shown}»${spans.map((span) => ` [${span.start}-${span.end} ${mark(span)}]`).join('')}`
}

function mark(span: Span): string {
  switch (span.kind) {
    case 'span':
      return `span${span.id === undefined ? '' : ` #${span.id}`}${span.classes.map((name) => ` .${name}`).join('')}${span.lang === undefined ? '' : ` @${span.lang}`}`
    case 'link':
      return `link ${span.href}${span.page ? ' page' : ''}${span.title === undefined ? '' : ` "${span.title}"`}`
    case 'note':
      return `${span.first ? 'first ' : ''}${span.note}`
    case 'image':
      return `image ${span.src} [${span.alt}]`
    case 'abbr':
      return `abbr "${span.title}"`
    default:
      return span.kind
  }
}
