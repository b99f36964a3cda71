// What a cover shows goes in; its page comes out, with its tag and its picture, which fills the page: what is over, evenly on
// two sides, is cut, or the picture stands whole on a ground.
import type { CoverArt, Page, Picture, Tag } from '../typeset.js'

export interface SetCover {
  page: Page
  tag: Tag
  picture: Picture | undefined
}

/** `tag` and `image`: the numbers that its tag and its picture will have. */
export function setCover(art: CoverArt, width: number, height: number, tag: number, image: number): SetCover {
  const page: Page = { label: '', side: 'recto', blank: false, items: [], links: [], anchors: [] }
  if ('drawing' in art) {
    page.items = art.drawing.map((item) => ({ ...item, tag }))
    return { page, tag: { type: 'Figure', parent: 0, alt: art.alt, box: [0, 0, width, height] }, picture: undefined }
  }
  const { picture } = art
  const scales = [width / picture.width, height / picture.height]
  const scale = art.ground === undefined ? Math.max(...scales) : Math.min(...scales)
  const size = { width: picture.width * scale, height: picture.height * scale }
  const at = { x: (width - size.width) / 2, y: (height - size.height) / 2 }
  if (art.ground !== undefined)
    page.items.push({ kind: 'rule', x: 0, y: 0, width, height, colour: art.ground, tag: -1 })
  page.items.push({ kind: 'image', tag, image, ...at, ...size })
  return {
    page,
    tag: { type: 'Figure', parent: 0, alt: art.alt, box: [0, 0, width, height] },
    picture,
  }
}
