// In: a font file's bytes. Out: HarfBuzz's objects for it, made once.
//
// HarfBuzz's memory is its own: what is made there lives until JavaScript's collector comes by its handle, which weighs nothing and
// so is no reason to come. So nothing is made twice: a process that builds a thousand books opens each face once.
import * as hb from 'harfbuzzjs'
import { oncePerFont } from './same-font.js'

export interface Opened {
  face: hb.Face
  font: hb.Font
  buffer: hb.Buffer
}

/** What HarfBuzz opens of bytes that are no font shows nothing. */
export const openFont = oncePerFont((bytes): Opened => {
  const face = new hb.Face(new hb.Blob(bytes))
  return { face, font: new hb.Font(face), buffer: new hb.Buffer() }
})
