// What is asked of publishing, and what comes back; and of what kind each option is.
import { isQueue, KINDS, KINDS_OF, type Kind } from '../build/judge.js'
import type { Diagnostic } from '../diagnostic.js'
import type { EditionName } from '../model/editions.js'
import type { Limits } from '../model/limits.js'
import type { StoreOptions } from './opened.js'

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
  /** Is told how many files of the site are done, of about how many. */
  writing?: Writing | undefined
}

export type Writing = (done: number, total: number) => void

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

export interface VerifyOptions {
  /** The folder of the site; './site' if absent. */
  site?: string | undefined
  /** A public key of minisign's, or the file that has it: the checksums must be signed with its pair. */
  publicKey?: string | undefined
  /** The book or shelf that it is said to be made from: it is made again. */
  rebuild?: string | undefined
  limits?: Partial<Limits> | undefined
  progress?: PublishOptions['progress']
  writing?: PublishOptions['writing']
}

export interface VerifyResult {
  ok: boolean
  diagnostics: Diagnostic[]
  /** How many files are as they were made. */
  files: number
}

function isShard(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { index, of } = value as Record<'index' | 'of', unknown>
  return Number.isInteger(index) && Number.isInteger(of) && 1 <= Number(index) && Number(index) <= Number(of)
}

const WHOLE: Kind = ['a whole number from 1', (value) => Number.isInteger(value) && Number(value) >= 1]

const { editions, limits, progress, signal, strict } = KINDS
export const PUBLISHED: { [name in keyof Required<PublishOptions>]: Kind } = {
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
  writing: progress,
}
export const WORKED: { [name in keyof Required<WorkOptions>]: Kind } = {
  from: ['the path of a shelf', KINDS.book[1]],
  patience: ['a number of seconds', (value) => typeof value === 'number' && value > 0],
  queue: PUBLISHED.queue,
  store: PUBLISHED.store,
  bucket: PUBLISHED.bucket,
  jobs: WHOLE,
  untrusted: KINDS.strict,
  ...{ limits, progress, signal },
}
export const VERIFIED: { [name in keyof Required<VerifyOptions>]: Kind } = {
  site: KINDS_OF.folder,
  publicKey: KINDS_OF.text,
  rebuild: PUBLISHED.from,
  ...{ limits, progress },
  writing: progress,
}
