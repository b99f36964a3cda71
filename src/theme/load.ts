// A theme's name or file in; the Theme out, complete and checked, with its faces. Faults are reported, each with its line.
import { error, nearest, type Place, type Report } from '../diagnostic.js'
import { type Folder, inWords, openFolder, readInside, type Source, within } from '../folder.js'
import { MEDIA, type Medium } from '../model/editions.js'
import { DEFAULT_LIMITS, FIXED, type Limits } from '../model/limits.js'
import { compiledTree } from './compiled.js'
import { findFaces } from './faces.js'
import { findInstalled, inPackages, installedNames, PREFIX } from './installed.js'
import { keepTheme, keptTheme } from './kept-themes.js'
import { refuseUnknown } from './kinds.js'
import { proveLettering } from './lettered.js'
import { checkMedia, checkShared, composed, mediaOf } from './media.js'
import { withOptical } from './optical.js'
import { checkNames, checkPage, isNoneAt, placeAt } from './prove-theme.js'
import { resolve } from './resolve.js'
import * as schema from './schema.js'
import { type Loaded, type Look, pressOf, type Theme } from './theme.js'
import { freed } from './unread.js'
import { type Variant, varied } from './variants.js'
import { type MapNode, type Node, parseTree } from './yaml.js'

/**
 * `ref`: name of an installed theme ('' or 'house': the house theme), or path of a YAML file of the book; `place`: where the
 * manifest names it; `variant`: the size and ink that the book asks for. Undefined if anything is wrong with it; all that is wrong is
 * reported in one go.
 */
export async function loadTheme(
  ref: string,
  source: string | Source,
  report: Report,
  place: Place = { path: 'book.yaml', line: 0 },
  variant: Variant = {},
  limits: Limits = DEFAULT_LIMITS,
): Promise<Loaded | undefined> {
  let faults = 0
  let said = 0
  const counting = once((d) => {
    if (d.severity === 'error') faults++
    said++
    report(d)
  })
  const named = ref === '' ? 'house' : ref
  const opened = openFolder(source)
  // That there is no such folder the reader has said.
  const folder = 'fault' in opened ? { root: undefined, name: '', over: new Map() } : opened
  const layers = await readLayers(named, place, folder, [], limits.theme, counting)
  if (layers === undefined) return undefined
  const sign = JSON.stringify([named, variant, limits.font])
  const before = keptTheme(layers, sign)
  if (before !== undefined) return before
  for (const layer of layers) checkMedia(layer, counting)
  const from = isFile(named) ? named : undefined
  const asked = { folder, from, limit: limits.font, variant, failed: () => faults > 0 }
  const found = await complete(composed(layers), asked, counting)
  if (found === undefined) return undefined
  const { plain, look } = found
  const css = look.theme.epub?.css
  const sheet =
    css === undefined ? undefined : readSheet(css, placeAt(plain, ['epub', 'css']), folder, limits.theme, counting)
  const apart: { [M in Medium]?: Look } = {}
  for (const medium of mediaOf(layers)) {
    const own = await complete(composed(layers, medium), asked, counting)
    if (own === undefined) return undefined
    checkShared(look.theme, own.look.theme, medium, own.plain, counting)
    apart[medium] = own.look
  }
  if (faults > 0) return undefined
  const loaded = { ...look, sheet, ...(Object.keys(apart).length > 0 && { apart }) }
  if (said === 0) keepTheme(layers, sign, loaded)
  return loaded
}

/** A tree that is composed goes in; the theme that it is comes out, with its faces and the tree without what it begins as. */
async function complete(
  tree: MapNode,
  {
    folder,
    from,
    limit,
    variant,
    failed,
  }: { folder: Folder; from: string | undefined; limit: number; variant: Variant; failed: () => boolean },
  report: Report,
): Promise<{ plain: MapNode; look: Look } | undefined> {
  refuseUnknown(tree, schema.KEYS.top, '', report)
  const defaults = tree.entries.get('defaults')
  if (defaults?.kind === 'map') refuseUnknown(defaults, schema.KEYS.defaults, 'defaults', report)
  // Keys that nobody knows were told just now, once.
  const known = new Map([...tree.entries].filter(([key]) => schema.KEYS.top.includes(key)))
  const plain = resolve({ kind: 'map', place: tree.place, entries: known }, report)
  const said = schema.theme(plain, '', report)
  if (said === undefined) return undefined
  const theme: Theme = freed({ ...said, press: pressOf(said) })
  checkNames(theme, plain, report)
  checkPage(theme, plain, report)
  if (failed()) return undefined
  const { theme: cut, written } = withOptical(theme)
  const whereIs = (family: string) => ['faces', ...(written.get(family) ?? [family])]
  const ofFace = (family: string, cut: string) => placeAt(plain, [...whereIs(family), 'files', cut])
  const faces = await findFaces(cut.faces, folder, from, ofFace, limit, report)
  if (failed()) return undefined
  const at: (...path: string[]) => Place = (...path) =>
    placeAt(plain, path[0] === 'faces' ? [...whereIs(path[1]!), ...path.slice(2)] : path)
  const none = (...path: string[]) => isNoneAt(plain, path)
  const lettered = await proveLettering(cut, faces, variant.language, at, none, report)
  return { plain, look: { theme: varied(lettered, variant), faces } }
}

