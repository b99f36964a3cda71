// What the tests know of examples.js.
/** The word under which a PNG keeps the sum of its source. */
export declare const KEYWORD: string

export interface Example {
  kind: 'markdown' | 'yaml'
  text: string
  /** Its name in `docs/pictures/`. */
  picture: string
  settings: Record<string, string>
  sum: string
}

export declare function examplesOf(page: string): Example[]

/** The files of the book that an example is. */
export declare function bookOf(example: Example): Record<string, string>
