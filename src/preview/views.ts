// In: what is shown. Out: the ways in which its paper can be looked at: the pages themselves, and the sheets that a printer, a person with
// a stapler, or a binder gets.
import { createHash } from 'node:crypto'
import type { ProofSheets, SheetName } from '../build/proof.js'
import { type Detail, drawPage, drawSide } from './drawing.js'
import type { Source as View } from './protocol.js'
import { keyOf, type Shown } from './shown.js'

type Name = Exclude<View['name'], 'pages'>

/** What can be looked at besides the pages. */
export const OTHERS: readonly Name[] = ['print', 'booklet', 'cover']

const SHEETS: { readonly [N in Name]: SheetName } = { print: 'print', booklet: 'booklet', cover: 'cover-wrap' }

export interface SheetView {
  view: View
  draw(key: string, detail: Detail): string | undefined
}

export function pagesView({ proof, keys, grid }: Shown): View {
  const { width, height, pages } = proof.pages
  return {
    ...{ name: 'pages', width, height, keys, grid },
    labels: pages.map(({ label }) => label),
    blank: pages.map(({ blank }) => blank),
  }
}

/** Asked for by the manifest, and not only looked at. */
export function isAsked({ proof }: Shown, name: Name): boolean {
  return name === 'cover' || proof.editions[SHEETS[name]] !== undefined
}

/** Undefined if the book has nothing of the kind. */
export async function sheetView({ proof }: Shown, name: Name): Promise<SheetView | undefined> {
  const { cover } = proof.pages
  if (name === 'cover' && proof.editions['cover-wrap'] === undefined) {
    if (cover === undefined) return undefined
    const { width, height } = proof.pages
    const key = keyOf(cover, proof.pages)
    return {
      view: { ...{ name, width, height, keys: [key] }, labels: [''], blank: [false] },
      draw: (wanted, detail) => (wanted === key ? drawPage(cover, proof.pages, detail) : undefined),
    }
  }
  const sheets = await proof.sheets(SHEETS[name])
  const { width, height, sides, same } = sheets
  const keys = sides.map((side) => `${name}-${keyOfSide(side, sheets)}`)
  return {
    view: {
      ...{ name, width, height, keys },
      labels: sides.map(({ label }) => label),
      blank: sides.map(({ parts }) => parts.every(({ page }) => page.items.length === 0)),
      trims: sides.map(({ parts }) => parts.map(({ trim }) => trim)),
      ...(same && {
        parts: sides.map(({ parts }) =>
          parts
            .filter(({ index, turned }) => index >= 0 && !turned)
            .map(({ index, x, y, scale }) => ({ page: index, x, y, scale })),
        ),
      }),
    },
    draw(key, detail) {
      const side = sides[keys.indexOf(key)]
      return side && drawSide(side, sheets, detail)
    },
  }
}

function keyOfSide({ parts, crop, fold }: ProofSheets['sides'][number], sheets: ProofSheets): string {
  const { width, height, fonts, images } = sheets
  const said = parts.map(({ page, x, y, scale, turned = false, clip }) => [
    keyOf(page, { fonts, images, width: clip.width, height: clip.height }),
    ...[x, y, scale, turned, clip.x, clip.y, clip.width],
  ])
  const sum = createHash('sha1').update(JSON.stringify([width, height, said, crop, fold]))
  return sum.digest('base64url').slice(0, 16)
}
