// What the survey found in the content goes in; what may honestly be said of its accessibility comes out
// (EPUB Accessibility 1.1, 2.2 and 2.3; the values of schema.org's accessibility vocabulary).
import type { Book, Image } from '../model/book.js'
import type { Survey } from './survey.js'

export interface Accessibility {
  modes: string[]
  /** Sets of modes, each enough by itself. */
  sufficient: string[]
  features: string[]
  hazards: string[]
  /** In English. */
  summary: string
  /** Can a certifier say that it conforms? */
  conforms: boolean
}

export function describeAccessibility(book: Book, survey: Survey, pages: number): Accessibility {
  const pictures = survey.informative + survey.undescribed
  const conforms = survey.undescribed === 0
  const modes = pictures > 0 ? ['textual', 'visual'] : ['textual']
  const features = ['tableOfContents', 'readingOrder', 'displayTransformability', 'ARIA', 'unlocked']
  if (survey.headings > 0) features.push('structuralNavigation')
  // Only what the author calls decoration needs no description.
  if (pictures > 0 && conforms) features.push('alternativeText')
  if (pages > 0) features.push('pageNavigation', 'pageBreakMarkers')
  if (book.sections.some((section) => section.role === 'index')) features.push('index')
  return {
    modes,
    sufficient: !conforms ? ['textual,visual'] : pictures > 0 ? ['textual', 'textual,visual'] : ['textual'],
    features: features.sort(),
    // Whether a moving picture flashes is more than we know.
    hazards: [...book.images.values()].some(isMoving) ? ['unknown'] : ['none'],
    summary: summarise(survey, pages),
    conforms,
  }
}

function summarise(survey: Survey, pages: number): string {
  const ways = ['a table of contents']
  if (survey.headings > 0) ways.push('headings')
  if (pages > 0) ways.push(`a list of the ${pages} pages of the printed edition`)
  const sentences = [
    'All of the text can be read aloud, enlarged and shown in other faces and colours.',
    `It can be navigated by ${ways.length > 1 ? `${ways.slice(0, -1).join(', ')} and ${ways.at(-1)}` : ways[0]}.`,
  ]
  if (survey.undescribed > 0) sentences.push(lacking(survey.undescribed))
  else if (survey.informative > 0) sentences.push('Every picture that adds to the text has a description in words.')
  else if (survey.decorative > 0) sentences.push('Its pictures are decoration only.')
  else sentences.push('It has no pictures but the cover.')
  if (survey.tables > 0) sentences.push(tables(survey))
  return sentences.join(' ')
}

function tables({ tables: all, headless }: Survey): string {
  if (headless === 0) return 'Tables are marked up with their headers.'
  const which =
    headless === all ? 'Its tables have' : headless === 1 ? 'One of its tables has' : `${headless} of its tables have`
  return `${all === 1 ? 'Its table has' : which} no headers.`
}

function lacking(pictures: number): string {
  const what = pictures === 1 ? 'One of its pictures has' : `${pictures} of its pictures have`
  return `${what} no description in words: text alone does not suffice, and no standard of accessibility is claimed.`
}

/** Does the file hold more than one picture, or a program that moves it? */
function isMoving(image: Image): boolean {
  const { bytes } = image
  switch (image.type) {
    case 'gif':
      return count(bytes, [0x21, 0xf9, 0x04], 2) > 1
    case 'webp':
      return count(bytes.subarray(0, 64), ascii('ANIM'), 1) > 0
    case 'png':
      return count(bytes.subarray(0, 4096), ascii('acTL'), 1) > 0
    case 'svg':
      return /<(?:\w+:)?(?:animate\w*|set)[\s/>]|@keyframes/.test(new TextDecoder().decode(bytes))
    case 'jpeg':
      return false
  }
}

function ascii(word: string): number[] {
  return [...word].map((c) => c.charCodeAt(0))
}

/** How often `needle` occurs in `bytes`, at most `enough` times. */
function count(bytes: Uint8Array, needle: readonly number[], enough: number): number {
  let found = 0
  for (let at = bytes.indexOf(needle[0]!); at >= 0 && found < enough; at = bytes.indexOf(needle[0]!, at + 1)) {
    if (needle.every((byte, i) => bytes[at + i] === byte)) found++
  }
  return found
}
