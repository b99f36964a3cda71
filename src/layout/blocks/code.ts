// A block of code goes in; elements that keep its lines come out, each showing where it turned one over.
import type { Block } from '../../model/book.js'
import { baseline } from '../text/baseline.js'
import { ANY_LANGUAGE } from '../text/shaped-faces.js'
import { small } from '../text/styles.js'
import { runOf } from '../text/text-run.js'
import { type Around, type Flow, type FlowElement, tagParent, textOfNote } from './element.js'
import { broken } from './prose-element.js'

/** Set at the head of a line that is the rest of the one above. */
const TURNED = '↪'

/** Is it the first, or the last but one, of lines that stand between blank ones? */
function isAtEdge(texts: readonly string[], i: number): boolean {
  const isBlank = (at: number) => texts[at]?.trim() === ''
  return !isBlank(i) && !isBlank(i + 1) && (isBlank(i - 1) || isBlank(i + 2))
}

export function codeElements(block: Extract<Block, { kind: 'code' }>, around: Around, flow: Flow): FlowElement[] {
  const { styles, faces } = flow.setting
  const own = styles.of('code')
  const note = styles.of('note')
  // in a note as much smaller than the note as code is than the text
  const style = around.note
    ? {
        ...small(own, note),
        lettering: styles.vary(own.lettering, { scale: note.lettering.size / styles.of('body').lettering.size }),
      }
    : own
  const whole = tagParent('P', around.tag, { lang: block.lang })
  const inner: Around = {
    ...around,
    left: around.left + (textOfNote(around, flow) || style.left),
    right: around.right + style.right,
  }
  const l = style.lettering
  const out: FlowElement[] = []
  let offset = 0
  const texts = block.prose.text.split('\n')
  texts.forEach((text, i) => {
    // each line is a paragraph of its own, so that turned lines can be told from lines that the author made
    const own = {
      n: block.prose.n,
      text,
      spans: block.prose.spans
        .filter((s) => s.start >= offset && s.end <= offset + text.length)
        .map((s) => ({ ...s, start: s.start - offset, end: s.end - offset })),
    }
    const paragraph = flow.setting.collector.collect(own, style, around.language, false, flow.setting)
    const tag = tagParent('Code', tagParent('Sub', whole))
    const element = broken(paragraph, { ...style, indent: -2 * l.size }, inner, tag, flow, block.place.line + i)
    const base = offset
    const start = element.start
    element.start = (way, from) => {
      const s = start(way, from)
      return s && { n: s.n, offset: s.offset + base }
    }
    const paint = element.paint
    element.paint = (sheet, way, from, to, y, repeated) => {
      for (let line = Math.max(1, from); line < to; line++) {
        const run = faces.runs(l.face, styles.fallback, TURNED)[0]!
        if (run.face < 0) continue
        const box = faces.box(run.face, '', ANY_LANGUAGE, TURNED)
        const letters = { ...l, face: run.face, size: l.size * 0.9 }
        const foot = baseline(y + (line - from) * style.leading, style.leading)
        sheet.page.items.push(runOf(box, letters, -1, sheet.left + inner.left + l.size * 0.4, foot))
      }
      paint(sheet, way, from, to, y, repeated)
    }
    if (text.trim() === '') element.blank = true
    // neither the first nor the last line alone, of the block or of what stands between two blank lines
    const edge = texts.length > 1 && (i === 0 || i === texts.length - 2 || isAtEdge(texts, i))
    element.keepNext = edge || (style.keepNext && i === texts.length - 1)
    element.lack = 'halved'
    element.before = i === 0 ? style.before : 0
    element.after = i === texts.length - 1 ? style.after : 0
    out.push(element)
    offset += text.length + 1
  })
  return out
}
