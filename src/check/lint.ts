// In: a Book. Out: warnings about its typography, of the kinds that a proofreader marks: `octavo check` shows them, and the
// manifest's `ignore` silences each by its code. After the rules of the Standard Ebooks manual (typography; lint y-…, t-…).
import { type Diagnostic, legible, type Report, warning } from '../diagnostic.js'
import type { Block, Book, Section } from '../model/book.js'
import { primary } from '../model/languages.js'
import { eachBlock } from '../model/walk.js'
import { checkQuotes } from './quotes.js'
import { PROSE_RULES, type Sample } from './rules.js'
import { runningText } from './runningtext.js'

/** What was found in sections that may come again as they are. */
export type LintMemory = WeakMap<Section, readonly Diagnostic[]>

/** Reports every finding; `heard` decides which are heard. */
export function lint(book: Book, heard: Report, memory: LintMemory = new WeakMap()): void {
  for (const section of book.sections) {
    if (section.generated) continue
    let found = memory.get(section)
    if (found === undefined) memory.set(section, (found = lintSection(section)))
    for (const one of found) heard(one)
  }
  if (book.images.size > 0) lintImages(book, (one) => heard(legible(one)))
}

function lintSection(section: Section): Diagnostic[] {
  const found: Diagnostic[] = []
  const report: Report = (one) => void found.push(legible(one))
  // what is ours has no place
  const text = section.blocks.filter(({ kind, place }) => kind !== 'notes' && place.path !== '')
  lintRun(text, section, report)
  for (const block of section.blocks) {
    if (block.kind !== 'notes') continue
    const there = { ...section, language: block.lang ?? section.language }
    for (const note of block.notes) lintRun(note.blocks, there, report)
  }
  for (const note of section.notes) lintRun(note.blocks, section, report)
  lintEnds(section.blocks, report)
  return found
}

function lintRun(blocks: readonly Block[], section: Section, report: Report): void {
  const languages = new Map<Block, string>()
  eachBlock(
    blocks,
    (block) => {
      const language = block.lang ?? languages.get(block)
      if (language === undefined || (block.kind !== 'group' && block.kind !== 'quote')) return
      eachBlock(block.blocks, (inner) => languages.set(inner, language))
      languages.set(block, language)
    },
    (prose, block) => {
      if (block.kind === 'code' || block.kind === 'contents') return
      const language = primary(block.lang ?? languages.get(block) ?? section.language)
      const sample: Sample = { prose, text: runningText(prose), block, language }
      for (const { code, look, hint } of PROSE_RULES) {
        const found = look(sample)
        if (found !== undefined) warning(report, code, block.place, found, hint)
      }
    },
  )
  checkQuotes(blocks, (block) => block.lang ?? languages.get(block) ?? section.language, report)
}

/** A scene break parts two scenes: at the end of a section, or before a heading, it parts nothing. */
function lintEnds(blocks: readonly Block[], report: Report): void {
  blocks.forEach((block, i) => {
    const next = blocks[i + 1]
    if (block.kind !== 'break' || (next !== undefined && next.kind !== 'heading')) return
    const hint = 'take it out; a new section or heading parts the text already'
    warning(report, 'break-at-end', block.place, 'a scene break stands at the end', hint)
  })
}

const MAX_BYTES = 1_500_000
const MAX_PIXELS = 4_000_000

function lintImages(book: Book, report: Report): void {
  const seen = new Set<string>()
  const look = (src: string, block: Block) => {
    const image = book.images.get(src)
    if (image === undefined || seen.has(src)) return
    seen.add(src)
    const many = image.type !== 'svg' && image.width * image.height > MAX_PIXELS
    if (!many && image.bytes.length <= MAX_BYTES) return
    const said = many ? `${image.width} × ${image.height} pixels` : `${Math.ceil(image.bytes.length / 100_000) / 10} MB`
    const hint = 'shops take up to 4 million pixels and 1.5 MB; make it smaller'
    warning(report, 'large-image', block.place, `\`${src}\` has ${said}`, hint)
  }
  for (const section of book.sections) {
    for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)]) {
      eachBlock(
        blocks,
        (block) => {
          if (block.kind === 'figure') look(block.src, block)
        },
        (prose, block) => {
          for (const span of prose.spans) if (span.kind === 'image') look(span.src, block)
        },
      )
    }
  }
}
