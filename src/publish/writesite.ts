// In: what came of the books of a shelf, and where the site is to lie. Out: the site there, and what was found while it was put together; or
// the one that is there already, if it would be the same to the last byte.
import { begin } from '../build/stage-run.js'
import { readSums, SUMS, sumOf } from '../build/sums.js'
import type { Diagnostic } from '../diagnostic.js'
import { assemble, type Place, siteLook } from './assemble.js'
import { explain, openSiteWriter, readOld, stands } from './disk.js'
import { writePublicKey } from './minisign.js'
import type { Writing } from './options.js'
import { RELEASES } from './releases.js'
import type { Outcome } from './shelfwork.js'
import { type readKey, sign } from './signing.js'
import { Lost, type Store } from './store.js'

export interface Site {
  published: boolean
  books: number
  files: number
  size: number
  /** Books that were made, and have no place in it. */
  passedOver: string[]
  /** What was found while it was put together. */
  found: Diagnostic[]
}

export const NOTHING: Site = { published: false, books: 0, files: 0, size: 0, passedOver: [], found: [] }

export interface SiteOptions {
  /** As the author named it, and in full. */
  out: string
  to: string
  key: ReturnType<typeof readKey>
  store: Store
  strict: boolean
  writing: Writing
}

export async function writeSite(
  place: Place,
  outcomes: readonly Outcome[],
  { out, to, key, store, strict, writing }: SiteOptions,
): Promise<Site> {
  const run = begin({ strict })
  const found = () => run.result().diagnostics
  const look = await siteLook(place, outcomes, run)
  if (look === undefined) return { ...NOTHING, found: found() }
  // What the site is made of, as one name: if that is the same, so is the site.
  const books = outcomes.map(({ path, key: own, kept }) => [path, own, kept !== undefined])
  const nameOf = (releases: string | undefined) =>
    `site-${sumOf(JSON.stringify([place.shelf, place.single, look.look, books, key && writePublicKey(key), releases ?? '']))}`
  const known = await sameAsLast(to, readNote(store.recall(nameOf(await readOld(to, RELEASES)))), writing)
  if (known !== undefined) return known
  const writer = await openSiteWriter(to, out, run.report)
  if (writer === undefined) return { ...NOTHING, found: found() }
  try {
    const signing = { sign: key && ((sums: string) => sign(key, sums)), signed: key !== undefined }
    const made = await assemble(place, outcomes, look, to, signing, writer, run, writing)
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
async function sameAsLast(to: string, noted: Noted | undefined, writing: Writing): Promise<Site | undefined> {
  if (noted === undefined) return undefined
  const { sum, site } = noted
  const list = (await readOld(to, SUMS)) ?? ''
  const sums = sumOf(list) === sum ? readSums(list) : undefined
  return sums !== undefined && (await stands(to, sums, (looked) => writing(looked, sums.size))) ? site : undefined
}
