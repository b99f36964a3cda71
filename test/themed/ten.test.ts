// The themes that Octavo brings, each with the specimen, in both outputs: nothing to say of any, and what each promises kept.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getDocumentProxy } from 'unpdf'
import { describe, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { specimen } from '../../src/cli/themes.js'
import { shaperOf } from '../../src/fonts/shape.js'
import { SIZES } from '../../src/model/sizes.js'
import { contrast, type Loaded, loadTheme } from '../../src/theme/index.js'
import { varied } from '../../src/theme/variants.js'
import { openEpub } from '../finished/epub.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const names = readdirSync(join(ROOT, 'assets/themes'))
  .map((file) => file.replace('.yaml', ''))
  .sort()

async function look(name: string): Promise<Loaded> {
  const loaded = await loadTheme(name, { dir: undefined, over: new Map() }, (d) => {
    throw new Error(d.message)
  })
  return loaded!
}

test('there are ten', () => {
  expect(names).toEqual('children drama essay house large-print letter-press manual novel pamphlet poetry'.split(' '))
})

test('on narrow pages a line keeps its letters: the type is smaller, but where its size is what the theme is for', async () => {
  for (const name of names) {
    const { theme } = (await loadTheme(name, { dir: undefined, over: new Map() }, () => undefined))!
    for (const trim of ['a6', 'pocket']) {
      const size = SIZES.get(trim)!
      const { page } = varied(theme, { size })
      const letters = (size.width - page.inside - page.outside) / page.size
      const usual = (theme.page.width - theme.page.inside - theme.page.outside) / theme.page.size
      if (['children', 'large-print', 'poetry'].includes(name))
        expect(page.size, `${name} ${trim}`).toBe(theme.page.size)
      else expect(letters, `${name} ${trim}`).toBeGreaterThan(Math.min(24, usual * 0.8))
    }
  }
})

describe.each(names)('%s', (name) => {
  test('paragraphs of a quotation, a letter, a list, a definition or an aside are told apart: none has space of its own there', async () => {
    const { styles } = (await look(name)).theme
    for (const role of ['quote', 'letter', 'list', 'definition', 'aside'] as const) {
      const isCentred = styles[role].align === 'center'
      if (!isCentred) expect(styles[role].indent, role).toBeGreaterThan(0)
    }
  })

  test('the title page goes down in size: title, subtitle, author, publisher', async () => {
    const { styles } = (await look(name)).theme
    const [title, subtitle, author, house] = (['title', 'subtitle', 'author', 'publisher'] as const).map(
      (part) => styles[`book-${part}`].size,
    )
    expect(title! / subtitle!).toBeGreaterThan(1.5)
    expect(subtitle!).toBeGreaterThan(author!)
    expect(author!).toBeGreaterThanOrEqual(house!)
  })

  test('is built without a word, but for what its faces have not, in both outputs', async () => {
    const { source } = await specimen(name)
    const { ok, diagnostics, files } = await build({ source, out: false, editions: ['epub', 'pdf'] })
    // The specimen shows small capitals, which the faces of these two have not.
    const plain = name === 'children' || name === 'large-print'
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual(
      plain ? [expect.stringMatching(/^theme-face .* has no small capitals, and the text asks for them$/)] : [],
    )
    expect({ ok, files: files.map(({ path }) => path) }).toEqual({ ok: true, files: [`${name}.epub`, `${name}.pdf`] })
    // The EPUB has the theme's own face, and no file that the theme does not name.
    const { theme } = await look(name)
    const { css } = openEpub(files[0]!.bytes!)
    const shown = new Set([...css.matchAll(/@font-face \{\s*font-family: "([^"]+)"/g)].map(([, family]) => family))
    expect(shown).toContain(theme.faces['text']!.family)
    const own = new Set(Object.values(theme.faces).map(({ family }) => family))
    expect([...shown].filter((family) => !own.has(family!))).toEqual([])
  })

  test('has small capitals wherever it asks for them, and figures below the text clear of its notes', async () => {
    const { theme, faces } = await look(name)
    const lacking = Object.entries(theme.styles).filter(([, { face, caps }]) => {
      if (caps !== 'small' && caps !== 'all-small') return false
      const shaper = shaperOf(faces.find(({ key }) => key === `${face}/regular`)!.bytes())
      const drawn = (features: string[]) => String(shaper.shape('abc', features, 'en').ids)
      return drawn(['smcp']) === drawn([])
    })
    expect(lacking.map(([role]) => role)).toEqual([])
    const { page, notes, styles } = theme
    const foot = page.height - page.top - page.lines * page.leading
    const folio = styles.folio.size * page.size
    const hanging = notes.hang === 0 ? 0 : notes.gap + notes.hang * styles.note.leading * page.leading
    expect(hanging).toBeLessThan(page.footDistance - folio * 0.7)
    // Printers take nothing nearer to the edge.
    expect(foot - page.footDistance).toBeGreaterThan((8 * 72) / 25.4)
    expect(page.top - page.headDistance - styles.head.size * page.size).toBeGreaterThan((8 * 72) / 25.4)
  })

  test('has a cover that can be read', async () => {
    const { cover } = (await look(name)).theme
    expect(contrast(cover.ink, cover.ground)).toBeGreaterThan(7)
    expect(contrast(cover.accent, cover.ground)).toBeGreaterThan(4.5)
  })
})

test('large print: nothing below sixteen points, nothing divided, lines from one edge, in a strong cut', async () => {
  const { source } = await specimen('large-print')
  const { files } = await build({ source, out: false, editions: ['pdf'] })
  const pdf = await getDocumentProxy(files[0]!.bytes!.slice())
  const { theme, faces } = await look('large-print')
  expect(theme.page.leading / theme.page.size).toBeGreaterThan(1.4)
  expect(faces.find(({ key }) => key === 'text/regular')!.source).toMatch(/500Medium/)
  const ends: string[] = []
  const sizes: number[] = []
  const rights = new Set<number>()
  // The first page is the cover.
  for (let number = 2; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    for (const item of items) {
      // The sign of a turned line of code is none of the text.
      if (!('str' in item) || /^[\s↪]*$/.test(item.str)) continue
      sizes.push(Math.hypot(item.transform[2], item.transform[3]))
      if (/\p{L}[\u00ad\u2010-]$/u.test(item.str)) ends.push(item.str)
      if (item.str.length > 25) rights.add(Math.round(item.transform[4] + item.width))
    }
  }
  expect(sizes.length).toBeGreaterThan(100)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16)
  expect(ends).toEqual([])
  // Justified lines would end at two places, on the left page and on the right.
  expect(rights.size).toBeGreaterThan(20)
  for (const [role, style] of Object.entries(theme.styles)) {
    expect({ role, hyphenate: style.hyphenate, italic: style.italic }).toEqual({
      role,
      hyphenate: false,
      italic: false,
    })
    if (role !== 'folio' && role !== 'break') expect({ role, align: style.align }).toEqual({ role, align: 'left' })
    expect(style.caps, role).not.toBe('upper')
  }
})

test('heads of columns and captions stand where the text stands, whatever a browser would do', async () => {
  const { source } = await specimen('manual')
  const { files } = await build({ source, out: false, editions: ['epub'] })
  const { css } = openEpub(files[0]!.bytes!)
  for (const selector of ['th', 'figcaption, caption'])
    expect(css).toMatch(new RegExp(`\\n${selector} \\{[^}]*text-align: left;`))
})

test('what is red by day is seen by night: heads, numbers, large letters', async () => {
  const { source } = await specimen('pamphlet')
  const { files } = await build({ source, out: false, editions: ['epub'] })
  const night = [...openEpub(files[0]!.bytes!).files].find(([path]) => path.endsWith('night.css'))!
  const sheet = new TextDecoder().decode(night[1])
  for (const selector of ['.heading-2', '.number', 'p.drop-cap:first-letter'])
    expect(sheet).toContain(`  ${selector} {\n    color: #ff7a6b;\n  }\n`)
})

test('an installation with all faces is no larger than the manual says it may become', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object }
  const parts = ['dist', 'assets', 'docs', ...Object.keys(dependencies).map((name) => `node_modules/${name}`)]
  const sizes = parts.flatMap((part) =>
    readdirSync(join(ROOT, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size),
  )
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6
  expect(megabytes).toBeGreaterThan(60)
  expect(megabytes).toBeLessThan(120)
})

test('the gallery shows each, with its line', async () => {
  const page = readFileSync(join(ROOT, 'docs/themes-gallery.md'), 'utf8')
  for (const name of names) {
    expect(existsSync(join(ROOT, `docs/gallery/${name}.png`)), name).toBe(true)
    expect(page).toMatch(new RegExp(`^## ${name}$`, 'm'))
    expect(page).toMatch(new RegExp(`^!\\[[^\\]]{40,}\\]\\(gallery/${name}\\.png\\)$`, 'm'))
  }
})

test('the specimen shows what a book is made of', () => {
  const files = readdirSync(join(ROOT, 'assets/specimen')).filter((file) => file.endsWith('.md'))
  const text = files.map((file) => readFileSync(join(ROOT, 'assets/specimen', file), 'utf8')).join('\n')
  for (const construct of [
    '[^',
    '::: verse',
    '::: letter',
    '::: aside',
    '```js',
    '| --- |',
    '![',
    '* * *',
    '\n> ',
    '##',
  ])
    expect(text).toContain(construct)
})
