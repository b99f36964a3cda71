// The library as a program uses it: options judged by name, books in memory, progress with counts, an end before the end.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BuildOptions, build, check, outline } from '../src/build.js'
import { preview, watch } from '../src/preview.js'
import { publish, verify } from '../src/publish/index.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-library-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const SOURCE = {
  'book.yaml': 'title: A Book\nlanguage: en\ndate: 2026-01-31\ntheme: look.yaml\nbody: [one.md]\n',
  'one.md': '# One\n\nA sentence of the first and only chapter.\n',
  'look.yaml': 'extends: house\n',
}

test.each<[unknown, string, string]>([
  [
    { editions: ['foo'] },
    'no edition `foo`',
    'there are `epub`, `kepub`, `web`, `pdf`, `print`, `booklet`, `cover-wrap`',
  ],
  [{ editions: ['ebub'] }, 'no edition `ebub`', 'did you mean `epub`?'],
  [
    { editions: [] },
    'the list of editions is empty',
    'there are `epub`, `kepub`, `web`, `pdf`, `print`, `booklet`, `cover-wrap`',
  ],
  [{ editions: 'epub' }, 'the option `editions` must be a list of names', 'it is the string `epub`'],
  [{ book: 42 }, 'the option `book` must be the path of a folder or of a Markdown file', 'it is the number `42`'],
  [{ bok: 'x' }, 'there is no option `bok`', 'did you mean `book`?'],
  [{ strict: 'yes' }, 'the option `strict` must be true or false', 'it is the string `yes`'],
  [{ signal: {} }, 'the option `signal` must be an AbortSignal', 'it is an object'],
  [{ source: { 'a.md': 1 } }, 'the option `source` must be a map of texts or bytes, by their paths', 'it is an object'],
  [
    { source: { '../a.md': '' } },
    '`../a.md` is no path in a book folder',
    'write it without dots, parted by `/`: chapters/one.md',
  ],
  ['my-book', 'the options are no object', "write `{ book: 'my-book' }`"],
])('%j is an answer, not a trace', async (options, message, hint) => {
  const { ok, files, diagnostics } = await build(options as BuildOptions)
  expect({ ok, files }).toEqual({ ok: false, files: [] })
  expect(diagnostics).toEqual([{ severity: 'error', code: 'usage', path: '', line: 0, message, hint }])
})

/** Each door, with what it answers beside its findings where nothing is done. */
const DOORS: [string, (options: never) => Promise<{ diagnostics: unknown }>, object][] = [
  ['publish', publish, { ok: false, books: 0, files: 0, size: 0 }],
  ['verify', verify, { ok: false, files: 0 }],
  ['preview', preview, { address: '' }],
  ['watch', watch, {}],
]

test.each(DOORS)('%s judges its options by name too, and does nothing then', async (name, door, rest) => {
  const usage = (message: string, hint: string) => ({
    severity: 'error',
    code: 'usage',
    path: '',
    line: 0,
    message,
    hint,
  })
  const answer = async (options: unknown) => {
    const answered = await door(options as never)
    expect(answered).toMatchObject(rest)
    const { ready, close } = answered as { ready?: Promise<void>; close?: () => Promise<void> }
    await ready
    await close?.()
    return answered.diagnostics
  }
  const built = name === 'watch' ? { built: () => undefined } : {}
  const none: [string, unknown, string, string] = {
    publish: ['out', 7, 'the path of a folder', 'did you mean `out`?'],
    verify: ['site', 7, 'the path of a folder', 'did you mean `site`?'],
    preview: ['port', '80', 'a number from 0 to 65535', 'did you mean `port`?'],
    watch: ['strict', 7, 'true or false', 'did you mean `strict`?'],
  }[name] as never
  const [option, wrong, must, near] = none
  const kind = typeof wrong === 'number' ? 'the number `7`' : 'the string `80`'
  expect(await answer({ ...built, [`${option}e`]: 1 })).toEqual([usage(`there is no option \`${option}e\``, near)])
  expect(await answer({ ...built, [option]: wrong })).toEqual([
    usage(`the option \`${option}\` must be ${must}`, `it is ${kind}`),
  ])
  expect(await answer(42)).toMatchObject([{ code: 'usage', message: 'the options are no object' }])
  expect(await answer(null)).toMatchObject([{ code: 'usage', message: 'the options are no object' }])
})

test('editions that do not exist are none to publish or to watch', async () => {
  for (const { diagnostics } of [
    await publish({ editions: ['foo'] as never }),
    await watch({ editions: ['foo'] as never, built: () => undefined }),
  ])
    expect(diagnostics).toMatchObject([{ code: 'usage', message: 'no edition `foo`' }])
})

