// In: a book, and how often its theme numbers lines of verse. Out: the same book, with numbers on those lines. A poem counts for itself,
// if it has more lines than that; a play through its section. What speakers share is one line.
import type { Block, Book } from '../model/book.js'
import { eachBlock } from '../model/walk.js'

export function numberLines(book: Book, every: number | undefined): void {
  for (const section of book.sections) {
    const plays = new Set<Block>()
    let played = 0
    eachBlock(section.blocks, (block) => {
      if (block.kind === 'group' && block.role === 'drama') eachBlock(block.blocks, (inner) => void plays.add(inner))
      if (block.kind !== 'verse') return
      const isPlay = plays.has(block)
      const lines = block.stanzas.flat()
      const long = every !== undefined && (isPlay || lines.filter(({ shared }) => !shared).length > every)
      let count = isPlay ? played : 0
      for (const line of lines) {
        if (!line.shared) count++
        line.number = long && !line.shared && count % every! === 0 ? count : undefined
      }
      if (isPlay) played = count
    })
  }
}
