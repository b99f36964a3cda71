// What may be asked of a build or a check, and what is answered: the library's types.

import type { Diagnostic } from '../diagnostic.js'
import type { EditionName } from '../model/editions.js'
import type { Limits } from '../model/limits.js'
import type { Gathered } from './gathered.js'

/** Files by their paths in the book folder, parted by `/`. */
export type Files = { readonly [path: string]: string | Uint8Array } | ReadonlyMap<string, string | Uint8Array>

export interface CheckOptions {
  /**
   * The book: its folder, or one Markdown file. If absent, the current folder if it has a manifest, else `./book`, else the
   * Markdown of the current folder.
   */
  book?: string | undefined
  /** Files in memory. With `book` they lie over its files, as texts do that are not yet saved; alone they are the book. */
  source?: Files | undefined
  /** Only these editions, whatever the manifest says; the manifest's if absent. */
  editions?: readonly EditionName[] | undefined
  /** Warnings are errors. */
  strict?: boolean | undefined
  /** Is told what is being done, and in long stages how far it is. */
  progress?: Progress | undefined
  /** Stops the work: the promise is rejected with the signal's reason, and the output folder left as it was. */
  signal?: AbortSignal | undefined
  /** What the build may take; docs/limits.md has their names and what each is if absent. With `time` or `memory` it is made in a process of its own. */
  limits?: Partial<Limits> | undefined
}

/** `count`: of sections read or set, of pages painted. */
export type Progress = (stage: Stage, count?: { done: number; total: number }) => void

export interface BuildOptions extends CheckOptions {
  /** The output folder, made if it is not there; './out' if absent. `false`: nothing is written, and the files have their `bytes`. */
  out?: string | false | undefined
}

export interface CheckResult {
  /** No errors; with `strict`, no warnings either. */
  ok: boolean
  /** In the order of files and lines. With `strict`, warnings have become errors. */
  diagnostics: Diagnostic[]
  /** Wall time by stage, in the order in which they ended; milliseconds. */
  timings: { stage: Stage; ms: number }[]
}

export interface BuildResult extends CheckResult {
  /** What was written; empty if not `ok`. */
  files: BuiltFile[]
}

/** What is asked for a catalogue: nothing is written, all is answered. */
export interface BindOptions extends BuildOptions {
  gather?: boolean | undefined
  /** The page of the book in the catalogue, as the web edition's first page sees it. */
  home?: string | undefined
  /** In a process of its own, whatever the book weighs, which may read the book and Octavo and nothing else. */
  shut?: boolean | undefined
  /** What is light is made here though its time or memory is limited: the caller sees to both. */
  here?: boolean | undefined
}

export interface BindResult extends BuildResult {
  gathered?: Gathered | undefined
}

export interface BuiltFile {
  edition: EditionName
  /** The output folder as it was given, and the file's name; the name alone with `out: false`. */
  path: string
  /** Size in bytes. */
  size: number
  /** What a person should know to use it: how to print a booklet. */
  advice: string[]
  /** With `out: false`, the file itself. */
  bytes?: Uint8Array | undefined
}

export type Stage = 'read' | 'theme' | 'typeset' | 'check' | 'cover' | 'pack' | 'paint' | 'write'

export interface OutlineResult {
  /** What a `book.yaml` would say; undefined if nothing can be made a book of, or there is a `book.yaml`. */
  manifest: string | undefined
  /** How many files of Markdown there are, whether or not a manifest names them. */
  texts: number
  diagnostics: Diagnostic[]
}
