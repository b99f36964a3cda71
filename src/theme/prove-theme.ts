// A theme that is whole goes in; what cannot be, or will not read well, is told at its line.
import { error, nearest, type Place, type Report, warning } from '../diagnostic.js'
import type { Role } from '../model/role.js'
import { BOX_KEYS, boxOf, layerOf, WITHOUT_BOX } from './box.js'
import { OUR_CLASSES, overlaid } from './classes.js'
import { contrast } from './contrast.js'
import { checkCover } from './cover-letters.js'
import { ICON_NAMES, outlineOf } from './icons.js'
import { partsOfRow } from './rows.js'
import { patternOf } from './scripts.js'
import { checkFolio, checkSinks } from './standing.js'
import {
  type FurnitureRule,
  familyOf,
  hexOf,
  NAMED,
  nightOf,
  type OpeningStyle,
  type Row,
  type Style,
  type Theme,
} from './theme.js'
import type { MapNode, Node } from './yaml.js'

/** Faces and colours that are named must be there. */
export function checkNames(theme: Theme, tree: MapNode, report: Report): void {
  const faces = Object.keys(theme.faces)
  const face = (name: string, path: string[]) => {
    if (faces.includes(name)) return
    const near = nearest(name, faces)
    const hint = near ? `did you mean \`${near}\`?` : `faces of this theme: ${faces.join(', ')}`
    error(report, 'theme-name', placeAt(tree, path), `\`${path.join('.')}\` names no face: \`${name}\``, hint)
  }
  for (const needed of ['text', 'mono']) {
    if (!faces.includes(needed)) {
      error(
        report,
        'theme-missing',
        placeAt(tree, ['faces']),
        `\`faces.${needed}\` is missing`,
        'add it, or begin the theme with `extends: house`',
      )
    }
  }
  if (!Object.hasOwn(theme.colours, 'ink')) {
    error(report, 'theme-missing', placeAt(tree, ['colours']), '`colours.ink` is missing', 'add the colour of the text')
  }
  if (familyOf(theme, 'mono')?.optical !== undefined) {
    const place = placeAt(tree, ['faces', 'mono', 'optical'])
    warning(
      report,
      'theme-unused',
      place,
      '`faces.mono.optical` says nothing: code is not set in cuts by size',
      'take it out',
    )
  }
  checkInks(theme, tree, report)
  checkIcons(theme, tree, report)
  theme.fallback.forEach((name, i) => {
    face(name, ['fallback', String(i)])
  })
  for (const [script, name] of Object.entries(theme.scripts ?? {})) {
    face(name, ['scripts', script])
    if (patternOf(script) !== undefined) continue
    const hint =
      'write the four letters of a script: `Grek`, `Cyrl`, `Armn`, `Geor` …; Latin letters are of the text’s own face'
    const message = `\`${script}\` is no script that could have a face of its own`
    error(report, 'theme-value', placeAt(tree, ['scripts', script]), message, hint)
  }
  face(theme.cover.face, ['cover', 'face'])
  for (const [role, style] of Object.entries(theme.styles)) face(style.face, ['styles', role, 'face'])
  for (const [role, style] of Object.entries(theme.styles) as [Role, Style][])
    checkColours(['styles', role], style, theme, tree, report)
  checkOpenings(theme, tree, face, report)
  for (const [name, own] of Object.entries(theme.classes)) {
    const path = ['classes', name]
    if (OUR_CLASSES.has(name)) {
      const hint = `write \`${name}\` without the dot, if it is that style that you mean`
      error(report, 'theme-value', placeAt(tree, path), `\`.${name}\` is no class of your own`, hint)
      continue
    }
    if (own.face !== undefined) face(own.face, [...path, 'face'])
    checkColours(path, overlaid(theme.styles.body, own), theme, tree, report)
  }
}

