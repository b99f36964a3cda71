// What a layout keeps for the next one of the same book: the tools, with all that they have shaped, and the sections that it has
// set. What did not change is not set again, and the pages are the same as if it had been.
import type { Book, Section } from '../../model/book.js'
import { sameSection } from '../../model/same.js'
import { scriptFaces } from '../../theme/scripts.js'
import type { Face, Theme } from '../../theme/theme.js'
import { createLineBreaker } from '../breaking/break-lines.js'
import { hang } from '../text/microtype.js'
import { createCollector } from '../text/paragraph.js'
import type { Tools } from '../text/setting.js'
import { createShapedFaces } from '../text/shaped-faces.js'
import { createStyles } from '../text/styles.js'
import type { Galley } from './galley.js'

export interface LayoutMemory {
  /** `about` is all that every section's look hangs on, but for the bytes of the faces: if it is another, all is forgotten. */
  open(about: string, theme: Theme, faces: readonly Face[], book: Book): Tools
  /** The section as it was set, if it was, and can stand on such a page; without the anchors that others lent it. */
  recall(section: Section, recto: boolean): Galley | undefined
  keep(galley: Galley): void
}

export function createLayoutMemory(): LayoutMemory {
  let known: { about: string; tools: Tools; read: Map<number, Face> } | undefined
  const galleys = new Map<string, Galley>()
  const changed = (faces: readonly Face[]) =>
    [...known!.read].some(([i, face]) => Buffer.compare(face.bytes(), faces[i]!.bytes()) !== 0)
  return {
    open(about, theme, faces, book) {
      const ids = new Set(book.sections.map((section) => section.id))
      for (const id of [...galleys.keys()]) if (!ids.has(id)) galleys.delete(id)
      if (known?.about !== about || changed(faces)) {
        galleys.clear()
        const read = new Map<number, Face>()
        known = { about, tools: createTools(theme, noting(faces, read), book), read }
      }
      return known.tools
    },
    recall(section, recto) {
      const galley = galleys.get(section.id)
      if (galley?.recto !== recto || !sameSection(galley.section, section)) return undefined
      const again = copyOf(galley)
      galleys.set(section.id, again)
      return again
    },
    keep: (galley) => void galleys.set(galley.section.id, galley),
  }
}

/** The pages that were given away stay as they are: what is to change is the copy's own. */
function copyOf(galley: Galley): Galley {
  const { pages, own } = galley
  return {
    ...galley,
    shared: true,
    pages: pages.map((page, i) => ({ ...page, anchors: page.anchors.slice(0, own[i]!.anchors) })),
    own: own.map((each) => ({ ...each })),
  }
}

/** The same faces; those whose bytes are asked for are written down. */
function noting(faces: readonly Face[], read: Map<number, Face>): Face[] {
  return faces.map((face, i) => ({
    ...face,
    bytes() {
      read.set(i, face)
      return face.bytes()
    },
  }))
}

function createTools(theme: Theme, faces: readonly Face[], book: Book): Tools {
  const shaped = createShapedFaces(faces, hang, scriptFaces(theme))
  const styles = createStyles(
    theme,
    shaped,
    new Set(faces.map((f) => f.key)),
    theme.page.size,
    theme.page.leading,
    book,
  )
  return {
    faces: shaped,
    styles,
    collector: createCollector(shaped, styles),
    breaker: createLineBreaker(),
    divisions: {
      count: 0,
      mark: new Int32Array(256),
      ink: new Float64Array(256),
      glyphs: new Float64Array(256),
      inkAfter: new Float64Array(256),
      glyphsAfter: new Float64Array(256),
      hangRight: new Float64Array(256),
      hangLeft: new Float64Array(256),
      penalty: new Float64Array(256),
      flags: new Uint8Array(256),
    },
  }
}
