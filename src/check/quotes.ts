// In: a run of blocks. Out: a warning for each paragraph whose double quotation marks do not pair.
// A speech that goes on in the next paragraph may leave its mark open, if that paragraph opens with one.
import { type Report, warning } from '../diagnostic.js'
import type { Block } from '../model/book.js'
import { quotesOf } from '../model/languages.js'
import { runningText } from './runningtext.js'

const HINT = 'look for the mark that is missing, or turned the wrong way'

export function checkQuotes(blocks: readonly Block[], languageOf: (block: Block) => string, report: Report): void {
  blocks.forEach((block, i) => {
    if (block.kind === 'quote' || block.kind === 'group') checkQuotes(block.blocks, languageOf, report)
    if (block.kind !== 'paragraph') return
    const quotes = quotesOf(languageOf(block))
    const [open, close] = [quotes?.[0].trim() ?? '', quotes?.[1].trim() ?? '']
    if (open === '' || open === close) return
    const text = runningText(block.prose)
    if (!text.includes(open) && !text.includes(close)) return
    const fault = firstFault(text, open, close)
    if (fault === undefined) return
    if (fault.open && goesOn(blocks, i, open)) return
    const around = text.slice(Math.max(0, fault.at - 20), fault.at + 20).replace(/[\s\ufffc]+/g, ' ')
    const message = fault.open
      ? `the quotation at \`${around}\` is never closed`
      : `the \`${close}\` at \`${around}\` closes nothing`
    warning(report, 'unmatched-quote', block.place, message, HINT)
  })
}

function firstFault(text: string, open: string, close: string): { at: number; open: boolean } | undefined {
  const opened: number[] = []
  for (const { 0: mark, index } of text.matchAll(/[«»‹›“”„]/g)) {
    if (mark === open) opened.push(index)
    else if (mark === close && opened.pop() === undefined) return { at: index, open: false }
  }
  return opened.length > 0 ? { at: opened.at(-1)!, open: true } : undefined
}

/** Does a later paragraph of this run take the quotation up again? What stands between may be a letter or a poem. */
function goesOn(blocks: readonly Block[], i: number, open: string): boolean {
  for (let k = i + 1; k < Math.min(blocks.length, i + 4); k++) {
    const block = blocks[k]!
    if (block.kind === 'paragraph') return block.prose.text.startsWith(open)
    if (block.kind !== 'quote' && block.kind !== 'verse' && block.kind !== 'group') return false
  }
  return i + 1 < blocks.length
}
