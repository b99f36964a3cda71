// In: a book. Out: both of its forms before one's eyes while it is written: a page in the browser, served on this machine, that follows
// every change; or its files, built anew with every change.
import type { Preview, PreviewOptions, Watch, WatchOptions } from './preview/options.js'

export type { Preview, PreviewOptions, Watch, WatchOptions } from './preview/options.js'

/**
 * Serves a book while it is written. Nothing is written but what its theme panel is asked to. Throws if it cannot be served there: the
 * port is taken, the host is none of this machine's.
 */
export async function preview(options: PreviewOptions = {}): Promise<Preview> {
  const { openPreview } = await import('./preview/open.js')
  return openPreview(options)
}

/** Builds a book now, and again whenever something in it changes, until it is closed. */
export async function watch(options: WatchOptions): Promise<Watch> {
  const { openWatch } = await import('./preview/watch-build.js')
  return openWatch(options)
}
