// The few words that the EPUB says for itself, in the book's language. English where we do not know better.

export interface Words {
  cover: string
  titlePage: string
  contents: string
  /** Where the text proper begins. */
  text: string
  /** Heading of the list of printed pages. */
  pages: string
  landmarks: string
}

const ENGLISH: Words = {
  cover: 'Cover',
  titlePage: 'Title page',
  contents: 'Contents',
  text: 'Text',
  pages: 'Pages',
  landmarks: 'Landmarks',
}

const BY_LANGUAGE: Record<string, Words> = {
  en: ENGLISH,
  de: {
    cover: 'Umschlag',
    titlePage: 'Titelseite',
    contents: 'Inhalt',
    text: 'Text',
    pages: 'Seiten',
    landmarks: 'Orientierungspunkte',
  },
  fr: {
    cover: 'Couverture',
    titlePage: 'Page de titre',
    contents: 'Table des matières',
    text: 'Texte',
    pages: 'Pages',
    landmarks: 'Points de repère',
  },
  es: {
    cover: 'Cubierta',
    titlePage: 'Portada',
    contents: 'Índice',
    text: 'Texto',
    pages: 'Páginas',
    landmarks: 'Puntos de referencia',
  },
  it: {
    cover: 'Copertina',
    titlePage: 'Frontespizio',
    contents: 'Indice',
    text: 'Testo',
    pages: 'Pagine',
    landmarks: 'Punti di riferimento',
  },
  pt: {
    cover: 'Capa',
    titlePage: 'Página de rosto',
    contents: 'Índice',
    text: 'Texto',
    pages: 'Páginas',
    landmarks: 'Pontos de referência',
  },
  nl: {
    cover: 'Omslag',
    titlePage: 'Titelpagina',
    contents: 'Inhoud',
    text: 'Tekst',
    pages: 'Pagina’s',
    landmarks: 'Oriëntatiepunten',
  },
  pl: {
    cover: 'Okładka',
    titlePage: 'Strona tytułowa',
    contents: 'Spis treści',
    text: 'Tekst',
    pages: 'Strony',
    landmarks: 'Punkty orientacyjne',
  },
  ru: {
    cover: 'Обложка',
    titlePage: 'Титульный лист',
    contents: 'Содержание',
    text: 'Текст',
    pages: 'Страницы',
    landmarks: 'Ориентиры',
  },
}

/** `tag` is a BCP 47 language tag. */
export function wordsOf(tag: string): Words {
  return BY_LANGUAGE[primaryLanguage(tag)] ?? ENGLISH
}

export function primaryLanguage(tag: string): string {
  return tag.toLowerCase().split('-', 1)[0]!
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
  return RIGHT_TO_LEFT.has(primaryLanguage(tag)) ? 'rtl' : 'ltr'
}
