// In: a book's card. Out: its page: cover, people, what it is, every edition as a download, contents, accessibility, how to cite it, where
// it comes from. Without any script it does all of its work.
import { dateInWords } from '../model/dates.js'
import { recordOf, seriesInWords } from '../model/record.js'
import { wordsOf } from '../model/words.js'
import { relatorName } from '../read/manifest/relators.js'
import { accessOf } from './accessible.js'
import { type Card, mainFile, mediaType, type Person, peopleOf } from './card.js'
import { bibtex, citationLine, ris } from './cite.js'
import { writePage } from './frame.js'
import { linkedData, openGraph, scholarTags } from './jsonld.js'
import { href, type Markup, m } from './markup.js'
import { absolute, type Site } from './site.js'
import { languageName, numberInWords, type PageWords, readingTime, say, sizeInWords } from './site-words.js'

/** Where a person, a subject, a series has a page; undefined if there is none. Seen from the site's root. */
export type Whereabouts = (kind: 'people' | 'subjects' | 'series', name: string) => string | undefined

export const BIBTEX = 'cite.bib'
export const RIS = 'cite.ris'

export interface Extra {
  where: Whereabouts
  /** What changed since earlier releases. */
  changes?: Markup | undefined
  /** Other records of this book that lie beside it. */
  records: { name: string; title: string }[]
}

export function writeBookPage(site: Site, card: Card, extra: Extra): string {
  const { metadata } = card
  const { words } = site
  const root = rootOf(card.at)
  const lang = metadata.language === words.language ? undefined : metadata.language
  const told = { site, card, root, lang, extra }
  const names = metadata.authors.map(({ name }) => name)
  const title = [metadata.title, names.join(', ')].filter(Boolean).join(' — ')
  const body = m`<article class="book">
${jacket(told)}
<div class="text">
<header class="head">
<h1 lang="${metadata.language}">${metadata.title}</h1>
${metadata.subtitle !== undefined && m`<p class="subtitle" lang="${metadata.language}">${metadata.subtitle}</p>`}
${people(told)}
</header>
${(metadata.description ?? '')
  .split(/\n\s*\n/)
  .filter((one) => one.trim() !== '')
  .map((paragraph) => m`<p class="about" lang="${metadata.language}">${paragraph}</p>\n`)}
${facts(told)}
${editions(told)}
${contents(told)}
${extra.changes}
${accessibility(told)}
${cite(told)}
${source(told)}
</div>
</article>`
  const head = m`${openGraph(site, card)}${scholarTags(site, card)}${linkedData(site, card)}`
  const { at, look } = card
  return writePage(site, { title, root, at, description: metadata.description?.slice(0, 300), look, head, body })
}

/** From a folder of the site to its root. */
export function rootOf(at: string): string {
  return '../'.repeat(at.split('/').length - 1)
}

export function citedOf(site: Site, card: Card) {
  return { publisher: site.shelf.publisher, address: absolute(site, href(card.at)) }
}

interface Told {
  site: Site
  card: Card
  root: string
  /** Of what the book says, where it is another than the page's. */
  lang: string | undefined
  extra: Extra
}

function jacket({ site: { words }, card }: Told): Markup {
  const { cover, thumbnail, metadata, web } = card
  const main = mainFile(card)
  const act = (kind: string, to: string, what: string, more: string) =>
    m`<a class="${kind}" href="${to}">${what}${more !== '' && m` <span>${more}</span>`}</a>\n`
  const others = card.files.filter((one) => one !== main && (one.edition === 'pdf' || one.edition === 'kepub'))
  return m`<div class="jacket">
<img src="${href(cover.name)}" srcset="${href(thumbnail.name)} ${thumbnail.width}w, ${href(cover.name)} ${cover.width}w" sizes="(min-width: 44rem) 17rem, 15rem" width="${cover.width}" height="${cover.height}" alt="${say(words.coverOf, metadata.title)}" fetchpriority="high">
<div class="acts">
${web !== undefined && act('act main', href(web.index), words.read, '')}
${main !== undefined && act(web === undefined ? 'act main' : 'act', href(main.name), say(words.download, formatOf(main, words).name), sizeInWords(main.size))}
${others.map((one) => act('act', href(one.name), say(words.download, formatOf(one, words).name), sizeInWords(one.size)))}
</div>
</div>`
}

function formatOf({ edition, name }: { edition: string; name: string }, words: PageWords) {
  const kind = name.endsWith('-cover.jpg') ? 'cover' : edition
  return words.formats.get(kind) ?? { name: kind, use: '' }
}

