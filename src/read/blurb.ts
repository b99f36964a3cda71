// In: the book folder. Out: what stands on the back of the printed cover: the paragraphs of `blurb.md`, or else the description; and on
// its flaps.
import { error, type Report } from '../diagnostic.js'
import type { Folder } from '../folder.js'
import type { Metadata } from '../model/book.js'
import { FIXED } from '../model/limits.js'
import { eachBlock } from '../model/walk.js'
import { readText } from './book-folder.js'
import type { Ids } from './context.js'
import type { Images } from './images/images.js'
import { setText } from './inline/settext.js'
import { readSection } from './section.js'

export const BLURB = 'blurb.md'

/** What stands on a jacket's flaps. */
export const FLAPS = { front: 'flap-front.md', back: 'flap-back.md' }

/** What a cover is lettered with is read from, and how. */
export interface Lettered {
  folder: Folder
  images: Images
  smart: boolean
  report: Report
}

/** `there`: the folder has the file. */
export function readBlurb({ language, description }: Metadata, there: boolean, from: Lettered): string[] {
  const own = there ? readParagraphs(BLURB, language, from) : undefined
  if (own !== undefined) return own
  return (description ?? '')
    .split('\n')
    .filter(Boolean)
    .map((one) => setText(one, language, from.smart))
}

/** Marks are left out: a cover is lettered in one face. Undefined of a file that cannot be read. */
export function readParagraphs(
  path: string,
  language: string,
  { folder, images, smart, report }: Lettered,
): string[] | undefined {
  const place = { path, line: 0 }
  const text = readText(folder, path, images.limits.text, place, report)
  if (text === undefined) return undefined
  const most = FIXED.words.value
  if (text.length > most) {
    const hint = `at most ${most} letters are read: the back of a cover has room for some hundred words`
    error(report, 'too-large', place, `the blurb has ${text.length} letters`, hint)
    return []
  }
  const ids: Ids = { owners: new Map(), aliases: new Map(), local: new Map() }
  const entry = { file: path, matter: 'back' as const, place }
  const section = readSection(
    { entry, path, front: {}, lines: 0, body: text, role: 'note' },
    {
      ...{ id: 'blurb', part: undefined, above: [], numbered: undefined, language, smart, ids, links: [] },
      report,
      room: { file: images.limits.parts, book: images.limits.allParts, weigh: images.weigh },
      image: () => undefined,
      tall: () => false,
      cells: images.limits.cells,
    },
  )
  const paragraphs: string[] = []
  eachBlock(
    section.blocks,
    () => undefined,
    ({ text }) => {
      const plain = text.replaceAll('\ufffc', '').replace(/\s+/g, ' ').trim()
      if (plain !== '') paragraphs.push(plain)
    },
  )
  return paragraphs
}
