// A release says what changed: which paragraphs came, went or were altered, on which pages. What was published before is kept, no clock is
// asked, and a site made again from its own releases is the same.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf } from '../../src/publish/changes.js'
import { summary } from '../../src/publish/changespage.js'
import { publish, verify } from '../../src/publish/index.js'
import { ENGLISH } from '../../src/publish/languages/english.js'
import type { Releases } from '../../src/publish/releases.js'
import { below, book, filesIn, folderOf, text } from './shelves.js'

const PARAGRAPHS = ['The first stays.', 'The second is altered.', 'The third goes.', 'The fourth stays.']
const chapter = (paragraphs: readonly string[]) => `# One\n\n${paragraphs.join('\n\n')}\n`
const lamp = (paragraphs: readonly string[], more: object = {}) =>
  book({ title: 'The Lamp', slug: 'lamp', modified: '2026-02-01', ...more }, chapter(paragraphs))
const releasesIn = (out: string) => JSON.parse(text(filesIn(out), 'releases.json')) as Releases

test('publishing over an older site tells what is new, and keeps what was', async () => {
  const out = join(folderOf({}), 'site')
  await publish({ from: folderOf(lamp(PARAGRAPHS)), out })
  expect(releasesIn(out).releases).toEqual([
    { date: '2026-02-01', books: [{ slug: 'lamp', title: 'The Lamp', kind: 'new' }] },
  ])
  const first = filesIn(out)
  await publish({ from: folderOf(lamp(PARAGRAPHS)), out })
  expect(filesIn(out)).toEqual(first)

  const from = folderOf(
    lamp(['The first stays.', 'The second is another now.', 'The fourth, stays.', 'A fifth comes.'], {
      modified: '2026-03-05',
    }),
  )
  const result = await publish({ from, out })
  expect(result.diagnostics).toEqual([])
  const [latest, before] = releasesIn(out).releases
  expect(before!.date).toBe('2026-02-01')
  expect(latest).toMatchObject({
    date: '2026-03-05',
    books: [
      {
        kind: 'changed',
        changes: {
          counts: { added: 1, removed: 1, altered: 2 },
          list: [
            { kind: 'altered', section: 'One', before: 'The second is altered.', after: 'The second is another now.' },
            { kind: 'removed', before: 'The third goes.' },
            { kind: 'altered', before: 'The fourth stays.', after: 'The fourth, stays.' },
            { kind: 'added', after: 'A fifth comes.' },
          ],
        },
      },
    ],
  })
  const files = filesIn(out)
  expect(JSON.parse(text(files, 'changes.json'))).toHaveLength(2)
  const page = text(files, 'changes/index.html')
  for (const words of ['The second is altered.', 'The second is another now.', '5 March 2026', '1 taken out'])
    expect(page).toContain(words)
  expect(text(files, 'index.html')).toContain('changes/index.html')
  expect(text(files, 'feed.xml').match(/<entry>/g)).toHaveLength(2)
  expect(await verify({ site: out, rebuild: from })).toMatchObject({ ok: true })
})

test.each([
  [['168'], 'Paragraphs: 1 altered; on page 168'],
  [['168', '170'], 'Paragraphs: 1 altered; on pages 168, 170'],
])('pages %j are told of', (pages, told) => {
  const changes = { counts: { added: 0, removed: 0, altered: 1 }, list: [], pages }
  expect(summary({ slug: 'lamp', title: 'The Lamp', kind: 'changed', changes }, ENGLISH)).toBe(told)
})

test('a change under the same date is told to the author; a book that goes is told to readers', async () => {
  const out = join(folderOf({}), 'site')
  const shelf = { 'shelf.yaml': 'title: S\nbooks: ["*"]\n' }
  await publish({
    from: folderOf({
      ...shelf,
      ...below('a', lamp(PARAGRAPHS)),
      ...below('b', book({ title: 'Other', slug: 'other' })),
    }),
    out,
  })
  const result = await publish({ from: folderOf({ ...shelf, ...below('a', lamp(PARAGRAPHS.slice(1))) }), out })
  expect(result.diagnostics.map(({ path, code }) => `${path} ${code}`)).toEqual(['a/book.yaml release-undated'])
  expect(releasesIn(out).releases[0]!.books.map(({ slug, kind }) => `${slug} ${kind}`)).toEqual([
    'lamp new',
    'lamp changed',
    'other gone',
  ])
  expect(text(filesIn(out), 'releases/index.html')).toContain('No longer published here')
})

test('releases that cannot be read stop it, and are left', async () => {
  const out = join(folderOf({}), 'site')
  await publish({ from: folderOf(lamp(PARAGRAPHS)), out })
  for (const wrong of ['{', '[]', '{"version":1,"releases":[{"date":"today","books":[]}],"books":{}}']) {
    writeFileSync(join(out, 'releases.json'), wrong)
    const result = await publish({ from: folderOf(lamp(PARAGRAPHS)), out })
    expect(result.diagnostics.map(({ path, code }) => `${path} ${code}`)).toEqual(['releases.json bad-releases'])
    expect(text(filesIn(out), 'releases.json')).toBe(wrong)
  }
})

test('of any two texts, what came and what went makes the one out of the other', () => {
  const paragraphs = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 15 })
  const section = (ids: number[]) => [
    {
      id: 's',
      title: 'S',
      passages: ids.map((id): [string, string, string, string] => [`p${id}`, '1', `${id}`, `${id}`]),
    },
  ]
  fc.assert(
    fc.property(paragraphs, paragraphs, (was, is) => {
      const { counts, list } = changesOf(section(was), section(is))
      const came = is.filter((id) => !was.includes(id)).length
      const went = was.filter((id) => !is.includes(id)).length
      expect(counts.added + counts.altered).toBe(came)
      expect(counts.removed + counts.altered).toBe(went)
      expect(list).toHaveLength(counts.added + counts.altered + counts.removed)
    }),
  )
})

test('the first page that begins elsewhere is named', () => {
  const row = (id: string, page: string): [string, string, string, string] => [id, page, id, id]
  const was = [{ id: 's', title: 'S', passages: [row('a', '1'), row('b', '2'), row('c', '3')] }]
  const is = [{ id: 's', title: 'S', passages: [row('a', '1'), row('n', '2'), row('b', '3'), row('c', '4')] }]
  expect(changesOf(was, is)).toMatchObject({ pages: ['2'], repaged: '3' })
})
