// In: where finished books are kept. Out: the store, open for one run; whatever fails of it, or of what else is asked over the network, told.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Run } from '../build/stage-run.js'
import { codeOf } from '../build/traces.js'
import { error, NOWHERE } from '../diagnostic.js'
import { withBucket } from './bucket.js'
import { Missing, sayMissing } from './peer.js'
import { sayUnreachable, Unreachable } from './queue.js'
import { Lost, openStore, type Store } from './store.js'

export interface StoreOptions {
  /**
   * A folder in which finished books are kept, by what they are made of: what did not change is not made again, by nobody who has the same
   * store. If absent, nothing is kept.
   */
  store?: string | undefined
  /** `s3://BUCKET/PREFIX`, behind that folder: for machines that share no disk. Asks for the package `@aws-sdk/client-s3`. */
  bucket?: string | undefined
}

/** Without a store to keep, one for this run. Undefined, and reported, if it fails. */
export async function withStore<T>(
  { store: dir, bucket }: StoreOptions,
  run: Run,
  work: (store: Store) => Promise<T>,
): Promise<T | undefined> {
  let own: string | undefined
  let shared: Awaited<ReturnType<typeof withBucket>> | undefined
  try {
    if (dir === undefined) own = mkdtempSync(join(tmpdir(), 'octavo-store-'))
    const local = openStore(resolve(dir ?? own!))
    if (bucket !== undefined) shared = await withBucket(local, bucket)
    return await work(shared ?? local)
  } catch (cause) {
    if (cause instanceof Missing) sayMissing(cause, run.report)
    else if (cause instanceof Unreachable) sayUnreachable(cause, run.report)
    else if (cause instanceof Lost || codeOf(cause) !== '') {
      const hint = 'start again: what is missing is made; or name another store with `--store`'
      error(run.report, 'store-failed', NOWHERE, `the store failed: ${(cause as Error).message}`, hint)
    } else throw cause
    return undefined
  } finally {
    shared?.close()
    if (own !== undefined) rmSync(own, { recursive: true, force: true })
  }
}
