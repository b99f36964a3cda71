// In: a section's blocks as they were read. Out: the section with its title in front, headings at their level in the book,
// and paragraphs in the roles that their neighbours give them.
import { warning } from '../diagnostic.js'
import type { Block, Prose, Section } from '../model/book.js'
import { lettersIn } from '../model/letters.js'
import { type Role, type SectionRole, TOLD } from '../model/role.js'
import { eachBlock } from '../model/walk.js'
import { lentLanguage, wordsOf } from '../model/words.js'
import { owe } from './account.js'
import { attribute } from './blocks/attribution.js'
import type { BlockOf } from './blocks/stream.js'
import { type FileContext, placeOf } from './context.js'
import type { FrontMatter } from './front-matter.js'
import { headingProse } from './inline/settext.js'
import type { ManifestEntry } from './manifest/entries.js'

/** Sets title, toc, blocks; needs role and depth. */
export function shapeSection(section: Section, front: FrontMatter, entry: ManifestEntry, ctx: FileContext): void {
  const blocks = section.blocks
  const at = blocks.findIndex((block) => block.kind === 'heading' && block.level === 1)
  const given = entry.title ?? front.title
  const head: Block[] = []
  const found = at < 0 ? undefined : (blocks[at] as BlockOf<'heading'>)
  const shownTitle = found?.prose ?? (given === undefined ? undefined : headingProse(given, ctx))
  if (found === undefined && shownTitle !== undefined) owe(ctx, lettersIn(shownTitle.text))
  if (found !== undefined) {
    blocks.splice(at, 1)
    if (at > 0) {
      const hint = 'put the `#` heading first; what stands before it comes after the title'
      warning(ctx.report, 'late-title', found.place, 'there is text before the title', hint)
    }
  }
  if (shownTitle !== undefined) {
    const base = found ?? { n: 0, classes: [], place: placeOf(ctx, -ctx.skipped) }
    const role: Role = section.role === 'part' ? 'part-title' : 'title'
    head.push({ ...base, kind: 'heading', role, level: section.depth, prose: shownTitle })
  }
  if (shownTitle === undefined && section.numbered !== undefined) {
    // Its number will be its title.
    const role = section.role === 'part' ? 'part-title' : 'title'
    const place = placeOf(ctx, -ctx.skipped)
    head.push({
      n: 0,
      classes: [],
      place,
      kind: 'heading',
      role,
      level: section.depth,
      prose: { n: 0, text: '', spans: [] },
    })
  }
  section.title = given === undefined ? plainProse(shownTitle) : plainProse(headingProse(given, ctx))
  if (section.title === '' && (ENTITLED.has(section.role) || section.role === 'map')) entitle(section, head, ctx)
  const short = entry.short ?? front.short
  if (short !== undefined) section.short = plainProse(headingProse(short, ctx))
  for (const [role, text] of [
    ['subtitle', front.subtitle],
    ['author', front.author],
  ] as const) {
    if (text === undefined) continue
    const place = placeOf(ctx, -ctx.skipped)
    const prose = headingProse(text, ctx)
    owe(ctx, lettersIn(prose.text))
    head.push({ n: 0, classes: [], kind: 'paragraph', role, prose, place })
  }
  const listed = !(section.matter === 'front' && BEFORE_CONTENTS.has(section.role))
  section.toc = (entry.toc ?? front.toc ?? listed) && (section.title !== '' || section.numbered !== undefined)
  if (section.title === '' && section.role === 'chapter' && section.numbered === undefined) {
    const hint = 'begin the file with `# Title`, or give it a `title`'
    warning(ctx.report, 'untitled-chapter', section.place, 'the chapter has no title and is not in the contents', hint)
  }
  setLevels(blocks, section, head[0]?.kind === 'heading', ctx)
  setRoles(blocks, section.role)
  section.blocks = [...head, ...blocks]
}

/** What is called by its kind where its author gave it no title. */
const ENTITLED: ReadonlySet<SectionRole> = new Set([
  ...(['foreword', 'preface', 'introduction', 'afterword', 'bibliography', 'glossary', 'index'] as const),
  ...(['also-by', 'praise', 'list-of-figures', 'acknowledgements', 'about-the-author', 'chronology'] as const),
  ...(['prologue', 'interlude', 'epilogue'] as const),
])

/** Readers of the contents have passed them already. */
const BEFORE_CONTENTS: ReadonlySet<SectionRole> = new Set(['also-by', 'praise'])

