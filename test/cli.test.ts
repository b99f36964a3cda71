// The command, word for word: what it prints on which stream, and its exit status. The stages are stood in for.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BuildOptions, BuildResult, Diagnostic } from '../src/build.js'
import { commandTyped, hasColour, run } from '../src/cli/run.js'

const stages = vi.hoisted(() => ({ build: vi.fn(), check: vi.fn(), outline: vi.fn() }))
vi.mock('../src/build.js', () => stages)

const warning: Diagnostic = {
  severity: 'warning',
  code: 'doubled-word',
  path: 'chapters/one.md',
  line: 7,
  message: 'the word `the` stands twice',
  hint: 'take one away',
}
const fault: Diagnostic = {
  severity: 'error',
  code: 'missing-file',
  path: 'book.yaml',
  line: 3,
  message: 'there is no file `two.md`',
  hint: 'did you mean `two.txt`?',
}

let home: string
let here: string
beforeEach(async () => {
  here = process.cwd()
  home = await mkdtemp(join(tmpdir(), 'octavo-cli-'))
  await mkdir(join(home, 'book'))
  process.chdir(home)
  stages.build.mockReset()
  stages.check.mockReset()
  answer({})
})
afterEach(async () => {
  process.chdir(here)
  await rm(home, { recursive: true })
})

function answer(result: Partial<BuildResult>) {
  const whole = { ok: true, diagnostics: [], timings: [], files: [], ...result }
  stages.build.mockResolvedValue(whole)
  stages.check.mockResolvedValue(whole)
}

/** What the two streams got, and the status. */
async function octavo(words: string, live = false) {
  let out = ''
  let err = ''
  const streams = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), live }
  return { status: await run(words === '' ? [] : words.split(' '), streams), out, err }
}

const asked = () => stages.build.mock.calls[0]?.[0] as BuildOptions

test('a build says which files it made, and how to use them', async () => {
  answer({
    files: [
      { edition: 'epub', path: 'out/b.epub', size: 98_765, advice: [] },
      { edition: 'booklet', path: 'out/b-booklet.pdf', size: 1_234_567, advice: ['print on both sides'] },
    ],
  })
  expect(await octavo('build')).toEqual({
    status: 0,
    out: 'out/b.epub  99 kB\nprint on both sides\nout/b-booklet.pdf  1.2 MB\n',
    err: '',
  })
})

test('findings are printed with their place, code and hint; errors mean status 1', async () => {
  answer({ ok: false, diagnostics: [fault, warning] })
  expect(await octavo('build')).toEqual({
    status: 1,
    out: `book.yaml:3: error missing-file: there is no file \`two.md\`
  hint: did you mean \`two.txt\`?
chapters/one.md:7: warning doubled-word: the word \`the\` stands twice
  hint: take one away
1 error, 1 warning; nothing was written
`,
    err: '',
  })
})

test('warnings alone do not fail a build', async () => {
  answer({ diagnostics: [warning, warning] })
  const { status, out } = await octavo('build')
  expect(status).toBe(0)
  expect(out.split('\n').at(-2)).toBe('2 warnings')
})

test('check says so when there is nothing to say', async () => {
  expect(await octavo('check')).toEqual({ status: 0, out: 'nothing to say\n', err: '' })
})

test('JSON is one object a line and nothing else', async () => {
  answer({ diagnostics: [warning], files: [{ edition: 'epub', path: 'out/b.epub', size: 1, advice: ['x'] }] })
  const { out } = await octavo('build --json')
  expect(out).toBe(
    '{"path":"chapters/one.md","line":7,"severity":"warning","code":"doubled-word","message":"the word `the` stands twice","hint":"take one away"}\n',
  )
})

