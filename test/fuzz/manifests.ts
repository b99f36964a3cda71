// Manifests and themes: right, with texts that try every output's syntax; and wrong in every key.
import fc from 'fast-check'
import { OWN_WORDS, PATHS_OUT, seldom } from './texts.js'

/** One line of text that is somebody's title, name or note. */
const TEXTS = [
  'A Plain Title',
  'Rock & Roll <b>bold</b> "quoted" \'single\' ]]> --> &amp; &lt; <!-- x',
  '😀 Emoji 👩‍👩‍👧 🇩🇪',
  'العنوان',
  '中文書名',
  '(paren\\theses) \\n %d $x $(x) `x` #{x} {{x}}',
  'e\u0301 NFD, ﬁ ligature, ß, İ, \u00ad soft',
  '  spaces   within  ',
  '.hidden',
  '../up/and/away',
  'CON',
  'a/b\\c:d*e?f"g<h>i|j',
  '\u00a0',
  '—',
  '#1: [brackets] {braces}, commas; colons: yes',
  'x'.repeat(900),
  'word '.repeat(150),
  '1984',
  'true',
  'null',
  'l\'été -- \'tis... "so"',
  '\u{10ffff}\u{1f600}\ue000',
  '%PDF-1.7 endobj endstream >> stream',
  '*not* _emphasis_ [link](x)',
]
/** In the manifest these are wrong. */
const DANGEROUS = [
  'a\u0000b',
  '\u001b[31mred\u001b[0m',
  'rtl \u202e override',
  '\u2066isolate',
  'line\nbreak\r\nbreak',
  '\u0085\u009b31m',
  '\ufffe\uffff',
  '\ufffc',
  'tab\there',
  '\u2028separator',
  '',
  ' ',
]
const good = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .map((text) => text.replace(/[\u0000-\u001f\u007f]/g, '') || 'x'),
  },
)
const anyText = fc.oneof(
  { weight: 3, arbitrary: good },
  { weight: 1, arbitrary: fc.constantFrom(...DANGEROUS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
)

const pick = <T>(...all: T[]) => fc.constantFrom(...all)
const person = fc.oneof(good, fc.record({ name: good, sort: good }, { requiredKeys: ['name'] }))
const trim = fc.oneof(
  pick('a5', 'a4', 'letter', 'digest', 'us-trade', 'a6', 'pocket', 'royal'),
  fc.record({
    width: pick('50mm', '90mm', '8.5in', '300pt', '1200mm'),
    height: pick('50mm', '180mm', '11in', '60pc', '1200mm'),
  }),
)
const editions = fc.oneof(
  { weight: 3, arbitrary: pick<unknown>(['epub', 'pdf'], ['pdf', 'epub']) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        epub: pick<unknown>(null, {}, true),
        pdf: fc.record({ trim }, { requiredKeys: [] }),
        print: fc.record(
          {
            trim,
            bleed: pick('0', '3mm', '0.125in', '20mm'),
            marks: fc.boolean(),
            gutter: pick('auto', '0', '5mm', '40mm'),
            cover: fc.boolean(),
            multiple: pick(1, 2, 4, 64),
          },
          { requiredKeys: [] },
        ),
        booklet: fc.record(
          {
            sheet: trim,
            signature: pick<unknown>('auto', 4, 16, 128),
            creep: pick('auto', '0', '3mm'),
            paper: pick('0.1mm', '0', '2mm'),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['epub', 'pdf'] },
    ),
  },
)

/** A right value for each key but those that name files. */
const RIGHT = {
  title: good,
  subtitle: good,
  language: pick(
    'en',
    'en-GB',
    'fr',
    'de-CH',
    'es',
    'it',
    'pt-BR',
    'nl',
    'pl',
    'ru',
    'el',
    'cy',
    'ar',
    'zh-Hant',
    'x-private',
    'tlh',
  ),
  authors: fc.oneof(fc.array(person, { minLength: 1, maxLength: 3 }), good),
  contributors: fc.array(
    fc.record(
      { name: good, role: pick('translator', 'ill', 'editor', 'aut'), sort: good },
      { requiredKeys: ['name', 'role'] },
    ),
    { maxLength: 2 },
  ),
  publisher: good,
  rights: good,
  description: fc.oneof(
    good,
    pick(
      '<p>Simple <i>HTML</i> &amp; more<br></p>',
      '<script>x()</script><p onclick="x()">a',
      '<a href="javascript:x">b</a>',
      '<p><div></p></div>',
    ),
  ),
  subjects: fc.array(good, { maxLength: 3 }),
  date: pick('2026-01-31', '1936-02-29', '0001-01-01', '9999-12-31', '2026', '2026-01'),
  modified: pick('2026-02-01T12:30:00Z', '1999-12-31T23:59:59Z', '2026-01-01T00:00:00+05:30'),
  identifier: pick(
    'urn:isbn:9780306406157',
    'urn:uuid:3f6a1c1e-51b3-5f0e-9d6e-0b8f5f2f6a10',
    'https://example.org/?a=1&b=(2)',
  ),
  source: fc.record(
    {
      title: good,
      identifier: good,
      date: pick('1936', '1936-01'),
      url: pick('https://example.org/a?b&c', 'http://[::1]/'),
      note: good,
    },
    { requiredKeys: ['title'] },
  ),
  series: fc.record({ name: good, position: pick<unknown>(7, '1.5', 0, 'II') }, { requiredKeys: ['name'] }),
  slug: pick('a', 'A.b-c_d', 'console', 'x'.repeat(100), 'null.txt'),
  generate: fc.boolean(),
  smart: fc.boolean(),
  certifier: good,
  exemption: pick('eaa-microenterprise', 'eaa-fundamental-alteration'),
  ignore: pick(['missing-alt'], ['line-loose', 'line-overfull'], []),
  editions,
}

const NAMES = [
  ...Object.keys(RIGHT),
  'theme',
  'cover',
  'front',
  'body',
  'back',
  'tilte',
  'Authors',
  ...OWN_WORDS,
  'é',
  '',
]
const wrong: fc.Arbitrary<unknown> = fc.oneof(
  anyText,
  fc.integer(),
  fc.double(),
  fc.constant(null),
  fc.boolean(),
  fc.array(anyText, { maxLength: 3 }),
  fc.dictionary(
    pick(
      'name',
      'role',
      'sort',
      'file',
      'generate',
      'toc',
      'title',
      'width',
      'pdf',
      'print',
      'trim',
      'x',
      ...OWN_WORDS,
    ),
    fc.oneof(anyText, pick(...OWN_WORDS)),
    { maxKeys: 3 },
  ),
  pick(...PATHS_OUT),
  pick(...OWN_WORDS),
  pick('con', 'nul.txt', 'part', '2026-02-30', 'urn:', 'a5', '3', 'en_GB', '[[[[', '9'.repeat(400), 'a'.repeat(70_000)),
)
/** Not JSON, nor always YAML. */
const RAW = [
  'title: *a',
  'a: &a [*a]',
  'title: !!js/function x',
  '%YAML 1.1',
  '---',
  '...',
  '\ttitle: x',
  'title: |\n  a\n  b',
  'title: >-\n  x\n\n  y',
  '? x',
  '- x',
  'title: "',
  "title: 'a''b",
  '<<: {title: x}',
  'title: x # y',
  'title: a: b',
  '!',
  '}',
  '"title": "\\x41\\u202e\\0"',
  'date: 2026-01-31 00:00:00',
  'title: 0x1F',
  'title: ~',
]

const ROLES = [
  'dedication',
  'epigraph',
  'foreword',
  'preface',
  'introduction',
  'note',
  'part',
  'chapter',
  'appendix',
  'afterword',
  'bibliography',
  'glossary',
  'index',
  'colophon',
]
const entry = (file: string) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<unknown>(file) },
    {
      weight: 2,
      arbitrary: fc.record(
        { file: fc.constant(file), role: pick(...ROLES), title: good, toc: fc.boolean() },
        { requiredKeys: ['file'] },
      ),
    },
  )
