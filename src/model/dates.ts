// In: an ISO date. Out: the same in the words of a language that Octavo knows; in English for the others.
// By hand, not by Intl: the same words whatever the machine knows of them.
import { primary } from './languages.js'

interface Calendar {
  /** As they stand after a day. */
  months: string
  /** As they stand alone, where that is otherwise. */
  alone?: string
  /** `D`, `M`, `Y`. */
  day: string
  month: string
  /** The first of a month, where it is an ordinal. */
  first?: string
}

const CALENDARS = new Map<string, Calendar>(
  Object.entries({
    en: {
      months: 'January February March April May June July August September October November December',
      ...{ day: 'D M Y', month: 'M Y' },
    },
    fr: {
      months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
      ...{ day: 'D M Y', month: 'M Y', first: '1er' },
    },
    de: {
      months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
      ...{ day: 'D. M Y', month: 'M Y' },
    },
    es: {
      months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
      ...{ day: 'D de M de Y', month: 'M de Y' },
    },
    it: {
      months: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
      ...{ day: 'D M Y', month: 'M Y', first: '1º' },
    },
    pt: {
      months: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
      ...{ day: 'D de M de Y', month: 'M de Y', first: '1º' },
    },
    nl: {
      months: 'januari februari maart april mei juni juli augustus september oktober november december',
      ...{ day: 'D M Y', month: 'M Y' },
    },
    pl: {
      months: 'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
      alone: 'styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień',
      ...{ day: 'D M Y', month: 'M Y' },
    },
    ru: {
      months: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
      alone: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
      ...{ day: 'D M Y', month: 'M Y' },
    },
    el: {
      months:
        'Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου',
      alone:
        'Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος',
      ...{ day: 'D M Y', month: 'M Y' },
    },
  }),
)

/** `date`: a year, a month of it (2026-01) or a day (2026-01-31); anything else is given back as it is. */
export function dateInWords(date: string, tag: string): string {
  const found = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(date)
  if (found === null) return date
  const calendar = CALENDARS.get(primary(tag)) ?? CALENDARS.get('en')!
  const [, year, month, day] = found
  const names = (day === undefined ? (calendar.alone ?? calendar.months) : calendar.months).split(' ')
  const name = names[Number(month) - 1]
  if (name === undefined) return date
  if (day === undefined) return fill(calendar.month, '', name, year!)
  if (/^en-US\b/i.test(tag)) return fill('M D, Y', String(Number(day)), name, year!)
  const number = day === '01' && calendar.first !== undefined ? calendar.first : String(Number(day))
  return fill(calendar.day, number, name, year!)
}

function fill(pattern: string, day: string, month: string, year: string): string {
  return pattern.replace(/[DMY]/g, (letter) => (letter === 'D' ? day : letter === 'M' ? month : year))
}

const DAY = /^(\d{4})-(\d\d)(?:-(\d\d))?/
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,3})?)?'
const TIME = new RegExp(`^${CLOCK}$`)
const AFTER_DAY = new RegExp(`^(?:[T ]${CLOCK}(?:Z|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d)?)?$`)
const DURATION = /^P(?=[\dT])(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,3})?S)?)?$/

/** Is it a year, a month, a day, a time of a day, both, or a duration, as HTML has them for `<time datetime>`? */
export function isMoment(text: string): boolean {
  if (/^\d{4}$/.test(text)) return text !== '0000'
  if (TIME.test(text) || DURATION.test(text)) return true
  const found = DAY.exec(text)
  if (found === null) return false
  const [whole, year, month, day] = found
  const rest = text.slice(whole.length)
  const [m, d] = [Number(month), Number(day ?? '1')]
  const days = new Date(Date.UTC(Number(year), m, 0)).getUTCDate()
  if (year === '0000' || m < 1 || m > 12 || d < 1 || d > days) return false
  return day === undefined ? rest === '' : AFTER_DAY.test(rest)
}