/** A file beside the theme that names it, in the folder of the book. */
function readSheet(
  ref: string,
  place: Place,
  folder: Folder,
  limit: number,
  report: Report,
): { path: string; text: string } | undefined {
  const inside = within(place.path, ref)
  const read = 'path' in inside && isFile(place.path) ? readInside(folder, inside.path, limit) : undefined
  if (read !== undefined && 'bytes' in read && 'path' in inside)
    return { path: inside.path, text: new TextDecoder().decode(read.bytes) }
  const hint = 'put the style sheet beside the theme’s file, in the folder of the book'
  const [message] = read === undefined || 'bytes' in read ? ['it is not in the book’s folder'] : inWords('it', read)
  error(report, 'epub-css', place, `the style sheet \`${ref}\` cannot be had: ${message}`, hint)
  return undefined
}

function isFile(ref: string): boolean {
  return /\.ya?ml$/i.test(ref) || ref.includes('/')
}

/** What is installed, each with what it says of itself. */
export async function listThemes(): Promise<{ name: string; about: string }[]> {
  const nowhere: Folder = { root: undefined, name: '', over: new Map() }
  const all = []
  for (const name of installedNames(nowhere)) {
    const tree = await readInstalled(name, { path: '', line: 0 }, nowhere, DEFAULT_LIMITS.theme, () => undefined)
    const about = tree?.entries.get('about')
    const said = about?.kind === 'scalar' && typeof about.value === 'string' ? about.value : ''
    all.push({ name, about: said.replace(/\s+/g, ' ').slice(0, 200) })
  }
  return all
}

/** The trees of a theme and of those that it extends, the lowest first. */
async function readLayers(
  ref: string,
  from: Place,
  folder: Folder,
  above: string[],
  limit: number,
  report: Report,
): Promise<MapNode[] | undefined> {
  if (above.includes(ref) || above.length > FIXED.themes.value) {
    error(report, 'theme-extends', from, `theme \`${ref}\` extends itself`, 'let the first theme say `extends: house`')
    return undefined
  }
  const tree = isFile(ref)
    ? await readOwn(ref, from, folder, limit, report)
    : await readInstalled(ref, from, folder, limit, report)
  const parent = tree?.entries.get('extends')
  if (tree === undefined || parent === undefined) return tree && [tree]
  if (parent.kind !== 'scalar' || typeof parent.value !== 'string') {
    error(report, 'theme-value', parent.place, '`extends` must be the name of a theme', 'write `extends: house`')
    return undefined
  }
  const under = await readLayers(parent.value, parent.place, folder, [...above, ref], limit, report)
  return under && [...under, tree]
}

/** A YAML file of the book folder; never one outside of it, also not by a symbolic link. */
async function readOwn(
  ref: string,
  from: Place,
  folder: Folder,
  limit: number,
  report: Report,
): Promise<MapNode | undefined> {
  const inside = within('', ref)
  const read = 'refused' in inside ? undefined : readInside(folder, inside.path, limit)
  if (read !== undefined && 'bytes' in read) return parseTree(new TextDecoder().decode(read.bytes), ref, report)
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

async function readInstalled(
  name: string,
  from: Place,
  book: Folder,
  limit: number,
  report: Report,
): Promise<MapNode | undefined> {
  const found = findInstalled(name, book, limit)
  if (typeof found === 'object') {
    if (found.brought) {
      const tree = await parseTree(found.text, found.path, report)
      return tree && withPackage(tree, name, book)
    }
    return compiledTree(name, found.text, found.path) ?? (await parseTree(found.text, found.path, report))
  }
  if (found === 'unreadable') {
    const hint = `such a package holds a \`theme.yaml\` of at most ${limit} bytes`
    error(report, 'theme-not-found', from, `the package \`${PREFIX}${name}\` has no theme that can be read`, hint)
    return undefined
  }
  const all = installedNames(book)
  const near = nearest(name, all)
  const hint = near
    ? `did you mean \`${near}\`?`
    : `installed themes: ${all.join(', ')}; a file of the book ends in \`.yaml\``
  error(report, 'theme-not-found', from, `no theme \`${name}\` is installed`, hint)
  return undefined
}

/** A package's own faces are named as files of that package, wherever its theme is extended. */
function withPackage(tree: MapNode, name: string, book: Folder): MapNode {
  const own = (node: Node): Node => {
    if (node.kind === 'map')
      return { ...node, entries: new Map([...node.entries].map(([key, each]) => [key, own(each)])) }
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return node
    const parts = [`${PREFIX}${name}`, ...node.value.replace(/^\.\//, '').split('/')]
    const beside = !parts.includes('..') && inPackages(parts, book) !== undefined
    return beside ? { ...node, value: parts.join('/') } : node
  }
  const withOwn = (of: MapNode): MapNode => {
    const faces = of.entries.get('faces')
    if (faces?.kind !== 'map') return of
    const families = [...faces.entries].map(([key, family]): [string, Node] => {
      const files = family.kind === 'map' ? family.entries.get('files') : undefined
      if (family.kind !== 'map' || files === undefined) return [key, family]
      return [key, { ...family, entries: new Map(family.entries).set('files', own(files)) }]
    })
    return { ...of, entries: new Map(of.entries).set('faces', { ...faces, entries: new Map(families) }) }
  }
  const media = [...tree.entries].map(([key, each]): [string, Node] => [
    key,
    each.kind === 'map' && (MEDIA as readonly string[]).includes(key) ? withOwn(each) : each,
  ])
  return withOwn({ ...tree, entries: new Map(media) })
}

/** A fault in `defaults`, or in a style that others are like, shows in many styles; it is told once for its line. */
function once(report: Report): Report {
  const told = new Set<string>()
  return (found) => {
    // Where a class is written is where the author looks for it.
    const d = { ...found, message: found.message.replace(/`classes\./, '`styles..') }
    const key = `${d.code} ${d.path}:${d.line} ${d.message.replace(/`(styles|sections)\.[a-z0-9-]+\./, '`')}`
    if (told.has(key)) return
    told.add(key)
    report(d)
  }
}
