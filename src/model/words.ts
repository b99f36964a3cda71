// The words that Octavo writes of its own accord, in the languages that it knows: one table for the reader and both outputs.
import type { EditionName } from './editions.js'
import { type Language, primary } from './languages.js'
import { SECTION_ROLES, type SectionRole } from './role.js'

/** What is one word or sentence. */
interface Phrases {
  /** What the edition is made from. */
  source: string
  /** `%` stands for the date. */
  edition: string
  /** Sentences of the colophon: `%` stands for the faces; for a family and its designer; for a licence. */
  setIn: string
  designedBy: string
  licensed: string
  madeWith: string
  /** What a picture and a table are called, before their numbers. */
  figure: string
  table: string
  /** Before the number of a page, short. */
  page: string
  cover: string
  /** Where the text proper begins. */
  text: string
  /** Heading of the list of printed pages. */
  pages: string
  landmarks: string
  /** In place of the alternative of a picture that has none. */
  undescribed: string
  /** What a note's way back is called: `%` stands for the figure of the reference that it leads to. */
  back: string
}

export interface Words extends Phrases {
  /** What a section is called that has no title of its own. */
  roles: Record<SectionRole, string>
  /** `%` stands for the name. By MARC relator. */
  credits: ReadonlyMap<string, string>
  /** What stands behind an edition's ISBN. */
  editions: Record<EditionName, string>
  /** Of a number in figures: '2nd edition', '3rd printing'. */
  nthEdition: (n: string) => string
  nthPrinting: (n: string) => string
}

/** Relators that are said alike stand together: an introduction has an author (aui) or a writer (win). */
const CREDITS = [
  'trl',
  'edt',
  'ill',
  'aui win',
  'aft',
  'wfw',
  'wpr',
  'ann',
  'com',
  'cov bjd',
  'trc',
  'pht',
  'cmt',
] as const

interface Row extends Phrases {
  /** In the order of SECTION_ROLES, `|` between them. */
  roles: string
  /** In the order of CREDITS. */
  credits: string
  /** An edition of pages on paper, and one to fold. */
  printed: string
  /** Of an edition and of a printing; `%` stands for the number, in English and French with its ending. */
  numbered: string
}

