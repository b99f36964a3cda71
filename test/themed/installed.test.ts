// Themes that are installed: by name, on pages of another size, in one ink, and as packages of their own.
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { themes } from '../../src/build.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { SIZES } from '../../src/model/sizes.js'
import { loadTheme, type Variant } from '../../src/theme/index.js'
import { textOf, themed } from './helpers.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const made: string[] = []
afterAll(() => {
  for (const each of made) rmSync(each, { recursive: true, force: true, maxRetries: 5 })
})

function folder(files: Record<string, string> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-installed-'))
  made.push(dir)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
  return dir
}

async function load(variant: Variant, files: Record<string, string>, ref = 'look.yaml') {
  const told: Diagnostic[] = []
  const place = { path: 'book.yaml', line: 3 }
  const loaded = await loadTheme(ref, folder(files), (d) => void told.push(d), place, variant)
  return {
    theme: loaded?.theme,
    told: told.map(({ path, line, code, message }) => `${path}:${line} ${code} ${message}`),
  }
}

test('each has a name of its own, and says in a line what it is', async () => {
  const all = await themes()
  const files = readdirSync(join(ROOT, 'assets/themes'))
  expect(all.map(({ name }) => `${name}.yaml`)).toEqual(files.sort())
  for (const { name, about } of all) {
    expect(about, name).toMatch(/^\S.{20,110}\S$/)
    const { theme, told } = await load({}, {}, name)
    expect(told).toEqual([])
    expect(theme!.name).toBe(name)
  }
})

describe('a size', () => {
  test('makes margins follow, and leaves the letters as they are', async () => {
    const { theme: own } = await load({}, {}, 'novel')
    const { theme } = await load({ size: SIZES.get('a5') }, {}, 'novel')
    const { page } = theme!
    expect(page.width).toBeCloseTo((148 * 72) / 25.4)
    expect([page.size, page.leading]).toEqual([own!.page.size, own!.page.leading])
    expect(page.inside / page.width).toBeCloseTo(own!.page.inside / own!.page.width)
    expect(page.lines).not.toBe(own!.page.lines)
    expect(page.top + page.lines * page.leading).toBeLessThan(page.height)
  })

  test('may be drawn by the theme, under any of its names', async () => {
    const look = 'extends: house\nsizes: { 6x9: { size: 12 pt, leading: 15 pt, inside: 20 mm, folio: foot } }'
    for (const name of ['6x9', 'us-trade']) {
      const { theme, told } = await load({ size: SIZES.get(name) }, { 'look.yaml': look })
      expect(told).toEqual([])
      expect(theme!.page).toMatchObject({ width: 432, height: 648, size: 12, leading: 15, folio: 'foot' })
      expect(theme!.page.inside).toBeCloseTo(56.693, 2)
      expect(theme!.page.outside).toBeCloseTo((59.528 * 432) / 419.528, 2)
    }
  })

  test('that is none, or is drawn wrongly, is told at its line', async () => {
    const look = 'extends: house\nsizes:\n  octavo: { lines: 3 }\n  a5: { linse: 3 }\n  a4: { size: 100 }'
    const { told } = await load({}, { 'look.yaml': look })
    expect(told.map((each) => each.replace(/ must be.*/, ''))).toEqual([
      'look.yaml:3 theme-value `octavo` cannot be a name',
      'look.yaml:4 theme-key unknown key `sizes.a5.linse`',
      'look.yaml:5 theme-value `sizes.a4.size`',
    ])
  })
})

test('one ink: what is read is black, what lies behind it gray, and the cover as it was', async () => {
  const look = `extends: house
colours: { ink: '#101010', sand: '#f4e8c8' }
cover: { accent: '#2f4858' }
styles:
  title: { colour: red }
  heading-2: { colour: '#1f4e79' }
  aside: { ground: sand, frame: { weight: 1, colour: red } }
`
  const { theme, told } = await load({ ink: 'mono' }, { 'look.yaml': look })
  expect(told).toEqual([])
  const { styles, colours, cover } = theme!
  expect([styles.title.colour, styles['heading-2'].colour, styles.aside.frame!.colour]).toEqual(['ink', 'ink', 'ink'])
  expect(styles.aside.ground).toBe('#e8e8e8')
  expect(colours).toEqual({ ink: '#101010', red: '#101010', sand: '#e8e8e8' })
  expect(cover.accent).toBe('#2f4858')
})

test('a break that is white shows where it heads a page, and only there', async () => {
  const scene = (lines: number) => Array.from({ length: lines }, (_, i) => `Line ${i + 1}.\n`).join('\n')
  const look = "sceneBreak: { ornament: none, head: '# # #' }\nopening: { kind: none }\n"
  const shown = async (lines: number) => {
    const { pages } = await themed(look, [`# One\n\n${scene(lines)}\n* * *\n\n${scene(3)}`])
    return pages.pages.flatMap(({ items }) => {
      const texts = items.flatMap((each) => (each.kind === 'text' && each.margin === undefined ? [each] : []))
      const head = Math.min(...texts.map(({ y }) => y))
      return texts.filter((each) => textOf(pages, each).includes('#')).map(({ y }) => y === head)
    })
  }
  const found = []
  for (let lines = 18; lines < 30; lines++) found.push(await shown(lines))
  // On some pages, and wherever it is shown it is the first line.
  expect(found.flat()).toContain(true)
  expect(found.flat()).not.toContain(false)
  expect(found.some((each) => each.length === 0)).toBe(true)
})

