// The manual: it is a book that Octavo builds without a word, its pages are listed where people look for them, and every command in it
// is run by the packaged command, or checked where running makes no sense; the name of each test says which, and why.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { bookOf, examplesOf, KEYWORD } from '../../scripts/examples.js'
import { textOf } from '../../scripts/png.js'
import { build, check } from '../../src/build.js'
import { understand } from '../../src/cli/arguments.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const COMMAND = join(ROOT, 'dist/cli.js')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts

type Entry = string | { file: string }
const manifest = parse(read('docs/book.yaml')) as Record<string, Entry[]>
const listed = ['front', 'body', 'back'].flatMap((matter) =>
  (manifest[matter] ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.file)),
)

test('the manual is a book, and Octavo has nothing to say of it', async () => {
  const { ok, files, diagnostics } = await build({ book: join(ROOT, 'docs'), out: false })
  expect(diagnostics).toEqual([])
  expect(ok).toBe(true)
  expect(files.map(({ path }) => path)).toEqual(['octavo-manual.epub', 'octavo-manual.pdf'])
})

test('every page is listed, in `book.yaml` and in the same order in `README.md`', () => {
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md')
  expect([...listed].sort()).toEqual(pages.sort())
  expect([...read('docs/README.md').matchAll(/^- \[[^\]]+\]\(([\w-]+\.md)\): /gm)].map(([, page]) => page)).toEqual(
    listed,
  )
})

const examples = listed.flatMap((page) => examplesOf(read(`docs/${page}`)).map((example) => ({ page, ...example })))

test('every example has a picture of its own, made of what stands there now: `npm run manual` makes it', () => {
  expect(examples.length).toBeGreaterThan(20)
  const pictures = readdirSync(join(ROOT, 'docs/pictures')).filter((name) => name.endsWith('.png'))
  expect(examples.map(({ picture }) => picture).sort()).toEqual(pictures.sort())
  const old = examples.filter(({ picture, sum }) => {
    return textOf(readFileSync(join(ROOT, 'docs/pictures', picture)), KEYWORD) !== sum
  })
  expect(old.map(({ page, picture }) => `${page}: ${picture}`)).toEqual([])
  const bytes = pictures.map((name) => statSync(join(ROOT, 'docs/pictures', name)).size)
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(3e6)
})

test.each(examples)('the example of $picture in $page is read without a word', async (example) => {
  const { diagnostics } = await check({ source: bookOf(example) })
  expect(diagnostics).toEqual([])
})

/** Programs of others, and those of ours that do more than to make a book: why their commands are not run here. */
const NOT_RUN: Record<string, string> = {
  npm: 'it installs; that its script is there',
  pandoc: 'a program of others',
  curl: 'a program of others; test/preview has the address',
  docker: 'a program of others; test/services.test.ts has it',
  node: 'a Node of its own; test/services.test.ts has it',
}

/** What stands between fences, and the word behind the first of them. */
function blocksOf(page: string): { kind: string; text: string }[] {
  return [...read(page).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
    kind: kind!,
    text: text!,
  }))
}

interface Command {
  words: string[]
  /** Of `octavo`: what follows it. */
  own?: string[]
}

/** The lines of all blocks of `sh`: a backslash at the end goes on, `&&` parts, `#` begins a remark. */
function commandsIn(page: string): Command[] {
  return blocksOf(page).flatMap(({ kind, text }) =>
    (kind === 'sh' ? text : '')
      .replace(/\\\n\s*/g, ' ')
      .split('\n')
      .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split('&&'))
      .map((line) => line.trim().match(/"[^"]*"|'[^']*'|\S+/g) ?? [])
      .filter((words) => words.length > 0)
      .map((all) => {
        const words = all.map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
        if (words[0] === 'octavo') return { words, own: words.slice(1) }
        return words[0] === 'node' && words[1] === 'dist/cli.js' ? { words, own: words.slice(2) } : { words }
      }),
  )
}

/** A queue or a bucket, which is not here. */
const isElsewhere = (word: string) => /^(?:redis|s3):/.test(word)

const pages = ['README.md', 'docs/README.md', ...listed.map((page) => `docs/${page}`)]

describe.each(pages.filter((page) => commandsIn(page).length > 0))('%s', (page) => {
  let home: string
  let here: string
  beforeAll(() => {
    home = here = mkdtempSync(join(tmpdir(), 'octavo-manual-'))
    cpSync(join(ROOT, 'test/manual/here'), home, { recursive: true })
  })
  afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))

  for (const { words, own } of commandsIn(page)) {
    const said = words.join(' ')
    if (own !== undefined && (own[0] === 'preview' || own.includes('--watch') || own.some(isElsewhere)))
      it(`\`${said}\`: goes on until it is ended, or asks another machine; that it is understood`, () => {
        expect(understand(own)).not.toMatchObject({ command: 'wrong' })
      })
    else if (own !== undefined)
      it(`\`${said}\`: is run`, () => {
        const [before, into] = own.includes('>') ? [own.slice(0, own.indexOf('>')), own.at(-1)!] : [own, undefined]
        const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...before], {
          cwd: here,
          encoding: 'utf8',
        })
        if (into !== undefined) writeFileSync(join(here, into), stdout)
        expect({ status, stderr, errors: /: error /.test(stdout) }).toEqual({ status: 0, stderr: '', errors: false })
      })
    else if (words[0] === 'cd' || words[0] === 'mkdir')
      it(`\`${said}\`: is done`, () => {
        const to = join(here, words.at(-1)!)
        if (words[0] === 'mkdir') mkdirSync(to, { recursive: true })
        else expect(readdirSync((here = to))).toBeDefined()
      })
    else
      it(`\`${said}\`: is not run: ${NOT_RUN[words[0]!]}`, () => {
        expect(NOT_RUN).toHaveProperty(words[0]!)
        const script = words[0] === 'npm' && words[1] === 'run' ? words[2]! : words[1]!
        if (words[0] === 'npm') expect(['ci', 'cit', 'pack', 'install', ...Object.keys(scripts)]).toContain(script)
      })
  }
})

test('a command stands in a block of `sh`, where it is run', () => {
  for (const page of pages) {
    const others = blocksOf(page).flatMap(({ kind, text }) =>
      // Not the synopsis, nor a line that says beside it what it does.
      kind === ''
        ? text.split('\n').filter((line) => /^(?:\$ )?(?:octavo|npx|npm) (?!.*(?: {3}|\[| \| ))/.test(line))
        : [],
    )
    expect({ page, others }).toEqual({ page, others: [] })
  }
})

test('a command within a sentence is one that Octavo understands', () => {
  const wrong = pages.flatMap((page) => {
    const prose = read(page).replace(/^```[\s\S]*?^```$/gm, '')
    return [...prose.matchAll(/`octavo ([^`]+)`/g)]
      .map(([, words]) => words!)
      .filter((words) => understand(words.split(/\s+/)).command === 'wrong')
      .map((words) => `${page}: octavo ${words}`)
  })
  expect(wrong).toEqual([])
})
