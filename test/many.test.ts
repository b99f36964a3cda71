// A process that builds book after book does not grow: what HarfBuzz, the subsetter and the deflater hold after a few builds, they
// hold after many. `npm run bench -- --many 2000` is the long run.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { build as Build } from '../src/build.js'
import { openFont } from '../src/fonts/harfbuzz.js'
import { sameFont } from '../src/fonts/same-font.js'
import { shaperOf } from '../src/fonts/shape.js'
import { knownFont } from '../src/layout/text/shaped-words.js'
import { loadTheme } from '../src/theme/index.js'

const require = createRequire(import.meta.url)

test('twenty builds in one process hold no more WebAssembly memory than two', () => {
  const words = ['scripts/bench/many.js', 'assets/starter', '20', '--json']
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  expect(stderr).toBe('')
  const looks = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { builds: number; webassembly: number })
  expect(looks.map(({ builds }) => builds)).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
  const [, second, ...others] = looks.map(({ webassembly }) => webassembly)
  expect(second).toBeGreaterThan(2 ** 20)
  expect(others).toEqual(others.map(() => second))
})

test('what a process keeps of other books, it gives to none', async () => {
  // From the sources no theme is kept: there is no tree of it.
  const { build } = (await import(pathToFileURL('dist/index.js').href)) as { build: typeof Build }
  const editions = ['epub', 'kepub', 'web', 'pdf', 'print'] as const
  const text = 'The office, *in fact*, “stood” at the quay: f’ f” (AV To) — Wavy fjord, 1815.'
  const source = (manifest: string, more = '') => ({
    'book.yaml': `title: ${manifest}\nlanguage: en\nbody: [a.md]\n`,
    'a.md': `# One\n\n${`${text} ${more}\n\n`.repeat(6)}\`f' mono\`\n`,
  })
  const books = [
    source('Of quays'),
    source('Of quays\nsize: 6x9', 'Другой язык.'),
    source('Von Kais\ntheme: novel', 'Wörter'),
    source('Of quays\ntheme: house\nink: mono', 'fifty ﬁelds'),
  ]
  const sums = async (own: Record<string, string>) => {
    const { files, diagnostics } = await build({ book: '.', source: own, editions, out: false })
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    return files.map(({ path, bytes }) => `${path} ${createHash('sha256').update(bytes!).digest('hex')}`)
  }
  const first = []
  for (const own of books) first.push(await sums(own))
  const again = []
  for (const own of [...books].reverse()) again.unshift(await sums(own))
  expect(again).toEqual(first)
})

test('every build lets what waits come to its turn: what HarfBuzz left is given back only then', async () => {
  const { build } = (await import(pathToFileURL('dist/index.js').href)) as { build: typeof Build }
  const source = { 'a.md': '# One\n\nText.\n' }
  const turns = []
  for (let i = 0; i < 3; i++) {
    let turned = false
    setImmediate(() => {
      turned = true
    })
    await build({ book: 'a.md', source, out: false })
    turns.push(turned)
  }
  expect(turns).toEqual([true, true, true])
})

test('shaped words are asked for once, and are the same when all were let go', () => {
  const font = knownFont(
    readFileSync(require.resolve('@expo-google-fonts/eb-garamond/400Regular/EBGaramond_400Regular.ttf')),
  )
  const word = () => font.word('“f”', 'kern', 'en', false)
  const one = word()
  expect(word()).toBe(one)
  // Moved apart, and not in a face for code.
  expect(font.word('“f”', 'kern', 'en', true).advances).not.toEqual(one.advances)
  expect(font.word('“f”', 'kern', 'de', false)).not.toBe(one)
  for (let i = 0; i <= 30_000; i++) font.word(String(i), 'kern', 'en', false)
  expect(word()).not.toBe(one)
  expect(word()).toEqual(one)
})

test('a font is opened once, whoever read it; another is another', async () => {
  const { faces } = (await loadTheme('house', '.', () => undefined))!
  const [one, other] = faces
  const read = readFileSync(one!.source as string)
  expect(read).not.toBe(one!.bytes())
  expect(sameFont(read)).toBe(sameFont(one!.bytes()))
  expect(shaperOf(read)).toBe(shaperOf(one!.bytes()))
  expect(openFont(read)).not.toBe(openFont(other!.bytes()))
  const changed = Uint8Array.from(read)
  changed[changed.length - 1]! ^= 1
  expect(openFont(changed)).not.toBe(openFont(read))
})
