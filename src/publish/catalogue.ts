// In: a shelf and the cards of its books. Out: every page, feed and record of the site, by their paths. Made of cards alone; the same
// cards, in whatever order they come, make the same files.
import { BIBTEX, citedOf, RIS, writeBookPage } from './bookpage.js'
import { bibtex, ris } from './cite.js'
import { STYLESHEET } from './frame.js'
import type { Site } from './site.js'
import { STYLE } from './style.js'

export type Files = Map<string, string | Uint8Array>

export function writeCatalogue(site: Site): Files {
  const files: Files = new Map()
  files.set(STYLESHEET, STYLE)
  for (const card of site.cards) {
    const { at } = card
    files.set(`${at}index.html`, writeBookPage(site, card, { where: () => undefined, records: [] }))
    files.set(at + BIBTEX, bibtex(card, citedOf(site, card)))
    files.set(at + RIS, ris(card, citedOf(site, card)))
  }
  return files
}
