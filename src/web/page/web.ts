// The script of every page. All that it does can be done without: it sets what the reader has chosen, opens notes, contents and search
// in place, remembers where the reader was, and keeps the book for when there is no network.
import type { BookData, Line, Load } from './data.js'
import { openNotes } from './note-cards.js'
import { createPanel, make } from './panel.js'
import { apply, keep, LEAST, MOST, readSettings, remember, remembered } from './settings.js'

const root = document.documentElement
const up = root.dataset['root'] ?? ''
const own = `octavo:${root.dataset['book'] ?? ''}`
const here = location.pathname.slice(location.pathname.lastIndexOf('/') + 1)
// The tools have their room before they are shown: nothing moves when they are.
root.dataset['tools'] = ''
const settings = readSettings()
apply(settings)
// Where several addresses are of one origin, as on a disk, another page may have set it meanwhile.
addEventListener('pageshow', () => apply(Object.assign(settings, readSettings())))
document.addEventListener('DOMContentLoaded', begin)

// The faces are wanted before the style sheet is there that says so. From a disk browsers refuse to be asked.
for (const face of location.protocol === 'file:' ? [] : (root.dataset['faces'] ?? '').split(' ').filter(Boolean))
  document.head.append(
    make('link', { rel: 'preload', href: `${up}fonts/${face}`, as: 'font', type: 'font/woff', crossorigin: '' }),
  )

const loads = new Map<string, Promise<void>>()
const load: Load = (path) => {
  const known = loads.get(path)
  if (known !== undefined) return known
  const loading = new Promise<void>((done, failed) => {
    const script = make('script', { src: up + path })
    script.addEventListener('load', () => done())
    script.addEventListener('error', () => failed(new Error(path)))
    document.head.append(script)
  })
  loads.set(path, loading)
  return loading
}

let told: BookData | undefined
window.octavoBook = (data) => {
  told = data
}
async function book(): Promise<BookData> {
  await load('js/book.js')
  return told!
}

function begin(): void {
  for (const tool of document.querySelectorAll<HTMLElement>('[data-do]')) {
    const name = tool.dataset['do']!
    if (name === 'go-on') continue
    tool.hidden = false
    tool.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      // Where a script cannot be had, the link is still one.
      open(name).catch(() => tool instanceof HTMLAnchorElement && location.assign(tool.href))
    })
  }
  openNotes()
  if (up === '') goOn()
  else {
    keepPlace()
    linkPassages()
  }
  document.addEventListener('keydown', turn)
  if (/^https?:$/.test(location.protocol) && 'serviceWorker' in navigator)
    addEventListener('load', () => void navigator.serviceWorker.register(`${up}sw.js`).catch(() => undefined))
}

const panels = new Map<string, HTMLDialogElement>()

async function open(name: string): Promise<void> {
  const data = await book()
  let panel = panels.get(name)
  if (panel === undefined) {
    const { words } = data
    const label = name === 'contents' ? data.heading : name === 'search' ? words.search : words.look
    panel = createPanel(name, label, words.close, data.lang)
    panels.set(name, panel)
    if (name === 'contents') fillContents(panel, data)
    else if (name === 'look') fillLook(panel, data)
    else {
      await load('js/search.js')
      window.octavoSearch?.(panel, data, up, load)
    }
  }
  panel.showModal()
  panel.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' })
}

function fillContents(panel: HTMLElement, { heading, contents }: BookData): void {
  const list = (lines: Line[]): HTMLElement =>
    make(
      'ol',
      {},
      ...lines.map(([label, href, ...children]) => {
        const isHere = up !== '' && href === `text/${here}`
        const link = make('a', { href: up + href, ...(isHere && { 'aria-current': 'page', autofocus: '' }) }, label)
        link.addEventListener('click', () => (panel as HTMLDialogElement).close())
        return make('li', {}, link, ...(children.length > 0 ? [list(children)] : []))
      }),
    )
  const nav = make('nav', { 'aria-label': heading, lang: root.lang }, list(contents))
  panel.append(make('h2', {}, heading), nav)
}

function fillLook(panel: HTMLElement, { words }: BookData): void {
  const lights = (['auto', 'day', 'night'] as const).map((light) => {
    const input = make('input', { type: 'radio', name: 'light', value: light })
    input.checked = settings.light === light
    input.addEventListener('change', () => keep(Object.assign(settings, { light })))
    return make('label', { class: light }, input, make('span', {}, words[light]))
  })
  const size = make('output', {})
  const sizes = [
    ['smaller', -1, 'A'],
    ['larger', 1, 'A'],
  ] as const
  const buttons = sizes.map(([name, by, letter]) => {
    const button = make('button', { type: 'button', class: name, 'aria-label': words[name] }, letter)
    button.addEventListener('click', () => {
      settings.size = Math.min(MOST, Math.max(LEAST, settings.size + by))
      keep(settings)
      tell()
    })
    return button
  })
  const tell = () => {
    size.value = `${Math.round(1.1 ** settings.size * 100)} %`
  }
  tell()
  panel.append(
    make('h2', {}, words.look),
    make('fieldset', {}, make('legend', {}, words.light), make('div', { class: 'choices' }, ...lights)),
    make(
      'fieldset',
      {},
      make('legend', {}, words.size),
      make('div', { class: 'sizes' }, buttons[0]!, size, buttons[1]!),
    ),
  )
}

/** The first paragraph that is seen, after the reader has come to rest. */
function keepPlace(): void {
  let wait = 0
  const note = () => {
    const seen = [...document.querySelectorAll<HTMLElement>('main p[id], main li[id], main .verse[id]')]
    const first = seen.find((each) => each.getBoundingClientRect().bottom > 80)
    remember(own, { at: `text/${here}${first && scrollY > 200 ? `#${first.id}` : ''}` })
  }
  addEventListener('scroll', () => {
    clearTimeout(wait)
    wait = setTimeout(note, 400)
  })
  addEventListener('pagehide', note)
  note()
}

function goOn(): void {
  const { at } = remembered(own) as { at?: unknown }
  const link = document.querySelector<HTMLAnchorElement>('[data-do="go-on"]')
  if (link === null || typeof at !== 'string' || !/^text\/[\w.-]+(#[^\s]+)?$/.test(at)) return
  link.href = at
  link.hidden = false
}

/** Beside the paragraph that the pointer is on: its address. */
function linkPassages(): void {
  if (!matchMedia('(hover: hover) and (min-width: 60rem)').matches) return
  const link = make('a', { class: 'passage', tabindex: '-1', 'aria-hidden': 'true' }, '¶')
  const main = document.querySelector('main')
  main?.addEventListener('pointerover', (event) => {
    const on = event.target instanceof Element ? event.target.closest<HTMLElement>('p[id], li[id], .verse[id]') : null
    if (on === null || on.closest('.card') !== null) return
    link.href = `#${on.id}`
    link.style.top = `${on.getBoundingClientRect().top - main.getBoundingClientRect().top}px`
    main.append(link)
  })
}

/** Arrows turn to the next chapter and the one before, where nothing else wants them. */
function turn(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const { target } = event
  if (target instanceof Element && target.closest('input, textarea, select, dialog, [tabindex], [popover]') !== null)
    return
  const forward = root.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const back = root.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
  const rel = event.key === forward ? 'next' : event.key === back ? 'prev' : undefined
  if (rel === undefined || root.scrollWidth > root.clientWidth) return
  const way = document.querySelector<HTMLAnchorElement>(`.around a[rel="${rel}"]`)
  if (way !== null) location.assign(way.href)
}