/** Icons are drawn of what can be drawn, in colours that there are. */
function checkIcons({ icons, ...theme }: Theme, tree: MapNode, report: Report): void {
  if (icons === undefined) return
  for (const [kind, said] of Object.entries(icons.kinds)) {
    if (outlineOf(said) !== undefined) continue
    const near = nearest(said, ICON_NAMES)
    const hint = near
      ? `did you mean \`${near}\`?`
      : `names: ${ICON_NAMES.join(', ')}; or an outline: \`M 0 0 L 24 0 …\``
    const path = ['icons', 'kinds', kind]
    error(
      report,
      'theme-value',
      placeAt(tree, path),
      `\`${path.join('.')}\` is no icon: \`${said.slice(0, 40)}\``,
      hint,
    )
  }
  const { colour } = icons
  if (colour !== undefined && !isColour(theme as Theme, colour))
    noColour(colour, ['icons', 'colour'], theme as Theme, tree, report)
  if ((icons.size ?? 1.4) > (icons.column ?? 2)) {
    const hint = 'make `column` wider than `size`, so that there is white between it and the text'
    warning(report, 'theme-both', placeAt(tree, ['icons', 'column']), 'icons are wider than their column', hint)
  }
}

/** A colour is known by what it is on screens, so that is of one make. */
function checkInks({ colours }: Theme, tree: MapNode, report: Report): void {
  const known = new Map<string, { name: string; inks: string }>()
  for (const [name, own] of Object.entries(colours)) {
    if (typeof own === 'string') continue
    const place = (key: string) => placeAt(tree, ['colours', name, key])
    if (own.spot !== undefined && own.cmyk === undefined)
      error(
        report,
        'theme-value',
        place('spot'),
        `\`colours.${name}.spot\` has no \`cmyk\` beside it`,
        'add the four inks that come nearest: printers without that ink print these',
      )
    if (own.cmyk === undefined) continue
    const inks = JSON.stringify([own.cmyk, own.spot])
    const other = known.get(own.day)
    if (other !== undefined && other.inks !== inks)
      error(
        report,
        'theme-value',
        place('cmyk'),
        `\`colours.${name}\` and \`colours.${other.name}\` are one colour on screens, and not in print`,
        'let their `day` differ by a shade, or give both the same inks',
      )
    known.set(own.day, { name, inks })
  }
}

function checkOpenings(
  theme: Theme,
  tree: MapNode,
  face: (name: string, path: string[]) => void,
  report: Report,
): void {
  const all: [Partial<OpeningStyle>, string[]][] = [[theme.opening, ['opening']]]
  for (const [role, { opening }] of Object.entries(theme.sections))
    if (opening) all.push([opening as Partial<OpeningStyle>, ['sections', role, 'opening']])
  for (const [opening, path] of all) {
    if (opening.face !== undefined) face(opening.face, [...path, 'face'])
    const { colour } = opening
    if (colour !== undefined && !isColour(theme, colour)) noColour(colour, [...path, 'colour'], theme, tree, report)
  }
  const { numbering, styles } = theme
  for (const [role, title] of [
    ['number', 'title'],
    ['part-number', 'part-title'],
  ] as const) {
    if (styles[role].colour !== 'ink' || styles[title].colour === 'ink') continue
    const place = placeAt(tree, ['styles', title, 'colour'])
    const hint = `name the colour of \`styles.${role}\`: the number stands in the title`
    const message = `\`styles.${role}\` has the text’s ink on paper, and the colour of its title in the EPUB`
    warning(report, 'theme-both', place, message, hint)
  }
  if (numbering.ornament !== undefined && (numbering.place ?? 'above') !== 'above') {
    const place = placeAt(tree, ['numbering', 'ornament'])
    const hint = 'take it out, or let the number stand above its title'
    warning(report, 'theme-unused', place, 'an ornament stands between a number and a title below it only', hint)
  }
}

function isColour(theme: Theme, name: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(hexOf(theme, name))
}

function noColour(name: string, key: string[], theme: Theme, tree: MapNode, report: Report): void {
  const all = Object.keys(theme.colours)
  const near = nearest(name, all)
  const own = /^[a-z][a-zA-Z0-9-]*$/.test(name) ? name : 'mine'
  const hint = near
    ? `did you mean \`${near}\`?`
    : `colours of this theme: ${all.join(', ')}; or add it, \`colours: { ${own}: '#1d6b3a' }\``
  error(report, 'theme-name', placeAt(tree, key), `\`${key.join('.')}\` names no colour: \`${name}\``, hint)
}

