// In: the book folder. Out: what stands on the back of the printed cover: the paragraphs of `blurb.md`, or else the description.
import { error, type Report } from '../diagnostic.js'
import type { Folder } from '../folder.js'
import type { Metadata } from '../model/book.js'
import { FIXED } from '../model/limits.js'
import { eachBlock } from '../model/walk.js'
import { readText } from './book-folder.js'
import type { Ids } from './context.js'
import type { Shelf } from './images/images.js'
import { setText } from './inline/settext.js'
import { readSection } from './section.js'

export const BLURB = 'blurb.md'

/** `there`: the folder has the file. Marks are left out: a cover is lettered in one face. */
export function readBlurb(
  metadata: Metadata,
  there: boolean,
  folder: Folder,
  shelf: Shelf,
  smart: boolean,
  report: Report,
): string[] {
  const { language, description } = metadata
  const place = { path: BLURB, line: 0 }
  const text = there ? readText(folder, BLURB, shelf.limits.text, place, report) : undefined
  if (text === undefined)
    return (description ?? '')
      .split('\n')
      .filter(Boolean)
      .map((one) => setText(one, language, smart))
  const most = FIXED.words.value
  if (text.length > most) {
    const hint = `at most ${most} letters are read: the back of a cover has room for some hundred words`
    error(report, 'too-large', place, `the blurb has ${text.length} letters`, hint)
    return []
  }
  const ids: Ids = { owners: new Map(), aliases: new Map(), local: new Map() }
  const entry = { file: BLURB, matter: 'back' as const, place }
  const section = readSection(
    { entry, path: BLURB, front: {}, lines: 0, body: text, role: 'note' },
    {
      ...{ id: 'blurb', part: undefined, above: [], numbered: undefined, language, smart, ids, links: [] },
      report,
      room: { file: shelf.limits.parts, book: shelf.limits.allParts, weigh: shelf.weigh },
      image: () => undefined,
      tall: () => false,
      cells: shelf.limits.cells,
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
