// The words that Octavo writes of its own accord, in the languages that it knows.
import { primary } from './languages.js'
import type { SectionRole } from './role.js'

export interface Words {
  /** What a section is called that has no title of its own. */
  roles: Record<SectionRole, string>
  /** What the edition is made from. */
  source: string
  /** `%` stands for the date. */
  edition: string
  /** `%` stands for the name. By MARC relator. */
  credits: ReadonlyMap<string, string>
  /** Sentences of the colophon: `%` stands for the faces; for a family and its designer; for a licence. */
  setIn: string
  designedBy: string
  licensed: string
  madeWith: string
}

const ROLE_NAMES = new Map<string, string>(
  Object.entries({
    // In the order of ROLE_ORDER.
    en: `
    Half title | Title page | Imprint | Contents | Dedication | Epigraph | Foreword | Preface | Introduction |
    Note | Part | Chapter | Appendix | Afterword | Bibliography | Glossary | Index | Colophon`,
    fr: `
    Faux-titre | Page de titre | Mentions légales | Table des matières | Dédicace | Épigraphe | Avant-propos |
    Préface | Introduction | Note | Partie | Chapitre | Annexe | Postface | Bibliographie | Glossaire | Index |
    Colophon`,
    de: `
    Schmutztitel | Titelseite | Impressum | Inhalt | Widmung | Motto | Geleitwort | Vorwort | Einleitung |
    Anmerkung | Teil | Kapitel | Anhang | Nachwort | Literatur | Glossar | Register | Kolophon`,
    es: `
    Anteportada | Portada | Página legal | Índice | Dedicatoria | Epígrafe | Prólogo | Prefacio | Introducción |
    Nota | Parte | Capítulo | Apéndice | Epílogo | Bibliografía | Glosario | Índice alfabético | Colofón`,
    it: `
    Occhiello | Frontespizio | Colophon editoriale | Indice | Dedica | Epigrafe | Premessa | Prefazione |
    Introduzione | Nota | Parte | Capitolo | Appendice | Postfazione | Bibliografia | Glossario |
    Indice analitico | Colophon`,
    pt: `
    Falso rosto | Folha de rosto | Ficha técnica | Índice | Dedicatória | Epígrafe | Prólogo | Prefácio |
    Introdução | Nota | Parte | Capítulo | Apêndice | Posfácio | Bibliografia | Glossário | Índice remissivo |
    Colofão`,
    nl: `
    Franse titel | Titelpagina | Colofon | Inhoud | Opdracht | Motto | Ten geleide | Voorwoord | Inleiding | Noot |
    Deel | Hoofdstuk | Bijlage | Nawoord | Bibliografie | Woordenlijst | Register | Verantwoording`,
    pl: `
    Przedtytuł | Strona tytułowa | Strona redakcyjna | Spis treści | Dedykacja | Motto | Słowo wstępne |
    Przedmowa | Wstęp | Przypis | Część | Rozdział | Dodatek | Posłowie | Bibliografia | Słowniczek | Indeks |
    Kolofon`,
    ru: `
    Шмуцтитул | Титульный лист | Выходные данные | Содержание | Посвящение | Эпиграф | Предисловие | От автора |
    Введение | Примечание | Часть | Глава | Приложение | Послесловие | Библиография | Глоссарий | Указатель |
    Колофон`,
    el: `
    Ψευδότιτλος | Σελίδα τίτλου | Στοιχεία έκδοσης | Περιεχόμενα | Αφιέρωση | Μότο | Πρόλογος | Προοίμιο |
    Εισαγωγή | Σημείωση | Μέρος | Κεφάλαιο | Παράρτημα | Επίμετρο | Βιβλιογραφία | Γλωσσάριο | Ευρετήριο | Κολοφώνας`,
  }),
)
const ROLE_ORDER = [
  'half-title',
  'title-page',
  'imprint',
  'contents',
  'dedication',
  'epigraph',
  'foreword',
  'preface',
  'introduction',
  'note',
  'part',
  'chapter',
  'appendix',
  'afterword',
  'bibliography',
  'glossary',
  'index',
  'colophon',
] as const satisfies readonly SectionRole[]

