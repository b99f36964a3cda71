// The panel of layers: what can be drawn over the pages, each with its colour and its key.
import type { SinceRelease } from '../protocol.js'
import { h, many } from './dom.js'
import { LAYERS, SCALE } from './overlay.js'

/** `notes`: what is to be said of a layer, by its name. */
export function layerList(
  on: ReadonlySet<string>,
  toggle: (name: string) => void,
  notes: ReadonlyMap<string, string>,
): HTMLElement {
  return h(
    'div',
    {},
    ...LAYERS.flatMap(({ name, label, key, colour }) => {
      const swatch = colour === undefined ? undefined : h('span', { class: 'swatch' })
      if (swatch !== undefined) swatch.style.background = colour!
      const note = on.has(name) ? notes.get(name) : undefined
      const row = h(
        'label',
        { class: 'check' },
        h('input', { type: 'checkbox', id: `layer-${name}`, checked: on.has(name), onchange: () => toggle(name) }),
        label,
        swatch,
        h('kbd', {}, key),
      )
      return note === undefined ? [row] : [row, h('p', { class: 'quiet note' }, note)]
    }),
    h('h3', {}, 'Looseness'),
    scale(),
    h('p', { class: 'quiet' }, 'From as tight as the theme allows, over natural, to looser than it allows.'),
  )
}

function scale(): HTMLElement {
  const parts = SCALE.map((colour) => {
    const part = h('span')
    part.style.background = colour
    return part
  })
  return h('div', { class: 'scale', 'aria-hidden': 'true' }, ...parts)
}

/** `since`: against the last release. */
export function releaseNote({ date, added, altered, removed, moved }: SinceRelease): string {
  const all = [
    [added, 'new'],
    [altered, 'altered'],
    [removed, 'gone'],
  ].filter(([count]) => count !== 0)
  const said = all.length === 0 ? 'no paragraph is another' : `${all.map((each) => each.join(' ')).join(', ')}`
  return `Since ${date}: ${said}; ${many(moved.length, 'page begins', 'pages begin')} elsewhere.`
}