/** With the word for it, in the language of the section; a map is so called in the contents, and stands on its page alone. */
function entitle(section: Section, head: Block[], ctx: FileContext): void {
  section.title = wordsOf(section.language).roles[section.role]
  const lang = lentLanguage(section.language)
  section.titleLanguage = lang
  if (section.role === 'map') return
  owe(ctx, lettersIn(section.title))
  const prose: Prose = { n: 0, text: section.title, spans: [] }
  if (lang !== undefined) prose.spans.push({ kind: 'span', start: 0, end: prose.text.length, lang, classes: [] })
  const place = placeOf(ctx, -ctx.skipped)
  head.push({ n: 0, classes: [], place, kind: 'heading', role: 'title', level: section.depth, prose })
}

/** Text without notes and images, on one line. */
export function plainProse(prose: Prose | undefined): string {
  return (prose?.text ?? '')
    .replace(/\ufffc/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const HEADINGS: readonly Role[] = ['heading-2', 'heading-3', 'heading-4', 'heading-5', 'heading-6']

/** Closes gaps: a heading is at most one level below the one it belongs to. */
function setLevels(blocks: readonly Block[], section: Section, titled: boolean, ctx: FileContext): void {
  const open: number[] = titled ? [1] : []
  const base = open.length
  const visit = (block: Block): void => {
    if (block.kind !== 'heading') return
    const written = block.level
    while (open.length > base && open.at(-1)! >= written) open.pop()
    const above = open.at(-1)
    if (titled && written === 1) {
      const hint =
        'if it begins a chapter, put it and what follows into a file of its own; if it begins a section, write `##`'
      const message = 'there is a second `#` heading in the file; it is set as a section of the first'
      warning(ctx.report, 'second-title', block.place, message, hint)
    } else if (above !== undefined && written > above + 1) {
      const [is, wanted] = ['#'.repeat(written), '#'.repeat(above + 1)]
      const message = `a heading \`${is}\` follows one of \`${'#'.repeat(above)}\``
      warning(ctx.report, 'skipped-heading', block.place, message, `write \`${wanted}\``)
    }
    // A second `#` stands between the title and `##`, whose sections it holds.
    open.push(titled && written === 1 ? 1.5 : written)
    block.level = Math.min(6, section.depth + open.length - 1)
    // In a section without a title, `##` is still a heading of the second rank, though the first in the hierarchy.
    const rank = open.length + (titled ? 0 : 1)
    block.role = HEADINGS[Math.min(rank, 6) - 2] ?? 'heading-6'
  }
  eachBlock(blocks, visit)
}

/** Paragraphs of these sections have a role of their own. */
const OWN_ROLES: Partial<Record<SectionRole, Role>> = {
  dedication: 'dedication',
  epigraph: 'epigraph',
  'also-by': 'flush',
  imprint: 'imprint',
  colophon: 'colophon',
  bibliography: 'entry',
}

function setRoles(blocks: Block[], sectionRole: SectionRole): void {
  const own = OWN_ROLES[sectionRole]
  if (own !== undefined) {
    for (const block of blocks) if (block.kind === 'paragraph' && block.role === 'body') block.role = own
    if (own === 'epigraph') attribute(blocks)
    return
  }
  // Whether a paragraph continues a text, or begins one.
  let next: Role = TOLD.has(sectionRole) ? 'opening' : 'flush'
  const flow = (run: readonly Block[]): void => {
    for (const [i, block] of run.entries()) {
      if (block.kind === 'paragraph') {
        if (block.role === 'body') {
          block.role = next === 'body' && goesOn(block.prose, run[i - 1]) ? 'flush' : next
          next = 'body'
        }
      } else if (block.kind === 'heading' || block.kind === 'break') {
        if (next !== 'opening') next = 'flush'
      } else if (block.kind === 'group' && block.role === 'body') flow(block.blocks)
      // A motto or a picture before a chapter's first paragraph leaves it the first.
      else if (next === 'opening' && !isMotto(block)) next = 'body'
    }
  }
  flow(blocks)
}

/** What may stand within a sentence. */
const SHOWN: ReadonlySet<Block['kind'] | undefined> = new Set([
  'quote',
  'verse',
  'code',
  'list',
  'table',
  'figure',
] as const)

/** A small letter behind verse, a listing and the like goes on with the sentence that led to it; what begins with a name in code, or a letter in italics, may not. */
function goesOn({ text, spans }: Prose, before: Block | undefined): boolean {
  return SHOWN.has(before?.kind) && /^\p{Ll}(?!\p{Lu})/u.test(text) && !spans.some(({ start }) => start === 0)
}

function isMotto(block: Block): boolean {
  return block.kind === 'figure' || (block.kind === 'group' && ['epigraph', 'right', 'center'].includes(block.role))
}
