// In: a request to `/api/…`, and the session. Out: its answer.
import { join } from 'node:path'
import { within } from '../folder.js'
import { detailOf } from './details.js'
import { openWith } from './editor.js'
import { find } from './find.js'
import type { OpenEditor } from './options.js'
import type { Spot } from './protocol.js'
import { type Desk, Refused } from './server.js'
import type { Session } from './session.js'
import { fileLines, placeInDocument, placeInSource, placeOnPage, spotAt, type TextPlace } from './spots.js'

export interface Hands {
  openEditor: OpenEditor | undefined
  /** To every page that is open. */
  show(spot: Spot): void
}

export function createDesk(session: Session, hands: Hands): Desk {
  const spot = (query: URLSearchParams): Spot | undefined => {
    const shown = session.shown()
    if (shown === undefined) return undefined
    const number = (name: string) => (query.has(name) ? Number(query.get(name)) : Number.NaN)
    let place: TextPlace | undefined
    const [document, file] = [query.get('document'), query.get('file')]
    if (query.has('page')) place = placeOnPage(shown, number('page'), number('x'), number('y'))
    else if (document !== null) place = placeInDocument(shown, document, number('offset'))
    else if (file !== null) {
      const column = query.has('column') ? number('column') : 1
      place = placeInSource(shown, session.source(), file, number('line'), column)
    }
    return place && spotAt(shown, session.source(), place)
  }
  const page = (query: URLSearchParams) => {
    const proof = session.shown()?.proof
    if (proof === undefined) return undefined
    const { pages, sections, cover } = proof.pages
    const index = Number(query.get('index'))
    if (query.get('source') === 'cover')
      return cover && index === 0 ? detailOf(cover, undefined, proof.pages) : undefined
    if ((query.get('source') ?? 'pages') !== 'pages') return undefined
    const one = pages[index]
    const home = sections.find(({ first, count }) => index >= first && index < first + count)
    return (
      one &&
      detailOf(
        one,
        proof.book.sections.find(({ id }) => id === home?.id),
        proof.pages,
      )
    )
  }
  return {
    get(name, query) {
      const shown = session.shown()
      if (name === 'spot') return spot(query)
      if (name === 'page') return page(query)
      if (name === 'find') return shown && find(shown, session.source(), query.get('q') ?? '')
      return undefined
    },
    async post(name, body) {
      if (name === 'open') {
        const { file, line, column } = placeOf(body)
        const source = session.source()
        // What is no file of the book is not opened, whoever asks.
        if (source?.dir === undefined || fileLines(source, file) === undefined)
          throw new Refused(`there is no file \`${file}\` in the book`)
        const why = await openWith(hands.openEditor, join(source.dir, file), line, column)
        return why === undefined ? { opened: true } : { opened: false, why }
      }
      if (name === 'show') {
        const { file, line, column } = placeOf(body)
        const shown = session.shown()
        const place = shown && placeInSource(shown, session.source(), file, line, column)
        if (place === undefined) return undefined
        const told = spotAt(shown!, session.source(), place)
        hands.show(told)
        return told
      }
      return undefined
    },
  }
}

function placeOf(body: unknown): { file: string; line: number; column: number } {
  const {
    file,
    line = 1,
    column = 1,
  } = (typeof body === 'object' && body !== null ? body : {}) as Record<'file', unknown> & {
    line?: unknown
    column?: unknown
  }
  if (typeof file !== 'string') throw new Refused('`file` is to be a path in the book folder')
  const found = within('', file)
  if ('refused' in found) throw new Refused(`\`${file}\` is refused: ${found.refused}`)
  if (!isCount(line) || !isCount(column)) throw new Refused('`line` and `column` are whole numbers from 1')
  return { file: found.path, line, column }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e9
}
