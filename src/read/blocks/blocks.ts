// In: the block tokens of one file. Out: Blocks. Roles of paragraphs are those of what contains them; what depends on
// a paragraph's neighbours (flush, opening) and on the book (levels of headings) is set in roles.ts.
import type { Token } from 'markdown-it'
import { error, warning } from '../../diagnostic.js'
import type { Align, Block, ListItem, Prose, TableCell, TableRow } from '../../model/book.js'
import { isTag } from '../../model/languages.js'
import { lettersIn } from '../../model/letters.js'
import type { Role } from '../../model/role.js'
import { owe } from '../account.js'
import { claimId, type FileContext, placeOf, settleIds, tooDeep } from '../context.js'
import { showsNothing, toPlainProse, toProse } from '../inline/inline.js'
import { warnOfDirective } from '../inline/tell-foreign.js'
import { OBJECT } from '../inline/writing.js'
import { shown } from '../manifest/fields.js'
import { attributesOf } from '../markdown/attributes.js'
import { MAX_LEVEL, newToken } from '../markdown/token.js'
import { attribute } from './attribution.js'
import { paragraphRole, toDiv } from './divs.js'
import { captionFigures, partAtImages, toFigures } from './figures.js'
import { attributed, type BlockOf, lineOfToken, type Stream, within } from './stream.js'
import { captionTables, square } from './tables.js'

/** Blocks of the tokens from `from` up to `to`; paragraphs get `role`. */
export function toBlocks(stream: Stream, from: number, to: number, role: Role, ctx: FileContext): Block[] {
  const blocks: Block[] = []
  let line = 0
  for (let i = from; i < to; i++) {
    const token = stream.tokens[i]!
    if (token.map !== null) line = token.map[0]
    if (token.type === 'plain') {
      const prose = within(spokenIn(token), ctx, () => toPlainProse(token, line, ctx))
      if (showsNothing(prose.text)) continue
      const place = { path: ctx.path, line: line + ctx.skipped + 1 }
      const block: Block = { n: 0, classes: [], place, kind: 'paragraph', role, prose }
      if (token.meta !== null) takeOwn(block, token, line, ctx)
      if (ctx.loose.length > 0) settleIds(ctx, block)
      blocks.push(block)
      continue
    }
    const end = token.nesting === 1 ? stream.ends[i]! : i
    if (token.nesting === 1 && token.level >= MAX_LEVEL - 1 && !token.type.startsWith('paragraph')) tooDeep(ctx, line)
    for (const block of blocksOf(stream, i, end, role, line, ctx)) {
      settleIds(ctx, block)
      blocks.push(block)
    }
    i = end
  }
  return captionTables(captionFigures(blocks), ctx)
}

