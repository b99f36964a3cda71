// The book goes in; what it shows comes out, in one walk: which characters in which face with which features, so that no
// more is embedded; and what its accessibility metadata must say.
import type { Place } from '../diagnostic.js'
import type { Alternative, Block, Book, Note, Prose, Span, TableCell } from '../model/book.js'
import { fractionsOf } from '../model/decimals.js'
import type { Role, SectionRole } from '../model/role.js'
import { CLASSED_KINDS, overlayOf, styledClasses, stylesWithin } from '../theme/classes.js'
import { iconKey } from '../theme/icons.js'
import { hasHangingLines, hasLeadIn, largeLetter, leadIn, openingOf, spanLooks } from '../theme/index.js'
import { stepsOf } from '../theme/speakers.js'
import type { Theme } from '../theme/theme.js'
import { type ClassUse, keyOf } from './selectors.js'
import {
  createShownLetters,
  type Lettering,
  type Letters,
  letteringOf,
  letteringWithin,
  type ShownLetters,
} from './shown-letters.js'

export interface Survey {
  /** By face key: 'text/regular'. */
  faces: Map<string, Letters>
  /** What there is at all, so that the style sheet says no more than it must. */
  sections: Set<SectionRole>
  kinds: Set<Block['kind']>
  spans: Set<Span['kind']>
  /** Roles that a paragraph or heading says in a class, because they do not follow from where it stands. */
  classes: Set<Role>
  captions: number
  /** Roles of paragraphs whose lines the author broke and that hang: see hasHangingLines. */
  lines: Set<Role>
  /** Roles of blocks that hold paragraphs. */
  boxes: Set<Role>
  /** By the role of a box: roles that paragraphs in it say in a class. */
  within: Map<Role, Set<Role>>
  /** Classes of the author's own that the theme styles, as they are used. */
  uses: Map<string, ClassUse>
  /** What has an icon: see iconKey. */
  icons: Set<string>
  /** Are there tasks, whose box is their label? */
  tasks: boolean
  /** Are there numbered lists? */
  numbered: boolean
  notes: number
  /** Is there a note that is referred to twice? Letters tell its ways back apart. */
  repeats: boolean
  /** Sections with a paragraph that opens with a large letter: see largeLetter. */
  large: Set<SectionRole>
  /** Is there a lead-in? */
  leadIn: boolean
  /** Numbers of chapters and parts, with the role of the titles that they stand at. */
  numbers: Map<'number' | 'part-number', Role>
  /** Shares of the measure that figures are to have. */
  widths: Set<number>
  /** Classes of pictures that have pages for themselves. */
  plates: Set<string>
  /** The deepest indent of a line of verse, in steps. */
  verseIndent: number
  /** Are lines of verse numbered? */
  lineNumbers: boolean
  /** Pictures in the text: those that say something, in words too; that only adorn it; and that nobody described. */
  informative: number
  decorative: number
  undescribed: number
  /** Their paths in the book folder. */
  pictures: Set<string>
  /** By anchor: the id that the block or a span of its text carries. */
  ids: Map<number, string[]>
  /** How many of them stand within a line. */
  inlinePictures: number
  headings: number
  tables: number
  /** Tables without any header. */
  headless: number
}

/** The walk through the book, and where it is. */
interface Walk {
  theme: Theme
  survey: Survey
  letters: ShownLetters
  lookOf: ReturnType<typeof spanLooks>
  /** Of the open text, or of what is in a block with a class that the theme styles. */
  styles: Theme['styles']
  opening: ReturnType<typeof openingOf>
  role: SectionRole
  place: Place
}

/**
 * `present`: keys of the faces that there are; a cut that is missing is shown by the nearest that is not. `repeats`: what the book's
 * sections before these say of themselves. `capitals`: hears of each face that is asked for small capitals, and where.
 */
export function surveyBook(
  book: Book,
  theme: Theme,
  present: ReadonlySet<string>,
  repeats = false,
  capitals?: (key: string, place: Place) => void,
): Survey {
  const letters = createShownLetters(theme, present, capitals && ((key) => capitals(key, walk.place)))
  const survey = { ...nothingYet(), faces: letters.faces, repeats }
  const { styles, opening } = theme
  const walk: Walk = {
    ...{ theme, survey, letters, lookOf: spanLooks(theme.marks), styles, opening, role: 'chapter' },
    place: { path: '', line: 0 },
  }
  for (const section of book.sections) {
    const { language } = section
    survey.sections.add(section.role)
    walk.opening = openingOf(theme, section.role)
    walk.role = section.role
    surveyBlocks(walk, section.blocks, 'body', language)
    for (const note of section.notes) surveyNote(walk, note, language)
  }
  return survey
}

