// The house theme is whole and in measure; a book's own theme can change anything, and each of its faults is told by line.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Diagnostic, inOrder, nearest, toLine } from '../src/diagnostic.js'
import { ROLES, SECTION_ROLES } from '../src/model/role.js'
import { pack } from '../src/theme/compiled.js'
import { contrast, leadIn, loadTheme } from '../src/theme/index.js'
import { hexOf } from '../src/theme/theme.js'
import { parseTree } from '../src/theme/yaml.js'

const made: string[] = []
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true })
})

function folder(files: Record<string, string | Uint8Array>): string {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-theme-'))
  made.push(dir)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), content)
  }
  return dir
}

async function load(ref: string, files: Record<string, string | Uint8Array> = {}) {
  const told: Diagnostic[] = []
  const loaded = await loadTheme(ref, folder(files), (d) => told.push(d))
  const sorted = inOrder(told)
  return { loaded, told: sorted, lines: sorted.map(toLine) }
}

async function house() {
  const { loaded, lines } = await load('house')
  expect(lines).toEqual([])
  return loaded!
}

describe('the house theme', () => {
  test('styles every role and every section', async () => {
    const { theme } = await house()
    expect(Object.keys(theme.styles)).toEqual([...ROLES])
    expect(Object.keys(theme.sections)).toEqual([...SECTION_ROLES])
    for (const style of Object.values(theme.styles)) {
      expect(Object.values(style)).not.toContain(undefined)
      expect(Object.keys(style)).toHaveLength(19)
    }
  })

  test('keeps its page: A5, a measure of 105 to 115 mm, room at the foot for hanging notes and a folio', async () => {
    const { page, notes, styles } = (await house()).theme
    expect(page.width).toBeCloseTo(419.53, 1)
    expect(page.height).toBeCloseTo(595.28, 1)
    const measure = ((page.width - page.inside - page.outside) * 25.4) / 72
    expect(measure).toBeGreaterThanOrEqual(105)
    expect(measure).toBeLessThanOrEqual(115)
    const foot = page.height - page.top - page.lines * page.leading
    expect(foot).toBeGreaterThan(page.outside)
    const hanging = notes.gap + notes.hang * styles.note.leading * page.leading
    expect(hanging).toBeLessThan(page.footDistance)
    expect(foot - page.footDistance).toBeGreaterThan((8 * 72) / 25.4) // printers' safe edge, and a margin below the folio
  })

  test('sets running text on the grid of lines', async () => {
    const { styles } = (await house()).theme
    for (const role of [
      'body',
      'flush',
      'opening',
      'quote',
      'letter',
      'verse',
      'list',
      'definition',
      'epigraph',
      'right',
      'center',
    ] as const) {
      expect(styles[role].size, role).toBe(1)
      expect(styles[role].leading, role).toBe(1)
    }
    for (const role of [
      'heading-2',
      'heading-3',
      'heading-4',
      'heading-5',
      'heading-6',
      'break',
      'quote',
      'list',
      'verse',
    ] as const) {
      const { leading, before, after } = styles[role]
      expect(Number.isInteger(leading + before + after), role).toBe(true)
    }
    for (const role of ROLES.filter((r) => /^(part-)?title$|^heading-|^subtitle$|^author$|^contents-part$/.test(r))) {
      expect(styles[role].keepNext, role).toBe(true)
      expect(styles[role].hyphenate, role).toBe(false)
    }
  })

  test('reads on white, and its colours are few and still seen on black', async () => {
    const { theme } = await house()
    expect(Object.keys(theme.colours)).toEqual(['ink', 'red'])
    expect(new Set(Object.values(theme.styles).map((s) => s.colour))).toEqual(new Set(['ink']))
    expect(contrast(hexOf(theme, 'red'), '#ffffff')).toBeGreaterThan(4.5)
    expect(contrast(hexOf(theme, 'red'), '#000000')).toBeGreaterThan(3)
    expect(contrast(theme.cover.ink, theme.cover.ground)).toBeGreaterThan(7)
    expect(contrast(theme.cover.accent, theme.cover.ground)).toBeGreaterThan(4.5)
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21)
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })

  test('brings its faces, read when asked for and once', async () => {
    const { faces, theme } = await house()
    expect(faces.map((f) => f.key)).toEqual(
      ['text', 'mono', 'wide', 'wider'].flatMap((name) =>
        ['regular', 'italic', 'bold', 'boldItalic'].map((cut) => `${name}/${cut}`),
      ),
    )
    expect(faces[3]).toMatchObject({ family: 'EB Garamond', weight: 700, italic: true })
    const bytes = faces[0]!.bytes()
    expect([...bytes.subarray(0, 4)]).toEqual([0, 1, 0, 0])
    expect(faces[0]!.bytes()).toBe(bytes)
    // What the colophon will say of the designer is what the font says of itself (name table, Windows, id 9).
    expect(Buffer.from(bytes).swap16().toString('utf16le')).toContain(theme.faces['text']!.designer)
  })
})

