// The door of publishing: a book or a shelf in, a site out: pages, feeds, records and downloads, static and relative.
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { judgeBy, KINDS, KINDS_OF, type Kind } from '../build/judge.js'
import { begin, type Run } from '../build/run.js'
import { readSums, SIGNATURE, SUMS, sumOf } from '../build/sums.js'
import { hasThreads } from '../build/thread.js'
import { type Diagnostic, error, NOWHERE } from '../diagnostic.js'
import { inWords, kindOf, openFolder } from '../folder.js'
import type { EditionName } from '../model/editions.js'
import type { Limits } from '../model/limits.js'
import { assemble, type Place, siteLook } from './assemble.js'
import { explain, openSiteWriter, readOld, stands } from './disk.js'
import { writePublicKey } from './minisign.js'
import { type StoreOptions, withStore } from './opened.js'
import { inQueue, serveQueue } from './queue.js'
import { RELEASES } from './releases.js'
import { NO_SHELF, readShelf, SHELF, siteAddress } from './shelf.js'
import { LOST, makeBooks, type Outcome, type Wanted, type Way } from './shelfwork.js'
import { readKey, sign, verifySignature } from './signing.js'
import { Lost, type Store } from './store.js'
import { asOnShelf } from './task.js'
import { onThreads } from './threads.js'
import { compare, verifyFiles } from './verify.js'
import { byOthers, inProcesses, type Maker, several } from './ways.js'

export interface PublishOptions extends StoreOptions {
  /** A folder with a `shelf.yaml`; or a book, as `build` has it. If absent, the current folder if it has one of the two. */
  from?: string | undefined
  /** The folder of the site; './site' if absent. It is replaced as a whole, or left as it was. */
  out?: string | undefined
  /** Where the site will be, if the shelf does not say it; https. */
  address?: string | undefined
  /** A file with a secret key of minisign's, which signs the checksums; it may not lie in the site. */
  key?: string | undefined
  /** Of that key, if it has one. */
  password?: string | undefined
  /** Only these editions, whatever the shelf and the manifests say. */
  editions?: readonly EditionName[] | undefined
  /** Warnings are errors. */
  strict?: boolean | undefined
  /** Of each book. */
  limits?: Partial<Limits> | undefined
  /** Megabytes: when the store has more, what was used longest ago goes. 10,000 if absent. */
  storeSize?: number | undefined
  /** Books that are made at the same time; as many as there are cores if absent. */
  jobs?: number | undefined
  /** The books are strangers': each is made in a process of its own that may read the book and nothing else, and is ended when it takes too much. */
  untrusted?: boolean | undefined
  /** Only this share of the books is made, and put into the store; there is no site. `index` from 1 to `of`. */
  shard?: { index: number; of: number } | undefined
  /** All books are in the store, put there by the shards or the workers: nothing is made. */
  join?: boolean | undefined
  /** `redis://…`: the books are made by workers (`work`), who share the store. Asks for the packages `bullmq` and `ioredis`. */
  queue?: string | undefined
  /** Stops the work; what is finished is in the store. */
  signal?: AbortSignal | undefined
  /** Is told how many books are done, and which was the last; `undefined`: those that were in the store. */
  progress?: ((done: number, total: number, book: string | undefined) => void) | undefined
}

export interface PublishResult {
  /** No book has errors, nor has the shelf, and the site is there. */
  ok: boolean
  /** In the order of the shelf's books; paths as seen from the shelf. */
  diagnostics: Diagnostic[]
  /** Is the site there? Books with errors are passed over. */
  published: boolean
  /** In the site. */
  books: number
  /** How many were made; the others were in the store. */
  made: number
  /** Those that are not in the site, as the shelf calls them. */
  passedOver: string[]
  /** How many files the site has, and how large it is. */
  files: number
  size: number
}

function isQueue(value: unknown): boolean {
  return typeof value === 'string' && /^rediss?:\/\/./.test(value) && URL.canParse(value)
}

function isShard(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { index, of } = value as Record<'index' | 'of', unknown>
  return Number.isInteger(index) && Number.isInteger(of) && 1 <= Number(index) && Number(index) <= Number(of)
}

const WHOLE: Kind = ['a whole number from 1', (value) => Number.isInteger(value) && Number(value) >= 1]

const { editions, limits, progress, signal, strict } = KINDS
const PUBLISHED: { [name in keyof Required<PublishOptions>]: Kind } = {
  from: ['the path of a book or of a shelf', KINDS.book[1]],
  out: KINDS_OF.folder,
  address: KINDS_OF.text,
  key: KINDS_OF.file,
  password: ['a text', (value) => typeof value === 'string'],
  store: KINDS_OF.folder,
  storeSize: ['a number of megabytes', (value) => typeof value === 'number' && value >= 0],
  jobs: WHOLE,
  untrusted: KINDS.strict,
  bucket: ['an address, `s3://BUCKET/PREFIX`', (value) => typeof value === 'string' && /^s3:\/\/[^/]/.test(value)],
  queue: ['the address of a Redis, `redis://HOST:6379`', isQueue],
  shard: ['two whole numbers, `{ index: 1, of: 8 }`', isShard],
  join: KINDS.strict,
  ...{ editions, limits, progress, signal, strict },
}
const WORKED: { [name in keyof Required<WorkOptions>]: Kind } = {
  from: ['the path of a shelf', KINDS.book[1]],
  patience: ['a number of seconds', (value) => typeof value === 'number' && value > 0],
  queue: PUBLISHED.queue,
  store: PUBLISHED.store,
  bucket: PUBLISHED.bucket,
  jobs: WHOLE,
  untrusted: KINDS.strict,
  ...{ limits, progress, signal },
}
const VERIFIED: { [name in keyof Required<VerifyOptions>]: Kind } = {
  site: KINDS_OF.folder,
  publicKey: KINDS_OF.text,
  rebuild: PUBLISHED.from,
  ...{ limits, progress },
}

