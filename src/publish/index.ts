// The door of publishing: a book or a shelf in, a site out: pages, feeds, records and downloads, static and relative.
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { judgeBy } from '../build/judge.js'
import { begin, type Run } from '../build/stage-run.js'
import { SIGNATURE } from '../build/sums.js'
import { hasThreads } from '../build/thread.js'
import { type Diagnostic, error, NOWHERE } from '../diagnostic.js'
import { inWords, kindOf, openFolder } from '../folder.js'
import { assemble, type Place, siteLook } from './assemble.js'
import { type StoreOptions, withStore } from './opened.js'
import {
  PUBLISHED,
  type PublishOptions,
  type PublishResult,
  VERIFIED,
  type VerifyOptions,
  type VerifyResult,
  WORKED,
  type WorkOptions,
} from './options.js'
import { inQueue, serveQueue } from './queue.js'
import { NO_SHELF, readShelf, SHELF, siteAddress } from './shelf.js'
import { LOST, makeBooks, type Outcome, type Wanted, type Way } from './shelfwork.js'
import { readKey, verifySignature } from './signing.js'
import type { Store } from './store.js'
import { asOnShelf } from './task.js'
import { onThreads } from './threads.js'
import { compare, verifyFiles } from './verify.js'
import { byOthers, inProcesses, type Maker, several } from './ways.js'
import { NOTHING, type Site, writeSite } from './writesite.js'

export type { PublishOptions, PublishResult, VerifyOptions, VerifyResult, WorkOptions } from './options.js'

/** Makes a site. Never throws for a fault of the options, a book, the shelf, the store or the output folder. */
export async function publish(options: PublishOptions = {}): Promise<PublishResult> {
  const wrong = judgeBy(options, PUBLISHED)
  if (wrong.length > 0) return { ...resultOf(begin({}), [], NOTHING), ok: false, diagnostics: wrong }
  const { out = 'site', signal, writing = () => undefined } = options
  const run = begin({ strict: options.strict })
  if (options.shard !== undefined || options.join === true || options.queue !== undefined) askForStore(options, run)
  const key = options.key === undefined ? undefined : readKey(options.key, fullPath(out), options.password, run.report)
  const place = run.failed() ? undefined : await whatToPublish(options, run)
  if (place === undefined || run.failed()) return resultOf(run, [], NOTHING)
  const result = await withStore(options, run, async (store) => {
    const outcomes = await makeAll(place, options, store)
    if (signal?.aborted) return stopped(run, outcomes, place)
    const lost = outcomes.some(({ diagnostics }) => diagnostics.some(({ code }) => code === LOST))
    if (lost || options.shard !== undefined) return resultOf(run, outcomes, NOTHING)
    const site = await writeSite(place, outcomes, {
      out,
      to: fullPath(out),
      key,
      store,
      strict: options.strict === true,
      writing,
    })
    store.prune((options.storeSize ?? STORE_SIZE) * 1e6)
    return resultOf(run, outcomes, site)
  })
  return result ?? resultOf(run, [], NOTHING)
}

const STORE_SIZE = 10_000

/** Whoever shares the work finds the others' books in the store: one of this run alone would go with it. */
function askForStore({ store, bucket }: StoreOptions, run: Run): void {
  if (store !== undefined || bucket !== undefined) return
  error(
    run.report,
    'usage',
    NOWHERE,
    'books that others make, or are to find, lie in a store',
    'name it: `--store DIR`',
  )
}

function resultOf(run: Run, outcomes: readonly Outcome[], { found, ...site }: Site): PublishResult {
  const { ok, diagnostics } = run.result()
  const all = [...diagnostics, ...found, ...outcomes.flatMap((one) => asOnShelf(one.path, one))]
  const unmade = outcomes.filter(({ kept }) => kept === undefined).map(({ path }) => path)
  const passedOver = [...unmade, ...site.passedOver]
  const made = outcomes.filter((one) => one.made).length
  const sound = ok && all.every(({ severity }) => severity !== 'error')
  return { ok: sound, diagnostics: all, ...site, made, passedOver }
}

function stopped(run: Run, outcomes: readonly Outcome[], { shelf }: Place): PublishResult {
  const message = `stopped: ${outcomes.length} of ${shelf.books.length} books are done, and in the store`
  error(run.report, 'interrupted', NOWHERE, message, 'start again: it goes on from there')
  return resultOf(run, outcomes, NOTHING)
}

async function makeAll(place: Place, options: PublishOptions, store: Store): Promise<Outcome[]> {
  const { signal, progress, shard, join: settled = false } = options
  const all = wantedOf(place, options)
  const own = shard === undefined ? all : all.filter((_, i) => i % shard.of === shard.index - 1)
  return makeBooks(own, store, (missing) => wayOf(options, missing), { settled, signal, progress })
}

/** So few are made sooner than threads are ready. */
const FEW = 3

