// How text ends, ragged text above all: its paragraphs give way for a section's last page as justified ones do, and none ends with a short word alone.
import { expect, it } from 'vitest'
import type { TextRun } from '../../src/layout/typeset.js'
import { chapter, SMALL, setBook } from './books.js'
import { textOf } from './dump.js'

const WORDS =
  'and the miller’s youngest son went over the hills with nothing but his cat and a sack of grain until it grew dark'.split(
    ' ',
  )
const RAGGED =
  'extends: house\ndefaults: { style: { align: left, hyphenate: false } }\nstyles: { body: { indent: 0, after: 0.5 } }\nsections: { chapter: { sink: 0 } }\n'

/** Of paragraphs of words, the lines of each page as texts. */
async function paged(paragraphs: number, words: number) {
  const text = Array.from({ length: paragraphs }, (_, i) =>
    Array.from({ length: words + ((i * 7) % 5) }, (_, k) => WORDS[(i * 3 + k) % WORDS.length]).join(' '),
  )
  const { typeset } = await setBook(chapter(`# One\n\n${text.join('.\n\n')}.\n`, { 'look.yaml': RAGGED }), SMALL)
  return typeset.pages.map((page) => {
    const lines = new Map<number, string>()
    for (const item of page.items)
      if (item.kind === 'text' && item.tag >= 0) {
        const y = Math.round((item as TextRun).y)
        lines.set(y, (lines.get(y) ?? '') + textOf(item, typeset))
      }
    return [...lines].sort(([a], [b]) => a - b).map(([, line]) => line)
  })
}

it('a last page of ragged text has more than two lines, if its paragraphs can help it', async () => {
  const stumps: string[] = []
  let sections = 0
  for (let paragraphs = 6; paragraphs < 22; paragraphs++) {
    for (const words of [37, 52]) {
      const pages = await paged(paragraphs, words)
      if (pages.length < 2) continue
      sections++
      if (pages.at(-1)!.length < 3) stumps.push(`${paragraphs} × ${words}: ${pages.at(-1)!.length}`)
    }
  }
  expect(sections).toBeGreaterThan(20)
  expect(stumps).toEqual([])
}, 120_000)

it('no paragraph of ragged text ends with a short word alone in its line', async () => {
  const text = Array.from({ length: 60 }, (_, i) =>
    Array.from({ length: 10 + i }, (_, k) => WORDS[(i * 5 + k) % WORDS.length]).join(' '),
  )
  const { typeset } = await setBook(chapter(`# One\n\n${text.join(' he.\n\n')} he.\n`, { 'look.yaml': RAGGED }), SMALL)
  const lines = typeset.pages.flatMap((page) => page.items.filter((item): item is TextRun => item.kind === 'text'))
  const last = lines.map((run) => textOf(run, typeset).trim()).filter((line) => line.endsWith('he.'))
  expect(last).toHaveLength(60)
  expect(last.filter((line) => line.length < 5)).toEqual([])
})

it('no page begins with whom the verse before it is of', async () => {
  const poem = (i: number) =>
    `::: verse\n${Array.from({ length: 3 + (i % 4) }, () => 'a line of verse').join('\n')}\n:::\n\n::: right\n— Source ${i}\n:::\n`
  const poems = Array.from({ length: 60 }, (_, i) => `${WORDS.slice(0, 9 + (i % 5) * 3).join(' ')}\n\n${poem(i)}`)
  const { typeset } = await setBook(chapter(`# One\n\n${poems.join('\n')}`), SMALL)
  const heads = typeset.pages.map((page) =>
    page.items.find((item): item is TextRun => item.kind === 'text' && item.margin === undefined),
  )
  expect(heads.length).toBeGreaterThan(20)
  expect(heads.filter((run) => run && textOf(run, typeset).startsWith('— Source'))).toEqual([])
})
