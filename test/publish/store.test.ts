// What did not change is not made again; what did, is. One faulty book is passed over, and takes nothing with it. The store is shared,
// pruned, and never believed.
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DOMParser } from '@xmldom/xmldom'
import { Parser } from 'htmlparser2'
import { expect, test, vi } from 'vitest'
import { run } from '../../src/cli/run.js'
import { toLine } from '../../src/diagnostic.js'
import { publish, verify, work } from '../../src/publish/index.js'
import { createKeys } from '../../src/publish/key.js'
import { openStore } from '../../src/publish/store.js'
import { below, book, filesIn, folderOf, type Texts, text } from './shelves.js'

const SHELF = 'title: A Shelf\naddress: https://shelf.example.org/\n'
const bookOf = (name: string) => below(name, book({ title: `Of ${name}`, slug: name }))
const shelfOf = (...names: string[]): Texts => ({ 'shelf.yaml': SHELF, ...Object.assign({}, ...names.map(bookOf)) })
const said = ({ diagnostics }: { diagnostics: { path: string; line: number; code: string }[] }) =>
  diagnostics.map(({ path, line, code }) => `${path}:${line} ${code}`)
/** Files of a site with what the disk says of them: who writes one anew changes that. */
const marks = (folder: string) =>
  new Map([...filesIn(folder).keys()].map((path) => [path, statSync(join(folder, path)).ino]))

test('a second publication makes nothing and writes nothing; a book that changed is made, and its own pages written', async () => {
  const home = folderOf({})
  const from = folderOf(shelfOf('ash', 'elm', 'oak'))
  const options = { from, out: join(home, 'site'), store: join(home, 'store') }
  expect(await publish(options)).toMatchObject({ ok: true, books: 3, made: 3, passedOver: [], published: true })
  const first = marks(options.out)
  const again = await publish(options)
  expect(again).toMatchObject({ ok: true, books: 3, made: 0 })
  expect(again.files).toBe(first.size)
  expect(marks(options.out)).toEqual(first)

  // What is done to the site is undone, whether its size is the same or not.
  const cover = readFileSync(join(options.out, 'books/elm/cover.png'))
  writeFileSync(join(options.out, 'books/elm/cover.png'), Buffer.from(cover).reverse())
  rmSync(join(options.out, 'opds.xml'))
  expect(await publish(options)).toMatchObject({ ok: true, made: 0 })
  expect((await verify({ site: options.out })).diagnostics).toEqual([])

  const before = marks(options.out)
  writeFileSync(join(from, 'elm/one.md'), '# One\n\nAnother sentence.\n')
  const result = await publish(options)
  expect(result).toMatchObject({ books: 3, made: 1, published: true })
  expect(said(result)).toEqual(['elm/book.yaml:0 release-undated'])
  const after = marks(options.out)
  for (const path of ['books/ash/index.html', 'books/oak/oak.epub', 'books/elm/cover.png'])
    expect({ path, mark: after.get(path) }).toEqual({ path, mark: before.get(path) })
  for (const path of ['books/elm/elm.epub', 'feed.xml', 'SHA256SUMS'])
    expect({ path, same: after.get(path) === before.get(path) }).toEqual({ path, same: false })
  // Without a store, and from nothing, it is the same site.
  rmSync(join(home, 'store'), { recursive: true })
  expect((await verify({ site: options.out, rebuild: from })).diagnostics).toEqual([])
  const warned = await publish(options)
  expect(said(warned)).toEqual([])
  expect(marks(options.out)).toEqual(after)
})

