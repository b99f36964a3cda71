// A table goes in; how far each number stands from the right edge of its column, so that their points are below one another, comes out.
import type { Block } from '../../model/book.js'
import { fractionsOf } from '../../model/decimals.js'
import type { PrintStyle } from '../text/styles.js'
import type { Around, Flow } from './element.js'

/** What of the longest fraction in its column a number lacks, points. */
export function lacking(
  table: Extract<Block, { kind: 'table' }>,
  style: PrintStyle,
  around: Around,
  flow: Flow,
): (column: number, n: number) => number {
  const widths = fractionsOf(table).map(
    (found) => found && new Map([...found].map(([n, part]) => [n, widthOf(part, style, around, flow)])),
  )
  const longest = widths.map((found) => {
    let most = 0
    for (const width of found?.values() ?? []) most = Math.max(most, width)
    return most
  })
  return (column, n) => {
    const own = widths[column]?.get(n)
    return own === undefined ? 0 : longest[column]! - own
  }
}

/** Of a part of a number, in the letters of cells, points. */
function widthOf(part: string, { lettering: l }: PrintStyle, around: Around, { setting }: Flow): number {
  const shown = part.replace(/\ufffc/g, '')
  return shown === '' ? 0 : (setting.faces.box(l.face, l.features, around.language, shown).width / 1000) * l.size
}