describe('a theme of the book', () => {
  test('extends the house and overrides anything, deep', async () => {
    const { loaded, lines } = await load('look.yaml', {
      'look.yaml': [
        'extends: house',
        'page: { size: 12, outside: 0.8 in }',
        'defaults: { style: { hyphenate: false } }',
        "colours: { blue: '#003366' }",
        'styles:',
        '  heading-2: { italic: true, caps: none, colour: blue }',
        '  heading-6: { like: heading-2 }',
        'sections: { chapter: { opens: recto } }',
      ].join('\n'),
    })
    expect(lines).toEqual([])
    const theme = loaded!.theme
    const base = (await house()).theme
    expect(theme.page).toEqual({ ...base.page, size: 12, outside: 57.6 })
    expect(theme.styles['heading-2']).toEqual({
      ...base.styles['heading-2'],
      italic: true,
      caps: 'none',
      colour: 'blue',
      hyphenate: false,
    })
    expect(theme.styles['heading-6']).toMatchObject({ italic: true, align: 'center', colour: 'blue' })
    expect(theme.styles.body).toEqual({ ...base.styles.body, hyphenate: false })
    expect(theme.sections.chapter).toEqual({ ...base.sections.chapter, opens: 'recto' })
    expect(theme.colours).toEqual({ ...base.colours, blue: '#003366' })
  })

  test('may lie in a folder and bring its own font from beside itself', async () => {
    const font = (await house()).faces[0]!.bytes()
    const { loaded, lines } = await load('looks/own.yaml', {
      'looks/own.yaml': 'extends: house\nfaces: { text: { family: Own, files: { regular: type/own.ttf } } }',
      'looks/type/own.ttf': font,
    })
    // It takes no cut of the face that it replaces, and is credited as its file says.
    expect(lines).toEqual([
      'looks/own.yaml:2: warning theme-face: `faces.text` has no bold',
      'looks/own.yaml:2: warning theme-face: `faces.text` has no italic',
    ])
    expect(loaded!.faces[0]).toMatchObject({ key: 'text/regular', family: 'Own' })
    expect(loaded!.faces.filter(({ key }) => key.startsWith('text/'))).toHaveLength(1)
    expect(loaded!.theme.faces['text']).toMatchObject({
      designer: 'Georg Duffner and Octavio Pardo',
      licence: 'SIL Open Font License 1.1',
    })
    expect(Buffer.compare(loaded!.faces[0]!.bytes(), font)).toBe(0)
  })

  test('is told all its faults in one go, each with its line and the nearest known name', async () => {
    const { loaded, told, lines } = await load('look.yaml', {
      'look.yaml': [
        'extends: house',
        'pages: {}',
        'page:',
        '  size: 11 ponts',
        '  lines: 32.5',
        'styles:',
        '  body: { indnt: 1 }',
        '  heading-7: {}',
        '  quote: { colour: rde, face: txt }',
        '  aside: { like: qoute }',
        '  verse: { align: middle }',
        '  note: { size: 80 }',
        'defaults: { styles: {} }',
        "colours: { red: 'red' }",
        'notes: three',
      ].join('\n'),
    })
    expect(loaded).toBeUndefined()
    expect(lines).toEqual([
      'look.yaml:2: error theme-key: unknown key `pages`',
      'look.yaml:4: error theme-value: `page.size` must be a length from 4 to 40 points, such as `12 pt` or `18 mm`',
      'look.yaml:5: error theme-value: `page.lines` must be a whole number from 3 to 200',
      'look.yaml:7: error theme-key: unknown key `styles.body.indnt`',
      'look.yaml:8: error theme-key: unknown key `styles.heading-7`',
      'look.yaml:10: error theme-like: `like: qoute` names no style',
      'look.yaml:11: error theme-value: `styles.verse.align` must be `justify` or `left` or `center` or `right`',
      'look.yaml:12: error theme-value: `styles.note.size` must be a number from 0.3 to 8',
      'look.yaml:13: error theme-key: unknown key `defaults.styles`',
      "look.yaml:14: error theme-value: `colours.red` must be a colour such as `'#b3261e'`",
      'look.yaml:15: error theme-value: `notes` must be a map of `hang`, `gap`, `place`, `rule`, `set`, `runIn`, `marks`',
    ])
    expect(told[0]!.hint).toBe('did you mean `page`?')
    expect(told[3]!.hint).toBe('did you mean `indent`?')
  })

  test('is told of names that mean nothing, once the values are right', async () => {
    const { loaded, lines } = await load('look.yaml', {
      'look.yaml':
        'extends: house\nstyles:\n  quote: { colour: rde }\n  verse: { face: txt }\nfallback: [wide, wyde]\ncover: { face: bold }',
    })
    expect(loaded).toBeUndefined()
    expect(lines).toEqual([
      'look.yaml:3: error theme-name: `styles.quote.colour` names no colour: `rde`',
      'look.yaml:4: error theme-name: `styles.verse.face` names no face: `txt`',
      'look.yaml:5: error theme-name: `fallback.1` names no face: `wyde`',
      'look.yaml:6: error theme-name: `cover.face` names no face: `bold`',
    ])
  })

  test('a fault in the defaults is told once, not for every role', async () => {
    const { lines } = await load('look.yaml', {
      'look.yaml': 'extends: house\ndefaults:\n  style:\n    trackin: 1\n    tabular: 3',
    })
    expect(lines).toEqual(
      [
        'look.yaml:4: error theme-key: unknown key `styles.body.trackin`',
        'look.yaml:5: error theme-value: `styles.body.tabular` must be `true` or `false`',
      ].map((line) => line.replace('body', ROLES[0])),
    )
  })

  test('pale text is warned of, and a page without room is refused', async () => {
    const pale = await load('look.yaml', { 'look.yaml': "extends: house\nstyles:\n  caption: { colour: '#999999' }" })
    expect(pale.loaded).toBeDefined()
    expect(pale.lines).toEqual([
      'look.yaml:3: warning theme-contrast: `styles.caption` has a contrast of 2.8 to 1 on white',
    ])
    const narrow = await load('look.yaml', {
      'look.yaml': 'extends: house\npage: { inside: 7 cm, outside: 7 cm, lines: 60 }',
    })
    expect(narrow.lines.map((l) => l.split(': ')[1])).toEqual(['error theme-page', 'error theme-page'])
  })

  test.each([
    ['a tag', 'extends: !!js/function x', 'look.yaml:1: error theme-yaml: the tag'],
    ['a doubled key', 'extends: house\nname: a\nname: b', 'look.yaml:3: error theme-yaml: '],
    ['broken YAML', 'extends: house\npage: { size: 11', 'look.yaml:2: error theme-yaml: '],
    ['no keys at all', '# nothing', 'look.yaml:1: error theme-yaml: the file holds no keys'],
    ['an alias of nothing', 'extends: *what', 'look.yaml:1: error theme-yaml: '],
    ['itself as its parent', 'extends: look.yaml', 'look.yaml:1: error theme-extends: '],
    ['an unknown parent', 'extends: hose', 'look.yaml:1: error theme-not-found: no theme `hose` is installed'],
    ['a circle of likes', 'extends: house\nstyles:\n  quote: { like: letter }', 'look.yaml:3: error theme-like: '],
    [
      'a font that is no font',
      'extends: house\nfaces: { text: { files: { bold: look.yaml } } }',
      'look.yaml:2: error theme-font: ',
    ],
    [
      'a font out of nowhere',
      'extends: house\nfaces: { text: { files: { bold: no/such.ttf } } }',
      'look.yaml:2: error theme-font: ',
    ],
    [
      'a font above the folder',
      'extends: house\nfaces: { text: { files: { bold: ../x.ttf } } }',
      'look.yaml:2: error theme-font: ',
    ],
    [
      'a file of a package that is no font',
      'extends: house\nfaces: { text: { files: { bold: yaml/package.json } } }',
      'look.yaml:2: error theme-font: ',
    ],
  ])('%s is refused', async (_, text, expected) => {
    const { loaded, lines } = await load('look.yaml', { 'look.yaml': text })
    expect(loaded).toBeUndefined()
    expect(lines[0]).toContain(expected)
  })

  test('a bomb of aliases ends soon', async () => {
    const rows = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 12; i++) {
      const [above, here] = ['abcdefghijkl'[i - 1], 'abcdefghijkl'[i]]
      rows.push(`${here}: &${here} [${Array(10).fill(`*${above}`).join(', ')}]`)
    }
    const { loaded, lines } = await load('look.yaml', { 'look.yaml': rows.join('\n') })
    expect(loaded).toBeUndefined()
    expect(lines).toEqual([expect.stringContaining('the YAML has more than 100 aliases')])
  })

  test('nothing outside the book folder is read, not even by a symbolic link', async () => {
    const outside = folder({ 'look.yaml': 'extends: house\n', 'x.ttf': (await house()).faces[0]!.bytes() })
    const inside = folder({ 'own.yaml': 'extends: house\nfaces: { text: { files: { bold: x.ttf } } }' })
    symlinkSync(join(outside, 'look.yaml'), join(inside, 'link.yaml'))
    symlinkSync(join(outside, 'x.ttf'), join(inside, 'x.ttf'))
    for (const [ref, code] of [
      ['link.yaml', 'theme-outside'],
      ['../look.yaml', 'theme-outside'],
      [join(outside, 'look.yaml'), 'theme-outside'],
      ['none.yaml', 'theme-not-found'],
      ['../house', 'theme-outside'],
      ['own.yaml', 'theme-font'],
    ]) {
      const told: Diagnostic[] = []
      expect(await loadTheme(ref!, inside, (d) => told.push(d)), ref).toBeUndefined()
      expect(
        told.map((d) => d.code),
        ref,
      ).toEqual([code])
    }
  })
})

