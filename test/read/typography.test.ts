// Straight quotes, hyphens and points as authors type them, and what each language makes of them.
import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/read/inline/edits.js'
import { type Styled, turn } from '../../src/read/inline/typography.js'

function set(text: string, language = 'en', more: Partial<Styled> = {}): string {
  const prose = { text, spans: [] }
  applyEdits(prose, turn(text, { smart: true, language, languages: [], fixed: [], ...more }))
  return prose.text
}

describe('quotation marks', () => {
  it.each([
    ['"Yes," she said.', '“Yes,” she said.'],
    ['He said "no."', 'He said “no.”'],
    ['"\'Yes,\' he said," she said.', '“‘Yes,’ he said,” she said.'],
    ['She said "he said \'no\'".', 'She said “he said ‘no’”.'],
    ['("Yes")', '(“Yes”)'],
    ['"Yes"---"no"', '“Yes”—“no”'],
    ['said—"yes"', 'said—“yes”'],
    ['"Yes—"', '“Yes—”'],
    ['"...and"', '“…and”'],
    ['"—and"', '“—and”'],
    ['"A"; "B": "C"!', '“A”; “B”: “C”!'],
    ["don't, O'Brien, l'été", 'don’t, O’Brien, l’été'],
    ["the dogs' bones", 'the dogs’ bones'],
    ["'Tis the '90s, rock 'n' roll", '’Tis the ’90s, rock ’n’ roll'],
    ["'Twas 'ere", '’Twas ‘ere'],
    ["He's 6'2\" tall", 'He’s 6′2″ tall'],
    ['a 12" disc', 'a 12″ disc'],
    ['“Already” set, ‘so’ it’s left', '“Already” set, ‘so’ it’s left'],
    ['a lone " between', 'a lone " between'],
    ['"One\ntwo"', '“One\ntwo”'],
  ])('%s', (typed, wanted) => {
    expect(set(typed)).toBe(wanted)
  })

  it.each([
    ['en-GB', '“a ‘b’ c”'],
    ['fr', '«\u202fa “b” c\u202f»'],
    ['fr-CH', '«a ‹b› c»'],
    ['de', '„a ‚b‘ c“'],
    ['de-CH', '«a ‹b› c»'],
    ['es', '«a “b” c»'],
    ['it', '«a “b” c»'],
    ['pt', '“a ‘b’ c”'],
    ['pt-PT', '«a “b” c»'],
    ['nl', '“a ‘b’ c”'],
    ['pl', '„a «b» c”'],
    ['ru', '«a „b“ c»'],
    ['el', '«a “b” c»'],
    ['sv', '”a ’b’ c”'],
    ['sw', '"a \'b\' c"'],
  ])('of %s', (language, wanted) => {
    expect(set('"a \'b\' c"', language)).toBe(wanted)
  })

  it('of a phrase in another language within the text', () => {
    const text = 'He said "no" and "non" and "no".'
    expect(set(text, 'en', { languages: [{ start: 17, end: 22, language: 'fr' }] })).toBe(
      'He said “no” and «\u202fnon\u202f» and “no”.',
    )
  })

  it('that are code or escaped are left', () => {
    expect(set('a "b" "c"', 'en', { fixed: [{ start: 2, end: 5 }] })).toBe('a "b" “c”')
  })

  it('of elisions in Dutch and German', () => {
    expect(set("'s morgens en 't huis", 'nl')).toBe('’s morgens en ’t huis')
    expect(set("'s ist so 'n Ding", 'de')).toBe('’s ist so ’n Ding')
  })
})

describe('dashes, points and spaces', () => {
  it.each([
    ['a--b', 'a–b'],
    ['a---b', 'a—b'],
    ['1914--18', '1914–18'],
    ['a----b', 'a----b'],
    ['wait...', 'wait…'],
    ['wait....', 'wait….'],
    ['.....', '.....'],
    ['two  spaces', 'two spaces'],
    ['a\tb', 'a b'],
    ['a \nb', 'a\nb'],
    [' a ', 'a'],
    ['no\u00a0break', 'no\u00a0break'],
  ])('%j', (typed, wanted) => {
    expect(set(typed)).toBe(wanted)
  })

  it('French spaces do not break', () => {
    expect(set('Oui ! Non ? Si ; voici : « a »', 'fr')).toBe(
      'Oui\u202f! Non\u202f? Si\u202f; voici\u00a0: «\u202fa\u202f»',
    )
    expect(set('Yes ! No ?', 'en')).toBe('Yes ! No ?')
  })

  it.each([
    // English sets long dashes in thin spaces, and short ones in full ones
    ['en', 'one — two', 'one\u202f—\u2009two'],
    ['en-GB', 'one --- two', 'one\u202f—\u2009two'],
    ['en', 'one – two -- three', 'one\u00a0– two\u00a0– three'],
    ['de', 'eins — zwei – drei', 'eins\u00a0— zwei\u00a0– drei'],
    ['fr', 'un — deux', 'un\u00a0— deux'],
    ['es', 'uno —dos— tres', 'uno —dos— tres'],
    ['en', 'he began —', 'he began\u202f—'],
    // nowhere are spaces made, and what opens a line is no dash between words
    ['en', 'one—two', 'one—two'],
    ['fr', '— Bonjour', '— Bonjour'],
    ['en', 'one\n— two', 'one\n— two'],
  ])('dashes between spaces in %s: %s', (language, typed, wanted) => {
    expect(set(typed, language)).toBe(wanted)
  })

  it('dashes in code are left, with the spaces around them', () => {
    const text = 'type -- here — now'
    expect(set(text, 'en', { fixed: [{ start: 5, end: 7 }] })).toBe('type -- here\u202f—\u2009now')
    expect(set(text, 'en', { smart: false })).toBe(text)
  })

  it('without smart marks only superfluous spaces go', () => {
    expect(set('"a"  -- b...', 'en', { smart: false })).toBe('"a" -- b...')
  })

  it('a megabyte of marks is set in one pass', () => {
    const text = '"a" \'b\' c--d... '.repeat(60_000)
    expect(set(text).slice(0, 16)).toBe('“a” ‘b’ c–d… “a”')
  })
})
