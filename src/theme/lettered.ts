// What the font files of a theme can and cannot do. In: a theme and its faces. Out: credits that the theme leaves to the files, and a
// word on what they lack: cuts, small capitals, letters of the book's language.
import { type Place, type Report, warning } from '../diagnostic.js'
import { primary } from '../model/languages.js'
import type { Role } from '../model/role.js'
import { scriptFaces } from './scripts.js'
import { nearestCut } from './spans.js'
import type { Face, Family, Style, Theme } from './theme.js'

/** Sound for all that is asked here; a start should not open the house's fonts. */
const KNOWN = '/@expo-google-fonts/eb-garamond/'

type PlaceOf = (...path: string[]) => Place

/** Does the theme say at this path that there is none? */
export type SaysNone = (...path: string[]) => boolean

/** Running text, in which emphasis and strong words stand. */
const RUNNING: readonly Role[] = ['body', 'flush', 'opening', 'quote', 'letter', 'list', 'definition', 'note', 'aside']

export async function proveLettering(
  theme: Theme,
  faces: readonly Face[],
  language: string | undefined,
  placeOf: PlaceOf,
  saysNone: SaysNone,
  report: Report,
): Promise<Theme> {
  tellCuts(theme, placeOf, saysNone, report)
  const present = new Set(faces.map(({ key }) => key))
  /** Cuts that have no small capitals: 'text/italic'. */
  const lacking = new Set<string>()
  const credits = new Map<string, Family>()
  const ofScript = scriptFaces(theme)
  for (const [name, family] of Object.entries(theme.faces)) {
    const face = faces.find(({ key }) => key === `${name}/regular`)
    if (face === undefined) continue
    const uncredited = family.designer === undefined || family.licence === undefined
    const asking = asksForCapitals(theme, name, present)
    const isText = theme.styles.body.face === name
    if (!uncredited && (isKnown(face) || (asking.size === 0 && !isText))) continue
    const { abilitiesOf } = await import('../fonts/prove.js')
    const { designer, licence, has } = abilitiesOf(face.bytes())
    credits.set(name, { ...family, designer: family.designer ?? designer, licence: family.licence ?? licence })
    for (const [key, who] of asking) {
      const cut = key.slice(key.indexOf('/') + 1)
      const its = faces.find((each) => each.key === key)
      if (its === undefined || isKnown(its) || abilitiesOf(its.bytes()).smallCapitals) continue
      lacking.add(key)
      const where = cut === 'regular' ? '' : ` in its ${cut === 'boldItalic' ? 'bold italic' : cut}`
      const message = `\`faces.${name}\` has no small capitals${where}, which ${listed(who)} ask${who.length > 1 ? '' : 's'} for`
      const hint = 'give these `caps: none` or `upper`, or another face: until then they stand as they are written'
      warning(report, 'theme-face', placeOf('faces', name, 'files', cut), message, hint)
    }
    const wanted = (isText && language !== undefined && ALPHABETS.get(primary(language))) || ''
    const absent = [...wanted].filter((letter) => ofScript?.(letter) === undefined && !has(letter.codePointAt(0)!))
    if (absent.length > 0) {
      const message = `\`faces.${name}\` lacks letters of the book’s language: ${absent.slice(0, 12).join(' ')}`
      const hint = 'take a face that has them: until then they come from those of `fallback`'
      warning(report, 'theme-face', placeOf('faces', name, 'files', 'regular'), message, hint)
    }
  }
  return plainly({ ...theme, faces: { ...theme.faces, ...Object.fromEntries(credits) } }, lacking, present)
}

function isKnown({ source }: Face): boolean {
  return typeof source === 'string' && source.replaceAll('\\', '/').includes(KNOWN)
}

function tellCuts({ faces, styles }: Theme, placeOf: PlaceOf, saysNone: SaysNone, report: Report): void {
  const running = new Set(RUNNING.map((role) => styles[role].face))
  for (const name of running) {
    const family = Object.hasOwn(faces, name) ? faces[name] : undefined
    if (family === undefined) continue
    for (const cut of ['italic', 'bold'] as const) {
      if (family.files[cut] !== undefined || saysNone('faces', name, 'files', cut)) continue
      const words = cut === 'italic' ? 'stressed words' : 'strong words'
      const hint = `add \`files.${cut}\`, or say \`${cut}: none\`: until then ${words} stand in the regular cut`
      warning(report, 'theme-face', placeOf('faces', name, 'files'), `\`faces.${name}\` has no ${cut}`, hint)
    }
  }
}

const isSmall = ({ caps }: Pick<Style, 'caps'>): boolean => caps === 'small' || caps === 'all-small'

const cutOf = ({ face, weight, italic }: Style, present: ReadonlySet<string>): string =>
  nearestCut(face, weight === 700, italic, present)

/** By cut of this face: the styles that are set in small capitals. */
function asksForCapitals(
  { styles, opening }: Theme,
  name: string,
  present: ReadonlySet<string>,
): Map<string, string[]> {
  const all = new Map<string, string[]>()
  const ask = (style: Style, who: string) => {
    const key = cutOf(style, present)
    all.set(key, [...(all.get(key) ?? []), who])
  }
  for (const [role, style] of Object.entries(styles))
    if (style.face === name && isSmall(style)) ask(style, `\`${role}\``)
  const leads = styles.opening.face === name && (opening.kind === 'lead-in' || opening.lead === true)
  if (leads) ask(styles.opening, 'lead-ins')
  return all
}

function listed(all: readonly string[]): string {
  const shown = all.slice(0, 4).join(', ')
  return all.length > 4 ? `${shown} and ${all.length - 4} more` : shown
}

/** Neither output draws small capitals that a face has not: both show the letters as they are written. */
function plainly(theme: Theme, lacking: ReadonlySet<string>, present: ReadonlySet<string>): Theme {
  if (lacking.size === 0) return theme
  const lacks = (style: Style) => lacking.has(cutOf(style, present))
  const styles = Object.fromEntries(
    Object.entries(theme.styles).map(([role, style]) => [
      role,
      isSmall(style) && lacks(style) ? { ...style, caps: 'none' as const } : style,
    ]),
  ) as Record<Role, Style>
  const { opening } = theme
  const plain = !lacks(theme.styles.opening)
    ? opening
    : { ...opening, kind: opening.kind === 'lead-in' ? ('none' as const) : opening.kind, lead: false }
  return { ...theme, styles, opening: plain }
}

/** What a language has beside a to z, by its primary tag: what a face is most likely to lack. */
const ALPHABETS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cs: 'áčďéěíňóřšťúůýž',
    da: 'æøå',
    de: 'äöüßÄÖÜ',
    el: 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ',
    es: 'áéíñóúü¿¡',
    fi: 'äöå',
    fr: 'àâæçéèêëîïôœùûüÿÀÇÉŒ',
    hu: 'áéíóöőúüű',
    is: 'áðéíóúýþæö',
    it: 'àèéìòùÈ',
    nl: 'éëïö',
    nb: 'æøå',
    no: 'æøå',
    pl: 'ąćęłńóśźżŁŚŻ',
    pt: 'ãáàâçéêíõóôú',
    ro: 'ăâîșț',
    ru: 'абвгдежзийклмнопрстуфхцчшщъыьэюяё',
    sv: 'åäö',
    tr: 'çğıİöşü',
    uk: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  }),
)
