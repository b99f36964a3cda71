// The furniture of a page: running head and folio. Artifacts all; they come last, when page numbers are known.
import { capitals } from '../../theme/capitals.js'
import type { ShapedFaces } from '../text/shaped-faces.js'
import type { Styles } from '../text/styles.js'
import type { Page } from '../typeset.js'

export interface Furniture {
  /** '' for none. */
  head: string
  /** Of the head, and of the folio. */
  headLanguage: string
  language: string
  folio: boolean
  /** An opening carries its folio below the text and no head. */
  opening: boolean
}

export interface FurniturePlaces {
  headY: number
  footY: number
  folioIn: 'head' | 'foot'
  left: number
  measure: number
}

export function paintFurniture(
  page: Page,
  what: Furniture,
  at: FurniturePlaces,
  faces: ShapedFaces,
  styles: Styles,
): void {
  const folioStyle = styles.of('folio')
  const headStyle = styles.of('head')
  const text = (
    s: typeof headStyle,
    margin: 'head' | 'foot',
    string: string,
    language: string,
    place: (width: number) => number,
    y: number,
  ) => {
    const l = s.lettering
    const shown = s.caps === 'upper' ? capitals(string, language) : string
    let x = 0
    const boxes = faces
      .runs(l.face, styles.fallback, shown)
      .filter((run) => run.face >= 0)
      .map((run) => ({
        face: run.face,
        box: faces.box(run.face, run.face === l.face ? l.features : '', language, shown.slice(run.start, run.end)),
      }))
    const width = boxes.reduce((sum, { box }) => sum + (box.width / 1000) * l.size + box.codes.length * l.tracking, 0)
    const from = place(width)
    for (const { face, box } of boxes) {
      page.items.push({
        kind: 'text',
        tag: -1,
        font: face,
        size: l.size,
        x: from + x,
        y,
        stretch: 1,
        tracking: l.tracking,
        codes: box.codes,
        shifts: box.shifts,
        rises: box.rises,
        colour: l.colour,
        actual: undefined,
        margin,
      })
      x += (box.width / 1000) * l.size + box.codes.length * l.tracking
    }
  }
  const outer = (width: number) => (page.side === 'recto' ? at.left + at.measure - width : at.left)
  const middle = (width: number) => at.left + (at.measure - width) / 2
  if (what.folio) {
    if (what.opening || at.folioIn === 'foot') text(folioStyle, 'foot', page.label, what.language, middle, at.footY)
    else text(folioStyle, 'head', page.label, what.language, outer, at.headY)
  }
  if (what.head !== '' && !what.opening) {
    const l = headStyle.lettering
    const room = at.measure - 2 * l.size * 4
    text(
      headStyle,
      'head',
      shorten(
        what.head,
        room,
        (s) => (faces.box(l.face, l.features, what.headLanguage, s).width / 1000) * l.size + s.length * l.tracking,
      ),
      what.headLanguage,
      middle,
      at.headY,
    )
  }
}

/** More letters than any head has room for. */
const LONGEST = 150

/** A head that is too long loses its last words. */
function shorten(text: string, room: number, width: (s: string) => number): string {
  if (text.length < LONGEST && width(text) <= room) return text
  const words = text.slice(0, LONGEST).split(' ')
  while (words.length > 1) {
    words.pop()
    const shorter = `${words.join(' ').replace(/[,;:–—-]+$/, '')} …`
    if (width(shorter) <= room) return shorter
  }
  return `${text.slice(0, 24)}…`
}
