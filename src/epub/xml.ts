// Text goes in, text that XML takes comes out: what every document of the EPUB is written with.
import { direction } from '../model/languages.js'

// What may not stand in XML text as it is: markup; soft hyphens, which are read aloud in pieces and found by no search;
// and what XML 1.0 (2.2) has no room for.
const SPECIAL = /[&<>\u00ad\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const ALL_SPECIAL = new RegExp(SPECIAL.source, 'g')
const IN_ATTRIBUTE = /["\t\n\r]/g

/** Character data. Soft hyphens go; a character that XML cannot hold shows as U+FFFD. */
export function text(value: string): string {
  return SPECIAL.test(value) ? value.replace(ALL_SPECIAL, escaped) : value
}

/** The value of an attribute, without its quotes. */
export function value(of: string): string {
  return text(of).replace(IN_ATTRIBUTE, (c) => (c === '"' ? '&quot;' : ' '))
}

function escaped(character: string): string {
  switch (character) {
    case '&':
      return '&amp;'
    case '<':
      return '&lt;'
    case '>':
      return '&gt;'
    case '\u00ad':
      return ''
    default:
      return '\ufffd'
  }
}

/**
 * Attributes as they stand in a tag, each after a space; those that are undefined are left out. Use it where a tag has
 * several that may be missing; a tag that is always the same is easier to read written out.
 */
export function attributes(of: Record<string, string | number | undefined>): string {
  let out = ''
  for (const name of Object.keys(of)) {
    const v = of[name]
    if (v !== undefined) out += ` ${name}="${typeof v === 'number' ? v : value(v)}"`
  }
  return out
}

/** `lang` for old and new reading systems; nothing if there is nothing to say. `mixed`: it says, too, which way it is written. */
export function language(tag: string | undefined, mixed = false): string {
  return tag === undefined ? '' : attributes({ 'xml:lang': tag, lang: tag, dir: mixed ? direction(tag) : undefined })
}

/** An identifier that may stand in an `id` attribute, a fragment and a package document (an XML NCName). */
export function xmlId(id: string): string {
  const safe = id.replace(/[^\p{L}\p{M}\p{N}._-]/gu, '-')
  return /^[\p{L}_]/u.test(safe) ? safe : `_${safe}`
}
