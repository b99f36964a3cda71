// The labels of lists by their level. In: a number and a manner, `a)`. Out: the label. One answer for both outputs.
import { roman } from '../model/numbers.js'

/** What a theme may name: the figure, and what follows it. */
export const NUMBERS = [
  ...(['1.', '1)', 'a.', 'a)', 'A.', 'A)'] as const),
  ...(['i.', 'i)', 'I.', 'I)'] as const),
] as const

export type NumberManner = (typeof NUMBERS)[number]

/** CSS's names (Counter Styles 3, 6), and PDF's (ISO 32000-1, table 347). */
interface System {
  css: string
  pdf: 'Decimal' | 'LowerAlpha' | 'UpperAlpha' | 'LowerRoman' | 'UpperRoman'
}

const DECIMAL: System = { css: 'decimal', pdf: 'Decimal' }
const SYSTEMS: ReadonlyMap<string, System> = new Map<string, System>([
  ['a', { css: 'lower-alpha', pdf: 'LowerAlpha' }],
  ['A', { css: 'upper-alpha', pdf: 'UpperAlpha' }],
  ['i', { css: 'lower-roman', pdf: 'LowerRoman' }],
  ['I', { css: 'upper-roman', pdf: 'UpperRoman' }],
])

export function systemOf(manner: NumberManner): System {
  return SYSTEMS.get(manner.charAt(0)) ?? DECIMAL
}

/** What a level has: the last that is named holds for all deeper ones. */
export function atLevel<T>(all: readonly T[] | undefined, level: number): T | undefined {
  return all?.[Math.min(level, all.length - 1)]
}

/** Numbers that a system cannot say stand in figures, as in CSS. */
export function labelOf(n: number, manner: NumberManner): string {
  return figureOf(n, manner.charAt(0)) + manner.slice(1)
}

function figureOf(n: number, kind: string): string {
  if (kind === '1' || n < 1) return String(n)
  if (kind === 'i' || kind === 'I') {
    if (n > 3999) return String(n)
    const letters = roman(n)
    return kind === 'i' ? letters.toLowerCase() : letters
  }
  let letters = ''
  for (let rest = n; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters
  return kind === 'a' ? letters : letters.toUpperCase()
}
