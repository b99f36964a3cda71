// In: the person's Ctrl-C. Out: while a book is made, a word, and status 130 as shells have it, and what was there is as it was; of what goes
// on for long, a signal by which it ends in good order.

/** As a shell has it of a command that Ctrl-C ended. */
export const INTERRUPTED = 130

export interface Interrupt {
  /** Given with it: long work turns to it now and then, and so hears of Ctrl-C; a process that makes the book is ended. */
  signal: AbortSignal
  /** Files are being put in their places: whoever does that hears the signal himself, and ends it whole. */
  writing: () => void
  /** Was it given? From here on it ends the process again. */
  end: () => boolean
}

/** `leave` is called at once, unless files are being written. */
export function hearInterrupt(leave: () => void): Interrupt {
  const stop = new AbortController()
  let given = false
  let writing = false
  const hear = () => {
    given = true
    if (writing) return
    stop.abort()
    leave()
  }
  process.on('SIGINT', hear)
  return {
    signal: stop.signal,
    writing: () => {
      writing = true
    },
    end: () => {
      process.off('SIGINT', hear)
      return given
    },
  }
}

/** The first Ctrl-C ends it in good order; the second at once, as Node does it. */
export function untilStopped(): { signal: AbortSignal; close: () => void } {
  const stop = new AbortController()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = () => {
    close()
    stop.abort(new Error('stopped'))
  }
  const close = () => {
    for (const signal of signals) process.off(signal, end)
  }
  for (const signal of signals) process.on(signal, end)
  return { signal: stop.signal, close }
}
