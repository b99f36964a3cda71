// Hyphenation by language: what the patterns of the TeX project say, word by word, on every machine alike.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { middle } from '../../src/layout/text/divide.js'
import { canHyphenate, createHyphenator } from '../../src/layout/text/hyphenate.js'
import { MENDED } from '../../src/layout/text/mended.js'

function divided(language: string, word: string): string {
  const offsets = createHyphenator(language).divide(word)
  return [0, ...offsets].map((at, i) => word.slice(at, offsets[i] ?? word.length)).join('-')
}

describe('words are divided', () => {
  it.each([
    ['en', 'hyphenation', 'hy-phen-ation'],
    ['en', 'concatenation', 'con-cate-na-tion'],
    ['en', 'algorithm', 'al-go-rithm'],
    ['en-US', 'university', 'uni-ver-si-ty'],
    ['en-GB', 'hyphenation', 'hy-phen-a-tion'],
    ['en-GB', 'algorithm', 'al-gorithm'],
    ['en-AU', 'hyphenation', 'hy-phen-a-tion'],
    ['de', 'Silbentrennung', 'Sil-ben-tren-nung'],
    ['de', 'Urinstinkt', 'Ur-instinkt'],
    ['de', 'Donaudampfschifffahrt', 'Do-nau-dampf-schiff-fahrt'],
    ['de-AT', 'Straße', 'Stra-ße'],
    ['de-CH', 'Strasse', 'Stras-se'],
    ['fr', 'intéressant', 'in-té-res-sant'],
    ['fr', 'développement', 'dé-ve-lop-pe-ment'],
    ['ru', 'предложение', 'пред-ло-же-ние'],
    ['ru', 'революция', 'ре-во-лю-ция'],
    ['el', 'τυπογραφία', 'τυ-πο-γρα-φία'],
    ['es', 'tipografía', 'ti-po-gra-fía'],
    ['pl', 'przedstawienie', 'przed-sta-wie-nie'],
  ])('in %s: %s', (language, word, whole) => {
    expect(divided(language, word)).toBe(whole)
  })

  it('alike in capitals, and with accents that the language does not know', () => {
    expect(divided('en', 'HYPHENATION')).toBe('HY-PHEN-ATION')
    expect(divided('en', 'Hyphenatión')).toBe('Hy-phen-atión')
  })

  it('as the language’s list of exceptions says', () => {
    expect(divided('en', 'table')).toBe('ta-ble')
    for (const word of ['present', 'project', 'projects']) expect(divided('en', word)).toBe(word)
    expect(divided('en', 'associate')).toBe('as-so-ciate')
    expect(divided('en', 'reformation')).toBe('ref-or-ma-tion')
    expect(divided('en', 'obligatory')).toBe('oblig-a-tory')
    expect(divided('en', 'Associate')).toBe('As-so-ciate')
  })

  it('by the same offsets the second time', () => {
    const h = createHyphenator('en')
    expect(h.divide('hyphenation')).toBe(h.divide('hyphenation'))
  })
})

describe('what the book says', () => {
  const own = (given: Record<string, [string, number[]][]>) => ({
    hyphenation: new Map(Object.entries(given).map(([language, words]) => [language, new Map(words)])),
  })

  it('goes before the patterns, by language and its country, whatever the capitals', () => {
    const words = own({ '*': [['mountjoy', [5]]], en: [['never', [1]]], 'en-gb': [['never', [2]]] })
    const at = (language: string, word: string) => createHyphenator(language, words).divide(word)
    expect(createHyphenator('en').divide('Mountjoy')).not.toEqual([5])
    for (const language of ['en', 'fr', 'tlh']) expect(at(language, 'Mountjoy')).toEqual([5])
    expect([at('en', 'NEVER'), at('en-US', 'never'), at('en-GB', 'never'), at('fr', 'never')]).toEqual([
      [1],
      [1],
      [2],
      [2],
    ])
    expect(createHyphenator('en', words).given('never')).toEqual([1])
    expect(createHyphenator('en', words).given('ever')).toBeUndefined()
  })

  it('in its spelling decides whose patterns divide an English that names no country', () => {
    const at = (language: string, spelling?: 'en-GB' | 'en-US') =>
      createHyphenator(language, { spelling }).divide('algorithm')
    expect(at('en', 'en-GB')).toEqual([2])
    expect(at('en', 'en-US')).toEqual([2, 4])
    expect(at('en')).toEqual([2, 4])
    expect(at('en-US', 'en-GB')).toEqual([2, 4])
    expect(at('en-AU', 'en-US')).toEqual([2])
  })
})