/** Where each of the files stands. */
const lists = (files: readonly string[]) =>
  fc
    .tuple(
      fc.tuple(...files.map(entry)),
      fc.array(pick(0, 1, 1, 1, 2), { minLength: files.length, maxLength: files.length }),
      fc.array(pick('half-title', 'title-page', 'imprint', 'contents', 'colophon'), { maxLength: 2 }),
    )
    .map(([entries, where, generated]) => {
      const all: unknown[][] = [[], [], []]
      entries.forEach((one, i) => {
        // The first is in the body, so that there is one.
        all[i === 0 ? 1 : where[i]!]!.push(one)
      })
      if (generated.length > 1) all[0]!.unshift(...[...new Set(generated)].map((generate) => ({ generate })))
      return { front: all[0], body: all[1], back: all[2] }
    })

/** `book.yaml` for these files. */
export const manifest = (files: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.record(RIGHT, { requiredKeys: ['title', 'language', 'date'] }),
      lists(files),
      seldom(3, pick('look.yaml', 'house', 'sub/look.yaml')),
      fc.oneof({ weight: 3, arbitrary: pick('one.png', 'two.jpg', 'five.svg') }, { weight: 1, arbitrary: pick(null) }),
      fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.boolean() }),
    )
    .map(([right, entries, theme, cover, plain]) => {
      // Most books without what is the same in all.
      const keys: Record<string, unknown> = { generate: false, ...right, ...entries }
      if (theme !== null) keys['theme'] = theme
      if (cover !== null) keys['cover'] = cover
      return plain === true ? JSON.stringify(keys) : yaml(keys)
    })

/** Anything that may stand in the place of a manifest. */
export const wrongManifest = (files: readonly string[]): fc.Arbitrary<string | Uint8Array> =>
  fc
    .tuple(
      manifest(files),
      fc.dictionary(pick(...NAMES), wrong, { maxKeys: 3 }),
      fc.array(pick(...RAW), { maxLength: 2 }),
      seldom(12, fc.uint8Array({ maxLength: 40 })),
    )
    .map(([right, keys, raw, bytes]) => {
      const names = Object.keys(keys)
      const kept = right.split('\n').filter((one) => !names.some((name) => one.startsWith(`${name}:`)))
      const text = `${[...kept, yaml(keys), ...raw].join('\n')}\n`
      return bytes === null ? text : new Uint8Array([...bytes, ...new TextEncoder().encode(text)])
    })

