// In: a BCP 47 tag. Out: the code of libraries and the book trade: ISO 639-2/B (ONIX list 74, MARC's code list for languages).
import { primary } from '../model/languages.js'

const CODES = new Map(
  wordPairs(
    'en eng fr fre de ger es spa it ita pt por nl dut pl pol ru rus el gre la lat uk ukr be bel bg bul sr srp hr hrv sk slo sl slv ' +
      'cs cze da dan sv swe nb nob nn nno no nor fi fin is ice et est lv lav lt lit hu hun ro rum sq alb mk mac tr tur ' +
      'he heb yi yid ar ara fa per ur urd hi hin bn ben ta tam te tel ml mal mr mar gu guj pa pan sa san ne nep ' +
      'zh chi ja jpn ko kor vi vie th tha id ind ms may tl tgl sw swa am amh ha hau yo yor zu zul xh xho af afr ' +
      'ca cat eu baq gl glg oc oci br bre ga gle gd gla cy wel eo epo ia ina hy arm ka geo az aze kk kaz uz uzb mn mon',
  ),
)

/** 'und' if nobody has given it one. */
export function bibliographicCode(tag: string): string {
  const own = primary(tag)
  return CODES.get(own) ?? (/^[a-z]{3}$/.test(own) ? own : 'und')
}

/** 'en eng fr fre': each word with the one after it. */
export function wordPairs(words: string): [string, string][] {
  return [...words.matchAll(/(\S+) (\S+)/g)].map(([, one, other]) => [one!, other!])
}