test('a book with errors is told of and passed over; it is not said to be gone, and comes back when it is mended', async () => {
  const home = folderOf({})
  const from = folderOf(shelfOf('ash', 'elm', 'oak'))
  const options = { from, out: join(home, 'site'), store: join(home, 'store') }
  await publish(options)
  const whole = filesIn(options.out)
  const [manifest, chapter] = ['book.json', 'one.md'].map((name) => readFileSync(join(from, 'elm', name), 'utf8'))
  writeFileSync(join(from, 'elm/one.md'), `${chapter}\n[lost](nowhere.md) and [^note].\n`)
  writeFileSync(join(from, 'elm/book.json'), manifest!.replace('"en"', '"not a language"'))
  for (let run = 0; run < 2; run++) {
    const result = await publish(options)
    expect(result).toMatchObject({ ok: false, published: true, books: 2, passedOver: ['elm'], made: run === 0 ? 1 : 0 })
    expect(said(result)).toEqual([
      'elm/book.json:1 bad-language',
      'elm/one.md:7 dead-link',
      'elm/one.md:7 missing-note',
    ])
  }
  const less = filesIn(options.out)
  expect([...less.keys()].filter((path) => path.startsWith('books/elm/'))).toEqual([])
  expect(text(less, 'releases.json')).not.toContain('"gone"')
  writeFileSync(join(from, 'elm/one.md'), chapter!)
  writeFileSync(join(from, 'elm/book.json'), manifest!)
  expect(await publish(options)).toMatchObject({ ok: true, books: 3, made: 0 })
  expect(filesIn(options.out)).toEqual(whole)

  for (const name of ['ash', 'elm', 'oak']) writeFileSync(join(from, name, 'one.md'), '[^no]\n')
  expect(await publish(options)).toMatchObject({ ok: false, published: false })
  expect(filesIn(options.out)).toEqual(whole)
})

test('two books of one name: the second is passed over', async () => {
  const from = folderOf({ 'shelf.yaml': SHELF, ...bookOf('ash'), ...below('other', book({ title: 'X', slug: 'ash' })) })
  const out = join(folderOf({}), 'site')
  const result = await publish({ from, out })
  expect(result).toMatchObject({ ok: false, published: true, books: 1, passedOver: ['other'] })
  expect(said(result)).toEqual(['shelf.yaml:0 duplicate-slug'])
  expect(text(filesIn(out), 'books/ash/index.html')).toContain('Of ash')
})

test('the key of a book is that of all that it is made of, and of nothing else', () => {
  const from = folderOf({
    ...bookOf('ash'),
    ...bookOf('copy/ash'),
    ...bookOf('elm'),
    'lone.md': '# Lone\n',
    'x.md': '# X\n',
  })
  const task = (path: string, more: object = {}) => ({
    ...{ book: join(from, path), editions: undefined, strict: false, limits: undefined },
    ...more,
  })
  const of = (path: string, more: object = {}) => createKeys().of(task(path, more))
  const ash = of('ash')
  writeFileSync(join(from, 'copy/ash/book.json'), readFileSync(join(from, 'ash/book.json')))
  expect(of('copy/ash')).toBe(ash)
  expect(of('ash/book.json')).toBe(ash)
  expect(of('ash', { limits: { time: 5, memory: 900 } })).toBe(ash)
  for (const more of [{ editions: ['pdf'] }, { strict: true }, { limits: { texts: 1000 } }])
    expect(of('ash', more)).not.toBe(ash)
  const changes: [string, () => void][] = [
    ['a text', () => appendFileSync(join(from, 'ash/one.md'), 'x')],
    ['a file that nobody names', () => writeFileSync(join(from, 'ash/notes.txt'), 'x')],
    ['a name', () => writeFileSync(join(from, 'ash/.hidden'), '')],
    ['a folder', () => mkdirSync(join(from, 'ash/empty'))],
    ['a link', () => symlinkSync('one.md', join(from, 'ash/two.md'))],
  ]
  let last = ash
  for (const [what, change] of changes) {
    change()
    const next = of('ash')
    expect({ what, same: next === last }).toEqual({ what, same: false })
    last = next
  }
  // Dates are not asked, and history is none of the book.
  utimesSync(join(from, 'ash/one.md'), 1, 1)
  mkdirSync(join(from, 'ash/.git'))
  writeFileSync(join(from, 'ash/.git/HEAD'), 'ref: x\n')
  expect(of('ash')).toBe(last)
  // Size and date may stay while a text changes.
  const { size } = statSync(join(from, 'elm/one.md'))
  const elm = of('elm')
  writeFileSync(join(from, 'elm/one.md'), 'x'.repeat(size))
  expect(of('elm')).not.toBe(elm)
  // Of books that are single files, another is another; a picture may be of each.
  const lone = of('lone.md')
  appendFileSync(join(from, 'x.md'), 'more\n')
  expect(of('lone.md')).toBe(lone)
  writeFileSync(join(from, 'a.png'), 'x')
  expect(of('lone.md')).not.toBe(lone)
})

