// The theme goes in, the style sheet comes out: the theme's numbers and no others, for what the book uses. Old and new
// reading systems take it: CSS 2.1 selectors, no variables, no queries; what an old one does not know, it leaves out (a marker's
// figures, say).
import type { Role, SectionRole } from '../model/role.js'
import { apart } from '../theme/entries-apart.js'
import type { Style, Theme } from '../theme/theme.js'
import { classRules } from './class-rules.js'
import { createLooks, type Declarations, type Looks, rule } from './declarations.js'
import { fontRules } from './font-rules.js'
import type { EmbeddedFont } from './fonts.js'
import { frames } from './frames.js'
import { iconRules } from './icon-markup.js'
import { largeLetters, numbers } from './opening-rules.js'
import { CLASSED, CONTAINERS, type ContainerRole, childrenOf, contentOf, textOf, widthOf } from './selectors.js'
import type { SheetDesk } from './sheet-desk.js'
import type { Survey } from './survey.js'
import { listMarks, tableRules } from './table-and-list-marks.js'
import { drama, verse } from './verse-rules.js'

/** A word that is longer than the screen is wide breaks rather than runs off it. */
const BREAKABLE: Declarations = [
  ['word-wrap', 'break-word'],
  ['overflow-wrap', 'break-word'],
]

/** `holder`: what the section stands in, in a body of a role. */
export function styleSheet(
  theme: Theme,
  fonts: readonly EmbeddedFont[],
  survey: Survey,
  mirrored: boolean,
  holder = (role: string) => `body.${role}`,
): string {
  const looks = createLooks(theme, fonts, mirrored)
  const desk: SheetDesk = { theme, looks, survey, holder, ...writer(looks, slantedBy(survey)) }
  const { kinds } = survey
  const chapters = [
    fontRules(fonts, theme),
    page(desk),
    paragraphs(desk),
    classes(desk),
    boxes(desk),
    kinds.has('list') || kinds.has('definitions') ? lists(desk) : '',
    kinds.has('verse') ? verse(desk) : '',
    survey.boxes.has('drama') ? drama(desk) : '',
    kinds.has('code') ? code(desk) : '',
    kinds.has('table') ? tables(desk) : '',
    pictures(desk),
    contents(desk),
    frames(theme, looks, survey),
    marks(desk),
    classRules(theme, looks, survey.uses.values(), slantedBy(survey)),
    iconRules(theme, looks, survey.icons),
    // the author's own, which has been proved
    theme.epub?.css ?? '',
  ]
  return `@charset "UTF-8";\n${chapters.filter((chapter) => chapter !== '').join('\n')}`
}

function writer(looks: Looks, slanted: readonly string[]): Pick<SheetDesk, 'text' | 'conduct'> {
  let shared = new Map<string, { selectors: string[]; declarations: Declarations }>()
  return {
    text(selector, style, before, leading = looks.leading(style)) {
      for (const declarations of looks.conduct(style)) {
        const key = declarations.join()
        const there = shared.get(key)
        if (there) there.selectors.push(selector)
        else shared.set(key, { selectors: [selector], declarations })
      }
      return (
        rule(selector, before, looks.letters(style), leading) +
        (style.italic ? turned(selector, 'normal', slanted) : '')
      )
    },
    conduct() {
      const out = [...shared.values()].map(({ selectors, declarations }) => rule(selectors.join(', '), declarations))
      shared = new Map()
      return out.join('')
    },
  }
}

/** Emphasis within italics stands upright; where a box has said so, it is said again that elsewhere it slants. */
function turned(selectors: string, way: 'normal' | 'italic', slanted: readonly string[]): string {
  const all = selectors.split(', ').flatMap((selector) => slanted.map((one) => `${selector} ${one}`))
  return rule(all.join(', '), [['font-style', way]])
}

/** The page's own size, margins and colours are the reader's. */
function page({ theme, looks, survey, holder }: SheetDesk): string {
  // On the root, so that what a reading system sets there, or on the body, is inherited by all the text.
  let out = rule('html', looks.root())
  out += rule('body', [['font-variant-numeric', looks.figures(theme.styles.body)]], BREAKABLE)
  const sinks = new Map<string, string[]>()
  for (const [role, section] of Object.entries(theme.sections)) {
    // In the middle of a printed page is about a quarter down an endless one.
    const lines = section.align === 'middle' ? theme.page.lines / 4 : section.sink
    if (lines === 0 || !survey.sections.has(role as SectionRole)) continue
    const depth = looks.lines(lines)
    sinks.set(depth, [...(sinks.get(depth) ?? []), `${holder(role)} > section`])
  }
  for (const [depth, selectors] of sinks) out += rule(selectors.join(', '), [['padding-top', depth]])
  return out + rule('section.cover', [['text-align', 'center']])
}

