// What we call of pdf.js's decoders, which come without types.
declare module 'pdfjs-dist/image_decoders/pdf.image_decoders.mjs' {
  export function setVerbosityLevel(level: number): void
  export class JpegImage {
    width: number
    height: number
    numComponents: number
    /** Throws what is no Error for a file that it does not understand. */
    parse(file: Uint8Array): void
    getData(options: { width: number; height: number; isSourcePDF: boolean }): Uint8ClampedArray
  }
}
