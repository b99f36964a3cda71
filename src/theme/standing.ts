// Where things stand on a page. In: a theme. Out: told, where two would stand in one place, or the text would not have any.
import { error, type Place, type Report } from '../diagnostic.js'
import { names } from './rows.js'
import type { Theme } from './theme.js'

/** `at`: the place of a key in the theme's file. */
export function checkFolio({ page, heads, feet = {} }: Theme, at: (path: string[]) => Place, report: Report): void {
  if (page.folio === 'none') return
  for (const side of ['recto', 'verso'] as const) {
    const said = heads[side]
    const head = typeof said === 'string' ? undefined : said
    const foot = feet[side]
    if (names(head, 'folio') || names(foot, 'folio')) continue
    const isHead = page.folio === 'head'
    const [line, row] = isHead ? (['heads', head] as const) : (['feet', foot] as const)
    const places = isHead ? (['outer', side === 'recto' ? 'right' : 'left'] as const) : (['center'] as const)
    const taken = places.find((each) => (row?.[each] ?? '') !== '')
    if (taken === undefined) continue
    const message = `\`${line}.${side}.${taken}\` stands where the folio does: \`page.folio\` is \`${page.folio}\``
    const hint = 'name `{folio}` in a place of its own, in `heads` or `feet`, or let `page.folio` be `none`'
    error(report, 'theme-page', at([line, side, taken]), message, hint)
  }
}

/** Lines that an opening page keeps for its text, however far it sinks: the layout takes no more of them. */
export const KEPT_LINES = 4

export function checkSinks({ page, sections }: Theme, at: (path: string[]) => Place, report: Report): void {
  const most = page.lines - KEPT_LINES
  for (const [role, { sink }] of Object.entries(sections)) {
    const place = at(['sections', role, 'sink'])
    // One of the theme that it extends was meant for another page, and gives way.
    if (sink <= most || place.path !== at([]).path) continue
    const message = `\`sections.${role}.sink\` is ${sink} of ${page.lines} lines`
    error(
      report,
      'theme-page',
      at(['sections', role, 'sink']),
      message,
      `${Math.max(0, most)} at most: the text needs room`,
    )
    return
  }
}
