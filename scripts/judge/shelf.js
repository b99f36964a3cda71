// In: how many books. Out: a shelf of so many small books that nobody wrote, in several languages and looks, with people, series, subjects
// and years: what a catalogue is tried with. The same number makes the same shelf.
//
//   node scripts/judge/shelf.js DIR COUNT [BOOK…]      BOOK: folders of books that are put on it as well
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Numerical Recipes' generator of 32 bits. */
function chance(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return { next, of: (list) => list[Math.floor(next() * list.length)], upTo: (n) => Math.floor(next() * n) }
}

const FIRST = [
  'Ada',
  'Bruno',
  'Clara',
  'Dorian',
  'Edith',
  'Felix',
  'Greta',
  'Hugo',
  'Ida',
  'Jonas',
  'Käthe',
  'Leo',
  'Maud',
  'Nils',
]
const LAST = [
  'Ashdown',
  'Brightwell',
  'Černý',
  'Dahl',
  'Elmsworth',
  'Faulkner',
  'Grünwald',
  'Holt',
  'Iversen',
  'Jessop',
  'Kerr',
]
const KINDS = [
  'The History of',
  'A Walk through',
  'Notes on',
  'The Secret of',
  'Letters from',
  'The Last',
  'Beyond',
  'A Grammar of',
]
const THINGS = [
  'Lanterns',
  'the Harbour',
  'Winter Gardens',
  'Clocks',
  'Paper Mills',
  'the Northern Line',
  'Salt',
  'Orchards',
  'Glass',
  'Tides',
]
const SUBJECTS = [
  'Travel',
  'Handicraft',
  'History',
  'Poetry',
  'Natural history',
  'Cookery',
  'Architecture',
  'Letters',
  'Railways',
  'Gardens',
]
const SERIES = ['Small Encyclopaedia', 'Evening Readers', 'Coast and Country']
const LOOKS = [
  undefined,
  ['#101820', '#e8e2d0', '#c9a227'],
  ['#efe6d2', '#2b2118', '#3b6b3a'],
  ['#e6eef2', '#12222e', '#1f5f86'],
  ['#f7f7f5', '#141414', '#6b2d5c'],
]
const WORDS =
  'lamp tide stone paper winter garden light river window harbour clock salt glass road letter evening orchard'.split(
    ' ',
  )

export function writeShelf(folder, count, books = []) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'books'), { recursive: true })
  for (let i = 0; i < count; i++) writeBook(join(folder, 'books', `generated-${String(i + 1).padStart(4, '0')}`), i)
  for (const book of books) cpSync(book, join(folder, 'books', basename(book)), { recursive: true })
  writeFileSync(
    join(folder, 'shelf.yaml'),
    `title: The Paper Harbour
publisher: Paper Harbour Press
description: Books to take with you, to print, and to give away.
address: https://books.example.org/
language: en
licence: CC-BY-SA-4.0
contact: desk@books.example.org
order: title
groups:
  - { title: To begin with, books: [books/generated-0001, books/generated-0002, books/generated-0003] }
books:
  - books/*
`,
  )
}

function writeBook(folder, i) {
  const { of, upTo, next } = chance(i + 1)
  mkdirSync(folder, { recursive: true })
  const title = `${of(KINDS)} ${of(THINGS)}`
  const person = () => `${of(FIRST)} ${of(LAST)}`
  const sentence = () => {
    const words = Array.from({ length: 6 + upTo(14) }, () => of(WORDS)).join(' the ')
    return `${words[0].toUpperCase()}${words.slice(1)}.`
  }
  const paragraph = () => Array.from({ length: 2 + upTo(5) }, sentence).join(' ')
  const look = LOOKS[i % LOOKS.length]
  const manifest = {
    title,
    slug: `book-${i + 1}`,
    language: ['en', 'en', 'en', 'de', 'fr', 'el'][i % 6],
    authors: Array.from({ length: 1 + (i % 7 === 0 ? 2 : 0) }, person),
    ...(i % 3 === 0 && { subtitle: `With ${1 + upTo(40)} Plates` }),
    ...(i % 4 === 0 && { contributors: [{ name: person(), role: of(['translator', 'editor', 'illustrator']) }] }),
    ...(i % 5 === 0 && { series: { name: of(SERIES), position: String(1 + upTo(12)) } }),
    subjects: [...new Set([of(SUBJECTS), of(SUBJECTS)])],
    description: [sentence(), sentence()].join(' '),
    date: `${1990 + upTo(36)}-0${1 + upTo(9)}-1${upTo(9)}`,
    smart: true,
    ignore: ['doubled-word', 'paragraph-end', 'line-loose'],
    body: ['chapters/*.md'],
    ...(look && { theme: 'look.yaml' }),
  }
  writeFileSync(join(folder, 'book.json'), `${JSON.stringify(manifest, undefined, 1)}\n`)
  if (look) {
    const [ground, ink, accent] = look
    writeFileSync(
      join(folder, 'look.yaml'),
      `extends: house\nname: look\ncover: { ground: '${ground}', ink: '${ink}', accent: '${accent}' }\n`,
    )
  }
  mkdirSync(join(folder, 'chapters'))
  const chapters = 2 + upTo(6)
  for (let c = 1; c <= chapters; c++) {
    const note = next() < 0.4 ? '[^1]\n\n[^1]: A note on the text.' : ''
    const text = Array.from({ length: 3 + upTo(8) }, paragraph).join('\n\n')
    writeFileSync(join(folder, `chapters/${c}.md`), `# ${of(KINDS)} ${of(THINGS)}\n\n${text}${note}\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, count, ...books] = process.argv.slice(2)
  writeShelf(folder, Number(count), books)
}
