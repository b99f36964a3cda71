// The packaged command as a shell sees it: what it writes and says, its exit status, and what it leaves behind when it is stopped.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Diagnostic } from '../src/diagnostic.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const COMMAND = join(ROOT, 'dist/cli.js')

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-command-'))
  mkdirSync(join(home, 'book'))
  manifest('title: A Book\nlanguage: en\ndate: 2026-01-31\nbody: [one.md]\n')
  writeFileSync(join(home, 'book/one.md'), '# One\n\nA sentence of the first and only chapter.\n')
})
afterEach(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))

function manifest(text: string) {
  writeFileSync(join(home, 'book/book.yaml'), text)
}

function octavo(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], { cwd: home, encoding: 'utf8' })
  return { status, out: stdout, err: stderr }
}

const out = () => (existsSync(join(home, 'out')) ? readdirSync(join(home, 'out')).sort() : undefined)
const content = () =>
  Object.fromEntries((out() ?? []).map((name) => [name, readFileSync(join(home, 'out', name), 'latin1')]))

describe('build', () => {
  test('writes the manifest’s editions under the slug, and says so', () => {
    const { status, out: said, err } = octavo('build')
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(said).toMatch(/^out\/a-book\.epub {2}\d+ kB\nout\/a-book\.pdf {2}\d+ kB\n$/)
    expect(out()).toEqual(['a-book.epub', 'a-book.pdf'])
    expect(content()['a-book.epub']).toMatch(/^PK/)
    expect(content()['a-book.pdf']).toMatch(/^%PDF-1\.7/)
  })

  test('writes what is asked for, whatever the manifest says, and tells how to print a booklet first', () => {
    const { status, out: said } = octavo('build', '--edition', 'booklet,print', '--out', 'elsewhere')
    expect(status).toBe(0)
    expect(readdirSync(join(home, 'elsewhere')).sort()).toEqual(['a-book-booklet.pdf', 'a-book-print.pdf'])
    expect(said).toMatch(/flip on the short edge, scale 100 %/)
    expect(out()).toBeUndefined()
  })

  test('of a book with errors prints them all, and leaves what was there', () => {
    octavo('build')
    const before = content()
    manifest('title: A Book\nlanguage: en\ndate: 2026-01-31\nbody: [one.md, two.md]\nsubtitel: x\n')
    const { status, out: said, err } = octavo('build')
    expect({ status, err }).toEqual({ status: 1, err: '' })
    expect(said).toMatch(/^book\.yaml:4: error [a-z-]+: .*`two\.md`/m)
    expect(said).toMatch(/^book\.yaml:5: error [a-z-]+: .*`subtitel`/m)
    expect(said).toMatch(/^ {2}hint: .*`subtitle`/m)
    expect(said).toMatch(/2 errors; nothing was written\n$/)
    expect(content()).toEqual(before)
    const lines = octavo('build', '--json').out.trimEnd().split('\n')
    const objects = lines.map((line) => JSON.parse(line) as Diagnostic)
    expect(objects.map(({ path, line, severity }) => [path, line, severity])).toEqual([
      ['book.yaml', 4, 'error'],
      ['book.yaml', 5, 'error'],
    ])
    expect(Object.keys(objects[0]!)).toEqual(['path', 'line', 'severity', 'code', 'message', 'hint'])
  })

  test('warnings are errors with --strict only, and a warning that the manifest silences is neither', () => {
    manifest('title: A Book\nbody: [one.md]\ndate: 2026-01-31\n')
    const { status, out: said } = octavo('build')
    expect(status).toBe(0)
    const [, code] = /^book\.yaml.*: warning ([a-z-]+): /m.exec(said)!
    const strict = octavo('build', '--strict')
    expect(strict.status).toBe(1)
    expect(strict.out).toContain(`error ${code}:`)
    manifest(`title: A Book\nbody: [one.md]\ndate: 2026-01-31\nignore: [${code}]\n`)
    expect(octavo('build', '--strict').status).toBe(0)
  })
})

describe('check', () => {
  test('writes nothing', () => {
    expect(octavo('check')).toEqual({ status: 0, out: 'nothing to say\n', err: '' })
    expect(readdirSync(home)).toEqual(['book'])
  })

  test('says of the text what the build says, and the other way round', () => {
    manifest('title: A Book\nlanguage: en\ndate: 2026-01-31\nbody: [one.md]\neditions: [epub, pdf, print]\n')
    cpSync(join(ROOT, 'test/check/image-resolution/dot.png'), join(home, 'book/dot.png'))
    const text = '# One\n\nA sentence of the the first chapter.\n\n![A grey square.](dot.png){width=100%}\n'
    writeFileSync(join(home, 'book/one.md'), text)
    const { status, out: said } = octavo('check', '--json')
    expect(status).toBe(0)
    const codes = said
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Diagnostic).code)
    // What is seen by reading, and what only a painter sees.
    expect(codes).toEqual(expect.arrayContaining(['doubled-word', 'image-resolution']))
    expect(octavo('build', '--json').out).toBe(said)
    expect(octavo('check', '--strict').status).toBe(1)
    expect(octavo('build', '--strict', '--out', 'strict').status).toBe(1)
    expect(existsSync(join(home, 'strict'))).toBe(false)
    expect(octavo('check', '--json', '--edition', 'epub').out).not.toContain('image-resolution')
  })
})