function nothingYet(): Survey {
  return {
    faces: new Map(),
    sections: new Set(),
    kinds: new Set(),
    spans: new Set(),
    classes: new Set(),
    boxes: new Set(),
    within: new Map(),
    uses: new Map(),
    icons: new Set(),
    tasks: false,
    numbered: false,
    captions: 0,
    lines: new Set(),
    notes: 0,
    repeats: false,
    large: new Set(),
    leadIn: false,
    numbers: new Map(),
    widths: new Set(),
    plates: new Set(),
    verseIndent: 0,
    lineNumbers: false,
    informative: 0,
    decorative: 0,
    undescribed: 0,
    pictures: new Set(),
    ids: new Map(),
    inlinePictures: 0,
    headings: 0,
    tables: 0,
    headless: 0,
  }
}

/** `implied`: see writeBlocks. */
function surveyBlocks(walk: Walk, list: readonly Block[], implied: Role, around: string): void {
  const { theme, survey } = walk
  for (const block of list) {
    survey.kinds.add(block.kind)
    walk.place = block.place
    carry(survey, block.n, block.id)
    const outer = walk.styles
    if (block.classes.length > 0 && CLASSED_KINDS.has(block.kind)) {
      const inside = block.kind === 'paragraph' && block.role === implied && implied !== 'body'
      const names = use(walk, block.kind, block.role, block.classes, inside)
      if (names.length > 0)
        walk.styles = stylesWithin(theme.styles, walk.styles, block.role, overlayOf(theme, names), inside)
    }
    surveyBlock(walk, block, implied, block.lang ?? around)
    walk.styles = outer
  }
}

function surveyBlock(walk: Walk, block: Block, implied: Role, language: string): void {
  const { theme, survey, letters } = walk
  switch (block.kind) {
    case 'heading':
      survey.headings++
      survey.classes.add(block.role)
      surveyProse(walk, block.prose, block.role, language)
      break
    case 'paragraph':
      surveyParagraph(walk, block, implied, language)
      break
    case 'code':
      surveyProse(walk, block.prose, block.role, language)
      break
    case 'quote':
    case 'group': {
      survey.boxes.add(block.role)
      const icon = iconKey(theme, block)
      if (icon !== undefined) survey.icons.add(icon)
      surveyBlocks(walk, block.blocks, block.role, language)
      break
    }
    case 'list':
      if (block.items.some((item) => item.task)) survey.tasks = true
      if (block.ordered) {
        survey.numbered = true
        surveyText(walk, NUMBERS, 'list', language)
        letters.of(letteringOf(walk.styles.list, language)).features.add('tnum')
      }
      for (const item of block.items) surveyBlocks(walk, item.blocks, 'list', language)
      break
    case 'definitions':
      for (const entry of block.entries) {
        for (const term of entry.terms) surveyProse(walk, term, 'term', language)
        for (const definition of entry.definitions) surveyBlocks(walk, definition, 'definition', language)
      }
      break
    case 'verse':
      surveyVerse(walk, block, language)
      break
    case 'table':
      surveyTable(walk, block, language)
      break
    case 'figure':
      surveyPicture(survey, block.src, block.alt)
      if (block.width !== undefined) survey.widths.add(block.width)
      if (block.plate !== undefined) survey.plates.add(block.plate === 'page' ? 'full-page' : block.plate)
      surveyCaption(walk, block.caption, language)
      break
    case 'break':
      surveyText(walk, theme.sceneBreak.ornament ?? '', 'break', language)
      break
    case 'notes':
      for (const note of block.notes) surveyNote(walk, note, language)
      break
    case 'contents':
      for (const entry of block.entries) {
        survey.classes.add(entry.role)
        surveyProse(walk, entry.prose, entry.role, language)
      }
  }
}

function surveyNote(walk: Walk, note: Note, language: string): void {
  const { survey } = walk
  survey.notes++
  survey.boxes.add('note')
  if (survey.repeats) surveyText(walk, LETTERS, 'note', language)
  const number: Prose = { n: -1, text: NUMBERS, spans: [{ kind: 'sup', start: 0, end: NUMBERS.length }] }
  surveyProse(walk, number, 'note', language)
  surveyBlocks(walk, note.blocks, 'note', language)
}

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

function surveyParagraph(walk: Walk, { role, prose }: Of<'paragraph'>, implied: Role, language: string): void {
  const { theme, survey, letters, opening } = walk
  if (role !== implied) {
    survey.classes.add(role)
    survey.within.set(implied, (survey.within.get(implied) ?? new Set()).add(role))
  }
  if (hasHangingLines(prose, theme.styles[role])) survey.lines.add(role)
  const letter = largeLetter(prose, role, opening)
  if (letter !== undefined) {
    survey.large.add(walk.role)
    const { face } = opening
    if (face !== undefined) letters.show(letter, { ...letteringOf(walk.styles.opening, language), family: face })
  }
  surveyProse(walk, prose, role, language)
}

