// In: one Markdown file and its entry in the manifest. Out: a Section, with its title, its blocks and its notes.
import { error, type Report, warning } from '../diagnostic.js'
import type { Block, Note, Section } from '../model/book.js'
import { reportLoss } from '../model/letters.js'
import { NOTE_PARTS, type Work } from '../model/limits.js'
import { lettersOfTokens, owe, settleAccount } from './account.js'
import { toBlocks } from './blocks/blocks.js'
import { expandHtml } from './blocks/html-blocks.js'
import { streamOf } from './blocks/stream.js'
import type { BookFile } from './book-files.js'
import { type FileContext, type Ids, type PendingLink, placeOf, tooDeep } from './context.js'
import { shown } from './manifest/fields.js'
import { markPlates } from './mark-plates.js'
import { nothing, type Parsed, parseMarkdown } from './markdown/parser.js'
import { shapeSection } from './roles.js'

export interface FileSettings {
  id: string
  /** Section of the part it belongs to. */
  part: string | undefined
  /** Sections that it stands below, outermost first. */
  above: readonly string[]
  /** What it is counted as. */
  numbered: Section['numbered']
  language: string
  smart: boolean
  report: Report
  ids: Ids
  links: PendingLink[]
  /** How many tokens the file may have, and how many more the book; `weigh` is told of them. */
  room: { file: number; book: number; weigh: (work: Partial<Work>) => void }
  image: FileContext['image']
  tall: FileContext['tall']
  cells: number
}

export function readSection(file: BookFile, settings: FileSettings): Section {
  const { front, entry, path, role } = file
  const { ids } = settings
  let failed = false
  let unread = false
  const report: Report = (one) => {
    // Of a file that was not read nothing else is known.
    if (unread && one.severity === 'warning') return
    failed ||= one.severity === 'error' && one.forgivable !== true
    settings.report(one)
  }
  const parsed = parse(file, settings.room, report)
  unread = parsed === undefined
  const { tokens, env } = parsed ?? nothing()
  const language = front.language ?? settings.language
  const ctx: FileContext = {
    path,
    skipped: file.lines,
    report,
    section: settings.id,
    smart: settings.smart,
    language,
    note: undefined,
    definitions: new Map(),
    notes: [],
    noteIds: new Map(),
    links: settings.links,
    ids,
    loose: [],
    image: settings.image,
    tall: settings.tall,
    cells: settings.cells,
    lines: false,
    indents: env.indents,
    deep: false,
    owed: 0,
  }
  sayMarkdown(env, file.body, ctx)
  const stream = streamOf(expandHtml(tokens, ctx))
  owe(ctx, lettersOfTokens(stream.tokens))
  gatherDefinitions(stream, ctx)
  const blocks = toBlocks(stream, 0, stream.tokens.length, 'body', ctx)
  const section: Section = {
    id: settings.id,
    role,
    matter: entry.matter,
    depth: (settings.part === undefined ? 1 : 2) + settings.above.length,
    part: settings.part,
    under: settings.above.at(-1),
    ...(settings.numbered && { numbered: settings.numbered }),
    generated: false,
    title: '',
    toc: true,
    language,
    blocks,
    notes: [],
    place: placeOf(ctx, 0),
  }
  shapeSection(section, front, entry, ctx)
  section.notes = readNotes(ctx)
  markPlates(section, ctx)
  settings.room.weigh({ parts: section.notes.length * NOTE_PARTS })
  // A file with errors may lack the very text that they are about.
  if (!failed) settleAccount(section, stream.tokens, ctx)
  sayUnusedNotes(ctx)
  const last = section.blocks.at(-1)
  for (const id of ctx.loose) if (last !== undefined) ids.aliases.set(id, last.id ?? (last.id = id))
  // What was not read could have text.
  if (!unread && !ctx.deep) sayEmpty(section, ctx)
  return section
}

/** Undefined, and said, if it cannot be held. */
function parse({ body, path }: BookFile, room: FileSettings['room'], report: Report): Parsed | undefined {
  const parsed = parseMarkdown(body, Math.min(room.file, room.book))
  if (typeof parsed === 'object') {
    room.book -= parsed.env.tokens
    room.weigh({ parts: parsed.env.tokens })
    return parsed
  }
  if (parsed === 'deep')
    error(report, 'too-deep', { path, line: 0 }, 'the Markdown is nested too deeply', 'nest it less')
  else {
    const whole = room.book >= room.file ? 'file' : 'book'
    const hint = whole === 'file' ? 'divide the file' : 'make more than one book of it'
    const message = `the ${whole} has more parts (paragraphs, cells, marks) than the ${room[whole]} that can be held`
    error(report, 'too-large', { path, line: 0 }, message, hint)
  }
  return undefined
}

