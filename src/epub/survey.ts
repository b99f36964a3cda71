// The book goes in; what it shows comes out, in one walk: which characters in which face with which features, so that no
// more is embedded; and what its accessibility metadata must say.
import type { Alternative, Block, Book, Prose, Span, TableCell } from '../model/book.js'
import { fractionsOf } from '../model/decimals.js'
import type { Role, SectionRole } from '../model/role.js'
import { CLASSED_KINDS, overlayOf, styledClasses, stylesWithin } from '../theme/classes.js'
import { stepsOf } from '../theme/drama.js'
import {
  capitals,
  hasHangingLines,
  hasLeadIn,
  largeLetter,
  leadIn,
  nearestCut,
  openingOf,
  spanLooks,
} from '../theme/index.js'
import type { SpanLook } from '../theme/spans.js'
import { familyOf, type Overlay, type Style, type Theme } from '../theme/theme.js'
import { type ClassUse, keyOf } from './selectors.js'

/** What one face is asked to show. */
export interface Letters {
  /** By code unit, halves of surrogate pairs too; and the characters that these make. */
  plain: Uint8Array
  beyond: Set<number>
  /** OpenType features beside those that are always on. */
  features: Set<string>
}

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

interface State {
  family: string
  bold: boolean
  italic: boolean
  caps: Style['caps']
  language: string
}

/**
 * `present`: keys of the faces that there are; a cut that is missing is shown by the nearest that is not. `repeats`: what the book's
 * sections before these say of themselves.
 */
