// In: a book, again and again as it is written. Out: what it shows, as `surveyBook` has it; sections that are the same are not gone
// through again.
import type { Book, Section } from '../model/book.js'
import type { Role } from '../model/role.js'
import { firstAnchor } from '../model/same.js'
import type { Theme } from '../theme/theme.js'
import { type Letters, type Survey, surveyBook } from './survey.js'

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
  add(whole.sections, survey.sections)
  add(whole.kinds, survey.kinds)
  add(whole.spans, survey.spans)
  add(whole.classes, survey.classes)
  add(whole.lines, survey.lines)
  add(whole.boxes, survey.boxes)
  add(whole.large, survey.large)
  add(whole.widths, survey.widths)
  add(whole.pictures, survey.pictures)
  for (const [role, roles] of survey.within) {
    const there = whole.within.get(role) ?? new Set<Role>()
    whole.within.set(role, there)
    add(there, roles)
  }
  for (const [key, use] of survey.uses) whole.uses.set(key, use)
  for (const [what, role] of survey.numbers) whole.numbers.set(what, role)
  for (const [n, ids] of survey.ids) whole.ids.set(n + shift, ids)
  whole.tasks ||= survey.tasks
  whole.numbered ||= survey.numbered
  whole.leadIn ||= survey.leadIn
  whole.repeats ||= survey.repeats
  whole.lineNumbers ||= survey.lineNumbers
  whole.verseIndent = Math.max(whole.verseIndent, survey.verseIndent)
  for (const count of COUNTS) whole[count] += survey[count]
}

const COUNTS = [
  ...(['captions', 'notes', 'informative', 'decorative', 'undescribed'] as const),
  ...(['inlinePictures', 'headings', 'tables', 'headless'] as const),
]

function faceIn({ faces }: Survey, key: string): Letters {
  let face = faces.get(key)
  if (face === undefined)
    faces.set(key, (face = { plain: new Uint8Array(0x10000), beyond: new Set(), features: new Set() }))
  return face
}

function add<T>(to: Set<T>, from: ReadonlySet<T>): void {
  for (const one of from) to.add(one)
}
