// In: a book, again and again as it is written. Out: what it shows, as `surveyBook` has it; sections that are the same are not gone
// through again.
import type { Book, Section } from '../model/book.js'
import type { Role } from '../model/role.js'
import { firstAnchor } from '../model/same.js'
import type { Theme } from '../theme/theme.js'
import { type Letters, noLetters } from './shown-letters.js'
import { type Survey, surveyBook } from './survey.js'

export interface SurveyMemory {
  /** Of the look that the parts were surveyed for. */
  sign: string
  parts: WeakMap<Section, Part>
}

interface Part {
  /** Was a note referred to twice before it? */
  repeats: boolean
  /** Faces aside: a whole table for each would be too much to keep. */
  survey: Omit<Survey, 'faces'>
  first: number
  faces: Map<string, { units: Uint16Array; beyond: ReadonlySet<number>; features: ReadonlySet<string> }>
}

export function createSurveyMemory(): SurveyMemory {
  return { sign: '', parts: new WeakMap() }
}

export function surveyKept(book: Book, theme: Theme, present: ReadonlySet<string>, memory: SurveyMemory): Survey {
  const sign = JSON.stringify([theme, [...present]])
  if (memory.sign !== sign) memory.parts = new WeakMap()
  memory.sign = sign
  const whole = surveyBook({ ...book, sections: [] }, theme, present)
  for (const section of book.sections) {
    let part = memory.parts.get(section)
    if (part?.repeats !== whole.repeats) {
      part = partOf(section, book, theme, present, whole.repeats)
      memory.parts.set(section, part)
    }
    join(whole, part, firstAnchor(section) - part.first)
  }
  return whole
}

function partOf(section: Section, book: Book, theme: Theme, present: ReadonlySet<string>, repeats: boolean): Part {
  const { faces, ...survey } = surveyBook({ ...book, sections: [section] }, theme, present, repeats)
  const small = new Map<string, { units: Uint16Array; beyond: Set<number>; features: Set<string> }>()
  for (const [key, { plain, beyond, features }] of faces) {
    const units: number[] = []
    for (let unit = plain.indexOf(1); unit >= 0; unit = plain.indexOf(1, unit + 1)) units.push(unit)
    small.set(key, { units: Uint16Array.from(units), beyond, features })
  }
  return { repeats, survey, first: firstAnchor(section), faces: small }
}

/** `shift`: how far the section's anchors have moved. */
function join(whole: Survey, { survey, faces }: Part, shift: number): void {
  for (const [key, { units, beyond, features }] of faces) {
    const face = faceIn(whole, key)
    for (const unit of units) face.plain[unit] = 1
    for (const one of beyond) face.beyond.add(one)
    for (const one of features) face.features.add(one)
  }
  for (const name of Object.keys(JOINS)) joinField(whole, survey, name as keyof Fields, shift)
}

type Fields = Part['survey']

function joinField<Name extends keyof Fields>(whole: Fields, part: Fields, name: Name, shift: number): void {
  whole[name] = JOINS[name](whole[name], part[name], shift)
}

/** Of every field: what it is of a whole and of one part more. */
const JOINS: {
  readonly [Name in keyof Fields]: (all: Fields[Name], one: Fields[Name], shift: number) => Fields[Name]
} = {
  sections: union,
  kinds: union,
  spans: union,
  classes: union,
  lines: union,
  boxes: union,
  large: union,
  widths: union,
  plates: union,
  pictures: union,
  within(all, one) {
    for (const [role, roles] of one) all.set(role, union(all.get(role) ?? new Set<Role>(), roles))
    return all
  },
  uses: merged,
  numbers: merged,
  ids(all, one, shift) {
    for (const [n, ids] of one) all.set(n + shift, ids)
    return all
  },
  icons: union,
  tasks: either,
  numbered: either,
  leadIn: either,
  repeats: either,
  lineNumbers: either,
  verseIndent: most,
  captions: sum,
  notes: sum,
  informative: sum,
  decorative: sum,
  undescribed: sum,
  inlinePictures: sum,
  headings: sum,
  tables: sum,
  headless: sum,
}

function union<T>(all: Set<T>, one: ReadonlySet<T>): Set<T> {
  for (const each of one) all.add(each)
  return all
}

function merged<Key, Value>(all: Map<Key, Value>, one: ReadonlyMap<Key, Value>): Map<Key, Value> {
  for (const [key, value] of one) all.set(key, value)
  return all
}

function either(all: boolean, one: boolean): boolean {
  return all || one
}

function most(all: number, one: number): number {
  return Math.max(all, one)
}

function sum(all: number, one: number): number {
  return all + one
}

function faceIn({ faces }: Survey, key: string): Letters {
  let face = faces.get(key)
  if (face === undefined) faces.set(key, (face = noLetters()))
  return face
}
