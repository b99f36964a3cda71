// What the frame of the web edition says, in the languages that Octavo knows. The book's own words are in model/words.ts.
import type { Language } from '../model/languages.js'
import { LANGUAGES, primary } from '../model/languages.js'

const KEYS = [
  'skip',
  'previous',
  'next',
  'search',
  'field',
  'nothing',
  'found',
  'reading',
  'look',
  'light',
  'auto',
  'day',
  'night',
  'size',
  'smaller',
  'larger',
  'begin',
  'goOn',
  'close',
  'passage',
  'note',
  'about',
] as const

/** `found`: `%` stands for the number of places. `passage`: the link to a paragraph. */
export type WebWords = Record<(typeof KEYS)[number], string>

/** In the order of KEYS. */
const TABLE: Record<Language, string> = {
  en: `Skip to the text | Previous | Next | Search | Search in this book | Nothing was found | Places found: % | Reading the book … | Type and light |
    Light | As the device | Day | Night | Size of type | Smaller | Larger | Begin to read | Go on reading | Close | Link to this paragraph | Note | About this book`,
  fr: `Aller au texte | Précédent | Suivant | Chercher | Chercher dans ce livre | Rien n’a été trouvé | Passages trouvés : % | Lecture du livre … | Caractères et lumière |
    Lumière | Comme l’appareil | Jour | Nuit | Taille des caractères | Plus petit | Plus grand | Commencer la lecture | Reprendre la lecture | Fermer | Lien vers ce paragraphe | Note | À propos de ce livre`,
  de: `Zum Text | Zurück | Weiter | Suchen | In diesem Buch suchen | Nichts gefunden | Fundstellen: % | Das Buch wird gelesen … | Schrift und Licht |
    Licht | Wie das Gerät | Tag | Nacht | Schriftgröße | Kleiner | Größer | Anfangen zu lesen | Weiterlesen | Schließen | Link zu diesem Absatz | Anmerkung | Über dieses Buch`,
  es: `Ir al texto | Anterior | Siguiente | Buscar | Buscar en este libro | No se ha encontrado nada | Lugares encontrados: % | Leyendo el libro … | Letra y luz |
    Luz | Como el dispositivo | Día | Noche | Tamaño de la letra | Más pequeña | Más grande | Empezar a leer | Seguir leyendo | Cerrar | Enlace a este párrafo | Nota | Acerca de este libro`,
  it: `Vai al testo | Precedente | Successivo | Cerca | Cerca in questo libro | Non è stato trovato nulla | Passi trovati: % | Lettura del libro … | Carattere e luce |
    Luce | Come il dispositivo | Giorno | Notte | Corpo del carattere | Più piccolo | Più grande | Inizia a leggere | Continua a leggere | Chiudi | Link a questo paragrafo | Nota | Informazioni sul libro`,
  pt: `Ir para o texto | Anterior | Seguinte | Procurar | Procurar neste livro | Nada foi encontrado | Passagens encontradas: % | A ler o livro … | Letra e luz |
    Luz | Como o dispositivo | Dia | Noite | Tamanho da letra | Menor | Maior | Começar a ler | Continuar a ler | Fechar | Ligação para este parágrafo | Nota | Sobre este livro`,
  nl: `Naar de tekst | Vorige | Volgende | Zoeken | Zoeken in dit boek | Niets gevonden | Vindplaatsen: % | Het boek wordt gelezen … | Letter en licht |
    Licht | Zoals het apparaat | Dag | Nacht | Lettergrootte | Kleiner | Groter | Begin met lezen | Lees verder | Sluiten | Link naar deze alinea | Noot | Over dit boek`,
  pl: `Przejdź do tekstu | Poprzedni | Następny | Szukaj | Szukaj w tej książce | Niczego nie znaleziono | Znalezione miejsca: % | Wczytywanie książki … | Pismo i światło |
    Światło | Jak urządzenie | Dzień | Noc | Wielkość pisma | Mniejsze | Większe | Zacznij czytać | Czytaj dalej | Zamknij | Link do tego akapitu | Przypis | O tej książce`,
  ru: `К тексту | Назад | Вперёд | Поиск | Поиск в книге | Ничего не найдено | Найдено мест: % | Чтение книги … | Шрифт и свет |
    Свет | Как на устройстве | День | Ночь | Размер шрифта | Мельче | Крупнее | Начать читать | Читать дальше | Закрыть | Ссылка на этот абзац | Примечание | О книге`,
  el: `Στο κείμενο | Προηγούμενο | Επόμενο | Αναζήτηση | Αναζήτηση στο βιβλίο | Δεν βρέθηκε τίποτα | Σημεία που βρέθηκαν: % | Ανάγνωση του βιβλίου … | Γράμματα και φως |
    Φως | Όπως η συσκευή | Ημέρα | Νύχτα | Μέγεθος γραμμάτων | Μικρότερα | Μεγαλύτερα | Έναρξη ανάγνωσης | Συνέχεια ανάγνωσης | Κλείσιμο | Σύνδεσμος σε αυτή την παράγραφο | Σημείωση | Για αυτό το βιβλίο`,
}

/** English for a language that is not known, as in model/words.ts. */
export function webWords(tag: string): WebWords {
  const language = LANGUAGES.find((one) => one === primary(tag)) ?? 'en'
  const words = TABLE[language].split('|').map((word) => word.trim())
  return Object.fromEntries(KEYS.map((key, i) => [key, words[i]!])) as WebWords
}
