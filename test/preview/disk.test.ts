// What happens to a folder while it is shown: editors that write by renaming, a checkout, a folder that is gone and comes back.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Built, State } from '../../src/preview/protocol.js'
import { BOOK, type Opened, openBook } from './open.js'

let book: Opened
afterEach(() => book?.close())

/** The next build of which this is so; a change may be seen in two pieces. */
async function until(
  events: Awaited<ReturnType<Opened['events']>>,
  is: (built: Built, state: State) => boolean,
): Promise<Built> {
  for (;;) {
    const built = (await events.next('built')) as Built
    if (is(built, await book.state())) return built
  }
}
const hasTitle =
  (title: string) =>
  (_: Built, { chapters, broken }: State) =>
    !broken && chapters.some((chapter) => chapter.title === title)

test('an editor that writes another file and renames it, again and again', async () => {
  book = await openBook(BOOK)
  const events = await book.events()
  const path = join(book.dir, 'chapters/two.md')
  for (const title of ['The Storm', 'The Calm', 'The Gale']) {
    writeFileSync(`${path}.tmp`, readFileSync(path, 'utf8').replace(/^# .*/, `# ${title}`))
    renameSync(`${path}.tmp`, path)
    await until(events, hasTitle(title))
  }
  // As vim does: the old is moved away, the new one made.
  renameSync(path, `${path}~`)
  writeFileSync(path, '# The Shore\n\nLand.\n')
  rmSync(`${path}~`)
  await until(events, hasTitle('The Shore'))
  events.close()
})

test('a file that is written twice at once is shown as it is in the end', async () => {
  book = await openBook(BOOK)
  const events = await book.events()
  const path = join(book.dir, 'chapters/two.md')
  for (let i = 0; i < 5; i++) {
    writeFileSync(path, '')
    // A little later each time: before the change is seen, while it is read, after.
    for (let k = 0; k < i * 2; k++) await book.state()
    writeFileSync(path, `# Number ${i}\n\nText.\n`)
    await until(events, hasTitle(`Number ${i}`))
  }
  events.close()
})

test('new files in a new folder, and a manifest that names them', async () => {
  book = await openBook(BOOK)
  const events = await book.events()
  for (const name of ['a', 'b', 'c']) book.write(`part/${name}.md`, `# Chapter ${name}\n\nText.\n`)
  book.write('book.yaml', `${BOOK['book.yaml']}  - part/a.md\n  - part/b.md\n  - part/c.md\n`)
  const built = await until(events, hasTitle('Chapter c'))
  expect(built.whole).toBe(true)
  // And they are watched as well.
  book.write('part/b.md', '# Changed\n\nText.\n')
  await until(events, hasTitle('Changed'))
  events.close()
})

test('a folder that is moved away, and comes back', async () => {
  book = await openBook(BOOK)
  const events = await book.events()
  const before = await book.state()
  renameSync(book.dir, `${book.dir}-away`)
  const gone = await until(events, ({ broken }) => broken)
  expect(gone.findings.map(({ severity }) => severity)).toContain('error')
  // What was there is still shown.
  expect((await book.state()).sources).toEqual(before.sources)
  renameSync(`${book.dir}-away`, book.dir)
  await until(events, ({ broken }) => !broken)
  book.write('chapters/two.md', '# Back Again\n\nText.\n')
  await until(events, hasTitle('Back Again'))
  events.close()
})

test('a folder that is deleted, and written anew', async () => {
  book = await openBook(BOOK)
  const events = await book.events()
  rmSync(book.dir, { recursive: true })
  await until(events, ({ broken }) => broken)
  mkdirSync(book.dir)
  for (const [path, text] of Object.entries(BOOK)) book.write(path, text.replace('The Crossing', 'The Return'))
  await until(events, hasTitle('The Return'))
  events.close()
})

test('a folder that is deleted and written anew, again and again', async () => {
  book = await openBook(BOOK)
  const events = await book.events()
  for (const title of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) {
    rmSync(book.dir, { recursive: true })
    await until(events, ({ broken }) => broken)
    for (const [path, text] of Object.entries(BOOK)) book.write(path, text.replace('The Crossing', title))
    await until(events, hasTitle(title))
  }
  events.close()
})

test('what is not the book’s is not looked at', async () => {
  book = await openBook(BOOK)
  const events = await book.events()
  const { revision } = await book.state()
  book.write('.git/index', 'x')
  book.write('.octavo-x.new', 'x')
  book.write('node_modules/x/readme.md', '# no')
  book.write('a-small-book.pdf', 'x')
  book.write('chapters/two.md', '# Last\n\nText.\n')
  await until(events, hasTitle('Last'))
  // One for the chapter, or two if its writing was seen in pieces.
  expect((await book.state()).revision).toBeLessThanOrEqual(revision + 2)
  events.close()
})

test('a client that goes away while it is told something', async () => {
  book = await openBook(BOOK)
  const [one, two] = [await book.events(), await book.events()]
  one.close()
  book.write('chapters/two.md', '# Alone\n\nText.\n')
  await until(two, hasTitle('Alone'))
  two.close()
})

test('other machines need the token', async () => {
  book = await openBook(BOOK, { host: '0.0.0.0' })
  const token = new URL(book.preview.address).searchParams.get('token')!
  expect(token.length).toBeGreaterThan(20)
  expect((await book.ask('/api/state')).status).toBe(401)
  expect((await book.ask(`/api/state?token=${token.slice(1)}`)).status).toBe(401)
  const opened = await book.ask(`/api/state?token=${token}`)
  expect(opened.status).toBe(200)
  const [cookie] = opened.headers['set-cookie'] as string[]
  expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
  expect((await book.ask('/api/state', { headers: { cookie: cookie!.split(';')[0]! } })).status).toBe(200)
  expect((await book.ask('/api/state', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  const named = { host: `evil.example:${book.port}`, authorization: `Bearer ${token}` }
  expect((await book.ask('/api/state', { headers: named })).status).toBe(403)
})
