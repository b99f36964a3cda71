// Random small books: what must hold for the pages of every book.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Page, TextRun } from '../../src/layout/typeset.js'
import type { Block, Book, Prose } from '../../src/model/book.js'
import { manifest, type SetBook, SMALL, setBook } from './books.js'
import { endOf, frameOf, gridLine, textOf } from './dump.js'

const WORDS = (
  'a an the of and to in it was that he she said not with king well frog golden ball water deep forest daughter princess ' +
  'beautiful castle evening whatever astonished themselves lime-tree 1936 12,000 U.S.S.R. plaything nevertheless — … ' +
  'misunderstanding incomprehensibility extraordinary, night; morning: “quoted” day. door? why! (so) naïve Łódź Ωmega'
).split(' ')

const FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 110"><path d="M0 10h200" stroke="#000"/></svg>'

const word = fc.constantFrom(...WORDS)
const words = (min: number, max: number) =>
  fc.array(word, { minLength: min, maxLength: max }).map((all) => all.join(' '))
const phrase = words(1, 6)
const inline = fc.oneof(
  { weight: 6, arbitrary: words(3, 30) },
  phrase.map((text) => `*${text}*`),
  phrase.map((text) => `**${text}**`),
  phrase.map((text) => `[${text}](https://example.org/a/long/path)`),
  fc.constant('`const code = 1`'),
  words(2, 25).map((text) => `note.^[${text}]`),
)
const paragraph = fc.array(inline, { minLength: 1, maxLength: 5 }).map((all) => `So ${all.join(' ')}`)
const block = fc.oneof(
  { weight: 8, arbitrary: paragraph },
  phrase.map((text) => `## About ${text.replace(/[.…—]/g, '')} it`),
  fc.tuple(paragraph, paragraph).map(([one, two]) => `> ${one}\n>\n> ${two}`),
  fc.array(phrase, { minLength: 1, maxLength: 4 }).map((items) => items.map((item) => `- Item ${item}`).join('\n')),
  fc
    .array(phrase, { minLength: 2, maxLength: 6 })
    .map((lines) => `::: verse\n${lines.map((line) => `Line ${line}`).join('\n')}\n:::`),
  fc.array(phrase, { minLength: 1, maxLength: 3 }).map((lines) => `\`\`\`\n${lines.join('\n')}\n\`\`\``),
  fc
    .array(phrase, { minLength: 1, maxLength: 6 })
    .map((rows) => `| Head | Number |\n| --- | ---: |\n${rows.map((row, i) => `| Cell ${row} | ${i} |`).join('\n')}`),
  fc.constant('* * *\n\nSo it went on.'),
  fc.constant('![](figure.svg){.decorative}'),
)
const chapterText = fc
  .array(block, { minLength: 1, maxLength: 12 })
  .map((all) => `# A Title\n\nSo it began.\n\n${all.join('\n\n')}\n\nSo it ended.\n`)
const files = fc.array(chapterText, { minLength: 1, maxLength: 2 }).map(
  (chapters): Record<string, string> => ({
    'book.yaml': manifest(chapters.map((_, i) => `c${i}.md`)),
    'figure.svg': FIGURE,
    ...Object.fromEntries(chapters.map((text, i) => [`c${i}.md`, text])),
  }),
)

const FEW = { numRuns: 25, seed: 1936 }

/** Every property meets the same books: each is set once. */
const known = new Map<string, Promise<SetBook>>()

/** Holds for every book. */
async function always(holds: (set: SetBook) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(files, async (book) => {
      const key = JSON.stringify(book)
      if (!known.has(key)) known.set(key, setBook(book, SMALL))
      holds(await known.get(key)!)
    }),
    FEW,
  )
}

interface Placed {
  run: TextRun
  page: Page
  index: number
}

function taggedRuns(set: SetBook): Placed[] {
  return set.typeset.pages.flatMap((page, index) =>
    page.items.flatMap((item) => (item.kind === 'text' && item.tag >= 0 ? [{ run: item, page, index }] : [])),
  )
}

/** The nearest tag of one of these types that holds the tag, itself among them. */
function within(set: SetBook, tag: number, types: readonly string[]): number {
  let at = tag
  while (at >= 0 && !types.includes(set.typeset.tags[at]!.type)) at = set.typeset.tags[at]!.parent
  return at
}

const BLOCKS = ['P', 'H1', 'H2', 'H3', 'TH', 'TD', 'Lbl']

/** What was written and what is printed, but for spaces and what only divides words. */
const bare = (text: string) => text.replace(/[\s\u00ad\u200b\u2060\ufeff\ufffc]/gu, '')

