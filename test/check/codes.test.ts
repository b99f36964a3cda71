// Every code has a folder beside this file: a small book that shows it, and what is said of it (`expected.txt`).
// OCTAVO_REGENERATE=1 writes those files and the table in docs/ anew; look at the difference before you commit it.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { check } from '../../src/build.js'
import { lint } from '../../src/check/index.js'
import { type Diagnostic, inOrder, toLine } from '../../src/diagnostic.js'
import { CODES, type Code } from '../../src/model/codes.js'
import { readBook } from '../../src/read/index.js'

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = join(HERE, '../..')
const REGENERATE = process.env['OCTAVO_REGENERATE'] === '1'

/** Found where no book can show them: on a full disk, by a signal, in the arguments, on a shelf. Their tests are beside their sources. */
const ELSEWHERE = new Set(['output', 'shelf', 'command'])
/** Found only when a file is painted, or by pages that no small book has. */
const PAINTED = new Set(['cover-art', 'cover-lettering', 'missing-profile', 'image-unreadable', 'image-incomplete', 'print-margin', 'line-loose', 'line-overfull'])

/** Those of pictures that take pages to find. */
const SET = new Set(['image-resolution', 'picture-cut'])

const epoch = process.env['SOURCE_DATE_EPOCH']
beforeAll(() => {
  delete process.env['SOURCE_DATE_EPOCH']
})
afterAll(() => {
  if (epoch !== undefined) process.env['SOURCE_DATE_EPOCH'] = epoch
})

async function saidOf(code: Code): Promise<string> {
  const dir = join(HERE, code.code, code.code === 'missing-folder' ? 'nowhere' : '')
  let said: Diagnostic[] = []
  if (code.stage === 'theme' || code.stage === 'pages' || SET.has(code.code)) {
    said = (await check({ book: dir })).diagnostics
  } else {
    const manuscript = await readBook(dir, (one) => said.push(one))
    if (manuscript !== undefined) lint(manuscript.book, (one) => manuscript.ignore.has(one.code) || said.push(one))
  }
  return inOrder(said)
    .map((one) => `${toLine(one)}\n    ${one.hint}\n`.replaceAll(HERE, '.'))
    .join('')
}

const shown = CODES.filter((one) => !ELSEWHERE.has(one.stage) && !PAINTED.has(one.code))

it.each(shown)('$code is shown by its folder', async (code) => {
  const said = await saidOf(code)
  const file = join(HERE, code.code, 'expected.txt')
  if (REGENERATE) {
    mkdirSync(join(HERE, code.code), { recursive: true })
    writeFileSync(file, said)
  }
  expect(said).toBe(readFileSync(file, 'utf8'))
  const severity =
    code.severity === 'both' ? '(?:error|warning)' : code.severity === 'forgivable' ? 'error' : code.severity
  expect(said).toMatch(new RegExp(`: ${severity} ${code.code}: `))
})

it('every folder here is a code', () => {
  const folders = readdirSync(HERE).filter((name) => statSync(join(HERE, name)).isDirectory())
  expect(folders.sort()).toEqual(shown.map((one) => one.code).sort())
})

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((one) => {
    const path = join(dir, one.name)
    return one.isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : []
  })
}

it('the list has every code that the sources report, and no other', () => {
  const files = sources(join(ROOT, 'src')).filter((path) => !path.endsWith('codes.ts'))
  const text = files.map((path) => readFileSync(path, 'utf8')).join('\n')
  const used = new Set<string>()
  // `error(report, 'code', …)`, with anything but a parenthesis before the code; `code: 'code'`.
  for (const found of text.matchAll(/\b(?:error|warning|forgivable|fault)\(\s*(?:[\w.]+\(?[^'"`()]*,\s*)?'([a-z]+(?:-[a-z]+)+)'/g))
    used.add(found[1]!)
  for (const found of text.matchAll(/\bcode: '([a-z]+(?:-[a-z]+)*)'/g)) used.add(found[1]!)
  const known = new Set(CODES.map((one) => one.code))
  expect([...used].filter((code) => !known.has(code) && code !== 'code')).toEqual([])
  expect(CODES.map((one) => one.code).filter((code) => !text.includes(`'${code}'`))).toEqual([])
})

const STAGES: [Code['stage'], string][] = [
  ['manifest', 'The folder and the manifest'],
  ['text', 'The text'],
  ['images', 'Images'],
  ['typography', 'Typography'],
  ['theme', 'Themes'],
  ['pages', 'Pages'],
  ['output', 'Writing the files'],
  ['shelf', 'Shelves and sites'],
  ['command', 'The command'],
]

it('docs/codes.md is the list', () => {
  const lines = [
    '# Codes',
    '',
    'What Octavo says of a book, by code. A warning is silenced by its code under `ignore:` in `book.yaml`; an error is not. Some errors can be forgiven:',
    'under `forgive:` their codes are warnings, and the text stands as well as it can.',
    'This page is made from `src/model/codes.ts`.',
  ]
  for (const [stage, title] of STAGES) {
    lines.push('', `## ${title}`, '', '| code | | meaning | what to do |', '| --- | --- | --- | --- |')
    for (const one of CODES.filter((code) => code.stage === stage)) {
      const severity =
        one.severity === 'both'
          ? 'error or warning'
          : one.severity === 'forgivable'
            ? 'error (can be forgiven)'
            : one.severity
      lines.push(`| \`${one.code}\` | ${severity} | ${one.meaning} | ${one.remedy} |`)
    }
  }
  const page = `${lines.join('\n')}\n`
  const file = join(ROOT, 'docs/codes.md')
  if (REGENERATE) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, page)
  }
  expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(page)
})