/** Paragraphs that have no class: in the open, and in boxes. */
function paragraphs({ theme, looks, survey, text, conduct }: SheetDesk): string {
  const { body } = theme.styles
  let out = rule('h1, h2, h3, h4, h5, h6', [
    ['margin', '0'],
    ['font-size', '1em'],
    ['font-weight', '400'],
    ['line-height', 'inherit'],
    ['font-variant-numeric', 'inherit'],
  ])
  out += text('p', body, [...looks.margin(body), ...looks.indent(body)])
  for (const role of containersIn(survey)) {
    const style = theme.styles[role]
    const child = childrenOf(role)
    const own = looks.paragraph(bare(style))
    // A note says what its letters are for all that is in it; the lines of any box are the box's.
    out += role === 'note' ? rule(child, own) : text(child, style, own, [])
    if (style.indent > 0) out += rule(`${child}:first-child`, looks.indent(style, true))
  }
  return out + conduct()
}

/** In a box, margins are the box's. */
function bare(style: Style): Style {
  return { ...style, before: 0, after: 0, left: 0, right: 0 }
}

function containersIn(survey: Survey): ContainerRole[] {
  return (Object.keys(CONTAINERS) as ContainerRole[]).filter((role) => survey.boxes.has(role))
}

/** Paragraphs and headings that say in a class what they are; and what of that they must say again in a box. */
function classes({ theme, looks, survey, text, conduct }: SheetDesk): string {
  let out = ''
  const selectors = [...Object.entries(CLASSED), ['body', 'p.body'] as const] as [Role, string][]
  for (const [role, selector] of selectors) {
    if (!survey.classes.has(role)) continue
    const style = theme.styles[role]
    const own = selector.startsWith('p.') ? looks.paragraph(style) : [...looks.margin(style), ...looks.indent(style)]
    out += text(selector, style, own)
  }
  for (const box of containersIn(survey)) {
    if (box === 'note') continue
    const around = theme.styles[box]
    for (const [role, selector] of selectors) {
      if (!survey.within.get(box)?.has(role)) continue
      const style = theme.styles[role]
      const within = `.${box} > ${selector.split(', ')[0]}`
      out += rule(within, looks.paragraph(style, bare(around)), looks.undo(style, around))
      if (around.italic && !style.italic) out += turned(within, 'italic', slantedBy(survey))
    }
  }
  for (const role of survey.lines) {
    const { indent } = theme.styles[role]
    const selectors = textOf(role)!
      .split(', ')
      .map((selector) => `${selector}.lines`)
    out += rule(selectors.join(', '), [
      [`padding-${looks.side('left')}`, looks.em(indent)],
      ['text-indent', looks.em(-indent)],
    ])
  }
  if (survey.lines.size > 0) {
    out += rule('p.lines > span', [['display', 'block']])
    out += rule('p.lines > br', [['display', 'none']])
  }
  out += numbers(theme, looks, survey) + largeLetters(theme, looks, survey)
  return out + conduct()
}

/** Boxes have the body's size of type, so that their insets are the body's and nested ones add up. */
function boxes({ theme, looks, survey, text, conduct }: SheetDesk): string {
  const box = (style: Style): Declarations => looks.margin({ ...style, size: 1 })
  let out = ''
  for (const role of containersIn(survey)) {
    const style = theme.styles[role]
    if (role === 'note') out += text('aside.note, div.note', style, looks.margin(style))
    else out += rule(CONTAINERS[role], box(style), looks.boxLeading(style), looks.keeps(style))
  }
  if (survey.notes > 0) out += rule('section.notes', [['margin', `${looks.lines(1)} 0 0`]])
  if (!survey.kinds.has('break')) return out
  const rest = theme.styles.break
  out += text('hr.break', rest, [
    ['height', 'auto'],
    ['border', '0'],
    ['overflow', 'visible'],
    ['color', 'inherit'],
    ...looks.margin(rest),
  ])
  if (theme.sceneBreak.ornament === undefined) return out + rule('hr.break', [['min-height', '1em']]) + conduct()
  return out + rule('hr.break:after', [['content', contentOf(theme.sceneBreak.ornament)]]) + conduct()
}

