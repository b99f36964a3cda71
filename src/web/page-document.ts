// What stands on a page goes in; the whole document of the web edition comes out: its head, the bar above the text, the ways on below it.
// No address in it begins above the edition's folder, and nothing in it is a script or a style of its own.
import { attributes, text, value } from '../epub/xml.js'
import { direction } from '../model/languages.js'
import type { WebWords } from './frame-words.js'

/** What is the same on every page of a book. */
export interface Frame {
  title: string
  language: string
  words: WebWords
  /** Of the words, where it is not the book's. */
  lent: string | undefined
  contents: string
  /** By this the browser knows where the reader was. */
  book: string
  description: string | undefined
  authors: readonly string[]
  /** The files of the text's face, upright and italic, to be asked for at once. */
  faces: readonly string[]
  icon: string
}

export interface Step {
  href: string
  title: string
}

export interface Page {
  /** Of the document alone. */
  title: string | undefined
  language: string
  /** Folders below the edition's: `text/` is one. */
  depth: 0 | 1
  /** The class of what holds the text. */
  role: string
  /** Seen from the document. */
  previous?: Step | undefined
  next?: Step | undefined
  /** Where the text begins: an id. */
  start: string
  body: string
}

/** Scripts, styles, faces and pictures of the edition alone; nothing is sent anywhere, nothing can be framed in. */
const POLICY = [
  "default-src 'none'",
  ...['script-src', 'style-src', 'img-src', 'font-src', 'connect-src', 'manifest-src', 'worker-src'].map(
    (kind) => `${kind} 'self'`,
  ),
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export function writePage(frame: Frame, page: Page): string {
  const up = '../'.repeat(page.depth)
  const { words, title } = frame
  const lent = attributes({ lang: frame.lent })
  const dir = direction(page.language) === 'rtl' ? ' dir="rtl"' : ''
  const whole = page.title === undefined || page.title === title ? title : `${page.title} – ${title}`
  const link = (rel: string, step: Step | undefined) =>
    step === undefined ? '' : `<link rel="${rel}" href="${value(step.href)}">\n`
  return `<!doctype html>
<html lang="${value(page.language)}"${dir} data-root="${up}" data-book="${value(frame.book)}"${attributes({ 'data-faces': frame.faces.join(' ') || undefined })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${text(whole)}</title>
${frame.authors.map((name) => `<meta name="author" content="${value(name)}">\n`).join('')}${page.depth === 0 && frame.description !== undefined ? `<meta name="description" content="${value(frame.description)}">\n` : ''}<meta name="generator" content="Octavo">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${up}${frame.icon}">
<script src="${up}js/web.js"></script>
<link rel="stylesheet" href="${up}css/book.css">
<link rel="stylesheet" href="${up}css/web.css">
<link rel="alternate" type="application/webpub+json" href="${up}manifest.json">
${link('prev', page.previous)}${link('next', page.next)}</head>
<body>
<a class="skip" href="#${value(page.start)}"${lent}>${text(words.skip)}</a>
<header class="bar">
<a class="home" href="${up}index.html"${page.depth === 0 ? ' aria-current="page"' : ''}>${text(title)}</a>
<span class="tools"${lent}><a href="${up}index.html#contents" data-do="contents">${text(frame.contents)}</a>
<button type="button" data-do="search" hidden>${text(words.search)}</button>
<button type="button" data-do="look" aria-label="${value(words.look)}" hidden>Aa</button></span>
</header>
<main class="${page.role}">
${page.body}</main>
${around(page, frame, lent)}</body>
</html>
`
}

function around({ previous, next }: Page, { words }: Frame, lent: string): string {
  if (previous === undefined && next === undefined) return ''
  const way = (rel: 'prev' | 'next', step: Step | undefined, label: string) =>
    step === undefined
      ? '<span></span>'
      : `<a rel="${rel}" href="${value(step.href)}"><small${lent}>${text(label)}</small> <span>${text(step.title)}</span></a>`
  return `<nav class="around" aria-label="${value(`${words.previous}, ${words.next}`)}">
${way('prev', previous, words.previous)}
${way('next', next, words.next)}
</nav>
`
}