/** The grounds that readers choose for their pages: white, the darkest sepia of the great reading systems, and their night. */
const GROUNDS = { white: '#ffffff', sepia: '#f4ecd8' }
const NIGHT = '#222222'
/** Text at night, where the reader has the choice. */
const LIGHT = '#dddddd'
/** What WCAG 2.2 asks of text (1.4.3, level AA). */
const LEAST = 4.5

function checkColours(path: string[], style: Style, theme: Theme, tree: MapNode, report: Report): void {
  const box = boxOf(style)
  const name = path.join('.')
  if (box !== undefined && path[0] === 'styles' && WITHOUT_BOX.has(path[1] as Role)) {
    const key = BOX_KEYS.find((one) => style[one] !== undefined)!
    const place = placeAt(tree, [...path, key])
    const hint = 'give it to what stands around it'
    error(report, 'theme-value', place, `\`${name}\` cannot have ${key === 'rules' ? '' : 'a '}\`${key}\``, hint)
    return
  }
  const named: [name: string, path: string[]][] = [[style.colour, ['colour']]]
  if (style.ground !== undefined) named.push([style.ground, ['ground']])
  if (style.frame?.colour !== undefined) named.push([style.frame.colour, ['frame', 'colour']])
  for (const side of ['above', 'below', 'start', 'end'] as const) {
    const colour = style.rules?.[side]?.colour
    if (colour !== undefined) named.push([colour, ['rules', side, 'colour']])
  }
  let known = true
  for (const [colour, at] of named) {
    if (isColour(theme, colour)) continue
    known = false
    noColour(colour, [...path, ...at], theme, tree, report)
  }
  if (!known) return
  const place = placeAt(tree, [...path, style.ground === undefined ? 'colour' : 'ground'])
  const tell = (ratio: number, ground: string, hint: string) => sayContrast(name, ratio, ground, hint, place, report)
  const ink = hexOf(theme, style.colour)
  const hint = 'use a darker colour: text needs 4.5 to 1'
  if (box?.ground === undefined) {
    for (const [name, ground] of Object.entries(GROUNDS)) {
      const ratio = contrast(ink, ground)
      if (ratio >= LEAST) continue
      tell(ratio, name, hint)
      break
    }
    const night = nightOf(theme, style.colour)
    if (night !== undefined && contrast(night, NIGHT) < LEAST)
      tell(contrast(night, NIGHT), 'a dark page', 'use a lighter colour for `night`')
    return
  }
  checkGround(name, style, box.ground, theme, place, report)
}

/** Can a text be read on its own ground, by day and by night? */
function checkGround(name: string, style: Style, named: string, theme: Theme, place: Place, report: Report): void {
  const tell = (ratio: number, ground: string, hint: string) => sayContrast(name, ratio, ground, hint, place, report)
  const ink = hexOf(theme, style.colour)
  const ground = hexOf(theme, named)
  const day = contrast(ink, ground)
  if (day < LEAST) tell(day, 'its ground', 'colour and ground need 4.5 to 1')
  const atNight = nightOf(theme, named) ?? over(layerOf(theme, named), NIGHT)
  const stays = nightOf(theme, named) === undefined && layerOf(theme, named).alpha > 500
  const letters = style.colour === 'ink' ? LIGHT : (nightOf(theme, style.colour) ?? (stays ? ink : LIGHT))
  const dark = contrast(letters, atNight)
  if (day >= LEAST && dark < LEAST)
    tell(dark, 'its ground at night', 'give its ground a `night` colour, or its text a colour of its own')
}

function sayContrast(name: string, ratio: number, ground: string, hint: string, place: Place, report: Report): void {
  const said = (Math.floor(ratio * 10) / 10).toFixed(1)
  warning(report, 'theme-contrast', place, `\`${name}\` has a contrast of ${said} to 1 on ${ground}`, hint)
}

/** A layer on a colour. */
function over({ rgb, alpha }: ReturnType<typeof layerOf>, under: string): string {
  const share = alpha / 1000
  const mixed = rgb.map((c, i) =>
    Math.round(c * share + Number.parseInt(under.slice(1 + 2 * i, 3 + 2 * i), 16) * (1 - share)),
  )
  return `#${mixed.map((c) => c.toString(16).padStart(2, '0')).join('')}`
}

