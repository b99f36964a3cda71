// The page: what the server knows goes in, and stands on the desk as paper and as a screen. This file ties the parts together.
import type { Box, Built, Finding, Found, PageDetail, Source, Spot, State } from '../protocol.js'
import { makeControls } from './controls.js'
import { byId, calm, h, say } from './dom.js'
import { makeFind } from './find.js'
import { makeFollow } from './follow.js'
import { showFrame, tell, tellBuilt } from './frame.js'
import { makeKeyboard } from './keyboard.js'
import { layerList } from './layers.js'
import { orderList } from './order.js'
import { drawOver, LAYERS } from './overlay.js'
import { makePanels, type PanelKind } from './panel.js'
import { makePlace, placeIn } from './place.js'
import { problemList } from './problems.js'
import { makeReader } from './reader.js'
import { makeRuler, namesOf } from './ruler.js'
import { listen, server } from './server.js'
import { keep, settings } from './settings.js'
import { type Leaf, makeSheets } from './sheets.js'
import { makeThemePanel } from './theme-panel.js'

let state: State | undefined
let shown: Source['name'] = 'pages'
let spot: Spot | undefined
/** Pages that begin otherwise than when the last build began, and since this window was opened. */
let moved: readonly number[] = []
let pointed: { page: number; tag: number | undefined } | undefined
const details = new Map<string, PageDetail>()
const layers = new Set(settings.layers)

const sourceOf = (name: Source['name']) => state?.sources.find((each) => each.name === name)
const pages = () => sourceOf('pages')

const sheets = makeSheets({
  drawn: drawLeaf,
  moved: () => {
    ruler.set({ view: sheets.inView() })
    if (panels.open === 'order') orderSoon()
    follow.soon('paper')
  },
  pressed: (index, x, y, twice) => {
    if (shown === 'pages') void press(server.spotOnPage(index, x, y), 'paper', twice)
    else say('Places are known in the pages, not in this edition')
  },
})
const reader = makeReader(settings, {
  pressed: (path, offset, twice) => void press(server.spotInDocument(path, offset), 'screen', twice),
  turned: (byReader) => {
    if (!byReader) return
    follow.lead('screen')
    follow.soon('screen')
  },
  key: (event) => keyboard.press(event),
})
const ruler = makeRuler((page) => {
  turnTo('pages')
  follow.lead('paper')
  sheets.goTo(page)
})
const follow = makeFollow({ sheets, reader, ruler, pages: () => (shown === 'pages' ? pages() : undefined) })
const place = makePlace()
const theme = makeThemePanel(() => panels.refresh('theme'))
const find = makeFind(
  () => {
    sheets.refresh()
    reader.find(find.text, find.current?.spot.epub)
    ruler.set({ found: find.all.flatMap((each) => each.spot.page?.index ?? []) })
  },
  (found: Found) => void goTo(found.spot, { paper: true, screen: true }),
)
const panels = makePanels(
  new Map<string, PanelKind>([
    [
      'problems',
      { title: 'Problems', fill: (into) => into.replaceChildren(problemList(state?.findings ?? [], goToFinding)) },
    ],
    [
      'layers',
      { title: 'Layers over the pages', fill: (into) => into.replaceChildren(layerList(layers, toggleLayer)) },
    ],
    [
      'theme',
      {
        title: 'Theme',
        fill: (into) => {
          theme.fill(into)
          if (into.childElementCount < 2) void theme.load()
        },
      },
    ],
    ['order', { title: 'Reading order', fill: fillOrder, closed: () => point(0, undefined) }],
  ]),
)
const controls = makeControls({
  sheets,
  reader,
  edition: (name) => turnTo(name),
  light: () => sheets.refresh(),
})
const keyboard = makeKeyboard({
  sheets,
  reader,
  find,
  panels,
  place,
  controls,
  state: () => state,
  spot: () => spot,
  layer: toggleLayer,
  press: (index, x, y) => press(server.spotOnPage(index, x, y), 'paper', false),
  detail: detailOf,
  goTo: (page) => {
    follow.lead('paper')
    sheets.goTo(page)
  },
  goToFinding,
  clear: () => {
    spot = undefined
    place.show(undefined)
    sheets.refresh()
    void reader.mark(undefined, false)
  },
})

/** A word was pressed in one pane: it is marked in both, and the other goes to it. */
async function press(asked: Promise<Spot | undefined>, where: 'paper' | 'screen', twice: boolean): Promise<void> {
  const next = await asked
  if (next === undefined) return
  await goTo(next, { paper: where !== 'paper', screen: where !== 'screen' })
  if (twice) await place.open()
}

/** Marks a word; goes to it in the panes that are said. */
async function goTo(next: Spot, go: { paper: boolean; screen: boolean }): Promise<void> {
  spot = next
  follow.lead(undefined)
  place.show(next)
  if (next.page !== undefined && go.paper) {
    turnTo('pages')
    sheets.goTo(next.page.index, next.page.boxes[0]?.y)
  }
  sheets.refresh()
  await reader.mark(next.epub && { ...next.epub }, go.screen)
}