test('nothing in a message reaches the terminal as a command', async () => {
  const nasty = 'a\u001b[2Jb\u202ec\u0007d\u009be\r\nf\u2066g\ud800h'
  answer({ diagnostics: [{ ...warning, message: nasty, path: 'x\u001b.md' }] })
  const shown = 'a\\u{001b}[2Jb\\u{202e}c\\u{0007}d\\u{009b}e\\u{000d}\\u{000a}f\\u{2066}g\\u{d800}h'
  expect((await octavo('check')).out.split('\n')[0]).toBe(`x\\u{001b}.md:7: warning doubled-word: ${shown}`)
  const { out } = await octavo('check --json')
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2066]/)
  expect((JSON.parse(out) as Diagnostic).message).toBe(nasty)
})

test('letters beyond ASCII are printed as they are', async () => {
  answer({ diagnostics: [{ ...warning, message: '“Война” 😀 é' }] })
  expect((await octavo('check')).out).toContain('“Война” 😀 é')
})

test('the options reach the builder', async () => {
  await mkdir('other book')
  const streams = { out: () => undefined, err: () => undefined, live: false }
  await run(
    [
      'build',
      'other book',
      '--out=x',
      '--edition',
      'pdf,epub',
      '--edition',
      'pdf',
      '--strict',
      '--time-limit',
      '2m',
      '--memory-limit',
      '2G',
    ],
    streams,
  )
  expect(asked()).toEqual({
    book: 'other book',
    source: undefined,
    out: 'x',
    editions: ['pdf', 'epub'],
    strict: true,
    limits: { time: 120, memory: 2048 },
    progress: expect.any(Function),
  })
})

test('what is absent has the defaults of the manual', async () => {
  await octavo('build')
  expect(asked()).toEqual({
    book: undefined,
    source: undefined,
    out: 'out',
    editions: undefined,
    strict: false,
    limits: {},
    progress: expect.any(Function),
  })
})

test('progress goes to a terminal only, and is wiped away', async () => {
  stages.build.mockImplementation(async (options: BuildOptions) => {
    options.progress?.('read')
    return { ok: true, diagnostics: [], timings: [], files: [] }
  })
  expect((await octavo('build', true)).err).toBe('\r\u001b[Kreading…\r\u001b[K')
  expect((await octavo('build', false)).err).toBe('')
  expect((await octavo('build --json', true)).err).toBe('')
})

test.each([
  [
    '',
    'no command',
    'say `octavo build`, `octavo check`, `octavo preview` or `octavo init DIR`; `octavo --help` says more',
  ],
  ['bulid', 'no command `bulid`', 'did you mean `octavo build`?'],
  [
    'frobnicate',
    'no command `frobnicate`',
    'to build a book, say `octavo build frobnicate`; the commands are `build`, `check`, `preview`, `init`, `publish`, `worker`, `verify`, `themes` and `schema`',
  ],
  ['build --strcit', '`octavo build` has no option `--strcit`', 'did you mean `--strict`?'],
  ['check --out x', '`octavo check` has no option `--out`', 'see `octavo check --help`'],
  ['--loud build', '`octavo build` has no option `--loud`', 'see `octavo build --help`'],
  ['help biuld', 'no command `biuld`', 'did you mean `octavo help build`?'],
  ['build -x', '`octavo build` has no option `-x`', 'see `octavo build --help`'],
  ['build --out', '`--out` needs a value', 'name a folder: `--out DIR`'],
  ['build --out --strict', '`--out` needs a value', 'name a folder: `--out DIR`'],
  ['build --strict=yes', '`--strict` takes no value', 'write just `--strict`'],
  ['build --edition ebub', 'no edition `ebub`', 'did you mean `epub`?'],
  [
    'build --edition pdf,',
    'no edition ``',
    'there are `epub`, `kepub`, `web`, `pdf`, `print`, `booklet`, `cover-wrap`',
  ],
  ['build book two three', 'too many names: `two`, `three`', '`octavo build` takes one; quote a name that has spaces'],
])('`octavo %s` is wrong use', async (words, message, hint) => {
  expect(await octavo(words)).toEqual({ status: 2, out: '', err: `octavo: ${message}\n  hint: ${hint}\n` })
  expect(stages.build).not.toHaveBeenCalled()
  expect(stages.check).not.toHaveBeenCalled()
})