function blocksOf(stream: Stream, at: number, end: number, role: Role, line: number, ctx: FileContext): Block[] {
  const token = stream.tokens[at]!
  const base = { n: 0, classes: [], place: placeOf(ctx, line) }
  switch (token.type) {
    case 'paragraph_open': {
      const inline = stream.tokens[at + 1]
      if (inline?.type !== 'inline') return []
      const figures = toFigures(inline, line, ctx)
      if (figures !== undefined) {
        const [figure] = figures
        if (figure !== undefined && token.meta !== null && token.meta['element'] === undefined)
          takeOwn(figure, token, line, ctx)
        return figures
      }
      const runs = partAtImages(inline.children ?? [], line, ctx)
      if (runs !== undefined) return partsOf(runs, role, token, ctx)
      const prose = within(spokenIn(token), ctx, () => toProse(inline.children ?? [], line, ctx))
      if (isContentsMark(inline.content)) {
        const hint = 'take the line out, or silence this code'
        const message = `\`${inline.content.trim()}\` is left out: the book has a contents page of its own`
        warning(ctx.report, 'contents-mark', placeOf(ctx, line), message, hint)
        owe(ctx, -lettersIn(prose.text))
        return []
      }
      // White space alone is no paragraph.
      if (showsNothing(prose.text)) return []
      if (token.meta === null) return [{ ...base, kind: 'paragraph', role, prose }]
      const caption = token.meta['element'] === 'figcaption'
      // The lead of what `<details>` folds away.
      if (token.meta['element'] === 'summary') prose.spans.unshift({ kind: 'strong', start: 0, end: prose.text.length })
      const block: Block = { ...base, kind: 'paragraph', role: caption ? 'caption' : role, prose }
      takeOwn(block, token, line, ctx)
      return [block]
    }
    case 'heading_open': {
      const prose = toProse(stream.tokens[at + 1]?.children ?? [], line, ctx)
      const own = attributed(attributesOf(token), line, ctx, token.tag === 'h1' ? ['short-title'] : [])
      if (showsNothing(prose.text)) return []
      return [{ ...base, ...own, kind: 'heading', role: 'heading-2', level: Number(token.tag.slice(1)), prose }]
    }
    case 'blockquote_open': {
      const own = attributed(attributesOf(token), line, ctx)
      const blocks = within(own.lang, ctx, () => toBlocks(stream, at + 1, end, 'quote', ctx))
      return blocks.length === 0 ? [] : [{ ...base, ...own, kind: 'quote', role: 'quote', blocks: attribute(blocks) }]
    }
    case 'bullet_list_open':
    case 'ordered_list_open':
      return filled({ ...base, ...attributed(attributesOf(token), line, ctx), ...listOf(stream, at, end, ctx) })
    case 'dl_open': {
      const own = attributed(attributesOf(token), line, ctx)
      const entries = definitionsOf(stream, at, end, ctx)
      return filled({ ...base, ...own, kind: 'definitions', role: 'definition', entries })
    }
    case 'fence':
      if (isUnclosed(token)) {
        const message = 'the code that begins here is never closed'
        const hint = 'close it with a line like this one'
        warning(ctx.report, 'unclosed-code', placeOf(ctx, line), message, hint)
      }
      return [{ ...base, ...codeOf(token, line, ctx) }]
    case 'code_block':
      return [{ ...base, ...codeOf(token, line, ctx) }]
    case 'hr':
      return [{ ...base, kind: 'break', role: 'break' }]
    case 'table_open':
      return tableOf(stream, at, end, line, ctx)
    case 'div_open':
      return toDiv(stream, at, end, role, line, ctx, toBlocks)
    case 'figure_open':
      return framed(toBlocks(stream, at + 1, end, 'body', ctx), attributed(attributesOf(token), line, ctx), line, ctx)
    // Definitions of notes are read where they are referred to.
    default:
      return []
  }
}

/** The language that a paragraph says of itself, if it is one; whether it is, `attributed` reports. */
function spokenIn(token: Token): string | undefined {
  const tag = token.meta === null ? undefined : attributesOf(token)?.keys.get('lang')
  return tag !== undefined && isTag(tag) ? tag : undefined
}

/** A paragraph's attributes, on the block that was made of it. */
function takeOwn(block: Block, token: Token, line: number, ctx: FileContext): void {
  const own = attributed(attributesOf(token), line, ctx)
  if (block.kind === 'paragraph') block.role = paragraphRole(own.classes, block.role)
  block.id ??= own.id
  block.lang ??= own.lang
  block.classes = own.classes.concat(block.classes)
}

/** A paragraph, parted at its images. */
function partsOf(runs: { tokens: Token[]; line: number }[], role: Role, paragraph: Token, ctx: FileContext): Block[] {
  const blocks = runs.flatMap(({ tokens, line }): Block[] => {
    const inline = newToken('inline', 0)
    inline.children = tokens
    const figures = toFigures(inline, line, ctx)
    if (figures !== undefined) return figures
    const prose = toProse(tokens, line, ctx)
    return showsNothing(prose.text)
      ? []
      : [{ n: 0, classes: [], place: placeOf(ctx, line), kind: 'paragraph', role, prose }]
  })
  const [first] = blocks
  if (first !== undefined && paragraph.meta !== null) {
    const own = attributed(attributesOf(paragraph), lineOfToken(paragraph), ctx)
    Object.assign(first, own, { classes: [...own.classes, ...first.classes] })
  }
  return blocks
}

/** Where other tools put a table of contents. */
function isContentsMark(text: string): boolean {
  return /^\s*(?:\[toc\]|\[\[_?toc_?\]\]|(?:(?:toc|contents|table of contents)\s+)?\{:\s*toc\b[^{}]*\})\s*$/i.test(text)
}

/** HTML may have lists without items, which are nothing. */
function filled(block: BlockOf<'list'> | BlockOf<'definitions'>): Block[] {
  return (block.kind === 'list' ? block.items : block.entries).length === 0 ? [] : [block]
}

/** Its lines are the fence above, the code, and the fence below if there is one. */
function isUnclosed({ map, content }: Token): boolean {
  if (map === null) return false
  const lines = content.split('\n').length - (content === '' || content.endsWith('\n') ? 1 : 0)
  return map[1] - map[0] < lines + 2
}