function linked({ root, extra }: Told, kind: Parameters<Whereabouts>[0], name: string, shown = name): Markup {
  const at = extra.where(kind, name)
  return at === undefined ? m`${shown}` : m`<a href="${root}${href(at)}index.html">${shown}</a>`
}

function people(told: Told): Markup {
  const { site, card } = told
  const { words } = site
  const all = peopleOf(card)
  const authors = all.filter(({ main }) => main)
  const credits = wordsOf(words.language).credits
  const others = new Map<string, Person[]>()
  for (const one of all) if (!one.main) others.set(one.role, [...(others.get(one.role) ?? []), one])
  const links = (list: readonly Person[]) =>
    list.map(
      (one, i) => m`${i === 0 ? '' : i === list.length - 1 ? words.and : ', '}${linked(told, 'people', one.name)}`,
    )
  const around = (phrase: string, inside: Markup[]) => {
    const [before = '', after = ''] = phrase.split('%')
    return m`${before}${inside}${after}`
  }
  return m`${authors.length > 0 && m`<p class="by">${around(words.by, links(authors))}</p>`}
${[...others].map(
  ([role, list]) => m`<p class="credits">${around(credits.get(role) ?? `${relatorName(role)}: %`, links(list))}</p>\n`,
)}`
}

function facts(told: Told): Markup {
  const { site, card } = told
  const { words } = site
  const { metadata, pages } = card
  const day = (date: string) => dateInWords(date, words.language)
  const counted = [
    card.words > 0 ? say(words.words, numberInWords(card.words)) : '',
    card.letters > 0 ? say(words.characters, numberInWords(card.letters)) : '',
  ].filter((one) => one !== '')
  const rows: [string, Markup | undefined][] = [
    [
      words.length,
      m`${[pages && say(words.pages, numberInWords(pages.count)), ...counted].filter(Boolean).join(', ')}`,
    ],
    [words.readingTime, m`${readingTime(card, words)}`],
    [words.inLanguage, m`${languageName(metadata.language, words)}`],
    [
      words.published,
      metadata.date === undefined ? undefined : m`<time datetime="${metadata.date}">${day(metadata.date)}</time>`,
    ],
    [words.printing, metadata.printing === undefined ? undefined : m`${printingInWords(metadata.printing, words)}`],
    [words.edition, metadata.edition === undefined ? undefined : m`${editionInWords(metadata.edition, words)}`],
    ...recordOf(metadata).series.map((one): [string, Markup] => [
      words.series,
      linked(told, 'series', one.name, seriesInWords(one)),
    ]),
    [
      words.subjects,
      metadata.subjects.length === 0
        ? undefined
        : m`${metadata.subjects.map(({ name }, i) => m`${i > 0 && ', '}${linked(told, 'subjects', name)}`)}`,
    ],
  ]
  return m`<dl class="facts">
${rows.map(([name, what]) => what !== undefined && m`<div><dt>${name}</dt><dd>${what}</dd></div>\n`)}</dl>`
}

function editionInWords(edition: string, { language }: PageWords): string {
  return /^\d+$/.test(edition) ? wordsOf(language).nthEdition(edition) : edition
}

function printingInWords(printing: string, { language }: PageWords): string {
  return /^\d+$/.test(printing) ? wordsOf(language).nthPrinting(printing) : printing
}

function editions({ site: { words }, card }: Told): Markup {
  const { web } = card
  const files = card.files.filter(({ edition }) => edition !== 'web')
  return m`<section class="part" id="editions">
<h2>${words.editions}</h2>
<ul class="files">
${
  web !== undefined &&
  m`<li><div class="file"><a href="${href(web.index)}">${words.formats.get('web')!.name}</a> <span class="use">${words.formats.get('web')!.use}</span></div></li>\n`
}${files.map((file) => {
  const { name, use } = formatOf(file, words)
  return m`<li>
<div class="file"><a href="${href(file.name)}" type="${mediaType(file.name)}" download>${name}</a> <span class="use">${use}</span>
<span class="size">${sizeInWords(file.size)}</span>${file.pages !== undefined && m` <span class="pages">${say(words.pages, numberInWords(file.pages))}</span>`}</div>
${file.advice.map((line) => m`<p class="small pale">${line}</p>\n`)}<details><summary>${words.checksum}</summary><code>${file.sha256}</code></details>
</li>\n`
})}</ul>
</section>`
}

/** A longer list is opened when it is wanted. */
const LONG = 40