const nowhere: Diagnostic = {
  severity: 'error',
  code: 'missing-folder',
  path: '',
  line: 0,
  message: 'there is no folder `nowhere`',
  hint: 'name one',
}

test('a book that is nowhere is wrong use', async () => {
  answer({ ok: false, diagnostics: [nowhere] })
  expect(await octavo('build nowhere')).toEqual({
    status: 2,
    out: '',
    err: 'octavo: there is no folder `nowhere`\n  hint: name one\n',
  })
  const { status, out } = await octavo('build nowhere --json')
  expect(status).toBe(2)
  expect(JSON.parse(out)).toEqual({ ...nowhere, code: 'usage' })
})

test('quiet is nothing but errors', async () => {
  answer({ diagnostics: [warning], files: [{ edition: 'epub', path: 'out/b.epub', size: 1, advice: ['x'] }] })
  expect(await octavo('build --quiet', true)).toEqual({ status: 0, out: '', err: '' })
  answer({ ok: false, diagnostics: [fault, warning] })
  expect(await octavo('check -q')).toEqual({
    status: 1,
    out: 'book.yaml:3: error missing-file: there is no file `two.md`\n  hint: did you mean `two.txt`?\n',
    err: '',
  })
})

test('short options, and help as a command', async () => {
  await octavo('build -o elsewhere')
  expect(asked()).toMatchObject({ out: 'elsewhere' })
  for (const command of ['build', 'check', 'preview', 'init'])
    expect((await octavo(`help ${command}`)).out).toBe((await octavo(`${command} --help`)).out)
  expect((await octavo('help')).out).toBe((await octavo('--help')).out)
})

test('standard input is a file of that name', async () => {
  const input = async () => Buffer.from('# T')
  await run(['build', '-'], { out: () => undefined, err: () => undefined, live: false, input })
  expect(asked()).toMatchObject({ book: 'stdin.md', source: { 'stdin.md': Buffer.from('# T') } })
})

