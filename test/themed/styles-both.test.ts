// Every key of every style changes the pages and the EPUB, or is said to be one output's: each is changed by itself, in a book that has
// such a text in its middle and at the foot of pages.
import { expect, test } from 'vitest'
import { ROLES, type Role } from '../../src/model/role.js'
import { BOX_KEYS, WITHOUT_BOX } from '../../src/theme/box.js'
import { theme as schema } from '../../src/theme/schema.js'
import { onlyIn } from '../../src/theme/unread.js'
import { another, at, type Both, changed, leaves, saying, setter } from './changes.js'

const LONG = 'Internationalization 1206 notwithstanding, there were words enough for lines of representative length. '
const TEXT = LONG.repeat(4).trim()
const SHORT =
  'Internationalization 1206, said in an unrepresentatively and disproportionately short line of one and another'

/** The text that has a role. */
const TEXTS: Partial<Record<Role, string>> = {
  body: `First.\n\n${TEXT}`,
  opening: '',
  flush: `Before.\n\n***\n\nNotwithstanding, Representation. ${TEXT} ${LONG}`,
  quote: `> ${TEXT}\n>\n> ${TEXT}`,
  epigraph: `::: epigraph\n${TEXT}\n\n${TEXT}\n:::`,
  attribution: `> A word.\n>\n> — ${LONG.repeat(2).slice(0, 190)}`,
  letter: `::: letter\n${TEXT}\n\n${TEXT}\n:::`,
  'letter-head': `::: letter\n::: salutation\n${TEXT}\n\n${TEXT}\n:::\n\n${LONG}\n:::`,
  'letter-close': `::: letter\n${LONG}\n\n::: signature\n${TEXT}\n:::\n:::`,
  verse: `::: verse\n${`${LONG}\n`.repeat(4)}\n${`${SHORT}\n`.repeat(2)}:::`,
  drama: `::: drama\n**Anna.** ${TEXT}\n\n**Bert.** ${TEXT}\n:::`,
  direction: `::: drama\n**Anna.** ${LONG}\n\n*${TEXT}*\n\n**Bert.** ${LONG}\n:::`,
  speaker: `::: drama\n**${SHORT}, ${SHORT}.** ${TEXT}\n\n**Bert.** ${LONG}\n:::`,
  list: `- ${TEXT}\n\n  ${TEXT}\n- ${TEXT}`,
  term: `${TEXT}\n:   What it is.`,
  definition: `Term\n:   ${TEXT}\n\n    ${TEXT}`,
  note: `Called here.[^1]\n\n[^1]: ${TEXT}\n\n    ${TEXT}`,
  aside: `::: aside\n${TEXT}\n\n${TEXT}\n:::`,
  right: `::: right\n${TEXT}\n\n${TEXT}\n:::`,
  center: `::: center\n${TEXT}\n\n${TEXT}\n:::`,
  code: `\`\`\`\n${`${SHORT}\n`.repeat(4)}\`\`\``,
  'cell-head': `| ${TEXT} | other |\n| --- | --- |\n${'| a cell | b |\n'.repeat(6)}`,
  cell: `| Head | other |\n| --- | --- |\n| ${LONG} | b |\n${`| a word | b |\n`.repeat(6)}`,
  caption: `![A line](p.svg "${TEXT}")\n\n| a | b |\n| --- | --- |\n| c | d |\n\n: ${TEXT}`,
  break: 'Before.\n\n***\n\nAfter.',
  'heading-2': `## ${TEXT}`,
  'heading-3': `## H\n\n### ${TEXT}`,
  'heading-4': `## H\n\n### H\n\n#### ${TEXT}`,
  'heading-5': `## H\n\n### H\n\n#### H\n\n##### ${TEXT}`,
  'heading-6': `## H\n\n### H\n\n#### H\n\n##### H\n\n###### ${TEXT}`,
}

/** Contents of some pages. */
const CHAPTERS = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`c${i + 10}.md`, `# Chapter ${i} ${i % 2 ? SHORT : ''}\n\nText.\n`]),
)

const LEAVES = `# T 1206\n\n${`${TEXT}\n\n`.repeat(12)}`

