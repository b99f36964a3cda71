// Pages in their order go in; what is printed on them comes out: roman numbers before the text's first page, arabic from there.
import { wordsOf } from '../../model/words.js'
import type { Page } from '../typeset.js'

/** `arabicFrom`: the page that is 1; undefined if none is. */
export function labelPages(pages: readonly Page[], arabicFrom: number | undefined): void {
  const from = arabicFrom ?? pages.length
  pages.forEach((page, i) => {
    page.label = i < from ? roman(i + 1) : String(i - from + 1)
  })
}

/** What a cross-reference prints after its text. */
export function pageRef(language: string, label: string | undefined): string {
  if (!label) return ''
  return `\u00a0(${wordsOf(language).page}\u00a0${label})`
}

function roman(n: number): string {
  const digits: [number, string][] = [
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ]
  let out = ''
  for (const [value, digit] of digits) for (; n >= value; n -= value) out += digit
  return out
}