const TABLE: Record<Language, Row> = {
  en: {
    roles: `
      Half title | Title page | Imprint | Contents | Dedication | Epigraph | Foreword | Preface | Introduction |
      Note | Part | Chapter | Appendix | Afterword | Bibliography | Glossary | Index | Colophon |
      Also by the Author | Praise for This Book | Map | Illustrations | Acknowledgements | About the Author | Chronology | Prologue |
      Interlude | Epilogue | Notes`,
    credits: `
      Translated by % | Edited by % | Illustrated by % | Introduction by % | Afterword by % | Foreword by % |
      Preface by % | Notes by % | Compiled by % | Cover by % | Transcribed by % | Photographs by % | Typeset by %`,
    printed: 'print | booklet',
    numbered: '% edition | % printing',
    source: 'Source:',
    edition: 'This edition: %',
    setIn: 'Set in %.',
    designedBy: '%, designed by %',
    licensed: '% (licence: %)',
    madeWith: 'Composed with %.',
    figure: 'Figure',
    table: 'Table',
    page: 'p.',
    cover: 'Cover',
    text: 'Text',
    pages: 'Pages',
    landmarks: 'Landmarks',
    undescribed: 'Picture without a description',
    back: 'Back to reference %',
  },
  fr: {
    roles: `
      Faux-titre | Page de titre | Mentions légales | Table des matières | Dédicace | Épigraphe | Avant-propos |
      Préface | Introduction | Note | Partie | Chapitre | Annexe | Postface | Bibliographie | Glossaire | Index |
      Colophon |
      Du même auteur | La presse en parle | Carte | Table des illustrations | Remerciements | À propos de l’auteur |
      Chronologie | Prologue | Interlude | Épilogue | Notes`,
    credits: `
      Traduit par % | Édité par % | Illustré par % | Introduction de % | Postface de % | Avant-propos de % |
      Préface de % | Notes de % | Réuni par % | Couverture de % | Transcrit par % | Photographies de % |
      Composition de %`,
    printed: 'imprimé | livret',
    numbered: '% édition | Tirage n° %',
    source: 'Source :',
    edition: 'Cette édition : %',
    setIn: 'Composé en %.',
    designedBy: '%, dessiné par %',
    licensed: '% (licence : %)',
    madeWith: 'Mis en page avec %.',
    figure: 'Figure',
    table: 'Tableau',
    page: 'p.',
    cover: 'Couverture',
    text: 'Texte',
    pages: 'Pages',
    landmarks: 'Points de repère',
    undescribed: 'Image sans description',
    back: 'Retour à l’appel de note %',
  },
  de: {
    roles: `
      Schmutztitel | Titelseite | Impressum | Inhalt | Widmung | Motto | Geleitwort | Vorwort | Einleitung |
      Anmerkung | Teil | Kapitel | Anhang | Nachwort | Literatur | Glossar | Register | Kolophon |
      Weitere Bücher | Stimmen zum Buch | Karte | Abbildungsverzeichnis | Danksagung | Über den Autor | Zeittafel |
      Prolog | Zwischenspiel | Epilog | Anmerkungen`,
    credits: `
      Übersetzt von % | Herausgegeben von % | Illustriert von % | Einleitung von % | Nachwort von % |
      Geleitwort von % | Vorwort von % | Anmerkungen von % | Zusammengestellt von % | Umschlag von % |
      Transkribiert von % | Fotografien von % | Satz von %`,
    printed: 'Druck | Heft',
    numbered: '%. Auflage | %. Druck',
    source: 'Quelle:',
    edition: 'Diese Ausgabe: %',
    setIn: 'Gesetzt aus der %.',
    designedBy: '%, entworfen von %',
    licensed: '% (Lizenz: %)',
    madeWith: 'Umbrochen mit %.',
    figure: 'Abbildung',
    table: 'Tabelle',
    page: 'S.',
    cover: 'Umschlag',
    text: 'Text',
    pages: 'Seiten',
    landmarks: 'Orientierungspunkte',
    undescribed: 'Bild ohne Beschreibung',
    back: 'Zurück zum Notenzeichen %',
  },
  es: {
    roles: `
      Anteportada | Portada | Página legal | Índice | Dedicatoria | Epígrafe | Prólogo | Prefacio | Introducción |
      Nota | Parte | Capítulo | Apéndice | Epílogo | Bibliografía | Glosario | Índice alfabético | Colofón |
      Otras obras | Elogios | Mapa | Índice de ilustraciones | Agradecimientos | Sobre el autor | Cronología |
      Prólogo | Interludio | Epílogo | Notas`,
    credits: `
      Traducción de % | Edición de % | Ilustraciones de % | Introducción de % | Epílogo de % | Prólogo de % |
      Prefacio de % | Notas de % | Recopilación de % | Cubierta de % | Transcripción de % | Fotografías de % |
      Composición de %`,
    printed: 'impreso | cuadernillo',
    numbered: '%.ª edición | %.ª impresión',
    source: 'Fuente:',
    edition: 'Esta edición: %',
    setIn: 'Compuesto en %.',
    designedBy: '%, diseñada por %',
    licensed: '% (licencia: %)',
    madeWith: 'Maquetado con %.',
    figure: 'Figura',
    table: 'Tabla',
    page: 'p.',
    cover: 'Cubierta',
    text: 'Texto',
    pages: 'Páginas',
    landmarks: 'Puntos de referencia',
    undescribed: 'Imagen sin descripción',
    back: 'Volver a la llamada %',
  },
  it: {
    roles: `
      Occhiello | Frontespizio | Colophon editoriale | Indice | Dedica | Epigrafe | Premessa | Prefazione |
      Introduzione | Nota | Parte | Capitolo | Appendice | Postfazione | Bibliografia | Glossario | Indice analitico |
      Colophon |
      Altre opere | Hanno scritto del libro | Mappa | Indice delle illustrazioni | Ringraziamenti | L’autore |
      Cronologia | Prologo | Interludio | Epilogo | Note`,
    credits: `
      Traduzione di % | A cura di % | Illustrazioni di % | Introduzione di % | Postfazione di % | Premessa di % |
      Prefazione di % | Note di % | Raccolta di % | Copertina di % | Trascrizione di % | Fotografie di % |
      Composizione di %`,
    printed: 'a stampa | libretto',
    numbered: '%ª edizione | %ª ristampa',
    source: 'Fonte:',
    edition: 'Questa edizione: %',
    setIn: 'Composto in %.',
    designedBy: '%, disegnato da %',
    licensed: '% (licenza: %)',
    madeWith: 'Impaginato con %.',
    figure: 'Figura',
    table: 'Tabella',
    page: 'p.',
    cover: 'Copertina',
    text: 'Testo',
    pages: 'Pagine',
    landmarks: 'Punti di riferimento',
    undescribed: 'Immagine senza descrizione',
    back: 'Torna al richiamo %',
  },
  pt: {
    roles: `
      Falso rosto | Folha de rosto | Ficha técnica | Índice | Dedicatória | Epígrafe | Prólogo | Prefácio |
      Introdução | Nota | Parte | Capítulo | Apêndice | Posfácio | Bibliografia | Glossário | Índice remissivo |
      Colofão |
      Outras obras | Elogios | Mapa | Índice de ilustrações | Agradecimentos | Sobre o autor | Cronologia | Prólogo |
      Interlúdio | Epílogo | Notas`,
    credits: `
      Tradução de % | Edição de % | Ilustrações de % | Introdução de % | Posfácio de % | Prólogo de % |
      Prefácio de % | Notas de % | Compilação de % | Capa de % | Transcrição de % | Fotografias de % | Composição de %`,
    printed: 'impresso | caderno',
    numbered: '%.ª edição | %.ª impressão',
    source: 'Fonte:',
    edition: 'Esta edição: %',
    setIn: 'Composto em %.',
    designedBy: '%, desenhada por %',
    licensed: '% (licença: %)',
    madeWith: 'Paginado com %.',
    figure: 'Figura',
    table: 'Tabela',
    page: 'p.',
    cover: 'Capa',
    text: 'Texto',
    pages: 'Páginas',
    landmarks: 'Pontos de referência',
    undescribed: 'Imagem sem descrição',
    back: 'Voltar à chamada %',
  },
  nl: {
    roles: `
      Franse titel | Titelpagina | Colofon | Inhoud | Opdracht | Motto | Ten geleide | Voorwoord | Inleiding | Noot |
      Deel | Hoofdstuk | Bijlage | Nawoord | Bibliografie | Woordenlijst | Register | Verantwoording |
      Ander werk | Over dit boek | Kaart | Lijst van afbeeldingen | Dankwoord | Over de auteur | Tijdlijn | Proloog |
      Intermezzo | Epiloog | Noten`,
    credits: `
      Vertaald door % | Redactie: % | Geïllustreerd door % | Inleiding van % | Nawoord van % | Ten geleide van % |
      Voorwoord van % | Noten van % | Samengesteld door % | Omslag: % | Getranscribeerd door % | Foto’s van % |
      Zetwerk: %`,
    printed: 'gedrukt | boekje',
    numbered: '%e druk | %e oplage',
    source: 'Bron:',
    edition: 'Deze uitgave: %',
    setIn: 'Gezet in %.',
    designedBy: '%, ontworpen door %',
    licensed: '% (licentie: %)',
    madeWith: 'Opgemaakt met %.',
    figure: 'Figuur',
    table: 'Tabel',
    page: 'p.',
    cover: 'Omslag',
    text: 'Tekst',
    pages: 'Pagina’s',
    landmarks: 'Oriëntatiepunten',
    undescribed: 'Afbeelding zonder beschrijving',
    back: 'Terug naar verwijzing %',
  },
  pl: {
    roles: `
      Przedtytuł | Strona tytułowa | Strona redakcyjna | Spis treści | Dedykacja | Motto | Słowo wstępne | Przedmowa |
      Wstęp | Przypis | Część | Rozdział | Dodatek | Posłowie | Bibliografia | Słowniczek | Indeks | Kolofon |
      Inne książki | Głosy o książce | Mapa | Spis ilustracji | Podziękowania | O autorze | Kalendarium | Prolog |
      Interludium | Epilog | Przypisy`,
    credits: `
      Przekład: % | Redakcja: % | Ilustracje: % | Wstęp: % | Posłowie: % | Słowo wstępne: % | Przedmowa: % |
      Przypisy: % | Wybór: % | Okładka: % | Transkrypcja: % | Fotografie: % | Skład: %`,
    printed: 'druk | zeszyt',
    numbered: 'Wydanie % | Nakład %',
    source: 'Źródło:',
    edition: 'To wydanie: %',
    setIn: 'Krój pisma: %.',
    designedBy: '%, projekt: %',
    licensed: '% (licencja: %)',
    madeWith: 'Skład: %.',
    figure: 'Rysunek',
    table: 'Tabela',
    page: 's.',
    cover: 'Okładka',
    text: 'Tekst',
    pages: 'Strony',
    landmarks: 'Punkty orientacyjne',
    undescribed: 'Ilustracja bez opisu',
    back: 'Powrót do odsyłacza %',
  },
  ru: {
    roles: `
      Шмуцтитул | Титульный лист | Выходные данные | Содержание | Посвящение | Эпиграф | Предисловие | От автора |
      Введение | Примечание | Часть | Глава | Приложение | Послесловие | Библиография | Глоссарий | Указатель |
      Колофон |
      Другие книги | Отзывы о книге | Карта | Список иллюстраций | Благодарности | Об авторе | Хронология | Пролог |
      Интерлюдия | Эпилог | Примечания`,
    credits: `
      Перевод: % | Редактор: % | Иллюстрации: % | Введение: % | Послесловие: % | Предисловие: % | Предисловие: % |
      Примечания: % | Составитель: % | Обложка: % | Транскрипция: % | Фотографии: % | Вёрстка: %`,
    printed: 'печать | брошюра',
    numbered: '%-е издание | %-й завод',
    source: 'Источник:',
    edition: 'Настоящее издание: %',
    setIn: 'Гарнитура: %.',
    designedBy: '%, автор: %',
    licensed: '% (лицензия: %)',
    madeWith: 'Вёрстка: %.',
    figure: 'Рисунок',
    table: 'Таблица',
    page: 'с.',
    cover: 'Обложка',
    text: 'Текст',
    pages: 'Страницы',
    landmarks: 'Ориентиры',
    undescribed: 'Изображение без описания',
    back: 'Назад к сноске %',
  },
  el: {
    roles: `
      Ψευδότιτλος | Σελίδα τίτλου | Στοιχεία έκδοσης | Περιεχόμενα | Αφιέρωση | Μότο | Πρόλογος | Προοίμιο |
      Εισαγωγή | Σημείωση | Μέρος | Κεφάλαιο | Παράρτημα | Επίμετρο | Βιβλιογραφία | Γλωσσάριο | Ευρετήριο | Κολοφώνας |
      Άλλα έργα | Έγραψαν για το βιβλίο | Χάρτης | Κατάλογος εικόνων | Ευχαριστίες | Για τον συγγραφέα | Χρονολόγιο |
      Πρόλογος | Ιντερλούδιο | Επίλογος | Σημειώσεις`,
    credits: `
      Μετάφραση: % | Επιμέλεια: % | Εικονογράφηση: % | Εισαγωγή: % | Επίμετρο: % | Πρόλογος: % | Προοίμιο: % |
      Σημειώσεις: % | Ανθολόγηση: % | Εξώφυλλο: % | Μεταγραφή: % | Φωτογραφίες: % | Στοιχειοθεσία: %`,
    printed: 'έντυπο | φυλλάδιο',
    numbered: '%η έκδοση | %η εκτύπωση',
    source: 'Πηγή:',
    edition: 'Αυτή η έκδοση: %',
    setIn: 'Γραμματοσειρά: %.',
    designedBy: '%, σχεδιασμός: %',
    licensed: '% (άδεια: %)',
    madeWith: 'Σελιδοποίηση: %.',
    figure: 'Εικόνα',
    table: 'Πίνακας',
    page: 'σ.',
    cover: 'Εξώφυλλο',
    text: 'Κείμενο',
    pages: 'Σελίδες',
    landmarks: 'Σημεία αναφοράς',
    undescribed: 'Εικόνα χωρίς περιγραφή',
    back: 'Πίσω στην παραπομπή %',
  },
}
const ROWS: ReadonlyMap<string, Row> = new Map(Object.entries(TABLE))

