// Markdown: sound, with words that must come out again, and broken, of pieces that begin and end things.
import fc from 'fast-check'

/** Marks that words carry so that they are found again: see wordsIn. */
const number = fc.integer({ min: 1, max: 99_999_999 })
/** Must come out. */
export const word = number.map((n) => `kw${n}wk`)
/** Stands among pieces. */
const looseWord = number.map((n) => `ks${n}sk`)

export const wordsIn = (text: string): string[] => text.match(/kw\d+wk/g) ?? []
export const looseIn = (text: string): string[] => text.match(/ks\d+sk/g) ?? []

/** Names of the images and other files that every book may have beside its texts. */
export const IMAGES = [
  'one.png',
  'two.jpg',
  'three.gif',
  'four.webp',
  'five.svg',
  'six.png',
  'img/seven.svg',
  'eight.tif',
]
export const PATHS_OUT = [
  '../secret.md',
  '../../secret.md',
  '/etc/passwd',
  'file:///etc/passwd',
  '../secret.svg',
  '../secret.png',
  '%2e%2e/secret.png',
  '..%2fsecret.svg',
  '..\\secret.md',
  'link.png',
  'link.svg',
  'linked/secret.md',
  'linked/secret.png',
  'link.md',
  'link.yaml',
  'a/../../secret.md',
  '../book-twin/secret.md',
  './/../secret.md',
  'c:/secret.md',
  '~/secret.md',
  '//host/secret.png',
  'https://example.org/secret.png',
  'data:image/png;base64,AAAA',
  'secret.png\u0000.png',
]

/** Names that JavaScript's own objects have: to a reader of books they are words like any other. */
export const OWN_WORDS = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'prototype']

/** What no rule of writing expects: scripts, signs, spaces, very long words. */
const STRANGE = [
  'Другое',
  'λόγος',
  'naïve',
  'Å\u030a',
  'مرحبا',
  'שלום',
  '中文字',
  'हिन्दी',
  '😀',
  '👩‍👩‍👧',
  '\u00a0',
  '\u200b',
  '\u00ad',
  'a\u200db',
  '\u2028',
  '\ufeff',
  '\u0301',
  'ﬁn',
  '𝔘nicode',
  '\u{10ffff}',
  '\ue000',
  'ABCDEFGHIJ'.repeat(40),
  'supercalifragilistic-'.repeat(12),
  '–—―…„“”‚‘’«»‹›',
  '€ ¥ § ¶ † ‡',
  "'tis 'n' o'clock 5'10\" \"'a'\"",
  'wait... -- no --- yes',
  '1/2 3x4 (c) 10-20',
  '&amp;&lt;&copy;&#x41;&nbsp;&bogus;&#0;&#xD800;',
  '\u202eabc\u202c',
  '\u2067x\u2069',
]
/** Now and then, once in so many. */
export const seldom = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

export const strange = fc.oneof(
  fc.constantFrom(...STRANGE),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map(harmless),
)

/** Without what Markdown, or a rule of books, would take for something: those come as pieces. */
function harmless(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\ufffc\ufffe\uffff\ud800-\udfff[\]{}<>`*_~^!:|\\#&+=-]/g, '')
}

const plain = fc.oneof(
  { weight: 8, arbitrary: word },
  { weight: 1, arbitrary: strange },
  { weight: 3, arbitrary: fc.constantFrom('the', 'of a', 'letter,', 'evening;', 'extraordinary', 'I', 'was it?', '—') },
)

const LANGUAGES = ['fr', 'de', 'es', 'it', 'pt', 'nl', 'pl', 'ru', 'el', 'en-US', 'ar', 'zh', 'cy']

/** Inline Markdown; `word`s in it are shown. */
export const line: fc.Arbitrary<string> = fc.letrec<{ text: string }>((tie) => {
  const text = tie('text')
  return {
    text: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 4, arbitrary: plain },
      { weight: 4, arbitrary: fc.tuple(text, text).map(([a, b]) => `${a} ${b}`) },
      { weight: 1, arbitrary: text.map((a) => `${a}\n${a}`) },
      text.map((a) => `*${a}*`),
      text.map((a) => `**${a}**`),
      text.map((a) => (a.includes('~') ? a : `~~${a}~~`)),
      text.map((a) => `"${a}"`),
      text.map((a) => `'${a}' -- ${a}...`),
      text.map((a) => `<b>${a}</b><i>${a}</i><kbd>${a}</kbd>`),
      text.map((a) => `<span lang="fr">${a}</span> <q>${a}</q>`),
      fc
        .tuple(fc.constantFrom('smallcaps', 'underline', 'mark', 'small', 'kbd', 'cite', 'own'), text)
        .map(([c, a]) => `[${a}]{.${c}}`),
      fc.tuple(fc.constantFrom(...LANGUAGES), text).map(([l, a]) => `[${a}]{lang=${l}}`),
      word.map((a) => `\`${a}  "x" \\ <b> &amp;\``),
      word.map((a) => `H~${a}~ x^${a}^`),
      word.map((a) => `[${a}](https://example.org/?a=1&b=(2)#${a})`),
      word.map((a) => `[${a}](#own-id){.page} [](#own-id) [${a}](b.md)`),
      word.map((a) => `<https://example.org/${a}> <a@example.org>`),
      word.map((a) => `${a}.^[${a} *note* \`code\`]`),
      word.map((a) => `${a}[^n]`),
      text.map((a) => `${a}\\\n${a}  \n${a}`),
      fc.tuple(fc.constantFrom(...IMAGES), strange).map(([path, a]) => `![${a} alt](${path})`),
    ),
  }
}).text

