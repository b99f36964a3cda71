// In: a page of trim size. Out: the same page, with whatever touches an edge drawn on beyond it.
import type { ImageItem, Item, Page, Rule } from '../../layout/typeset.js'
import { covering, type Frame, type Trim } from '../../model/sizes.js'

/** So near to an edge is on it, points. */
const NEAR = 0.5

/**
 * `reach`: how far beyond the trim, points. `outward`: how far the page moves away from the fold, by as much of which the reach is more
 * than the bleed. A picture with a frame stays where it was: what it shows goes on beyond the fold.
 */
export function bleedPage(page: Page, width: number, height: number, reach: number, outward = 0): Page {
  if (reach <= 0) return page
  let changed = false
  const items = page.items.map((item): Item => {
    if (item.kind !== 'rule' && item.kind !== 'image') return item
    if (item.kind === 'image' && item.frame !== undefined) {
      changed = true
      return reframed(item, item.frame, { width, height }, reach - Math.abs(outward), outward)
    }
    const touched = edgesOf(item, width, height)
    if (!touched.left && !touched.right && !touched.top && !touched.foot) return item
    changed = true
    return item.kind === 'rule' ? stretch(item, touched, reach) : enlarge(item, touched, reach)
  })
  return changed ? { ...page, items } : page
}

/**
 * A page that is no whole number of dots ends within the last of them, which a screen would show half white: what fills the
 * cover goes on for a point. A picture that stands whole on its ground stays whole.
 */
export function fillDots(cover: Page, width: number, height: number): Page {
  const items = cover.items.map((item): Item => {
    if (item.kind === 'rule') return stretch(item, edgesOf(item, width, height), 1)
    if (item.kind !== 'image') return item
    const touched = edgesOf(item, width, height)
    return touched.left && touched.right && touched.top && touched.foot ? enlarge(item, touched, 1) : item
  })
  return { ...cover, items }
}

/** Grown to the bleed's edge; the same on both pages that a picture goes over, so that its parts meet at the fold. */
function reframed(item: ImageItem, frame: Frame, page: Trim, bleed: number, outward: number): ImageItem {
  const touched = edgesOf(frame, page.width, page.height)
  // the edge of this page, or of the one that faces it
  const edge = (x: number) => Math.round(x / page.width) * page.width
  const left = touched.left ? edge(frame.x) - bleed : frame.x
  const right = touched.right ? edge(frame.x + frame.width) + bleed : frame.x + frame.width
  const top = touched.top ? -bleed : frame.y
  const foot = touched.foot ? page.height + bleed : frame.y + frame.height
  const grown = { x: left - outward, y: top, width: right - left, height: foot - top }
  return { ...item, ...covering(grown, item), frame: grown }
}

function edgesOf(item: Frame, width: number, height: number): Touched {
  return {
    left: item.x <= NEAR,
    right: item.x + item.width >= width - NEAR,
    top: item.y <= NEAR,
    foot: item.y + item.height >= height - NEAR,
  }
}

interface Touched {
  left: boolean
  right: boolean
  top: boolean
  foot: boolean
}

function stretch(rule: Rule, { left, right, top, foot }: Touched, reach: number): Rule {
  return {
    ...rule,
    x: rule.x - (left ? reach : 0),
    y: rule.y - (top ? reach : 0),
    width: rule.width + (left ? reach : 0) + (right ? reach : 0),
    height: rule.height + (top ? reach : 0) + (foot ? reach : 0),
  }
}

/** A picture keeps its shape: it grows around the point that is farthest from the edges it touches. */
function enlarge(image: ImageItem, { left, right, top, foot }: Touched, reach: number): ImageItem {
  const across = left && right ? 2 : left || right ? 1 : 0
  const down = top && foot ? 2 : top || foot ? 1 : 0
  const scale = 1 + Math.max((across * reach) / image.width, (down * reach) / image.height)
  const [wider, higher] = [image.width * (scale - 1), image.height * (scale - 1)]
  // 0: grows to the right, 1: to the left, ½: to both sides.
  const share = (low: boolean, high: boolean) => (low === high ? 0.5 : low ? 1 : 0)
  return {
    ...image,
    x: image.x - wider * share(left, right),
    y: image.y - higher * share(top, foot),
    width: image.width + wider,
    height: image.height + higher,
  }
}
