// The page: what the server knows goes in, and stands on the desk as paper and as a screen. This file ties the parts together.
import { applyBuilt } from '../apply.js'
import type {
  Box,
  Built,
  Finding,
  Found,
  PageDetail,
  SheetPart,
  SinceRelease,
  Source,
  Spot,
  State,
} from '../protocol.js'
import { makeControls } from './controls.js'
import { byId, calm, h, say, setChildren, svg } from './dom.js'
import { makeFind } from './find-bar.js'
import { makeFollow } from './follow.js'
import { makeKeyboard } from './keyboard.js'
import { layerList, releaseNote } from './layers.js'
import type { Leaf } from './leaf.js'
import { orderList } from './order.js'
import { drawOver, LAYERS } from './overlay.js'
import { makePaper } from './paper.js'
import { makePlace, placeIn } from './place.js'
import { problemList } from './problems.js'
import { makeReader } from './reader.js'
import { listen, server } from './routes.js'
import { makeRuler, namesOf } from './ruler.js'
import { keep, settings } from './settings.js'
import { makeEditions } from './shown-edition.js'
import { makePanels, type PanelKind } from './side-panel.js'
import { showFrame, tell, tellBuilding, tellBuilt } from './status.js'
import { makeThemePanel } from './theme-panel.js'

let state: State | undefined
let spot: Spot | undefined
let since: SinceRelease | undefined
/** Pages that begin otherwise than when the last build began, and since this window was opened. */
let moved: readonly number[] = []
let pointed: { page: number; tag: number | undefined } | undefined
const details = new Map<string, PageDetail>()
const layers = new Set(settings.layers)

const editions = makeEditions(() => state)
const { pages } = editions

