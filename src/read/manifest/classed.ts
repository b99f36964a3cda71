// In: the manifest's series and subjects, each a text or a map. Out: what the book belongs to.
import { error, nearest, type Report } from '../../diagnostic.js'
import type { Series, Subject } from '../../model/book.js'
import type { Value } from '../../yaml/index.js'
import { asText, type Fields, fields, itemsOf, shown, textOf, wrong } from './fields.js'
import { namesOf, SCHEMES, SERIES, SUBJECT } from './keys.js'

/** One, or a list of them. */
export function readSeries(all: Fields): Series[] | undefined {
  const { path, report } = all
  const series = itemsOf(all, 'series').flatMap((item): Series[] => {
    if (item.kind === 'nothing') return []
    if (item.kind === 'text') {
      const name = asText(item, '`series`', path, report)
      return name === undefined ? [] : [{ name }]
    }
    const one = fields(item, namesOf(SERIES), '`series`', path, report)
    if (one === undefined) return []
    const name = textOf(one, 'name')
    if (name === undefined)
      wrong(path, report, item.line, '`series`', 'a map with a `name`', 'write `{name: …, position: 1}`')
    return name === undefined ? [] : [{ name, position: textOf(one, 'position') }]
  })
  return series.length === 0 ? undefined : series
}

export function readSubject(item: Value, path: string, report: Report): Subject | undefined {
  if (item.kind === 'nothing') return undefined
  if (item.kind === 'text') {
    const name = asText(item, 'a subject', path, report)
    return name === undefined ? undefined : { name }
  }
  const one = fields(item, namesOf(SUBJECT), 'a subject', path, report)
  if (one === undefined) return undefined
  const name = textOf(one, 'name')
  const given = textOf(one, 'scheme')
  const code = textOf(one, 'code')
  const example = '`{name: Fiction, scheme: Thema, code: FBA}`'
  if (name === undefined || (given === undefined) !== (code === undefined)) {
    wrong(path, report, item.line, 'a subject', 'a `name`, or a `name`, a `scheme` and a `code`', `write ${example}`)
    return name === undefined ? undefined : { name }
  }
  if (given === undefined) return { name }
  const known: readonly string[] = SCHEMES
  const scheme = known.find((one) => one.toLowerCase() === given.toLowerCase()) ?? given
  if (!known.includes(scheme) && !/^https?:\/\/[^\s<>"]+$/i.test(scheme)) {
    const near = nearest(given, known)
    const hint =
      near === undefined ? 'write LCSH, Thema, BISAC, DDC …, or the address of a scheme' : `did you mean \`${near}\`?`
    error(
      report,
      'wrong-type',
      { path, line: item.line },
      `\`${shown(given)}\` is no scheme of subjects that is known`,
      hint,
    )
    return { name }
  }
  return { name, scheme, code }
}
