// What the languages need that Octavo knows: the shape of a tag, and the marks of quotation.

// BCP 47 (RFC 5646) without the grandfathered tags; extensions are taken as they come.
const TAG =
  /^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?$|^x(?:-[a-z0-9]{1,8})+$/i

export function isTag(tag: string): boolean {
  return tag.length <= 60 && TAG.test(tag)
}

/** 'pt-BR' → 'pt'. */
export function primary(tag: string): string {
  const cut = tag.indexOf('-')
  return (cut < 0 ? tag : tag.slice(0, cut)).toLowerCase()
}

/** Does the language set a long dash, where it has spaces at all, in thin ones? */
export function hasThinDashes(tag: string): boolean {
  return primary(tag) === 'en'
}

/** Opening and closing marks: those that stand for `"`, those for `'`. */
export type Quotes = readonly [string, string, string, string]

const NNBSP = '\u202f'
const QUOTES = new Map<string, Quotes>(
  Object.entries({
    en: ['“', '”', '‘', '’'],
    la: ['“', '”', '‘', '’'],
    fr: [`«${NNBSP}`, `${NNBSP}»`, '“', '”'],
    'fr-ch': ['«', '»', '‹', '›'],
    de: ['„', '“', '‚', '‘'],
    'de-ch': ['«', '»', '‹', '›'],
    'de-li': ['«', '»', '‹', '›'],
    es: ['«', '»', '“', '”'],
    'es-mx': ['“', '”', '‘', '’'],
    'es-419': ['“', '”', '‘', '’'],
    it: ['«', '»', '“', '”'],
    pt: ['“', '”', '‘', '’'],
    'pt-pt': ['«', '»', '“', '”'],
    nl: ['“', '”', '‘', '’'],
    pl: ['„', '”', '«', '»'],
    ru: ['«', '»', '„', '“'],
    uk: ['«', '»', '„', '“'],
    be: ['«', '»', '„', '“'],
    bg: ['„', '“', '’', '’'],
    el: ['«', '»', '“', '”'],
    ca: ['«', '»', '“', '”'],
    cs: ['„', '“', '‚', '‘'],
    sk: ['„', '“', '‚', '‘'],
    da: ['»', '«', '›', '‹'],
    nb: ['«', '»', '‘', '’'],
    nn: ['«', '»', '‘', '’'],
    no: ['«', '»', '‘', '’'],
    sv: ['”', '”', '’', '’'],
    fi: ['”', '”', '’', '’'],
    hu: ['„', '”', '»', '«'],
    ro: ['„', '”', '«', '»'],
    sl: ['„', '“', '‚', '‘'],
    hr: ['„', '”', '‘', '’'],
    sr: ['„', '”', '’', '’'],
    lt: ['„', '“', '‚', '‘'],
    lv: ['“', '”', '„', '“'],
    et: ['„', '“', '‚', '‘'],
    ga: ['“', '”', '‘', '’'],
    cy: ['“', '”', '‘', '’'],
    eo: ['“', '”', '‘', '’'],
  }),
)

/** By the whole tag, then by its language alone; undefined: leave quotes as they are. */
export function quotesOf(tag: string): Quotes | undefined {
  return QUOTES.get(tag.toLowerCase()) ?? QUOTES.get(primary(tag))
}

/** The languages that Octavo has words and rules for. */
export const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'pl', 'ru', 'el'] as const

export type Language = (typeof LANGUAGES)[number]

export function knowsLanguage(tag: string): boolean {
  return isLanguage(primary(tag))
}

export function isLanguage(primary: string): primary is Language {
  return (LANGUAGES as readonly string[]).includes(primary)
}

const RIGHT_TO_LEFT = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'iw',
  'khw',
  'ks',
  'ps',
  'sd',
  'syr',
  'ug',
  'ur',
  'yi',
  'ji',
])
const RIGHT_TO_LEFT_SCRIPTS = /^(adlm|arab|aran|hebr|mand|mend|nkoo|rohg|samr|syrc|thaa)$/

/** Which way the pages of a book in this language turn: by its script if the tag names one, else by the language. */
export function direction(tag: string): 'ltr' | 'rtl' {
  const script = tag
    .toLowerCase()
    .split('-')
    .slice(1)
    .find((part) => /^[a-z]{4}$/.test(part))
  if (script !== undefined) return RIGHT_TO_LEFT_SCRIPTS.test(script) ? 'rtl' : 'ltr'
  return RIGHT_TO_LEFT.has(primary(tag)) ? 'rtl' : 'ltr'
}