test('the store takes nothing for what it is not: a book cut short, altered, or under a name that is no key', async () => {
  const home = folderOf({})
  const options = { from: folderOf(shelfOf('ash', 'elm')), out: join(home, 'site'), store: join(home, 'store') }
  await publish(options)
  const whole = filesIn(options.out)
  const kept = [...filesIn(options.store)].filter(([path]) => /^[0-9a-f]{2}\//.test(path))
  expect(kept).toHaveLength(2)
  const [path, bytes] = kept[0]!
  const store = openStore(options.store)
  expect(await store.get('../../etc/passwd')).toBeUndefined()
  const altered = (at: number) => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte))
  for (const wrong of [
    bytes.subarray(0, -1),
    Buffer.concat([bytes, Buffer.from('x')]),
    altered(200),
    Buffer.from(''),
  ]) {
    writeFileSync(join(options.store, path), wrong)
    expect(await store.get(path.slice(3))).toBeUndefined()
  }
  // Its head is whole and a file of it is not: it is found when the site takes it, and made by the next run.
  writeFileSync(join(options.store, path), altered(bytes.length - 1))
  rmSync(options.out, { recursive: true })
  const result = await publish(options)
  expect(result).toMatchObject({ ok: false, published: false })
  expect(said(result)).toEqual([':0 store-failed'])
  expect(await publish(options)).toMatchObject({ ok: true, made: 1 })
  expect(filesIn(options.out)).toEqual(whole)
})

