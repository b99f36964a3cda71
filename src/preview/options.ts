// What may be asked of a preview, and what it is: the library's types.
import { KINDS, KINDS_OF, type Kind } from '../build/judge.js'
import type { BuildOptions, BuildResult } from '../build/options.js'
import type { Diagnostic } from '../diagnostic.js'
import type { Limits } from '../model/limits.js'
import type { Built } from './protocol.js'

export type OpenEditor = (file: string, line: number, column: number) => void

export interface PreviewOptions {
  /** As `build` takes it. */
  book?: string | undefined
  /** 0: any that is free; 4711 if absent, or another where that is taken. */
  port?: number | undefined
  /** 127.0.0.1 if absent. Any other is served with a token in the address. */
  host?: string | undefined
  /** Opens the author's editor; whatever runs on this machine, or `EDITOR`, if absent. */
  editor?: OpenEditor | undefined
  /** The site that it was published in: what has changed since is shown. `./site` if absent, as `publish` has it. */
  site?: string | undefined
  /** What a proof may take: `time` in seconds, `memory` in megabytes. */
  limits?: Partial<Pick<Limits, 'time' | 'memory'>> | undefined
  /** Is told of every build. */
  built?: ((built: Built) => void) | undefined
}

export interface Preview {
  /** What is wrong with the options; nothing is served then. What there is to say of the book, `built` is told. */
  diagnostics: Diagnostic[]
  /** To be opened in a browser; '' if nothing is served. */
  address: string
  /** The first build is done. */
  ready: Promise<void>
  close(): Promise<void>
}

export interface WatchOptions extends Omit<BuildOptions, 'source' | 'signal'> {
  /** Is told of every build: which files changed before it, and what came of it. */
  built: (result: BuildResult, changed: readonly string[]) => void
}

export interface Watch {
  /** What is wrong with the options; nothing is watched then. What there is to say of the book, `built` is told. */
  diagnostics: Diagnostic[]
  /** The first build is done. */
  ready: Promise<void>
  close(): Promise<void>
}

export const PREVIEWED: { [name in keyof Required<PreviewOptions>]: Kind } = {
  book: KINDS.book,
  port: ['a number from 0 to 65535', (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 65536],
  host: ['the name or the address of a host', KINDS_OF.text[1]],
  site: KINDS_OF.folder,
  editor: KINDS_OF.function,
  built: KINDS_OF.function,
  limits: KINDS.limits,
}

const { source: _, signal: __, ...BUILT } = KINDS
export const WATCHED: { [name in keyof WatchOptions]-?: Kind } = { ...BUILT, built: KINDS_OF.function }
