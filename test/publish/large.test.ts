// What a large shelf asks of us: records in pieces, how far it is, and nothing read once more for each of many books beside each other.
import { readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sumOf } from '../../src/build/sums.js'
import { fileOf } from '../../src/publish/files.js'
import { publish, verify } from '../../src/publish/index.js'
import { createKeys } from '../../src/publish/key.js'
import { createProver } from '../../src/publish/proved.js'
import { below, book, filesIn, folderOf, text } from './shelves.js'

test('a text in pieces has the sum and the bytes of the whole, and is never handed on as one', () => {
  const piece = (i: number) => `${i} of “many” 𝒜\n`.repeat(100)
  let made = 0
  const file = fileOf(function* () {
    made++
    for (let i = 0; i < 1000; i++) yield piece(i)
  })
  const whole = Buffer.from(Array.from({ length: 1000 }, (_, i) => piece(i)).join(''))
  expect(file).toMatchObject({ size: whole.length, sum: sumOf(whole) })
  const parts = [...(file.content() as Iterable<Uint8Array>)]
  expect(Buffer.concat(parts)).toEqual(whole)
  expect(parts.length).toBeGreaterThan(4)
  expect(made).toBe(2)
})

const NAMES = Array.from({ length: 36 }, (_, i) => `b${String(i).padStart(2, '0')}`)

test('the records of all are those of each; files of the site are told of as they are written, and looked at', async () => {
  const shelf = { 'shelf.yaml': 'title: Many\naddress: https://many.example.org/\n' }
  const from = folderOf(
    Object.assign(shelf, ...NAMES.map((name) => below(name, book({ title: `Of ${name}`, slug: name })))),
  )
  const out = join(folderOf({}), 'site')
  const store = join(folderOf({}), 'store')
  const told: [number, number][] = []
  const writing = (done: number, total: number) => void told.push([done, total])
  const result = await publish({ from, out, store, jobs: 1, writing })
  expect(result).toMatchObject({ published: true, books: NAMES.length })
  expect(told.length).toBeGreaterThan(4)
  for (const [i, [done, total]] of told.entries()) {
    expect(done).toBeGreaterThan(told[i - 1]?.[0] ?? 0)
    expect(total).toBeGreaterThanOrEqual(done)
    // What is expected is near what comes.
    expect(Math.abs(total - result.files)).toBeLessThan(result.files / 8)
  }
  const files = filesIn(out)
  for (const [name, record] of [
    ['onix.xml', /<Product>[\s\S]*?<\/Product>\n/g],
    ['marc.xml', /<record>[\s\S]*?<\/record>\n/g],
  ] as const) {
    const all = text(files, name).match(record)!
    expect(all.sort()).toEqual(NAMES.flatMap((slug) => text(files, `books/${slug}/${name}`).match(record)!).sort())
    expect(text(files, name)).not.toMatch(/\n\s*\n/)
  }
  told.length = 0
  await publish({ from, out, store, writing })
  expect(told.at(-1)).toEqual([result.files - 1, result.files - 1])
})

test('what lies beside many single files is summed up once, and again when it has changed', () => {
  const folder = folderOf({ 'a.md': '# A\n', 'b.md': '# B\n', 'pictures/one.png': 'a', 'pictures/two.png': 'b' })
  const old = new Date('2020-01-01T00:00:00Z')
  const keys = createKeys()
  const task = (name: string) => ({ book: join(folder, name), editions: undefined, strict: false, limits: undefined })
  const of = (name: string, again = false) => keys.of(task(name), again)
  const [a, b] = [of('a.md'), of('b.md')]
  expect(a).not.toBe(b)
  expect([of('a.md', true), of('b.md', true)]).toEqual([a, b])
  // The same size, and dated back: what is there counts.
  writeFileSync(join(folder, 'pictures/one.png'), 'c')
  utimesSync(join(folder, 'pictures/one.png'), old, old)
  expect(of('a.md', true)).not.toBe(a)
  writeFileSync(join(folder, 'pictures/one.png'), 'a')
  expect(of('a.md', true)).toBe(a)
  // A text is another book's.
  writeFileSync(join(folder, 'c.md'), '# C\n')
  expect(of('a.md', true)).toBe(a)
  writeFileSync(join(folder, 'a.md'), '# A, changed\n')
  expect(of('a.md', true)).not.toBe(a)
})

test('a file is proved where it stands: not behind a link, and not in a folder that is one', async () => {
  const site = folderOf({ 'a/b.txt': 'b', 'c.txt': 'c' })
  const proof = (path: string, content: string, size?: number) => createProver(site)(path, sumOf(content), size)
  expect([proof('a/b.txt', 'b'), proof('c.txt', 'c', 1)]).toEqual(['sound', 'sound'])
  expect([proof('c.txt', 'd'), proof('c.txt', 'c', 2)]).toEqual(['changed', 'changed'])
  expect([proof('a', ''), proof('d.txt', ''), proof('c.txt/e', '')]).toEqual(['missing', 'missing', 'missing'])
  await rename(join(site, 'a'), join(site, 'real'))
  symlinkSync(join(site, 'real'), join(site, 'a'))
  symlinkSync(join(site, 'c.txt'), join(site, 'l.txt'))
  expect(readFileSync(join(site, 'a/b.txt'), 'utf8')).toBe('b')
  expect([proof('a/b.txt', 'b'), proof('l.txt', 'c')]).toEqual(['missing', 'missing'])
})

test('a site one of whose folders has become a link is put right', async () => {
  const from = folderOf(book({ title: 'The Lamp' }))
  const out = join(folderOf({}), 'site')
  const store = join(folderOf({}), 'store')
  await publish({ from, out, store })
  const before = filesIn(out)
  const aside = join(folderOf({}), 'changes')
  await rename(join(out, 'changes'), aside)
  symlinkSync(aside, join(out, 'changes'))
  expect((await verify({ site: out })).ok).toBe(false)
  expect(await publish({ from, out, store })).toMatchObject({ published: true, made: 0 })
  expect((await verify({ site: out })).ok).toBe(true)
  expect(filesIn(out)).toEqual(before)
})