function lists({ theme, looks, survey, text, conduct }: SheetDesk): string {
  const { list, term, definition } = theme.styles
  let out = ''
  if (survey.kinds.has('list')) {
    out += rule('ul, ol', looks.margin({ ...list, size: 1 }, { left: 0, right: list.right }), [
      ['padding', '0'],
      [`padding-${looks.side('left')}`, looks.em(list.left)],
      ...looks.keeps(list),
    ])
    out += rule('li > ul, li > ol', [['margin', '0']])
    out += text('li', list, [])
    out += rule('li > p', looks.paragraph(bare(list)))
    if (list.indent > 0) out += rule('li > p:first-child', looks.indent(list, true))
    out += listMarks(theme)
    if (survey.tasks) out += rule('li.task', [['list-style', 'none']])
    out += nested('li', list, looks)
    // Browsers give numbers of items figures of their own.
    if (survey.numbered)
      out += rule('li::marker', [['font-variant-numeric', looks.figures({ ...list, tabular: true })]])
  }
  if (survey.kinds.has('definitions')) {
    out += rule('dl', [['margin', '0']])
    out += rule('dt', [['font-variant-numeric', 'inherit']])
    out += text('dt', term, [...looks.margin(term), ...looks.indent(term)])
    out += text('dd', definition, looks.margin(definition))
    out += rule('dd > p', looks.paragraph(bare(definition)))
    if (definition.indent > 0) out += rule('dd > p:first-child', looks.indent(definition, true))
    out += nested('dd', definition, looks)
  }
  return out + conduct()
}

/** What stands in an item with a size of its own begins again at the body's size. */
function nested(item: string, style: Style, looks: Looks): string {
  if (style.size === 1 && style.leading === 1) return ''
  const inner = ['ul', 'ol', 'dl', 'blockquote', 'aside', 'div', 'figure'].map((box) => `${item} > ${box}`)
  return rule(inner.join(', '), [['font-size', looks.em(1, style.size)]], looks.leadingWithin(style))
}

/** Long lines turn over instead of running off the screen. */
function code({ theme, looks, text, conduct }: SheetDesk): string {
  const style = theme.styles.code
  const own: Declarations = [...looks.margin(style), ['white-space', 'pre-wrap'], ['text-indent', '0']]
  return text('pre', style, own) + conduct()
}

function tables({ theme, looks, text, conduct }: SheetDesk): string {
  const { cell } = theme.styles
  const head = theme.styles['cell-head']
  const padding = (style: Style): Declarations => [
    ['padding', `${looks.lines(theme.tables.padding, style.size)} ${looks.em(theme.tables.gutter / 2, style.size)}`],
    ['vertical-align', 'baseline'],
  ]
  let out = rule('div.table', looks.margin({ ...cell, size: 1 }), [['overflow-x', 'auto']], looks.keeps(cell))
  out += tableRules(theme, looks)
  out += text('td', cell, padding(cell))
  out += text('th', head, [['font-weight', '400'], ...standing(head, theme, looks), ...padding(head)])
  for (const side of ['left', 'center', 'right'] as const) {
    out += rule(`td.${side}, th.${side}`, [['text-align', looks.side(side)]])
  }
  return out + conduct()
}

/** Browsers put captions and heads of columns in the middle: where the text's own alignment is meant, that has to be said. */
function standing({ align }: Style, { styles }: Theme, looks: Looks): Declarations {
  return align === styles.body.align && align !== 'center'
    ? [['text-align', align === 'justify' ? align : looks.side(align)]]
    : []
}

/** No wider than the column, and no taller than the screen less what the reading system keeps for its own margins. */
function pictures({ theme, looks, survey, text, conduct }: SheetDesk): string {
  const { caption } = theme.styles
  let out = rule('img', [
    ['max-width', '100%'],
    ['max-height', '95vh'],
  ])
  for (const share of [...survey.widths].sort((a, b) => a - b)) {
    const { name, percent } = widthOf(share)
    // Where the screen is too low for it, it keeps its proportions in the width that it was given.
    out += rule(`img.${name}`, [
      ['width', percent],
      ['height', 'auto'],
      ['object-fit', 'contain'],
    ])
  }
  // Within a line of text a picture is as tall as the line; a greatest height would not do, since Readium's sheet sets its own for
  // all pictures and lets no book change it.
  if (survey.inlinePictures > 0) {
    out += rule('p img, li img, td img, dd img', [
      ['width', 'auto'],
      ['height', '1em'],
      ['vertical-align', 'baseline'],
    ])
  }
  if (survey.kinds.has('figure')) {
    out += rule('figure', [
      ['margin', `${looks.lines(caption.after)} 0`],
      ['text-align', 'center'],
      ['page-break-inside', 'avoid'],
      ['break-inside', 'avoid'],
    ])
  }
  if (survey.plates.size > 0) {
    const names = [...survey.plates].sort()
    const each = (inner: string) => names.map((name) => `figure.${name}${inner}`).join(', ')
    out += rule(each(''), [
      ['page-break-before', 'always'],
      ['page-break-after', 'always'],
      ['break-before', 'page'],
      ['break-after', 'page'],
    ])
    // As wide as the screen's page; where that is too low for it, it keeps its proportions. A caption needs some of the height.
    out += rule(each(' img'), [
      ['width', '100%'],
      ['height', 'auto'],
      ['max-height', survey.captions > 0 ? '85vh' : '95vh'],
      ['object-fit', 'contain'],
    ])
  }
  if (survey.captions > 0) {
    const own = [...looks.margin(caption), ...looks.indent(caption), ...standing(caption, theme, looks)]
    out += text('figcaption, caption', caption, own)
  }
  return out + conduct()
}

