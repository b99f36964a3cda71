// The pane that is not used goes along with the one that is, by the marks of printed pages that the EPUB has. Only what a reader does
// leads: never a change of the book.
import type { Source } from '../protocol.js'
import { byId, calm } from './dom.js'
import type { Paper } from './paper.js'
import type { Reader } from './reader.js'
import type { makeRuler } from './ruler.js'
import { settings } from './settings.js'

export type Pane = 'paper' | 'screen'

interface Parts {
  sheets: Paper
  reader: Reader
  ruler: ReturnType<typeof makeRuler>
  /** The pages, if they are what the paper shows. */
  pages(): Source | undefined
}

export function makeFollow({ sheets, reader, ruler, pages }: Parts) {
  let leader: Pane | undefined
  for (const pane of ['paper', 'screen'] as const)
    for (const kind of ['wheel', 'pointerdown', 'keydown', 'touchmove'])
      byId(pane).addEventListener(kind, () => self.lead(pane), { passive: true, capture: true })

  const self = {
    /** Who leads from now on; nobody, when both are sent to a place. */
    lead(pane: Pane | undefined) {
      leader = pane
    },
    /** A pane has moved. */
    soon: calm(160, (from: Pane) => {
      const source = pages()
      if (!settings.together || source === undefined || leader !== from) return
      const [first, last] = sheets.inView()
      const { label } = reader
      const isShown = (index: number) => source.blank[index] !== true
      if (from === 'screen') {
        const page = source.labels.findIndex((each, i) => each === label && isShown(i))
        if (page >= 0 && (page < first || page > last)) sheets.goTo(page)
        return
      }
      const inView = source.labels.slice(first, last + 1).filter((_, i) => isShown(first + i))
      const document = ruler.chapterAt(first)?.document
      if (document === undefined || (label !== undefined && inView.includes(label) && reader.path === document)) return
      const [top] = inView
      void reader.load(document, top === undefined ? { page: 'first' } : { label: top })
    }),
  }
  return self
}