const CREDITS = ['trl', 'edt', 'ill', 'aui', 'aft', 'wfw', 'wpr', 'ann', 'com', 'cov', 'trc', 'pht'] as const
const CREDIT_NAMES = new Map<string, string>(
  Object.entries({
    en: `
    Translated by % | Edited by % | Illustrated by % | Introduction by % | Afterword by % | Foreword by % |
    Preface by % | Notes by % | Compiled by % | Cover by % | Transcribed by % | Photographs by %`,
    fr: `
    Traduit par % | Édité par % | Illustré par % | Introduction de % | Postface de % | Avant-propos de % |
    Préface de % | Notes de % | Réuni par % | Couverture de % | Transcrit par % | Photographies de %`,
    de: `
    Übersetzt von % | Herausgegeben von % | Illustriert von % | Einleitung von % | Nachwort von % |
    Geleitwort von % | Vorwort von % | Anmerkungen von % | Zusammengestellt von % | Umschlag von % |
    Transkribiert von % | Fotografien von %`,
    es: `
    Traducción de % | Edición de % | Ilustraciones de % | Introducción de % | Epílogo de % | Prólogo de % |
    Prefacio de % | Notas de % | Recopilación de % | Cubierta de % | Transcripción de % | Fotografías de %`,
    it: `
    Traduzione di % | A cura di % | Illustrazioni di % | Introduzione di % | Postfazione di % | Premessa di % |
    Prefazione di % | Note di % | Raccolta di % | Copertina di % | Trascrizione di % | Fotografie di %`,
    pt: `
    Tradução de % | Edição de % | Ilustrações de % | Introdução de % | Posfácio de % | Prólogo de % |
    Prefácio de % | Notas de % | Compilação de % | Capa de % | Transcrição de % | Fotografias de %`,
    nl: `
    Vertaald door % | Redactie: % | Geïllustreerd door % | Inleiding van % | Nawoord van % | Ten geleide van % |
    Voorwoord van % | Noten van % | Samengesteld door % | Omslag: % | Getranscribeerd door % | Foto’s van %`,
    pl: `
    Przekład: % | Redakcja: % | Ilustracje: % | Wstęp: % | Posłowie: % | Słowo wstępne: % | Przedmowa: % |
    Przypisy: % | Wybór: % | Okładka: % | Transkrypcja: % | Fotografie: %`,
    ru: `
    Перевод: % | Редактор: % | Иллюстрации: % | Введение: % | Послесловие: % | Предисловие: % | Предисловие: % |
    Примечания: % | Составитель: % | Обложка: % | Транскрипция: % | Фотографии: %`,
    el: `
    Μετάφραση: % | Επιμέλεια: % | Εικονογράφηση: % | Εισαγωγή: % | Επίμετρο: % | Πρόλογος: % | Προοίμιο: % |
    Σημειώσεις: % | Ανθολόγηση: % | Εξώφυλλο: % | Μεταγραφή: % | Φωτογραφίες: %`,
  }),
)

type Rest = Omit<Words, 'roles' | 'credits'>
const REST = new Map<string, Rest>(
  Object.entries({
    en: {
      ...{ source: 'Source:', edition: 'This edition: %', setIn: 'Set in %.', designedBy: '%, designed by %' },
      ...{ licensed: '% (licence: %)', madeWith: 'Composed with %.' },
    },
    fr: {
      ...{ source: 'Source :', edition: 'Cette édition : %', setIn: 'Composé en %.' },
      ...{ designedBy: '%, dessiné par %', licensed: '% (licence : %)', madeWith: 'Mis en page avec %.' },
    },
    de: {
      ...{ source: 'Quelle:', edition: 'Diese Ausgabe: %', setIn: 'Gesetzt aus der %.' },
      ...{ designedBy: '%, entworfen von %', licensed: '% (Lizenz: %)', madeWith: 'Umbrochen mit %.' },
    },
    es: {
      ...{ source: 'Fuente:', edition: 'Esta edición: %', setIn: 'Compuesto en %.' },
      ...{ designedBy: '%, diseñada por %', licensed: '% (licencia: %)', madeWith: 'Maquetado con %.' },
    },
    it: {
      ...{ source: 'Fonte:', edition: 'Questa edizione: %', setIn: 'Composto in %.' },
      ...{ designedBy: '%, disegnato da %', licensed: '% (licenza: %)', madeWith: 'Impaginato con %.' },
    },
    pt: {
      ...{ source: 'Fonte:', edition: 'Esta edição: %', setIn: 'Composto em %.' },
      ...{ designedBy: '%, desenhada por %', licensed: '% (licença: %)', madeWith: 'Paginado com %.' },
    },
    nl: {
      ...{ source: 'Bron:', edition: 'Deze uitgave: %', setIn: 'Gezet in %.' },
      ...{ designedBy: '%, ontworpen door %', licensed: '% (licentie: %)', madeWith: 'Opgemaakt met %.' },
    },
    pl: {
      ...{ source: 'Źródło:', edition: 'To wydanie: %', setIn: 'Krój pisma: %.' },
      ...{ designedBy: '%, projekt: %', licensed: '% (licencja: %)', madeWith: 'Skład: %.' },
    },
    ru: {
      ...{ source: 'Источник:', edition: 'Настоящее издание: %', setIn: 'Гарнитура: %.' },
      ...{ designedBy: '%, автор: %', licensed: '% (лицензия: %)', madeWith: 'Вёрстка: %.' },
    },
    el: {
      ...{},
      ...{ source: 'Πηγή:', edition: 'Αυτή η έκδοση: %', setIn: 'Γραμματοσειρά: %.' },
      ...{ designedBy: '%, σχεδιασμός: %', licensed: '% (άδεια: %)', madeWith: 'Σελιδοποίηση: %.' },
    },
  }),
)

function listOf(row: string): string[] {
  return row.split('|').map((one) => one.trim())
}

const made = new Map<string, Words>()

/** In the language of `tag`; English for those that are not known. */
export function wordsOf(tag: string): Words {
  const language = REST.get(primary(tag)) === undefined ? 'en' : primary(tag)
  let words = made.get(language)
  if (words === undefined) {
    const names = listOf(ROLE_NAMES.get(language)!)
    const phrases = listOf(CREDIT_NAMES.get(language)!)
    const roles = Object.fromEntries(ROLE_ORDER.map((role, i) => [role, names[i]!])) as Record<SectionRole, string>
    const credits = new Map(CREDITS.map((code, i) => [code as string, phrases[i]!]))
    words = { ...REST.get(language)!, roles, credits }
    made.set(language, words)
  }
  return words
}

/** The language that generated words are in: the book's, if it is known. */
export function wordsLanguage(tag: string): string {
  return REST.get(primary(tag)) === undefined ? 'en' : tag
}