test('the nearest name is near', () => {
  expect(nearest('indnt', ['size', 'indent', 'tint'])).toBe('indent')
  expect(nearest('Colour', ['colour'])).toBe('colour')
  expect(nearest('zzzzzz', ['size', 'indent'])).toBeUndefined()
})

test('a theme packed for the bundle keeps its values and lines', async () => {
  const tree = (await parseTree('a: 1\nb:\n  c: [x, { d: true }]\n', 't.yaml', () => {}))!
  expect(pack(tree)).toEqual([
    1,
    {
      a: [1, 1],
      b: [
        2,
        {
          c: [
            3,
            [
              [3, 'x'],
              [3, { d: [3, true] }],
            ],
          ],
        },
      ],
    },
  ])
  expect(readFileSync('assets/themes/house.yaml', 'utf8')).toContain('name: house')
})

test.each([
  ['Well, Prince, so Genoa', 2, 'Well, Prince,', false],
  ['“Well, Prince, so Genoa', 1, '“Well,', false],
  ['THE WALLS of Stalinism are', 3, 'HE WALLS', true],
  ['“THE WALLS” of Stalinism are', 1, 'HE WALLS”', true],
  ['I HAD a farm', 2, ' HAD', true],
  ['I was', 5, 'I was', false],
  ['A', 2, 'A', false],
  ['Été à la mer', 2, 'Été à', false],
  ['Война и мир', 2, 'Война и', false],
])('the lead-in of %j', (text, words, expected, capitals) => {
  const found = leadIn(text, words)!
  expect(text.slice(found.start, found.end)).toBe(expected)
  expect(found.capitals).toBe(capitals)
})

