// The door of the cover: metadata and theme in, a drawing out; a drawing in, a PNG or pixels out; a picture in, one of another shape out.
export { type Drawing, drawCover } from './draw.js'
export { type Bitmap, edgeColour, type Filled, fill, fillsWell } from './fill.js'
export { drawTitled, paintTitled } from './titled.js'
export { drawWrap, type Wrap, type WrapShape, type WrapWords } from './wrap.js'
export { toBitmap, toPng } from './write-png.js'
