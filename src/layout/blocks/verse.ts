// Verse goes in; an element a line comes out: the longest line centred by the eye, what runs over turned under, numbers in the margin.
// In a play lines begin at the left, behind the name of who speaks; what two speakers share is one line, its second half lower and where
// the first half ends.
import type { Prose, VerseLine } from '../../model/book.js'
import { isSpeech, LINE_NUMBER } from '../../theme/speakers.js'
import type { Sheet } from '../sheet.js'
import { baseline } from '../text/baseline.js'
import { naturalWidth } from '../text/lines.js'
import { type PrintStyle, restyle, small } from '../text/styles.js'
import { runOf } from '../text/text-run.js'
import { type Around, type Flow, type FlowElement, surround, type TagParent, tagParent, textOfNote } from './element.js'
import { broken, paragraphElement } from './prose-element.js'
import { spokenIn } from './speech.js'

/** Of the measure: what the deepest indent leaves at least. */
const LEAST_ROOM = 0.5

/** Stanzas of so many lines stand on one page. */
const WHOLE = 5

/** Width of the column of numbers, em. */
const NUMBERS = 2

/** Lines of a stanza are elements of their own; the longest line of the whole poem is centred, a little to the left of the middle. */
export function verseElements(
  stanzas: readonly VerseLine[][],
  around: Around,
  tag: TagParent,
  flow: Flow,
  line: number,
): FlowElement[] {
  const { styles } = flow.setting
  const own = around.note ? small(styles.of('verse'), styles.of('note')) : styles.of('verse')
  const isPlay = around.role === 'drama'
  const above = styles.theme.drama?.speaker === 'line'
  // in a play lines turn over by as much as what is said in prose hangs
  const play = Math.min(0, styles.of('drama').indent)
  const style = restyle(own, { left: 0, right: 0, indent: isPlay ? play : own.indent })
  // numbers have a column of their own at the right
  const numbered = stanzas.some((stanza) => stanza.some((v) => v.number !== undefined))
  const right = around.right + (isPlay ? 0 : own.right) + (numbered ? NUMBERS * styles.em : 0)
  const width = flow.measure - around.left - right
  const step = style.lettering.size * styles.theme.steps.verse
  const deepest = Math.max(0, width * (1 - LEAST_ROOM))
  const indented = (v: VerseLine) => Math.min(v.indent * step, deepest)
  const collect = (prose: Prose) => flow.setting.collector.collect(prose, style, around.language, false, flow.setting)
  let longest = 0
  const set = stanzas.map((stanza) =>
    stanza.map((v) => {
      const spoken = above || v.shared ? spokenIn(v.prose, above) : undefined
      const p = collect(spoken?.said ?? v.prose)
      longest = Math.max(longest, naturalWidth(p) + indented(v))
      return { v, p, name: spoken?.name, from: spoken?.from ?? 0 }
    }),
  )
  const middle = Math.max(0, Math.min((width - longest) * 0.46, width * 0.4))
  const behind = textOfNote(around, flow)
  const left = isPlay ? 0 : behind > 0 ? behind : styles.theme.verse?.stands === 'left' ? own.left : middle
  // what is said hangs below the name, as in a play's prose
  const hang = isPlay ? Math.max(-around.left, play) : 0
  const out: FlowElement[] = []
  set.forEach((stanza, s) => {
    const paragraph = tagParent('P', tag)
    /** Where the line before ended, from the left of all verse. */
    let end = 0
    stanza.forEach(({ v, p, name, from }, i) => {
      const own = tagParent('Sub', paragraph)
      const inset = Math.min(left + indented(v), deepest) + (isSpeech(v) && !above ? hang : 0)
      const inner: Around = { ...around, tag: paragraph, role: 'verse', left: around.left + inset, right }
      const beside = name && !above ? collect(name) : undefined
      // the second half of a line stands behind the first, as far as there is room, and behind its speaker's name
      const room = width - inset - naturalWidth(p)
      const least = beside ? naturalWidth(beside) + style.lettering.space : 0
      const at = v.shared && room > least ? Math.max(least, Math.min(end - inset, room)) : 0
      const halved = at > 0 ? restyle(style, { indent: at }) : style
      const element =
        beside && at === 0
          ? broken(collect(v.prose), style, inner, own, flow, line)
          : broken(p, halved, inner, own, flow, line, undefined, from)
      if (beside && at > 0) paintBeside(element, broken(beside, restyle(style, { indent: 0 }), inner, own, flow, line))
      end = inset + at + naturalWidth(p) + style.lettering.space
      if (styles.theme.verse?.turned === 'right') element.turnRight?.()
      if (v.number !== undefined) paintNumber(element, v.number, style, around, flow)
      const begins = i === 0 && s > 0 && !isPlay
      if (name && above) {
        const spoke = paragraphElement(name, 'speaker', { ...around, tag: paragraph }, own, flow, line)
        if (begins) spoke.before = Math.max(spoke.before, 1)
        out.push(spoke)
      }
      element.before = begins && !(name && above) ? 1 : 0
      element.after = 0
      const last = i === stanza.length - 1
      element.keepNext = last ? style.keepNext : stanza.length <= WHOLE || i === 0 || i === stanza.length - 2
      out.push(element)
    })
  })
  if (!isPlay) surround(out, style)
  return out
}

function paintBeside(element: FlowElement, name: FlowElement): void {
  const { paint } = element
  element.paint = (sheet, way, from, to, y, repeated) => {
    if (from === 0) name.paint(sheet, 0, 0, 1, y, false)
    paint(sheet, way, from, to, y, repeated)
  }
}

/** At the right edge, beside the line's last: no word of the text, and so no part of what is read aloud. */
function paintNumber(element: FlowElement, number: number, style: PrintStyle, around: Around, flow: Flow): void {
  const { paint } = element
  const { faces, styles } = flow.setting
  const l = styles.vary(style.lettering, { scale: LINE_NUMBER, italic: false })
  const box = faces.box(l.face, l.features, around.language, String(number))
  element.paint = (sheet: Sheet, way, from, to, y, repeated) => {
    paint(sheet, way, from, to, y, repeated)
    if (from > 0) return
    const x = sheet.left + flow.measure - around.right - (box.width / 1000) * l.size
    sheet.page.items.push(runOf(box, l, -1, x, baseline(y, style.leading)))
  }
}
