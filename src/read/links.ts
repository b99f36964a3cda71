// In: all sections with their ids, and the links that wait for them. Out: every link with its target, or without (reported).
import { error, forgivable, nearest, type Report } from '../diagnostic.js'
import { within } from '../folder.js'
import type { Block, Prose, Section, Target } from '../model/book.js'
import { FIXED, type Work } from '../model/limits.js'
import { eachBlock } from '../model/walk.js'
import type { Ids, PendingLink } from './context.js'
import { decodePath } from './images/images.js'
import { applyEdits, type Edit } from './inline/edits.js'
import { shown } from './manifest/fields.js'
import { asciiName } from './manifest/metadata.js'
import { isAddress } from './markdown/addresses.js'
import { plainProse } from './roles.js'

const EXTERNAL = /^(?:(?:https?|ftps?):\/\/[^\s]|mailto:[^\s]|tel:[^\s]|urn:[^\s]|doi:[^\s])/i
/** Kinds that run something or lead into the reader's own machine. Others are only kinds that books do not have. */
const HARMFUL = /^(?:javascript|vbscript|livescript|data|file|blob|about|view-source|jar):/i

/** Browsers and servers give up beyond it; and a PDF says an address again on every line of its text. */
const LONGEST = FIXED.address.value

interface Places {
  sections: Map<string, Section>
  /** Path of a file → its section's id. */
  files: Map<string, string>
  lost: ReadonlySet<string>
  ids: Ids
  /** `SECTION#slug` → id, for headings that were given none. */
  slugs: Map<string, string>
  titles: Map<string, string>
  /** Of headings with the same words: the next number. */
  numbers: Map<string, number>
  /** How many more times the nearest name is looked for: each time all names are gone through. */
  guesses: number
}

/**
 * Settles all links; must come before anchors are numbered, for it changes texts. `paths`: path of each file → its
 * section's id; `lost`: files of the book that could not be read, which was reported.
 */
export function settleLinks(
  sections: readonly Section[],
  files: { paths: Map<string, string>; lost: ReadonlySet<string> },
  ids: Ids,
  links: readonly PendingLink[],
  report: Report,
  room: { repeated: number; weigh: (work: Partial<Work>) => void },
): void {
  const said = counter(room, report)
  const places: Places = {
    sections: new Map(sections.map((section) => [section.id, section])),
    files: files.paths,
    lost: files.lost,
    ids,
    slugs: new Map(),
    titles: new Map(),
    numbers: new Map(),
    guesses: 50,
  }
  for (const section of sections) nameHeadings(section, places)
  const edits = new Map<Prose, Edit[]>()
  const dead = new Set<unknown>()
  for (const link of links) {
    const target = settle(link, places, report)
    if (target === undefined) dead.add(link.span)
    else link.span.href = target.href
    // One definition may be referred to a million times, by three characters each.
    if (target !== undefined) said.again(link)
    if (!link.empty) continue
    // What leads nowhere (and was reported) shows where it was to lead.
    const title = target === undefined ? link.href.trim() || '…' : titleOf(target.id, places)
    if (target !== undefined && title === '') {
      const hint = 'write a text between the brackets'
      error(report, 'empty-link', link.place, 'the link has no text, and its target no title', hint)
    }
    const list = edits.get(link.prose)
    const edit = { at: link.span.start, out: 1, put: title === '' || !said(title, link) ? '…' : title }
    if (list === undefined) edits.set(link.prose, [edit])
    else list.push(edit)
  }
  for (const [prose, list] of edits)
    applyEdits(
      prose,
      list.sort((a, b) => a.at - b.at),
    )
  if (dead.size === 0 && edits.size === 0) return
  for (const prose of new Set(links.map((link) => link.prose))) {
    prose.spans = prose.spans.filter((span) => !dead.has(span) && span.end > span.start)
  }
}

/**
 * What links say again is in no file as often as it is in the book: it is weighed, three times for a paragraph of it is long, and has
 * an end, which is told once. False beyond it.
 */
function counter({ repeated, weigh }: { repeated: number; weigh: (work: Partial<Work>) => void }, report: Report) {
  let sum = 0
  const seen = new Set<string>()
  const count = (letters: number, link: PendingLink): boolean => {
    const fitted = sum <= repeated
    sum += letters
    weigh({ letters: 3 * letters })
    if (fitted && sum > repeated) {
      const message = `links repeat more than ${repeated} letters: of titles, or of addresses`
      error(report, 'too-large', link.place, message, 'write a text between the brackets, or fewer links')
    }
    return sum <= repeated
  }
  const again = (link: PendingLink) => {
    const text = `${link.href} ${link.span.title ?? ''}`
    if (seen.has(text)) count(text.length, link)
    else seen.add(text)
  }
  return Object.assign((title: string, link: PendingLink) => count(title.length, link), { again })
}