test('whoever watches is to be told', async () => {
  for (const options of [undefined, {}, { built: 7 }])
    expect((await watch(options as never)).diagnostics).toMatchObject([{ severity: 'error', code: 'usage' }])
  expect((await watch({} as never)).diagnostics[0]).toMatchObject({
    message: 'the option `built` is missing',
    hint: 'it must be a function',
  })
})

test('`out` is no option of a check', async () => {
  const { ok, diagnostics } = await check({ out: 'x' } as never)
  expect([ok, diagnostics[0]?.message]).toEqual([false, 'there is no option `out`'])
})

test('a book in memory gives the bytes of the same book on the disk', async () => {
  for (const [name, content] of Object.entries(SOURCE)) writeFileSync(join(home, name), content)
  const written = await build({ book: home, out: join(home, 'out') })
  const made = await build({ source: new Map(Object.entries(SOURCE)), out: false })
  expect([written.diagnostics, made.diagnostics]).toEqual([[], []])
  expect(made.files.map(({ edition, path, size, bytes }) => [edition, path, size === bytes?.length])).toEqual([
    ['epub', 'a-book.epub', true],
    ['pdf', 'a-book.pdf', true],
  ])
  for (const { path, bytes } of made.files)
    expect(Buffer.compare(readFileSync(join(home, 'out', path)), bytes!)).toBe(0)
  expect(written.files.every((file) => !('bytes' in file))).toBe(true)
})

test('files in memory lie over a folder’s, and a file of either is a book', async () => {
  for (const [name, content] of Object.entries(SOURCE)) writeFileSync(join(home, name), content)
  const said = async (options: BuildOptions) => (await check({ editions: ['epub'], ...options })).diagnostics
  expect(await said({ book: home, source: { 'one.md': '# One\n\n[dead](two.md)\n' } })).toMatchObject([
    { code: 'dead-link', path: 'one.md', line: 3 },
  ])
  const over = { 'new.md': '---\nlang: en\n---\n\n# New\n\nNot saved yet.\n' }
  const { files } = await build({ book: join(home, 'new.md'), source: over, out: false, editions: ['epub'] })
  expect(files.map((file) => file.path)).toEqual(['new.epub'])
})

test('progress counts what a long stage has done', async () => {
  const chapters = Array.from({ length: 60 }, (_, i) => [
    `${i}.md`,
    `# ${i}\n\n${'Words and more of them. '.repeat(1500)}\n`,
  ])
  const told: [string, number, number][] = []
  const { ok } = await build({
    source: {
      ...Object.fromEntries(chapters),
      'book.yaml': 'title: T\nlanguage: en\ndate: 2026-01-31\nignore: [doubled-word]\nbody: ["*.md"]\n',
    },
    out: false,
    editions: ['pdf'],
    progress: (stage, count) => void (count && told.push([stage, count.done, count.total])),
  })
  expect(ok).toBe(true)
  expect(told.length).toBeGreaterThan(0)
  expect(told.every(([, done, total]) => done > 0 && done <= total)).toBe(true)
  const sections = told.filter(([stage]) => stage === 'typeset')
  expect(sections.map(([, done]) => done)).toEqual(sections.map(([, done]) => done).sort((a, b) => a - b))
})

test('a signal stops a build, before it begins and while it runs, and leaves the folder as it was', async () => {
  const given = new Error('enough')
  await expect(build({ source: SOURCE, out: join(home, 'out'), signal: AbortSignal.abort(given) })).rejects.toBe(given)
  for (const at of ['theme', 'typeset', 'paint', 'write'] as const) {
    const stop = new AbortController()
    const progress: BuildOptions['progress'] = (stage) => void (stage === at && stop.abort(given))
    const made = build({ source: SOURCE, out: join(home, 'out'), editions: ['pdf'], signal: stop.signal, progress })
    if (at === 'write') expect((await made).files).toHaveLength(1)
    else {
      await expect(made, at).rejects.toBe(given)
      expect(readdirSync(home)).toEqual([])
    }
  }
})

test('outline says what a folder is taken for', async () => {
  const { manifest, texts } = await outline({ source: { '2.md': '# B\n', '1.md': '# A\n' } })
  expect(texts).toBe(2)
  expect(manifest).toContain('body:\n  - 1.md\n  - 2.md\n')
  expect((await outline({ source: SOURCE })).manifest).toBeUndefined()
})
