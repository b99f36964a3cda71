// In: what was shown, and what a proof has changed of it. Out: what is shown now. The server and the page reckon alike.
import type { Built, State } from './protocol.js'

/** In place. A change of the whole is fetched anew instead. */
export function applyBuilt(state: State, built: Built): void {
  const { revision, broken, ms, findings, statistics, looks } = built
  const { at, removed, keys } = built.pages
  state.sources.find(({ name }) => name === 'pages')?.keys.splice(at, removed, ...keys)
  const fresh = new Map(built.documents.map(({ path, key }) => [path, key]))
  for (const each of state.documents) each.key = fresh.get(each.path) ?? each.key
  Object.assign(state, { revision, building: false, broken, ms, findings, statistics, looks })
}
