// In: a fenced block `::: name` (or a `<div class>`). Out: the blocks it means.

import { nearest, warning } from '../../diagnostic.js'
import { wordOfKind } from '../../model/asides.js'
import type { Block, Prose } from '../../model/book.js'
import { lettersIn } from '../../model/letters.js'
import type { Role } from '../../model/role.js'
import { lentLanguage } from '../../model/words.js'
import { lettersOfTokens, owe, owing } from '../account.js'
import { type FileContext, placeOf } from '../context.js'
import { showsNothing, toProse } from '../inline/inline.js'
import { KINDS } from '../markdown/admonitions.js'
import { type Attributes, attributesOf } from '../markdown/attributes.js'
import { parseInline } from '../markdown/parser.js'
import { attribute } from './attribution.js'
import { toDrama } from './drama.js'
import { toVerse } from './stanzas.js'
import { attributed, type BlockOf, type ReadBlocks, type Stream, within } from './stream.js'

type GroupRole = BlockOf<'group'>['role']

/** What each name makes of its paragraphs. */
const GROUPS = new Map<string, GroupRole>(
  Object.entries({
    epigraph: 'epigraph',
    letter: 'letter',
    note: 'note',
    aside: 'aside',
    right: 'right',
    center: 'center',
    centre: 'center',
    dedication: 'dedication',
    drama: 'drama',
    // As other tools call what stands aside.
    sidebar: 'aside',
    box: 'aside',
    callout: 'aside',
    tip: 'aside',
    info: 'aside',
    important: 'aside',
    warning: 'aside',
    caution: 'aside',
    danger: 'aside',
  }),
)
/** What these are is said where they have no title. */
const SPOKEN = ['tip', 'info', 'important', 'warning', 'caution', 'danger']
const HEADS = ['dateline', 'salutation', 'address', 'letter-head']
const CLOSES = ['closing', 'signature', 'letter-close']
const KNOWN = [...GROUPS.keys(), ...HEADS, ...CLOSES, 'verse', 'quote', 'dinkus', 'attribution']

/** Is a class of this name one that Octavo gives a meaning? */
export function isKnownBlock(name: string): boolean {
  return KNOWN.includes(name)
}

export function toDiv(
  stream: Stream,
  at: number,
  end: number,
  role: Role,
  line: number,
  ctx: FileContext,
  read: ReadBlocks,
): Block[] {
  const token = stream.tokens[at]!
  const attributes = attributesOf(token) ?? { classes: [], keys: new Map<string, string>() }
  const callout = takeCallout(attributes)
  const name = attributes.classes.find((one) => KNOWN.includes(one))
  const own = attributed(attributes, line, ctx, callout === undefined ? [] : CALLOUT_KEYS)
  own.classes = own.classes.filter((one) => one !== name)
  const title = String(token.meta?.['title'] ?? '') || (callout?.title ?? '')
  // What a warning warns of is lost on whoever does not know that it is one; a note may be any text that is set apart.
  const kind = token.meta?.['kind'] ?? callout?.kind ?? (SPOKEN.includes(name ?? '') ? name : undefined)
  const base = { n: 0, ...own, place: placeOf(ctx, line) }
  if (name === undefined && token.meta?.['named'] === true) warnOfName(attributes.classes[0]!, line, ctx)
  if (name === 'dinkus') return [dinkus(stream, at, end, base, line, ctx)]

  const inner = roleInside(name, role)
  const blocks = within(own.lang, ctx, () => {
    const content = name === 'verse' ? toVerse(stream, at + 1, end, ctx, read) : read(stream, at + 1, end, inner, ctx)
    if ((callout !== undefined || token.meta?.['headed'] === true) && headed(content, inner)) return content
    if (title !== '') content.unshift(...titleOf(title, inner, line, ctx))
    else if (typeof kind === 'string') content.unshift(titleOfKind(kind, inner, line, ctx))
    return content
  })
  if (blocks.length === 0) return []
  if (name === 'quote') return [{ ...base, kind: 'quote', role: 'quote', blocks: attribute(blocks) }]
  const group = name === undefined ? 'body' : GROUPS.get(name)
  if (group === 'epigraph') attribute(blocks)
  if (group === 'drama') return [{ ...base, kind: 'group', role: 'drama', blocks: toDrama(blocks) }]
  if (group === 'letter') return [{ ...base, kind: 'group', role: 'letter', blocks: shapeLetter(blocks) }]
  if (group !== undefined) {
    if (group === 'aside' && name !== 'aside') base.classes.unshift(name!)
    return [{ ...base, kind: 'group', role: group, blocks }]
  }
  // Verse and parts of a letter are what they are without a group around them.
  return onFirst(blocks, base)
}

/** What Quarto says of a callout beside its kind and its title, all of it about looks; and `title` of Docusaurus. */
const CALLOUT_KEYS = ['title', 'icon', 'appearance', 'collapse']

