// In: a book, and what is asked of its builds. Out: its files, built now and whenever something changes.
import { resolve } from 'node:path'
import { whereIs } from '../build/proof.js'
import { createBuilder } from '../build.js'
import type { Watch, WatchOptions } from './options.js'
import { watchBook } from './watch.js'

export async function openWatch({ built, ...options }: WatchOptions): Promise<Watch> {
  const builder = createBuilder()
  const { out = 'out' } = options
  const waiting = new Set<string>()
  let changed = false
  let running: Promise<void> | undefined
  const build = (paths: readonly string[]): Promise<void> => {
    changed = true
    for (const path of paths) waiting.add(path)
    running ??= (async () => {
      while (changed) {
        changed = false
        const since = [...waiting]
        waiting.clear()
        await watcher.follow(await whereIs(options.book))
        built(await builder.build(options), since)
      }
      running = undefined
    })()
    return running
  }
  // What a build writes is no reason for the next.
  const watcher = watchBook(options.book, (paths) => void build(paths), out === false ? undefined : resolve(out))
  return {
    diagnostics: [],
    ready: build([]),
    async close() {
      await watcher.close()
      changed = false
      await running
    },
  }
}