export function surveyBook(book: Book, theme: Theme, present: ReadonlySet<string>, repeats = false): Survey {
  const survey: Survey = {
    faces: new Map(),
    sections: new Set(book.sections.map((section) => section.role)),
    kinds: new Set(),
    spans: new Set(),
    classes: new Set(),
    boxes: new Set(),
    within: new Map(),
    uses: new Map(),
    tasks: false,
    numbered: false,
    captions: 0,
    lines: new Set(),
    notes: 0,
    repeats,
    large: new Set(),
    leadIn: false,
    numbers: new Map(),
    widths: new Set(),
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

  const lookOf = spanLooks(theme.marks)
  const faceOf = (state: State): Letters => {
    const key = nearestCut(state.family, state.bold, state.italic, present)
    let face = survey.faces.get(key)
    if (face === undefined) {
      const own = familyOf(theme, state.family)?.features?.filter((tag) => !tag.startsWith('-')) ?? []
      face = { plain: new Uint8Array(0x10000), beyond: new Set(), features: new Set(own) }
      survey.faces.set(key, face)
    }
    return face
  }
  const show = (text: string, state: State) => {
    const face = faceOf(state)
    if (state.caps === 'small' || state.caps === 'all-small') face.features.add('smcp')
    if (state.caps === 'all-small') face.features.add('c2sc')
    const { plain, beyond } = face
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      plain[unit] = 1
      if ((unit & 0xfc00) === 0xd800) beyond.add(text.codePointAt(i)!)
    }
    if (state.caps === 'upper') show(capitals(text, state.language), { ...state, caps: 'none' })
  }
  const carry = (n: number, id: string | undefined) => {
    if (id !== undefined) survey.ids.set(n, [...(survey.ids.get(n) ?? []), id])
  }
  const picture = (src: string, alt: Alternative) => {
    survey.pictures.add(src)
    if (alt === undefined) survey.undescribed++
    else if (alt === '') survey.decorative++
    else survey.informative++
  }
  // Those of the open text, or of what is in a block with a class that the theme styles.
  let { styles, opening } = theme
  let sectionRole: SectionRole = 'chapter'
  const use = (kind: ClassUse['kind'], role: Role, classes: readonly string[], inside: boolean): readonly string[] => {
    const names = styledClasses(theme, classes)
    if (names.length === 0) return names
    const made: ClassUse = { kind, role, names, inside }
    survey.uses.set(keyOf(made), made)
    return names
  }
  const stateOf = (role: Role, language: string): State => {
    const { face, weight, italic, caps } = styles[role]
    return { family: face, bold: weight === 700, italic, caps, language }
  }
  const named = (): Partial<State> => {
    const { face, weight, italic, caps } = styles.speaker
    return { family: face, bold: weight === 700, italic, caps }
  }
  const prose = (of: Prose, role: Role, language: string) => {
    const style = styles[role]
    const state = stateOf(role, language)
    const { features } = faceOf(state)
    if (style.face !== 'mono') {
      features.add(style.figures === 'oldstyle' ? 'onum' : 'lnum')
      features.add(style.tabular ? 'tnum' : 'pnum')
    }
    if (role === 'opening' && hasLeadIn(opening)) {
      survey.leadIn = true
      const lead = leadIn(of.text, opening.words)
      if (lead) show(of.text.slice(lead.start, lead.end), { ...state, caps: lead.capitals ? 'all-small' : 'small' })
    }
    show(of.text, state)
    // A span adds what it shows in a face of its own; the letters of the face around it are there already.
    const stack: { span: Span; state: State }[] = []
    for (const span of of.spans) {
      survey.spans.add(span.kind)
      if (span.kind === 'span') carry(of.n, span.id)
      while (stack.length > 0 && stack.at(-1)!.span.end <= span.start) stack.pop()
      const around = stack.at(-1)?.state ?? state
      const names = span.kind === 'span' ? use('span', 'body', span.classes, false) : []
      const within = enter(span, around, lookOf(span.kind), overlayOf(theme, names), named())
      if (span.kind === 'number') {
        survey.numbers.set(span.role, role)
        noteFigures(within, styles[span.role])
        show(of.text.slice(span.start, span.end), stateOf(span.role, language))
      }
      if (span.kind === 'speaker') noteFigures(within, styles.speaker)
      if (names.length > 0) noteFigures(within, overlayOf(theme, names))
      stack.push({ span, state: within })
      if (within !== around) show(of.text.slice(span.start, span.end), within)
      if (span.kind === 'image') {
        survey.inlinePictures++
        picture(span.src, span.alt)
      }
      if (span.kind === 'note' && !span.first) survey.repeats = true
      if (span.kind === 'note') show(NUMBERS, { ...around, italic: false })
      if (span.kind === 'note' || lookOf(span.kind).lining) faceOf(within).features.add('lnum')
    }
  }
  const noteFigures = (state: State, { figures, tabular }: Overlay) => {
    if (figures !== undefined) faceOf(state).features.add(figures === 'oldstyle' ? 'onum' : 'lnum')
    if (tabular !== undefined) faceOf(state).features.add(tabular ? 'tnum' : 'pnum')
  }
  const caption = (of: Prose | undefined, language: string) => {
    if (of === undefined) return
    survey.captions++
    prose(of, 'caption', language)
  }
  /** `implied`: see writeBlocks. */
  const blocks = (list: readonly Block[], implied: Role, around: string) => {
    for (const block of list) {
      const language = block.lang ?? around
      survey.kinds.add(block.kind)
      carry(block.n, block.id)
      const outer = styles
      if (block.classes.length > 0 && CLASSED_KINDS.has(block.kind)) {
        const inside = block.kind === 'paragraph' && block.role === implied && implied !== 'body'
        const names = use(block.kind, block.role, block.classes, inside)
        if (names.length > 0) styles = stylesWithin(theme.styles, styles, block.role, overlayOf(theme, names), inside)
      }
      switch (block.kind) {
        case 'heading':
          survey.headings++
          survey.classes.add(block.role)
          prose(block.prose, block.role, language)
          break
        case 'paragraph':
          if (block.role !== implied) {
            survey.classes.add(block.role)
            survey.within.set(implied, (survey.within.get(implied) ?? new Set()).add(block.role))
          }
          if (hasHangingLines(block.prose, theme.styles[block.role])) survey.lines.add(block.role)
          {
            const letter = largeLetter(block.prose, block.role, opening)
            if (letter !== undefined) {
              survey.large.add(sectionRole)
              if (opening.face !== undefined) show(letter, { ...stateOf('opening', language), family: opening.face })
            }
          }
          prose(block.prose, block.role, language)
          break
        case 'code':
          prose(block.prose, block.role, language)
          break
        case 'quote':
        case 'group':
          survey.boxes.add(block.role)
          blocks(block.blocks, block.role, language)
          break
        case 'list':
          if (block.items.some((item) => item.task)) survey.tasks = true
          if (block.ordered) {
            survey.numbered = true
            prose({ n: -1, text: NUMBERS, spans: [] }, 'list', language)
            faceOf(stateOf('list', language)).features.add('tnum')
          }
          for (const item of block.items) blocks(item.blocks, 'list', language)
          break
        case 'definitions':
          for (const entry of block.entries) {
            for (const term of entry.terms) prose(term, 'term', language)
            for (const definition of entry.definitions) blocks(definition, 'definition', language)
          }
          break
        case 'verse':
          for (const stanza of block.stanzas) {
            for (const step of stepsOf(stanza, theme.steps.verse))
              survey.verseIndent = Math.max(survey.verseIndent, step)
            for (const line of stanza) {
              prose(line.prose, 'verse', language)
              if (line.number === undefined) continue
              survey.lineNumbers = true
              prose({ n: -1, text: String(line.number), spans: [] }, 'verse', language)
            }
          }
          break
        case 'table':
          survey.tables++
          if (!hasHeaders(block)) survey.headless++
          if (fractionsOf(block).some((found) => found !== undefined)) prose(FIGURE_SPACES, 'cell', language)
          for (const row of block.head) for (const cell of row.cells) prose(cell.prose, 'cell-head', language)
          for (const row of block.body)
            for (const cell of row.cells) prose(cell.prose, cell.head ? 'cell-head' : 'cell', language)
          caption(block.caption, language)
          break
        case 'figure':
          picture(block.src, block.alt)
          if (block.width !== undefined) survey.widths.add(block.width)
          caption(block.caption, language)
          break
        case 'break':
          prose({ n: -1, text: theme.sceneBreak.ornament ?? '', spans: [] }, 'break', language)
          break
        case 'contents':
          for (const entry of block.entries) {
            survey.classes.add(entry.role)
            prose(entry.prose, entry.role, language)
          }
      }
      styles = outer
    }
  }
  for (const section of book.sections) {
    const { language } = section
    opening = openingOf(theme, section.role)
    sectionRole = section.role
    blocks(section.blocks, 'body', language)
    for (const note of section.notes) {
      survey.notes++
      survey.boxes.add('note')
      if (survey.repeats) prose({ n: -1, text: LETTERS, spans: [] }, 'note', language)
      prose({ n: -1, text: NUMBERS, spans: [{ kind: 'sup', start: 0, end: NUMBERS.length }] }, 'note', language)
      blocks(note.blocks, 'note', language)
    }
  }
  return survey
}