/** `::: {.callout-tip title="…"}`, `:::tip{title="…"}`: the class becomes its kind. */
function takeCallout(attributes: Attributes): { title: string | undefined; kind: string | undefined } | undefined {
  const { classes, keys } = attributes
  const at = classes.findIndex((one) => KINDS.has(one.replace(/^callout-/, '')))
  if (at < 0 || (classes[at]!.startsWith('callout-') ? false : !keys.has('title'))) return undefined
  const kind = classes[at]!.replace(/^callout-/, '')
  classes[at] = KINDS.get(kind)!
  return { title: keys.get('title'), kind: keys.has('title') ? undefined : kind }
}

/** In a callout a heading that stands first is its title: no heading of the book. */
function headed(blocks: Block[], role: Role): boolean {
  const [first] = blocks
  if (first?.kind !== 'heading') return false
  const { n, id, classes, lang, place, prose } = first
  prose.spans.unshift({ kind: 'strong', start: 0, end: prose.text.length })
  blocks[0] = { n, id, classes, lang, place, kind: 'paragraph', role, prose }
  return true
}

function onFirst(blocks: Block[], own: { id?: string; classes: string[]; lang?: string }): Block[] {
  if (blocks.length > 1 && own.lang !== undefined) for (const block of blocks) block.lang ??= own.lang
  const first = blocks[0]!
  first.classes = own.classes.concat(first.classes)
  if (own.id !== undefined) first.id = own.id
  if (own.lang !== undefined) first.lang ??= own.lang
  return blocks
}

function roleInside(name: string | undefined, outer: Role): Role {
  if (name === undefined) return outer
  if (name === 'quote') return 'quote'
  if (name === 'attribution') return 'attribution'
  if (HEADS.includes(name)) return 'letter-head'
  if (CLOSES.includes(name)) return 'letter-close'
  return GROUPS.get(name) ?? outer
}

/** What a paragraph is by a class of its own: `THE END {.center}`. */
export function paragraphRole(classes: string[], role: Role): Role {
  const at = classes.findIndex(
    (one) => one === 'right' || one === 'center' || one === 'direction' || HEADS.includes(one) || CLOSES.includes(one),
  )
  return at < 0 ? role : roleInside(classes.splice(at, 1)[0], role)
}

/** In a letter, what stands to the right before its text is its head, and after it its close. */
function shapeLetter(blocks: Block[]): Block[] {
  const shaped: Block[] = []
  const isRight = (block: Block | undefined) => block?.kind === 'group' && block.role === 'right'
  const body = blocks.findIndex(
    (block) => !isRight(block) && !(block.kind === 'paragraph' && block.role === 'letter-head'),
  )
  for (const [i, block] of blocks.entries()) {
    if (block.kind !== 'group' || block.role !== 'right') {
      shaped.push(block)
      continue
    }
    const role = body < 0 || i < body ? 'letter-head' : 'letter-close'
    for (const one of block.blocks) if (one.kind === 'paragraph') one.role = role
    for (const one of onFirst(block.blocks, block)) shaped.push(one)
  }
  return shaped
}

function titleOf(title: string, role: Role, line: number, ctx: FileContext): Block[] {
  const prose = owing(
    ctx,
    () => toProse(parseInline(title, ctx.definitions), line, ctx),
    (one) => one.text,
  )
  if (showsNothing(prose.text)) return []
  prose.spans.unshift({ kind: 'strong', start: 0, end: prose.text.length })
  return [{ n: 0, classes: [], kind: 'paragraph', role, prose, place: placeOf(ctx, line) }]
}

function titleOfKind(kind: string, role: Role, line: number, ctx: FileContext): Block {
  const text = wordOfKind(kind, ctx.language)
  owe(ctx, lettersIn(text))
  const prose: Prose = { n: 0, text, spans: [{ kind: 'strong', start: 0, end: text.length }] }
  const lang = lentLanguage(ctx.language)
  const own = lang === undefined ? {} : { lang }
  return { n: 0, classes: [], ...own, kind: 'paragraph', role, prose, place: placeOf(ctx, line) }
}

function dinkus(
  stream: Stream,
  at: number,
  end: number,
  base: { n: number; classes: string[]; place: ReturnType<typeof placeOf> },
  line: number,
  ctx: FileContext,
): Block {
  const written = stream.tokens.slice(at + 1, end).map((token) => (token.type === 'inline' ? token.content : ''))
  if (/[\p{L}\p{N}]/u.test(written.join(''))) {
    const hint = 'the theme draws the ornament; write the text outside the block'
    warning(ctx.report, 'dinkus-text', placeOf(ctx, line), 'the text in a `dinkus` block is not shown', hint)
  }
  owe(ctx, -lettersOfTokens(stream.tokens.slice(at + 1, end)))
  return { ...base, kind: 'break', role: 'break' }
}

function warnOfName(name: string, line: number, ctx: FileContext): void {
  const near = nearest(name, KNOWN)
  const hint =
    near === undefined
      ? `known are ${KNOWN.slice(0, 7).join(', ')}; a class of your own is written {.${name}}`
      : `did you mean \`${near}\`?`
  warning(
    ctx.report,
    'unknown-block',
    placeOf(ctx, line),
    `\`::: ${name.slice(0, 40)}\` is no block that is known`,
    hint,
  )
}
