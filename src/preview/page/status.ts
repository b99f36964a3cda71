// What stands around the two views: the title, the counts, what is wrong, and how the last build went.
import type { State } from '../protocol.js'
import { byId, h, many, thousands } from './dom.js'

export function showFrame(state: State, showProblems: () => void): void {
  document.title = `${state.title} – Octavo`
  byId('title').textContent = state.title
  byId('title').title = state.folder
  const errors = state.findings.filter((each) => each.severity === 'error').length
  const count = byId('problem-count')
  count.textContent = state.findings.length === 0 ? '' : String(state.findings.length)
  count.toggleAttribute('data-errors', errors > 0)
  byId('counts').replaceChildren(...counts(state).map((text) => h('span', {}, text)))
  showBanner(state, errors, showProblems)
}

function counts({ statistics: all }: State): string[] {
  return [
    many(all.pages, 'page'),
    many(all.words, 'word'),
    all.minutes < 60 ? `${all.minutes} min` : `${Math.floor(all.minutes / 60)} h ${all.minutes % 60} min`,
    `${many(all.signatures, 'signature')} of ${all.signature}${all.blanks > 0 ? `, ${all.blanks} blank` : ''}`,
    `spine ${all.spine.toFixed(1)} mm`,
  ]
}

function showBanner({ broken, documents }: State, errors: number, showProblems: () => void): void {
  const banner = byId('banner')
  // It is an alert: it speaks when it changes, and only then.
  const said = broken ? `${errors} ${documents.length > 0}` : ''
  if (banner.dataset['said'] === said) return
  banner.dataset['said'] = said
  banner.hidden = !broken
  if (!broken) return
  const shown = documents.length > 0 ? 'this is its last good state.' : 'nothing can be shown yet.'
  banner.replaceChildren(
    h('span', {}, `The book has ${many(errors, 'error')}: ${shown}`),
    h('button', { type: 'button', onclick: showProblems }, 'Show'),
  )
}

/** A build that is over sooner is not told of: it would be a flicker, and the book's pages would wait for it to be painted. */
const SOON = 250
let building: ReturnType<typeof setTimeout> | undefined

export function tellBuilding(): void {
  building ??= setTimeout(() => tell('building', 'setting'), SOON)
}

export function tell(kind: 'good' | 'building' | 'broken' | 'gone', text: string): void {
  clearTimeout(building)
  building = undefined
  byId('state').dataset['state'] = kind
  byId('state-text').textContent = text
}

export function tellBuilt(state: State): void {
  if (state.building) tellBuilding()
  else if (state.broken) tell('broken', 'last good state')
  else tell('good', `as saved · ${thousands(state.ms)} ms`)
}