test('no lead-in without words, or across a note, a picture or a line', () => {
  for (const text of ['', '  ', '\ufffc', '\ufffc Well, Prince', 'Well,\nPrince,', 'Well,\ufffc Prince'])
    expect(leadIn(text, 2), text).toBeUndefined()
  expect(leadIn('Well, Prince', 0)).toBeUndefined()
  expect(leadIn('Well,\ufffc Prince', 1)).toEqual({ start: 0, end: 5, capitals: false })
})

test('says what running heads say, and the marks within text', async () => {
  const { loaded } = await load('look.yaml', {
    'look.yaml': 'extends: house\nheads: { verso: section, joint: " / " }\nmarks: { code: 0.9 }\nsteps: { verse: 2 }',
  })
  expect(loaded?.theme.heads).toEqual({ verso: 'section', recto: 'section', joint: ' / ' })
  expect(loaded?.theme.marks).toMatchObject({ code: 0.9, small: 0.85 })
  expect(loaded?.theme.steps).toEqual({ verse: 2, contents: 1.2 })
})

test('whoever mistakes a word, a colour or a mark is told the next thing to do', async () => {
  const told = async (look: string) => {
    const said: string[] = []
    const over = new Map([['look.yaml', new TextEncoder().encode(`extends: house\n${look}`)]])
    await loadTheme('look.yaml', { dir: undefined, over } as never, (d) =>
      said.push(`${d.line} ${d.message} ${d.hint}`),
    )
    return said
  }
  expect(await told('page: { margins: tschischold }\ncover: { ink: white }')).toEqual([
    expect.stringMatching(/^2 .*did you mean `tschichold`\?$/),
    expect.stringMatching(/^3 `cover.ink` must be a colour .* in quotation marks/),
  ])
  expect(await told('heads: { recto: { center: titel } }')).toEqual([
    '2 `heads.recto.center` names what there is not: `titel` did you mean `{title}`?',
  ])
  expect(await told('opening: { colour: green }')).toEqual([expect.stringMatching(/or add it, `colours: \{ green: /)])
  expect(await told('cover: { ground: #1d3b2a, layout: framed }\nsceneBreak: { ornament: x }')).toEqual([
    "2 a `#` behind a space begins a comment, and leaves the bracket before it open put it into quotation marks, as in `'#b3261e'`",
  ])
})
