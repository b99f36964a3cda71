// What a theme may say of the page, and of what stands in its margins (see schema.ts).
import { SIZES } from '../model/sizes.js'
import { choice, either, type Keys, key, length, maybe, number, only, record, text } from './kinds.js'
import type { FootStyle, FurnitureRule, HeadStyle, PageStyle, Row } from './theme.js'

export const PAGE: Keys<PageStyle> = {
  width: only(
    'pdf',
    key('Width of the trim that the margins are drawn for; an edition’s own `trim` scales them.', length(100, 2000)),
  ),
  height: only('pdf', key('Height of that trim.', length(100, 2000))),
  margins: only(
    'pdf',
    maybe(
      'Margins and `lines` by a canon: ninths of the page; parts of its width; two thirds of the page for the text. What stands beside it as a number goes before it.',
      choice('van-de-graaf', 'tschichold', 'thirds'),
    ),
  ),
  inside: only('pdf', key('Margin at the spine.', length(0, 1000))),
  outside: only('pdf', key('Margin at the fore-edge.', length(0, 1000))),
  top: only('pdf', key('From the trim’s edge to the top of the first line.', length(0, 1000))),
  lines: key('Lines of a full page.', number(3, 200, true)),
  size: key('Body size.', length(4, 40)),
  leading: key('Distance of the body’s baselines: the grid.', length(4, 80)),
  headDistance: only('pdf', key('From the top of the text up to the running head’s baseline.', length(0, 500))),
  folio: only(
    'pdf',
    key(
      'Page numbers in the outer corner of the head line, or centred below the text, or nowhere; where `heads` and `feet` name no `{folio}`. Nothing else may stand there then.',
      choice('head', 'foot', 'none'),
    ),
  ),
  footDistance: only(
    'pdf',
    key('From the last baseline of a full page down to that of a folio below it.', length(0, 500)),
  ),
}

/** What a size has of its own: all but its width and height. */
const { width: _width, height: _height, margins: _margins, ...ofPage } = PAGE
export const ofSize = Object.fromEntries(
  Object.entries(ofPage).map(([name, each]) => [name, { ...each, optional: true }]),
) as unknown as Keys<Partial<PageStyle>>
export const sizesHint = `the sizes are ${[...SIZES.keys()].join(', ')}`

const ROWS =
  'a map of places, `left`, `center`, `right`, or `inner`, `outer`, each with a text in which `{title}`, `{part}`, `{chapter}`, `{section}`, `{author}` and `{folio}` stand for what they name; one of these words alone is that. `{chapter}` is the title of the chapter, behind that of its part if it is but a number; `{section}` that of the last heading within the chapter, nothing where there is none.'

const headWord = choice('book', 'section', 'none')

const row = record<Row>({
  left: maybe('At the left edge of the text.', text(120)),
  center: maybe('In the middle.', text(120)),
  right: maybe('At the right edge of the text.', text(120)),
  inner: maybe('At the spine.', text(120)),
  outer: maybe('At the fore-edge.', text(120)),
})

const furnitureRule = record<FurnitureRule>({
  weight: key('Points.', length(0.1, 10)),
  colour: maybe('A name of `colours`, or `#rrggbb`; that of the line’s letters if absent.', text(40)),
  gap: key('From the baseline to the rule.', length(0, 100)),
})

export const heads = only(
  'pdf',
  key(
    'What running heads say; in the PDF.',
    record<HeadStyle>({
      recto: key(
        `On right-hand pages: the title of the book, of the section, nothing; or ${ROWS}`,
        either(headWord, row),
      ),
      verso: key(
        `On left-hand pages: the title of the book, of the section, nothing; or ${ROWS}`,
        either(headWord, row),
      ),
      opening: maybe(`On the page that a section opens on: ${ROWS} Nothing if absent.`, row),
      rule: maybe('Below running heads, over the whole measure. None if absent.', furnitureRule),
      joint: key('Between the title of a part and that of a chapter that is only numbered.', text(20)),
    }),
  ),
)

export const feet = only(
  'pdf',
  maybe(
    'What stands below the text, where `footDistance` of the page says; in the PDF.',
    record<FootStyle>({
      recto: maybe(`On right-hand pages: ${ROWS}`, row),
      verso: maybe(`On left-hand pages: ${ROWS}`, row),
      opening: maybe(`On the page that a section opens on: ${ROWS} Its number in the middle if absent.`, row),
      rule: maybe('Above them, over the whole measure. None if absent.', furnitureRule),
    }),
  ),
)
