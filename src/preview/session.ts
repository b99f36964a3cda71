// In: the word that a book has changed. Out: what is shown of it now: the last proof without errors, and what is wrong with the newest.
import { createProver, type Proved } from '../build/proof.js'
import type { Source } from '../folder.js'
import { direction } from '../model/languages.js'
import type { Limits } from '../model/limits.js'
import { type Detail, drawPage } from './drawing.js'
import { faultOf } from './fault.js'
import type { Built, Finding, State, Source as View } from './protocol.js'
import { type Change, compare, type Shown, show } from './shown.js'
import { statisticsOf } from './statistics.js'
import { isAsked, OTHERS, pagesView, type SheetView, sheetView } from './views.js'

export interface Session {
  /** Proves the book as it is now; one after the other. Resolves with what is to be told to those who look. */
  prove(paths: readonly string[]): Promise<Built>
  /** Files that lie over those of the book while they are tried. */
  over: Map<string, string>
  state(): State
  /** The newest proof without errors. */
  shown(): Shown | undefined
  source(): Source | undefined
  draw(key: string, detail: Detail): string | undefined
  /** Of the EPUB. */
  file(path: string): ReturnType<Shown['proof']['epub']['read']>
  /** Another way to look at the paper, as it is now. */
  view(name: string): Promise<View | undefined>
}

const NO_CHANGE: Change = { pages: { at: 0, removed: 0, keys: [] }, documents: [], whole: false, moved: [] }

export interface SessionOf {
  book: string | undefined
  /** The revision that was shown last, by another session. */
  since: number
  limits: Limits
}

/** `place`: where on the pages a finding stands. */
export function createSession(
  { book, since, limits }: SessionOf,
  place: (finding: Finding, shown: Shown) => Finding,
): Session {
  const prover = createProver()
  const over = new Map<string, string>()
  let shown: Shown | undefined
  /** Pages of before: who asks for one has not heard of the newest. */
  let before: Shown | undefined
  let source: Source | undefined
  let last: Proved | undefined
  let findings: Finding[] = []
  const fileOf = createFiles()
  const views = new Map<View['name'], SheetView>()
  let revision = since
  let building = false
  let ms = 0
  let fault: Finding | undefined

  const isBroken = () => last === undefined || last.proof === undefined || fault !== undefined
  const prove = async (): Promise<Built> => {
    building = true
    const start = performance.now()
    let change = NO_CHANGE
    try {
      last = await prover.prove(book, over)
      fault = undefined
      source = last.source ?? source
      if (last.proof !== undefined) {
        const next = show(last.proof, shown, since)
        change = compare(next, shown)
        // A build that changed nothing to be seen leaves what was there before within reach.
        const { pages, documents, whole } = change
        if (pages.removed + pages.keys.length + documents.length > 0 || whole) before = shown
        shown = next
      }
    } catch (cause) {
      // A fault of ours is told as one, and the next change may go around it.
      fault = faultOf(cause, limits)
    }
    const found = (last?.diagnostics ?? []).map(({ forgivable: _, ...one }): Finding => one)
    findings = [...(fault ? [fault] : []), ...found].map((one) => (shown === undefined ? one : place(one, shown)))
    building = false
    revision++
    ms = Math.round(performance.now() - start)
    const statistics = shown === undefined ? NO_STATISTICS : statisticsOf(shown.proof)
    return { revision, broken: isBroken(), ms, ...change, looks: shown?.looks ?? '', findings, statistics }
  }
  let turn: Promise<unknown> = Promise.resolve()
  return {
    over,
    prove() {
      const next = turn.then(prove)
      turn = next
      return next
    },
    shown: () => shown,
    source: () => source,
    state() {
      return {
        ...{ revision, building, broken: isBroken(), folder: source?.dir ?? book ?? '.', findings, ms },
        ...stateOf(shown),
      }
    },
    draw(key, detail) {
      for (const one of [shown, before]) {
        const page = one?.pages.get(key)
        if (page !== undefined) return drawPage(page, one!.proof.pages, detail)
      }
      for (const one of views.values()) {
        const drawn = one.draw(key, detail)
        if (drawn !== undefined) return drawn
      }
      return undefined
    },
    file: async (path) => shown && fileOf(shown, path),
    async view(name) {
      const known = OTHERS.find((one) => one === name)
      if (known === undefined) return undefined
      // No proof is made meanwhile: both would have the same pages in hand.
      const next = turn.then(async () => {
        const found = shown && (await sheetView(shown, known))
        if (found !== undefined) views.set(known, found)
        return found?.view
      })
      turn = next.catch(() => undefined)
      return next
    },
  }
}

/** What of the state is of the proof that is shown. */
function stateOf(
  shown: Shown | undefined,
): Omit<State, 'revision' | 'building' | 'broken' | 'folder' | 'findings' | 'ms'> {
  const { title, language } = shown?.proof.book.metadata ?? { title: '', language: 'en' }
  return {
    title,
    language,
    direction: direction(language) === 'rtl' ? 'rtl' : 'ltr',
    sources: shown === undefined ? [] : [pagesView(shown)],
    others: OTHERS.map((name) => ({ name, asked: shown !== undefined && isAsked(shown, name) })),
    documents: shown?.documents ?? [],
    looks: shown?.looks ?? '',
    chapters: shown?.chapters ?? [],
    statistics: shown === undefined ? NO_STATISTICS : statisticsOf(shown.proof),
  }
}

/** Files of the EPUB. Faces are cut anew for every proof: as long as nothing hangs on it, those of an earlier one do. */
function createFiles(): (shown: Shown, path: string) => ReturnType<Session['file']> {
  let kept = { looks: '', files: new Map<string, ReturnType<Session['file']>>() }
  return async ({ looks, proof: { epub } }, path) => {
    if (!/^(?:css|fonts)\//.test(path)) return epub.read(path)
    if (kept.looks !== looks) kept = { looks, files: new Map() }
    const { files } = kept
    if (!files.has(path)) files.set(path, epub.read(path))
    return files.get(path)
  }
}

const NO_STATISTICS = {
  ...{ pages: 0, words: 0, characters: 0, minutes: 0, chapters: 0 },
  ...{ signature: 16, signatures: 0, blanks: 0, spine: 0 },
}