function wayOf(options: PublishOptions, missing: number): Way {
  const { jobs = availableParallelism(), untrusted = false, limits, queue, join: settled } = options
  if (settled === true) return byOthers
  if (queue !== undefined) return inQueue(queue)
  const apart = untrusted || limits?.time !== undefined || limits?.memory !== undefined
  const few = !hasThreads() || missing < FEW
  return several(few && !apart ? 1 : jobs, () => makerFor({ jobs, untrusted, limits }, few))
}

type MakerOptions = Required<Pick<PublishOptions, 'jobs' | 'untrusted'>> & Pick<PublishOptions, 'limits'>

async function makerFor({ jobs, untrusted, limits }: MakerOptions, few: boolean): Promise<Maker> {
  return untrusted || few ? inProcesses({ shut: untrusted }) : onThreads(jobs, limits)
}

function wantedOf(
  { root, shelf, single }: Place,
  { from, editions, strict = false, limits }: PublishOptions,
): Wanted[] {
  return shelf.books.map((path) => {
    // Where nobody says which, the builder knows where to look.
    const own = from === undefined ? undefined : root
    const book = single ? own : join(root, path)
    return { path: single ? '' : path, task: { book, editions: editions ?? shelf.editions, strict, limits } }
  })
}

/** Makes the books that publishers put into a queue, until it is ended. */
export async function work(options: WorkOptions): Promise<{ ok: boolean; diagnostics: Diagnostic[] }> {
  const wrong = judgeBy(options, WORKED, ['queue', 'signal'])
  if (wrong.length > 0) return { ok: false, diagnostics: wrong }
  const { from, queue: url, jobs = availableParallelism(), untrusted = false, limits = {}, patience = 30 } = options
  const { signal, progress = () => undefined } = options
  const run = begin({})
  askForStore(options, run)
  const place = run.failed() ? undefined : await whatToPublish({ from }, run)
  if (place !== undefined && !run.failed())
    await withStore(options, run, async (store) => {
      const maker = await makerFor({ jobs, untrusted, limits }, !hasThreads())
      try {
        await serveQueue({ root: place.root, url, store, jobs, limits, maker, patience, signal, progress })
      } finally {
        await maker.close()
      }
    })
  return run.result()
}

/** Proves a site. Never throws for a fault of it, or of the options. */
export async function verify(options: VerifyOptions = {}): Promise<VerifyResult> {
  const wrong = judgeBy(options, VERIFIED)
  if (wrong.length > 0) return { ok: false, diagnostics: wrong, files: 0 }
  const { site = 'site', rebuild, publicKey, limits, progress, writing = () => undefined } = options
  const run = begin({})
  const folder = fullPath(site)
  const { files } = await verifyFiles(folder, site, run.report)
  if (publicKey !== undefined && files > 0) await verifySignature(folder, publicKey, run.report)
  const place = rebuild !== undefined && files > 0 ? await whatToPublish({ from: rebuild }, run) : undefined
  if (place === undefined || run.failed()) return { ...run.result(), files }
  // What is kept of earlier runs proves nothing: all is made again.
  const result = await withStore({}, run, async (store) => {
    const outcomes = await makeAll(place, { from: rebuild, limits, progress }, store)
    // Whoever verifies has no secret key; that there is a signature stands on every page.
    const signed = existsSync(join(folder, SIGNATURE))
    const look = await siteLook(place, outcomes, run)
    const nowhere = { put: async () => undefined }
    const made = look && (await assemble(place, outcomes, look, folder, { signed }, nowhere, run, writing))
    if (made !== undefined) await compare(folder, made.sums, run.report)
    return resultOf(run, outcomes, NOTHING)
  })
  const { diagnostics: all } = result ?? run.result()
  const diagnostics = all.filter(({ severity }) => severity === 'error')
  return { ok: diagnostics.length === 0, diagnostics, files }
}

/** The shelf, or the one book as a shelf of its own. */
async function whatToPublish({ from, address: asked }: PublishOptions, run: Run): Promise<Place | undefined> {
  const address = asked === undefined ? undefined : siteAddress(asked)
  if (asked !== undefined && address === undefined) {
    const message = `\`${asked}\` is no address of a site`
    error(run.report, 'usage', NOWHERE, message, 'write it in full: https://books.example.org/')
    return undefined
  }
  if (from === '-') {
    error(run.report, 'usage', NOWHERE, 'standard input is no book to publish', 'name its file or its folder')
    return undefined
  }
  const root = fullPath(from ?? '.')
  const folder = openFolder(root)
  if ('fault' in folder && folder.fault !== 'no-file') {
    const [message, hint] = inWords(`the folder \`${from}\``, folder)
    error(run.report, 'missing-folder', NOWHERE, message, hint)
    return undefined
  }
  if ('fault' in folder || kindOf(folder, SHELF) !== 'file')
    return { root, shelf: { ...NO_SHELF, books: [''], address }, single: true }
  const shelf = await readShelf(folder, run.report)
  return shelf && { root, shelf: { ...shelf, address: address ?? shelf.address }, single: false }
}

function fullPath(path: string): string {
  return isAbsolute(path) ? path : resolve(path)
}
