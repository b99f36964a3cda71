// A theme's name or file in; the Theme out, complete and checked, with its faces. Faults are reported, each with its line.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { error, nearest, type Place, type Report } from '../diagnostic.js'
import { type Folder, inWords, openFolder, readInside, type Source, within } from '../folder.js'
import { DEFAULT_LIMITS, FIXED, type Limits } from '../model/limits.js'
import { compiledTree } from './compiled.js'
import { findFaces } from './faces.js'
import { refuseUnknown } from './kinds.js'
import { checkNames, checkPage, placeAt } from './proof.js'
import { resolve } from './resolve.js'
import * as schema from './schema.js'
import type { Face, Theme } from './theme.js'
import { type MapNode, merge, parseTree } from './yaml.js'

export interface Loaded {
  theme: Theme
  faces: Face[]
}

/**
 * `ref`: name of an installed theme ('' or 'house': the house theme), or path of a YAML file of the book; `place`: where the
 * manifest names it. Undefined if anything is wrong with it; all that is wrong is reported in one go.
 */
export async function loadTheme(
  ref: string,
  source: string | Source,
  report: Report,
  place: Place = { path: 'book.yaml', line: 0 },
  limits: Limits = DEFAULT_LIMITS,
): Promise<Loaded | undefined> {
  let faults = 0
  const counting = once((d) => {
    if (d.severity === 'error') faults++
    report(d)
  })
  const named = ref === '' ? 'house' : ref
  const opened = openFolder(source)
  // That there is no such folder the reader has said.
  const folder = 'fault' in opened ? { root: undefined, name: '', over: new Map() } : opened
  const tree = await readTree(named, place, folder, [], limits.theme, counting)
  if (tree === undefined) return undefined
  refuseUnknown(tree, schema.KEYS.top, '', counting)
  const defaults = tree.entries.get('defaults')
  if (defaults?.kind === 'map') refuseUnknown(defaults, schema.KEYS.defaults, 'defaults', counting)
  // Keys that nobody knows were told just now, once.
  const known = new Map([...tree.entries].filter(([key]) => (schema.KEYS.top as readonly string[]).includes(key)))
  const plain = resolve({ kind: 'map', place: tree.place, entries: known }, counting)
  const theme = schema.theme(plain, '', counting)
  if (theme === undefined) return undefined
  checkNames(theme, plain, counting)
  checkPage(theme, plain, counting)
  if (faults > 0) return undefined
  const ofFace = (family: string, cut: string) => placeAt(plain, ['faces', family, 'files', cut])
  const faces = await findFaces(theme.faces, folder, isFile(named) ? named : undefined, ofFace, limits.font, counting)
  return faults > 0 ? undefined : { theme, faces }
}

function isFile(ref: string): boolean {
  return /\.ya?ml$/i.test(ref) || ref.includes('/')
}

/** The tree of a theme laid over those that it extends. */
async function readTree(
  ref: string,
  from: Place,
  folder: Folder,
  above: string[],
  limit: number,
  report: Report,
): Promise<MapNode | undefined> {
  if (above.includes(ref) || above.length > FIXED.themes.value) {
    error(report, 'theme-extends', from, `theme \`${ref}\` extends itself`, 'let the first theme say `extends: house`')
    return undefined
  }
  const text = isFile(ref) ? readOwn(ref, from, folder, limit, report) : readInstalled(ref, from, report)
  if (text === undefined) return undefined
  const path = isFile(ref) ? ref : `${ref}.yaml`
  const tree = (isFile(ref) ? undefined : compiledTree(ref, text, path)) ?? (await parseTree(text, path, report))
  const parent = tree?.entries.get('extends')
  if (tree === undefined || parent === undefined) return tree
  if (parent.kind !== 'scalar' || typeof parent.value !== 'string') {
    error(report, 'theme-value', parent.place, '`extends` must be the name of a theme', 'write `extends: house`')
    return undefined
  }
  const under = await readTree(parent.value, parent.place, folder, [...above, ref], limit, report)
  if (under === undefined) return undefined
  return merge(under, tree)
}

/** A YAML file of the book folder; never one outside of it, also not by a symbolic link. */
function readOwn(ref: string, from: Place, folder: Folder, limit: number, report: Report): string | undefined {
  const inside = within('', ref)
  const read = 'refused' in inside ? undefined : readInside(folder, inside.path, limit)
  if (read !== undefined && 'bytes' in read) return new TextDecoder().decode(read.bytes)
  if (read === undefined || read.fault === 'outside') {
    const hint = 'put the theme file into the book folder'
    error(report, 'theme-outside', from, `theme \`${ref}\` is not in the book folder`, hint)
  } else if (read.fault === 'missing' || read.fault === 'no-file') {
    const hint = 'name a YAML file of the book folder, or `house`'
    error(report, 'theme-not-found', from, `theme file \`${ref}\` is not there`, hint)
  } else if (read.fault === 'too-large') {
    const hint = 'a theme is a page or two of text'
    error(report, 'theme-yaml', { path: ref, line: 0 }, `the file has more than ${limit} bytes`, hint)
  } else error(report, 'unreadable-file', from, ...inWords(`\`${ref}\``, read))
  return undefined
}

function readInstalled(name: string, from: Place, report: Report): string | undefined {
  const dir = installed()
  const path = join(dir, `${name}.yaml`)
  if (/^[a-z][a-z0-9-]*$/.test(name) && existsSync(path)) return readFileSync(path, 'utf8')
  const all = readdirSync(dir)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -5))
    .sort()
  const near = nearest(name, all)
  const hint = near
    ? `did you mean \`${near}\`?`
    : `installed themes: ${all.join(', ')}; a file of the book ends in \`.yaml\``
  error(report, 'theme-not-found', from, `no theme \`${name}\` is installed`, hint)
  return undefined
}

/** The themes of this package, from the sources as from a bundle. */
function installed(): string {
  for (let dir = dirname(fileURLToPath(import.meta.url)); dirname(dir) !== dir; dir = dirname(dir)) {
    const themes = join(dir, 'assets', 'themes')
    if (existsSync(join(themes, 'house.yaml'))) return themes
  }
  throw new Error('the folder assets/themes is missing from the installation of octavo')
}

/** A fault in `defaults`, or in a style that others are like, shows in many styles; it is told once for its line. */
function once(report: Report): Report {
  const told = new Set<string>()
  return (d) => {
    const key = `${d.code} ${d.path}:${d.line} ${d.message.replace(/`(styles|sections)\.[a-z0-9-]+\./, '`')}`
    if (told.has(key)) return
    told.add(key)
    report(d)
  }
}
