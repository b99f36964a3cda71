// The table of contents goes in; its lines come out, with leaders and page numbers that are filled in when painted.
import type { Block } from '../../model/book.js'
import { standsApart } from '../../theme/entries-apart.js'
import type { Sheet } from '../sheet.js'
import { baseline } from '../text/baseline.js'
import { brief } from '../text/linkrange.js'
import type { PrintStyle } from '../text/styles.js'
import { runOf } from '../text/text-run.js'
import { type Around, type Flow, type FlowElement, type TagParent, tagParent } from './element.js'
import { broken } from './prose-element.js'

export function contentsElements(
  block: Extract<Block, { kind: 'contents' }>,
  around: Around,
  flow: Flow,
): FlowElement[] {
  const { styles } = flow.setting
  // By depth: the list at hand, and its last entry, which holds the list below it.
  const lists = [tagParent('TOC', around.tag)]
  const entries: TagParent[] = []
  const chapter = styles.of('contents-chapter')
  const numbers = chapter.lettering.size * 2.6
  const out: FlowElement[] = block.entries.map((entry, at) => {
    const style = styles.of(entry.role)
    const level = Math.min(entry.depth - 1, entries.length)
    entries.length = level
    lists.length = level + 1
    const item = tagParent('TOCI', (lists[level] ??= tagParent('TOC', entries[level - 1]!)))
    entries.push(item)
    const reference = tagParent('Reference', item)
    const link = tagParent('Link', reference)
    const deeper = (entry.depth - 1) * styles.em * styles.theme.steps.contents
    const inner: Around = {
      ...around,
      left: around.left + Math.max(0, style.left + style.indent) + deeper,
      right: around.right + style.right + numbers,
    }
    const paragraph = flow.setting.collector.collect(entry.prose, style, around.language, false, flow.setting)
    // turned lines hang, so that each entry's head stands out
    const element = broken(
      paragraph,
      { ...style, indent: Math.min(style.indent, -styles.em) },
      inner,
      link,
      flow,
      block.place.line,
    )
    element.before = standsApart(block.entries, at) ? Math.max(style.before, flow.apart) : style.before
    element.after = style.after
    const paint = element.paint
    const lines = element.ways[0]!.lines
    const description = brief(entry.prose.text.replace(/\s+/g, ' '))
    element.paint = (sheet, way, from, to, y, repeated) => {
      const before = sheet.page.items.length
      paint(sheet, way, from, to, y, repeated)
      const top = y
      const text = sheet.page.items.slice(before).filter((i) => i.kind === 'text')
      if (to === lines) {
        const last = text[text.length - 1]
        const end = last ? last.x + widthOf(flow, last) : sheet.left + inner.left
        pageNumber(
          flow,
          sheet,
          style,
          entry.href,
          end,
          baseline(y + (to - from - 1) * style.leading, style.leading),
          around,
          link.of(sheet),
        )
      }
      const tag = link.of(sheet)
      sheet.page.links.push({
        tag,
        x: sheet.left + inner.left,
        y: top,
        width: flow.measure - inner.left - around.right,
        height: (to - from) * style.leading,
        href: entry.href,
        description,
      })
    }
    return element
  })
  return out
}

function widthOf(
  flow: Flow,
  run: {
    font: number
    size: number
    codes: Uint16Array
    shifts?: Int16Array | undefined
    tracking: number
    stretch: number
  },
): number {
  const codes = flow.setting.faces.fonts[run.font]!.codes
  let sum = 0
  for (let i = 0; i < run.codes.length; i++) sum += codes[run.codes[i]!]!.advance + (run.shifts?.[i] ?? 0)
  return ((sum / 1000) * run.size + run.tracking * run.codes.length) * run.stretch
}

/** Leaders and the number, flush right. The dots stand on a grid of their own, so that they line up down the page. */
function pageNumber(
  flow: Flow,
  sheet: Sheet,
  style: PrintStyle,
  href: string,
  end: number,
  y: number,
  around: Around,
  tag: number,
): void {
  const { faces } = flow.setting
  const label = flow.pageLabel(href)
  const l = flow.setting.styles.of('contents-chapter').lettering
  const features = l.features
  // the space is for those who hear or copy the line: entry and number are two words
  const number = faces.box(l.face, features, around.language, ` ${label}`)
  const width = (number.width / 1000) * l.size
  const right = sheet.left + flow.measure - around.right
  if (label === '') return
  if (style.role !== 'contents-part' && flow.setting.styles.theme.contents?.leaders !== 'blank') {
    const step = l.size * 0.62
    const from = Math.ceil((end - sheet.left + l.size * 0.5) / step)
    const to = Math.floor((right - width - sheet.left - l.size * 0.5) / step)
    const count = to - from
    // drawn, not written: nobody wants to hear or copy them
    const dot = l.size * 0.07
    for (let i = 0; i < count; i++)
      sheet.page.items.push({
        kind: 'rule',
        tag: -1,
        x: sheet.left + (from + i) * step,
        y: y - dot,
        width: dot,
        height: dot,
        colour: l.colour,
      })
  }
  sheet.page.items.push(runOf(number, l, tag, right - width, y))
}
