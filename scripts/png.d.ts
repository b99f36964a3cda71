// What the tests know of png.js.
/** What stands in a PNG under the keyword; undefined if nothing does. */
export declare function textOf(bytes: Uint8Array, keyword: string): string | undefined
