// In: a number, a manner and a language. Out: how a chapter or a part of that number is called: 'One', 'XIV', '3'.
import { isLanguage, type Language, primary } from './languages.js'

export type Manner = 'words' | 'roman' | 'arabic'

/** Which sections are numbered, and how; `true`: in the theme's manner. */
export interface Numbering {
  parts: Manner | boolean
  chapters: Manner | boolean
  sections: Manner | boolean
}

/** How a theme says numbers, where a book asks for them. `named`: 'Chapter One', or 'One' alone. */
export interface NumberStyle {
  parts: Manner
  chapters: Manner
  sections: Manner
  named: boolean
  /** Where the number stands: above its title, in its line, or beside it in a column of its own. */
  place?: 'above' | 'line' | 'beside' | undefined
  /** Between number and title in one line. */
  joint?: string | undefined
  /** Width of the column of numbers that stand beside their titles, em of the body size. */
  column?: number | undefined
  /** Between a number and the title below it. */
  ornament?: string | undefined
}

/** `feminine`: what is numbered is so called in languages whose ordinals ask. */
export function numberIn(manner: Manner, n: number, language: string, feminine = false): string {
  if (manner === 'roman') return roman(n)
  if (manner === 'arabic') return String(n)
  const known = primary(language)
  const row = NUMERALS[isLanguage(known) ? known : 'en']
  const word = inWords(n, row)
  if (word === undefined) return String(n)
  return feminine && row.feminine ? word.split(' ').map(row.feminine).join(' ') : word
}

export function roman(n: number): string {
  const digits: [number, string][] = [
    ...([
      [1000, 'M'],
      [900, 'CM'],
      [500, 'D'],
      [400, 'CD'],
      [100, 'C'],
      [90, 'XC'],
      [50, 'L'],
      [40, 'XL'],
    ] as [number, string][]),
    ...([
      [10, 'X'],
      [9, 'IX'],
      [5, 'V'],
      [4, 'IV'],
      [1, 'I'],
    ] as [number, string][]),
  ]
  let out = ''
  for (const [value, digit] of digits) for (; n >= value; n -= value) out += digit
  return out
}

interface Numerals {
  /** From one to nineteen, or further where the words are no sums. */
  units: string
  /** From twenty on. */
  tens: string
  /** Twenty and one; the unit's number says which it is. */
  join: (ten: string, unit: string, n: number) => string
  /** Tens before a unit, where they differ from those alone. */
  before?: string
  feminine?: (word: string) => string
}

/** Undefined beyond the words that are known; those are said in figures. */
function inWords(n: number, row: Numerals): string | undefined {
  const units = row.units.split(' ')
  if (n <= units.length) return units[n - 1]?.replace(/_/g, ' ')
  const ten = Math.floor(n / 10) - 2
  if (n % 10 === 0) return row.tens.split(' ')[ten]
  const before = (row.before ?? row.tens).split(' ')[ten]
  return before === undefined ? undefined : row.join(before, units[(n % 10) - 1]!, n % 10)
}

/** As novels have them: cardinals, in Polish, Russian and Greek ordinals that agree with the word for a chapter and a part. */
const NUMERALS: Record<Language, Numerals> = {
  en: {
    units:
      'One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen',
    tens: 'Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety',
    join: (ten, unit) => `${ten}-${unit}`,
  },
  fr: {
    units:
      'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
    tens: 'vingt trente quarante cinquante soixante',
    join: (ten, unit, n) => (n === 1 ? `${ten} et un` : `${ten}-${unit}`),
  },
  de: {
    units:
      'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
    tens: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
    join: (ten, unit, n) => `${n === 1 ? 'ein' : unit}und${ten}`,
  },
  es: {
    units:
      'uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve ' +
      'veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
    tens: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
    join: (ten, unit) => `${ten} y ${unit}`,
  },
  it: {
    units:
      'uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
    tens: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
    join: (ten, unit, n) => (n === 1 || n === 8 ? ten.slice(0, -1) : ten) + (n === 3 ? 'tré' : unit),
  },
  pt: {
    units:
      'um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove',
    tens: 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
    join: (ten, unit) => `${ten} e ${unit}`,
  },
  nl: {
    units:
      'een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien',
    tens: 'twintig dertig veertig vijftig zestig zeventig tachtig negentig',
    join: (ten, unit, n) => `${unit}${n === 2 || n === 3 ? 'ën' : 'en'}${ten}`,
  },
  pl: {
    units:
      'pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty jedenasty dwunasty trzynasty czternasty piętnasty ' +
      'szesnasty siedemnasty osiemnasty dziewiętnasty',
    tens: 'dwudziesty trzydziesty czterdziesty pięćdziesiąty sześćdziesiąty siedemdziesiąty osiemdziesiąty dziewięćdziesiąty',
    join: (ten, unit) => `${ten} ${unit}`,
    feminine: (word) => word.replace(/ci$/, 'cia').replace(/(?:y|(?<=g)i)$/, 'a'),
  },
  ru: {
    units:
      'первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая одиннадцатая двенадцатая тринадцатая ' +
      'четырнадцатая пятнадцатая шестнадцатая семнадцатая восемнадцатая девятнадцатая',
    tens: 'двадцатая тридцатая сороковая пятидесятая шестидесятая семидесятая восьмидесятая девяностая',
    before: 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто',
    join: (ten, unit) => `${ten} ${unit}`,
  },
  el: {
    units:
      'πρώτο δεύτερο τρίτο τέταρτο πέμπτο έκτο έβδομο όγδοο ένατο δέκατο ενδέκατο δωδέκατο δέκατο_τρίτο δέκατο_τέταρτο ' +
      'δέκατο_πέμπτο δέκατο_έκτο δέκατο_έβδομο δέκατο_όγδοο δέκατο_ένατο',
    tens: 'εικοστό τριακοστό τεσσαρακοστό πεντηκοστό εξηκοστό εβδομηκοστό ογδοηκοστό ενενηκοστό',
    join: (ten, unit) => `${ten} ${unit}`,
  },
}
