// In: a page of the manual. Out: its examples: what is written, and the picture that shows what becomes of it.
//
// An example is a block of `markdown` or `yaml` between fences with a picture of `pictures/` right below it. The picture is made from
// that very block (scripts/manual.js), and bears its sum, so that the tests know one that is older than its text. A comment before
// the block says what is not plain: `<!-- picture: pages=iii,v sections=title-page,contents editions=print -->`.
import { createHash } from 'node:crypto'

/** Where in the manual's folder they are. */
export const PICTURES = 'pictures/'

/** The word under which a PNG keeps the sum of its source. */
export const KEYWORD = 'Octavo-Example'

const EXAMPLE =
  /(?:^<!-- picture: (.*) -->\n\n?)?^(```+)(markdown|yaml)\n((?:(?!\2)[^\n]*\n)*)\2\n\n!\[[^\]]*\]\(pictures\/([\w-]+\.png)\)/gm

/** `settings`: of the comment. `sum`: of all that the picture is made from, but for Octavo itself. */
export function examplesOf(page) {
  return [...page.matchAll(EXAMPLE)].map(([, comment = '', , kind, text, picture]) => ({
    kind,
    text,
    picture,
    settings: Object.fromEntries(
      comment
        .split(/\s+/)
        .filter(Boolean)
        .map((each) => each.split('=')),
    ),
    sum: createHash('sha256').update(`${comment}\n${kind}\n${text}`).digest('hex').slice(0, 16),
  }))
}

const SVG = (inner) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 120" width="480" height="240">${inner}</svg>`
/** An island, for examples that need a picture. */
const MAP = SVG(
  '<rect width="240" height="120" fill="#e8eef0"/><path d="M40 70c10-40 60-50 100-40s80 20 60 50-90 30-130 20-36-12-30-30z" fill="#dccfae" stroke="#6b5d3f" stroke-width="1.5"/><path d="M90 62l14-24 14 24zM112 62l11-18 11 18z" fill="#8d8060"/><circle cx="168" cy="72" r="3.5" fill="#a6211c"/><path d="M60 92q30 8 70 4" fill="none" stroke="#6b5d3f" stroke-dasharray="3 3"/>',
)

/** A page whose letters can be read in a picture. */
const SMALL = '{ width: 92mm, height: 140mm }'

/** A piece of text, and nothing of what a chapter has around it. */
const PIECE = `extends: house
opening: { kind: none }
styles: { opening: { before: 0 } }
sections: { chapter: { opens: page, sink: 0, folios: false, heads: false } }
`

const SHOWN = '![The island, with a red mark at its eastern shore.](map.svg){width=70%}'

const TEXT = `# The Harbour

The boat came in with the tide, an hour before anybody had looked for it, and lay at the foot of the steps as if it had never been away. Nobody was on deck. A lamp was burning in the cabin, although it was broad day.

“Somebody has to go down,” said the harbour master, and looked at the others; and since the others looked at the lamp, he went himself.

He came back with a letter.
`

/** A look with a colour from a can, which the map has too. */
const TWO_INKS = `extends: house
colours: { red: { day: '#a6211c', cmyk: [0, 95, 85, 15], spot: PANTONE 1797 C } }
styles: { title: { colour: red } }
`

/** The files of the book that an example is: `source` of the library. */
export function bookOf({ kind, text, settings }) {
  const own = kind === 'yaml' && !/^extends:/m.test(text)
  const theme = kind === 'yaml' && !own
  const head = (rest) => `title: The Island\nlanguage: ${settings.language ?? 'en'}\ndate: 2026-01-31\n${rest}`
  const files = {
    'map.svg': MAP,
    'one.md':
      kind === 'markdown' ? text : settings.look === 'two-inks' ? TEXT.replace('\n\n“', `\n\n${SHOWN}\n\n“`) : TEXT,
  }
  if (theme)
    return {
      ...files,
      'book.yaml': head('theme: look.yaml\nauthors: [Ann Marlow]\nbody: [one.md]\n'),
      'look.yaml': text,
    }
  if (own) {
    const has = (key) => new RegExp(`^${key}:`, 'm').test(text)
    const rest = [
      ['title', 'title: The Island'],
      ['language', 'language: en'],
      ['authors', 'authors: [Ann Marlow]'],
      ['date', 'date: 2026-01-31'],
      ['body', 'body: [one.md]'],
      ['editions', `editions: { epub: {}, pdf: { trim: ${SMALL} }, print: { trim: ${SMALL} } }`],
    ].flatMap(([key, line]) => (has(key) ? [] : [line]))
    const named = [...text.matchAll(/\b([\w/-]+\.md)\b/g)].map(([, name]) => name)
    const texts = named.map((name) => [name, name.startsWith('dedication') ? 'For whoever waits.\n' : titled(name)])
    const book = { ...files, ...Object.fromEntries(texts), 'book.yaml': `${rest.join('\n')}\n${text}` }
    if (settings.look !== 'two-inks') return book
    return { ...book, 'look.yaml': TWO_INKS, 'book.yaml': `theme: look.yaml\n${book['book.yaml']}` }
  }
  // One section, from its first line on, on a page that is as large as the example needs.
  const trim = `{ width: ${settings.width ?? '92mm'}, height: ${settings.height ?? '140mm'} }`
  return {
    ...files,
    'look.yaml': settings.look === 'house' ? 'extends: house\n' : PIECE,
    'book.yaml': head(
      `theme: look.yaml\ngenerate: false\nignore: [untitled-chapter, paragraph-end]\neditions: { epub: {}, pdf: { trim: ${trim} } }\n${settings.role === undefined ? 'body: [one.md]' : `body: [two.md]\nback: [{ file: one.md, role: ${settings.role} }]`}\n`,
    ),
    'two.md': TEXT,
  }
}

function titled(name) {
  const words = name.replace(/^.*\//, '').replace(/\.md$/, '').replace(/^\d+-/, '').split('-')
  return TEXT.replace('The Harbour', words.map((word) => word[0].toUpperCase() + word.slice(1)).join(' '))
}
