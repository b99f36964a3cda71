// Every language that Octavo knows has every word that Octavo writes, and a date; what people call a contributor is said in all.
import { expect, test } from 'vitest'
import { dateInWords } from '../src/model/dates.js'
import { LANGUAGES } from '../src/model/languages.js'
import { SECTION_ROLES } from '../src/model/role.js'
import { lentLanguage, wordsOf } from '../src/model/words.js'
import { OTHERS } from '../src/read/manifest/relators.js'

const english = wordsOf('en')
const marks = (text: string) => text.split('%').length
const phrases = Object.entries(english).filter(([, said]) => typeof said === 'string') as [
  keyof typeof english,
  string,
][]

test.each(LANGUAGES)('%s has every word', (tag) => {
  const words = wordsOf(tag)
  expect(lentLanguage(tag)).toBe(undefined)
  expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
  expect(phrases.filter(([key, said]) => words[key] === '' || marks(String(words[key])) !== marks(said))).toEqual([])
  expect(SECTION_ROLES.filter((role) => !/^\p{L}[^|%]*$/u.test(words.roles[role] ?? ''))).toEqual([])
  expect([...words.credits.keys()]).toEqual([...english.credits.keys()])
  expect([...words.credits].filter(([, said]) => said === undefined || marks(said) !== 2)).toEqual([])
  if (tag !== 'en') {
    expect(words.roles).not.toEqual(english.roles)
    expect([...words.credits.values()]).not.toContain('Introduction by %')
    expect(dateInWords('2026-11-24', tag)).not.toBe(dateInWords('2026-11-24', 'en'))
  }
})

test('whatever people call a contributor has its sentence', () => {
  const codes = [...Object.values(OTHERS), 'edt', 'trl', 'win', 'aui']
  expect(codes.filter((code) => !english.credits.has(code))).toEqual([])
})
