// Search in the book: its parts are read one after another as soon as it is opened, and found in as they come. In reading order.
import MiniSearch from 'minisearch'
import type { BookData, Entry, Load } from './data.js'
import { make } from './panel.js'

interface Passage {
  n: number
  href: string
  title: string
  text: string
}

/** At once; more are asked for. */
const SHOWN = 60
const BEFORE = 60
const AFTER = 110

/** Scripts that part no words are found by pairs of their letters. */
const UNPARTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]+/gu

function wordsIn(text: string): string[] {
  const words: string[] = []
  for (const [word] of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    let rest = word
    for (const [run] of word.matchAll(UNPARTED)) {
      rest = rest.replace(run, ' ')
      const letters = [...run]
      if (letters.length === 1) words.push(run)
      for (let i = 0; i + 1 < letters.length; i++) words.push(letters[i]! + letters[i + 1]!)
    }
    words.push(...rest.split(' ').filter((each) => each !== ''))
  }
  return words
}

/** Capitals and accents are not asked for. */
function plain(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

window.octavoSearch = (panel, data, root, load) => {
  const { words } = data
  const field = make('input', {
    type: 'search',
    'aria-label': words.field,
    placeholder: words.field,
    autocomplete: 'off',
    autofocus: '',
  })
  const said = make('p', { role: 'status' })
  const results = make('ol', { class: 'results', lang: document.documentElement.lang })
  panel.append(make('h2', {}, words.search), field, said, results)

  const passages: Passage[] = []
  const index = new MiniSearch<Passage>({
    idField: 'n',
    fields: ['text'],
    tokenize: wordsIn,
    processTerm: (word) => plain(word) || null,
    autoVacuum: false,
  })
  let whole = false
  let most = SHOWN
  const show = () => {
    const query = field.value.trim()
    const found = query === '' ? [] : look(index, query)
    results.replaceChildren(...found.slice(0, most).map(({ id, terms }) => hit(passages[id]!, terms, root, panel)))
    if (found.length > most) {
      const more = make('button', { type: 'button', class: 'more' }, '…')
      more.addEventListener('click', () => {
        most += SHOWN * 4
        show()
      })
      results.append(make('li', {}, more))
    }
    const count = found.length === 0 ? words.nothing : words.found.replace('%', String(found.length))
    said.textContent = query !== '' && (whole || found.length > 0) ? count : whole ? '' : words.reading
  }
  let wait = 0
  field.addEventListener('input', () => {
    clearTimeout(wait)
    wait = setTimeout(() => {
      most = SHOWN
      show()
    }, 120)
  })
  void read(index, passages, data, load, show).then(() => {
    whole = true
    show()
  })
}

async function read(
  index: MiniSearch<Passage>,
  passages: Passage[],
  { parts }: BookData,
  load: Load,
  show: () => void,
) {
  for (let part = 1; part <= parts; part++) {
    let entries: Entry[] = []
    window.octavoPart = (told) => {
      entries = told
    }
    await load(`search/${part}.js`)
    const fresh: Passage[] = []
    for (const [file, title, texts] of entries)
      for (const [id, text] of texts)
        fresh.push({ n: passages.length + fresh.length, href: `text/${file}#${encodeURIComponent(id)}`, title, text })
    passages.push(...fresh)
    index.addAll(fresh)
    show()
    // The page goes on meanwhile.
    await new Promise((done) => setTimeout(done))
  }
}

/** All of the words, the last as far as it is written; if there is no such place, words that are nearly so. */
function look(index: MiniSearch<Passage>, query: string): { id: number; terms: string[] }[] {
  const all = { combineWith: 'AND', prefix: (_: string, i: number, terms: string[]) => i === terms.length - 1 } as const
  const exact = index.search(query, all)
  const found =
    exact.length > 0
      ? exact
      : index.search(query, { combineWith: 'AND', prefix: true, fuzzy: (term) => (term.length > 4 ? 0.2 : 0) })
  return found.map(({ id, terms }) => ({ id: id as number, terms })).sort((a, b) => a.id - b.id)
}

function hit({ href, title, text }: Passage, terms: string[], root: string, panel: HTMLDialogElement): HTMLElement {
  const link = make('a', { href: root + href }, make('small', {}, title), ...excerpt(text, new Set(terms)))
  link.addEventListener('click', () => panel.close())
  return make('li', {}, link)
}

/** The words around the first that was found, those that were found marked. */
function excerpt(text: string, terms: ReadonlySet<string>): (string | Node)[] {
  const marks: [from: number, to: number][] = []
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (wordsIn(word).some((each) => terms.has(plain(each)))) marks.push([index, index + word.length])
  }
  const [first] = marks[0] ?? [0]
  const from = first <= BEFORE ? 0 : text.indexOf(' ', first - BEFORE) + 1
  const end = first + AFTER
  const to = end >= text.length ? text.length : Math.max(text.lastIndexOf(' ', end), first)
  const out: (string | Node)[] = [from > 0 ? '… ' : '']
  let at = from
  for (const [start, stop] of marks) {
    if (start < at || stop > to) continue
    out.push(text.slice(at, start), make('mark', {}, text.slice(start, stop)))
    at = stop
  }
  out.push(text.slice(at, to), to < text.length ? ' …' : '')
  return out
}
