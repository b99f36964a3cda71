// In: the sections of a book, one by one. Out: how many lines of code they have, weighed as the paragraphs that each of them is to the page;
// beyond what a book may have, a finding, and no more of them.
import { error, type Report } from '../diagnostic.js'
import type { Section } from '../model/book.js'
import { FIXED, type Work } from '../model/limits.js'
import { eachBlock } from '../model/walk.js'

export function createCodeCounter(weigh: (work: Partial<Work>) => void, report: Report): (section: Section) => void {
  const most = FIXED.codeLines.value
  let lines = 0
  let told = false
  return (section) => {
    const before = lines
    for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)])
      eachBlock(
        blocks,
        (block) => {
          if (block.kind !== 'code') return
          lines += linesOf(block.prose.text)
          if (lines <= most) return
          if (!told) {
            const hint = 'show a part of it, or put the rest into another book'
            error(report, 'too-large', block.place, `with this code the book has more than ${most} lines of code`, hint)
          }
          told = true
          // Nothing is written of it, and what else is wrong can be told without.
          block.prose = { ...block.prose, text: '', spans: [] }
        },
        () => undefined,
      )
    if (lines > before) weigh({ parts: Math.min(lines, most) - Math.min(before, most) })
  }
}

function linesOf(text: string): number {
  let sum = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) sum++
  return sum
}
