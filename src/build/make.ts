// In: an opened book without errors, its pages set. Out: the finished bytes of each edition, named.
import type { Report } from '../diagnostic.js'
import type { Book } from '../model/book.js'
import { EDITIONS, type EditionName, type Editions, PAGED_NAMES } from '../model/editions.js'
import { metadataFor } from '../model/record.js'
import { type Loaded, lookIn } from '../theme/theme.js'
import type { TextMaker } from './beside.js'
import { shopCover } from './cover.js'
import { citedPage, type Layouts } from './layouts.js'
import type { Memory } from './memory.js'
import type { Opened } from './open.js'
import type { Run } from './stage-run.js'
import type { Output } from './write.js'

export interface Made extends Output {
  edition: EditionName
  advice: string[]
}

/** `texts` is there if one of running text is asked for; it may be at work already. In the order of EDITIONS. */
export async function make(
  { book, look, editions }: Opened,
  layouts: Layouts,
  texts: TextMaker | undefined,
  run: Run,
  memory: Memory | undefined,
): Promise<Made[]> {
  const { slug } = book.metadata
  const bound = texts?.finish(layouts.cited?.starts)
  // If painting fails first, that is the fault to tell.
  bound?.catch(() => undefined)

  const made: Made[] = []
  for (const name of PAGED_NAMES) {
    const settings = editions[name]
    const layout = layouts.of(name)
    if (settings === undefined || layout === undefined) continue
    const { createPaintMemory, writePdf } = await import('../pdf/index.js')
    if (memory) memory.painted ??= createPaintMemory()
    const options = {
      elsewhere: layouts.second?.elsewhere,
      memory: memory?.painted,
      step: run.step('paint'),
      profiles: book.profiles,
    }
    const edition = { name, ...settings } as Parameters<typeof writePdf>[2]
    const place = book.places?.editions[name]
    // What is found of all pages of an edition is told where the manifest asks for it.
    const report: Report = (one) => run.report(one.path === '' ? { ...one, ...place } : one)
    const { bytes, advice } = await run.timed('paint', () =>
      writePdf(layout, metadataFor(book.metadata, name), edition, report, options),
    )
    made.push({ edition: name, name: slug + EDITIONS[name].ending, bytes, advice })
  }
  const wrap = await run.timed('paint', () => makeWrap(book, look, editions, layouts, run))
  if (wrap !== undefined) made.push(wrap)
  if (bound === undefined) return made
  const running: Made[] = (await bound).map((text) => ({ ...text, advice: [] }))
  if (editions.epub?.['cover-image']) {
    const { theme, faces } = lookIn(look, 'epub')
    const cover = await run.timed('cover', () =>
      shopCover(book, theme, faces, citedPage({ editions, look }), run.report),
    )
    if (cover !== undefined) running.splice(1, 0, { edition: 'epub', ...cover })
  }
  return [...running, ...made]
}

/** The cover of the inside that `print` has, or would have. */
async function makeWrap(
  book: Book,
  look: Loaded,
  editions: Editions,
  layouts: Layouts,
  run: Run,
): Promise<Made | undefined> {
  const edition = editions['cover-wrap']
  const layout = layouts.of('cover-wrap')
  if (edition === undefined || layout === undefined) return undefined
  const { wrapSheet } = await import('./make-wrap.js')
  const { writeWrap } = await import('../pdf/index.js')
  const place = book.places?.editions['cover-wrap']
  const report: Report = (one) => run.report(one.path === '' ? { ...one, ...place } : one)
  const { sheet, pages } = await wrapSheet(book, lookIn(look, 'cover-wrap'), edition, layout, report)
  const bytes = await writeWrap(sheet, metadataFor(book.metadata, 'cover-wrap'), edition, report, book.profiles)
  const mm = (length: number) => Math.round((length * 254) / 72) / 10
  const said = `${pages} pages, spine ${mm(sheet.spine.width)} mm, sheet ${mm(sheet.width)} × ${mm(sheet.height)} mm with all around it`
  const [flap = 0] = sheet.folds
  const boards =
    edition.binding === 'case'
      ? [`${mm(sheet.turnIn)} mm of the sheet turned in around the boards, joints of ${mm(sheet.hinge)} mm`]
      : edition.binding === 'jacket'
        ? [`sides of ${mm(sheet.spine.left - flap)} mm, flaps of ${mm(flap - sheet.bleed)} mm`]
        : []
  const name = book.metadata.slug + EDITIONS['cover-wrap'].ending
  return { edition: 'cover-wrap', name, bytes, advice: [said, ...boards] }
}
