// Small books as text dumps of their pages, compared with what they were when somebody last looked at them.
// OCTAVO_REGENERATE=1 writes the golden files anew: look at what changed.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { png } from '../epub/builders.js'
import { chapter, manifest, type SetBook, SMALL, setBook } from './books.js'
import { dump, frameOf } from './dump.js'

const GOLDEN = join(dirname(fileURLToPath(import.meta.url)), 'golden')
const REGENERATE = process.env['OCTAVO_REGENERATE'] === '1'
type Files = Parameters<typeof setBook>[0]

const FROG = `In olden times when wishing still helped one, there lived a king whose daughters were all beautiful; and the
youngest was so beautiful that the sun itself, which has seen so much, was astonished whenever it shone in her face.`
const CASTLE = `Close by the king's castle lay a great dark forest, and under an old lime-tree in the forest was a well, and
when the day was very warm, the king's child went out into the forest and sat down by the side of the cool fountain;
and when she was bored she took a golden ball, and threw it up on high and caught it; and this ball was her favorite
plaything.`
const WELL = `Now it so happened that on one occasion the princess's golden ball did not fall into the little hand which she
was holding up for it, but on to the ground beyond, and rolled straight into the water.`
const TALE = `The king's daughter followed it with her eyes, but it vanished, and the well was deep, so deep that the bottom
could not be seen. At this she began to cry, and cried louder and louder, and could not be comforted.`