test('a break stands where its style says, in both outputs', async () => {
  for (const [align, share] of [
    ['left', 0],
    ['right', 1],
  ] as const) {
    const { pages, css } = await themed(`styles: { break: { align: ${align} } }\n`, [
      '# One\n\nText.\n\n* * *\n\nText.\n',
    ])
    const mark = pages.pages.flatMap(({ items }) =>
      items.flatMap((each) => (each.kind === 'text' && textOf(pages, each).includes('*') ? [each] : [])),
    )
    const { inside, outside, width } = (await load({}, {}, 'house')).theme!.page
    const room = width - inside - outside
    expect(mark).toHaveLength(1)
    const from = mark[0]!.x - inside
    if (share === 0) expect(Math.abs(from)).toBeLessThan(0.01)
    else expect(from).toBeGreaterThan(room * 0.9)
    expect(css).toMatch(new RegExp(`hr\\.break \\{[^}]*text-align: ${align};`))
  }
})

describe('a package', () => {
  const octavo = (cwd: string, ...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), ...words], {
      cwd,
      encoding: 'utf8',
    })
    return { status, said: stdout + stderr }
  }
  const bring = (to: string, look?: string) => {
    const dir = join(to, 'node_modules/octavo-theme-my-press')
    cpSync(join(ROOT, 'test/themed/octavo-theme-my-press'), dir, { recursive: true })
    mkdirSync(join(dir, 'faces'))
    const spectral = join(ROOT, 'node_modules/@expo-google-fonts/spectral')
    copyFileSync(join(spectral, '400Regular/Spectral_400Regular.ttf'), join(dir, 'faces/MyPress-Regular.ttf'))
    copyFileSync(
      join(spectral, '400Regular_Italic/Spectral_400Regular_Italic.ttf'),
      join(dir, 'faces/MyPress-Italic.ttf'),
    )
    if (look !== undefined) writeFileSync(join(dir, 'theme.yaml'), look)
  }
  const book = (theme: string) => ({
    'book.yaml': `title: A Book\nlanguage: en\ndate: 2026-01-31\ntheme: ${theme}\nbody: [one.md]\n`,
    'one.md': '# One\n\nText, *slanted*.\n',
  })

  test('is found from the working folder, is listed, and brings its faces', () => {
    const home = folder(Object.fromEntries(Object.entries(book('my-press')).map(([k, v]) => [`work/my-book/${k}`, v])))
    bring(home)
    const { status, said } = octavo(join(home, 'work'), 'build', 'my-book')
    expect({ status, said }).toEqual({ status: 0, said: expect.not.stringContaining('warning') })
    expect(octavo(join(home, 'work'), 'themes').said).toMatch(/^my-press +The books of my press$/m)
  })

  test('may be extended by a book’s own theme, which has its faces then', () => {
    const files = { ...book('look.yaml'), 'look.yaml': 'extends: my-press\nname: look\nopening: { kind: none }\n' }
    const home = folder(Object.fromEntries(Object.entries(files).map(([k, v]) => [`my-book/${k}`, v])))
    bring(home)
    expect(octavo(home, 'build', 'my-book').status).toBe(0)
  })

  test('in the book’s own folder is a stranger’s, and is not taken', () => {
    const home = folder(book('my-press'))
    bring(home)
    const { status, said } = octavo(home, 'build')
    expect(status).toBe(1)
    expect(said).toMatch(/^book\.yaml:4: error theme-not-found: no theme `my-press` is installed$/m)
  })

  test('with a fault in it is told by its name and line', () => {
    const home = folder(Object.fromEntries(Object.entries(book('my-press')).map(([k, v]) => [`my-book/${k}`, v])))
    bring(home, 'extends: house\npage:\n  width: wide\n')
    const { status, said } = octavo(home, 'build', 'my-book')
    expect(status).toBe(1)
    expect(said).toMatch(/^octavo-theme-my-press\/theme\.yaml:3: error theme-value: `page\.width`/m)
    rmSync(join(home, 'node_modules/octavo-theme-my-press/theme.yaml'))
    expect(octavo(home, 'build', 'my-book').said).toMatch(
      /theme-not-found: the package `octavo-theme-my-press` has no theme/,
    )
  })
})

test('the specimen of a theme, installed or a file, is built without a word', () => {
  const home = folder({ 'mine/my-look.yaml': 'extends: house\nname: my-look\n' })
  const octavo = (...words: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), ...words], { cwd: home, encoding: 'utf8' })
  for (const [theme, stem] of [
    ['novel', 'novel'],
    ['mine/my-look.yaml', 'my-look'],
  ] as const) {
    const { status, stdout, stderr } = octavo('themes', 'show', theme, '-o', 'shown')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^shown/${stem}\\.epub .*\\nshown/${stem}\\.pdf .*\\n$`))
  }
  expect(octavo('themes', 'show', 'nobody').stdout).toMatch(/error theme-not-found: no theme `nobody`/)
  expect(octavo('themes', 'novel').stderr).toMatch(/`octavo themes show NAME` builds the specimen of one/)
})
