// What stands above a block set apart that has no title: its kind, in the language of the text.
import { type Language, primary } from './languages.js'

const KINDS = [
  ...['note', 'tip', 'info', 'important', 'warning', 'caution', 'danger', 'hint', 'success', 'summary', 'todo'],
  ...['question', 'example', 'quote', 'seealso', 'attention', 'failure', 'missing', 'error', 'bug'],
]

/** In the order of KINDS. */
const TABLE: Record<Language, string> = {
  en: `
    Note | Tip | Info | Important | Warning | Caution | Danger | Hint | Success | Summary | To do |
    Question | Example | Quote | See also | Attention | Failure | Missing | Error | Bug`,
  fr: `
    Note | Astuce | Information | Important | Avertissement | Prudence | Danger | Conseil | Réussite | Résumé | À faire |
    Question | Exemple | Citation | Voir aussi | Attention | Échec | Manquant | Erreur | Défaut`,
  de: `
    Anmerkung | Tipp | Information | Wichtig | Warnung | Vorsicht | Gefahr | Hinweis | Erfolg | Zusammenfassung | Zu tun |
    Frage | Beispiel | Zitat | Siehe auch | Achtung | Misserfolg | Fehlt | Fehler | Mangel`,
  es: `
    Nota | Consejo | Información | Importante | Advertencia | Precaución | Peligro | Pista | Éxito | Resumen | Por hacer |
    Pregunta | Ejemplo | Cita | Véase también | Atención | Fallo | Falta | Error | Defecto`,
  it: `
    Nota | Suggerimento | Informazione | Importante | Avvertenza | Cautela | Pericolo | Consiglio | Riuscito | Riepilogo |
    Da fare | Domanda | Esempio | Citazione | Vedi anche | Attenzione | Fallito | Mancante | Errore | Difetto`,
  pt: `
    Nota | Dica | Informação | Importante | Aviso | Cuidado | Perigo | Sugestão | Êxito | Resumo | Por fazer |
    Pergunta | Exemplo | Citação | Ver também | Atenção | Falha | Em falta | Erro | Defeito`,
  nl: `
    Opmerking | Tip | Informatie | Belangrijk | Waarschuwing | Voorzichtig | Gevaar | Aanwijzing | Geslaagd | Samenvatting |
    Te doen | Vraag | Voorbeeld | Citaat | Zie ook | Let op | Mislukt | Ontbreekt | Fout | Gebrek`,
  pl: `
    Notatka | Wskazówka | Informacja | Ważne | Ostrzeżenie | Ostrożnie | Niebezpieczeństwo | Podpowiedź | Powodzenie |
    Streszczenie | Do zrobienia | Pytanie | Przykład | Cytat | Zobacz też | Uwaga | Niepowodzenie | Brak | Błąd | Usterka`,
  ru: `
    Примечание | Совет | Информация | Важно | Предупреждение | Осторожно | Опасно | Подсказка | Успех | Краткое содержание |
    Сделать | Вопрос | Пример | Цитата | См. также | Внимание | Неудача | Отсутствует | Ошибка | Дефект`,
  el: `
    Σημείωση | Συμβουλή | Πληροφορία | Σημαντικό | Προειδοποίηση | Προσοχή | Κίνδυνος | Υπόδειξη | Επιτυχία | Περίληψη |
    Προς εκτέλεση | Ερώτηση | Παράδειγμα | Παράθεμα | Βλέπε επίσης | Προσοχή | Αποτυχία | Λείπει | Σφάλμα | Ελάττωμα`,
}

/** Kinds that say the same as another. */
const SAME = new Map(
  Object.entries({
    ...{ check: 'success', done: 'success', abstract: 'summary', tldr: 'summary', help: 'question', faq: 'question' },
    ...{ cite: 'quote', fail: 'failure' },
  }),
)

const known = new Map<string, ReadonlyMap<string, string>>()

/** 'tip', 'de' → 'Tipp'. In a language without words the English one; a kind of one's own is its own word. */
export function wordOfKind(kind: string, tag: string): string {
  const language = Object.hasOwn(TABLE, primary(tag)) ? (primary(tag) as Language) : 'en'
  let words = known.get(language)
  if (words === undefined) {
    const all = TABLE[language].split('|').map((one) => one.trim())
    words = new Map(KINDS.map((one, i) => [one, all[i]!]))
    known.set(language, words)
  }
  const name = kind.toLowerCase()
  // English has its own word for each: 'Done' is what was written.
  const same = language === 'en' ? undefined : SAME.get(name)
  return words.get(same ?? name) ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase()}`
}
