// The words of the site's own pages: each language has all of them, with a place for each thing that is said in them.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LANGUAGES } from '../../src/model/languages.js'
import { publish } from '../../src/publish/index.js'
import { pageWords } from '../../src/publish/site-words.js'
import { below, book, filesIn, folderOf, text } from './shelves.js'

/** Every text of a table, by its way to it. */
function textsOf(table: object, way = ''): [string, string][] {
  const entries = table instanceof Map ? [...table] : Object.entries(table)
  return entries.flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[`${way}${key}`, value] as [string, string]]
      : textsOf(value as object, `${way}${key}.`),
  )
}

test.each(LANGUAGES.filter((tag) => tag !== 'en'))('%s has what English has', (tag) => {
  const english = textsOf(pageWords('en'))
  expect(pageWords(tag).language).toBe(tag)
  const own = new Map(textsOf(pageWords(tag)))
  const places = (phrase: string) => phrase.split('%').length
  expect([...own.keys()].sort()).toEqual(english.map(([key]) => key).sort())
  const wrong = english.filter(
    ([key, phrase]) => own.get(key)!.trim() === '' || places(own.get(key)!) !== places(phrase),
  )
  expect(wrong).toEqual([])
  // A phrase of three words or more is another one.
  const same = english.filter(
    ([key, phrase]) => own.get(key) === phrase && /\s.*\s/.test(phrase) && !/^(formats|languageNames)/.test(key),
  )
  expect(same).toEqual([])
})

test('a shelf in German is served in German, and says where a book is in another language', async () => {
  const out = join(folderOf({}), 'site')
  const shelf = { 'shelf.yaml': 'title: Lampen\nlanguage: de\nbooks: [a, b]\n' }
  const books = {
    ...below('a', book({ title: 'The Lamp', slug: 'lamp', authors: ['Ann Marlow'] })),
    ...below('b', book({ title: 'Licht', slug: 'licht', language: 'de' })),
  }
  expect(await publish({ from: folderOf({ ...shelf, ...books }), out })).toMatchObject({ ok: true, diagnostics: [] })
  const files = filesIn(out)
  const page = text(files, 'books/lamp/index.html')
  for (const one of [
    '<html lang="de"',
    '<h1 lang="en">The Lamp</h1>',
    'von <a',
    'Barrierefreiheit',
    '<dd lang="en">All of the text',
    '31. Januar 2026',
  ])
    expect(page).toContain(one)
  expect(text(files, 'languages/en/index.html')).toContain('<h1>Englisch</h1>')
  expect(text(files, 'opds.xml')).toContain('<title>Alle Bücher</title>')
})
