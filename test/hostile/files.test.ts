// The folder is the one way to what strangers wrote: what is swapped, linked, locked or no file while a book is read leaks nothing
// from outside, and ends in an answer.
import { spawnSync } from 'node:child_process'
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { receiveLook, sendLook } from '../../src/build/looks.js'
import { build, check } from '../../src/build.js'
import { type Folder, kindOf, namesIn, openFolder, readInside } from '../../src/folder.js'
import { loadTheme } from '../../src/theme/index.js'

/** Set by a test: done before the step of that name, by the path that it is about; or its answer instead. */
const midst = vi.hoisted(() => ({
  beforeOpen: undefined as ((path: string) => void) | undefined,
  afterOpen: undefined as ((path: string) => void) | undefined,
  /** Linux's way to tell where an open file lies is hidden. */
  elsewhere: false,
}))
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const openSync = (path: string, ...rest: [number]) => {
    midst.beforeOpen?.(path)
    const file = fs.openSync(path, ...rest)
    midst.afterOpen?.(path)
    return file
  }
  const readlinkSync = (path: string) => {
    if (midst.elsewhere && path.startsWith('/proc/')) throw Object.assign(new Error('none'), { code: 'ENOENT' })
    return fs.readlinkSync(path)
  }
  return { ...fs, openSync, readlinkSync, default: { ...fs, openSync, readlinkSync } }
})

const SECRET = 'the secret from outside'
let home: string
let book: string
let folder: Folder
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'octavo-files-')))
  book = join(home, 'book')
  mkdirSync(join(book, 'sub'), { recursive: true })
  mkdirSync(join(home, 'other'))
  writeFileSync(join(book, 'book.yaml'), 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n')
  writeFileSync(join(book, 'a.md'), '# A\n\nText.\n')
  writeFileSync(join(book, 'sub/b.md'), '# B\n\nText.\n')
  writeFileSync(join(home, 'secret.md'), `# S\n\n${SECRET}\n`)
  writeFileSync(join(home, 'other/b.md'), `# S\n\n${SECRET}\n`)
  folder = openFolder(book) as Folder
})
afterEach(() => {
  midst.beforeOpen = midst.afterOpen = undefined
  midst.elsewhere = false
  rmSync(home, { recursive: true, force: true })
})

const read = (path: string, limit = 1000) => {
  const found = readInside(folder, path, limit)
  return 'bytes' in found ? Buffer.from(found.bytes).toString() : found.fault
}
/** Once, when the file is about to be opened. */
const onOpening = (work: () => void) => {
  midst.beforeOpen = () => {
    midst.beforeOpen = undefined
    work()
  }
}

describe.each([false, true])('without /proc: %s', (elsewhere) => {
  beforeEach(() => {
    midst.elsewhere = elsewhere
  })

  test('a file swapped for a link that leads outside, between the look and the opening', () => {
    onOpening(() => {
      unlinkSync(join(book, 'a.md'))
      symlinkSync('../secret.md', join(book, 'a.md'))
    })
    expect(read('a.md')).toBe('changed')
    expect(read('a.md')).toBe('outside')
  })

  test('its folder swapped for a link that leads outside', () => {
    onOpening(() => {
      renameSync(join(book, 'sub'), join(book, 'moved'))
      symlinkSync('../other', join(book, 'sub'))
    })
    expect(read('sub/b.md')).toBe('changed')
  })

  test('swapped back before it is proved, it is what was inside, or nothing', () => {
    onOpening(() => {
      renameSync(join(book, 'sub'), join(book, 'moved'))
      symlinkSync('../other', join(book, 'sub'))
    })
    midst.afterOpen = () => {
      midst.afterOpen = undefined
      unlinkSync(join(book, 'sub'))
      renameSync(join(book, 'moved'), join(book, 'sub'))
    }
    expect(read('sub/b.md')).toBe('changed')
  })

  test('links that lead inside are followed, to the folder itself as well', () => {
    symlinkSync('a.md', join(book, 'link.md'))
    symlinkSync('.', join(book, 'here'))
    symlinkSync('../book/sub', join(book, 'there'))
    expect(read('link.md')).toBe('# A\n\nText.\n')
    expect(read('here/a.md')).toBe('# A\n\nText.\n')
    expect(read('here/there/b.md')).toBe('# B\n\nText.\n')
    expect(read('here')).toBe('no-file')
    symlinkSync('../book-twin', join(book, 'twin'))
    mkdirSync(join(home, 'book-twin'))
    writeFileSync(join(home, 'book-twin/a.md'), SECRET)
    expect(read('twin/a.md')).toBe('outside')
    symlinkSync('../../book/a.md', join(book, 'sub/around.md'))
    expect(read('sub/around.md')).toBe('# A\n\nText.\n')
  })
})