function hasHeaders({ head, body }: Extract<Block, { kind: 'table' }>): boolean {
  const says = (cell: TableCell) => cell.prose.text !== ''
  return (
    head.some((row) => row.cells.some(says)) || body.some((row) => row.cells.some((cell) => cell.head && says(cell)))
  )
}

const FIGURE_SPACES: Prose = { n: -1, text: '\u2007\u2008', spans: [] }

/** Of lists and notes. */
const NUMBERS = '0123456789.'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** The same state if the span changes no letters. */
function enter(span: Span, state: State, look: SpanLook, overlay: Overlay, named: Partial<State>): State {
  if (span.kind === 'span') {
    const { face, weight, italic, caps } = overlay
    if (span.lang === undefined && (face ?? weight ?? italic ?? caps) === undefined) return state
    return {
      family: face ?? state.family,
      bold: weight === undefined ? state.bold : weight === 700,
      italic: italic ?? state.italic,
      caps: caps ?? state.caps,
      language: span.lang ?? state.language,
    }
  }
  if (span.kind === 'speaker') return { ...state, ...named }
  if (look.turned) return { ...state, italic: !state.italic }
  if (look.bold) return { ...state, bold: true }
  // Capitals stay capitals.
  if (look.mono) return { ...state, family: 'mono', italic: false, caps: state.caps === 'upper' ? 'upper' : 'none' }
  return look.smallCaps ? { ...state, caps: 'small' } : state
}
