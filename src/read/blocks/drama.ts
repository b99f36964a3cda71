// In: the blocks of a `::: drama`. Out: the same as a play's: who speaks is marked at the head of each speech, in prose and in verse;
// what is done stands by itself; and in verse a speaker in the middle of a stanza goes on in the line of the one before.
import type { Block, Prose, Span, VerseLine } from '../../model/book.js'

const DIRECTION = { kind: 'italic', type: 'z3998:stage-direction' } as const

export function toDrama(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.kind === 'verse') return partsOfVerse(block)
    if (block.kind !== 'paragraph' || block.role !== 'drama') return [block]
    if (!nameSpeaker(block.prose) && isDirection(block.prose)) return [asDirection(block, block.prose)]
    markDirections(block.prose)
    return [block]
  })
}

/** Strong words at the head of a text are the name of who speaks it. */
function nameSpeaker(prose: Prose): boolean {
  const at = prose.spans.findIndex((span) => span.kind === 'strong' && span.start === 0)
  if (at < 0) return false
  const { start, end } = prose.spans[at]!
  prose.spans[at] = { kind: 'speaker', start, end }
  return true
}

/** A text that begins and ends in emphasis says what is done, with or without brackets around it. */
function isDirection({ text, spans }: Prose): boolean {
  const from = /^[([]/.test(text) ? 1 : 0
  let to = text.length
  while (to > from && '.)]'.includes(text.charAt(to - 1))) to--
  const stressed = spans.filter(({ kind }) => isStress(kind))
  return (
    text.slice(from, to).trim() !== '' &&
    stressed.some(({ start, end }) => start <= from && end > from) &&
    stressed.some(({ start, end }) => start < to && end >= to)
  )
}

function isStress(kind: Span['kind']): boolean {
  return kind === 'emphasis' || kind === 'italic'
}

/** Its style slants it: what did not slant, the names of those who come and go, is told from it now. */
function asDirection(block: Block, prose: Prose): Block {
  const spans: Span[] = prose.spans.filter(({ kind }) => !isStress(kind))
  let at = 0
  for (const { start, end } of [...prose.spans.filter(({ kind }) => isStress(kind)), END(prose)]) {
    const words = prose.text.slice(at, start)
    const lead = words.length - words.trimStart().length
    if (/\p{L}/u.test(words)) spans.push({ kind: 'italic', start: at + lead, end: at + words.trimEnd().length })
    at = Math.max(at, end)
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end)
  const { id, classes, lang, place } = block
  const own = { n: 0, classes, place, ...(id === undefined ? {} : { id }), ...(lang === undefined ? {} : { lang }) }
  return { ...own, kind: 'paragraph', role: 'direction', prose: { ...prose, spans } }
}

const END = ({ text }: Prose) => ({ start: text.length, end: text.length })

/** What is said in brackets and slants is done, too. */
function markDirections({ text, spans }: Prose): void {
  for (const [i, span] of spans.entries()) {
    if (span.kind !== 'emphasis') continue
    const before = text.charAt(span.start - 1)
    const first = text[span.start] ?? ''
    if ('([ '.includes(before) && /[([]/.test(`${before.trim()}${first}`[0] ?? ''))
      spans[i] = { ...DIRECTION, start: span.start, end: span.end }
  }
}

/** Stanzas are speeches; one that only says what is done stands between two verses. */
function partsOfVerse(verse: Extract<Block, { kind: 'verse' }>): Block[] {
  const out: Block[] = []
  let open: VerseLine[][] = []
  let first = true
  const close = () => {
    if (open.length === 0) return
    const { id: _, ...rest } = verse
    out.push({ ...(first ? verse : rest), stanzas: open })
    first = false
    open = []
  }
  for (const stanza of verse.stanzas) {
    const [line] = stanza
    if (stanza.length === 1 && line !== undefined && isDirection(line.prose)) {
      close()
      const { id: _, ...rest } = verse
      out.push(asDirection({ ...rest, classes: [] }, line.prose))
      continue
    }
    for (const [i, each] of stanza.entries()) {
      if (nameSpeaker(each.prose) && i > 0) each.shared = true
      markDirections(each.prose)
    }
    open.push(stanza)
  }
  close()
  return out
}
