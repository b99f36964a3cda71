// What the book shows in each face goes in; the font files to embed come out: only faces that are used, only characters
// that occur, a fallback face only for what the wanted one lacks.
import { hasSmallCapitals, shaperOf } from '../fonts/shape.js'
import { subset } from '../fonts/subset.js'
import { scriptFaces } from '../theme/scripts.js'
import { cutsLike } from '../theme/spans.js'
import type { Face, Theme } from '../theme/theme.js'
import type { Letters } from './shown-letters.js'
import type { Survey } from './survey.js'

export interface EmbeddedFont {
  /** Key of Theme.faces. */
  name: string
  /** As CSS names it. */
  family: string
  weight: 400 | 700
  italic: boolean
  /** In fonts/: 'EBGaramond-Regular.ttf'. */
  file: string
  type: 'font/ttf' | 'font/otf'
  bytes: Uint8Array
  /** It is asked for small capitals: has it any? Absent: it is not asked. */
  smallCapitals?: boolean
}

/** In the theme's order, so that the same book always gets the same files in the same places. */
export async function embedFonts(survey: Survey, theme: Theme, faces: readonly Face[]): Promise<EmbeddedFont[]> {
  const wanted = new Map<string, { points: Set<number>; features: Set<string> }>()
  const byKey = new Map(faces.map((face) => [face.key, face]))
  const there: ReadonlySet<string> = new Set(byKey.keys())
  const want = (key: string) => {
    let there = wanted.get(key)
    if (there === undefined) {
      there = { points: new Set(), features: new Set() }
      wanted.set(key, there)
    }
    return there
  }
  const has = (face: Face, point: number): boolean => shaperOf(face.bytes()).has(point)
  const ofScript = scriptFaces(theme)
  for (const [key, letters] of survey.faces) {
    const face = byKey.get(key)
    if (face === undefined) continue
    const own = want(key)
    const takes = ({ features }: typeof own) => {
      for (const feature of letters.features) features.add(feature)
    }
    takes(own)
    /** Of another face, which is asked for the same features. */
    const borrow = (other: Face, point: number) => {
      const there = want(other.key)
      takes(there)
      there.points.add(point)
    }
    const cutsOf = (name: string) => cutsLike(key, name, there).map((each) => byKey.get(each)!)
    const others = theme.fallback.flatMap(cutsOf)
    for (const point of pointsOf(letters)) {
      if (ofScript && MARK.test(String.fromCodePoint(point)))
        for (const name of Object.values(theme.scripts ?? {})) {
          const face = cutsOf(name).find((each) => has(each, point))
          if (face) borrow(face, point)
        }
      // what the text's face has not, a reading system takes from the next in its list
      const family = key.startsWith('mono/') ? undefined : ofScript?.(String.fromCodePoint(point))
      const scripted = family === undefined ? undefined : cutsOf(family).find((each) => has(each, point))
      if (scripted) borrow(scripted, point)
      else if (has(face, point)) own.points.add(point)
      else if (!isInvisible(String.fromCodePoint(point))) {
        const other = others.find((each) => has(each, point))
        if (other) borrow(other, point)
      }
    }
  }
  const fonts: EmbeddedFont[] = []
  const files = new Set<string>()
  for (const face of faces) {
    const use = wanted.get(face.key)
    if (use === undefined || use.points.size === 0) continue
    const bytes = await subset(face.bytes(), {
      unicodes: [...use.points].sort((a, b) => a - b),
      features: [...use.features].sort(),
      dropHints: true,
    })
    const isCff = bytes[0] === 0x4f
    fonts.push({
      name: face.key.slice(0, face.key.indexOf('/')),
      family: face.family,
      weight: face.weight,
      italic: face.italic,
      file: fileName(face, isCff ? 'otf' : 'ttf', files),
      type: isCff ? 'font/otf' : 'font/ttf',
      bytes,
      ...(use.features.has('smcp') && { smallCapitals: hasSmallCapitals(face.bytes()) }),
    })
  }
  return fonts
}

const MARK = /\p{M}/u

/** Blanks and format characters: no reason to embed another face. */
const isInvisible = (char: string) => /^(?:[\p{Cc}\p{Cf}\p{Z}\ufffc]|[\ufe00-\ufe0f])$/u.test(char)

function pointsOf(letters: Letters): number[] {
  const points: number[] = []
  for (let unit = 0x20; unit < letters.plain.length; unit++) {
    if (letters.plain[unit] === 1 && (unit & 0xf800) !== 0xd800) points.push(unit)
  }
  for (const point of letters.beyond) if (point > 0xffff) points.push(point)
  return points
}

function fileName(face: Face, ending: string, taken: Set<string>): string {
  const family = face.family.replace(/[^A-Za-z0-9]/g, '') || 'Font'
  const cut = face.weight === 700 ? (face.italic ? 'BoldItalic' : 'Bold') : face.italic ? 'Italic' : 'Regular'
  let name = `${family}-${cut}.${ending}`
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${family}-${cut}-${i}.${ending}`
  taken.add(name.toLowerCase())
  return name
}