/** `<figure>`: an image or a table with its caption; a quotation or code with one stays together as a group. */
function framed(blocks: Block[], own: ReturnType<typeof attributed>, line: number, ctx: FileContext): Block[] {
  const caption = blocks.find((block) => block.kind === 'paragraph' && block.role === 'caption')
  const bearer = blocks.find((block) => block.kind === 'figure' || block.kind === 'table')
  if (caption?.kind === 'paragraph' && bearer !== undefined && bearer.caption === undefined) {
    bearer.caption = caption.prose
    blocks.splice(blocks.indexOf(caption), 1)
  }
  if (blocks.length === 0) return []
  if (blocks.length !== 1 || bearer === undefined) {
    return [{ n: 0, ...own, place: placeOf(ctx, line), kind: 'group', role: 'body', blocks }]
  }
  bearer.id ??= own.id
  bearer.lang ??= own.lang
  bearer.classes = own.classes.concat(bearer.classes)
  return blocks
}

function listOf(
  stream: Stream,
  at: number,
  end: number,
  ctx: FileContext,
): { kind: 'list'; role: 'list'; ordered: boolean; start: number; tight: boolean; items: ListItem[] } {
  const token = stream.tokens[at]!
  const items: ListItem[] = []
  let tight = true
  for (let i = at + 1; i < end; i++) {
    const item = stream.tokens[i]!
    const to = item.nesting === 1 ? stream.ends[i]! : i
    // In a list of HTML there may be what is no item; it becomes one.
    const [from, until] = item.type === 'list_item_open' ? [i + 1, to] : [i, to + 1]
    looseId(item, ctx)
    const first = stream.tokens[from]
    if (first?.type === 'paragraph_open' && !first.hidden) tight = false
    const task = item.type === 'list_item_open' && item.info === 'task'
    const blocks = toBlocks(stream, from, until, 'list', ctx)
    i = to
    // kramdown has its mark for the contents in a list of its own.
    if (blocks.length === 0 && isContentsMark(stream.tokens[from + 1]?.content ?? '')) continue
    items.push({ ...(task ? { task } : {}), blocks })
  }
  const start = Number(token.attrGet('start') ?? 1)
  return { kind: 'list', role: 'list', ordered: token.type === 'ordered_list_open', start, tight, items }
}

function definitionsOf(stream: Stream, at: number, end: number, ctx: FileContext) {
  const entries: BlockOf<'definitions'>['entries'] = []
  for (let i = at + 1; i < end; i++) {
    const token = stream.tokens[i]!
    const to = token.nesting === 1 ? stream.ends[i]! : i
    looseId(token, ctx)
    let entry = entries.at(-1)
    if (token.type === 'dt_open') {
      if (entry === undefined || entry.definitions.length > 0) entries.push((entry = { terms: [], definitions: [] }))
      entry.terms.push(toProse(stream.tokens[i + 1]?.children ?? [], lineOfToken(token), ctx))
    } else {
      // A definition may stand without a term in HTML, and other things beside it.
      if (entry === undefined) {
        const hint = 'write `<dt>` with the term before it'
        error(ctx.report, 'unsupported-html', placeOf(ctx, lineOfToken(token)), 'a definition has no term', hint)
        entries.push((entry = { terms: [{ n: 0, text: '…', spans: [] }], definitions: [] }))
      }
      const [from, until] = token.type === 'dd_open' ? [i + 1, to] : [i, to + 1]
      entry.definitions.push(toBlocks(stream, from, until, 'definition', ctx))
    }
    i = to
  }
  const last = entries.at(-1)
  if (last?.definitions.length === 0) last.definitions.push([])
  return entries
}