describe('known faults of the patterns', () => {
  it.each([
    ['en', 'avoirdupois', 'avoir-du-pois'],
    ['en', 'Really', 'Really'],
    ['en', 'never', 'never'],
    ['en', 'itself', 'itself'],
    ['en', 'manslaughter', 'man-slaugh-ter'],
    ['en', 'legends', 'legends'],
    ['en', 'reinvent', 're-in-vent'],
    ['en', 'whosoever', 'who-so-ever'],
    ['en-GB', 'avoirdupois', 'avoir-du-pois'],
    ['en-GB', 'mademoiselle', 'ma-de-moi-selle'],
    ['en-GB', 'extraordinary', 'ex-tra-or-din-ary'],
    ['en-GB', 'never', 'never'],
  ])('are mended in %s: %s', (language, word, whole) => {
    expect(divided(language, word)).toBe(whole)
  })

  it('are written so that every part has two letters, and no word stands twice', () => {
    for (const [patterns, text] of MENDED) {
      const words = text.trim().split(/\s+/)
      for (const word of words) expect(word, patterns).toMatch(/^[a-z]{2,}(-[a-z]+)*$/)
      const bare = words.map((word) => word.replaceAll('-', ''))
      expect(new Set(bare).size, patterns).toBe(bare.length)
    }
  })
})

describe('words are left whole', () => {
  it('in a language without patterns', () => {
    expect(canHyphenate('tlh')).toBe(false)
    expect(divided('tlh', 'hyphenation')).toBe('hyphenation')
    expect(canHyphenate('en-GB')).toBe(true)
  })

  it('if they are short, or so long that they are none', () => {
    expect(divided('en', 'also')).toBe('also')
    expect(divided('en', 'hyphenation'.repeat(6))).toBe('hyphenation'.repeat(6))
  })

  it('if a letter changes its length when it is lowered', () => {
    expect(divided('tr', 'İstanbul')).toBe('İstanbul')
    expect(divided('tr', 'Istanbul')).toBe('Is-tan-bul')
  })

  it('at less than two letters from either end', () => {
    for (const word of ['evening', 'reality', 'about', 'Abend', 'über', 'aorta', 'ideology', 'area', 'véhicule']) {
      for (const language of ['en', 'de', 'fr']) {
        const offsets = createHyphenator(language).divide(word)
        expect(Math.min(2, ...offsets)).toBe(2)
        expect(Math.max(0, ...offsets)).toBeLessThanOrEqual(word.length - 2)
        expect([...offsets]).toEqual([...new Set(offsets)].sort((a, b) => a - b))
      }
    }
  })

  it('where a language asks for three letters behind the hyphen, says its minimum', () => {
    for (const language of ['de', 'fr', 'ru', 'el']) expect(createHyphenator(language).minima).toEqual([2, 3])
    // nev-er, re-ally: English leaves three on either side
    for (const language of ['en', 'en-GB']) expect(createHyphenator(language).minima).toEqual([3, 3])
    expect(createHyphenator('es').minima).toEqual([2, 2])
  })
})

describe('a name', () => {
  it('is divided at the one place that is nearest to its middle, of two at the later', () => {
    // Tulk-ing-horn
    expect(middle(createHyphenator('en').divide('Tulkinghorn'), 11)).toBe(7)
    expect(middle([3, 5, 8], 10)).toBe(5)
    expect(middle([], 6)).toBeUndefined()
  })
})

describe('the machine’s language', () => {
  afterEach(() => vi.restoreAllMocks())

  it('has no say', () => {
    const lower = vi.spyOn(String.prototype, 'toLocaleLowerCase')
    const compare = vi.spyOn(String.prototype, 'localeCompare')
    expect(divided('en', 'INVISIBILITY')).toBe('IN-VIS-I-BIL-I-TY')
    expect(divided('de', 'Igelstachel')).toBe('Igel-sta-chel')
    expect(lower).not.toHaveBeenCalled()
    expect(compare).not.toHaveBeenCalled()
  })
})
