// In: a request to `/api/…`, and the session. Out: its answer.
import { join } from 'node:path'
import type { Proof } from '../build/proof.js'
import { within } from '../folder.js'
import { detailOf } from './details.js'
import { find } from './find.js'
import type { Spot } from './protocol.js'
import { Refused } from './refused.js'
import { sinceRelease } from './release.js'
import { writeFiles } from './replace-files.js'
import type { Session } from './session.js'
import { fileLines, placeInDocument, placeInSource, placeOnPage, spotAt, type TextPlace } from './spots.js'
import { filesWith, panelOf, prove } from './theme-values.js'

/** What is done outside of the press room. */
export interface Hands {
  /** A proof begins. */
  building(): void
  /** To every page that is open. */
  show(spot: Spot): void
  /** Proves the book anew; resolves when that is shown. */
  again(): Promise<void>
  /** Why it cannot be opened, if it cannot. */
  openEditor(path: string, line: number, column: number): Promise<string | undefined>
}

/** Answers to `/api/…`. */
export interface Desk {
  /** Undefined: there is nothing like it. */
  get(name: string, query: URLSearchParams): unknown
  /** Undefined: there is no such thing. Throws `Refused` for what cannot be done. */
  post(name: string, body: unknown): Promise<unknown>
  /** Lays what is tried over the book's files as they are now. */
  refresh(): void
}

/** `site`: where the book was published, if it was. */
export function createDesk(session: Session, hands: Hands, site: string): Desk {
  const trial = createTrial(session, hands)
  return {
    get(name, query) {
      const shown = session.shown()
      if (name === 'spot') return spotIn(session, query)
      if (name === 'page') return pageIn(session, query)
      if (name === 'source') return session.view(query.get('name') ?? '')
      if (name === 'release') return shown && sinceRelease(site, shown)
      if (name === 'theme') return shown && trial.panel(shown.proof)
      if (name === 'find') return shown && find(shown, session.source(), query.get('q') ?? '')
      return undefined
    },
    refresh: trial.refresh,
    async post(name, body) {
      if (name === 'theme') return trial.change(body)
      if (name === 'open') {
        const { file, line, column } = placeOf(body)
        const source = session.source()
        // What is no file of the book is not opened, whoever asks.
        if (source?.dir === undefined || fileLines(source, file) === undefined)
          throw new Refused(`there is no file \`${file}\` in the book`)
        const why = await hands.openEditor(join(source.dir, file), line, column)
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

/** What is tried of the theme's values, before it is written. */
interface Trial {
  panel(proof: Proof): ReturnType<typeof panelOf>
  change(body: unknown): Promise<unknown>
  refresh(): void
}

function createTrial(session: Session, hands: Hands): Trial {
  const tried = new Map<string, number | string>()
  /** What was shown before anything was tried: which file of the book is its theme. */
  let base: Proof | undefined
  const lay = (files: ReadonlyMap<string, string>) => {
    session.over.clear()
    for (const [path, text] of files) session.over.set(path, text)
  }
  const drop = () => {
    tried.clear()
    base = undefined
    lay(new Map())
  }
  /** Lays what is tried over the book's files as they are now. */
  const refresh = () => {
    const source = session.source()
    if (tried.size === 0 || base === undefined || source === undefined) return
    try {
      lay(filesWith(base, source, tried))
    } catch (cause) {
      // The file has become one that cannot be changed in place.
      if (!(cause instanceof Refused)) throw cause
      drop()
    }
  }
  const panel = (proof: Proof) => panelOf(proof, tried)
  const change = async (body: unknown): Promise<unknown> => {
    const proof = session.shown()?.proof
    const source = session.source()
    if (proof === undefined || source === undefined) return undefined
    const { do: what, values } = (typeof body === 'object' && body !== null ? body : {}) as {
      do?: unknown
      values?: unknown
    }
    if (what === 'try') {
      const wanted = Object.entries(typeof values === 'object' && values !== null ? values : {})
      const proved = wanted.map(([path, value]) => [path, prove(proof, path, value)] as const)
      const from = base ?? proof
      lay(filesWith(from, source, new Map([...tried, ...proved])))
      for (const [path, value] of proved) tried.set(path, value)
      base = from
    } else if (what === 'drop' || what === 'write') {
      if (what === 'write') writeFiles(source, filesWith(base ?? proof, source, tried))
      drop()
    } else throw new Refused('`do` is to be `try`, `drop` or `write`')
    await hands.again()
    return panel(session.shown()!.proof)
  }
  return { panel, change, refresh }
}

function spotIn(session: Session, query: URLSearchParams): Spot | undefined {
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

function pageIn(session: Session, query: URLSearchParams) {
  const proof = session.shown()?.proof
  if (proof === undefined) return undefined
  const { pages, sections } = proof.pages
  const index = Number(query.get('index'))
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
