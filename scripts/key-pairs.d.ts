// What the tests know of key-pairs.js.
export interface Pair {
  keys: string[]
  left: string
  right: string
  alt: string
  /** Its name in `docs/pictures/keys/`. */
  picture: string
  sum: string
}

/** Where in the manual's folder the pictures are. */
export declare const KEY_PICTURES: string

export declare const PAIRS: Pair[]

/** Keys that no picture shows, each with its reason. */
export declare const REASONS: Record<string, string>

/** The files of the book that shows one side of a pair. */
export declare function bookOfPair(pair: Pair, side: string): Record<string, string>
