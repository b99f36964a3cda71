// In: a page of trim size. Out: the same page, with whatever touches an edge drawn on beyond it.
import type { ImageItem, Item, Page, Rule } from '../../layout/typeset.js'

/** So near to an edge is on it, points. */
const NEAR = 0.5

/** `reach`: how far beyond the trim, points. */
export function bleedPage(page: Page, width: number, height: number, reach: number): Page {
  if (reach <= 0) return page
  let changed = false
  const items = page.items.map((item): Item => {
    if (item.kind !== 'rule' && item.kind !== 'image') return item
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

function edgesOf(item: Rule | ImageItem, width: number, height: number): Touched {
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
