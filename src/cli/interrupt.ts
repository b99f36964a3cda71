// In: the person's Ctrl-C while a book is made. Out: a word, and status 130 as shells have it; what was there is as it was.

/** As a shell has it of a command that Ctrl-C ended. */
export const INTERRUPTED = 130

export interface Interrupt {
  /** So that long work turns to the signal now and then. */
  signal: AbortSignal
  /** Files are being put in their places: whoever does that hears the signal himself, and ends it whole. */
  writing: () => void
  /** Was it given? From here on it ends the process again. */
  end: () => boolean
}

/** `leave` is called at once, unless files are being written. */
export function hearInterrupt(leave: () => void): Interrupt {
  let given = false
  let writing = false
  const hear = () => {
    given = true
    if (!writing) leave()
  }
  process.on('SIGINT', hear)
  return {
    signal: new AbortController().signal,
    writing: () => {
      writing = true
    },
    end: () => {
      process.off('SIGINT', hear)
      return given
    },
  }
}