const sheets = makePaper({
  drawn: drawLeaf,
  moved: () => {
    ruler.set({ view: inView() })
    if (panels.open === 'order') orderSoon()
    follow.soon('paper')
  },
  pressed: (index, x, y, twice) => {
    const at = editions.placeAt(index, x, y)
    if (at !== undefined) void press(server.spotOnPage(at.page, at.x, at.y), 'paper', twice)
  },
  marked: () => spot?.page && editions.placeOf(spot.page.index, spot.page.boxes[0]?.y),
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
const inView = () => editions.inView(sheets.inView())
const ruler = makeRuler((page) => {
  follow.lead('paper')
  void goToPage(page)
})
const follow = makeFollow({ sheets, reader, ruler, pages: () => (editions.shown === 'pages' ? pages() : undefined) })
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
      { title: 'Layers over the pages', fill: (into) => into.replaceChildren(layerList(layers, toggleLayer, notes())) },
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
  edition: (name) => void turnTo(name),
  light: () => sheets.refresh(),
})
const keyboard = makeKeyboard({
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
  goTo: (page, y) => {
    follow.lead('paper')
    void goToPage(page, y)
  },
  inView,
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
  if (next.page !== undefined && go.paper) await goToPage(next.page.index, next.page.boxes[0]?.y)
  sheets.refresh()
  await reader.mark(next.epub && { ...next.epub }, go.screen)
}

async function goToFinding(finding: Finding): Promise<void> {
  const { path, line, page, box } = finding
  const there = path !== '' && line > 0 ? await server.spotInFile(path, line) : undefined
  if (there !== undefined) return goTo(there, { paper: true, screen: true })
  if (page !== undefined) await goToPage(page, box?.y)
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
  const source = editions.source
  const own = pages()
  if (source === undefined || own === undefined || state === undefined) return
  const parts = editions.partsAt(leaf.index)
  const isMoved = ({ page }: SheetPart) =>
    (layers.has('changes') && moved.includes(page)) || (layers.has('release') && since?.moved.includes(page) === true)
  leaf.element.classList.toggle('changed', parts.some(isMoved))
  const trims = editions.trimsAt(leaf.index).map((box) => svg('rect', { class: 'trim', ...box }))
  setChildren(leaf.over, [
    ...trims,
    ...parts.map((part) => svg('g', { transform: placed(part) }, ...overPage(part.page))),
  ])
  for (const { page } of parts)
    if (LAYERS.some((each) => each.detail && layers.has(each.name)) && !details.has(own.keys[page]!))
      void detailOf(page).then((detail) => {
        if (detail !== undefined && sheets.leaves.get(leaf.index) === leaf) drawLeaf(leaf)
      })
}

const placed = ({ x, y, scale }: SheetPart) => `translate(${x} ${y}) scale(${scale})`

function overPage(page: number): SVGElement[] {
  const own = pages()!
  const boxesOf = (some: Spot | undefined): readonly Box[] => (some?.page?.index === page ? some.page.boxes : [])
  const marks = layers.has('release') ? (since?.marks ?? []) : []
  return drawOver({
    layers,
    grid: own.grid,
    recto: (page % 2 === 0) !== (state!.direction === 'rtl'),
    width: own.width,
    height: own.height,
    detail: details.get(own.keys[page]!),
    mark: boxesOf(spot),
    found: find.all.flatMap((each) => boxesOf(each.spot).map((box) => ({ box, now: each === find.current }))),
    findings: state!.findings.filter((each) => each.page === page),
    since: marks.flatMap((each) => (each.page === page ? each.box : [])),
    tag: pointed?.page === page ? pointed.tag : undefined,
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
  const answer = server.page(index).then((detail) => {
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
  if (name === 'release' && layers.has(name)) void compareRelease()
  panels.refresh('layers')
  sheets.refresh()
  const layer = LAYERS.find((each) => each.name === name)
  say(`${layer?.label ?? name} ${layers.has(name) ? 'on' : 'off'}`)
}

/** With the release that the book was published in last, if somebody looks. */
async function compareRelease(): Promise<void> {
  if (!layers.has('release')) return
  since = await server.release()
  panels.refresh('layers')
  sheets.refresh()
  ruler.set({ changed: changedPages() })
}

const changedPages = () => (layers.has('release') && since !== undefined ? [...moved, ...since.moved] : moved)

function notes(): Map<string, string> {
  const none = 'No release was found: `octavo publish` makes one, `--site` says where it lies.'
  return new Map([['release', since === undefined ? none : releaseNote(since)]])
}

function point(page: number, tag: number | undefined): void {
  pointed = { page, tag }
  sheets.refresh()
}

function fillOrder(into: HTMLElement): void {
  const source = pages()
  if (source === undefined || editions.partsAt(sheets.inView()[0]).length === 0) return
  const [first, last] = inView()
  const some = source.labels
    .slice(first, last + 1)
    .map((label, i) => ({ index: first + i, label, detail: details.get(source.keys[first + i]!) }))
  into.replaceChildren(orderList(some, point, (page, { box }) => void goToPage(page, box?.y)))
  const missing = some.filter(({ detail }) => detail === undefined)
  if (missing.length > 0)
    void Promise.all(missing.map(({ index }) => detailOf(index))).then((got) => {
      if (got.some((each) => each !== undefined)) panels.refresh('order')
    })
}
const orderSoon = calm(200, () => panels.refresh('order'))

// What the server says.

async function turnTo(name: Source['name']): Promise<void> {
  if (editions.shown !== name) {
    const [page] = inView()
    if (!(await editions.turn(name))) say('The book has nothing of the kind')
    showSheets()
    // One stays at the word, or at the page.
    const at = editions.placeOf(spot?.page?.index ?? page, spot?.page?.boxes[0]?.y)
    if (at !== undefined) sheets.goTo(at.page, at.y)
  }
  controls.editions(editions.names(), editions.shown)
}

/** Where a page is shown; in the pages, if what lies on the desk does not show it. */
async function goToPage(page: number, y?: number): Promise<void> {
  if (editions.whereIs(page) === undefined) await turnTo('pages')
  const at = editions.placeOf(page, y)
  if (at !== undefined) sheets.goTo(at.page, at.y)
}

function showSheets(stay?: number): void {
  const { source } = editions
  if (source === undefined || state === undefined) return
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
    changed: changedPages(),
    rtl: state.direction === 'rtl',
    view: inView(),
  })
  reader.name(namesOf(state.chapters))
  panels.refresh('problems')
}

async function wholeState(): Promise<void> {
  const next = await server.state()
  if (next === undefined) return
  state = next
  await editions.again()
  controls.editions(editions.names(), editions.shown)
  void compareRelease()
  showSheets()
  frame()
  tellBuilt(state)
  await begin()
  await reader.update(next.documents, next.looks)
}

/** What was told last: whoever has not been shown yet what was told before that need not be. */
let newest = 0
let begun = false
/** When there is something to open: at the place that the address says, or at the first page. */
async function begin(): Promise<void> {
  if (begun || state === undefined || state.documents.length === 0) return
  begun = true
  reader.setDocuments(state.documents, state.looks)
  void theme.load()
  await goToAddress()
  const opening = state.chapters[0]?.document ?? state.documents[0]?.path
  if (reader.path === '' && opening !== undefined) await reader.load(opening, { page: 'first' })
}

async function built(what: Built): Promise<void> {
  // When this window was opened nothing could be said yet.
  if (state === undefined) return wholeState()
  if (what.revision <= state.revision) return
  const { at, removed, keys } = what.pages
  const { page } = sheets.standing()
  // What is above the view grows or shrinks: the view goes along with its page.
  const stay =
    editions.shown === 'pages' && at + removed <= page ? Math.max(0, page + keys.length - removed) : undefined
  applyBuilt(state, what)
  moved = what.moved
  // Where changes follow each other faster than they are painted, the last is shown.
  const isOld = !what.whole && what.revision < newest
  // Both views begin at once: neither waits for the other, nor for the rest of the frame.
  const screen = what.whole || isOld ? undefined : reader.update(state.documents, state.looks)
  if (what.whole) state = (await server.state()) ?? state
  await editions.again()
  if (what.whole) controls.editions(editions.names(), editions.shown)
  showSheets(stay)
  if (isOld) return
  await begin()
  await Promise.all([screen ?? reader.update(state.documents, state.looks), sheets.settled()])
  await painted(state.revision)
  frame()
  tellBuilt(state)
  markElsewhere(what.where)
  panels.refresh('order')
  if (panels.open === 'theme' && document.activeElement?.closest('#panel-body') === null) void theme.load()
  await Promise.all([find.again(), again(), compareRelease()])
}

/** After the next frame: for whoever measures from outside, the moment in which all was seen. */
async function painted(revision: number): Promise<void> {
  await new Promise(requestAnimationFrame)
  await new Promise((go) => setTimeout(go, 0))
  document.documentElement.dataset['painted'] = String(revision)
}

/** The marked word, where it is now. */
async function again(): Promise<void> {
  const was = spot
  if (was?.file === undefined) return
  const next = await server.spotInFile(was.file, was.line ?? 1, was.column)
  // Meanwhile another may have been pressed, or none be wanted.
  if (spot !== was) return
  spot = next
  sheets.refresh()
  await reader.mark(next?.epub, false)
}

/** A change that nobody sees is said, and never jumped to. */
function markElsewhere(where: Built['where']): void {
  const mark = byId('elsewhere')
  mark.replaceChildren()
  if (where === undefined || state === undefined) return
  const [first, last] = inView()
  const seen = (where.page !== undefined && where.page >= first && where.page <= last) || where.document === reader.path
  if (seen) return
  const label = where.page === undefined ? undefined : pages()?.labels[where.page]
  const name = label === undefined ? 'the e-reader' : `page ${label}`
  const show = async () => {
    mark.replaceChildren()
    const there =
      where.file === undefined || where.line === undefined ? undefined : await server.spotInFile(where.file, where.line)
    if (there !== undefined) return goTo(there, { paper: true, screen: true })
    if (where.page !== undefined) await goToPage(where.page)
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
    tellBuilding()
  },
  built: (what) => {
    newest = what.revision
    inTurn(() => built(what))
  },
  show: (next) => inTurn(() => goTo(next, { paper: true, screen: true })),
  gone: () => tell('gone', 'the preview has ended'),
})
window.addEventListener('hashchange', () => inTurn(goToAddress))
