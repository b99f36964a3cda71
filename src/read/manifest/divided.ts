// In: the manifest's `hyphenation`. Out: where its words may be divided, by language.
import { error } from '../../diagnostic.js'
import { EVERY_LANGUAGE, type Hyphenation } from '../../model/book.js'
import { isTag } from '../../model/languages.js'
import type { Value } from '../../yaml/index.js'
import { asText, type Fields, shown } from './fields.js'

/** Undefined if the book has none. */
export function readHyphenation(all: Fields): Hyphenation | undefined {
  const value = all.entries.get('hyphenation')?.value
  if (value === undefined || value.kind === 'nothing') return undefined
  const made = new Map<string, Map<string, number[]>>()
  const take = (language: string, words: Value) => {
    const known = made.get(language) ?? new Map<string, number[]>()
    for (const item of words.kind === 'list' ? words.items : [words]) {
      const text = asText(item, 'a word of `hyphenation`', all.path, all.report)
      const word = text === undefined ? undefined : divisionsOf(text)
      if (word !== undefined) known.set(word.letters, word.offsets)
      else if (text !== undefined) {
        const hint = 'write one word with its hyphens: Mount-joy; a word without a hyphen is never divided'
        const place = { path: all.path, line: item.line }
        error(all.report, 'bad-hyphenation', place, `\`${shown(text)}\` in \`hyphenation\` is no word`, hint)
      }
    }
    if (known.size > 0) made.set(language, known)
  }
  if (value.kind === 'map') {
    for (const { key, value: words, line } of value.entries)
      if (isTag(key)) take(key.toLowerCase(), words)
      else {
        const hint = 'write a BCP 47 tag: en, en-GB, fr, el, ru'
        error(all.report, 'bad-language', { path: all.path, line }, `\`${shown(key)}\` is no language tag`, hint)
      }
  } else take(EVERY_LANGUAGE, value)
  return made.size > 0 ? made : undefined
}

/** 'Mount-joy' → 'mountjoy', [5]; undefined if it is no word. */
function divisionsOf(text: string): { letters: string; offsets: number[] } | undefined {
  const parts = text.normalize('NFC').split(/[-\u2010\u00ad]/)
  if (parts.some((part) => !/^[\p{L}\p{M}]+$/u.test(part))) return undefined
  const offsets: number[] = []
  let at = 0
  for (const part of parts.slice(0, -1)) offsets.push((at += part.length))
  return { letters: parts.join('').toLowerCase(), offsets }
}
