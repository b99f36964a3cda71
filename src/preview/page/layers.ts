// The panel of layers: what can be drawn over the pages, each with its colour and its key.
import { h } from './dom.js'
import { LAYERS, SCALE } from './overlay.js'

export function layerList(on: ReadonlySet<string>, toggle: (name: string) => void): HTMLElement {
  return h(
    'div',
    {},
    ...LAYERS.map(({ name, label, key, colour }) => {
      const swatch = colour === undefined ? undefined : h('span', { class: 'swatch' })
      if (swatch !== undefined) swatch.style.background = colour!
      return h(
        'label',
        { class: 'check' },
        h('input', { type: 'checkbox', id: `layer-${name}`, checked: on.has(name), onchange: () => toggle(name) }),
        label,
        swatch,
        h('kbd', {}, key),
      )
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