/** What the parser found wrong. */
function sayMarkdown(env: Parsed['env'], body: string, ctx: FileContext): void {
  const { report } = ctx
  for (const line of env.tooDeep) tooDeep(ctx, line)
  for (const { line, letters } of env.unread) {
    reportLoss('in reading', letters, [], '', placeOf(ctx, line), report)
  }
  const unused = env.definitions?.unused() ?? []
  const written = unused.length > 0 ? body.split('\n') : []
  for (const line of unused) {
    const said = shown(written[line] ?? '')
    const message = `\`${said}\` defines a link that nothing refers to, and is not printed`
    const hint = 'if it is text, put a backslash before its bracket; else refer to it, or take it out'
    warning(report, 'unused-link', placeOf(ctx, line), message, hint)
  }
  for (const fence of env.strayFences) {
    const message = fence.opens ? 'the `:::` block is never closed' : 'the `:::` closes nothing'
    const hint = fence.opens ? 'close it with a line of three colons' : 'take it out, or open the block above'
    error(report, 'stray-fence', placeOf(ctx, fence.line), message, hint)
  }
}

function sayUnusedNotes(ctx: FileContext): void {
  for (const [label, { used, line }] of ctx.definitions) {
    if (used) continue
    const hint = `refer to it with \`[^${label}]\`, or take it out`
    warning(ctx.report, 'unused-note', placeOf(ctx, line), `the note \`${label}\` is referred to nowhere`, hint)
  }
}

function sayEmpty(section: Section, { path, report }: FileContext): void {
  if (section.blocks.length === 0) {
    const hint = 'write its text, or take the file out of the manifest'
    error(report, 'empty-section', { path, line: 0 }, 'the file has no text', hint)
  } else if (section.blocks.every((block) => block.kind === 'heading') && section.role === 'chapter') {
    warning(report, 'empty-section', section.place, 'there is nothing below the title', 'write its text')
  }
}

function gatherDefinitions(stream: ReturnType<typeof streamOf>, ctx: FileContext): void {
  stream.tokens.forEach((token, i) => {
    if (token.type !== 'note_open') return
    const label = String(token.meta?.['label'] ?? '')
    const line = token.map?.[0] ?? 0
    const known = ctx.definitions.get(label)
    if (known !== undefined) {
      const message = `the note \`${label}\` stands in line ${placeOf(ctx, known.line).line} already`
      error(ctx.report, 'duplicate-note', placeOf(ctx, line), message, 'give it another label')
      return
    }
    ctx.definitions.set(label, { tokens: stream.tokens.slice(i + 1, stream.ends[i]), line, used: false })
  })
}

/** In the order in which they were first referred to. */
function readNotes(ctx: FileContext): Note[] {
  const notes: Note[] = []
  for (const { id, label, tokens, line } of ctx.notes) {
    ctx.note = id
    owe(ctx, lettersOfTokens(tokens))
    const stream = streamOf(tokens)
    const blocks = toBlocks(stream, 0, tokens.length, 'note', ctx).map(withoutHeadings)
    const place = placeOf(ctx, line)
    if (blocks.length === 0) {
      error(ctx.report, 'empty-note', place, `note ${label} has no text`, 'write it after the colon')
    }
    notes.push({ id, label, blocks, place })
  }
  ctx.note = undefined
  return notes
}

/** A note has no place in the hierarchy of headings: one in it is a paragraph in strong letters. */
function withoutHeadings(block: Block): Block {
  if (block.kind === 'quote' || block.kind === 'group') block.blocks = block.blocks.map(withoutHeadings)
  if (block.kind === 'list') for (const item of block.items) item.blocks = item.blocks.map(withoutHeadings)
  if (block.kind === 'definitions') {
    for (const entry of block.entries) entry.definitions = entry.definitions.map((one) => one.map(withoutHeadings))
  }
  if (block.kind !== 'heading') return block
  const { n, id, classes, lang, place, prose } = block
  prose.spans.unshift({ kind: 'strong', start: 0, end: prose.text.length })
  return { n, id, classes, lang, place, kind: 'paragraph', role: 'note', prose }
}