async function goToFinding(finding: Finding): Promise<void> {
  const { path, line, page, box } = finding
  const there = path !== '' && line > 0 ? await server.spotInFile(path, line) : undefined
  if (there !== undefined) return goTo(there, { paper: true, screen: true })
  if (page !== undefined) {
    turnTo('pages')
    sheets.goTo(page, box?.y)
  }
  if (path !== '') place.show({ word: finding.code, file: path, line: Math.max(1, line), column: 1, generated: false })
}

/** The address says a place, by hand or by a bookmark. */
async function goToAddress(): Promise<void> {
  const wanted = placeIn(location.hash)
  if (wanted === undefined) return
  const there = await server.spotInFile(wanted.file, wanted.line, wanted.column)
  if (there === undefined) say(`${wanted.file}:${wanted.line} is not in the book`)
  else await goTo(there, { paper: true, screen: true })
}

// What is drawn over a page.

function drawLeaf(leaf: Leaf): void {
  const source = sourceOf(shown)
  if (source === undefined || state === undefined) return
  leaf.element.classList.toggle('changed', shown === 'pages' && layers.has('changes') && moved.includes(leaf.index))
  if (shown !== 'pages') {
    leaf.over.replaceChildren()
    return
  }
  const boxesOf = (some: Spot | undefined): readonly Box[] => (some?.page?.index === leaf.index ? some.page.boxes : [])
  drawOver(leaf.over, {
    layers,
    grid: source.grid,
    recto: (leaf.index % 2 === 0) !== (state.direction === 'rtl'),
    width: source.width,
    height: source.height,
    detail: details.get(leaf.key),
    mark: boxesOf(spot),
    found: find.all.flatMap((each) => boxesOf(each.spot).map((box) => ({ box, now: each === find.current }))),
    findings: state.findings.filter((each) => each.page === leaf.index),
    tag: pointed?.page === leaf.index ? pointed.tag : undefined,
  })
  if (LAYERS.some((each) => each.detail && layers.has(each.name)) && !details.has(leaf.key))
    void detailOf(leaf.index).then((detail) => {
      if (detail !== undefined && sheets.leaves.get(leaf.index) === leaf) drawLeaf(leaf)
    })
}

const asked = new Map<string, Promise<PageDetail | undefined>>()
function detailOf(index: number): Promise<PageDetail | undefined> {
  const key = pages()?.keys[index]
  if (key === undefined) return Promise.resolve(undefined)
  const known = details.get(key)
  if (known !== undefined) return Promise.resolve(known)
  const running = asked.get(key)
  if (running !== undefined) return running
  const answer = server.page('pages', index).then((detail) => {
    asked.delete(key)
    // A long book would fill the memory: what was asked first goes first.
    if (details.size > 200) details.delete(details.keys().next().value!)
    if (detail !== undefined) details.set(key, detail)
    return detail
  })
  asked.set(key, answer)
  return answer
}

function toggleLayer(name: string): void {
  if (!layers.delete(name)) layers.add(name)
  keep({ layers: [...layers] })
  panels.refresh('layers')
  sheets.refresh()
  const layer = LAYERS.find((each) => each.name === name)
  say(`${layer?.label ?? name} ${layers.has(name) ? 'on' : 'off'}`)
}

function point(page: number, tag: number | undefined): void {
  pointed = { page, tag }
  sheets.refresh()
}

function fillOrder(into: HTMLElement): void {
  const source = pages()
  if (source === undefined || shown !== 'pages') return
  const [first, last] = sheets.inView()
  const some = source.labels
    .slice(first, last + 1)
    .map((label, i) => ({ index: first + i, label, detail: details.get(source.keys[first + i]!) }))
  into.replaceChildren(orderList(some, point, (page, { box }) => sheets.goTo(page, box?.y)))
  const missing = some.filter(({ detail }) => detail === undefined)
  if (missing.length > 0)
    void Promise.all(missing.map(({ index }) => detailOf(index))).then((got) => {
      if (got.some((each) => each !== undefined)) panels.refresh('order')
    })
}
const orderSoon = calm(200, () => panels.refresh('order'))

// What the server says.

function turnTo(name: Source['name']): void {
  if (shown === name || sourceOf(name) === undefined) return
  shown = name
  controls.editions(
    state!.sources.map((each) => each.name),
    shown,
  )
  showSheets()
}

function showSheets(stay?: number): void {
  const source = sourceOf(shown) ?? pages()
  if (source === undefined || state === undefined) return
  shown = source.name
  sheets.show(source, { spreads: !settings.single, rtl: state.direction === 'rtl' }, stay)
}

