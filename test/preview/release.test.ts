// What has changed since a book was published: its paragraphs, and the pages that begin elsewhere.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { passagesOf } from '../../src/build/passage-list.js'
import { createProver } from '../../src/build/proof.js'
import type { SinceRelease } from '../../src/preview/protocol.js'
import { BOOK, openBook } from './open.js'

const LONG = Array.from({ length: 60 }, (_, i) => `Paragraph ${i} stands here, and says that it is the ${i}th.`)
const FILES = { ...BOOK, 'chapters/two.md': `# The Crossing\n\n${LONG.join('\n\n')}\n` }

test('tells paragraphs that came, went and were altered, and pages whose breaks moved', async () => {
  const site = mkdtempSync(join(tmpdir(), 'octavo-site-'))
  const book = await openBook(FILES, { site })
  const since = () => book.get<SinceRelease>('/api/release')
  try {
    expect((await book.ask('/api/release')).status).toBe(404)
    const { proof } = await createProver().prove(book.dir)
    const { slug } = proof!.book.metadata
    mkdirSync(join(site, 'books', slug), { recursive: true })
    writeFileSync(
      join(site, 'books', slug, 'passages.json'),
      JSON.stringify(passagesOf(proof!.book, proof!.pages.starts)),
    )
    const releases = { version: 1, releases: [{ date: '2026-01-02', books: [{ slug }] }], books: { [slug]: {} } }
    writeFileSync(join(site, 'releases.json'), JSON.stringify(releases))
    const none = { date: '2026-01-02', added: 0, altered: 0, removed: 0, moved: [], marks: [] }
    expect(await since()).toEqual(none)

    const events = await book.events()
    const second = `${LONG[1]} And it goes on for so long that there is a line more of it on the page, and then another, and one more after that.`
    book.write('chapters/two.md', FILES['chapters/two.md'].replace(LONG[1]!, second).replace(LONG[9]!, `${LONG[9]}!`))
    await events.next('built')
    const now = await since()
    // Whose words are others is another paragraph; a mark of punctuation alters it.
    expect(now).toMatchObject({ added: 1, removed: 1, altered: 1 })
    const first = (await book.state()).chapters.find(({ title }) => title === 'The Crossing')!
    expect(new Set(now.marks.map(({ page }) => page))).toEqual(new Set([first.page]))
    expect(now.moved.length).toBeGreaterThan(0)
    expect(now.moved.every((page) => page > first.page)).toBe(true)

    book.write('chapters/two.md', FILES['chapters/two.md'])
    await events.next('built')
    events.close()
    expect(await since()).toEqual(none)
    // What cannot be read is no release.
    writeFileSync(join(site, 'releases.json'), '{')
    expect((await book.ask('/api/release')).status).toBe(404)
    cpSync(join(site, 'books', slug, 'passages.json'), join(site, 'releases.json'))
    expect((await book.ask('/api/release')).status).toBe(404)
  } finally {
    await book.close()
    rmSync(site, { recursive: true, force: true })
  }
})
