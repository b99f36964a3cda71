// Prose with its marks goes in; stretches of text that are set alike, and the inline elements that they belong to, come out.

import type { Prose, Span } from '../../model/book.js'
import { isRaised } from '../../model/note-marks.js'
import type { SpanLook } from '../../theme/spans.js'
import type { Lettering, Variation } from './letter-forms.js'
import type { Inline, Segment } from './piece.js'
import type { Opening, Setting, TextPicture } from './setting.js'
import type { ShapedFaces } from './shaped-faces.js'
import type { PrintStyle, Styles } from './styles.js'

/** A prose while its spans are gone through. */
interface Sweep {
  prose: Prose
  style: PrintStyle
  setting: Setting
  opening: Opening | undefined
  segments: Segment[]
  inlines: Inline[]
}

export function segmentsOf(
  prose: Prose,
  style: PrintStyle,
  language: string,
  setting: Setting,
): { segments: Segment[]; inlines: Inline[] } {
  const segments: Segment[] = []
  const inlines: Inline[] = []
  const base: State = {
    lettering: style.lettering,
    language,
    inline: -1,
    verbatim: style.role === 'code',
    hyphenate: style.hyphenate,
    line: 'none',
  }
  const opening = style.role === 'opening' ? setting.begins(prose) : undefined

  // nearly every paragraph is set alike from end to end
  if (prose.spans.length === 0 && !opening) {
    if (prose.text.length > 0) segments.push(segmentOf(prose.text, 0, prose.text.length, base, setting.faces))
    return { segments, inlines }
  }
  sweep({ prose, style, setting, opening, segments, inlines }, base)
  return { segments, inlines }
}

/** Spans are nested and in order of start: one sweep with a stack. */
function sweep(through: Sweep, base: State): void {
  const { prose, setting } = through
  const stack: { span: Span; state: State }[] = []
  let at = 0
  let state = base
  const around = () => (stack.length > 0 ? stack[stack.length - 1]!.state : base)
  const close = (until: number) => {
    while (stack.length > 0 && stack[stack.length - 1]!.span.end <= until) {
      const { span, state: inner } = stack.pop()!
      if (at < span.end) {
        push(through, at, span.end, inner)
        at = span.end
      }
      if (span.kind === 'link' && span.page) {
        const shown = setting.pageRef(span.href)
        if (shown !== '') pushInstead(through, span.end, span.end, inner, shown)
      }
      state = around()
    }
  }
  for (const span of prose.spans) {
    close(span.start)
    if (at < span.start) {
      push(through, at, span.start, state)
      at = span.start
    }
    if (span.kind === 'note' || span.kind === 'image') {
      if (span.kind === 'note') pushCall(through, span, state)
      else pushImage(through, span, state)
      at = span.end
      continue
    }
    state = enter(span, state, setting.styles, (made) => addInline(through, made))
    if (span.end > span.start) stack.push({ span, state })
    else {
      // a place without text is a piece without width
      if (span.kind === 'span' && span.id) pushInstead(through, span.start, span.start, state, '')
      state = around()
    }
  }
  close(Number.MAX_SAFE_INTEGER)
  if (at < prose.text.length) push(through, at, prose.text.length, base)
}

function addInline({ inlines }: Sweep, made: Inline): number {
  return inlines.push(made) - 1
}

/** Text in this state; where it opens a chapter, in as many segments as its opening has looks. */
function push(through: Sweep, start: number, end: number, s: State): void {
  const { opening } = through
  const { styles } = through.setting
  const { lead, raised } = opening ?? {}
  const opens = Math.max(lead?.end ?? 0, raised?.end ?? 0)
  if (!opening || start >= opens) {
    pushAlike(through, start, end, s)
    return
  }
  let from = start
  for (const to of [raised?.end ?? 0, lead?.start ?? 0, lead?.end ?? 0, end]) {
    const until = Math.min(Math.max(to, from), end)
    let { lettering } = s
    if (raised && from < raised.end) lettering = styles.vary(lettering, { overlay: raised.look })
    else if (lead && from >= lead.start && from < lead.end)
      lettering = styles.vary(lettering, { smallCaps: lead.capitals ? 'all-small' : 'small' })
    pushAlike(through, from, until, lettering === s.lettering ? s : changed(s, { lettering }))
    from = until
  }
}

function pushAlike({ segments, prose, setting }: Sweep, start: number, end: number, s: State): void {
  if (end > start) segments.push(segmentOf(prose.text, start, end, s, setting.faces))
}

/** Something that is set instead of the text. */
function pushInstead(
  { segments, setting }: Sweep,
  start: number,
  end: number,
  s: State,
  replace: string,
  image?: Segment['image'],
): void {
  const { faces } = setting
  const plain = faces.covers(s.lettering.face, replace, 0, replace.length)
  segments.push({
    start,
    end,
    lettering: s.lettering,
    language: s.language,
    shape: faces.boxes(s.lettering.face, s.lettering.features, s.language),
    plain,
    verbatim: false,
    hyphenate: false,
    replace,
    inline: s.inline,
    line: s.line,
    image,
  })
}