/** Of the roles that stand at the head of their sections, or have sections of their own. */
const SECTIONS: Partial<Record<Role, { manifest?: string; files?: Record<string, string>; part?: string }>> = {
  opening: { files: { 'c.md': `# T\n\n${TEXT}\n\n${TEXT}` } },
  dedication: { manifest: 'front: [{ file: d.md, role: dedication }]', files: { 'd.md': `${SHORT}\n\n${SHORT}` } },
  entry: {
    manifest: 'back: [{ file: d.md, role: bibliography }]',
    files: { 'd.md': `# B\n\n${`${TEXT}\n\n`.repeat(9)}` },
  },
  number: { manifest: 'numbering: { chapters: arabic }' },
  'part-number': { manifest: 'numbering: { parts: arabic }' },
  'part-title': { part: `# ${SHORT}\n\nText.\n` },
  title: { files: { 'c.md': `# ${TEXT}\n\nText.` } },
  subtitle: { files: { 'c.md': `---\nsubtitle: ${TEXT.replaceAll(',', '')}\n---\n\n# T\n\nText.` } },
  author: { files: { 'c.md': `---\nauthor: ${SHORT.replaceAll(',', '')}\n---\n\n# T\n\nText.` } },
  'half-title': { manifest: 'front: [{ generate: half-title }]' },
  'book-title': { manifest: 'front: [{ generate: title-page }]' },
  'book-subtitle': { manifest: 'front: [{ generate: title-page }]' },
  'book-author': { manifest: 'front: [{ generate: title-page }]' },
  'book-publisher': { manifest: 'front: [{ generate: title-page }]' },
  imprint: { manifest: 'front: [{ generate: imprint }]' },
  colophon: { manifest: 'back: [{ file: d.md, role: colophon }]', files: { 'd.md': `${TEXT}\n\n${TEXT}` } },
  'contents-part': { manifest: 'front: [{ generate: contents }]', files: CHAPTERS },
  'contents-chapter': { manifest: 'front: [{ generate: contents }]', files: CHAPTERS },
  head: { files: { 'c.md': LEAVES } },
  folio: {
    manifest: 'front: [{ file: d.md, role: foreword }]',
    files: { 'c.md': LEAVES, 'd.md': LEAVES },
  },
}

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><path d="M0 0h90v20z"/></svg>'

/** `fills`: how many lines stand above the text, in a chapter each. */
function bookOf(role: Role, base: string, fills: readonly number[]) {
  const own = SECTIONS[role]
  const files: Record<string, string> = { 'p.svg': PICTURE, 'c.md': `# ${SHORT}\n\nText.\n`, ...own?.files }
  if (own === undefined)
    for (const n of fills)
      files[`c${n}.md`] = `# Title\n\n${'A short paragraph.\n\n'.repeat(n)}${TEXTS[role]}\n\n${LONG}\n\nThe end.\n`
  const names = fills.map((n) => `c${n}.md`).join(', ')
  const part = (i: number) => {
    files[`part${i}.md`] = own?.part ?? `# ${SHORT}\n`
    return `{ file: part${i}.md, role: part }`
  }
  const chapters = Object.keys(files).filter((name) => /^c\d*\.md$/.test(name))
  // parts of one chapter, of two, of three
  const parted = chapters.flatMap((name, i) =>
    i === 0 || [3, 7, 12, 17, 20, 26, 33].includes(i) ? [part(i), name] : [name],
  )
  const body = own ? `[${parted.join(', ')}]` : `[${names}]`
  const said = `title: ${SHORT}\nsubtitle: ${SHORT}\nauthors: [A. 1206, B. Internationalization of Notwithstanding]\npublisher: P. 1206 Internationalization\nsource: { title: Internationalization, note: "${TEXT}" }\nlanguage: en\ndate: 2026-01-01`
  const manifest = `${said}\ngenerate: false\n${own?.manifest ?? ''}\nbody: ${body}\n`
  return setter({ 'book.yaml': manifest, ...files }, base)
}

const COMMON = `extends: house
defaults: { section: { sink: 0, opens: page } }
sceneBreak: { ornament: § 1206 § }
`
const PAGES = {
  wide: COMMON,
  /** Where words must be divided. */
  narrow: `${COMMON}page: { width: 64 mm, inside: 12 mm, outside: 12 mm }\n`,
  /** Where a text meets the foot of a page, whatever it is. */
  short: `${COMMON}page: { lines: 14, height: 130 mm }\nopening: { kind: none }\n`,
}

