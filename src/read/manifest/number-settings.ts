// In: the manifest's `numbering` and `contents-depth`. Out: which sections have numbers, in which manner; how deep the contents go.
import type { Manner, Numbering } from '../../model/numbers.js'
import { type Fields, fields, flagOf, lineOf, textOf, wrong } from './fields.js'
import { MANNERS, NUMBERING, namesOf } from './keys.js'

const HINT = 'write `true` for the theme’s manner, or words, roman or arabic'

/** `true` or a manner: parts and chapters; a map says each for itself. Undefined: nothing has a number. */
export function readNumbering(all: Fields): Numbering | undefined {
  const value = all.entries.get('numbering')?.value
  if (value === undefined || value.kind === 'nothing') return undefined
  if (value.kind === 'text') {
    const one = readManner(all, 'numbering')
    return one === false ? undefined : { parts: one, chapters: one, sections: false }
  }
  const map = fields(value, namesOf(NUMBERING), '`numbering`', all.path, all.report)
  if (map === undefined) return undefined
  return {
    parts: readManner(map, 'parts'),
    chapters: readManner(map, 'chapters'),
    sections: readManner(map, 'sections'),
  }
}

function readManner(from: Fields, key: string): Manner | boolean {
  const value = from.entries.get(key)?.value
  if (value === undefined || value.kind === 'nothing') return false
  if (value.kind === 'text' && value.plain && /^(?:true|false)$/i.test(value.text)) return flagOf(from, key) ?? false
  const text = textOf(from, key)
  if (text !== undefined && (MANNERS as readonly string[]).includes(text)) return text as Manner
  if (value.kind === 'text') wrong(from.path, from.report, lineOf(from, key), `\`${key}\``, 'a manner of numbers', HINT)
  return false
}

/** 1, the titles of parts and chapters, to 4: three ranks of headings below them. Undefined: the theme may say it. */
export function readDepth(all: Fields): number | undefined {
  const text = textOf(all, 'contents-depth')
  if (text === undefined) return undefined
  if (/^[1-4]$/.test(text)) return Number(text)
  const hint = 'write 1 for titles alone, 2 for `##` too'
  wrong(all.path, all.report, lineOf(all, 'contents-depth'), '`contents-depth`', 'a whole number from 1 to 4', hint)
  return 1
}
