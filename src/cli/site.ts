// In: what is asked of a site. Out: it is published or verified, and what there is to say of it printed.
import type { Request } from './arguments.js'
import { harmless, sizeOf, tally, toJson, toText } from './print.js'
import type { Streams } from './streams.js'

type Asked = Extract<Request, { command: 'publish' | 'verify' }>

export async function runSite(
  request: Asked,
  { out, err, live, colour = false }: Streams,
  refuse: (message: string, hint: string, json?: boolean) => 2,
): Promise<0 | 1 | 2> {
  const { json, quiet, editions, limits, strict } = request
  const { publish, verify } = await import('../publish/index.js')
  const progress = (done: number, total: number, book: string) => {
    if (live && !json && !quiet) err(`\r\u001b[Kmaking book ${done + 1} of ${total}: ${harmless(book).slice(0, 60)}…`)
  }
  if (request.command === 'verify') {
    const { site, rebuild, publicKey } = request
    const { ok, diagnostics, files } = await verify({ site, rebuild, publicKey, limits, progress })
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
  const { book: from, out: to, address, key } = request
  const password = process.env['OCTAVO_KEY_PASSWORD']
  const result = await publish({ from, out: to, address, key, password, editions, limits, strict, progress })
  if (live && !json && !quiet) err('\r\u001b[K')
  const nowhere = result.diagnostics.find((each) => each.code === 'missing-folder' || each.code === 'usage')
  if (nowhere !== undefined) return refuse(nowhere.message, nowhere.hint, json)
  for (const each of result.diagnostics)
    if (!quiet || each.severity === 'error') out(`${json ? toJson(each) : toText(each, colour)}\n`)
  if (!json && !quiet) {
    const found = tally(result.diagnostics)
    if (!result.ok) out(`${found}; nothing was written\n`)
    else {
      const books = result.books === 1 ? '1 book' : `${result.books} books`
      out(`${harmless(`${to}/index.html`)}  ${books}, ${result.files} files, ${sizeOf(result.size)}\n`)
      if (found !== '') out(`${found}\n`)
    }
  }
  return result.ok ? 0 : 1
}