function frame(): void {
  if (state === undefined) return
  showFrame(state, () => panels.show('problems'))
  ruler.set({
    count: pages()?.keys.length ?? 0,
    labels: pages()?.labels ?? [],
    chapters: state.chapters,
    findings: state.findings,
    changed: moved,
    rtl: state.direction === 'rtl',
    view: sheets.inView(),
  })
  reader.name(namesOf(state.chapters))
  panels.refresh('problems')
}

async function wholeState(): Promise<void> {
  const next = await server.state()
  if (next === undefined) return
  state = next
  controls.editions(
    next.sources.map((each) => each.name),
    shown,
  )
  showSheets()
  frame()
  tellBuilt(state)
  await begin()
  await reader.update(next.documents)
}

let begun = false
/** When there is something to open: at the place that the address says, or at the first page. */
async function begin(): Promise<void> {
  if (begun || state === undefined || state.documents.length === 0) return
  begun = true
  reader.setDocuments(state.documents)
  void theme.load()
  await goToAddress()
  const opening = state.chapters[0]?.document ?? state.documents[0]?.path
  if (reader.path === '' && opening !== undefined) await reader.load(opening, { page: 'first' })
}

async function built(what: Built): Promise<void> {
  if (state === undefined || what.revision <= state.revision) return
  const source = pages()
  const { at, removed, keys } = what.pages
  let stay: number | undefined
  if (source !== undefined) {
    const { page } = sheets.standing()
    // What is above the view grows or shrinks: the view goes along with its page.
    if (shown === 'pages' && at + removed <= page) stay = Math.max(0, page + keys.length - removed)
    source.keys.splice(at, removed, ...keys)
  }
  Object.assign(state, {
    revision: what.revision,
    building: false,
    broken: what.broken,
    ms: what.ms,
    findings: what.findings,
    statistics: what.statistics,
  })
  const fresh = new Map(what.documents.map(({ path, key }) => [path, key]))
  for (const each of state.documents) each.key = fresh.get(each.path) ?? each.key
  moved = what.moved
  // Both views begin at once: neither waits for the other, nor for the rest of the frame.
  const screen = what.whole ? undefined : reader.update(state.documents)
  if (what.whole) {
    const next = await server.state()
    if (next !== undefined) state = next
    controls.editions(
      state.sources.map((each) => each.name),
      shown,
    )
  }
  showSheets(stay)
  await begin()
  await Promise.all([screen ?? reader.update(state.documents), sheets.settled()])
  await painted(what.revision)
  frame()
  tellBuilt(state)
  markElsewhere(what.where)
  panels.refresh('order')
  if (panels.open === 'theme' && document.activeElement?.closest('#panel-body') === null) void theme.load()
  await Promise.all([find.again(), again()])
}

/** After the next frame: for whoever measures from outside, the moment in which all was seen. */
async function painted(revision: number): Promise<void> {
  await new Promise(requestAnimationFrame)
  await new Promise((go) => setTimeout(go, 0))
  document.documentElement.dataset['painted'] = String(revision)
}

/** The marked word, where it is now. */
async function again(): Promise<void> {
  if (spot?.file === undefined) return
  const next = await server.spotInFile(spot.file, spot.line ?? 1, spot.column)
  spot = next
  sheets.refresh()
  await reader.mark(next?.epub, false)
}

/** A change that nobody sees is said, and never jumped to. */
function markElsewhere(where: Built['where']): void {
  const mark = byId('elsewhere')
  mark.replaceChildren()
  if (where === undefined || state === undefined) return
  const [first, last] = sheets.inView()
  const seen =
    (where.page !== undefined && shown === 'pages' && where.page >= first && where.page <= last) ||
    where.document === reader.path
  if (seen) return
  const label = where.page === undefined ? undefined : pages()?.labels[where.page]
  const name = label === undefined ? 'the e-reader' : `page ${label}`
  const show = async () => {
    mark.replaceChildren()
    const there =
      where.file === undefined || where.line === undefined ? undefined : await server.spotInFile(where.file, where.line)
    if (there !== undefined) return goTo(there, { paper: true, screen: true })
    if (where.page !== undefined) sheets.goTo(where.page)
    if (where.document !== undefined) await reader.load(where.document, { page: 'first' })
  }
  mark.append(h('button', { type: 'button', onclick: () => void show() }, `Changed on ${name}`))
}

let turn: Promise<void> = Promise.resolve()
/** One after the other: a build may follow close upon the last. */
const inTurn = (call: () => Promise<void>) => {
  turn = turn.then(call, call)
}

listen({
  hello: (revision) => {
    if (state === undefined || state.revision !== revision) inTurn(wholeState)
    else tellBuilt(state)
  },
  building: () => {
    if (state !== undefined) state.building = true
    tell('building', 'setting')
  },
  built: (what) => inTurn(() => built(what)),
  show: (next) => inTurn(() => goTo(next, { paper: true, screen: true })),
  gone: () => tell('gone', 'the preview has ended'),
})
window.addEventListener('hashchange', () => inTurn(goToAddress))
