// In: what the manifest says of an edition on paper, and who is to print it. Out: the settings that its receiver wants, where the
// author says nothing; what the author says and the receiver refuses is told at its line.
import { forgivable } from '../../diagnostic.js'
import { type PrintEdition, presetOf } from '../../model/editions.js'
import { paperOf, RECEIVERS, takesTrim } from '../../model/receivers.js'
import type { Trim } from '../../model/sizes.js'
import { type Fields, lineOf } from './fields.js'

/** `edition` as written, or as it usually is; `size`: the book's own, which is its trim if it says none. */
export function forReceiver(from: Fields, edition: PrintEdition, size: Trim | undefined): PrintEdition {
  if (edition.for === undefined) return edition
  const receiver = RECEIVERS[edition.for]
  const own = Object.fromEntries(Object.entries(edition).filter(([key]) => from.entries.has(key)))
  const made: PrintEdition = { ...edition, ...presetOf(edition.for), ...own }
  const refuse = (key: string, message: string, hint: string) =>
    forgivable(
      from.report,
      'receiver-refuses',
      { path: from.path, line: lineOf(from, key) },
      `${receiver.called} ${message}`,
      hint,
    )

  const trim = made.trim ?? size
  if (trim !== undefined && !takesTrim(receiver, trim)) {
    const inches = (length: number) => Math.round((length / 72) * 100) / 100
    const offered = receiver.trims!.slice(0, 6).map((one) => `${inches(one.width)} × ${inches(one.height)}`)
    refuse(
      'trim',
      `prints no books of ${inches(trim.width)} × ${inches(trim.height)} inches`,
      `it offers ${offered.join(', ')} …`,
    )
  }
  const paper = paperOf(receiver, made.stock, made.colour)
  if (paper === undefined) {
    const offered = Object.keys(receiver.papers).map((one) => one.replace(' ', ' paper in '))
    refuse(
      from.entries.has('stock') ? 'stock' : 'colour',
      `has no ${made.stock} paper printed in ${made.colour === 'black' ? 'black' : `${made.colour} colour`}`,
      `it offers ${offered.join(', ')}`,
    )
  }
  const { standards, ink } = receiver.files
  if (!standards.includes(made.standard))
    refuse(
      'standard',
      `takes no file of this standard, \`${made.standard}\``,
      `write \`standard: ${standards[0]}\`, or leave it out`,
    )
  if (made.ink !== undefined && ink !== undefined && made.ink > ink)
    refuse('ink', `bears ${ink} % of ink on one spot`, 'leave `ink` out')
  if (made.spot !== undefined && !receiver.cans)
    refuse('spot', 'prints no ink of a can', 'leave `spot` out, or write `colour: premium`')
  if (made.marks && !receiver.marks) refuse('marks', 'takes no crop marks', 'leave `marks` out')
  if (typeof made.bleed === 'number' && made.bleed !== 0 && Math.abs(made.bleed - receiver.bleed.edge) > 0.2)
    refuse(
      'bleed',
      `takes a bleed of ${Math.round(receiver.bleed.edge / 0.72) / 100} in, or none`,
      'leave `bleed` out: it is chosen by what the pages show',
    )
  if (made.multiple % receiver.multiple !== 0)
    refuse('multiple', `binds pages in multiples of ${receiver.multiple}`, 'leave `multiple` out')
  if (made.cover && !receiver.marks)
    refuse('cover', 'takes the cover as a file of its own', 'leave `cover` out, and ask for the edition `cover-wrap`')
  return made
}
