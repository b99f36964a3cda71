// A scene break goes in; the line with the theme's ornament comes out. It shows at the head of a page too: one that is white has an
// ornament there alone.

import { capitals } from '../../theme/capitals.js'
import type { Way } from '../breaking/break-pages.js'
import type { Sheet } from '../sheet.js'
import { baseline } from '../text/baseline.js'
import type { PrintStyle } from '../text/styles.js'
import { runOf } from '../text/text-run.js'
import type { Around, Flow, FlowElement } from './element.js'

export function breakElement(n: number, around: Around, flow: Flow): FlowElement {
  const style = flow.setting.styles.of('break')
  const { ornament, head } = flow.setting.styles.theme.sceneBreak
  // Nothing stands above it.
  const shown = (sheet: Sheet) => ornament ?? (sheet.page.items.length === 0 ? head : undefined) ?? ''
  const inner = { ...around, left: around.left + style.left, right: around.right + style.right }
  return ornamentElement(shown, n, style, inner, flow)
}

/** A line that shows a text which says nothing. */
export function ornamentElement(
  text: (sheet: Sheet) => string,
  n: number,
  style: PrintStyle,
  around: Around,
  flow: Flow,
): FlowElement {
  const { styles, faces } = flow.setting
  const l = style.lettering
  const way: Way = {
    lines: 1,
    height: style.leading / flow.shape.grid,
    cost: 0,
    stops: new Uint8Array(1),
    notes: undefined,
  }
  return {
    ways: [way],
    gap: 0,
    before: style.before,
    after: style.after,
    keepNext: style.keepNext,
    repeat: 0,
    paint(sheet, _way, _from, _to, y) {
      const said = text(sheet)
      const shown = l.upper ? capitals(said, around.language) : said
      let x = 0
      const runs = faces.runs(l.face, styles.fallback, shown).filter((run) => run.face >= 0)
      const boxes = runs.map((run) => ({
        face: run.face,
        box: faces.box(run.face, l.features, around.language, shown.slice(run.start, run.end)),
      }))
      const width = boxes.reduce((sum, { box }) => sum + (box.width / 1000) * l.size + box.codes.length * l.tracking, 0)
      const room = flow.measure - around.left - around.right - width
      const share = style.align === 'center' ? 0.5 : style.align === 'right' ? 1 : 0
      const from = sheet.left + around.left + room * share
      for (const { face, box } of boxes) {
        // the ornament says nothing that the space does not: an artifact
        sheet.page.items.push(runOf(box, { ...l, face }, -1, from + x, baseline(y, style.leading), l.tracking))
        x += (box.width / 1000) * l.size + box.codes.length * l.tracking
      }
    },
    start: () => ({ n, offset: 0 }),
    notes: () => [],
  }
}