/** The number, or the sign, that calls a note. */
function pushCall(through: Sweep, span: Extract<Span, { kind: 'note' }>, s: State): void {
  const { style, setting } = through
  const { styles } = setting
  const label = setting.noteLabel(span.note)
  const reference = addInline(through, { type: 'Reference', parent: s.inline })
  const link = addInline(through, {
    type: 'Link',
    parent: reference,
    href: `#${span.note}`,
    description: label,
    id: span.first ? `ref-${span.note.replace(/^note-/, '')}` : undefined,
  })
  const lettering = callLetters(styles.vary(s.lettering, { italic: style.lettering.italic }), label, styles)
  pushInstead(through, span.start, span.end, changed(s, { inline: link, lettering }), label)
}

function pushImage(through: Sweep, span: Extract<Span, { kind: 'image' }>, s: State): void {
  const image = inLine(through.setting.image(span.src), through.style.leading)
  const figure = addInline(through, { type: 'Figure', parent: s.inline, alt: span.alt })
  const inline = span.alt === '' ? s.inline : figure
  pushInstead(through, span.start, span.end, changed(s, { inline }), '', image)
}

function segmentOf(text: string, start: number, end: number, s: State, faces: ShapedFaces): Segment {
  return {
    start,
    end,
    lettering: s.lettering,
    language: s.language,
    shape: faces.boxes(s.lettering.face, s.lettering.features, s.language),
    plain: faces.covers(s.lettering.face, text, start, end),
    verbatim: s.verbatim,
    hyphenate: s.hyphenate,
    replace: undefined,
    inline: s.inline,
    line: s.line,
    image: undefined,
  }
}

interface State {
  lettering: Lettering
  language: string
  inline: number
  verbatim: boolean
  hyphenate: boolean
  line: 'none' | 'under' | 'through'
}

/** The state, otherwise. Field by field: every stretch of text reads one, and V8 is quicker with objects of one shape. */
function changed(s: State, change: Partial<State>): State {
  return {
    lettering: change.lettering ?? s.lettering,
    language: change.language ?? s.language,
    inline: change.inline ?? s.inline,
    verbatim: change.verbatim ?? s.verbatim,
    hyphenate: change.hyphenate ?? s.hyphenate,
    line: change.line ?? s.line,
  }
}

function enter(span: Span, s: State, styles: Styles, inline: (made: Inline) => number): State {
  const lettered = dress(s, styles.lookOf(span.kind), styles)
  switch (span.kind) {
    case 'emphasis':
      return changed(lettered, { inline: inline({ type: 'Em', parent: s.inline }) })
    case 'strong':
      return changed(lettered, { inline: inline({ type: 'Strong', parent: s.inline }) })
    case 'code':
    case 'kbd':
      return changed(lettered, {
        verbatim: true,
        hyphenate: false,
        inline: inline({ type: 'Code', parent: s.inline }),
      })
    case 'quoted':
      return changed(s, { inline: inline({ type: 'Quote', parent: s.inline }) })
    case 'link':
      return changed(s, {
        inline: inline({ type: 'Link', parent: s.inline, href: span.href, description: span.title }),
      })
    case 'speaker':
      return changed(s, { lettering: styles.spoken(s.lettering) })
    case 'number':
      // alone above its title it has its own style already
      return changed(s, { lettering: styles.of(span.role).lettering })
    case 'span': {
      const lang = span.lang
      const made = lang || span.id ? inline({ type: 'Span', parent: s.inline, lang, id: span.id }) : s.inline
      const lettering = span.classes.length > 0 ? styles.classed(s.lettering, span.classes) : s.lettering
      const hyphenate = span.classes.length > 0 ? styles.hyphenates(span.classes) : undefined
      return changed(s, { language: lang ?? s.language, inline: made, lettering, hyphenate })
    }
    case 'abbr':
      return span.title ? changed(s, { inline: inline({ type: 'Span', parent: s.inline, expansion: span.title }) }) : s
    case 'ruby':
    case 'ruby-base':
    case 'ruby-text':
    case 'ruby-paren':
      return changed(lettered, { inline: inline({ type: RUBY[span.kind], parent: s.inline }) })
    default:
      return lettered
  }
}

const RUBY = { ruby: 'Ruby', 'ruby-base': 'RB', 'ruby-text': 'RT', 'ruby-paren': 'RP' } as const

function dress(s: State, look: SpanLook, styles: Styles): State {
  if (look.line) return changed(s, { line: look.line })
  const change: Variation = {}
  if (look.turned) change.italic = !s.lettering.italic
  if (look.bold) change.bold = true
  if (look.smallCaps) change.smallCaps = 'small'
  if (look.mono) change.family = 'mono'
  if (look.size !== undefined) change.scale = look.mono && s.lettering.family === 'mono' ? 1 : look.size
  if (look.rise !== undefined) change.rise = look.rise
  if (look.lining) change.lining = true
  return Object.keys(change).length > 0 ? changed(s, { lettering: styles.vary(s.lettering, change) }) : s
}

/** An image among words: at most as high as its line. Pixels become points at 96 to the inch. */
function inLine(image: TextPicture | undefined, leading: number): Segment['image'] {
  if (!image) return undefined
  const natural = image.height * 0.75
  const scale = Math.min(1, (leading * 0.9) / natural, (leading * 20) / Math.max(1, image.width)) * 0.75
  return { index: image.index, width: image.width * scale, height: image.height * scale }
}

/** Of what calls a note. */
function callLetters(base: Lettering, label: string, styles: Styles): Lettering {
  return isRaised(label) ? styles.raised(base, label) : base
}
