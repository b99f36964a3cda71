// In: what is asked of a site. Out: it is published or verified, and what there is to say of it printed.
import { join } from 'node:path'
import type { PublishResult } from '../publish/index.js'
import type { Request } from './arguments.js'
import { cacheFolder } from './cache.js'
import { harmless, sizeOf, tally, toJson, toText } from './console.js'
import { INTERRUPTED, untilStopped } from './interrupt.js'
import type { Streams } from './streams.js'
import { tellingOf } from './telling.js'

type Asked = Extract<Request, { command: 'publish' | 'worker' | 'verify' }>

export async function runSite(
  request: Asked,
  { out, err, live, colour = false }: Streams,
  refuse: (message: string, hint: string, json?: boolean) => 2,
): Promise<0 | 1 | 2 | typeof INTERRUPTED> {
  const { json, quiet, editions, limits, strict } = request
  const { publish, verify } = await import('../publish/index.js')
  const progress = live && !json && !quiet ? tellingOf(err) : undefined
  const writing = progress && tellingOf(err, 'files of the site')
  if (request.command === 'verify') {
    const { site, rebuild, publicKey } = request
    const { ok, diagnostics, files } = await verify({ site, rebuild, publicKey, limits, progress, writing })
    if (live && !json && !quiet) err('\r\u001b[K')
    for (const each of diagnostics) out(`${json ? toJson(each) : toText(each, colour)}\n`)
    if (!json && !quiet)
      out(
        ok
          ? `${harmless(site)}  ${files} files are as they were made${rebuild === undefined ? '' : ', and the sources make the same'}\n`
          : `${tally(diagnostics)}\n`,
      )
    return ok ? 0 : 1
  }
  if (request.command === 'worker') return runWorker(request, { out, err, colour }, refuse)
  const { book: from, out: to, address, key, storeSize, jobs, untrusted, bucket, queue, shard, join: joined } = request
  const password = process.env['OCTAVO_KEY_PASSWORD']
  const store = request.store ?? usualStore()
  const hand = untilStopped()
  const work = {
    store,
    bucket,
    storeSize,
    jobs,
    untrusted,
    queue,
    shard,
    join: joined,
    signal: hand.signal,
    progress,
    writing,
  }
  const result = await publish({ from, out: to, address, key, password, editions, limits, strict, ...work })
  hand.close()
  if (live && !json && !quiet) err('\r\u001b[K')
  const nowhere = result.diagnostics.find((each) => each.code === 'missing-folder' || each.code === 'usage')
  if (nowhere !== undefined) return refuse(nowhere.message, nowhere.hint, json)
  for (const each of result.diagnostics)
    if (!quiet || each.severity === 'error') out(`${json ? toJson(each) : toText(each, colour)}\n`)
  if (!json && !quiet)
    for (const line of shard === undefined ? summaryOf(result, to) : shareOf(result, shard)) out(`${line}\n`)
  return result.ok ? 0 : hand.signal.aborted ? INTERRUPTED : 1
}

function summaryOf(result: PublishResult, to: string): string[] {
  const { published, books, made, passedOver, files, size } = result
  const found = tally(result.diagnostics)
  if (!published) return [`${found}; nothing was written`]
  const count = (number: number) => (number === 1 ? '1 book' : `${number} books`)
  const before = books > 1 && made < books ? `, ${made === 0 ? 'all' : books + passedOver.length - made} as before` : ''
  return [
    `${harmless(`${to}/index.html`)}  ${count(books)}${before}, ${files} files, ${sizeOf(size)}`,
    ...(passedOver.length > 0 ? [`passed over: ${count(passedOver.length)}, ${listed(passedOver)}`] : []),
    ...(found === '' ? [] : [found]),
  ]
}

function shareOf(
  { made, diagnostics, passedOver }: PublishResult,
  { index, of }: { index: number; of: number },
): string[] {
  const found = tally(diagnostics)
  return [
    `share ${index} of ${of}: ${made} made${passedOver.length > 0 ? `, ${passedOver.length} with errors` : ''}`,
    ...(found === '' ? [] : [found]),
  ]
}

/** Until Ctrl-C. Its log has a line for each book. */
async function runWorker(
  request: Extract<Request, { command: 'worker' }>,
  { out, err, colour = false }: Pick<Streams, 'out' | 'err' | 'colour'>,
  refuse: (message: string, hint: string) => 2,
): Promise<0 | 1 | 2> {
  const { work } = await import('../publish/index.js')
  const { book: from, queue, bucket, jobs, untrusted, limits, patience, quiet } = request
  const progress = (path: string, wrong: string | undefined) => {
    if (wrong !== undefined) err(`${harmless(path)}: ${harmless(wrong)}\n`)
    else if (!quiet) out(`${harmless(path)}\n`)
  }
  const hand = untilStopped()
  const store = request.store ?? usualStore()
  const asked = { from, queue, store, bucket, jobs, untrusted, limits, patience, signal: hand.signal, progress }
  const { ok, diagnostics } = await work(asked)
  hand.close()
  const nowhere = diagnostics.find((each) => each.code === 'missing-folder' || each.code === 'usage')
  if (nowhere !== undefined) return refuse(nowhere.message, nowhere.hint)
  for (const each of diagnostics) out(`${toText(each, colour)}\n`)
  return ok ? 0 : 1
}

/** Some of them. */
const FEW = 5

function listed(paths: readonly string[]): string {
  return paths.slice(0, FEW).map(harmless).join(', ') + (paths.length > FEW ? ' …' : '')
}

/** In this user's folder of caches; undefined where there is none that nobody else can write to: what is kept there ends up in sites. */
function usualStore(): string | undefined {
  const folder = cacheFolder(true)
  return folder === undefined ? undefined : join(folder, 'books')
}
