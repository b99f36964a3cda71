// In: a book whose theme names the authors of chapters in its contents. Out: the same book, with a line for them in each entry whose
// section has any. Anchors stay as they are: only texts grow.
import type { Book, Prose, Section } from '../model/book.js'

export function listAuthors(book: Book, place: 'above' | 'below' | undefined): void {
  if (place === undefined) return
  const authors = new Map(book.sections.map((section) => [`#${section.id}`, authorsOf(section)]))
  for (const { role, blocks } of book.sections) {
    if (role !== 'contents') continue
    for (const block of blocks) {
      if (block.kind !== 'contents') continue
      for (const { href, prose } of block.entries) {
        const names = authors.get(href) ?? ''
        if (names !== '') addLine(prose, names, place)
      }
    }
  }
}

/** As they stand below its title, in one line. */
function authorsOf({ blocks }: Section): string {
  const all = blocks.flatMap((block) =>
    block.role === 'author' && (block.kind === 'paragraph' || block.kind === 'heading') ? [plain(block.prose)] : [],
  )
  return all.filter((one) => one !== '').join(', ')
}

function plain({ text }: Prose): string {
  return text
    .replace(/\ufffc/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function addLine(prose: Prose, line: string, place: 'above' | 'below'): void {
  if (place === 'below') {
    const start = prose.text.length + 1
    prose.text += `\n${line}`
    prose.spans.push({ kind: 'italic', start, end: prose.text.length })
    return
  }
  const by = line.length + 1
  for (const span of prose.spans) {
    span.start += by
    span.end += by
  }
  prose.text = `${line}\n${prose.text}`
  prose.spans.unshift({ kind: 'italic', start: 0, end: line.length })
}
