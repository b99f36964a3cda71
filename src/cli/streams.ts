// Where the command prints, and what it knows of whoever is there.

export interface Streams {
  /** Results and findings. */
  out: (text: string) => void
  /** Wrong use, and progress. */
  err: (text: string) => void
  /** Is there a person looking at the error stream? Only then there is progress. */
  live: boolean
  /** May the output be in colour? */
  colour?: boolean
  /** Standard input, to its end; undefined: it is a folder. */
  input?: () => Promise<Uint8Array | undefined>
  /** The words with which this command is started; `octavo` if absent. */
  name?: string
  /** Ends the process: whoever presses Ctrl-C does not wait for a build. If absent, the signal does what it does. */
  exit?: (status: number) => void
  /** Resolves when what goes on until then is to end; with a signal, if absent. */
  until?: Promise<void>
}
