// In: a book, and the kinds of sections that a theme has an opening of its own for. Out: the same book, their first paragraphs
// marked as such. Those that tell the story are marked as they are read.
import type { Book } from '../model/book.js'
import { type SectionRole, TOLD } from '../model/role.js'

export function openSections(book: Book, roles: ReadonlySet<SectionRole>): void {
  for (const section of book.sections) {
    if (section.generated || TOLD.has(section.role) || !roles.has(section.role)) continue
    const first = section.blocks.find((block) => !HEAD.has(block.role))
    if (first?.kind === 'paragraph' && (first.role === 'flush' || first.role === 'body')) first.role = 'opening'
  }
}

const HEAD: ReadonlySet<string> = new Set(['title', 'part-title', 'subtitle', 'author', 'epigraph', 'caption'])