function contents({ theme, looks, survey, text, conduct }: SheetDesk): string {
  let out = rule('ol.contents, ol.contents ol, nav ol', [
    ['margin', '0'],
    ['padding', '0'],
    ['list-style', 'none'],
  ])
  out += rule('ol.contents ol, nav ol ol', [[`margin-${looks.side('left')}`, looks.em(theme.steps.contents)]])
  for (const role of ['contents-part', 'contents-chapter'] as const) {
    const style = theme.styles[role]
    if (survey.classes.has(role)) {
      const own: Declarations = [['display', 'block'], ...looks.margin(style), ...looks.indent(style)]
      out += text(`a.${role}`, style, own)
    }
  }
  if (survey.classes.has('contents-part'))
    out += rule('ol.contents > li.apart', [['margin-top', looks.lines(apart(theme))]])
  return out + conduct()
}

/** The elements that turn upright letters into italics, and italics upright. */
function slantedBy({ spans }: Survey): string[] {
  return ['em', 'cite', ...(spans.has('italic') ? ['i'] : []), ...(spans.has('defined') ? ['dfn'] : [])]
}

/** Marks within text. */
function marks({ theme, looks, survey }: SheetDesk): string {
  const { body } = theme.styles
  const lining = looks.figures({ ...body, figures: 'lining' })
  const raised = (of: { size: number; rise: number }): Declarations => [
    ['font-size', looks.em(of.size)],
    ['line-height', '0'],
    ['vertical-align', looks.em(of.rise, of.size)],
    ['font-variant-numeric', lining],
  ]
  const { spans } = survey
  let out = rule('a', [
    ['color', 'inherit'],
    ['text-decoration', 'underline'],
  ])
  if (survey.kinds.has('contents')) out += rule('a.contents-part, a.contents-chapter', [['text-decoration', 'none']])
  if (survey.notes > 0) {
    out += rule('sup > a, a[role="doc-backlink"]', [
      ['font-style', 'normal'],
      ['font-variant-numeric', lining],
      ['text-decoration', 'none'],
    ])
  }
  const slanted = slantedBy(survey)
  out += rule(slanted.join(', '), [['font-style', 'italic']])
  const twice = slanted.flatMap((outer) => slanted.map((inner) => `${outer} ${inner}`))
  out += rule(twice.filter((pair) => pair !== 'cite cite').join(', '), [['font-style', 'normal']])
  // A term of the glossary stands in the letters of the list.
  if (survey.sections.has('glossary')) out += rule('dt > dfn[id]', [['font-style', 'inherit']])
  if (spans.has('strong')) out += rule('strong', [['font-weight', '700']])
  if (spans.has('bold')) out += rule('b', [['font-weight', '700']])
  if (spans.has('smallcaps')) out += rule('.smallcaps', looks.smallCapitals('small'))
  if (survey.leadIn) {
    out += rule('.lead-in', looks.smallCapitals('small'))
    const all = looks.smallCapitals('all-small').filter(([property]) => property === 'font-variant-caps')
    out += rule('.capitals', all)
  }
  if (spans.has('sup') || spans.has('note')) out += rule('sup', raised(theme.marks.raised))
  if (spans.has('sub')) out += rule('sub', raised(theme.marks.lowered))
  if (spans.has('small')) out += rule('small', [['font-size', looks.em(theme.marks.small)]])
  if (spans.has('mark')) {
    out += rule('mark', [
      ['background', 'none'],
      ['color', 'inherit'],
      ['text-decoration', 'underline'],
    ])
  }
  if (spans.has('code') || spans.has('kbd') || survey.kinds.has('code')) {
    out += rule('code, kbd', looks.family('mono'), [
      ['font-size', looks.em(theme.marks.code)],
      ['font-style', 'normal'],
      ['font-variant', 'normal'],
    ])
    if (survey.kinds.has('code')) {
      const { face } = theme.styles.code
      out += rule('pre code', [['font-size', '1em'], ...(face === 'mono' ? [] : looks.family(face))])
    }
  }
  // The author's quotation marks are in the text.
  if (spans.has('quoted')) out += rule('q:before, q:after', [['content', '""']])
  return out
}
