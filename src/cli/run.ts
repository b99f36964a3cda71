// In: the command line and where to print. Out: what the manual promises on the two streams, and the exit status.
import { stat } from 'node:fs/promises'
import type { Stage } from '../build.js'
import { understand } from './arguments.js'
import { createHurry } from './hurry.js'
import { manual } from './manual.js'
import { harmless, tally, toFiles, toJson, toText } from './print.js'

declare const OCTAVO_VERSION: string

export interface Streams {
  /** Results and findings. */
  out: (text: string) => void
  /** Wrong use, and progress. */
  err: (text: string) => void
  /** Is there a person looking at the error stream? Only then there is progress. */
  live: boolean
}

/** 0 done, 1 the book has errors, 2 used wrongly. Throws only for faults of ours. */
export async function run(words: readonly string[], { out, err, live }: Streams): Promise<0 | 1 | 2> {
  const request = understand(words)
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
      for (const file of made) out(`${harmless(`${request.folder}/${file}`)}\n`)
      out(`now: octavo build ${harmless(/\s/.test(request.folder) ? `'${request.folder}'` : request.folder)}\n`)
      return 0
    }
  }

  const { book, strict, json, limits } = request
  // What may not be looked at is told by the reader.
  const folder = await stat(book).catch((cause) => (cause.code === 'EACCES' ? 'locked' : undefined))
  if (folder !== 'locked' && !folder?.isDirectory())
    return refuse(
      folder === undefined ? `there is no folder \`${book}\`` : `\`${book}\` is not a folder`,
      'name the folder of a book, or make one with `octavo init DIR`',
      json,
    )
  const stages = await import('../build.js')
  const line = live && !json ? ticker(err) : undefined
  const hurry = createHurry()
  const progress = (stage: Stage) => {
    hurry(stage)
    line?.show(stage)
  }
  const options = { book, strict, progress, limits }
  const result =
    request.command === 'check'
      ? { ...(await stages.check(options)), files: [] }
      : await stages.build({ ...options, out: request.out, editions: request.editions })
  line?.clear()
  if (json) {
    for (const each of result.diagnostics) out(`${toJson(each)}\n`)
  } else {
    for (const each of result.diagnostics) out(`${toText(each)}\n`)
    for (const each of toFiles(result)) out(`${each}\n`)
    const found = tally(result.diagnostics)
    if (request.command === 'check') out(`${found === '' ? 'nothing to say' : found}\n`)
    else if (!result.ok) out(`${found}; nothing was written\n`)
    else if (found !== '') out(`${found}\n`)
  }
  return result.ok ? 0 : 1
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

/** One line of progress that overwrites itself and is gone when all is done. */
function ticker(err: (text: string) => void): { show: (stage: Stage) => void; clear: () => void } {
  return { show: (stage) => err(`\r\u001b[K${DOING[stage]}…`), clear: () => err('\r\u001b[K') }
}
