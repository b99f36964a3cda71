// The door of the cover: metadata and theme in, a drawing out; a drawing in, a PNG out.
export { type Drawing, drawCover } from './draw.js'
export { toPng } from './png.js'