function contents({ site: { words }, card }: Told): Markup {
  const { contents: lines, web } = card
  if (lines.length === 0) return m``
  // Both lists have the same titles in the same order; the one of the web edition has headings of chapters too.
  let next = 0
  const placed = lines.map((line) => {
    const at = web?.places.findIndex(({ title }, i) => i >= next && title === line.title) ?? -1
    if (at >= 0) next = at + 1
    return { ...line, to: at < 0 ? undefined : web!.places[at]!.href }
  })
  const nested = (from: number, depth: number): [Markup[], number] => {
    const items: Markup[] = []
    let i = from
    while (i < placed.length && placed[i]!.depth >= depth) {
      const { title, page, to } = placed[i]!
      const [inner, after] = nested(i + 1, placed[i]!.depth + 1)
      const name = to === undefined ? m`<span>${title}</span>` : m`<a href="${to}">${title}</a>`
      items.push(
        m`<li><div class="line">${name}${page !== undefined && m`<span>${page}</span>`}</div>${inner.length > 0 && m`<ol>${inner}</ol>`}</li>\n`,
      )
      i = after
    }
    return [items, i]
  }
  const [items] = nested(0, 1)
  const list = m`<ol class="toc" lang="${card.metadata.language}">\n${items}</ol>`
  return m`<section class="part" id="contents">
<h2>${words.contents}</h2>
${lines.length > LONG ? m`<details><summary>${words.contents} (${lines.length})</summary>${list}</details>` : list}
</section>`
}

function accessibility({ site: { words }, card }: Told): Markup {
  return m`<section class="part" id="accessibility">
<h2>${words.accessibility}</h2>
<dl class="said">
${accessOf(card, words.access).map(({ title, sentences, language }) => {
  const lang = language !== undefined && language !== words.language && m` lang="${language}"`
  return m`<dt>${title}</dt>\n${sentences.map((one) => m`<dd${lang}>${/[.!?]$/.test(one) ? one : `${one}.`}</dd>\n`)}`
})}</dl>
</section>`
}

function cite({ site, card, extra }: Told): Markup {
  const { words } = site
  const cited = citedOf(site, card)
  const block = (name: string, text: string) =>
    m`<details><summary>${name}</summary><pre tabindex="0">${text
      .trim()
      .split(/\r?\n/)
      .map((line, i) => m`${i > 0 && m`\n`}${line}`)}</pre></details>\n`
  return m`<section class="part" id="cite">
<h2>${words.cite}</h2>
<p lang="${card.metadata.language}">${citationLine(card, cited)}</p>
<p class="small pale">${words.citeHint} <a href="${BIBTEX}" download>BibTeX</a>, <a href="${RIS}" download>RIS</a>${extra.records.map(
    ({ name, title }) => m`, <a href="${name}" download>${title}</a>`,
  )}</p>
${block('BibTeX', bibtex(card, cited))}${block('RIS', ris(card, cited))}</section>`
}

function source({ site, card, lang }: Told): Markup {
  const { words, shelf } = site
  const { metadata } = card
  const record = recordOf(metadata)
  const { source } = record
  const web = source?.names.find((name) => /^https?:\/\//i.test(name))
  const name = source?.title ?? source?.names[0]
  const date = source?.date && dateInWords(source.date, words.language)
  const rows: [string, Markup | undefined][] = [
    [
      words.source,
      source &&
        m`<span lang="${lang ?? words.language}">${web === undefined ? name : m`<a href="${web}">${name}</a>`}</span>${date !== undefined && m`, ${date}`}${source.note !== undefined && m`. ${source.note}`}`,
    ],
    [words.rights, record.rights === undefined ? undefined : m`${record.rights}`],
    [
      words.licence,
      shelf.licence &&
        (shelf.licence.url === undefined
          ? m`${shelf.licence.name}`
          : m`<a rel="license" href="${shelf.licence.url}">${shelf.licence.name}</a>`),
    ],
    [
      words.identifiers,
      m`${[metadata.identifier, ...(metadata.doi === undefined ? [] : [`doi:${metadata.doi}`])].join(', ')}`,
    ],
    [
      words.updated,
      m`<time datetime="${metadata.modified}">${dateInWords(metadata.modified.slice(0, 10), words.language)}</time>`,
    ],
  ]
  return m`<section class="part" id="source">
<h2>${words.about}</h2>
<dl class="said">
${rows.map(([title, what]) => what !== undefined && m`<dt>${title}</dt>\n<dd>${what}</dd>\n`)}</dl>
</section>`
}
