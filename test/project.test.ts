// What the project says of itself is so: its commands, its paths, what a fresh clone finds.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { understand } from '../src/cli/arguments.js'
import { manual } from '../src/cli/manual.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const json = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>
  engines: { node: string }
  bin: { octavo: string }
  exports: { '.': { types: string; default: string } }
  files: string[]
}

/** What git tracks; in a copy without git, what git would. */
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)))
const manuals = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
/** Without code, where links are shown and lead nowhere. */
const prose = (path: string) => read(path).replace(/^```[\s\S]*?^```|`[^`\n]+`/gm, '')
const isText = (path: string) => !/\.(png|jpe?g|gif|webp|ttf|otf|pdf|epub|icc)$/i.test(path)
/** Scripts that npm runs by these names without `run`. */
const SHORT = ['test', 'start', 'stop', 'restart']

function commandsIn(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|cit|ci)\b)/g)].map(([, script, word]) => script ?? word!)
}

test('every npm command in the documents is there', () => {
  for (const path of ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', '.ci/run']) {
    const missing = commandsIn(read(path)).filter((name) => name !== 'ci' && name !== 'cit' && !(name in json.scripts))
    expect({ path, missing }).toEqual({ path, missing: [] })
  }
  expect(commandsIn(read('README.md'))).toEqual(expect.arrayContaining(['ci', 'book', 'cit', 'measure', 'bench']))
  expect(SHORT.some((name) => name in json.scripts)).toBe(true)
})

test('every script in package.json finds its file', () => {
  const files = Object.values(json.scripts).flatMap((script) =>
    [...script.matchAll(/\b(scripts\/[\w./-]+)/g)].map(([, path]) => path!),
  )
  expect(files.length).toBeGreaterThan(3)
  expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

test('.ci/run runs the command that the README names for the tests', () => {
  const [, command] = /^(npm cit)\b/m.exec(read('README.md'))!
  expect(read('.ci/run')).toMatch(new RegExp(`^\\s*(?:[^#\\n]*\\s)?${command}\\b`, 'm'))
  expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).not.toBe(0)
})

test('every link and path in the documents leads somewhere', () => {
  for (const path of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...manuals]) {
    const links = [...prose(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target!)
    const named = [...read(path).matchAll(/`((?:assets|test|scripts|\.ci)\/[\w./-]*)`/g)].map(([, target]) => target!)
    const from = (link: string) => join(ROOT, dirname(path), link)
    const lost = [
      ...links.filter((each) => !existsSync(from(each))),
      ...named.filter((each) => !existsSync(join(ROOT, each))),
    ]
    expect({ path, lost }).toEqual({
      path,
      lost: [],
    })
  }
})

test('the README’s synopsis is the manual’s, and the command understands it', () => {
  const lines = read('README.md').match(/^octavo (?:(?:build|check|init|publish|verify|themes) \[|schema ).*$/gm)!
  expect(lines).toHaveLength(7)
  for (const line of lines) expect(manual(undefined)).toContain(`  ${line}\n`)
  expect(understand(['build', 'b', '--out', 'd', '--edition', 'epub,pdf', '--strict', '--json']).command).toBe('build')
  expect(understand(['check', 'b', '--strict', '--json']).command).toBe('check')
  expect(understand(['init', 'd']).command).toBe('init')
  expect(understand(['themes', 'show', 'novel', '-o', 'd'])).toMatchObject({
    command: 'themes',
    show: 'novel',
    out: 'd',
  })
})

test('no machine’s path, no registry’s address and no leftover stands in a tracked file', () => {
  const machine = [`${ROOT}/`, `${homedir()}/`].filter((each) => each.length > 3)
  const found = tracked.filter(isText).flatMap((path) => {
    const text = read(path)
    const lines = text.split('\n')
    const bad = lines.filter(
      (line) => machine.some((each) => line.includes(each)) || /"resolved":\s*"http|^(?:<{7}|>{7}) /.test(line),
    )
    return bad.map((line) => `${path}: ${line.trim().slice(0, 80)}`)
  })
  expect(found).toEqual([])
  expect(read('package-lock.json')).not.toMatch(/https?:\/\/[^"]*registry/)
})

test('nothing large, nothing built and no font is tracked', () => {
  expect(tracked.filter((path) => statSync(join(ROOT, path)).size > 600 * 1024)).toEqual([])
  expect(tracked.filter((path) => /^(dist|out|node_modules)\/|\.(ttf|otf|woff2?)$/.test(path))).toEqual([])
})

test('the package holds all that its README leads to, and names no place that is not there', () => {
  const { files } = json
  const held = (path: string) =>
    /^(?:README\.md|LICENSE|package\.json)$/.test(path) ||
    files.some((each) => each === path || path.startsWith(`${each}/`))
  const pages = ['README.md', ...files.filter((each) => each.endsWith('.md')), ...manuals]
  const dead = pages.flatMap((page) =>
    [...prose(page).matchAll(/\]\((?!https?:)([^)#]+)/g)]
      .map(([, link]) => join(dirname(page), link!).replaceAll('\\', '/'))
      .filter((link) => !held(link))
      .map((link) => `${page}: ${link}`),
  )
  expect(dead).toEqual([])
  expect(held('assets/pages.png') && held('docs/writing.md') && held('assets/starter/book.yaml')).toBe(true)
  expect(files.filter((each) => !each.startsWith('!') && !/\*/.test(each) && !existsSync(join(ROOT, each)))).toEqual([])
  expect(json).not.toHaveProperty('repository')
  // The name is not ours yet: whoever takes it would be run.
  for (const page of pages) expect({ page, npx: /npx octavo/.test(read(page)) }).toEqual({ page, npx: false })
})

test('what the package promises is built', () => {
  for (const path of [json.bin.octavo, json.exports['.'].types, json.exports['.'].default]) {
    expect(existsSync(join(ROOT, path)), `${path}: run \`npm run build\` before the tests`).toBe(true)
  }
  expect(json.engines.node).toBe('>=20.19')
})