function prosesOf(blocks: readonly Block[]): Prose[] {
  return blocks.flatMap((b): Prose[] => {
    if (b.kind === 'quote' || b.kind === 'group') return prosesOf(b.blocks)
    if (b.kind === 'list') return b.items.flatMap((item) => prosesOf(item.blocks))
    if (b.kind === 'verse') return b.stanzas.flat().map((line) => line.prose)
    if (b.kind === 'table') return [...b.head, ...b.body].flatMap((row) => row.cells.map((cell) => cell.prose))
    return 'prose' in b ? [b.prose] : []
  })
}

function mainText(book: Book): string {
  return book.sections
    .map((s) =>
      prosesOf(s.blocks)
        .map((p) => bare(p.text))
        .join(''),
    )
    .join('')
}

/** Blocks that hold text themselves. */
function blocksOf(book: Book): Block[] {
  const inside = (blocks: readonly Block[]): Block[] =>
    blocks.flatMap((b) => {
      if (b.kind === 'quote' || b.kind === 'group') return inside(b.blocks)
      return b.kind === 'list' ? b.items.flatMap((item) => inside(item.blocks)) : [b]
    })
  return book.sections.flatMap((s) => inside(s.blocks))
}

/** Texts that stand in a tag of their own read there as they were written, space for space. */
function compareSpaces(set: SetBook, texts: readonly string[]): void {
  const even = (text: string) =>
    text
      .replace(/\u00ad/gu, '')
      .replace(/\s+/gu, ' ')
      .trim()
  const written = new Map(texts.map((text) => [bare(text), even(text)]))
  const printed = new Map<number, string>()
  for (const { run } of taggedRuns(set)) {
    const tag = within(set, run.tag, BLOCKS)
    printed.set(tag, (printed.get(tag) ?? '') + textOf(run, set.typeset))
  }
  let compared = 0
  for (const text of printed.values()) {
    const own = written.get(bare(text))
    if (own === undefined) continue
    compared++
    expect(even(text)).toBe(own)
  }
  expect(compared).toBeGreaterThanOrEqual(Math.min(1, texts.length))
}