function codeOf(token: Token, line: number, ctx: FileContext): Omit<BlockOf<'code'>, 'n' | 'place'> {
  const info = token.info.trim()
  const braced = /^\{([^}]*)\}/.exec(info)
  warnOfDirective(braced?.[1] ?? '', placeOf(ctx, line), ctx.report)
  const classes = braced?.[1]?.match(/\.[^\s.#{}]+/g)?.map((name) => name.slice(1)) ?? []
  const id = /(?:^|\s)#([^\s.#{}]+)/.exec(braced?.[1] ?? '')?.[1]
  const language = braced === null ? (/^[^\s{]+/.exec(info)?.[0] ?? '') : (classes.shift() ?? '')
  const claimed = claimId(ctx, id, line)
  const own = claimed === undefined ? {} : { id: claimed }
  const said = /(?:^|[\s{])(title|caption|filename)=(?:"([^"]*)"|'([^']*)'|([^\s}]+))/.exec(info)
  if (said !== null) {
    const message = `the ${said[1]} of the code, \`${shown(said[2] ?? said[3] ?? said[4] ?? '')}\`, is not shown`
    warning(ctx.report, 'unknown-attribute', placeOf(ctx, line), message, 'write it as a paragraph before the code')
  }
  const rest = info
    .slice(braced?.[0].length ?? language.length)
    .replace(said?.[0] ?? '', '')
    .replace(/\{[^{}]*\}/g, '')
    .trim()
  if (/[\p{L}\p{N}]/u.test(rest)) {
    const message = `\`${shown(rest)}\` beside the language of the code is not shown`
    warning(ctx.report, 'unknown-attribute', placeOf(ctx, line), message, 'write it before the code, or take it out')
  }
  const text = expandTabs(token.content.replace(/\n$/, '').replaceAll(OBJECT, '\ufffd'))
  return { ...own, classes, kind: 'code', role: 'code', language, prose: { n: 0, text, spans: [] } }
}

/** Tab stops every four columns, as CommonMark has them. */
function expandTabs(text: string): string {
  if (!text.includes('\t')) return text
  return text
    .split('\n')
    .map((row) => {
      const parts = row.split('\t')
      let out = parts[0]!
      for (const part of parts.slice(1)) out += ' '.repeat(4 - (out.length % 4)) + part
      return out
    })
    .join('\n')
}

function tableOf(stream: Stream, at: number, end: number, line: number, ctx: FileContext): Block[] {
  const own = attributed(attributesOf(stream.tokens[at]), line, ctx)
  const head: TableRow[] = []
  const body: TableRow[] = []
  const aligns: Align[] = []
  let caption: Prose | undefined
  let rows = body
  let row: TableCell[] = []
  let column = 0
  let rowLine = line
  for (let i = at + 1; i < end; i++) {
    const token = stream.tokens[i]!
    if (token.nesting === 1) looseId(token, ctx)
    // Cells of Markdown stand in the line of their row; those of HTML may have lines of their own.
    if (token.map !== null) rowLine = token.map[0]
    if (token.type === 'thead_open') rows = head
    else if (token.type === 'tbody_open') rows = body
    else if (token.type === 'paragraph_open')
      caption = toProse(stream.tokens[i + 1]?.children ?? [], lineOfToken(token), ctx)
    else if (token.type === 'tr_open') {
      row = []
      column = 0
      rows.push({ cells: row })
      if (token.meta?.['cells'] !== undefined) {
        const message = `the row has ${token.meta['cells']} cells, and its table ${token.meta['columns']} columns`
        const hint = 'give the head of the table as many, or write `\\|` for a bar that parts no cells'
        warning(ctx.report, 'surplus-cells', placeOf(ctx, lineOfToken(token)), message, hint)
      }
    } else if (token.type === 'th_open' || token.type === 'td_open') {
      const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1]
      if (align !== undefined) aligns[column] ??= align as Align
      const cell = stream.tokens[i + 1]
      const prose = toProse(cell?.children ?? [], cell?.map?.[0] ?? rowLine, ctx)
      const colSpan = Number(token.attrGet('colspan') ?? 1)
      const rowSpan = Number(token.attrGet('rowspan') ?? 1)
      row.push({ prose, head: token.type === 'th_open', colSpan, rowSpan })
      column += colSpan
    }
  }
  const place = placeOf(ctx, line)
  const columns = square([head, body], ctx.cells)
  if (columns === undefined) {
    error(ctx.report, 'too-large', place, `the table has more than ${ctx.cells} cells`, 'divide the table')
    return []
  }
  for (let i = 0; i < columns; i++) aligns[i] ??= undefined
  // Markdown knows no table without a head: one without a word is none
  if (body.length > 0 && head.every(({ cells }) => cells.every(({ prose }) => isBlank(prose)))) head.length = 0
  return columns === 0 ? [] : [{ n: 0, ...own, place, kind: 'table', role: 'cell', head, body, aligns, caption }]
}

function isBlank({ text, spans }: Prose): boolean {
  return spans.length === 0 && text.trim() === ''
}

/** Parts that are no blocks cannot carry an id; it passes to the block they are in. */
function looseId(token: Token, ctx: FileContext): void {
  const id = claimId(ctx, attributesOf(token)?.id, lineOfToken(token))
  if (id !== undefined) ctx.loose.push(id)
}
