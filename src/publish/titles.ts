// What the indexes are called on pages and in feeds.
import type { Kind } from './found-by.js'
import type { PageWords } from './site-words.js'

export function titleOf(kind: Kind, words: PageWords): string {
  const titles: { [kind in Kind]: string } = {
    people: words.people,
    subjects: words.subjects,
    series: words.seriesAll,
    languages: words.languages,
    years: words.years,
  }
  return titles[kind]
}