test('colour marks the place, the severity and the hint, and changes no word', async () => {
  answer({ ok: false, diagnostics: [fault, warning] })
  let drawn = ''
  await run(['check'], { out: (text) => void (drawn += text), err: () => undefined, live: false, colour: true })
  expect(drawn).toContain('\u001b[1mbook.yaml:3\u001b[0m: \u001b[1;31merror\u001b[0m missing-file: ')
  expect(drawn).toContain('\u001b[33mwarning\u001b[0m doubled-word: ')
  expect(drawn.replace(/\u001b\[[\d;]*m/g, '')).toBe((await octavo('check')).out)
})

test.each<[NodeJS.ProcessEnv, boolean, boolean]>([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
])('with %j, on a terminal: %s, there is colour: %s', (env, terminal, wanted) => {
  expect(hasColour(env, terminal)).toBe(wanted)
})

test.each([
  ['/home/me/octavo/dist/cli.js', '/home/me/octavo', 'node dist/cli.js'],
  ['/home/me/octavo/dist/cli.js', '/home/me/books', 'node /home/me/octavo/dist/cli.js'],
  ['/home/me/my octavo/dist/cli.js', '/home/me/books', "node '/home/me/my octavo/dist/cli.js'"],
  ['/usr/local/bin/octavo', '/home/me', 'octavo'],
  ['/usr/local/lib/node_modules/octavo/dist/cli.js', '/home/me', 'octavo'],
  ['/home/me/b/node_modules/.bin/octavo', '/home/me/b', 'npx octavo'],
  ['/home/me/b/node_modules/.bin/octavo', '/home/me/b/chapters', 'npx octavo'],
  ['/home/me/b/node_modules/octavo/dist/cli.js', '/home/me/b', 'npx octavo'],
  ['/home/me/b/node_modules/.bin/octavo', '/home/me/c', '/home/me/b/node_modules/.bin/octavo'],
  ['/home/me/.npm/_npx/1/node_modules/.bin/octavo', '/home/me', 'node .npm/_npx/1/node_modules/.bin/octavo'],
])('run as %s in %s, it is typed as `%s`', (script, cwd, typed) => {
  const own = (path: string) => path.split('/').join(sep)
  expect(commandTyped(own(script), own(cwd)).replaceAll('\\', '/')).toBe(typed)
})

test.each([
  ['--help'],
  ['-h'],
  ['build --help'],
  ['check nowhere -h'],
  ['init --help'],
  ['preview --help'],
  ['publish -h'],
  ['verify -h'],
  ['help'],
])('`octavo %s` is the manual', async (words) => {
  const { status, out, err } = await octavo(words)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  expect(out).toContain(`octavo ${/^(?!help)\w+/.exec(words)?.[0] ?? 'build [BOOK]'}`)
  expect(out.split('\n').every((line) => line.length <= 110)).toBe(true)
})

test('--version is the version', async () => {
  expect(await octavo('--version')).toEqual({ status: 0, out: '0.0.0-test\n', err: '' })
})

test('init makes a book in a new or empty folder, and overwrites nothing', async () => {
  const first = await octavo('init mine')
  expect(first.status).toBe(0)
  const made = (await readdir('mine', { recursive: true, withFileTypes: true })).filter((each) => each.isFile())
  expect(made.map((each) => each.name)).toContain('book.yaml')
  expect(first.out.trimEnd().split('\n')).toHaveLength(made.length + 1)
  expect(first.out).toMatch(/^mine\/book\.yaml$/m)
  expect(first.out).toMatch(/\nnow: octavo build mine\n$/)

  await writeFile('mine/book.yaml', 'changed')
  expect(await octavo('init mine')).toEqual({
    status: 2,
    out: '',
    err: 'octavo: there is a `book.yaml` in `mine` already\n  hint: change it as you like: `octavo init` overwrites nothing\n',
  })
  expect(await readFile('mine/book.yaml', 'utf8')).toBe('changed')
  await writeFile('file', '')
  expect((await octavo('init file')).err).toBe('octavo: `file` is not a folder\n  hint: name a new folder\n')
  await mkdir('empty')
  expect((await octavo('init empty')).status).toBe(0)
  // What a new repository has.
  await mkdir('repo/.git', { recursive: true })
  await writeFile('repo/README.md', '# Mine')
  expect((await octavo('init repo')).status).toBe(0)
  expect(await readdir('repo')).toEqual(expect.arrayContaining(['README.md', 'book.yaml', 'chapters']))
  stages.outline.mockResolvedValue({ manifest: undefined, texts: 0, diagnostics: [] })
  await mkdir('taken/chapters', { recursive: true })
  expect((await octavo('init taken')).err).toMatch(/^octavo: there is a `chapters` in `taken` already/)
})

test('init without a folder means this one', async () => {
  await rm('book', { recursive: true })
  const { out } = await octavo('init')
  expect(out).toMatch(/^book\.yaml\n/)
  expect(out).toMatch(/\nnow: octavo build\n$/)
})

test('init writes the manifest that was guessed of a folder that holds Markdown', async () => {
  await mkdir('mine')
  await writeFile('mine/one.md', '# One')
  stages.outline.mockResolvedValue({ manifest: 'title: T\n', texts: 1, diagnostics: [] })
  const out = 'mine/.octavo/book.schema.json\nmine/book.yaml\nnow: octavo build mine\n'
  expect(await octavo('init mine')).toEqual({ status: 0, out, err: '' })
  // Editors find the schema that the first line names.
  expect(await readFile('mine/book.yaml', 'utf8')).toBe(
    '# yaml-language-server: $schema=.octavo/book.schema.json\ntitle: T\n',
  )
  expect(JSON.parse(await readFile('mine/.octavo/book.schema.json', 'utf8'))).toHaveProperty('properties.title')
  expect((await octavo('init mine')).status).toBe(2)
})
