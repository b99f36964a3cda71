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
  /** In place of the alternative of a picture that has none. */
  undescribed: string
}

const ENGLISH: Words = {
  cover: 'Cover',
  titlePage: 'Title page',
  contents: 'Contents',
  text: 'Text',
  pages: 'Pages',
  landmarks: 'Landmarks',
  undescribed: 'Picture without a description',
}

const BY_LANGUAGE = new Map<string, Words>(
  Object.entries({
    en: ENGLISH,
    de: {
      cover: 'Umschlag',
      titlePage: 'Titelseite',
      contents: 'Inhalt',
      text: 'Text',
      pages: 'Seiten',
      landmarks: 'Orientierungspunkte',
      undescribed: 'Bild ohne Beschreibung',
    },
    fr: {
      cover: 'Couverture',
      titlePage: 'Page de titre',
      contents: 'Table des matières',
      text: 'Texte',
      pages: 'Pages',
      landmarks: 'Points de repère',
      undescribed: 'Image sans description',
    },
    es: {
      cover: 'Cubierta',
      titlePage: 'Portada',
      contents: 'Índice',
      text: 'Texto',
      pages: 'Páginas',
      landmarks: 'Puntos de referencia',
      undescribed: 'Imagen sin descripción',
    },
    it: {
      cover: 'Copertina',
      titlePage: 'Frontespizio',
      contents: 'Indice',
      text: 'Testo',
      pages: 'Pagine',
      landmarks: 'Punti di riferimento',
      undescribed: 'Immagine senza descrizione',
    },
    pt: {
      cover: 'Capa',
      titlePage: 'Página de rosto',
      contents: 'Índice',
      text: 'Texto',
      pages: 'Páginas',
      landmarks: 'Pontos de referência',
      undescribed: 'Imagem sem descrição',
    },
    nl: {
      cover: 'Omslag',
      titlePage: 'Titelpagina',
      contents: 'Inhoud',
      text: 'Tekst',
      pages: 'Pagina’s',
      landmarks: 'Oriëntatiepunten',
      undescribed: 'Afbeelding zonder beschrijving',
    },
    pl: {
      cover: 'Okładka',
      titlePage: 'Strona tytułowa',
      contents: 'Spis treści',
      text: 'Tekst',
      pages: 'Strony',
      landmarks: 'Punkty orientacyjne',
      undescribed: 'Ilustracja bez opisu',
    },
    ru: {
      cover: 'Обложка',
      titlePage: 'Титульный лист',
      contents: 'Содержание',
      text: 'Текст',
      pages: 'Страницы',
      landmarks: 'Ориентиры',
      undescribed: 'Изображение без описания',
    },
  }),
)

/** `tag` is a BCP 47 language tag. */
export function wordsOf(tag: string): Words {
  return BY_LANGUAGE.get(primaryLanguage(tag)) ?? ENGLISH
}

/** The language of `wordsOf`, where it is not the book's: what is said in it must be marked. */
export function borrowed(tag: string): string | undefined {
  return BY_LANGUAGE.get(primaryLanguage(tag)) === undefined ? 'en' : undefined
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