const STYLES = schema.shape.is === 'map' ? schema.shape.keys['styles']!.kind.shape : schema.shape
const STYLE = STYLES.is === 'map' ? STYLES.keys['body']!.kind.shape : STYLES
const KEYS = STYLE.is === 'map' ? leaves(STYLE.keys) : []

const OWN: Record<string, string> = { weight: '700', leading: '1.3', tracking: '0.05', indent: '8' }
/** What is seen only where a page ends, or a line. */
const FILLS = Array.from({ length: 15 }, (_, i) => i + 1)
const WHERE: Record<string, keyof typeof PAGES> = { keepNext: 'short', keepTogether: 'short', hyphenate: 'narrow' }

/** What else is needed for a role to be seen. */
const BESIDE: Partial<Record<Role, string>> = {
  speaker: 'drama: { speaker: line }\n',
  code: 'styles: { code: { face: text } }\n',
  caption: 'captions: { tables: below }\n',
  attribution: 'page: { width: 100 mm }\n',
}
/** No page ends beside what opens a section, or has one for itself: what they say of that is seen in long ones only. */
const ALONE: ReadonlySet<Role> = new Set([
  ...(['opening', 'dedication', 'number', 'part-number', 'part-title', 'title', 'subtitle', 'author'] as const),
  ...(['half-title', 'book-title', 'book-subtitle', 'book-author', 'book-publisher', 'imprint', 'colophon'] as const),
])

/**
 * Seen in texts that nobody writes: entries of four lines, heads of columns that words are too long for, a publisher in more than a line;
 * the lines of the title page's foot hang by their indent, which lines in the middle do not show; what is flush leads to a text as any does.
 */
const SELDOM: ReadonlySet<string> = new Set([
  ...['contents-part.keepTogether', 'contents-chapter.keepTogether', 'cell-head.hyphenate'],
  ...['book-publisher.hyphenate', 'book-publisher.indent', 'flush.keepNext'],
])

const BESIDE_KEY: Record<string, string> = {
  'styles.verse.left': 'verse: { stands: left }\n',
  'styles.number.padding.sides': 'styles: { number: { align: left } }\n',
  'styles.part-number.padding.sides': 'styles: { part-number: { align: left } }\n',
}

test('every key of a style', { timeout: 900_000 }, async () => {
  const found: string[] = []
  for (const role of ROLES) {
    const sets = new Map<string, ReturnType<typeof bookOf>>()
    const bases = new Map<string, Both>()
    for (const { path, shape } of KEYS) {
      if (WITHOUT_BOX.has(role) && (BOX_KEYS as readonly string[]).includes(path[0]!)) continue
      const name = path.join('.')
      if (SELDOM.has(`${role}.${name}`)) continue
      if (ALONE.has(role) && (WHERE[name] === 'short' || name === 'padding.below')) continue
      const where = WHERE[name] ?? 'wide'
      const fills = where === 'short' ? FILLS : [1]
      if (!sets.has(where)) sets.set(where, bookOf(role, PAGES[where], fills))
      const set = await sets.get(where)!
      const full = ['styles', role, ...path]
      const isEdge = /\.(width|colour)$/.test(name)
      const edge = isEdge ? `${saying([...full.slice(0, -1), 'weight'], '2')}\n` : ''
      const beside = [BESIDE[role] ?? '', BESIDE_KEY[full.join('.')] ?? '', edge].filter((text) => text !== '')
      const key = `${where} ${beside.join('')}`
      const base = bases.get(key) ?? (await set(...beside))
      if (typeof base === 'string') throw new Error(`${role}: ${base}`)
      bases.set(key, base)
      const now = at(base.theme, full)
      const value = name === 'align' ? (now === 'right' ? 'left' : 'right') : (OWN[name] ?? another(name, shape, now))
      if (value === undefined) continue
      const two = await set(...beside, `${saying(full, value)}\n`)
      if (typeof two === 'string') {
        found.push(`${full.join('.')}: ${two}`)
        continue
      }
      const only = onlyIn(full)
      const wanted = only === 'none' ? '' : (only ?? 'pdf, epub')
      const got = changed(base, two)
      if (got !== wanted) found.push(`${full.join('.')}: ${value}: says ${wanted}, changes ${got}`)
    }
  }
  expect(found).toEqual([])
})