test('init makes a book that builds and has nothing to say', () => {
  expect(octavo('init', 'new book').status).toBe(0)
  expect(octavo('check', 'new book', '--strict')).toMatchObject({ status: 0, out: 'nothing to say\n' })
  expect(octavo('build', 'new book', '--strict').status).toBe(0)
})

test('wrong use says what is wrong, on the error stream', () => {
  expect(octavo('build', 'nowhere')).toEqual({
    status: 2,
    out: '',
    err: 'octavo: there is no folder `nowhere`\n  hint: name the folder of a book, or a Markdown file; or begin one with `octavo init DIR`\n',
  })
})

test('the version is the package’s', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  expect(octavo('--version').out).toBe(`${version}\n`)
})

test('the library builds without a word', () => {
  const script = `import { build } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)}
    const { ok, files } = await build({ book: 'book', editions: ['epub'] })
    if (!ok || files[0].path !== 'out/a-book.epub') process.exit(9)
    // Packages that would hear of the process's faults keep them from whoever uses the library.
    if (process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection') > 0) process.exit(8)`
  const words = ['--input-type=module', '-e', script]
  expect(execFileSync(process.execPath, words, { cwd: home, encoding: 'utf8' })).toBe('')
  expect(out()).toEqual(['a-book.epub'])
})

test('without its compilation, or with another Node’s, the bundle makes the same files', () => {
  octavo('build')
  const first = content()
  const copy = join(home, 'package')
  for (const part of ['dist', 'assets', 'package.json']) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  const words = [join(copy, 'dist/cli.js'), 'build']
  // It finds its packages as the original does.
  for (const name of ['@expo-google-fonts', 'dejavu-fonts-ttf'])
    cpSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name), { recursive: true })
  for (const spoil of [
    () => writeFileSync(join(copy, 'dist/bundle/octavo.cache'), 'x'),
    () => rmSync(join(copy, 'dist/bundle/octavo.cache')),
  ]) {
    spoil()
    rmSync(join(home, 'out'), { recursive: true })
    expect(spawnSync(process.execPath, words, { cwd: home, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
    expect(content()).toEqual(first)
  }
})

describe.skipIf(process.platform === 'win32')('where something stops it', () => {
  test('no room is an answer, and changes nothing', () => {
    octavo('build', '--edition', 'epub')
    const before = content()
    // A limit on the size of files, in blocks, fails as a full disk does.
    const { status, stdout } = spawnSync('sh', ['-c', `ulimit -f 8; "${process.execPath}" "${COMMAND}" build`], {
      cwd: home,
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stdout).toContain('octavo: error output-full: no room to write in `out`')
    expect(content()).toEqual(before)
  })

  test('no room for a new book leaves nothing of it', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `ulimit -f 0; "${process.execPath}" "${COMMAND}" init new`], {
      cwd: home,
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stderr).toContain('octavo: no room to write in `new`')
    expect(existsSync(join(home, 'new'))).toBe(false)
  })

  test('a reader that goes away is no fault', () => {
    const { stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${COMMAND}" --help | head -n 1`], {
      encoding: 'utf8',
    })
    expect(stdout).toMatch(/^A folder of Markdown in/)
    expect(stderr).toBe('')
  })

  test.skipIf(!existsSync('/dev/full'))('a full device to print on is an answer', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${COMMAND}" check > /dev/full`], {
      cwd: home,
      encoding: 'utf8',
    })
    expect(stderr).toBe('octavo: could not print what there is to say (ENOSPC)\n')
    expect(status).toBe(1)
  })

  test('a working folder that was deleted is an answer', () => {
    const inNowhere = (words: string) =>
      spawnSync('sh', ['-c', `mkdir gone; cd gone; rmdir ../gone; "${process.execPath}" "${COMMAND}" ${words}`], {
        cwd: home,
        encoding: 'utf8',
      })
    expect(inNowhere('build')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no book here'),
    })
    const built = inNowhere(`build "${join(home, 'book')}"`)
    expect(built).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('error output-failed') })
    expect(inNowhere('init new').stderr).toContain('could not write in `new`')
    expect(inNowhere(`build "${join(home, 'book')}" --out "${join(home, 'out')}"`).status).toBe(0)
    expect(out()).toEqual(['a-book.epub', 'a-book.pdf'])
  })

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    '%s leaves whole files or none, and the next build no litter',
    async (signal) => {
      octavo('build')
      const before = content()
      for (let attempt = 0; attempt < 4; attempt++) {
        const child = spawn(process.execPath, [COMMAND, 'build'], { cwd: home, stdio: 'ignore' })
        const ended = new Promise<void>((done) => child.on('exit', () => done()))
        // In the midst of writing, if we are quick enough to see it.
        const watch = setInterval(() => {
          if (out()?.some((name) => name.startsWith('.octavo-'))) child.kill(signal)
        }, 1)
        await ended
        clearInterval(watch)
        const { ...all } = content()
        for (const name of Object.keys(all)) if (name.startsWith('.octavo-')) delete all[name]
        expect(all).toEqual(before)
        if (signal !== 'SIGKILL') expect(out()).toEqual(['a-book.epub', 'a-book.pdf'])
      }
      expect(octavo('build').status).toBe(0)
      expect(out()).toEqual(['a-book.epub', 'a-book.pdf'])
    },
  )
})
