// What the tests know of png.js.
/** What stands in a PNG under the keyword; undefined if nothing does. */
export declare function textOf(bytes: Uint8Array, keyword: string): string | undefined
/** A PNG with a palette of RGB pixels. */
export declare function toPng(
  picture: { width: number; height: number; pixels: Uint8Array },
  options?: { most?: number; texts?: Record<string, string> },
): Buffer
