// The switches over the two panes: edition, zoom, device, colours, face, type; the bar between them; day and night; tabs.
import type { Source } from '../protocol.js'
import { DEVICES, groundOf } from './device.js'
import { byId, choice, say } from './dom.js'
import type { Paper } from './paper.js'
import type { Reader } from './reader.js'
import { keep, type Settings, settings } from './settings.js'

interface Parts {
  sheets: Paper
  reader: Reader
  edition(name: Source['name']): void
  light(): void
}

const EDITIONS = new Map<Source['name'], string>([
  ['pages', 'Pages'],
  ['print', 'Print'],
  ['booklet', 'Booklet'],
  ['cover', 'Cover'],
])
const NATURAL = 96 / 72

export function makeControls({ sheets, reader, edition, light }: Parts) {
  const desk = byId('desk')

  const restyle = (change: Partial<Settings>) => {
    keep(change)
    reader.restyle()
    byId('type-value').textContent = `${settings.type} %`
  }
  choice(
    byId('device'),
    [...DEVICES].map(([value, { name }]) => ({ value, label: name })),
    settings.device,
    (value) => restyle({ device: value as Settings['device'] }),
  )
  const grounds = () =>
    choice(
      byId('ground'),
      [
        { value: 'day', label: 'Day', title: 'Day' },
        { value: 'sepia', label: 'Sepia', title: 'Sepia' },
        { value: 'night', label: 'Night', title: 'Night' },
      ],
      groundOf(settings),
      (value) => restyle({ ground: value as Settings['ground'] }),
    )
  const face = byId<HTMLSelectElement>('face')
  face.value = settings.face
  face.addEventListener('change', () => restyle({ face: face.value as Settings['face'] }))
  byId('type-value').textContent = `${settings.type} %`

  const self = {
    editions: (names: readonly Offered[], shown: Source['name']) => showEditions(names, shown, edition),
    zoom(how: 'in' | 'out' | 'fit') {
      const to =
        how === 'fit' ? (sheets.zoom === 'width' ? 'page' : 'width') : sheets.scale * (how === 'in' ? 1.2 : 1 / 1.2)
      sheets.zoomTo(to)
      keep({ zoom: sheets.zoom })
      showZoom(sheets)
    },
    type(by: number) {
      restyle({ type: Math.min(300, Math.max(60, settings.type + by)) })
      say(`Type ${settings.type} %`)
    },
    single() {
      keep({ single: !settings.single })
      sheets.spreads(!settings.single)
      say(settings.single ? 'Single pages' : 'Spreads')
    },
    together() {
      keep({ together: !settings.together })
      say(settings.together ? 'The panes go together' : 'The panes go each for itself')
    },
    light() {
      keep({ light: isNight() ? 'day' : 'night' })
      applyLight()
      say(settings.light === 'night' ? 'Night' : 'Day')
    },
    tab(name: 'paper' | 'screen') {
      desk.dataset['tab'] = name
      for (const button of document.querySelectorAll<HTMLElement>('#tabs button'))
        button.setAttribute('aria-pressed', String(button.dataset['tab'] === name))
    },
  }

  onEach('[data-zoom]', ({ zoom }) => self.zoom(zoom as 'in'))
  onEach('[data-type]', ({ type }) => self.type(type === 'in' ? 10 : -10))
  onEach('[data-turn]', ({ turn }) => reader.turn(Number(turn)))
  onEach('#tabs button', ({ tab }) => self.tab(tab as 'paper'))
  byId('light').addEventListener('click', () => self.light())

  const dark = matchMedia('(prefers-color-scheme: dark)')
  const isNight = () => settings.light === 'night' || (settings.light === 'auto' && dark.matches)
  const applyLight = () => {
    document.documentElement.dataset['light'] = isNight() ? 'night' : 'day'
    byId('light').setAttribute('aria-pressed', String(isNight()))
    byId('light').setAttribute('aria-label', 'Night')
    grounds()
    reader.restyle()
    light()
  }
  dark.addEventListener('change', applyLight)
  applyLight()

  makeGutter(desk)
  self.tab('paper')
  sheets.zoomTo(settings.zoom)
  showZoom(sheets)
  byId('sheets').addEventListener('wheel', () => showZoom(sheets), { passive: true })
  return self
}

export type Controls = ReturnType<typeof makeControls>

function onEach(selector: string, act: (data: DOMStringMap) => void): void {
  for (const button of document.querySelectorAll<HTMLElement>(selector))
    button.addEventListener('click', () => act(button.dataset))
}

interface Offered {
  value: Source['name']
  asked: boolean
}

function showEditions(names: readonly Offered[], shown: Source['name'], edition: (name: Source['name']) => void): void {
  choice(
    byId('edition'),
    names.map(({ value, asked }) => ({
      value,
      label: EDITIONS.get(value) ?? value,
      ...(!asked && { title: 'The book does not ask for it: as it would be' }),
    })),
    shown,
    (value) => edition(value as Source['name']),
  )
}

function showZoom({ zoom }: Paper): void {
  const button = byId('zoom-value')
  button.textContent = typeof zoom === 'number' ? `${Math.round((zoom / NATURAL) * 100)} %` : zoom
  button.setAttribute(
    'aria-label',
    typeof zoom === 'number'
      ? `Zoom ${button.textContent}: fit the width`
      : `Fitted to the ${zoom}: fit the ${zoom === 'width' ? 'page' : 'width'}`,
  )
}

/** The bar between the panes, which is drawn, or moved by keys. */
function makeGutter(desk: HTMLElement): void {
  const gutter = byId('gutter')
  const share = (part: number) => {
    keep({ share: Math.round(Math.min(80, Math.max(20, part))) })
    desk.style.setProperty('--share', `${settings.share}fr`)
    desk.style.setProperty('--rest', `${100 - settings.share}fr`)
    gutter.setAttribute('aria-valuenow', String(settings.share))
  }
  share(settings.share)
  gutter.addEventListener('pointerdown', (event) => {
    gutter.setPointerCapture(event.pointerId)
    desk.dataset['dragged'] = ''
  })
  gutter.addEventListener('pointerup', () => delete desk.dataset['dragged'])
  gutter.addEventListener('pointermove', (event) => {
    if (!gutter.hasPointerCapture(event.pointerId)) return
    const box = desk.getBoundingClientRect()
    share(((event.clientX - box.left) / box.width) * 100)
  })
  gutter.addEventListener('keydown', (event) => {
    const by = new Map([
      ['ArrowLeft', -2],
      ['ArrowRight', 2],
      ['Home', -100],
      ['End', 100],
    ]).get(event.key)
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    share(settings.share + by)
  })
}