/** Its own title or caption, or else that of the section it stands in. */
function titleOf(id: string, places: Places): string {
  const own = places.titles.get(id) ?? ''
  if (own !== '') return own
  const section = places.ids.owners.get(id)?.section
  return section === undefined ? '' : (places.sections.get(section)?.title ?? '')
}

function settle(link: PendingLink, places: Places, report: Report): { href: string; id: string } | undefined {
  const href = link.href.trim()
  if (href === '') {
    dead(link, 'the link leads nowhere', 'write where it leads between the parentheses', report)
    return undefined
  }
  if (EXTERNAL.test(href)) {
    if (href.length > LONGEST) {
      const message = `the address has ${href.length} characters; at most ${LONGEST} can lead anywhere`
      dead(link, message, 'mend it: https://example.org/page', report)
      return undefined
    }
    const address = encodeAddress(href)
    if (isAddress(address)) return { href: address, id: '' }
    dead(link, `\`${shown(href)}\` is no address`, 'mend it: https://example.org/page', report)
    return undefined
  }
  if (/^\/\//.test(href) || /^[a-z][a-z0-9+.-]*:/i.test(href)) {
    const hint = 'link to https:, http: or mailto:, or to a file of the book'
    const say = HARMFUL.test(href) ? error : forgivable
    say(report, 'unsafe-link', link.place, `the link to \`${shown(href)}\` is refused`, hint)
    return undefined
  }
  const cut = href.indexOf('#')
  const file = cut < 0 ? href : href.slice(0, cut)
  const fragment = cut < 0 ? '' : (decodePath(href.slice(cut + 1)) ?? '')
  const section = sectionOf(file, link, places, report)
  if (section === undefined) return undefined
  if (fragment === '' && file !== '') return { href: `#${section}`, id: section }
  const id = idOf(section, fragment, file === '', places)
  if (id !== undefined) return { href: `#${id}`, id }
  const near = guess(fragment, places.ids.owners.keys(), places)
  const hint = near === undefined ? 'give the heading or the text an id: {#…}' : `did you mean \`#${near}\`?`
  dead(link, `nothing in the book has the id \`${shown(fragment)}\``, hint, report)
  return undefined
}

/** A link that has a text keeps it, and is no link; one without has nothing left to print. */
function dead(link: PendingLink, message: string, hint: string, report: Report): void {
  const say = link.empty ? error : forgivable
  say(report, 'dead-link', link.place, message, hint)
}

function guess(word: string, known: Iterable<string>, places: Places): string | undefined {
  return places.guesses-- > 0 ? nearest(word, [...known].slice(0, 5000)) : undefined
}

function sectionOf(file: string, link: PendingLink, places: Places, report: Report): string | undefined {
  if (file === '') return link.section
  const decoded = decodePath(file.replace(/\?.*$/, ''))
  const found = decoded === undefined ? { refused: 'it is badly encoded' } : within(link.place.path, decoded)
  if ('refused' in found) {
    const hint = 'write the path from this file: other.md, or chapters/other.md'
    const say = link.empty ? error : forgivable
    say(report, 'bad-path', link.place, `the link to \`${shown(file)}\` is refused: ${found.refused}`, hint)
    return undefined
  }
  const section = places.files.get(found.path) ?? builtFrom(found.path, places.files)
  if (section !== undefined) return section
  if (places.lost.has(found.path)) return undefined
  const near = guess(found.path, places.files.keys(), places)
  const hint = near === undefined ? 'list the file in the manifest, or mend the link' : `did you mean \`${near}\`?`
  dead(link, `\`${shown(found.path)}\` is no file of the book`, hint, report)
  return undefined
}

/** Sites are linked by what is made of their files: `other.html`, `other`, `guide/`, `guide/index.html` are `other.md` and `guide/README.md`. */
function builtFrom(path: string, files: ReadonlyMap<string, string>): string | undefined {
  const stem = path.replace(/\.x?html?$|\/$/i, '')
  const stems = [
    stem,
    `${stem}/index`,
    `${stem}/README`,
    ...(/(?:^|\/)index$/.test(stem) ? [stem.replace(/index$/, 'README')] : []),
  ]
  const endings = ['.md', '.qmd', '.markdown']
  return stems.flatMap((one) => endings.flatMap((ending) => files.get(one + ending) ?? []))[0]
}

