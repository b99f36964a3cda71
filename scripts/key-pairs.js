// In: scripts/key-pairs.yaml. Out: the two values of each key of a theme, the book that each is shown in, and the page of the manual that
// shows all of their pictures. scripts/key-pictures.js draws these.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const HERE = dirname(fileURLToPath(import.meta.url))

/** Where in the manual's folder the pictures are. */
export const KEY_PICTURES = 'pictures/keys/'

/** A small page, and nothing of what a chapter has around it. */
const BASE = {
  extends: 'house',
  page: {
    width: '90 mm',
    height: '130 mm',
    inside: '10 mm',
    outside: '10 mm',
    top: '16 mm',
    lines: 18,
    headDistance: '14 pt',
    footDistance: '30 pt',
  },
  notes: { hang: 0, gap: '9 pt' },
  opening: { kind: 'none' },
  colours: { red: '#a6211c' },
  sections: { chapter: { opens: 'page', sink: 0, folios: false, heads: false }, contents: { sink: 0 } },
}

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 384" width="1200" height="1920"><rect width="240" height="384" fill="#8fb3bf"/><path d="M0 250q60-20 120 0t120 0v134H0z" fill="#3c6470"/><path d="M70 245l100-8-16 30H88z" fill="#6b3f2a"/><path d="M118 240V110l52 108z" fill="#f2e9d8"/></svg>'
const MAP =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 90" width="480" height="180"><rect width="240" height="90" fill="#e8eef0"/><path d="M40 55c10-30 60-38 100-30s80 16 60 38-90 22-130 14-36-10-30-22z" fill="#dccfae" stroke="#6b5d3f" stroke-width="1.5"/></svg>'

const { parts, texts, pairs, reasons } = parse(readFileSync(join(HERE, 'key-pairs.yaml'), 'utf8'))

/** Keys that no picture shows, each with its reason. */
export const REASONS = reasons

export const PAIRS = pairs.map((pair) => ({
  ...pair,
  picture: `${pair.keys[0].replace(/\.NAME/g, '').replaceAll('.', '-')}.png`,
  sum: createHash('sha256')
    .update(JSON.stringify([pair, BASE, partsIn(pair), texts[pair.text] ?? '']))
    .digest('hex')
    .slice(0, 16),
}))

/** The names in capitals that stand in it, with what they stand for. */
function partsIn({ under = '', book = '' }) {
  return Object.entries(parts).filter(([name]) => new RegExp(`^${name}$`, 'm').test(`${under}\n${book}`))
}

/** The values of several texts together: of two that say the same, the later holds. */
function read(text) {
  const lines = text.split('\n')
  const own = lines.filter((line) => !Object.hasOwn(parts, line)).join('\n')
  const named = lines.filter((line) => Object.hasOwn(parts, line)).map((name) => parse(parts[name]))
  return [...named, parse(own) ?? {}].reduce(merged, {})
}

function merged(one, other) {
  const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMap(one) || !isMap(other)) return other
  const out = { ...one }
  for (const [key, value] of Object.entries(other)) {
    if (value === null) delete out[key]
    else out[key] = key in one ? merged(one[key], value) : value
  }
  return out
}

/** The files of the book that shows one side of a pair: `source` of the library. */
export function bookOfPair({ under = '', book = '', text = 'title', cover }, side) {
  const look = [read(under), read(side)].reduce(merged, BASE)
  const own = texts[text] ?? text
  const manifest = merged(
    {
      title: 'The Boat',
      authors: ['Ann Marlow'],
      language: 'en',
      date: '2026-01-31',
      theme: 'look.yaml',
      generate: false,
      body: ['one.md'],
      ignore: ['untitled-chapter', 'paragraph-end', 'theme-face'],
    },
    read(book),
  )
  return {
    'book.yaml': JSON.stringify({ ...manifest, ...(cover && { cover: 'cover.svg' }) }),
    'look.yaml': JSON.stringify(look),
    'one.md': own,
    'two.md': own.replace('The Harbour', 'The Island').replace('The Steps', 'The Light'),
    'map.svg': MAP,
    'cover.svg': PICTURE,
  }
}
