// Verse goes in; an element a line comes out: the longest line centred by the eye, what runs over turned under.
import type { VerseLine } from '../../model/book.js'
import { naturalWidth } from '../text/lines.js'
import { small } from '../text/styles.js'
import { type Around, type Flow, type FlowElement, surround, type TagParent, tagParent } from './element.js'
import { broken } from './prose-element.js'

/** Of the measure: what the deepest indent leaves at least. */
const LEAST_ROOM = 0.5

/** Lines of a stanza are elements of their own; the longest line of the whole poem is centred, a little to the left of the middle. */
export function verseElements(
  stanzas: readonly VerseLine[][],
  around: Around,
  tag: TagParent,
  flow: Flow,
  line: number,
): FlowElement[] {
  const { styles } = flow.setting
  const style = around.note ? small(styles.of('verse'), styles.of('note')) : styles.of('verse')
  const width = flow.measure - around.left - around.right
  const step = style.lettering.size * styles.theme.steps.verse
  const deepest = Math.max(0, width * (1 - LEAST_ROOM))
  const indented = (v: VerseLine) => Math.min(v.indent * step, deepest)
  const set = stanzas.map((stanza) =>
    stanza.map((v) => ({ v, p: flow.collector.collect(v.prose, style, around.language, false, flow.setting) })),
  )
  let longest = 0
  for (const stanza of set) for (const { v, p } of stanza) longest = Math.max(longest, naturalWidth(p) + indented(v))
  const left = Math.max(0, Math.min((width - longest) * 0.46, width * 0.4))
  const out: FlowElement[] = []
  set.forEach((stanza, s) => {
    const paragraph = tagParent('P', tag)
    stanza.forEach(({ v, p }, i) => {
      const inset = Math.min(left + indented(v), deepest)
      const inner: Around = { ...around, tag: paragraph, role: 'verse', left: around.left + inset }
      // what runs over is turned under with a deep indent
      const element = broken(
        p,
        { ...style, indent: -2 * styles.em, left: 0 },
        inner,
        tagParent('Sub', paragraph),
        flow,
        line,
      )
      element.before = i === 0 && s > 0 ? 1 : 0
      element.after = 0
      element.keepNext = i < stanza.length - 1 && (i === 0 || i === stanza.length - 2)
      out.push(element)
    })
  })
  surround(out, style)
  return out
}
