// The same book gives the same bytes: built twice, in another folder, another time zone, another language, another year, by
// the packaged command or from the sources.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../src/build.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const COMMAND = join(ROOT, 'dist/cli.js')
const BOOKS = ['book', 'test/kitchen-sink'].filter((book) => existsSync(join(ROOT, book)))
const EDITIONS = ['epub', 'kepub', 'web', 'pdf', 'print', 'booklet'] as const

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-same-'))
})
afterAll(() => rmSync(home, { recursive: true }))

/** Digest of every file in a folder, by name; of a folder in it, one of all its files. */
function digests(folder: string): Record<string, string> {
  const names = readdirSync(folder, { withFileTypes: true })
  return Object.fromEntries(
    names
      .map((entry): [string, string] => {
        const path = join(folder, entry.name)
        const content = entry.isDirectory() ? JSON.stringify(digests(path)) : readFileSync(path)
        return [entry.name, createHash('sha256').update(content).digest('hex')]
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Builds with the packaged command; `env` over an environment that says nothing of dates. */
function octavo(
  book: string,
  name: string,
  env: Record<string, string> = {},
  node: string[] = [],
): Record<string, string> {
  const out = join(home, name)
  const { SOURCE_DATE_EPOCH: _, ...rest } = process.env
  execFileSync(process.execPath, [...node, COMMAND, 'build', book, '--out', out, '--edition', EDITIONS.join(',')], {
    env: { ...rest, ...env },
    cwd: tmpdir(),
  })
  return digests(out)
}

describe.each(BOOKS)('%s', (name) => {
  const book = join(ROOT, name)
  const as = (variant: string) => `${name.replaceAll('/', '-')}-${variant}`
  let first: Record<string, string>
  beforeAll(() => {
    first = octavo(book, as('first'), { TZ: 'UTC', LANG: 'C' })
  })

  test('is five files and a folder', () => {
    const endings = Object.keys(first).map((each) => each.replace(/^[a-z0-9-]*?(-print|-booklet|-web)?(?=\.|$)/, '$1'))
    expect(endings.sort()).toEqual(['-booklet.pdf', '-print.pdf', '-web', '.epub', '.kepub.epub', '.pdf'])
  })

  test('a second time', () => {
    expect(octavo(book, as('second'), { TZ: 'UTC', LANG: 'C' })).toEqual(first)
  })

  test('in another folder, with files of another age, in another order on the disk', () => {
    const copy = join(home, as('copy of the book'))
    const files = readdirSync(book, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((each) =>
      each.isFile(),
    )
    for (const file of files.reverse()) {
      const from = join(file.parentPath, file.name)
      const to = join(copy, from.slice(book.length))
      cpSync(from, to)
      utimesSync(to, 86_400, 86_400)
    }
    expect(octavo(copy, as('elsewhere'))).toEqual(first)
  })

  test('in another time zone and another language', () => {
    expect(
      octavo(book, as('abroad'), { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
    ).toEqual(first)
  })

  test('in another year, with another machine’s chance', () => {
    // Before anything of ours is loaded, the clock goes to 2061 and chance is fixed.
    const clock = `const Real = Date; const then = Real.UTC(2061, 6, 28);
      globalThis.Date = class extends Real { constructor(...a) { super(...(a.length ? a : [then])) } static now() { return then } };
      Math.random = () => 0.25`
    const future = octavo(book, as('future'), {}, ['--import', `data:text/javascript,${encodeURIComponent(clock)}`])
    expect(future).toEqual(first)
  })

  test('from the sources, without the bundle and what it leaves out', async () => {
    const out = join(home, as('sources'))
    const { ok } = await build({ book, out, editions: EDITIONS })
    expect(ok).toBe(true)
    expect(digests(out)).toEqual(first)
  })

  test('twice at once into one folder', async () => {
    const out = join(home, as('shared'))
    const both = await Promise.all([build({ book, out, editions: EDITIONS }), build({ book, out, editions: EDITIONS })])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect(digests(out)).toEqual(first)
  })

  test('but not if the book is another by one letter', () => {
    const copy = join(home, as('changed'))
    cpSync(book, copy, { recursive: true })
    const chapter = readdirSync(copy, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .sort()[0]!
    appendFileSync(join(copy, chapter), '\n\nx\n')
    const changed = octavo(copy, as('changed-out'))
    for (const file of Object.keys(first)) expect(changed[file]).not.toBe(first[file])
  })
})
