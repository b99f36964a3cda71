// Where a line may end between words and inside them, by the rules of the trade.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joins, partsOf } from '../../src/layout/text/breaks.js'

describe('no line ends', () => {
  it.each([
    ['before a dash that stands by itself', 'word', '—'],
    ['before a dash and its comma', 'word', '—,'],
    ['before an en dash', 'word', '–'],
    ['before an ellipsis', 'word', '…'],
    ['before three stops', 'word', '...'],
    ['before an ampersand', 'Smith', '&'],
    ['behind an initial', 'J.', 'Bell'],
    ['behind an initial in quotation marks', '“J.', 'Bell'],
    ['behind an initial of another script', 'Л.', 'Н.'],
    ['behind a title', 'Mr.', 'Bell'],
    ['behind a title in a parenthesis', '(Dr.', 'Bell'],
    ['behind a title in French', 'Mme.', 'Bell'],
    ['behind a saint', 'St.', 'Petersburg'],
    ['behind what counts pages', 'p.', '12'],
    ['behind what counts figures', 'Fig.', '2'],
    ['behind a section sign', '§', '5'],
    ['before a unit', '12', 'mm'],
    ['before a unit and its comma', '12', 'mm,'],
    ['before a unit and its quotation mark', '10', 'p.m.”'],
    ['before a unit behind a fraction', '5,5', 'kg'],
    ['before a per cent sign', '5', '%'],
    ['before a half of the day', '10', 'a.m.'],
    ['before an era', '43', 'B.C.'],
    ['inside a number in groups', '12', '000'],
    ['inside a number in groups before its stop', '12', '000.'],
  ])('%s: %s | %s', (_, word, next) => {
    expect(joins(word, next, 'en')).toBe(true)
  })

  it.each([
    ['ru', 'в', 'лесу'],
    ['uk', 'і', 'ліс'],
    ['cs', 'v', 'lese'],
    ['pl', 'w', 'lesie'],
    ['pl-PL', 'W', 'lesie'],
  ])('behind a word of one letter in %s: %s | %s', (language, word, next) => {
    expect(joins(word, next, language)).toBe(true)
    expect(joins(word, next, 'en')).toBe(false)
  })
})

describe('a line may end', () => {
  it.each([
    ['between two words', 'two', 'words'],
    ['behind a dash', '—', 'yes'],
    ['before speech that opens with a dash', 'said', '—yes'],
    ['behind a word that ends a sentence', 'etc.', 'And'],
    ['behind I and a', 'I', 'am'],
    ['before a word that only begins as a unit', '12', 'mmx'],
    ['before a unit without a number', 'about', 'mm'],
    ['between numbers that make no group', '12', '50'],
    ['behind a name that ends in figures', 'B12', '000'],
    ['behind a number and its comma', '12,', '000'],
    ['behind an ampersand', '&', 'Sons'],
    ['before a longer ellipsis', 'word', '…and'],
  ])('%s: %s | %s', (_, word, next) => {
    expect(joins(word, next, 'en')).toBe(false)
  })

  it('behind nothing, wherever no word came before', () => {
    expect(joins('', 'word', 'ru')).toBe(false)
  })
})

/** 'lime-~|tree': '~' behind a part that ends in a hyphen, its price behind one that has one. */
function shown(word: string): string {
  return partsOf(word)
    .map((part) => `${word.slice(part.start, part.end)}${part.hyphen ? '~' : ''}${part.penalty || ''}`)
    .join(' | ')
}

describe('a word is parted', () => {
  it.each([
    ['behind its hyphens', 'jack-in-the-box', 'jack-~ | in-~ | the-~ | box'],
    ['behind a letter and a hyphen', 'e-mail', 'e-~ | mail'],
    ['behind an em dash', 'well—known', 'well— | known'],
    ['behind two dashes', 'x––y', 'x–– | y'],
    ['behind an en dash between years, if need be', '1939–45', '1939–150 | 45'],
    ['behind an en dash between words', 'Paris–Lyon', 'Paris– | Lyon'],
    ['behind a dash in quotation marks', '“Yes—no—”', '“Yes— | no—”'],
    ['behind a slash, not gladly', 'and/or', 'and/60 | or'],
    ['at a zero-width space', 'a\u200bb', 'a\u200b | b'],
    ['between ideographs', '日本語', '日 | 本 | 語'],
    ['between ideographs, not before their stop', '語。テ', '語。テ'],
    ['in addresses, best behind slashes', 'https://example.org/a/b', 'https://30 | example.60 | org/30 | a/30 | b'],
    [
      'in questions to addresses',
      'www.example.org/x?one=1&two=22',
      'www.example.60 | org/30 | x?60 | one=60 | 1&60 | two=22',
    ],
    ['in an address of mail', 'someone@example.org', 'someone@60 | example.60 | org'],
    ['in names of things that programs have', 'snake_case_name', 'snake_60 | case_60 | name'],
  ])('%s: %s', (_, word, parts) => {
    expect(shown(word)).toBe(parts)
  })

  it.each([
    ['behind a minus', '-5'],
    ['before figures', 'mid-1930'],
    ['between hyphens in a row', 'self--evident'],
    ['at its end', 'well-'],
    ['before a quotation mark', 'well—”'],
    ['behind a dash that opens it', '—quoted'],
    ['behind a dash that opens speech', '“—What'],
    ['in a fraction', '1/2'],
    ['in a number', '3.14'],
    ['in an abbreviation', 'U.S.S.R.'],
    ['at the stop of a short name', 'foo.bar'],
    ['anywhere else', 'nevertheless'],
  ])('but not %s: %s', (_, word) => {
    expect(shown(word)).toBe(word)
  })

  it('into parts that make it up', () => {
    const character = fc.constantFrom(...'aB1-–—/.:?&=#_@“”’)(…\u200b\u2060語。é')
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 24 }), (characters) => {
        const word = characters.join('')
        const parts = partsOf(word)
        expect(parts.map((part) => word.slice(part.start, part.end)).join('')).toBe(word)
        expect(parts.every((part, i) => part.end > part.start && part.start === (parts[i - 1]?.end ?? 0))).toBe(true)
        expect(parts.at(-1)).toMatchObject({ end: word.length, penalty: 0, hyphen: false })
      }),
      { numRuns: 300, seed: 1936 },
    )
  })
})
