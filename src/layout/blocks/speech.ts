// A speech of a play goes in, whose theme sets names in lines of their own; the name comes out, and what is said below it.
import type { Block } from '../../model/book.js'
import type { Around, Flow, FlowElement, TagParent } from './element.js'
import { broken, paragraphElement, partOf } from './prose-element.js'

/** Undefined if it is set as a whole: nobody is named, or the name is run in. */
export function speechElements(
  { prose, role, place }: Extract<Block, { kind: 'paragraph' }>,
  around: Around,
  tag: TagParent,
  flow: Flow,
): FlowElement[] | undefined {
  const { styles } = flow.setting
  const span = prose.spans.find(({ kind, start }) => kind === 'speaker' && start === 0)
  if (span === undefined || role !== 'drama' || styles.theme.drama?.speaker !== 'line') return undefined
  const name = paragraphElement(partOf(prose, 0, span.end, ['speaker']), 'speaker', around, tag, flow, place.line)
  name.keepNext = true
  let from = span.end
  while (from < prose.text.length && /\s/.test(prose.text[from]!)) from++
  if (from === prose.text.length) return [name]
  const said = partOf(prose, from, prose.text.length, [])
  const style = styles.of('drama')
  const paragraph = flow.collector.collect(said, style, around.language, style.align === 'justify', flow.setting)
  // as in paragraphElement: a hanging indent begins to the left of its inset
  const inner = { ...around, left: Math.max(0, around.left + Math.min(0, style.indent)) }
  return [name, broken(paragraph, style, inner, tag, flow, place.line, undefined, from)]
}
