// What a theme says of one medium apart: `print`, `screen`, `epub`. In: the trees of a theme and of those that it extends, the lowest first.
// Out: the tree of what holds in all media, or in one of them; and a word on what cannot be otherwise in one.
import { error, type Place, type Report, warning } from '../diagnostic.js'
import { MEDIA, type Medium } from '../model/editions.js'
import { refuseUnknown, wrong } from './kinds.js'
import { placeAt } from './prove-theme.js'
import { layOver } from './resolve.js'
import * as schema from './schema.js'
import type { Theme } from './theme.js'
import { onlyIn, unreadOf } from './unread.js'
import type { MapNode } from './yaml.js'

/** Of `epub` its style sheet is no part of a theme: it stands where it is. */
const SHEET = 'css'

/** Numbers are told apart from what nobody knows: see SHARED. */
const TAKEN: readonly string[] = [...schema.KEYS.medium, 'numbering']

/** A theme as it is in the medium is laid over the one that it extends as that is there; without a medium, what holds in all. */
export function composed(layers: readonly MapNode[], medium?: Medium): MapNode {
  const flat = layers.map((layer) => {
    const own = medium && ownOf(layer, medium)
    return own === undefined ? everywhere(layer) : layOver(everywhere(layer), own)
  })
  return flat.reduce(layOver)
}

/** The media that any of them says something of. */
export function mediaOf(layers: readonly MapNode[]): Medium[] {
  return MEDIA.filter((medium) => layers.some((layer) => ownOf(layer, medium) !== undefined))
}

/** Of one file: are its `print`, `screen` and `epub` what they can be? */
export function checkMedia(layer: MapNode, report: Report): void {
  tellUnread(everywhere(layer), undefined, report)
  for (const medium of MEDIA) {
    const said = layer.entries.get(medium)
    if (said === undefined || (said.kind === 'scalar' && (said.value === null || said.value === 'none'))) continue
    if (said.kind !== 'map') {
      wrong(report, said.place, medium, 'a map of what is otherwise there')
      continue
    }
    refuseUnknown(said, medium === 'epub' ? [...TAKEN, SHEET] : TAKEN, medium, report)
    tellUnread(said, medium, report)
  }
}

/** What the outputs of that medium have not, or none has, is not ignored without a word. */
function tellUnread(said: MapNode, medium: Medium | undefined, report: Report): void {
  const other = medium === undefined ? undefined : medium === 'epub' ? 'pdf' : 'epub'
  const tell = (place: Place, at: readonly string[], why: string, hint: string) => {
    const name = [...(medium === undefined ? [] : [medium]), ...at].join('.')
    warning(report, 'theme-unused', place, `\`${name}\` says nothing: ${why}`, hint)
  }
  const look = (node: MapNode, path: string[]) => {
    for (const [key, entry] of node.entries) {
      const at = [...path, key]
      if (path.length === 0 && medium === 'epub' && key === SHEET) continue
      const only = onlyIn(at)
      if (only === 'none') {
        const { instead } = unreadOf(at[1]!)!
        const hint = instead === undefined ? 'take it out' : `take it out: ${instead}`
        tell(entry.place, at, `\`${at[1]}\` has no \`${key}\` in either output`, hint)
      }
      if (only !== undefined && only === other) {
        const where = other === 'pdf' ? 'below `print` or `screen`' : 'below `epub`'
        tell(entry.place, at, `only the ${other.toUpperCase()} has it`, `take it out, or say it ${where}`)
      } else if (only === undefined && entry.kind === 'map') look(entry, at)
    }
  }
  look(said, [])
}

function ownOf(layer: MapNode, medium: Medium): MapNode | undefined {
  const said = layer.entries.get(medium)
  if (said?.kind !== 'map') return undefined
  const entries = new Map([...said.entries].filter(([key]) => TAKEN.includes(key)))
  return entries.size === 0 ? undefined : { ...layer, entries }
}

function everywhere(layer: MapNode): MapNode {
  const entries = new Map(layer.entries)
  for (const medium of MEDIA) entries.delete(medium)
  const epub = layer.entries.get('epub')
  const sheet = epub?.kind === 'map' ? epub.entries.get(SHEET) : undefined
  if (epub?.kind === 'map' && sheet !== undefined) entries.set('epub', { ...epub, entries: new Map([[SHEET, sheet]]) })
  return { ...layer, entries }
}

/** What is counted and marked once for the whole book, whatever the edition: who cites one finds it in the other. */
const SHARED: readonly [path: string[], of: (theme: Theme) => unknown][] = [
  [['numbering'], ({ numbering }) => numbering],
  [['captions', 'number'], ({ captions }) => captions?.number],
  [['captions', 'label'], ({ captions }) => captions?.label],
  [['captions', 'joint'], ({ captions }) => captions?.joint],
  [['notes', 'marks'], ({ notes }) => notes.marks],
  [['cover', 'picture'], ({ cover }) => cover.picture ?? 'alone'],
  [['contents', 'depth'], ({ contents }) => contents?.depth ?? 1],
  [['contents', 'numbers'], ({ contents }) => contents?.numbers ?? true],
  [['contents', 'authors'], ({ contents }) => contents?.authors],
  [['notes', 'place'], ({ notes }) => notes.place === 'book'],
  [['verse', 'numbers'], ({ verse }) => verse?.numbers],
  [['styles'], ({ classes }) => Object.keys(classes)],
  [
    ['sections'],
    ({ sections }) => Object.entries(sections).flatMap(([role, style]) => (style.opening === undefined ? [] : [role])),
  ],
]

export function checkShared(all: Theme, own: Theme, medium: Medium, tree: MapNode, report: Report): void {
  for (const [path, of] of SHARED) {
    if (JSON.stringify(of(all)) === JSON.stringify(of(own))) continue
    const [name, why] =
      path[0] === 'styles'
        ? ['a class of your own', 'classes are the same']
        : path[0] === 'sections'
          ? ['`sections.….opening`', 'first paragraphs are the same']
          : [`\`${path.join('.')}\``, 'what is counted is the same']
    const hint = `say it outside of \`${medium}\`: what goes beside may then differ there`
    error(
      report,
      'theme-value',
      placeAt(tree, path),
      `\`${medium}\` cannot change ${name}: ${why} in all editions`,
      hint,
    )
  }
}