/** Tables name colours of the theme, and what stands in their tinted rows can be read. */
function checkTables(theme: Theme, tree: MapNode, report: Report): void {
  const { rules = {}, headGround, stripes } = theme.tables
  const named: [string | undefined, string[]][] = [
    ...(['above', 'head', 'rows', 'below'] as const).map((side): [string | undefined, string[]] => [
      rules[side]?.colour,
      ['tables', 'rules', side, 'colour'],
    ]),
    [headGround, ['tables', 'headGround']],
    [stripes, ['tables', 'stripes']],
  ]
  for (const [colour, path] of named)
    if (colour !== undefined && !isColour(theme, colour)) noColour(colour, path, theme, tree, report)
  for (const [role, ground, key] of [
    ['cell-head', headGround, 'headGround'],
    ['cell', stripes, 'stripes'],
  ] as const) {
    if (ground === undefined || !isColour(theme, ground)) continue
    const style: Style = { ...theme.styles[role], ground, frame: undefined, rules: undefined, padding: undefined }
    checkGround(`tables.${key}`, style, ground, theme, placeAt(tree, ['tables', key]), report)
  }
}

/** Running text stands on the page's grid, and no line in the one above. */
function checkGrid({ styles, page }: Theme, tree: MapNode, report: Report): void {
  for (const role of ['body', 'flush', 'opening'] as const) {
    if (styles[role].leading === 1) continue
    const message = `lines of \`${role}\` do not stand on the page’s grid: its \`leading\` is ${styles[role].leading}`
    const hint = 'leave it 1, and change `page.leading`: the grid is made of these lines'
    warning(report, 'theme-grid', placeAt(tree, ['styles', role, 'leading']), message, hint)
  }
  for (const [role, { size, leading }] of Object.entries(styles)) {
    if (leading * page.leading >= size * page.size * CLOSEST) continue
    const message = `lines of \`${role}\` stand in each other: ${points(leading * page.leading)} for letters of ${points(size * page.size)}`
    warning(
      report,
      'theme-grid',
      placeAt(tree, ['styles', role, 'leading']),
      message,
      'a larger `leading`, or a smaller `size`',
    )
  }
}

/** Distance of baselines, × the size of letters, below which descenders meet what stands under them. */
const CLOSEST = 0.9

function points(of: number): string {
  return `${Math.round(of * 10) / 10} points`
}

const SIDES = ['recto', 'verso', 'opening'] as const

