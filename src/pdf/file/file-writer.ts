// What writes a PDF's objects into a file as they come. There are three: plain, as PDF/X of old asks for; compact, with small objects together
// in streams; and linear, in an order of its own.

/** `D`: a dictionary, as pdfkit has it. */
export interface FileWriter<D> {
  /** Set by whoever numbers objects: writes a stream of small objects when it is full, and tells its number. Only a compact file calls it. */
  onFull: (data: D, bytes: Uint8Array) => number
  /** An object that is no stream, as PDF source. */
  put(id: number, source: string): void
  /** A stream, in the chunks in which pdfkit hands it over. */
  direct(id: number, chunks: (string | Uint8Array)[]): void
  /** `pages`: the numbers of their objects, for a linear file. `number` reserves one more. */
  finish(root: number, info: number, identity: string, pages: readonly number[], number: () => number): Uint8Array
}
