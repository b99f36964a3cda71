// Whatever Markdown and manifests say, reading ends in a sound Book or in diagnostics, and no word of the text is lost.
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { MANIFEST, readFolder, readMarkdown, textOf } from './folder.js'
import { runs } from './runs.js'
import { faultsOf } from './sound.js'

vi.setConfig({ testTimeout: 600_000 })

/** Marks that begin or end something, and what may stand among them. */
const PIECES = [
  ...[
    '*',
    '**',
    '_',
    '__',
    '`',
    '``',
    '~',
    '~~',
    '^',
    '[',
    ']',
    '](',
    '](x.md)',
    '](#x)',
    '{',
    '}',
    '{#x}',
    '{.a}',
    '{lang=fr}',
    '!',
    '![',
    '[^1]',
    '^[',
    '[^1]: ',
  ],
  ...[
    '<',
    '>',
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<div>',
    '</div>',
    '<p>',
    '<br>',
    '<q>',
    '</q>',
    '<a id="y">',
    '</a>',
    '<span lang="de">',
    '</span>',
    '<!--',
    '-->',
    '<table>',
    '<td>',
    '<li>',
    '<ul>',
    '</ul>',
    '<pre>',
    '<dl>',
    '<dt>',
    '<dd>',
    '</dl>',
    '<figure>',
    '<figcaption>',
    '</figure>',
    '<tr>',
    '<th>',
    '</table>',
    '<img src="x" alt="y">',
    '<h3>',
    '</h3>',
    '</pre>',
  ],
  ...[
    '# ',
    '## ',
    '#### ',
    '> ',
    '- ',
    '1. ',
    '    ',
    '```',
    '::: verse',
    '::: note',
    ':::',
    '---',
    '===',
    '| a | b |',
    '|---|---|',
    ': ',
    '~ ',
    '* * *',
    '\\',
    '&amp;',
    '&#xfffc;',
    '&nbsp;',
  ],
  ...[
    '"',
    "'",
    '--',
    '---',
    '...',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\n\n',
    'word',
    'Другое',
    'λόγος',
    'é',
    '😀',
    '中文',
    '\u00a0',
    '\t',
    'https://example.org',
    '<https://example.org>',
    '(',
    ')',
    '.',
    ',',
  ],
]
const markdown = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { maxLength: 60 })
  .map((all) => all.join(''))

describe('any Markdown', () => {
  it('is read into a sound book', async () => {
    await fc.assert(
      fc.asyncProperty(markdown, async (text) => {
        const { book } = await readMarkdown(text)
        expect(faultsOf(book)).toEqual([])
      }),
      runs(600),
    )
  })

  it('is read the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(markdown, async (text) => {
        const [one, two] = [await readMarkdown(text), await readMarkdown(text)]
        expect(two).toEqual(one)
      }),
      runs(60),
    )
  })
})

/** A construct around words that must all come out again. */
const word = fc.integer({ min: 0, max: 1e6 }).map((n) => `w${n.toString(36)}w`)
const inline: fc.Arbitrary<string> = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    word,
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `${a} ${b}`),
    tie('text').map((a) => `*${a}*`),
    tie('text').map((a) => `**${a}**`),
    word.map((a) => `~~${a}~~`),
    tie('text').map((a) => `[${a}]{.smallcaps lang=fr}`),
    tie('text').map((a) => `"${a}"`),
    tie('text').map((a) => `'${a}' -- ${a}...`),
    tie('text').map((a) => `<b>${a}</b>`),
    word.map((a) => `\`${a}\``),
    word.map((a) => `H~${a}~ x^${a}^`),
    tie('text').map((a) => `[${a}](https://example.org/)`),
    word.map((a) => `${a}.^[${a}n]`),
    tie('text').map((a) => `${a}\\\n${a}`),
  ),
})).text
const block: fc.Arbitrary<string> = fc.letrec<{ block: string }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3 },
    inline,
    inline,
    inline.map((a) => `## ${a.replace(/\\?\n/g, ' ')}`),
    tie('block').map((a) => a.replace(/^/gm, '> ')),
    tie('block').map((a) => `- ${a.replace(/\n/g, '\n  ')}\n- ${a.replace(/\n/g, '\n  ')}`),
    tie('block').map((a) => `3. ${a.replace(/\n/g, '\n   ')}`),
    tie('block').map((a) => `::: aside\n${a}\n:::`),
    tie('block').map((a) => `<div>\n\n${a}\n\n</div>`),
    inline.map((a) => `::: verse\n  ${a}\n${a}\n:::`),
    fc.tuple(word, inline).map(([a, b]) => `${a}\n: ${b.replace(/\n/g, '\n  ')}`),
    fc.tuple(word, word).map(([a, b]) => `| ${a} | ${b} |\n|---|--:|\n| ${b} | ${a} |`),
    word.map((a) => `\`\`\`\n${a}\n\`\`\``),
    word.map((a) => `<p>${a} <i>${a}</i></p>`),
    fc.tuple(tie('block'), tie('block')).map(([a, b]) => `${a}\n\n${b}`),
  ),
})).block

