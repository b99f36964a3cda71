// What may be asked of a preview, and what it is: the library's types.
import type { BuildOptions, BuildResult } from '../build/options.js'
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
  /** To be opened in a browser. */
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
  /** The first build is done. */
  ready: Promise<void>
  close(): Promise<void>
}
