// A speech of a play goes in, whose theme sets names in lines of their own; the name comes out, and what is said below it.
import type { Block, Prose } from '../../model/book.js'
import type { Around, Flow, FlowElement, TagParent } from './element.js'
import { broken, paragraphElement, proseBetween } from './prose-element.js'

/** Undefined if it is set as a whole: nobody is named, or the name is run in. */
export function speechElements(
  { prose, role, place }: Extract<Block, { kind: 'paragraph' }>,
  around: Around,
  tag: TagParent,
  flow: Flow,
): FlowElement[] | undefined {
  const { styles } = flow.setting
  if (role !== 'drama' || styles.theme.drama?.speaker !== 'line') return undefined
  const spoken = spokenIn(prose, true)
  if (spoken === undefined) return undefined
  const { said, from } = spoken
  const name = paragraphElement(spoken.name, 'speaker', around, tag, flow, place.line)
  if (said.text === '') return [name]
  const style = styles.of('drama')
  const paragraph = flow.setting.collector.collect(
    said,
    style,
    around.language,
    style.align === 'justify',
    flow.setting,
  )
  // as in paragraphElement: a hanging indent begins to the left of its inset
  const inner = { ...around, left: Math.max(0, around.left + Math.min(0, style.indent)) }
  return [name, broken(paragraph, style, inner, tag, flow, place.line, undefined, from)]
}

/** The name that a text opens with, what is said behind it, and from where in the text; undefined if nobody is named. */
export function spokenIn(prose: Prose, above: boolean): { name: Prose; said: Prose; from: number } | undefined {
  const { text } = prose
  const span = prose.spans.find(({ kind, start }) => kind === 'speaker' && start === 0)
  if (span === undefined) return undefined
  let from = span.end
  while (from < text.length && /\s/.test(text[from]!)) from++
  // alone above its speech a name has the letters of its style
  const name = proseBetween(prose, 0, span.end, above ? ['speaker'] : [])
  return { name, said: proseBetween(prose, from, text.length, []), from }
}
