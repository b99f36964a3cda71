// In: a PDF's bytes. Out: what Firefox's own search finds in it: the find controller of pdf.js's viewer, without the viewer.
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import './pdf.js'

export interface Finder {
  /** How often whole words are found, by page. */
  find(words: string): Promise<number[]>
}

interface Controller {
  setDocument(pdf: unknown): void
  /** Filled page by page, as the pages' texts come in. */
  pageMatches: (number[] | undefined)[]
}
interface Bus {
  dispatch(name: string, data: object): void
}
interface Viewer {
  EventBus: new () => Bus
  PDFFindController: new (options: { linkService: object; eventBus: Bus }) => Controller
}

export async function openFinder(bytes: Uint8Array): Promise<Finder> {
  const { EventBus, PDFFindController } = await viewer()
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const eventBus = new EventBus()
  const controller = new PDFFindController({ linkService: { pagesCount: pdf.numPages, page: 1 }, eventBus })
  controller.setDocument(pdf)
  return {
    async find(query) {
      controller.pageMatches.length = 0
      eventBus.dispatch('find', { type: '', query, caseSensitive: true, entireWord: true, matchDiacritics: true })
      // It tells of the first page that has a match; the others come in after it.
      const counted = () => {
        const { pageMatches } = controller
        return pageMatches.length === pdf.numPages && !pageMatches.includes(undefined)
      }
      do await new Promise((resolve) => setTimeout(resolve))
      while (!counted())
      return controller.pageMatches.map((matches) => matches!.length)
    },
  }
}

/** The viewer's components ask for a page to stand in as soon as they are loaded; the find controller needs none. */
async function viewer(): Promise<Viewer> {
  const anything: object = new Proxy(() => {}, {
    get: (_, key) =>
      key === Symbol.toPrimitive ? () => 0 : key === Symbol.iterator ? Array.prototype.values : anything,
    apply: () => anything,
    set: () => true,
  })
  const stage = { document: anything, window: globalThis, requestAnimationFrame: () => 0, HTMLElement: class {} }
  const world = globalThis as unknown as Record<string, unknown>
  for (const [name, value] of Object.entries(stage)) world[name] ??= value
  world['pdfjsLib'] = await getResolvedPDFJS()
  const path = 'pdfjs-dist/web/pdf_viewer.mjs'
  return (await import(path)) as Viewer
}
