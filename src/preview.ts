// In: a book. Out: both of its forms before one's eyes while it is written: a page in the browser, served on this machine, that follows
// every change; or its files, built anew with every change.
import { judgeBy } from './build/judge.js'
import {
  PREVIEWED,
  type Preview,
  type PreviewOptions,
  WATCHED,
  type Watch,
  type WatchOptions,
} from './preview/options.js'

export type { Preview, PreviewOptions, Watch, WatchOptions } from './preview/options.js'

const NOTHING = { ready: Promise.resolve(), close: async () => undefined }

/**
 * Serves a book while it is written. Nothing is written but what its theme panel is asked to. Throws if it cannot be served there: the
 * port is taken, the host is none of this machine's.
 */
export async function preview(options: PreviewOptions = {}): Promise<Preview> {
  const diagnostics = judgeBy(options, PREVIEWED)
  if (diagnostics.length > 0) return { diagnostics, address: '', ...NOTHING }
  const { openPreview } = await import('./preview/open-preview.js')
  return openPreview(options)
}

/** Builds a book now, and again whenever something in it changes, until it is closed. Never throws for a fault of the options. */
export async function watch(options: WatchOptions): Promise<Watch> {
  const diagnostics = judgeBy(options, WATCHED, ['built'])
  if (diagnostics.length > 0) return { diagnostics, ...NOTHING }
  const { openWatch } = await import('./preview/watch-build.js')
  return openWatch(options)
}
