// Where the folio stands if no line in the margin names it. In: a theme. Out: told, where something else stands there too.
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
