// In: an outline: `book.yaml`, or what stands for it. Out: what it says, checked key by key; what it says wrongly is reported with its line.
import { error, nearest, type Place, type Report, warning } from '../../diagnostic.js'
import type { Contributor, Hyphenation, Metadata, Places, Source } from '../../model/book.js'
import { isDevice } from '../../model/devices.js'
import type { Editions } from '../../model/editions.js'
import { EXEMPTION_NAMES, isExemption } from '../../model/exemptions.js'
import { readIsbn } from '../../model/isbn.js'
import { isTag, knowsLanguage } from '../../model/languages.js'
import type { Numbering } from '../../model/numbers.js'
import type { Trim } from '../../model/sizes.js'
import { tellTitles } from '../inline/tell-foreign.js'
import type { Outline } from '../outlines/outline.js'
import { readSeries, readSubject } from './classed.js'
import { readHyphenation } from './divided.js'
import { placesOfEditions, readEditions, readSize } from './edition-settings.js'
import { type ManifestEntry, readEntries } from './entries.js'
import { asText, type Fields, fields, flagOf, itemsOf, lineOf, shown, textOf, wrong } from './fields.js'
import { AUTHOR, CONTRIBUTOR, MANIFEST, namesOf, SOURCE } from './keys.js'
import { deriveMetadata, isDate, isDateTime, sortName } from './metadata.js'
import { readDepth, readNumbering } from './number-settings.js'
import { readCopyright, readDoi, readIsbns } from './published.js'
import { relator } from './relators.js'
import { slugOf } from './slug.js'

export interface Manifest {
  metadata: Metadata
  theme: string
  /** Of the pages, where no edition has a trim of its own; undefined: the theme's. */
  size: Trim | undefined
  ink: 'mono' | 'colour' | undefined
  editions: Editions
  entries: ManifestEntry[]
  /** How many ranks of headings the contents list: 1, the titles alone. */
  depth: number | undefined
  numbering: Numbering | undefined
  /** Are generated pages wanted that the manifest does not list? */
  generate: boolean
  /** Are straight quotes, double hyphens and three points turned? */
  smart: boolean
  hyphenation: Hyphenation | undefined
  /** Codes of warnings that the author does not want to hear. */
  ignore: Set<string>
  /** Codes of errors that are to be warnings. */
  forgive: Set<string>
  /** The file that all this stands in. */
  path: string
  places: Places & { cover: Place; theme: Place }
}

export const KEYS: readonly string[] = namesOf(MANIFEST)

/** `epoch`: SOURCE_DATE_EPOCH, if the environment has it. Undefined only if the outline holds no map at all. */
export async function readManifest(
  outline: Outline,
  epoch: string | undefined,
  report: Report,
): Promise<Manifest | undefined> {
  const all = fields(outline.tree, KEYS, 'the manifest', outline.path, report)
  if (all === undefined) return undefined
  const entries = outline.entries ?? (['front', 'body', 'back'] as const).flatMap((matter) => readEntries(all, matter))
  if (!entries.some((entry) => entry.matter === 'body')) {
    const own = outline.entries === undefined
    const message = own ? 'the book has no `body`' : 'it lists no text'
    error(
      report,
      'empty-body',
      at(all, lineOf(all, 'body')),
      message,
      own ? 'list its files under `body:`' : listHint(outline.path),
    )
  }
  const size = readSize(all, 'size')
  return {
    metadata: await readMetadata(all, epoch, outline.silent),
    theme: textOf(all, 'theme') ?? '',
    size,
    ink: readInk(all),
    editions: readEditions(all, size),
    entries,
    depth: readDepth(all),
    numbering: readNumbering(all),
    generate: flagOf(all, 'generate') ?? true,
    smart: flagOf(all, 'smart') ?? true,
    hyphenation: readHyphenation(all),
    ignore: await readCodes(all, 'ignore'),
    forgive: await readCodes(all, 'forgive'),
    path: outline.path,
    places: {
      title: at(all, lineOf(all, 'title')),
      cover: at(all, lineOf(all, 'cover')),
      theme: at(all, lineOf(all, 'theme')),
      editions: placesOfEditions(all),
    },
  }
}

/** How the manifests of other tools list files. */
function listHint(path: string): string {
  if (/\.ya?ml$/.test(path)) return 'list its files under `chapters:`'
  return /\.txt$/.test(path) ? 'list its files, one a line' : 'list its files in `SUMMARY.md`: `- [Title](file.md)`'
}

function readExemption(all: Fields): Metadata['exemption'] {
  const exemption = textOf(all, 'exemption')
  if (exemption === undefined || isExemption(exemption)) return exemption
  const names = EXEMPTION_NAMES.map((name) => `\`${name}\``)
  const hint = 'they are those of the European Accessibility Act; leave it out, if none is claimed'
  wrong(all.path, all.report, lineOf(all, 'exemption'), '`exemption`', names.join(', '), hint)
  return undefined
}

