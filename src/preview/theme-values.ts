// In: a proof, and what is to be otherwise in its look. Out: the theme's main values, and the files of the book that would say so.
import type { Proof } from '../build/proof.js'
import type { Source } from '../folder.js'
import { kindOf, openFolder, readInside } from '../folder.js'
import { editYaml } from '../yaml/edit.js'
import type { ThemePanel, ThemeValue } from './protocol.js'
import { Refused } from './refused.js'

export type Tried = ReadonlyMap<string, number | string>

const MOST_ORNAMENT = 24

/** The values that can be changed, as they are shown now. */
function valuesOf({ look, trim }: Proof): ThemeValue[] {
  const { theme } = look
  const { page, opening } = theme
  const number = (
    path: string,
    label: string,
    group: ThemeValue['group'],
    value: number,
    [min, max, step]: readonly [number, number, number],
    unit: NonNullable<ThemeValue['unit']>,
  ): ThemeValue => ({
    path,
    label,
    group,
    kind: 'number',
    value: Math.round(value * 1000) / 1000,
    min,
    max,
    step,
    unit,
  })
  const choice = (
    path: string,
    label: string,
    group: ThemeValue['group'],
    value: string,
    options: { value: string; label: string }[],
  ): ThemeValue => ({ path, label, group, kind: 'choice', value, options })
  const faces = Object.entries(theme.faces).map(([value, { family }]) => ({ value, label: family }))
  return [
    choice('defaults.style.face', 'Face', 'Face', theme.styles.body.face, faces),
    number('page.size', 'Size', 'Text', page.size, [6, 24, 0.25], 'pt'),
    number('page.leading', 'Leading', 'Text', page.leading, [7, 40, 0.25], 'pt'),
    number('page.lines', 'Lines', 'Text', page.lines, [5, 80, 1], 'lines'),
    number('page.width', 'Width', 'Page', page.width, [180, 900, 1], 'pt'),
    number('page.height', 'Height', 'Page', page.height, [220, 1200, 1], 'pt'),
    number('page.inside', 'Inside margin', 'Page', page.inside, [15, Math.round(trim.width / 2), 0.5], 'pt'),
    number('page.outside', 'Outside margin', 'Page', page.outside, [15, Math.round(trim.width / 2), 0.5], 'pt'),
    number('page.top', 'Top margin', 'Page', page.top, [15, Math.round(trim.height / 2), 0.5], 'pt'),
    choice('page.folio', 'Page numbers', 'Page', page.folio, [
      { value: 'head', label: 'in the head' },
      { value: 'foot', label: 'at the foot' },
    ]),
    choice('opening.kind', 'Chapters open with', 'Opening', opening.kind, [
      { value: 'none', label: 'nothing' },
      { value: 'lead-in', label: 'small capitals' },
      { value: 'drop-cap', label: 'a drop capital' },
      { value: 'raised', label: 'a raised letter' },
    ]),
    number('opening.words', 'Words of the lead-in', 'Opening', opening.words, [1, 12, 1], 'words'),
    number('opening.lines', 'Lines of the capital', 'Opening', opening.lines, [2, 6, 1], 'lines'),
    {
      ...{ path: 'sceneBreak.ornament', label: 'Scene break', group: 'Ornament', kind: 'text' },
      value: theme.sceneBreak.ornament ?? '',
    },
  ]
}

/** Throws `Refused` for a value that is none. */
export function prove(proof: Proof, path: string, value: unknown): number | string {
  const known = valuesOf(proof).find((one) => one.path === path)
  if (known === undefined) throw new Refused(`the panel has no \`${path.slice(0, 80)}\``)
  const { kind, min = 0, max = 0, options = [] } = known
  if (kind === 'number' && (typeof value !== 'number' || !(value >= min && value <= max)))
    throw new Refused(`\`${path}\` is to be a number from ${min} to ${max}`)
  if (kind === 'choice' && !options.some((one) => one.value === value))
    throw new Refused(`\`${path}\` is to be one of ${options.map((one) => one.value).join(', ')}`)
  if (
    kind === 'text' &&
    (typeof value !== 'string' || value.length > MOST_ORNAMENT || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value))
  )
    throw new Refused(`\`${path}\` is to be a short text`)
  return value as number | string
}

/** As the theme's reader has it. */
const LARGEST = 1 << 20

/** A theme that is a file of the book, by its name. */
const FILE = /\.ya?ml$/i

/** The theme's file, if the book has one of its own. */
function fileOf({ theme }: Proof): string | undefined {
  return FILE.test(theme) ? theme.replace(/^(?:\.\/)+/, '') : undefined
}

export function panelOf(proof: Proof, tried: Tried): ThemePanel {
  const file = fileOf(proof)
  return {
    ...(file !== undefined && { file }),
    base: proof.look.theme.name,
    values: valuesOf(proof),
    tried: tried.size > 0,
  }
}

/**
 * The files of the book, as they would be with these values. `base`: the proof without them. A book without a theme of its own gets
 * one, which extends what it had, and its manifest names it.
 */
export function filesWith(base: Proof, source: Source, tried: Tried): Map<string, string> {
  const files = new Map<string, string>()
  if (tried.size === 0) return files
  const changes = [...tried].map(([path, value]) => ({ path: path.split('.'), value }))
  const own = fileOf(base)
  const plain: Source = { ...source, over: new Map(), kept: undefined }
  if (own !== undefined) {
    const text = textOf(plain, own)
    const edited = text === undefined ? undefined : editYaml(text, changes)
    if (edited === undefined) throw new Refused(`\`${own}\` cannot be changed in place: change it by hand`)
    return files.set(own, edited)
  }
  const manifest = base.book.places?.title.path ?? ''
  const text = /^book\.ya?ml$/.test(manifest) ? textOf(plain, manifest) : undefined
  if (text === undefined)
    throw new Refused('the book has no book.yaml that could name a theme file: `octavo init` writes one')
  const file = freeName(plain)
  const named = editYaml(text, [{ path: ['theme'], value: file }])
  const made = editYaml(`extends: ${base.theme === '' ? 'house' : base.theme}\n`, changes)
  if (named === undefined || made === undefined)
    throw new Refused(`\`${manifest}\` cannot be changed in place: name a theme file in it`)
  return files.set(file, made).set(manifest, named)
}

function textOf(source: Source, path: string): string | undefined {
  const folder = openFolder(source)
  const read = 'fault' in folder ? undefined : readInside(folder, path, LARGEST)
  return read !== undefined && 'bytes' in read ? Buffer.from(read.bytes).toString('utf8') : undefined
}

function freeName(source: Source): string {
  const folder = openFolder(source)
  if ('fault' in folder) return 'theme.yaml'
  for (let i = 1; ; i++) {
    const name = i === 1 ? 'theme.yaml' : `theme-${i}.yaml`
    if (kindOf(folder, name) === undefined) return name
  }
}