test('when the store is too large, what was used longest ago goes; what was used within the hour stays', async () => {
  const home = folderOf({})
  const options = { from: folderOf(shelfOf('ash', 'elm', 'oak')), out: join(home, 'site'), store: join(home, 'store') }
  await publish(options)
  const books = () => readdirSync(options.store).flatMap((name) => (name.length === 2 ? [name] : []))
  const store = openStore(options.store)
  const all = [...filesIn(options.store)].map(([path]) => path)
  store.prune(0)
  expect([...filesIn(options.store).keys()]).toEqual(all)
  const old = all.filter((path) => /^[0-9a-f]{2}\//.test(path))
  old.forEach((path, i) => {
    utimesSync(join(options.store, path), 1000 + i, 1000 + i)
  })
  const size = all.reduce((sum, path) => sum + statSync(join(options.store, path)).size, 0)
  store.prune(size - 1)
  expect([...filesIn(options.store).keys()]).toEqual(all.filter((path) => path !== old[0]))
  expect(books().length).toBeGreaterThan(0)
  expect(await publish(options)).toMatchObject({ ok: true, made: 1 })

  // A face is used whenever one of its books is, however long ago it was written; what the store did not write is not the store's to take.
  const faces = all.filter((path) => path.startsWith('faces/'))
  expect(faces.length).toBeGreaterThan(0)
  for (const path of faces) utimesSync(join(options.store, path), 1, 1)
  const foreign = ['faces/mine.txt', 'ab/.new', 'photos/1.jpg']
  for (const path of foreign) {
    mkdirSync(join(options.store, path, '..'), { recursive: true })
    writeFileSync(join(options.store, path), 'mine')
    utimesSync(join(options.store, path), 1, 1)
  }
  expect(await publish({ ...options, storeSize: 0 })).toMatchObject({ ok: true, made: 0 })
  expect([...filesIn(options.store).keys()]).toEqual(expect.arrayContaining([...faces, ...foreign]))
  expect(await publish(options)).toMatchObject({ ok: true, made: 0 })
})

test('a store that cannot be made is told of; a note that was cut short is none', async () => {
  const home = folderOf({})
  const options = { from: folderOf(shelfOf('ash')), out: join(home, 'site'), store: join(home, 'store') }
  await publish(options)
  const before = marks(options.out)
  for (const name of readdirSync(join(options.store, 'notes'))) writeFileSync(join(options.store, 'notes', name), '')
  expect(await publish(options)).toMatchObject({ ok: true, published: true, made: 0 })
  expect(marks(options.out)).toEqual(before)
  vi.stubEnv('TMPDIR', join(home, 'nowhere'))
  try {
    const result = await publish({ ...options, store: undefined })
    expect(said(result)).toEqual([':0 store-failed'])
  } finally {
    vi.unstubAllEnvs()
  }
})

test('whoever shares the work names the store where the books are to be found, or nothing is made', async () => {
  const from = folderOf(shelfOf('ash', 'elm'))
  const out = join(folderOf({}), 'site')
  const { signal } = new AbortController()
  const queue = 'redis://127.0.0.1:1'
  for (const result of [
    await publish({ from, out, shard: { index: 1, of: 2 } }),
    await publish({ from, out, join: true }),
    await publish({ from, out, queue }),
    await work({ from, queue, signal }),
  ]) {
    expect(result.ok).toBe(false)
    expect(said(result)).toEqual([':0 usage'])
  }
})

test('whoever stops it loses no finished book', async () => {
  const home = folderOf({})
  const stop = new AbortController()
  const from = folderOf(shelfOf('ash', 'elm', 'oak'))
  const options = { from, out: join(home, 'site'), store: join(home, 'store') }
  const progress = (done: number) => done === 2 && stop.abort(new Error('enough'))
  const result = await publish({ ...options, signal: stop.signal, progress })
  expect(said(result)).toEqual([':0 interrupted'])
  expect(result.diagnostics[0]!.message).toBe('stopped: 2 of 3 books are done, and in the store')
  expect(readdirSync(home)).toEqual(['store'])
  expect(await publish(options)).toMatchObject({ ok: true, made: 1, books: 3 })

  // The command leaves with the status that shells have for it.
  const words = ['publish', from, '--out', join(home, 'other'), '--store', join(home, 'empty')]
  let told = ''
  const status = await run(words, {
    out: (line) => (told += line),
    err: () => process.emit('SIGINT'),
    live: true,
  })
  expect({ status, told }).toEqual({ status: 130, told: expect.stringContaining('error interrupted: stopped: ') })
})

test('a theme of the shelf is none of its books', async () => {
  const home = folderOf({})
  const from = folderOf(shelfOf('ash', 'elm'))
  const options = { from, out: join(home, 'site'), store: join(home, 'store') }
  await publish(options)
  const first = filesIn(options.out)
  writeFileSync(join(from, 'shelf.yaml'), `${SHELF}theme: look.yaml\n`)
  writeFileSync(join(from, 'look.yaml'), 'extends: house\ncover: { ground: "#103020" }\n')
  expect(await publish(options)).toMatchObject({ ok: true, made: 0 })
  const second = filesIn(options.out)
  expect(text(second, 'index.html')).not.toBe(text(first, 'index.html'))
  expect(second.get('books/ash/ash.epub')).toEqual(first.get('books/ash/ash.epub'))
  writeFileSync(join(from, 'look.yaml'), 'extends: house\ncover: { ground: "#301020" }\n')
  await publish(options)
  expect(text(filesIn(options.out), 'index.html')).not.toBe(text(second, 'index.html'))
})

test('what a stranger’s book says stays in its place, on every page, in every feed, in the names of files and on a terminal', async () => {
  const evil = `</title></script><script>alert(1)</script>"'><img src=x onerror=alert(1)> ]]> &amp; ../../../../etc/passwd`
  const up = '../../../up'
  const nasty = book(
    {
      ...{
        title: evil,
        subtitle: evil,
        slug: 'nasty',
        authors: [evil, up, '..', '/etc/passwd', 'CON'],
        description: evil,
      },
      ...{
        publisher: evil,
        subjects: [evil, up, '.', '\\\\server\\share', 'nul'],
        series: { name: up, position: evil },
      },
      ...{ source: { title: evil, note: evil }, rights: evil },
    },
    `# ${evil.replace(/[<>[\]&]/g, '\\$&')}\n\nText.\n`,
  )
  const home = folderOf({})
  const out = join(home, 'site')
  const from = folderOf({
    ...shelfOf('ash'),
    ...below('nasty', nasty),
    ...below('\u001b[2J\u202egnp', book({ title: 'Control', slug: 'control', body: ['none.md'] })),
    ...below('bell', book({ title: 'Ring \u0007\u001b]0;owned\u0007', slug: 'bell' })),
    ...below('climber', book({ title: 'Up', slug: '../../up' })),
  })
  const result = await publish({ from, out })
  expect(said(result).filter((one) => one.startsWith('nasty'))).toEqual([])
  expect(result).toMatchObject({ published: true, books: 2, passedOver: ['\u001b[2J\u202egnp', 'bell', 'climber'] })
  for (const one of result.diagnostics) expect(JSON.stringify(toLine(one))).not.toMatch(/\\u00|\u202e/)
  expect(readdirSync(home)).toEqual(['site'])
  const files = filesIn(out)
  for (const path of files.keys()) expect(path).toMatch(/^[A-Za-z0-9][\w.-]*(?:\/[\p{L}\p{N}][\p{L}\p{N}\p{M} .-]*)*$/u)
  const strange = /^(?:img|title|script)$/
  for (const [path, bytes] of files) {
    const content = bytes.toString('utf8')
    if (/\.(?:epub|pdf|png|woff)$/.test(path)) continue
    expect({ path, bell: content.includes('\u0007') }).toEqual({ path, bell: false })
    if (path.endsWith('.html')) {
      const parser = new Parser({
        onopentag(name, attributes) {
          const said = JSON.stringify([name, attributes])
          expect({ path, handlers: Object.keys(attributes).filter((key) => key.startsWith('on')) }).toEqual({
            path,
            handlers: [],
          })
          if (strange.test(name)) expect({ path, said }).toEqual({ path, said: expect.not.stringMatching(/"src":"x"/) })
          for (const link of [attributes['href'], attributes['src']])
            if (link !== undefined && !/^https:\/\/(?:shelf\.)?example\.org\/|^[#m]/.test(link))
              expect({
                path,
                link,
                there: files.has(join('/', path, '..', decodeURIComponent(link.split('#')[0]!)).slice(1)),
              }).toEqual({ path, link, there: true })
        },
      })
      parser.end(content)
      for (const [, data] of content.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs))
        JSON.parse(data!)
      expect({ path, alerts: content.match(/<script>alert/g) }).toEqual({ path, alerts: null })
    } else if (path.endsWith('.json')) JSON.parse(content)
    else if (path.endsWith('.xml')) {
      const root = new DOMParser({
        onError: (level, message) => {
          throw new Error(`${path}: ${level} ${message}`)
        },
      }).parseFromString(content, 'text/xml')
      expect(root.getElementsByTagName('script').length).toBe(0)
    } else if (/^search\//.test(path)) expect(content).not.toContain('</script')
  }
})