/** What stands in the margins must name what there is, and stand on the page. */
function checkFurniture(theme: Theme, tree: MapNode, report: Report): void {
  const { page, heads, feet = {}, styles } = theme
  const rows: [Row | undefined, string[]][] = [
    ...SIDES.map((side): [Row | undefined, string[]] => [
      typeof heads[side] === 'string' ? undefined : (heads[side] as Row | undefined),
      ['heads', side],
    ]),
    ...SIDES.map((side): [Row | undefined, string[]] => [feet[side], ['feet', side]]),
  ]
  for (const [row, path] of rows) {
    for (const [at, text] of Object.entries(row ?? {})) {
      if (text === undefined) continue
      const key = [...path, at]
      // a word that is almost a name would be printed as it stands
      const near = /^[a-z]+$/.test(text) && partsOfRow(text)?.some((part) => 'text' in part) && nearest(text, NAMED)
      if (near) {
        const message = `\`${key.join('.')}\` names what there is not: \`${text}\``
        error(report, 'theme-value', placeAt(tree, key), message, `did you mean \`{${near}}\`?`)
        continue
      }
      if (partsOfRow(text) !== undefined) continue
      const hint = `these can be named: ${NAMED.map((name) => `{${name}}`).join(', ')}`
      error(
        report,
        'theme-value',
        placeAt(tree, key),
        `\`${key.join('.')}\` names what there is not: \`${text}\``,
        hint,
      )
    }
    const twice = row && ((row.inner ?? row.outer) === undefined ? false : (row.left ?? row.right) !== undefined)
    if (twice)
      error(
        report,
        'theme-value',
        placeAt(tree, path),
        `\`${path.join('.')}\` names \`left\` or \`right\` beside \`inner\` or \`outer\``,
        'keep to one pair of them',
      )
  }
  for (const [rule, path] of [
    [heads.rule, ['heads', 'rule', 'colour']],
    [feet.rule, ['feet', 'rule', 'colour']],
  ] as [FurnitureRule | undefined, string[]][])
    if (rule?.colour !== undefined && !isColour(theme, rule.colour)) noColour(rule.colour, path, theme, tree, report)
  checkFolio(theme, (path) => placeAt(tree, path), report)
  checkSinks(theme, (path) => placeAt(tree, path), report)
  const depth = (style: Style) => style.size * page.size
  const footY = page.top + page.lines * page.leading + page.footDistance
  const inFoot = page.folio !== 'none' || Object.keys(feet).length > 0
  const below = Math.max(depth(styles.folio), (feet.recto ?? feet.verso) ? depth(styles.head) : 0) * DESCENT
  const fits = page.top + page.lines * page.leading <= page.height
  if (fits && inFoot && footY + below > page.height) {
    const over = Math.ceil(footY + below - page.height)
    const hint = 'a smaller `footDistance`, fewer `lines`, or a smaller `top`'
    const message = `what stands below the text is ${over} points outside the page`
    error(report, 'theme-page', ownPlace(tree, 'footDistance', 'lines', 'top', 'leading', 'height'), message, hint)
  }
  const above = page.top - page.headDistance - Math.max(depth(styles.head), depth(styles.folio)) * ASCENT
  const inHead = SIDES.some((side) => (heads[side] ?? 'none') !== 'none') || page.folio === 'head'
  if (inHead && above < 0) {
    const message = `running heads are ${Math.ceil(-above)} points outside the page`
    error(
      report,
      'theme-page',
      ownPlace(tree, 'headDistance', 'top'),
      message,
      'a smaller `headDistance`, or a larger `top`',
    )
  }
}

/** Of the size of letters: how far they reach below and above their baseline. */
const DESCENT = 0.25
const ASCENT = 0.7

/** The text block must fit the page that it is drawn for. */
export function checkPage(theme: Theme, tree: MapNode, report: Report): void {
  checkFurniture(theme, tree, report)
  checkCover(theme.cover, (path) => placeAt(tree, path), report)
  checkTables(theme, tree, report)
  checkGrid(theme, tree, report)
  const { width, height, inside, outside, top, lines, leading, size } = theme.page
  if (width - inside - outside < 10 * size) {
    error(
      report,
      'theme-page',
      ownPlace(tree, 'inside', 'outside', 'width'),
      'the margins leave no measure to set text on',
      'make `inside` and `outside` smaller',
    )
  }
  if (top + lines * leading > height) {
    error(
      report,
      'theme-page',
      ownPlace(tree, 'lines', 'top', 'leading', 'height'),
      `${lines} lines do not fit the page`,
      'fewer `lines`, a smaller `leading` or `top`',
    )
  }
}

/** Of the page's keys that have a part in a fault the first that the theme itself writes, not one that it extends; else the first. */
function ownPlace(tree: MapNode, ...keys: string[]): Place {
  const places = keys.map((key) => placeAt(tree, ['page', key]))
  return places.find(({ path }) => path === tree.place.path) ?? places[0]!
}

/** Where the value at this path of keys stands, or the nearest thing above it. */
export function placeAt(tree: MapNode, path: string[]): Place {
  let node: Node = tree
  for (const key of path) {
    const next: Node | undefined =
      node.kind === 'map' ? node.entries.get(key) : node.kind === 'list' ? node.items[Number(key)] : undefined
    if (next === undefined) break
    node = next
  }
  return node.place
}

/** Is `none` what the theme says at this path? */
export function isNoneAt(tree: MapNode, path: string[]): boolean {
  let node: Node | undefined = tree
  for (const key of path) node = node?.kind === 'map' ? node.entries.get(key) : undefined
  return node?.kind === 'scalar' && (node.value === 'none' || node.value === null)
}