/** Makes a site. Never throws for a fault of the options, a book, the shelf, the store or the output folder. */
export async function publish(options: PublishOptions = {}): Promise<PublishResult> {
  const wrong = judgeBy(options, PUBLISHED)
  if (wrong.length > 0) return { ...resultOf(begin({}), [], NOTHING), ok: false, diagnostics: wrong }
  const { out = 'site', signal } = options
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
    const site = await writeSite(place, outcomes, { out, key, store, strict: options.strict === true })
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

interface Site {
  published: boolean
  books: number
  files: number
  size: number
  /** Books that were made, and have no place in it. */
  passedOver: string[]
  /** What was found while it was put together. */
  found: Diagnostic[]
}

const NOTHING: Site = { published: false, books: 0, files: 0, size: 0, passedOver: [], found: [] }

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

async function writeSite(
  place: Place,
  outcomes: readonly Outcome[],
  { out, key, store, strict }: { out: string; key: ReturnType<typeof readKey>; store: Store; strict: boolean },
): Promise<Site> {
  const to = fullPath(out)
  const run = begin({ strict })
  const found = () => run.result().diagnostics
  const look = await siteLook(place, outcomes, run)
  if (look === undefined) return { ...NOTHING, found: found() }
  // What the site is made of, as one name: if that is the same, so is the site.
  const books = outcomes.map(({ path, key: own, kept }) => [path, own, kept !== undefined])
  const nameOf = (releases: string | undefined) =>
    `site-${sumOf(JSON.stringify([place.shelf, place.single, look.look, books, key && writePublicKey(key), releases ?? '']))}`
  const known = await sameAsLast(to, readNote(store.recall(nameOf(await readOld(to, RELEASES)))))
  if (known !== undefined) return known
  const writer = await openSiteWriter(to, out, run.report)
  if (writer === undefined) return { ...NOTHING, found: found() }
  try {
    const signing = { sign: key && ((sums: string) => sign(key, sums)), signed: key !== undefined }
    const made = await assemble(place, outcomes, look, to, signing, writer, run)
    if (made === undefined || (strict && run.failed())) return { ...NOTHING, found: found() }
    await writer.finish()
    const { sums, size, books: count, passedOver } = made
    const site: Site = { published: true, books: count, files: sums.size, size, passedOver, found: found() }
    // Made again from its own releases it is the same, and nothing is new in it.
    const again = { ...site, found: site.found.filter(({ code }) => code !== 'release-undated') }
    const releases = await readOld(to, RELEASES)
    if (!outcomes.some(({ passing }) => passing))
      store.remember(nameOf(releases), JSON.stringify({ sum: sums.get(SUMS)!, site: again } satisfies Noted))
    return site
  } catch (cause) {
    if (cause instanceof Lost) throw cause
    explain(cause, out, run.report)
    return { ...NOTHING, found: found() }
  } finally {
    await writer.close()
  }
}

/** What the store notes of a site: the sum of its list, and what was said of it. */
interface Noted {
  sum: string
  site: Site
}

/** Undefined if there is no such note, or not all of it. */
function readNote(text: string | undefined): Noted | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Noted)
  } catch {
    return undefined
  }
}

/** The site that is there, if it is what would be made, to the last byte. */
async function sameAsLast(to: string, noted: Noted | undefined): Promise<Site | undefined> {
  if (noted === undefined) return undefined
  const { sum, site } = noted
  const list = (await readOld(to, SUMS)) ?? ''
  const sums = sumOf(list) === sum ? readSums(list) : undefined
  return sums !== undefined && (await stands(to, sums)) ? site : undefined
}

export interface WorkOptions extends StoreOptions {
  /** The shelf whose books are made: a copy of the publisher's. The current folder if absent. */
  from?: string | undefined
  /** `redis://…` */
  queue: string
  jobs?: number | undefined
  untrusted?: boolean | undefined
  /** Of this machine, for each book; else as the publisher has it. */
  limits?: Pick<Partial<Limits>, 'time' | 'memory'> | undefined
  /** Seconds after which the book of a worker that is silent is given to another; 30 if absent. */
  patience?: number | undefined
  /** Ends it; books that are in hand are finished. */
  signal: AbortSignal
  /** Is told each book, and what was wrong if it is to be tried again or given up. */
  progress?: ((path: string, wrong: string | undefined) => void) | undefined
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

export interface VerifyOptions {
  /** The folder of the site; './site' if absent. */
  site?: string | undefined
  /** A public key of minisign's, or the file that has it: the checksums must be signed with its pair. */
  publicKey?: string | undefined
  /** The book or shelf that it is said to be made from: it is made again. */
  rebuild?: string | undefined
  limits?: Partial<Limits> | undefined
  progress?: PublishOptions['progress']
}

export interface VerifyResult {
  ok: boolean
  diagnostics: Diagnostic[]
  /** How many files are as they were made. */
  files: number
}

/** Proves a site. Never throws for a fault of it, or of the options. */
export async function verify(options: VerifyOptions = {}): Promise<VerifyResult> {
  const wrong = judgeBy(options, VERIFIED)
  if (wrong.length > 0) return { ok: false, diagnostics: wrong, files: 0 }
  const { site = 'site', rebuild, publicKey, limits, progress } = options
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
    const made = look && (await assemble(place, outcomes, look, folder, { signed }, nowhere, run))
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