function readInk(all: Fields): Manifest['ink'] {
  const ink = textOf(all, 'ink')
  if (ink === undefined || ink === 'mono' || ink === 'colour') return ink
  const hint = 'mono: the inside of the book in black; colour: as the theme has it'
  wrong(all.path, all.report, lineOf(all, 'ink'), '`ink`', '`mono` or `colour`', hint)
  return undefined
}

function at({ path }: Fields, line: number): Place {
  return { path, line }
}

async function readMetadata(all: Fields, epoch: string | undefined, silent: boolean): Promise<Metadata> {
  const { report } = all
  const title = textOf(all, 'title')
  const given = all.entries.get('title')?.value.kind
  // Of what is no text that was told already.
  if (title === undefined && given !== 'map' && given !== 'list') {
    error(report, 'missing-title', at(all, lineOf(all, 'title')), 'the book has no `title`', 'write `title: …`')
  }
  tellTitles(
    all,
    ['title', 'subtitle', 'short-title'],
    'write it in plain text: covers, shops and readers know no marks',
  )
  const date = textOf(all, 'date')
  if (date !== undefined && !isDate(date)) {
    error(report, 'bad-date', at(all, lineOf(all, 'date')), ...dateFault('date', date, '2026-01-31'))
  }
  const modified = textOf(all, 'modified')
  if (modified !== undefined && !isDateTime(modified)) {
    error(
      report,
      'bad-date',
      at(all, lineOf(all, 'modified')),
      ...dateFault('modified', modified, '2026-01-31T12:00:00Z'),
    )
  }
  const identifier = textOf(all, 'identifier')
  const urn = /^urn:isbn:(.*)$/i.exec(identifier ?? '')?.[1]
  const isbn = urn === undefined ? { digits: '' } : readIsbn(urn)
  if ('fault' in isbn)
    error(report, 'bad-isbn', at(all, lineOf(all, 'identifier')), `\`${shown(urn!)}\` ${isbn.fault}`, isbn.hint)
  const good = identifier === undefined || isIdentifier(identifier)
  if (!good) {
    const hint = 'write a URN or a URL: urn:isbn:9780000000002, urn:uuid:…, https://…'
    const message = `\`identifier\` is \`${shown(identifier)}\``
    error(report, 'bad-identifier', at(all, lineOf(all, 'identifier')), message, hint)
  }
  const slug = textOf(all, 'slug')
  const plainSlug = slug === undefined || /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(slug)
  const goodSlug = slug === undefined || (plainSlug && !isDevice(slug))
  if (!goodSlug) {
    const message = `\`slug\` is \`${shown(slug)}\`${plainSlug ? ', a name that Windows keeps for a device' : ''}`
    error(report, 'bad-slug', at(all, lineOf(all, 'slug')), message, 'use letters a to z, digits and hyphens')
  }
  const language = readLanguage(all, silent)
  const authors = readPeople(all, 'authors')
  return deriveMetadata(
    {
      title: title ?? 'Untitled',
      shortTitle: textOf(all, 'short-title'),
      subtitle: textOf(all, 'subtitle'),
      language,
      authors,
      contributors: readPeople(all, 'contributors'),
      publisher: textOf(all, 'publisher'),
      publishedAt: textOf(all, 'place'),
      rights: textOf(all, 'rights'),
      description: textOf(all, 'description'),
      subjects: itemsOf(all, 'subjects').flatMap((item) => readSubject(item, all.path, report) ?? []),
      date: date !== undefined && isDate(date) ? date : undefined,
      // A date that is wrong was reported; it is not missing too.
      modified: isDateTime(modified ?? '')
        ? modified
        : (date ?? modified) === undefined || isDate(date ?? '')
          ? undefined
          : '2000-01-01',
      identifier: good ? identifier : undefined,
      isbn: readIsbns(all),
      doi: readDoi(all),
      edition: textOf(all, 'edition'),
      printing: textOf(all, 'printing'),
      copyright: readCopyright(
        all,
        authors.map(({ name }) => name),
      ),
      source: readSource(all),
      series: readSeries(all),
      slug: (goodSlug ? slug : undefined) ?? (await slugOf(title ?? 'Untitled', language)),
      cover: textOf(all, 'cover'),
      certifier: textOf(all, 'certifier'),
      exemption: readExemption(all),
    },
    epoch,
    silent ? undefined : at(all, all.line),
    report,
  )
}

function isIdentifier(text: string): boolean {
  return /^(urn:[a-z0-9][a-z0-9-]{0,31}:[^\s<>"{}|\\^`]+|(https?|doi|info|ark):[^\s<>"{}|\\^`]+)$/i.test(text)
}

function readLanguage(all: Fields, silent: boolean): string {
  const language = textOf(all, 'language')
  if (language === undefined && silent) return 'en'
  if (language === undefined) {
    const hint = 'write `language: en`, or what it is'
    warning(all.report, 'missing-language', at(all, lineOf(all, 'language')), 'the book names no `language`', hint)
    return 'en'
  }
  return checkLanguage(language, at(all, lineOf(all, 'language')), all.report) ?? 'en'
}

/** The tag, if it is well formed; one that Octavo has no words and rules for is warned of. */
export function checkLanguage(tag: string, place: { path: string; line: number }, report: Report): string | undefined {
  if (!isTag(tag)) {
    const hint = 'write a BCP 47 tag: en, en-GB, fr, el, ru'
    error(report, 'bad-language', place, `\`${shown(tag)}\` is no language tag`, hint)
    return undefined
  }
  if (!knowsLanguage(tag)) {
    const hint = 'quotation marks are left as they are, and generated words are English'
    warning(report, 'unknown-language', place, `there are no rules for the language \`${tag}\``, hint)
  }
  return tag
}