const made = new Map<string, Words>()

/** In the language of `tag`, BCP 47; English for those that are not known. */
export function wordsOf(tag: string): Words {
  const language = ROWS.has(primary(tag)) ? primary(tag) : 'en'
  let words = made.get(language)
  if (words === undefined) {
    const row = ROWS.get(language)!
    const names = listOf(row.roles)
    const roles = Object.fromEntries(SECTION_ROLES.map((role, i) => [role, names[i]!])) as Record<SectionRole, string>
    const credits = new Map<string, string>()
    listOf(row.credits).forEach((phrase, i) => {
      for (const code of CREDITS[i]!.split(' ')) credits.set(code, phrase)
    })
    const [print, booklet] = listOf(row.printed)
    const editions = {
      epub: 'EPUB',
      kepub: 'Kobo',
      web: 'HTML',
      pdf: 'PDF',
      print: print!,
      booklet: booklet!,
      'cover-wrap': print!,
    }
    const [nthEdition, nthPrinting] = listOf(row.numbered).map(
      (pattern) => (n: string) => pattern.replace('%', pattern.startsWith('% ') ? nth(n, language) : n),
    )
    words = { ...row, roles, credits, editions, nthEdition: nthEdition!, nthPrinting: nthPrinting! }
    made.set(language, words)
  }
  return words
}

/** '2nd', '1re': where the ending is another for each number. */
function nth(n: string, language: string): string {
  if (language === 'fr') return n === '1' ? '1re' : `${n}e`
  if (language !== 'en') return n
  const ending = /1\d$/.test(n) ? 'th' : (['th', 'st', 'nd', 'rd'][Number(n.at(-1))] ?? 'th')
  return n + ending
}

/** The language that generated words are in, where it is not the book's: what is said in it must be marked, and nothing else. */
export function lentLanguage(tag: string): string | undefined {
  return ROWS.has(primary(tag)) ? undefined : 'en'
}

function listOf(row: string): string[] {
  return row.split('|').map((one) => one.trim())
}
