// In: the pages of a site and where it will be. Out: sitemap.xml (sitemaps.org, 0.9) and robots.txt. Without an address there is no
// sitemap: it takes full addresses only.
import type { Card } from './card.js'
import { dayOf } from './card.js'
import type { Texts } from './files.js'
import { document, href, m } from './markup.js'
import type { Site } from './site.js'

/** Addresses in one map, by the standard. */
const MOST = 50_000

export function writeSitemap({ shelf, cards }: Site, paths: readonly string[]): Texts {
  const files: Texts = new Map()
  const { address } = shelf
  const pages = paths
    .filter((path) => /(?:^|\/)index\.html$/.test(path))
    .map((path) => path.slice(0, -'index.html'.length))
  const byPlace = new Map(cards.map((card): [string, Card] => [card.at, card]))
  if (address === undefined) {
    files.set('robots.txt', 'User-agent: *\nAllow: /\n')
    return files
  }
  const count = Math.max(1, Math.ceil(pages.length / MOST))
  const names = Array.from({ length: count }, (_, i) => (count === 1 ? 'sitemap.xml' : `sitemap-${i + 1}.xml`))
  names.forEach((name, i) => {
    const rows = pages.slice(i * MOST, (i + 1) * MOST).map((at) => {
      const card = byPlace.get(at)
      return m`<url><loc>${address + href(at)}</loc>${card && m`<lastmod>${dayOf(card)}</lastmod>`}</url>\n`
    })
    files.set(
      name,
      document(m`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${rows}</urlset>`),
    )
  })
  if (count > 1)
    files.set(
      'sitemap.xml',
      document(m`<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${names.map((name) => m`<sitemap><loc>${address + name}</loc></sitemap>\n`)}</sitemapindex>`),
    )
  files.set('robots.txt', `User-agent: *\nAllow: /\nSitemap: ${address}sitemap.xml\n`)
  return files
}
