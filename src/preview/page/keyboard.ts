// Every key and what it does. A word can be reached without a mouse: Enter marks the first of the page, Shift and the arrows go on.
import type { Finding, PageDetail, Spot, State } from '../protocol.js'
import type { Controls } from './controls.js'
import { makeCursor } from './cursor.js'
import { byId, say } from './dom.js'
import type { makeFind } from './find-bar.js'
import { type Key, makeKeys } from './help.js'
import { LAYERS } from './overlay.js'
import type { makePlace } from './place.js'
import type { Reader } from './reader.js'
import { keep, settings } from './settings.js'
import type { Panels } from './side-panel.js'

interface Parts {
  reader: Reader
  find: ReturnType<typeof makeFind>
  panels: Panels
  place: ReturnType<typeof makePlace>
  controls: Controls
  state(): State | undefined
  spot(): Spot | undefined
  layer(name: string): void
  press(page: number, x: number, y: number): Promise<void>
  detail(page: number): Promise<PageDetail | undefined>
  goTo(page: number, y?: number): void
  /** First and last of the pages in view. */
  inView(): [number, number]
  goToFinding(finding: Finding): Promise<void>
  clear(): void
}

export function makeKeyboard(parts: Parts) {
  const { reader, panels } = parts
  const count = () => parts.state()?.sources[0]?.keys.length ?? 1
  const cursor = makeCursor({ ...parts, count })
  let problem = -1

  const chapter = (by: number) => {
    const starts = [...new Set(parts.state()?.chapters.map(({ page }) => page) ?? [])]
    const [first, last] = parts.inView()
    const to = by > 0 ? starts.find((page) => page > last) : starts.findLast((page) => page < first)
    if (to !== undefined) parts.goTo(to)
  }
  const spread = (by: number) => {
    const [first, last] = parts.inView()
    parts.goTo(Math.min(count() - 1, Math.max(0, by > 0 ? last + 1 : first - 1)))
  }
  /** Left and right turn what has the focus. */
  const sideways = (by: number) => {
    const inReader = document.activeElement?.closest('#screen') !== null && document.activeElement !== document.body
    if (inReader) reader.turn(by)
    else spread(parts.state()?.direction === 'rtl' ? -by : by)
  }
  const nextProblem = (by: number) => {
    const all = parts.state()?.findings ?? []
    if (all.length === 0) return say('Nothing is wrong')
    problem = (problem + by + all.length) % all.length
    void parts.goToFinding(all[problem]!)
    say(`${all[problem]!.message}. ${all[problem]!.hint}`)
  }
  const press = (id: string) => document.getElementById(id)?.click()
  const radio = (name: string) => {
    const all = [...document.querySelectorAll<HTMLInputElement>(`#${name} input`)]
    all[(all.findIndex((each) => each.checked) + 1) % all.length]?.click()
  }

  const nextFace = () => {
    const select = byId<HTMLSelectElement>('face')
    select.selectedIndex = (select.selectedIndex + 1) % select.length
    select.dispatchEvent(new Event('change'))
    say(select.selectedOptions[0]?.label ?? '')
  }

  function enter(event: KeyboardEvent): void {
    if (document.activeElement?.id !== 'sheets') return
    event.preventDefault()
    cursor.begin()
  }
  function leave(event: KeyboardEvent): void {
    event.preventDefault()
    if (panels.open === undefined) parts.clear()
    else panels.close()
  }

  const does = { chapter, sideways, nextProblem, press, radio, nextFace, enter, leave }

  document.addEventListener(
    'keydown',
    (event) => {
      if (!event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
      if ((event.target as Element).matches?.('input, select, textarea, [role="slider"], [role="separator"]')) return
      const way = ARROWS.get(event.key)
      if (way === undefined) return
      event.preventDefault()
      cursor.step(...way)
    },
    { capture: true },
  )

  const { press: pressed } = makeKeys(
    keysOf(parts, does),
    () => settings.keys,
    (on) => keep({ keys: on }),
  )
  return { press: pressed }
}

/** What keys do that is not done elsewhere. */
interface Does {
  chapter(by: number): void
  sideways(by: number): void
  nextProblem(by: number): void
  press(id: string): void
  radio(name: string): void
  nextFace(): void
  enter(event: KeyboardEvent): void
  leave(event: KeyboardEvent): void
}

function keysOf({ reader, find, panels, place, controls, layer }: Parts, does: Does): Key[] {
  return [
    {
      key: 'ArrowRight',
      shown: '← →',
      what: 'turn the spread, or the reader’s page',
      group: 'Pages',
      always: true,
      do: take(() => does.sideways(1)),
    },
    { key: 'ArrowLeft', what: '', group: 'Pages', always: true, do: take(() => does.sideways(-1)) },
    { key: ']', shown: '[ ]', what: 'chapter before, chapter after', group: 'Pages', do: () => does.chapter(1) },
    { key: '[', what: '', group: 'Pages', do: () => does.chapter(-1) },
    { key: '+', shown: '+ −', what: 'zoom', group: 'Pages', do: () => controls.zoom('in') },
    { key: '=', what: '', group: 'Pages', do: () => controls.zoom('in') },
    { key: '-', what: '', group: 'Pages', do: () => controls.zoom('out') },
    { key: '0', what: 'fit the width, fit the page', group: 'Pages', do: () => controls.zoom('fit') },
    { key: '2', what: 'spreads or single pages', group: 'Pages', do: () => controls.single() },
    { key: 'i', what: 'next edition', group: 'Pages', do: () => does.radio('edition') },
    { key: '.', shown: ', .', what: 'page back, page on', group: 'Reader', do: () => reader.turn(1) },
    { key: ',', what: '', group: 'Reader', do: () => reader.turn(-1) },
    { key: 'd', what: 'next device', group: 'Reader', do: () => does.radio('device') },
    { key: 'n', what: 'day, sepia, night', group: 'Reader', do: () => does.radio('ground') },
    { key: 'f', what: 'next face', group: 'Reader', do: () => does.nextFace() },
    { key: '>', shown: '< >', what: 'smaller, larger type', group: 'Reader', do: () => controls.type(10) },
    { key: '<', what: '', group: 'Reader', do: () => controls.type(-10) },
    { key: 'a', what: 'panes together or apart', group: 'Reader', do: () => controls.together() },
    { key: 'ArrowRightShift', shown: 'Shift arrows', what: 'the word beside it', group: 'Word', do: () => {} },
    { key: 'o', what: 'open in the editor', group: 'Word', do: () => void place.open() },
    {
      key: 'Ctrl+Enter',
      shown: 'Ctrl Enter',
      what: 'the same, always',
      group: 'Word',
      always: true,
      do: take(() => void place.open()),
    },
    { key: 'k', what: 'copy file, line and column', group: 'Word', do: () => void place.copy() },
    { key: '/', shown: '/', what: 'find in both', group: 'Word', do: take(() => find.focus()) },
    { key: 'Enter', what: 'in the pages: mark a word', group: 'Word', always: true, do: does.enter },
    {
      key: 'F3',
      shown: 'F3',
      what: 'next place found, Shift: before',
      group: 'Word',
      always: true,
      do: take((event) => find.step(event.shiftKey ? -1 : 1)),
    },
    {
      key: 'Escape',
      shown: 'Esc',
      what: 'close the panel, take the mark away',
      group: 'Panels',
      always: true,
      do: does.leave,
    },
    { key: 'x', what: 'problems', group: 'Panels', do: () => panels.toggle('problems') },
    { key: 'w', what: 'layers', group: 'Panels', do: () => panels.toggle('layers') },
    { key: 'j', what: 'next problem', group: 'Panels', do: () => does.nextProblem(1) },
    { key: 'h', what: 'theme', group: 'Panels', do: () => panels.toggle('theme') },
    { key: 'r', what: 'reading order', group: 'Panels', do: () => panels.toggle('order') },
    { key: 'm', what: 'day or night for all', group: 'Panels', do: () => does.press('light') },
    { key: '?', what: 'this sheet', group: 'Panels', do: () => does.press('help-open') },
    ...LAYERS.map(
      (one): Key => ({
        key: one.key,
        what: one.label.toLowerCase(),
        group: 'Layers',
        do: () => layer(one.name),
      }),
    ),
  ]
}

const ARROWS = new Map<string, [number, number]>([
  ['ArrowRight', [1, 0]],
  ['ArrowLeft', [-1, 0]],
  ['ArrowDown', [0, 1]],
  ['ArrowUp', [0, -1]],
])

function take(call: (event: KeyboardEvent) => void) {
  return (event: KeyboardEvent) => {
    event.preventDefault()
    call(event)
  }
}