const CASES: Record<string, () => Files | Promise<Files>> = {
  prose: () =>
    chapter(`# The Frog King\n\n${FROG}\n\n${CASTLE}\n\n* * *\n\n${WELL}\n\n“${TALE}”\n\n## What Came of It\n\n${FROG}\n
### By the *Well*\n\n${CASTLE}\n\n${WELL}\n\n${TALE}\n\n#### A Run of Pages\n\n${CASTLE}\n\n${WELL}\n\n${TALE}\n`),
  notes: () =>
    chapter(`# Notes\n\nA first note.[^one] ${FROG} A second.^[It is short, and has *emphasis*.] ${CASTLE}\n
${WELL} The first again.[^one] A third.[^long]\n\n${TALE} ${CASTLE}^[The last.]\n\n${FROG}\n\n${WELL}\n
[^one]: The text of the first note, which runs over the end of its line, so that its second line is seen as well.\n
[^long]: ${CASTLE}\n\n    ${WELL}\n\n    > ${TALE}\n`),
  verse: () =>
    chapter(`# Verse\n\nThese lines are Blake's.\n\n::: verse\nTyger Tyger, burning bright,\nIn the forests of the night;
What immortal hand or eye,\n  Could frame thy *fearful symmetry?*\n\nIn what distant deeps or skies,
    Burnt the fire of thine eyes?\n\n— William Blake\n:::\n\nA line that does not fit is turned under.\n
::: verse\nShort line,\nand a line so long that it cannot stand in the measure of this small page without a turn\nand its end.\n:::\n
${FROG}\n`),
  letter: () =>
    chapter(`# A Letter\n\n${FROG}\n\n::: letter\n::: right\nKitchen, 31 January\n:::\n\nDear reader,\n\n${CASTLE}\n\n${WELL}\n
::: right\nYours,\\\nthe author\n:::\n:::\n\n${TALE}\n`),
  epigraph: () => ({
    'book.yaml': manifest(['chapter.md'], 'generate: false\nfront: [{ file: motto.md, role: epigraph }]'),
    'motto.md': 'Everything but the kitchen sink.\n\n— A saying\n',
    'chapter.md': `# After a Motto\n\n::: epigraph\nA motto stands before the first paragraph.\n\n— _A source_, with its work\n:::\n\n${FROG}\n\n> ${CASTLE}\n>\n> ${WELL}\n\n${TALE}\n`,
  }),
  lists: () =>
    chapter(`# Lists\n\n${FROG}\n\n- An item\n- Another, with a list inside, which is long enough to need a second line:\n  - one level down\n  - and again:\n    - two levels down\n- The last\n
9. Nine\n10. Ten\n\n    With a second paragraph: ${WELL}\n\n11. Eleven\n\nTerm\n: Its definition, which is long enough to need a second line on this page.\n
Another term\n: A first definition.\n: A second definition.\n\n${TALE}\n`),
  table: () =>
    chapter(`# A Table\n\n${FROG}\n\n| Name | What it is | Number |\n| :--- | :--- | ---: |\n${Array.from({ length: 14 }, (_, i) => `| Row ${i + 1} | ${i % 4 === 1 ? 'A cell that is long enough to be broken over two lines in its column' : 'A cell'} | ${i * 7},50 |`).join('\n')}\n
: A caption^[With a note.]\n\n${TALE}\n`),
  code: () =>
    chapter(
      `# Code\n\n${FROG} Some \`const inline = code\` stands in a line.\n\n\`\`\`js\n// A comment, and "quotes" that stay.\nconst answer = 6 * 7 // a line that is longer than this page is wide, so it is turned over\nif (answer !== 42) {\n  throw new Error()\n}\n\n\tindented\n\`\`\`\n\n${CASTLE}\n\n    plain\n      code\n\n${WELL}\n`,
    ),
  figure: async () =>
    chapter(
      `# Figures\n\n${FROG}\n\n![A grey square](images/square.png "The square, with *its* caption")\n\n${CASTLE} ${WELL}\n\n![A line](images/line.svg){caption=alt}\n
${TALE}\n\n![](images/square.png){.decorative}\n\nA drop ![of ink](images/drop.png) in a line.\n`,
      {
        'images/square.png': await png(220, 220, 120),
        'images/drop.png': await png(12, 12, 40),
        'images/line.svg':
          '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 20"><path d="M0 10h200" stroke="#000"/></svg>',
      },
    ),
  // generated pages, parts, roman and arabic numbers, blank versos, contents on two levels, references to pages
  book: () => ({
    'book.yaml': manifest(
      ['one.md', 'frog.md', 'well.md', 'two.md', 'tale.md'],
      'subtitle: In Two Parts\nauthors: [A. Maker]\nfront: [foreword.md]\nback: [{ file: after.md, role: afterword }]',
    ),
    'foreword.md': `---\nrole: foreword\n---\n# Foreword\n\n${FROG} See [the well](well.md){.page}.\n`,
    'one.md': '---\nrole: part\n---\n# Part One\n',
    'frog.md': `# The Frog\n\n${FROG}\n\n${CASTLE}\n`,
    'well.md': `# The Well, a Chapter with a Title That Is Too Long for One Line\n\n${WELL} ${CASTLE}\n\n${TALE} ${FROG}\n\n${CASTLE}\n`,
    'two.md': '---\nrole: part\n---\n# Part Two\n',
    'tale.md': `# The Tale\n\n${TALE} [The frog](frog.md) again.\n`,
    'after.md': `# Afterword\n\n${FROG}\n`,
  }),
}

describe('the pages of a small book', () => {
  const seen = new Set<string>()
  const made = new Map<string, SetBook>()

  it.each(Object.keys(CASES))('%s', async (name) => {
    const set = await setBook(await CASES[name]!(), SMALL)
    made.set(name, set)
    const told = set.told.map((d) => `${d.path}:${d.line} ${d.severity} ${d.code}\n`).join('')
    const now = `${dump(set.typeset, frameOf(set.theme, SMALL))}told\n${told}`
    const file = `${name}.txt`
    seen.add(file)
    if (REGENERATE) {
      mkdirSync(GOLDEN, { recursive: true })
      writeFileSync(join(GOLDEN, file), now)
    }
    expect(existsSync(join(GOLDEN, file)), `no golden/${file}: write it with OCTAVO_REGENERATE=1`).toBe(true)
    expect(now).toBe(readFileSync(join(GOLDEN, file), 'utf8'))
  })

  it('is kept for no book that is not here any more', () => {
    const kept = readdirSync(GOLDEN)
    if (REGENERATE) for (const file of kept) if (!seen.has(file)) rmSync(join(GOLDEN, file))
    expect(readdirSync(GOLDEN).sort()).toEqual(
      Object.keys(CASES)
        .map((name) => `${name}.txt`)
        .sort(),
    )
  })
  afterAll(() => made.clear())
})