function surveyVerse(walk: Walk, { stanzas }: Of<'verse'>, language: string): void {
  const { theme, survey } = walk
  for (const stanza of stanzas) {
    for (const step of stepsOf(stanza, theme.steps.verse)) survey.verseIndent = Math.max(survey.verseIndent, step)
    for (const line of stanza) {
      surveyProse(walk, line.prose, 'verse', language)
      if (line.number === undefined) continue
      survey.lineNumbers = true
      surveyText(walk, String(line.number), 'verse', language)
    }
  }
}

function surveyTable(walk: Walk, table: Of<'table'>, language: string): void {
  const { survey } = walk
  survey.tables++
  if (!hasHeaders(table)) survey.headless++
  if (fractionsOf(table).some((found) => found !== undefined)) surveyText(walk, FIGURE_SPACES, 'cell', language)
  for (const row of table.head) for (const cell of row.cells) surveyProse(walk, cell.prose, 'cell-head', language)
  for (const row of table.body)
    for (const cell of row.cells) surveyProse(walk, cell.prose, cell.head ? 'cell-head' : 'cell', language)
  surveyCaption(walk, table.caption, language)
}

function surveyCaption(walk: Walk, caption: Prose | undefined, language: string): void {
  if (caption === undefined) return
  walk.survey.captions++
  surveyProse(walk, caption, 'caption', language)
}

function surveyPicture(survey: Survey, src: string, alt: Alternative): void {
  survey.pictures.add(src)
  if (alt === undefined) survey.undescribed++
  else if (alt === '') survey.decorative++
  else survey.informative++
}

/** What stands in the book without being written there. */
function surveyText(walk: Walk, text: string, role: Role, language: string): void {
  surveyProse(walk, { n: -1, text, spans: [] }, role, language)
}

function surveyProse(walk: Walk, prose: Prose, role: Role, language: string): void {
  const { survey, letters, opening } = walk
  const { text } = prose
  const style = walk.styles[role]
  const lettering = letteringOf(style, language)
  letters.of(lettering)
  if (style.face !== 'mono') letters.figures(lettering, style)
  if (role === 'opening' && hasLeadIn(opening)) {
    survey.leadIn = true
    const lead = leadIn(text, opening.words)
    if (lead)
      letters.show(text.slice(lead.start, lead.end), { ...lettering, caps: lead.capitals ? 'all-small' : 'small' })
  }
  letters.show(text, lettering)
  surveySpans(walk, prose, role, lettering)
}

/** A span adds what it shows in a face of its own; the letters of the face around it are there already. */
function surveySpans(walk: Walk, { n, text, spans }: Prose, role: Role, whole: Lettering): void {
  const { theme, survey, letters, styles, lookOf } = walk
  const stack: { span: Span; lettering: Lettering }[] = []
  for (const span of spans) {
    survey.spans.add(span.kind)
    if (span.kind === 'span') carry(survey, n, span.id)
    while (stack.length > 0 && stack.at(-1)!.span.end <= span.start) stack.pop()
    const around = stack.at(-1)?.lettering ?? whole
    const names = span.kind === 'span' ? use(walk, 'span', 'body', span.classes, false) : []
    const overlay = overlayOf(theme, names)
    const within = letteringWithin(span, around, lookOf(span.kind), overlay, styles.speaker)
    const shown = text.slice(span.start, span.end)
    if (span.kind === 'number') {
      survey.numbers.set(span.role, role)
      letters.figures(within, styles[span.role])
      letters.show(shown, letteringOf(styles[span.role], whole.language))
    }
    if (span.kind === 'speaker') letters.figures(within, styles.speaker)
    if (names.length > 0) letters.figures(within, overlay)
    stack.push({ span, lettering: within })
    if (within !== around) letters.show(shown, within)
    if (span.kind === 'image') {
      survey.inlinePictures++
      surveyPicture(survey, span.src, span.alt)
    }
    if (span.kind === 'note' && !span.first) survey.repeats = true
    if (span.kind === 'note') letters.show(NUMBERS, { ...around, italic: false })
    if (span.kind === 'note' || lookOf(span.kind).lining) letters.of(within).features.add('lnum')
  }
}

function carry({ ids }: Survey, n: number, id: string | undefined): void {
  if (id !== undefined) ids.set(n, [...(ids.get(n) ?? []), id])
}

/** Notes the classes that the theme styles, and returns them. */
function use(
  { theme, survey }: Walk,
  kind: ClassUse['kind'],
  role: Role,
  classes: readonly string[],
  inside: boolean,
): readonly string[] {
  const names = styledClasses(theme, classes)
  if (names.length === 0) return names
  const made: ClassUse = { kind, role, names, inside }
  survey.uses.set(keyOf(made), made)
  return names
}

function hasHeaders({ head, body }: Of<'table'>): boolean {
  const says = (cell: TableCell) => cell.prose.text !== ''
  return (
    head.some((row) => row.cells.some(says)) || body.some((row) => row.cells.some((cell) => cell.head && says(cell)))
  )
}

const FIGURE_SPACES = '\u2007\u2008'

/** Of lists and notes. */
const NUMBERS = '0123456789.'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
