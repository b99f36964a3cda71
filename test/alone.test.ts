// The package as it is installed: what `files` names, and the faces that it depends on, in a folder without this project's node_modules.
// Whatever is read from a package that is bundled must be there too.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { JPEG_CMYK } from './pdf/images.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  files: string[]
  dependencies: Record<string, string>
}

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-alone-'))
  const modules = join(home, 'node_modules')
  for (const name of ['package.json', ...own.files.filter((each) => !/[!*]/.test(each))])
    cpSync(join(ROOT, name), join(modules, 'octavo', name), { recursive: true })
  for (const each of own.files.filter((name) => name.endsWith('/*.yaml'))) {
    const folder = dirname(each)
    for (const name of readdirSync(join(ROOT, folder)).filter((one) => one.endsWith('.yaml')))
      cpSync(join(ROOT, folder, name), join(modules, 'octavo', folder, name))
  }
  for (const name of Object.keys(own.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction')
  }
})
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))

function octavo(...words: string[]) {
  const command = join(home, 'node_modules/octavo/dist/cli.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], { cwd: home, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

test('makes the book that it begins, with its drawing', () => {
  expect(octavo('init', 'mine')).toMatchObject({ status: 0 })
  const { status, said } = octavo('build', 'mine', '--edition', 'epub,pdf,print,booklet')
  expect({ status, said }).toEqual({ status: 0, said: expect.not.stringMatching(/error|warning/) })
  expect(readdirSync(join(home, 'out'))).toHaveLength(4)
})

test('reads and writes every kind of picture, a costly drawing on its thread too', () => {
  const book = join(home, 'pictures')
  mkdirSync(book)
  const webp = 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA='
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  writeFileSync(join(book, 'a.webp'), Buffer.from(webp, 'base64'))
  writeFileSync(join(book, 'a.png'), Buffer.from(png, 'base64'))
  // It is priced at more than is drawn in the thread that asks.
  const blur =
    '<filter id="b"><feGaussianBlur stdDeviation="9"/></filter><rect width="400" height="300" filter="url(#b)"/>'
  writeFileSync(join(book, 'a.svg'), `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">${blur}</svg>`)
  const shown = ['a.webp', 'a.png', 'a.svg'].map((name) => `![A picture.](${name})`).join('\n\n')
  writeFileSync(join(book, 'one.md'), `# One\n\nText.\n\n${shown}\n\nText.\n`)
  const head = 'title: 河\nlanguage: el\ndate: 2026-01-31\nignore: [image-resolution, cover-image, glyph-missing]\n'
  writeFileSync(
    join(book, 'book.yaml'),
    `${head}body: [one.md]\ncover: a.png\neditions: { epub: { cover-image: true }, pdf: {} }\n`,
  )
  const { status, said } = octavo('build', 'pictures', '-o', 'drawn')
  expect({ status, said }).toEqual({ status: 0, said: expect.not.stringMatching(/error/) })
  expect(readdirSync(join(home, 'drawn')).sort()).toEqual(['he-cover.jpg', 'he.epub', 'he.pdf'])
})

test('has the engine of inks, its own profile, and what opens pictures of four inks', () => {
  const book = join(home, 'inks')
  mkdirSync(book)
  writeFileSync(join(book, 'a.jpg'), JPEG_CMYK)
  writeFileSync(join(book, 'one.md'), '# One\n\n![A picture.](a.jpg)\n')
  const head = 'title: Inks\nlanguage: en\ndate: 2026-01-31\nignore: [image-resolution]\nbody: [one.md]\n'
  writeFileSync(
    join(book, 'book.yaml'),
    `${head}editions: { epub: {}, print: { colour: cmyk, ink: 150 }, cover-wrap: {} }\n`,
  )
  const { status, said } = octavo('build', 'inks', '-o', 'inked')
  expect({ status, said }).toEqual({ status: 0, said: expect.not.stringMatching(/error|warning/i) })
  expect(readdirSync(join(home, 'inked')).sort()).toEqual(['inks-cover.pdf', 'inks-print.pdf', 'inks.epub'])
})

test('has every theme with its faces, the schemas and the manual', () => {
  expect(octavo('schema', 'theme')).toMatchObject({ status: 0 })
  // In one process: the library is found by its name, too.
  const script = `
    import { check, themes } from 'octavo'
    for (const { name } of await themes()) {
      const book = 'title: T\\nlanguage: en\\ndate: 2026-01-31\\nbody: [a.md]\\ntheme: ' + name
      const { diagnostics } = await check({ source: { 'book.yaml': book, 'a.md': '# A\\n\\n## B\\n\\nText.' } })
      console.log(name, diagnostics.filter(({ severity }) => severity === 'error').length)
    }`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: home,
    encoding: 'utf8',
  })
  const names = readdirSync(join(ROOT, 'assets/themes')).map((name) => name.slice(0, -'.yaml'.length))
  expect({ said: stdout.trim().split('\n').sort(), stderr }).toEqual({
    said: names.map((name) => `${name} 0`).sort(),
    stderr: '',
  })
  expect(octavo('check', join('node_modules', 'octavo', 'docs'))).toEqual({ status: 0, said: 'nothing to say\n' })
})
