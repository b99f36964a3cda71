// In: what papers and other tools' books say of themselves. Out: the same in the manifest's own words.
import { type Report, warning } from '../../diagnostic.js'
import type { Value } from '../../yaml/index.js'
import { shown } from '../manifest/fields.js'
import { isDate } from '../manifest/metadata.js'
import { at, itemsOf, list, text, writtenIn } from './tree.js'

/** A day that can be printed. What is not the same on every day (`today`), or not said in figures, is left out with a word. */
function dateOf(value: Value | undefined, path: string, report: Report): Value | undefined {
  const said = writtenIn(value)?.trim()
  if (value === undefined || said === undefined) return undefined
  const iso = /^\d{4}-\d\d-\d\d(?=[T ])/.exec(said)?.[0] ?? said
  if (isDate(iso)) return text(iso, value.line)
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(said)
  const [, month, day, year] = american ?? []
  const turned = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  if (american !== null && isDate(turned)) return text(turned, value.line)
  const hint = 'write it in figures: 2026-01-31'
  warning(report, 'not-taken', { path, line: value.line }, `the date \`${shown(said)}\` is left out`, hint)
  return undefined
}

/** Names; or maps with a `name`, which may itself be a map of parts, as Quarto and Pandoc have them. */
function authorsOf(value: Value | undefined): Value | undefined {
  const people = itemsOf(value).flatMap((item): Value[] => {
    if (item.kind === 'text') return item.text.split(/;\s+/).map((name) => text(name.trimEnd(), item.line))
    const name = at(item, 'name') ?? at(item, 'family')
    if (name?.kind === 'text') return [name]
    const parts = [
      at(name, 'given'),
      at(name, 'dropping-particle'),
      at(name, 'non-dropping-particle'),
      at(name, 'family'),
    ]
    const whole = at(name, 'literal') ?? text(parts.flatMap((part) => writtenIn(part) ?? []).join(' '), item.line)
    return writtenIn(whole) ? [whole] : []
  })
  return value === undefined || people.length === 0 ? undefined : list(people, value.line)
}

/** The first that is a text. */
function firstText(...values: (Value | undefined)[]): Value | undefined {
  return values.find((value) => value?.kind === 'text')
}

/** Texts of a list, or of one text parted by commas. */
function subjectsOf(value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined
  const items =
    value.kind === 'text' ? value.text.split(/[,;]/).map((one) => text(one.trim(), value.line)) : itemsOf(value)
  const texts = items.filter((item) => item.kind === 'text' && item.text !== '')
  return texts.length === 0 ? undefined : list(texts, value.line)
}

/** What Pandoc, Quarto and their like call it, and what the manifest does. */
export function metadataOf(front: Value | undefined, path: string, report: Report) {
  const of = (...keys: string[]) => firstText(...keys.map((key) => at(front, key)))
  return {
    title: of('title', 'booktitle'),
    subtitle: of('subtitle'),
    language: of('language', 'lang'),
    authors: authorsOf(at(front, 'authors') ?? at(front, 'author') ?? at(front, 'creator')),
    publisher: of('publisher'),
    rights: of('rights', 'copyright'),
    description: of('description', 'abstract'),
    subjects: subjectsOf(at(front, 'subjects') ?? at(front, 'keywords') ?? at(front, 'subject') ?? at(front, 'tags')),
    date: dateOf(at(front, 'date'), path, report),
    cover: of('cover', 'cover-image'),
  }
}

/** Keys that only a manifest of ours has, as they are. */
export function ownKeys(front: Value | undefined, keys: readonly string[]): { [key: string]: Value } {
  if (front?.kind !== 'map') return {}
  return Object.fromEntries(front.entries.flatMap(({ key, value }) => (keys.includes(key) ? [[key, value]] : [])))
}
