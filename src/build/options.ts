// What may be asked of a build or a check, and what is answered: the library's types.

import type { Diagnostic } from '../diagnostic.js'
import type { EditionName } from '../model/editions.js'
import type { Limits } from '../model/limits.js'

export interface CheckOptions {
  /** The book folder; './book' if absent. */
  book?: string | undefined
  /** Warnings are errors. */
  strict?: boolean | undefined
  /** Is told what is being done, in a word or two. */
  progress?: ((stage: Stage) => void) | undefined
  /** What the build may take; docs/limits.md has their names and what each is if absent. With `time` or `memory` it is made in a process of its own. */
  limits?: Partial<Limits> | undefined
}

export interface BuildOptions extends CheckOptions {
  /** The output folder, made if it is not there; './out' if absent. */
  out?: string | undefined
  /** What to make, whatever the manifest says; the manifest's editions if absent. */
  editions?: readonly EditionName[] | undefined
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

export interface BuiltFile {
  edition: EditionName
  /** The output folder as it was given, and the file's name. */
  path: string
  /** Size in bytes. */
  size: number
  /** What a person should know to use it: how to print a booklet. */
  advice: string[]
}

export type Stage = 'read' | 'theme' | 'typeset' | 'check' | 'cover' | 'pack' | 'paint' | 'write'
