// In: an installed theme that was loaded without a word. Out: the same for the next book that asks for it; a shelf's books share one.
import type { Loaded } from './theme.js'
import type { MapNode } from './yaml.js'

/** Sizes, inks and languages of a theme. */
const MOST = 32

interface Kept {
  layers: readonly MapNode[]
  /** It is not to be changed. */
  loaded: Loaded
}

/** By the tree that lies on top: those of Octavo's own themes are the same for all books, and a book's own go with it. */
const kept = new WeakMap<MapNode, Map<string, Kept>>()

/** `asked`: whatever else it depends on. */
export function keptTheme(layers: readonly MapNode[], asked: string): Loaded | undefined {
  const found = kept.get(layers.at(-1)!)?.get(asked)
  return found?.layers.every((layer, i) => layer === layers[i]) ? { ...found.loaded } : undefined
}

/** A theme with faces or a style sheet of a book's own is not kept. */
export function keepTheme(layers: readonly MapNode[], asked: string, loaded: Loaded): void {
  const looks = [loaded, ...Object.values(loaded.apart ?? {})]
  if (loaded.sheet !== undefined || looks.some(({ faces }) => faces.some(({ source }) => typeof source !== 'string')))
    return
  const top = layers.at(-1)!
  let all = kept.get(top)
  if (all === undefined) kept.set(top, (all = new Map()))
  if (all.size >= MOST) all.clear()
  all.set(asked, { layers, loaded: { ...loaded } })
}