function readPeople(all: Fields, key: 'authors' | 'contributors'): Contributor[] {
  const { report } = all
  const people: Contributor[] = []
  for (const item of itemsOf(all, key)) {
    const one = key === 'authors' ? 'an author' : 'a contributor'
    if (item.kind === 'text') {
      const name = asText(item, one, all.path, report)
      if (name === undefined) continue
      if (key === 'contributors') {
        const hint = 'write `- {name: …, role: translator}`'
        error(report, 'unknown-role', at(all, item.line), `\`${shown(name)}\` has no role`, hint)
      }
      people.push({ name, sort: sortName(name), role: key === 'authors' ? 'aut' : 'ctb' })
      continue
    }
    if (item.kind === 'nothing') continue
    const person = fields(item, namesOf(key === 'authors' ? AUTHOR : CONTRIBUTOR), one, all.path, report)
    if (person === undefined) continue
    const name = textOf(person, 'name')
    if (name === undefined) {
      wrong(all.path, report, item.line, one, 'a name', 'write `- {name: …}`')
      continue
    }
    const role = key === 'authors' ? 'aut' : readRelator(person, name)
    people.push({ name, sort: textOf(person, 'sort') ?? sortName(name), role })
  }
  return people
}

function readRelator(person: Fields, name: string): string {
  const given = textOf(person, 'role')
  if (given === undefined) {
    const hint = 'write `role: translator`, `editor`, `illustrator` …'
    error(person.report, 'unknown-role', at(person, person.line), `\`${shown(name)}\` has no role`, hint)
    return 'ctb'
  }
  const found = relator(given)
  if ('code' in found) return found.code
  const hint =
    found.near === undefined ? 'write a MARC relator: translator, editor, ill' : `did you mean \`${found.near}\`?`
  const message = `\`${shown(given)}\` is no MARC relator`
  error(person.report, 'unknown-role', at(person, lineOf(person, 'role')), message, hint)
  return 'ctb'
}

function readSource(all: Fields): Source | undefined {
  const entry = all.entries.get('source')
  if (entry === undefined || entry.value.kind === 'nothing') return undefined
  if (entry.value.kind === 'text') return { title: textOf(all, 'source') }
  const source = fields(entry.value, namesOf(SOURCE), '`source`', all.path, all.report)
  if (source === undefined) return undefined
  const url = textOf(source, 'url')
  const web = url === undefined || /^https?:\/\/[^\s<>"]+$/i.test(url)
  if (!web) {
    const message = `the \`url\` of the source is \`${shown(url)}\``
    error(
      all.report,
      'bad-identifier',
      at(source, lineOf(source, 'url')),
      message,
      'write an address that begins with https://',
    )
  }
  return {
    title: textOf(source, 'title'),
    identifier: textOf(source, 'identifier'),
    date: textOf(source, 'date'),
    url: web ? url : undefined,
    note: textOf(source, 'note'),
  }
}

async function readCodes(all: Fields, key: 'ignore' | 'forgive'): Promise<Set<string>> {
  const codes = new Set<string>()
  const items = itemsOf(all, key)
  if (items.length === 0) return codes
  const { CODES } = await import('../../model/codes.js')
  const known = CODES.filter(({ severity }) =>
    key === 'ignore' ? severity !== 'error' : severity === 'forgivable',
  ).map((one) => one.code)
  for (const item of items) {
    const code = asText(item, `a code of \`${key}\``, all.path, all.report)
    if (code === undefined) continue
    if (known.includes(code)) codes.add(code)
    else {
      const near = nearest(code, known)
      const hint =
        near === undefined
          ? key === 'ignore'
            ? 'the codes stand in the documentation; errors cannot be silenced'
            : `these can be forgiven: ${known.join(', ')}`
          : `did you mean \`${near}\`?`
      error(
        all.report,
        'unknown-code',
        at(all, item.line),
        key === 'ignore' ? `no warning has the code \`${shown(code)}\`` : `\`${shown(code)}\` cannot be forgiven`,
        hint,
      )
    }
  }
  return codes
}

/** A day that is written well may still be none that the calendar has. */
function dateFault(key: string, value: string, example: string): [message: string, hint: string] {
  return /^\d{4}-\d\d(?:-\d\d)?(?:$|[T ])/i.test(value)
    ? [`\`${key}\` is \`${shown(value)}\`, and there is no such day or time`, `write one that there is, as ${example}`]
    : [`\`${key}\` is \`${shown(value)}\``, `write it as ${example}`]
}
