// Openings, title pages and sheets: the foot of a title page, heads cut where they make sense, one-line openings, the back of a part's
// page, what follows the last part in the contents, and rectos on the right.
import { expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { shorten } from '../../src/layout/pages/furniture.js'
import type { Page, TextRun } from '../../src/layout/typeset.js'
import { type Name, readPdf } from '../pdf/reader.js'
import { folderOf, pageWith, said, textOf, themed } from './helpers.js'

const LEADING = 14
const runsOf = (page: Page) => page.items.filter((item): item is TextRun => item.kind === 'text')

test('a title page ends with who brings the book out, where and when, on its last lines', async () => {
  const it = await themed('', ['# One\n\nText.'], 'publisher: The House\nplace: London\ndate: 1922-02-02\n')
  const { runs } = pageWith(it.pages, 'London, 1922')
  const [house, town] = ['The House', 'London, 1922'].map((text) => runs.find((run) => run.text.trim() === text)!)
  expect(town!.y).toBeGreaterThan(house!.y)
  const foot = (20 * 72) / 25.4 + 32 * LEADING
  expect(foot - town!.y).toBeGreaterThan(0)
  expect(foot - town!.y).toBeLessThan(LEADING)
  expect(new TextDecoder().decode([...it.epub.files].find(([path]) => path.endsWith('title-page.xhtml'))![1])).toMatch(
    /The House<br\/>\s*London, 1922/,
  )
})

test('running heads end where their title pauses, or behind a word that can end it, and never with dots', () => {
  const width = (text: string) => text.length
  const cut = (text: string, room: number) => shorten(text, room, width)
  expect(cut('On Liberty', 20)).toBe('On Liberty')
  expect(cut('Walden; or, Life in the Woods', 20)).toBe('Walden')
  expect(cut('The Decline of the Empire, and What Became of It', 30)).toBe('The Decline of the Empire')
  expect(cut('Of the Lights that are kept on the Western Islands', 27)).toBe('Of the Lights that are kept')
  expect(cut('Of the Lights that are kept on the Western Islands', 32)).toBe('Of the Lights that are kept')
  expect(cut('Donaudampfschifffahrtsgesellschaft', 12)).toBe('Donaudampfsc')
  for (let room = 4; room < 60; room++) {
    const head = cut('A Title of Many Words, which goes on: and on', room)
    expect(head).not.toMatch(/…|\.\.\.|\s$/)
    expect(head.length).toBeLessThanOrEqual(room)
  }
})

test('an opening of one line is indented if it is talk, and only then', async () => {
  const left = async (text: string) => {
    const it = await themed('opening: { kind: none }\n', [`# One\n\n${text}\n\nAnd more of it.\n`])
    const { page, runs } = pageWith(it.pages, 'short')
    return runs.find((run) => run.text.includes('short'))!.x - ((page.side === 'recto' ? 18 : 21) * 72) / 25.4
  }
  expect(await left('"A short word," she said.')).toBeGreaterThan(8)
  expect(Math.abs(await left('A short word.'))).toBeLessThan(1)
})

const PARTED = 'body: [{ part: First, chapters: [c1.md] }, { part: Second, chapters: [c2.md] }]\n'
const parted = (look: string) =>
  themed(look, ['# One\n\nText.', '# Two\n\nText.'], PARTED, {
    'book.yaml': `title: A Book\nlanguage: en\nauthors: [A. Maker]\nmodified: 2026-01-01T00:00:00Z\ntheme: look.yaml\n${PARTED}`,
  })

test('a chapter never opens on the back of its part, unless the theme says so', async () => {
  const looks = 'sections: { part: { opens: recto }, chapter: { opens: page } }\n'
  const apart = await parted(looks)
  const backs = ({ pages }: typeof apart) =>
    pages.sections.filter(({ id }) => /^c\d/.test(id)).map(({ first }) => pages.pages[first]!.side)
  expect(backs(apart)).toEqual(['recto', 'recto'])
  expect(backs(await parted(looks.replace('opens: recto }', 'opens: recto, verso: text }')))).toEqual([
    'verso',
    'verso',
  ])
})

test('what belongs to no part stands apart from the last one in the contents', async () => {
  const it = await parted('')
  const { runs } = pageWith(it.pages, 'Contents')
  const y = (text: string) => runs.find((run) => run.text.trim() === text)!.y
  expect(y('Colophon') - y('Two')).toBeGreaterThan(y('Two') - y('Second') + 1)
  expect(said(it.css, 'ol.contents > li.apart', 'margin-top')).toBeDefined()
  const contents = new TextDecoder().decode([...it.epub.files].find(([path]) => path.endsWith('contents.xhtml'))![1])
  expect(contents.match(/<li class="apart">/g)).toHaveLength(1)
  expect(textOf(it.pages, runsOf(it.pages.pages[0]!)[0]!)).toBe('A Book')
})

test('two-up shows rectos on the right: the cover stands alone before the first', async () => {
  const dir = folderOf({
    'book.yaml':
      'title: A Book\nlanguage: en\nmodified: 2026-01-01T00:00:00Z\nbody: [one.md]\neditions: { pdf: true }\n',
    'one.md': '# One\n\nText.\n',
  })
  const { files } = await build({ book: dir, out: false })
  const { catalog } = readPdf(files[0]!.bytes!)
  expect((catalog.get('PageLayout') as Name).name).toBe('TwoPageLeft')
})