describe('of every book', () => {
  it('the lines of the text stand on the grid, and on the page', async () => {
    await always((set) => {
      const frame = frameOf(set.theme, SMALL)
      for (const { run } of taggedRuns(set)) {
        if (Math.abs(run.size - frame.size) > 0.01) continue
        const line = gridLine(run.y, frame)
        expect(Math.abs(line - Math.round(line))).toBeLessThan(0.01)
        expect(Math.round(line)).toBeGreaterThanOrEqual(0)
        // a spread may run a line long
        expect(Math.round(line)).toBeLessThanOrEqual(frame.lines)
      }
    })
  })

  it('nothing but punctuation hangs out of the measure, and not far', async () => {
    await always((set) => {
      const frame = frameOf(set.theme, SMALL)
      expect(set.told.filter((d) => d.code === 'line-overfull')).toEqual([])
      for (const { run, page } of taggedRuns(set)) {
        const left = frame.left(page)
        expect(run.x).toBeGreaterThan(left - 0.4 * run.size)
        expect(endOf(run, set.typeset)).toBeLessThan(left + frame.measure + 0.4 * run.size)
      }
    })
  })

  it('words stand apart on a line, and do not overlap', async () => {
    await always((set) => {
      const runs = taggedRuns(set)
      runs.forEach(({ run, page }, i) => {
        const next = runs[i + 1]
        if (!next || next.page !== page || Math.abs(next.run.y - run.y) > 0.01) return
        expect(next.run.x).toBeGreaterThan(endOf(run, set.typeset) - 0.1 * run.size)
      })
    })
  })

  it('the text is printed whole, once, and in order', async () => {
    await always((set) => {
      const printed = taggedRuns(set)
        .filter(({ run }) => within(set, run.tag, ['Note', 'Lbl', 'Reference']) < 0)
        .map(({ run }) => bare(textOf(run, set.typeset)))
        .join('')
      expect(printed).toBe(mainText(set.book))
    })
  })

  it('words are parted by spaces in the text too', async () => {
    await always((set) => {
      const written = blocksOf(set.book).flatMap((b) => (b.kind === 'code' || b.kind === 'verse' ? [] : prosesOf([b])))
      compareSpaces(
        set,
        written.filter((p) => !p.text.includes('\ufffc')).map((p) => p.text),
      )
    })
  })

  it('lines of code and of verse are parted in the text too', async () => {
    await always((set) => {
      const lined = blocksOf(set.book).flatMap((b) => {
        if (b.kind === 'code') return [b.prose.text]
        return b.kind === 'verse' ? b.stanzas.map((lines) => lines.map((line) => line.prose.text).join(' ')) : []
      })
      compareSpaces(
        set,
        lined.filter((text) => !text.includes('\ufffc')),
      )
    })
  })

  it('every note is printed once, whole, below the text of the page that calls it', async () => {
    await always((set) => {
      const notes = set.book.sections.flatMap((s) => s.notes)
      const { tags } = set.typeset
      expect(tags.filter((t) => t.type === 'Note').map((t) => t.id)).toEqual(notes.map((n) => n.id))
      const runs = taggedRuns(set)
      for (const note of notes) {
        const own = runs.filter(({ run }) => {
          const tag = within(set, run.tag, ['Note'])
          return tag >= 0 && tags[tag]!.id === note.id
        })
        const text = own.filter(({ run }) => within(set, run.tag, ['Lbl']) < 0)
        expect(text.map(({ run }) => bare(textOf(run, set.typeset))).join('')).toBe(
          prosesOf(note.blocks)
            .map((p) => bare(p.text))
            .join(''),
        )
        const first = own[0]!
        expect(first.page.links.some((link) => link.href === `#ref-${note.id.replace(/^note-/, '')}`)).toBe(true)
        expect(first.page.links.some((link) => link.href === `#${note.id}`)).toBe(true)
        const above = runs.filter((p) => p.page === first.page && within(set, p.run.tag, ['Note']) < 0)
        const lowest = Math.max(...above.map((p) => p.run.y))
        for (const { run, page } of own) if (page === first.page) expect(run.y).toBeGreaterThan(lowest)
      }
    })
  })

  it('every page start names the text that the page starts with', async () => {
    await always((set) => {
      const proses = new Map<number, string>()
      for (const { blocks } of set.book.sections) for (const { n, text } of prosesOf(blocks)) proses.set(n, text)
      const runs = taggedRuns(set)
      const { pages, starts } = set.typeset
      const texts = pages.map((_, index) =>
        runs
          .filter((p) => p.index === index && within(set, p.run.tag, ['Lbl', 'Note', 'Reference']) < 0)
          .map(({ run }) => bare(textOf(run, set.typeset)))
          .join(''),
      )
      const labels = starts.map((s) => s.label)
      expect(labels).toEqual(pages.map((p) => p.label).filter((label) => labels.includes(label)))
      pages.forEach((page, i) => {
        if (texts[i] !== '') expect(labels).toContain(page.label)
      })
      for (const { label, n, offset } of starts) {
        const text = texts[pages.findIndex((p) => p.label === label)]!
        // nothing but a figure
        if (text === '') continue
        const prose = proses.get(n)
        // a scene break has no text
        if (prose === undefined) continue
        // what a divided word has on this page is read with its beginning, on the page before
        const inWord = /\p{L}$/u.test(prose.slice(0, offset)) ? /^\p{L}*/u.exec(prose.slice(offset))![0].length : 0
        const rest = bare(prose.slice(offset + inWord))
        expect(text.startsWith(rest) || rest.startsWith(text)).toBe(true)
        expect(rest).not.toBe('')
      }
    })
  })

  it('no link is without its place and its tag', async () => {
    await always((set) => {
      const anchors = new Set(set.typeset.pages.flatMap((p) => p.anchors.map((a) => a.id)))
      for (const page of set.typeset.pages) {
        for (const link of page.links) {
          expect(set.typeset.tags[link.tag]?.type).toBe('Link')
          expect(link.description).not.toBe('')
          expect(link.width).toBeGreaterThan(0)
          if (link.href.startsWith('#')) expect(anchors).toContain(link.href.slice(1))
        }
      }
    })
  })

  it('parents come before their children, and no tag holds nothing', async () => {
    await always((set) => {
      const { tags, pages } = set.typeset
      const held = new Set<number>()
      for (const page of pages) for (const item of page.items) held.add(item.tag)
      tags.forEach((tag, i) => {
        expect(tag.parent).toBeLessThan(i)
        held.add(tag.parent)
      })
      // an empty cell may hold nothing
      const empty = tags.flatMap((tag, i) => (held.has(i) || tag.type === 'TD' || tag.type === 'TH' ? [] : [tag.type]))
      expect(empty).toEqual([])
    })
  })

  it('the same comes out twice', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (book) => {
        const [one, two] = [await setBook(book, SMALL), await setBook(book, SMALL)]
        expect(two.told).toEqual(one.told)
        const { fonts, ...rest } = two.typeset
        const { fonts: before, ...same } = one.typeset
        expect(rest).toEqual(same)
        expect(fonts.map((f) => f.codes)).toEqual(before.map((f) => f.codes))
      }),
      { ...FEW, numRuns: 5 },
    )
  })
})
