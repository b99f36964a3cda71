// What a cover shows goes in; its page comes out, with its tag and its picture, which fills the page: what
// is over, evenly on two sides, is cut.
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
  const scale = Math.max(width / picture.width, height / picture.height)
  const size = { width: picture.width * scale, height: picture.height * scale }
  const at = { x: (width - size.width) / 2, y: (height - size.height) / 2 }
  page.items = [{ kind: 'image', tag, image, ...at, ...size }]
  return {
    page,
    tag: { type: 'Figure', parent: 0, alt: art.alt, box: [0, 0, width, height] },
    picture,
  }
}