const short = line.map((a) => a.replace(/\\?\n/g, ' '))
const indented = (text: string, by: string) => text.replace(/\n/g, `\n${by}`)

/** Blocks of Markdown; `word`s in them are shown. */
const block: fc.Arbitrary<string> = fc.letrec<{ block: string }>((tie) => {
  const inner = tie('block')
  return {
    block: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 6, arbitrary: line },
      fc.tuple(fc.integer({ min: 2, max: 6 }), short).map(([n, a]) => `${'#'.repeat(n)} ${a}`),
      inner.map((a) => a.replace(/^/gm, '> ')),
      fc.tuple(inner, inner).map(([a, b]) => `- ${indented(a, '  ')}\n- ${indented(b, '  ')}`),
      fc.tuple(fc.integer({ min: 0, max: 999_999_999 }), inner).map(([n, a]) => {
        const marker = `${n}. `
        return `${marker}${indented(a, ' '.repeat(marker.length))}`
      }),
      fc
        .tuple(fc.constantFrom('aside', 'note', 'letter', 'epigraph', 'quote', 'right', 'tip Title', '{.own}'), inner)
        .map(([name, a]) => `::::: ${name}\n${a}\n:::::`),
      inner.map((a) => `<div class="aside">\n\n${a}\n\n</div>`),
      fc.tuple(line, short).map(([a, b]) => `::: verse\n  ${a}\n${b}\n\n      ${b}\n\n— ${b}\n:::`),
      inner.map((a) => `::: letter\n::: right\nKitchen\n:::\n\n${a}\n:::`),
      fc.tuple(short, inner).map(([a, b]) => `${a}\n: ${indented(b, '  ')}`),
      fc
        .tuple(fc.array(short.map(cell), { minLength: 2, maxLength: 5 }), fc.array(short.map(cell), { maxLength: 6 }))
        .map(([head, cells]) => table(head, cells)),
      word.map((a) => `\`\`\`js {.x}\n${a}\n\t"${a}" ${'long '.repeat(40)}\n\n\n<b>&amp;\n\`\`\``),
      word.map((a) => `    ${a} indented\n      \n    code`),
      word.map((a) => `<p>${a} <i>${a}</i> &eacute;</p>`),
      word.map((a) => `<table><caption>${a}</caption><tr><th rowspan="2">${a}<td>${a}<tr><td colspan=3>${a}</table>`),
      word.map((a) => `<ul><li>${a}<li><p>${a}</p></ul>\n<dl><dt>${a}<dd>${a}</dl>`),
      word.map((a) => `<details><summary>${a}</summary><p>${a}</p></details>`),
      fc
        .tuple(fc.constantFrom(...IMAGES), short.map(cell), fc.constantFrom('', '{width=30%}', '{.decorative}'))
        .map(
          ([path, a, more]) =>
            `![](${path}){caption="c" alt="${a.replace(/["{}\\]/g, '').replace(/kw/g, 'alt')}"}${more}`,
        ),
      fc.tuple(fc.constantFrom(...IMAGES), word).map(([path, a]) => `![${a}](${path}){caption=alt}`),
      fc.constantFrom('* * *', '---', '::: dinkus\n:::', '<hr>'),
      fc
        .tuple(fc.constantFrom('- ', '> ', '1. ', '> - ', '* > 1. '), fc.integer({ min: 1, max: 40 }), word)
        .map(([mark, n, a]) => mark.repeat(n) + a),
      fc.tuple(fc.integer({ min: 1, max: 40 }), word).map(([n, a]) => deepDefinition(n, a)),
    ),
  }
}).block

function deepDefinition(n: number, text: string): string {
  const lines = Array.from({ length: n }, (_, i) => `${'    '.repeat(i)}${i === 0 ? '' : ': '}term`)
  return `${lines.join('\n')}\n${'    '.repeat(n - 1)}: ${text}`
}

function cell(text: string): string {
  return text.replace(/[|\\]/g, '/')
}

function table(head: string[], cells: string[]): string {
  const row = (all: string[]) => `| ${all.join(' | ')} |`
  const rule = head.map((_, i) => ['---', ':--', '--:', ':-:'][i % 4]!)
  const rows = cells.map((one, i) => row(head.map((_, k) => (k === i % head.length ? one : (cells[k] ?? '')))))
  return `${row(head)}\n${row(rule)}\n${rows.join('\n')}\n\n: A caption`
}