/** An id of the section itself goes before one elsewhere; a heading's own words, as GitHub makes an id of them, come last. */
function idOf(section: string, fragment: string, anywhere: boolean, places: Places): string | undefined {
  if (fragment === '') return section
  const { owners, local } = places.ids
  const own = local.get(`${section}#${fragment}`)
  if (own !== undefined) return carrierOf(own, places.ids)
  const owner = owners.get(fragment)
  if (owner !== undefined && (anywhere || owner.section === section)) return carrierOf(fragment, places.ids)
  return places.slugs.get(`${section}#${fragment}`) ?? places.slugs.get(`${section}#${fragment.toLowerCase()}`)
}

/** The block or span that has the id in the outputs: an alias may lead to one that is an alias itself. */
function carrierOf(id: string, { aliases }: Ids): string {
  let at = id
  for (let next = aliases.get(at); next !== undefined && next !== at; next = aliases.get(at)) at = next
  return at
}

/** As it may stand in an attribute and in a PDF: only characters that URLs have (RFC 3986). */
function encodeAddress(href: string): string {
  const ascii = href.replace(/[^\x21-\x7e]|["<>\\^`{|}]|%(?![0-9a-f]{2})/giu, (one) => {
    const wellFormed = /^[\ud800-\udfff]$/.test(one) ? '\ufffd' : one
    return encodeURIComponent(wellFormed)
  })
  // Brackets stand for themselves in a host only (RFC 3986, 3.2.2), and there is one fragment.
  const [, host = '', rest = ''] = /^(https?:\/\/[^/?#]*)?(.*)$/i.exec(ascii)!
  const fragment = rest.indexOf('#') + 1
  return (
    host + rest.replace(/[[\]]|#/g, (one, at: number) => (one === '#' && at < fragment ? one : encodeURIComponent(one)))
  )
}

/** Every heading below a title gets an id, so that contents and links can reach it. */
function nameHeadings(section: Section, places: Places): void {
  const { slugs, titles } = places
  const seen = new Map<string, number>()
  titles.set(section.id, section.title)
  if (section.generated) return
  eachBlock(section.blocks, (block) => {
    if (block.kind === 'heading') {
      const text = plainProse(block.prose)
      const slug = text
        .toLowerCase()
        .replace(/[\x20-\x7e]+/g, (plain) => plain.replace(/[^\w\s-]/g, ''))
        .replace(/[^\x20-\x7e]+/g, (other) => other.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, ''))
        .trim()
        .replace(/\s/g, '-')
      const times = seen.get(slug) ?? 0
      seen.set(slug, times + 1)
      const key = `${section.id}#${times === 0 ? slug : `${slug}-${times}`}`
      if (isTitle(block)) slugs.set(key, block.id ?? section.id)
      else {
        block.id ??= freeId(`${section.id}-${asciiName(text).slice(0, 60) || 'heading'}`, section, places)
        slugs.set(key, block.id)
      }
      if (block.id !== undefined) titles.set(block.id, text)
    } else if (block.id !== undefined && (block.kind === 'figure' || block.kind === 'table')) {
      titles.set(block.id, plainProse(block.caption))
    }
  })
}

function isTitle(block: Block): boolean {
  return block.role === 'title' || block.role === 'part-title'
}

function freeId(wanted: string, section: Section, places: Places): string {
  const { ids, numbers } = places
  let id = wanted
  // Where the count of this name stands is kept: ten thousand headings may have the same words.
  for (let k = numbers.get(wanted) ?? 2; ids.owners.has(id); k++) {
    id = `${wanted}-${k}`
    numbers.set(wanted, k + 1)
  }
  ids.owners.set(id, { section: section.id, place: section.place })
  return id
}

/** Ids and the anchors that carry them, once anchors are numbered. */
export function targetsOf(sections: readonly Section[], ids: Ids): Map<string, Target> {
  const targets = new Map<string, Target>()
  const take = (id: string | undefined, section: Section, n: number) => {
    if (id !== undefined && !targets.has(id)) targets.set(id, { section: section.id, n })
  }
  for (const section of sections) {
    take(section.id, section, section.blocks[0]?.n ?? 0)
    const visit = (blocks: readonly Block[]) =>
      eachBlock(
        blocks,
        (block) => take(block.id, section, block.n),
        (prose) => {
          for (const span of prose.spans) if (span.kind === 'span') take(span.id, section, prose.n)
        },
      )
    visit(section.blocks)
    for (const note of section.notes) {
      take(note.id, section, note.blocks[0]?.n ?? section.blocks[0]?.n ?? 0)
      visit(note.blocks)
    }
  }
  for (const id of ids.aliases.keys()) {
    const target = targets.get(carrierOf(id, ids))
    if (target !== undefined && !targets.has(id)) targets.set(id, target)
  }
  return targets
}