function yaml(keys: Record<string, unknown>): string {
  return Object.entries(keys)
    .map(([key, value]) => `${/^[a-z]+$/i.test(key) ? key : JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join('\n')
}

const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((n) => Math.round(n * 1000) / 1000)
const style = fc.record(
  {
    face: pick('text', 'mono', 'wide'),
    size: number(0.3, 8),
    leading: number(0.3, 12),
    weight: pick(400, 700),
    italic: fc.boolean(),
    caps: pick('none', 'small', 'all-small', 'upper'),
    tracking: number(-0.1, 1),
    figures: pick('oldstyle', 'lining'),
    tabular: fc.boolean(),
    colour: pick('ink', 'red', '#777777', '#000000'),
    align: pick('justify', 'left', 'center', 'right'),
    indent: number(-10, 10),
    left: number(0, 20),
    right: number(0, 20),
    before: number(0, 20),
    after: number(0, 20),
    hyphenate: fc.boolean(),
    keepNext: fc.boolean(),
    keepTogether: fc.boolean(),
  },
  { requiredKeys: [] },
)
const STYLED = [
  'body',
  'flush',
  'opening',
  'quote',
  'verse',
  'epigraph',
  'attribution',
  'list',
  'term',
  'definition',
  'aside',
  'right',
  'center',
  'note',
  'code',
  'cell',
  'cell-head',
  'caption',
  'break',
  'title',
  'part-title',
  'heading-2',
  'heading-6',
  'half-title',
  'book-title',
  'contents-chapter',
  'head',
  'folio',
  'colophon',
]
const section = fc.record(
  {
    opens: pick('recto', 'page'),
    sink: number(0, 40),
    heads: fc.boolean(),
    folios: fc.boolean(),
    align: pick('top', 'middle', 'foot'),
  },
  { requiredKeys: [] },
)

/** A theme that is right as far as ranges go; not every one fits its page. */
export const theme: fc.Arbitrary<string> = fc
  .record(
    {
      page: fc.record(
        {
          size: number(6, 16),
          leading: number(7, 24),
          lines: pick(3, 12, 24, 30),
          folio: pick('head', 'foot'),
          width: pick('148 mm', '90 mm', '1000 pt'),
          inside: pick('10 mm', '0 pt', '30 mm'),
        },
        { requiredKeys: [] },
      ),
      styles: fc.dictionary(pick(...STYLED), style, { maxKeys: 4 }),
      sections: fc.dictionary(pick(...ROLES, 'title-page', 'contents'), section, { maxKeys: 3 }),
      notes: fc.record({ hang: number(0, 20), gap: number(0, 100), rule: number(0, 1) }, { requiredKeys: [] }),
      opening: fc.record(
        { kind: pick('none', 'lead-in', 'drop-cap'), words: pick(1, 5, 20), lines: pick(2, 3, 6) },
        { requiredKeys: [] },
      ),
      sceneBreak: fc.record({ ornament: pick('⁂', '* * *', '❦', '中', '&<>"', '\\2042', '\'"', '😀', 'مر') }),
      cover: fc.record(
        { ground: pick('#000000', '#f2e9d8'), ink: pick('#ffffff', '#1c1815'), face: pick('text', 'mono') },
        { requiredKeys: [] },
      ),
      fallback: pick(['wide'], [], ['mono', 'wide', 'wider']),
    },
    { requiredKeys: [] },
  )
  .map((keys) => `extends: house\n${yaml(keys)}\n`)

export const wrongTheme: fc.Arbitrary<string> = fc
  .tuple(
    theme,
    fc.dictionary(
      pick(
        'page',
        'styles',
        'sections',
        'faces',
        'colours',
        'cover',
        'notes',
        'extends',
        'name',
        'fallback',
        'pgae',
        ...OWN_WORDS,
      ),
      wrong,
      { maxKeys: 2 },
    ),
    fc.option(
      pick(
        ...PATHS_OUT,
        '/etc/passwd',
        '../secret.ttf',
        'font.ttf',
        './one.png',
        'link.ttf',
        '@expo-google-fonts/../x.ttf',
        'yaml/package.json',
      ),
      { freq: 2 },
    ),
    fc.array(pick(...RAW), { maxLength: 1 }),
  )
  .map(([right, keys, font, raw]) => {
    const names = Object.keys(keys)
    const kept = right.split('\n').filter((one) => !names.some((name) => one.startsWith(`${name}:`)))
    const faces = font === null ? '' : `faces: {text: {family: X, files: {regular: ${JSON.stringify(font)}}}}\n`
    return `${kept.join('\n')}${yaml(keys)}\n${faces}${raw.join('\n')}\n`
  })
