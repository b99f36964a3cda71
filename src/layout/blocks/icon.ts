// A block that stands apart goes in; its elements come out, with room beside them for the theme's icon, which is painted by the first
// line. It adorns, and is no part of the text.
import type { Block } from '../../model/book.js'
import { ICON_SQUARE, iconOf } from '../../theme/icons.js'
import { hexOf } from '../../theme/theme.js'
import { baseline } from '../text/baseline.js'
import type { Around, Flow, FlowElement } from './element.js'

/** Half the height of capitals above the baseline, em: the middle of a line's letters. */
const MIDDLE = 0.33

export function withIcon(
  block: Block,
  around: Around,
  flow: Flow,
  set: (around: Around) => FlowElement[],
): FlowElement[] {
  const { styles } = flow.setting
  const icon = iconOf(styles.theme, block)
  if (icon === undefined) return set(around)
  const { em } = styles
  const elements = set({ ...around, left: around.left + icon.column * em })
  const first = elements[0]
  if (first === undefined) return elements
  const style = styles.of(block.role)
  const colour = hexOf(styles.theme, icon.colour)
  const scale = (icon.size * em) / ICON_SQUARE
  const { paint } = first
  first.paint = (sheet, way, from, to, y, repeated) => {
    if (from === 0) {
      const x = sheet.left + around.left + style.left
      const top = baseline(y, style.leading) - MIDDLE * style.lettering.size - (icon.size * em) / 2
      let across = true
      const d = icon.d.map((one) => {
        if (typeof one === 'string') {
          across = true
          return one
        }
        const placed = across ? x + one * scale : top + one * scale
        across = !across
        return Math.round(placed * 1000) / 1000
      })
      sheet.page.items.push({ kind: 'path', tag: -1, d, colour })
    }
    paint(sheet, way, from, to, y, repeated)
  }
  return elements
}
