// In: the command line and where to print. Out: what the manual promises on the two streams, and the exit status.
import type { CheckOptions, Progress, Stage } from '../build.js'
import { type Request, understand } from './arguments.js'
import { harmless, sayResult, toJson } from './console.js'
import { createHurry, foresee } from './hurry.js'
import { hearInterrupt, INTERRUPTED, type Interrupt } from './interrupt.js'
import { manual } from './manual.js'
import type { Streams } from './streams.js'
import { quoted } from './typed.js'

export { hasColour } from './console.js'
export type { Streams } from './streams.js'
export { commandTyped } from './typed.js'

declare const OCTAVO_VERSION: string

/** 0 done, 1 the book has errors, 2 used wrongly, 130 interrupted. Throws only for faults of ours. */
export async function run(words: readonly string[], streams: Streams): Promise<0 | 1 | 2 | typeof INTERRUPTED> {
  const { out, err, live, colour = false, name = 'octavo' } = streams
  const request = understand(words, process.env)
  const refuse = (message: string, hint: string, json = false): 2 => {
    if (json) out(`${toJson({ path: '', line: 0, severity: 'error', code: 'usage', message, hint })}\n`)
    err(`octavo: ${harmless(message)}\n  hint: ${harmless(hint)}\n`)
    return 2
  }
  switch (request.command) {
    case 'wrong':
      return refuse(request.message, request.hint, request.json)
    case 'help':
      out(manual(request.about))
      return 0
    case 'version':
      out(`${OCTAVO_VERSION}\n`)
      return 0
    case 'init': {
      const { makeBook } = await import('./init.js')
      const made = await makeBook(request.folder)
      if (!Array.isArray(made)) return refuse(made.message, made.hint)
      const { folder } = request
      const here = folder === '.' || folder === './'
      for (const file of made) out(`${harmless(here ? file : `${folder}/${file}`)}\n`)
      out(`now: ${harmless(`${name} build${here ? '' : ` ${quoted(folder)}`}`)}\n`)
      return 0
    }
    case 'schema':
      out(await (await import('./schema-text.js')).schemaText(request.of))
      return 0
    case 'themes':
      if (request.show !== undefined) break
      for (const line of await (await import('./themes.js')).listThemes()) out(`${harmless(line)}\n`)
      return 0
    case 'preview': {
      const { servePreview } = await import('./live.js')
      const refused = await servePreview(request, streams)
      return refused === undefined ? 0 : refuse(refused.message, refused.hint)
    }
  }

  if (request.command === 'publish' || request.command === 'worker' || request.command === 'verify') {
    const { runSite } = await import('./site-commands.js')
    return runSite(request, streams, refuse)
  }
  const { strict, json, quiet, editions, limits } = request
  if (request.command !== 'themes') foresee(request.book)
  const stages = await import('../build.js')
  const line = live && !json && !quiet ? ticker(err) : undefined
  const hurry = createHurry()
  const { exit } = streams
  let interrupt: Interrupt | undefined
  const leave = () => {
    line?.clear()
    err('octavo: interrupted; nothing was written\n')
    exit?.(INTERRUPTED)
  }
  const progress: Progress = (stage, count) => {
    if (stage === 'write') interrupt?.writing()
    hurry(stage)
    line?.show(stage, count)
  }
  const book = await bookOf(request, streams)
  if (book === undefined) {
    const hint = 'pipe it in: `octavo build - < essay.md`; a folder is named: `octavo build FOLDER`'
    return refuse('there is no text on the standard input', hint, json)
  }
  const options = { ...book, strict, progress, editions, limits }
  if (request.command === 'build' && request.watch) {
    const { keepBuilding } = await import('./live.js')
    await keepBuilding({ ...options, out: request.out }, { json, quiet }, streams, () => line?.clear())
    return 0
  }
  interrupt = exit && hearInterrupt(leave)
  const heard = { ...options, signal: interrupt?.signal }
  let interrupted = false
  const make = async () => {
    try {
      if (request.command === 'check') return { ...(await stages.check(heard)), files: [] }
      return await stages.build({ ...heard, out: request.out })
    } finally {
      interrupted = interrupt?.end() === true
    }
  }
  const result = await make()
  line?.clear()
  const nowhere = result.diagnostics.find((each) => each.code === 'missing-folder' || each.code === 'usage')
  if (nowhere !== undefined) return refuse(nowhere.message, nowhere.hint, json)
  sayResult(result, request.command === 'check' ? 'check' : 'build', { json, quiet, colour }, out)
  return result.ok ? 0 : interrupted ? INTERRUPTED : 1
}

/** What is to be made: of a theme, its specimen. Undefined: nothing came in. */
async function bookOf(
  request: Extract<Request, { strict: boolean }>,
  streams: Streams,
): Promise<Pick<CheckOptions, 'book' | 'source'> | undefined> {
  if (request.command === 'themes') return (await import('./themes.js')).specimen(request.show ?? '')
  // A text of standard input has this name in what is said of it; pictures are looked for where the person is.
  if (request.book === '-') {
    const text = await streams.input?.()
    return text === undefined || text.length === 0 ? undefined : { book: 'stdin.md', source: { 'stdin.md': text } }
  }
  return { book: request.book }
}

const DOING: Record<Stage, string> = {
  read: 'reading',
  theme: 'reading the theme',
  check: 'checking',
  typeset: 'typesetting',
  cover: 'drawing the cover',
  paint: 'painting the PDF',
  pack: 'packing the EPUB',
  write: 'writing',
}

/** What is counted in the stages that count. */
const PIECES: { [stage in Stage]?: string } = { read: 'files', typeset: 'sections', paint: 'pages' }

/** One line of progress that overwrites itself and is gone when all is done. */
function ticker(err: (text: string) => void): { show: Progress; clear: () => void } {
  return {
    show: (stage, count) => {
      const pieces = count === undefined ? '' : ` ${count.done} of ${count.total} ${PIECES[stage] ?? ''}`
      err(`\r\u001b[K${DOING[stage]}${pieces.trimEnd()}…`)
    },
    clear: () => err('\r\u001b[K'),
  }
}