describe('the words of a text', () => {
  it('all come out again, in their order', async () => {
    const wordsOf = (text: string) => text.match(/w[0-9a-z]+w/g) ?? []
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 5 }), async (blocks) => {
        const source = `# T\n\n${blocks.join('\n\n<!-- -->\n\n')}\n`
        const { book, section, codes } = await readMarkdown(source)
        expect(codes.filter((code) => code !== 'skipped-heading' && code !== 'empty-section')).toEqual([])
        expect(faultsOf(book)).toEqual([])
        // Notes come after the text that refers to them.
        const notes = (source.match(/\^\[[^\]]*\]/g) ?? []).join(' ')
        const text = source.replace(/\^\[[^\]]*\]/g, '')
        expect(wordsOf(textOf(section))).toEqual(wordsOf(`${text} ${notes}`))
      }),
      runs(400),
    )
  })
})

describe('any manifest', () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(
      'en',
      'a.md',
      '2026-01-01',
      'urn:x:y',
      'a5',
      '3mm',
      'part',
      '../x',
      '\u202e',
      'null',
      '~',
      '"',
      '[',
      '&a',
      '*a',
      '!!x',
      '<b>',
    ),
  )
  const value = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'name',
        'role',
        'sort',
        'file',
        'generate',
        'toc',
        'title',
        'width',
        'height',
        'pdf',
        'print',
        'trim',
        'bleed',
        'x',
      ),
      scalar,
      { maxKeys: 3 },
    ),
  )
  const key = fc.constantFrom(
    ...[
      'title',
      'subtitle',
      'language',
      'authors',
      'contributors',
      'publisher',
      'rights',
      'description',
      'subjects',
      'date',
      'modified',
      'identifier',
      'source',
      'series',
    ],
    ...[
      'slug',
      'cover',
      'theme',
      'editions',
      'front',
      'body',
      'back',
      'generate',
      'smart',
      'certifier',
      'exemption',
      'ignore',
      'tilte',
      'x',
    ],
  )

  it('ends in a sound book or in errors', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 8 }), fc.boolean(), async (entries, raw) => {
        // JSON is YAML; without its quotation marks it may be anything.
        const lines = Object.entries(entries).map(
          ([name, one]) => `${name}: ${raw && typeof one !== 'object' ? String(one) : JSON.stringify(one)}`,
        )
        const { manuscript, said } = await readFolder({
          'book.yaml': `${lines.join('\n')}\n`,
          'a.md': '# A\n\nText.\n',
        })
        for (const one of said) expect(one.message).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/)
        if (manuscript === undefined) expect(said.some((one) => one.severity === 'error')).toBe(true)
        else expect(faultsOf(manuscript.book)).toEqual([])
      }),
      runs(400),
    )
  })

  it('may be any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), async (yaml, text) => {
        const { manuscript } = await readFolder({ 'book.yaml': yaml, 'a.md': text })
        expect(manuscript === undefined || faultsOf(manuscript.book).length === 0).toBe(true)
        const { manuscript: other } = await readFolder({ 'book.yaml': MANIFEST, 'a.md': text })
        expect(faultsOf(other!.book)).toEqual([])
      }),
      runs(100),
    )
  })
})

describe('any image', () => {
  it('is taken or refused', async () => {
    const svg = fc.array(
      fc.constantFrom(
        '<svg viewBox="0 0 1 1">',
        '</svg>',
        '<g>',
        '</g>',
        '<path d="M0 0"/>',
        '<script>',
        '<style>',
        '</style>',
        '&amp;',
        '&x;',
        'onload="x"',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?xml version="1.0"?>',
        '<!DOCTYPE svg>',
        'text',
        '<a href="x">',
        '</a>',
        '"',
        '<',
      ),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          svg.map((all) => new TextEncoder().encode(all.join(''))),
        ),
        async (bytes) => {
          const { manuscript, said } = await readFolder({ 'a.md': '# A\n\n![An image.](a.svg)\n', 'a.svg': bytes })
          expect(faultsOf(manuscript!.book)).toEqual([])
          expect(manuscript!.book.images.size + said.filter((one) => one.severity === 'error').length).toBe(1)
        },
      ),
      runs(300),
    )
  })
})