/** A file of sound Markdown. What it needs, notes and ids, it has. */
export const soundText: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: short }, { weight: 1, arbitrary: fc.constant('') }),
    fc.array(block, { minLength: 1, maxLength: 6 }),
    word,
    block,
    fc.constantFrom('', '', '', '---\ntitle: "A & <b>"\nsubtitle: S\nauthor: X\nlanguage: de\n---\n'),
  )
  .map(([title, blocks, note, more, front]) => {
    const text = blocks.join('\n\n<!-- -->\n\n')
    const noted = /\[\^n\]/.test(text) ? `\n\n[^n]: ${note} the note.\n\n    ${indented(noteless(more), '    ')}\n` : ''
    return `${front}${title === '' ? '' : `# ${title}\n\n`}${text}${noted}\n`
  })

/** No note within a note. */
function noteless(text: string): string {
  return text.replace(/\^\[[^\]]*\]|\[\^n\]/g, '')
}

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
    '](b.md)',
    '](#own-id)',
    '{',
    '}',
    '!',
    '"',
    "'",
  ],
  ...[
    '# ',
    '## ',
    '#### ',
    '> ',
    '- ',
    '+ ',
    '1. ',
    '0) ',
    '    ',
    '\t',
    '```',
    '~~~',
    '---',
    '===',
    '| a | b |',
    '|---|',
  ],
  ...[
    '\n',
    '\n',
    '\n',
    '\n\n',
    '\n\n',
    '  \n',
    '\\\n',
    '\\',
    ' ',
    ' ',
    '  ',
    '(',
    ')',
    '.',
    ',',
    ': ',
    '|',
    '* * *',
    '_ _ _',
  ],
  ...['{#x}', '{.a}', '{lang=fr}', '{lang=ar}', '{.page}', '{width=5%}', '^[n]', ': caption', '&lt;', '&#x202e;'],
]
/** These are answered with errors more often than not. */
const SHARP = [
  ...[
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
    '<!--',
    '-->',
  ],
  ...[
    '<table>',
    '<tr>',
    '<td>',
    '</table>',
    '<li>',
    '<ul>',
    '</ul>',
    '<pre>',
    '<img src="one.png" alt="y">',
    '<script>',
  ],
  ...['<h3>', '<dl>', '<dd>', '<figure>', '<figcaption>', '<?x', '<!X', '<![CDATA[', '<b onclick="x()">', '<svg>'],
  ...[
    '[^n]',
    '[^n]: ',
    '[^x]',
    '::: verse',
    '::: note',
    '::: dinkus',
    ':::',
    '](javascript:x)',
    '](data:,x)',
    '![x](one.png)',
  ],
  ...['[r]: b.md "t"', '![x](nowhere.png)', '\u0000', '\ufffc', '\u001b[31m', '\uffff'],
]

/** What stands before a text, of keys that are there, that are not, and that every object has. */
const frontMatter = fc
  .array(
    fc.tuple(
      fc.constantFrom('title', 'subtitle', 'author', 'language', 'role', 'toc', 'x', ...OWN_WORDS),
      fc.constantFrom(
        'A',
        'fr',
        '[a, {b: c}]',
        '{a: {b: {c: d}}}',
        '|\n  long\n  text',
        '"\\u0000"',
        '*a',
        '&a [*a]',
        ...OWN_WORDS,
      ),
    ),
    { maxLength: 5 },
  )
  .map((keys) => `---\n${keys.map(([key, value]) => `${key}: ${value}`).join('\n')}\n---\n`)
const OWN_PIECES = OWN_WORDS.flatMap((own) => [
  `{.${own}}`,
  `{#${own}}`,
  `[${own}]`,
  `\n[${own}]: b.md\n`,
  `\n\n\`\`\`${own}\ncode\n\`\`\`\n\n`,
  `&${own};`,
])
/** These are answered with errors. */
const OWN_SHARP = OWN_WORDS.flatMap((own) => [
  `{lang=${own}}`,
  `{${own}=x}`,
  `](#${own})`,
  `[^${own}]`,
  `\n\n[^${own}]: note\n\n`,
  `\n\n::: ${own}\n`,
  `<${own}>`,
])

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 4, arbitrary: looseWord },
  { weight: 1, arbitrary: strange },
  { weight: 1, arbitrary: fc.constantFrom(...OWN_PIECES) },
)
export const brokenText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(piece, { maxLength: 60 }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.constantFrom(...SHARP, ...OWN_SHARP), { maxLength: 8 }) },
    ),
    seldom(6, frontMatter),
  )
  .map(([soft, sharp, front]) => {
    const all = [...soft]
    sharp.forEach((one, i) => {
      all.splice(((i + 1) * 7919) % (all.length + 1), 0, one)
    })
    return `${front ?? ''}# T\n\n${all.join('')}\n`
  })