test('letters with their accents apart are the same name, as on a Mac, where the disk has one of the two', () => {
  const [one, two] = ['é.md', 'e\u0301.md']
  writeFileSync(join(book, two), 'apart')
  expect(read(one)).toBe('apart')
  expect(kindOf(folder, one)).toBe('file')
  // What a Mac does by itself: both names lead to the one file.
  linkSync(join(book, two), join(book, one))
  expect(namesIn(folder, '').files.filter((name) => name.endsWith('.md'))).toEqual(['a.md', one])
  // Elsewhere they may be two.
  rmSync(join(book, one))
  writeFileSync(join(book, one), 'as one')
  expect([read(one), read(two)]).toEqual(['as one', 'apart'])
  expect(namesIn(folder, '').files.filter((name) => name.endsWith('.md'))).toHaveLength(3)
})

test('a file that grows while it is read is not read for ever; one that goes is read to its end', () => {
  midst.afterOpen = () => writeFileSync(join(book, 'a.md'), 'x'.repeat(5000))
  expect(read('a.md')).toBe('too-large')
  midst.afterOpen = () => unlinkSync(join(book, 'a.md'))
  expect(read('a.md', 6000)).toBe('x'.repeat(5000))
  midst.afterOpen = undefined
  expect(read('a.md')).toBe('missing')
})

test.skipIf(process.platform === 'win32')('what waits for ever when it is opened is no file', () => {
  spawnSync('mkfifo', [join(book, 'pipe.md')])
  expect(read('pipe.md')).toBe('no-file')
  expect(read('sub')).toBe('no-file')
})

test.each(['EACCES', 'EIO', 'EMFILE'])('%s is told as what it is, not as a file that is missing', async (code) => {
  midst.beforeOpen = (path) => {
    if (path.endsWith('a.md')) throw Object.assign(new Error(code), { code })
  }
  const { diagnostics } = await check({ book })
  const [first] = diagnostics
  expect(first).toMatchObject({ path: 'book.yaml', line: 4, code: 'unreadable-file' })
  expect(first!.message).toContain(code === 'EACCES' ? 'may not be read' : code)
})

test('a chapter and a picture swapped during a build: nothing from outside is in any file', async () => {
  writeFileSync(join(book, 'a.md'), '# A\n\n![One](one.svg)\n\nText.\n')
  const svg = (text: string) => `<svg xmlns="http://www.w3.org/2000/svg"><text y="20">${text}</text></svg>`
  writeFileSync(join(book, 'one.svg'), svg('inside'))
  writeFileSync(join(home, 'secret.svg'), svg(SECRET))
  for (const name of ['a.md', 'one.svg']) {
    midst.beforeOpen = (path) => {
      if (!path.endsWith(name)) return
      midst.beforeOpen = undefined
      renameSync(path, `${path}.old`)
      symlinkSync(`../secret${name.slice(-3) === '.md' ? '.md' : '.svg'}`, path)
    }
    const { ok, diagnostics } = await build({ book, out: join(home, 'out') })
    expect(ok).toBe(false)
    expect(diagnostics.map((each) => each.code)).toContain('unreadable-file')
    expect(JSON.stringify(diagnostics)).not.toContain(SECRET)
    unlinkSync(join(book, name))
    renameSync(join(book, `${name}.old`), join(book, name))
  }
})

test('a theme and its face that go or change during a build are what they were when it began', async () => {
  const require = createRequire(import.meta.url)
  const font = readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf'))
  writeFileSync(join(book, 'own.ttf'), font)
  writeFileSync(
    join(book, 'look.yaml'),
    'extends: house\nfaces:\n  text:\n    family: Own\n    files: {regular: own.ttf}\n',
  )
  const look = (await loadTheme('look.yaml', book, () => undefined))!
  writeFileSync(join(book, 'own.ttf'), SECRET)
  unlinkSync(join(book, 'look.yaml'))
  const face = look.faces.find(({ key }) => key === 'text/regular')!
  expect(Buffer.compare(face.bytes(), font)).toBe(0)
  // As it comes to another thread.
  const there = await receiveLook(structuredClone(sendLook(look)))
  expect(there.theme).toEqual(look.theme)
  expect(there.faces.map(({ bytes }) => Buffer.from(bytes()).length)).toEqual(
    look.faces.map(({ bytes }) => bytes().length),
  )
  expect(Buffer.compare(there.faces.find(({ key }) => key === 'text/regular')!.bytes(), font)).toBe(0)
})

test('a broken font is told at its line, and nothing is written', async () => {
  const require = createRequire(import.meta.url)
  const font = readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf'))
  writeFileSync(join(book, 'half.ttf'), font.subarray(0, font.length / 2))
  writeFileSync(
    join(book, 'look.yaml'),
    'extends: house\nfaces:\n  text:\n    family: Own\n    files:\n      regular: half.ttf\n',
  )
  writeFileSync(join(book, 'book.yaml'), 'title: A\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\ntheme: look.yaml\n')
  const { diagnostics, files } = await build({ book, out: join(home, 'out') })
  expect(files).toEqual([])
  expect(diagnostics).toHaveLength(1)
  expect(diagnostics[0]).toMatchObject({ path: 'look.yaml', line: 6, code: 'theme-font' })
  expect(diagnostics[0]!.message).toMatch(/^font file `half\.ttf` is cut short: its table `\w+` runs over its end$/)
})
