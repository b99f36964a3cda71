// In: what stands on a page. Out: the whole document around it: head, name of the site, foot; relative everywhere, so that it works from
// any web server, any folder of one, and a disk.
import type { CatalogueLook } from '../build/gathered.js'
import { direction } from '../model/languages.js'
import { document, href, json, type Markup, m, trusted } from './markup.js'
import type { Site } from './site.js'
import { ownStyle, preloaded } from './site-sheet.js'

export interface Page {
  title: string
  /** From the page to the site's root: '', '../../'. */
  root: string
  /** From the site's root to the page, without index.html: 'books/war-and-peace/'. */
  at: string
  description?: string | undefined
  look: CatalogueLook
  head?: Markup | undefined
  body: Markup
}

export const STYLESHEET = 'assets/site.css'

export function writePage(site: Site, { title, root, at, description, look, head, body }: Page): string {
  const { words, single } = site
  const { address } = site.shelf
  const canonical = address === undefined ? undefined : address + href(at)
  return document(m`<!doctype html>
<html lang="${words.language}" dir="${direction(words.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${description !== undefined && m`<meta name="description" content="${description}">`}
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Octavo">
${canonical !== undefined && m`<link rel="canonical" href="${canonical}">`}
${preload(look, root)}
<style>
${trusted(ownStyle(look, root))}
</style>
<link rel="stylesheet" href="${root}${STYLESHEET}">
${site.feeds.map(
  ({ path, type, name }) =>
    type !== undefined &&
    m`<link rel="alternate" type="${type}" href="${root}${path}" title="${name}">
`,
)}${head}
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
${!single && siteHead(site, root)}
<main id="main">
${body}
</main>
${foot(site, root)}
</body>
</html>`)
}

/**
 * Faces are asked for at once, so that no line moves when they come. On a disk a browser refuses that, and with it the face, which it
 * would have found by the style sheet; so a script asks, and on a disk does not.
 */
function preload(look: CatalogueLook, root: string): Markup {
  const links = preloaded(look).map(
    ({ file }) => `<link rel="preload" href="${root}assets/${href(file)}" as="font" type="font/woff" crossorigin>`,
  )
  return m`<script>location.protocol==="file:"||document.write(${json(links.join(''))})</script>`
}

function siteHead({ title, words, ways }: Site, root: string): Markup {
  return m`<header class="site">
<a class="name" href="${root}index.html">${title}</a>
<nav aria-label="${words.catalogue}">
<ul>
${ways.map(({ title, at }) => m`<li><a href="${root}${href(at)}index.html">${title}</a></li>`)}
</ul>
</nav>
</header>`
}

function foot({ words, shelf, signed, feeds }: Site, root: string): Markup {
  const { publisher, licence, contact } = shelf
  return m`<footer class="foot">
<ul class="links">
${feeds.map(
  ({ path, name, hint }) => m`<li><a href="${root}${path}">${name}</a> <span>${hint}</span></li>
`,
)}<li><a href="${root}SHA256SUMS">SHA256SUMS</a>${signed && m` · <a href="${root}SHA256SUMS.minisig">minisign</a>`} <span>${words.verify}</span></li>
</ul>
<p>${[
    publisher !== undefined && m`${publisher}. `,
    contact !== undefined && m`${contact}. `,
    licence !== undefined &&
      (licence.url === undefined
        ? m`${licence.name}. `
        : m`<a rel="license" href="${licence.url}">${licence.name}</a>. `),
    m`${words.madeWith}.`,
  ]}</p>
</footer>`
}
