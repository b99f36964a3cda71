// In: what is asked of a preview, or of builds that follow a book. Out: either goes on until Ctrl-C, and ends clean.
import { spawn } from 'node:child_process'
import type { BuildOptions, Diagnostic } from '../build.js'
import { harmless, sayResult, toText } from './console.js'
import { untilStopped } from './interrupt.js'
import type { Streams } from './streams.js'

interface Refused {
  message: string
  hint: string
}

export interface PreviewRequest {
  book: string | undefined
  port: number | undefined
  host: string | undefined
  open: boolean
  /** Where it was published. */
  site: string | undefined
  limits: { time?: number; memory?: number }
}

/** Undefined when it was ended. */
export async function servePreview(request: PreviewRequest, streams: Streams): Promise<Refused | undefined> {
  const { out, err, colour = false } = streams
  const { preview } = await import('../preview.js')
  let said = ''
  /** What is wrong is said once, not with every key that is pressed. */
  const built = ({ findings }: { findings: readonly Diagnostic[] }) => {
    const text = findings.map((each) => `${toText(each, colour)}\n`).join('')
    if (text !== said) err(text === '' ? 'nothing to say any more\n' : text)
    said = text
  }
  const { book, port, host, site, limits } = request
  const opened = await preview({ book, port, host, site, limits, built }).catch(
    (cause: NodeJS.ErrnoException): Refused => {
      if (cause.code === 'EADDRINUSE')
        return { message: `the port ${port} is taken`, hint: 'name another, or let it be chosen: `--port 0`' }
      if (cause.code === 'EACCES')
        return { message: `the port ${port} may not be used`, hint: 'name one above 1023: `--port 4711`' }
      if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND' || cause.code === 'EINVAL')
        return { message: `\`${host}\` is no address of this machine`, hint: 'name one, or 0.0.0.0 for all of them' }
      throw cause
    },
  )
  if (!('address' in opened)) return opened
  if (opened.address.includes('?token='))
    err('octavo: other machines can reach this: whoever has the address can read the book and change its theme\n')
  out(`${harmless(opened.address)}\n`)
  if (request.open) openBrowser(opened.address)
  await (streams.until ?? untilSignal())
  await opened.close()
  return undefined
}

export async function keepBuilding(
  options: BuildOptions,
  { json, quiet }: { json: boolean; quiet: boolean },
  streams: Streams,
  ready: () => void,
): Promise<void> {
  const { out, err, colour = false } = streams
  const { watch } = await import('../preview.js')
  const { source: _, signal: __, ...rest } = options
  const going = await watch({
    ...rest,
    built(result, changed) {
      ready()
      if (changed.length > 0 && !quiet && !json) err('built again\n')
      sayResult(result, 'build', { json, quiet, colour }, out)
    },
  })
  await (streams.until ?? untilSignal())
  await going.close()
}

function untilSignal(): Promise<void> {
  const { signal } = untilStopped()
  return new Promise((done) => signal.addEventListener('abort', () => done()))
}

/** What cannot be opened was printed, and can be opened by hand. */
function openBrowser(address: string): void {
  const [command, ...words] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', address]
        : ['xdg-open', address]
  const child = spawn(command!, words, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
