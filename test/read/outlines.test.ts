// Books without a `book.yaml`: what they are taken for, and that each finding stands at its place in the author's own file.
import { describe, expect, test } from 'vitest'
import { type Diagnostic, toLine } from '../../src/diagnostic.js'
import { outlineManifest, readBook } from '../../src/read/index.js'
import { natural } from '../../src/read/outlines/natural.js'

type Files = Record<string, string>

const over = (files: Files) => new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))

async function read(files: Files, file?: string) {
  const said: Diagnostic[] = []
  const manuscript = await readBook({ dir: undefined, over: over(files), file }, (one) => said.push(one))
  const sections = manuscript?.book.sections.filter((section) => !section.generated) ?? []
  return {
    meta: manuscript?.book.metadata,
    said: said.map(toLine),
    codes: said.map((one) => one.code),
    list: sections.map(({ matter, role, title, depth, place }) => `${matter} ${role} ${depth} ${place.path} ${title}`),
    generated: manuscript?.book.sections.filter((section) => section.generated).map((section) => section.role),
  }
}

const text = (title: string) => `# ${title}\n\nA sentence of it.\n`

test('natural order knows numbers, and neither case nor accents nor endings', () => {
  const names = [
    '10.md',
    '2.md',
    'b.md',
    'É.md',
    'a/10.md',
    'a/9.md',
    '1-more.md',
    '1.md',
    'f.md',
    '02.md',
    'A.md',
    '2-10.md',
    '2-9.md',
  ]
  expect(names.sort(natural)).toEqual([
    '1.md',
    '1-more.md',
    '02.md',
    '2.md',
    '2-9.md',
    '2-10.md',
    '10.md',
    'A.md',
    'a/9.md',
    'a/10.md',
    'b.md',
    'É.md',
    'f.md',
  ])
  expect([...names].reverse().sort(natural)).toEqual(names)
  expect(natural('1.md', '99999999999999999999999.md')).toBeLessThan(0)
})

describe('a folder without a manifest', () => {
  test('has its matter by the names, and its chapters in natural order', async () => {
    const { list, codes } = await read({
      '10.md': text('Ten'),
      '1.md': text('One'),
      '2.md': text('Two'),
      'afterword.md': text('Afterword'),
      'dedication.md': 'For you.\n',
      'Preface.md': text('Preface'),
      'appendix-b.md': text('B'),
      'appendix-a.md': text('A'),
      'copyright.md': 'All rights reserved.\n',
      'node_modules/x/a.md': text('Not this'),
      '.hidden.md': text('Nor this'),
    })
    expect(list).toEqual([
      'front imprint 1 copyright.md ',
      'front dedication 1 dedication.md ',
      'front preface 1 Preface.md Preface',
      'body chapter 1 1.md One',
      'body chapter 1 2.md Two',
      'body chapter 1 10.md Ten',
      'back afterword 1 afterword.md Afterword',
      'back appendix 1 appendix-a.md A',
      'back appendix 1 appendix-b.md B',
    ])
    // One line says all that was guessed.
    expect(codes).toEqual(['no-manifest'])
  })

  test('chapters in folders are a book, though another book lies among them; books alone are none', async () => {
    const other = { 'old/book.yaml': 'title: Old\nbody: [1.md]\n', 'old/1.md': text('Old') }
    expect((await read({ ...other, 'part/2.md': text('Two') })).codes).toEqual(['no-manifest'])
    expect((await read({ ...other, 'new/book.yaml': 'title: New\n', 'README.md': 'A shelf.\n' })).codes).toEqual([
      'several-books',
    ])
  })

  test('knows what stands before, among and after the chapters', async () => {
    const files = [
      'epilogue.md',
      'one.md',
      'prologue.md',
      'interlude.md',
      'about-the-author.md',
      'also-by.md',
      'praise.md',
    ]
    const { list } = await read(
      Object.fromEntries(files.map((file) => [file, file === 'one.md' ? text('O') : 'Text.\n'])),
    )
    expect(list.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'front praise',
      'front also-by',
      'body prologue',
      'body interlude',
      'body chapter',
      'body epilogue',
      'back about-the-author',
    ])
  })

  test('takes what is numbered in the order of the numbers', async () => {
    const { list } = await read({ '00-preface.md': text('P'), '01-dedication.md': 'For you.\n', '02-a.md': text('A') })
    expect(list.map((line) => line.split(' ')[1])).toEqual(['preface', 'dedication', 'chapter'])
  })

  test('is called what introduces it says, and leaves that out in so many words', async () => {
    const { meta, list, said } = await read({
      'README.md': text('*The* Book'),
      '1.md': text('One'),
      '2.md': text('Two'),
      '_draft.md': text('D'),
    })
    expect(meta?.title).toBe('The Book')
    expect(list).toHaveLength(2)
    expect(said[0]).toMatch(
      /^octavo: warning no-manifest: .*2 files.*without `_draft\.md`, `README\.md`, and called `The Book`$/,
    )
  })

  test('of one text is called as that is', async () => {
    const { meta } = await read({ 'essay.md': text('On Walking') })
    expect(meta).toMatchObject({ title: 'On Walking', language: 'en', slug: 'on-walking' })
    expect((await read({ 'README.md': text('Only This') })).meta?.title).toBe('Only This')
  })

  test('has the cover that lies there, and the folders in it', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="16"><rect width="10" height="16"/></svg>'
    const { meta, list } = await read({
      'cover.svg': svg,
      'part-2/1.md': text('C'),
      'part-1/10.md': text('B'),
      'part-1/9.md': text('A'),
    })
    expect(meta?.cover).toBe('cover.svg')
    expect(list.map((line) => line.split(' ')[3])).toEqual(['part-1/9.md', 'part-1/10.md', 'part-2/1.md'])
  })

  test('without Markdown gets the one sentence that helps', async () => {
    const said: Diagnostic[] = []
    for (const name of ['novel.docx', 'novel.txt', 'picture.png'])
      expect(await readBook({ dir: undefined, over: over({ [name]: 'x' }) }, (one) => said.push(one))).toBeUndefined()
    expect(said.map((one) => one.code)).toEqual(['no-text', 'no-text', 'no-text'])
    expect(said[0]!.hint).toContain('pandoc "novel.docx" -t markdown -o "novel.md"')
    expect(said[1]!.hint).toContain('call it `novel.md`')
    expect(said[2]!.hint).toContain('octavo init')
  })
})

describe('one file', () => {
  test('is a book, with its front matter for a manifest', async () => {
    const front =
      'title: On Walking\nsubtitle: Slowly\nauthor:\n  - name: Jane Doe\n  - John Roe\nlang: en-GB\ndate: 5/9/2026\nkeywords: [feet, roads]\nabstract: Of feet.\ntoc: true\n'
    const { meta, list, codes, generated } = await read(
      { 'paper.md': `---\n${front}---\n\nNo heading.\n\n## But this\n\nText.\n` },
      'paper.md',
    )
    expect(meta).toMatchObject({
      title: 'On Walking',
      subtitle: 'Slowly',
      language: 'en-GB',
      date: '2026-05-09',
      subjects: [{ name: 'feet' }, { name: 'roads' }],
      description: 'Of feet.',
    })
    expect(meta?.authors.map((one) => one.name)).toEqual(['Jane Doe', 'John Roe'])
    expect({ list, codes }).toEqual({ list: ['body chapter 1 paper.md On Walking'], codes: [] })
    expect(generated).toEqual(['title-page', 'colophon'])
  })

  test('without front matter is called as its heading or its name, and says that it was taken for English', async () => {
    const { meta, said } = await read({ 'a.md': text('A Walk'), 'b.md': text('B') }, 'a.md')
    expect(meta?.title).toBe('A Walk')
    expect(said).toEqual(['a.md: warning missing-language: the file names no `language`; it is taken for English'])
    expect((await read({ 'a-walk_in_rain.md': 'Text.\n' }, 'a-walk_in_rain.md')).meta?.title).toBe('A Walk in Rain')
  })

  test('has its faults at their lines', async () => {
    const { said } = await read(
      { 'a.md': '---\ntitle: T\nlang: en\ntheme: none\ndate: today\n---\n\n# T\n\n[dead](b.md)\n' },
      'a.md',
    )
    expect(said).toEqual([
      'a.md:5: warning not-taken: the date `today` is left out',
      expect.stringMatching(/^a\.md:10: error dead-link: /),
    ])
  })
})

describe('patterns and folders', () => {
  const files = {
    'c/1.md': text('1'),
    'c/2.md': text('2'),
    'c/10.md': text('10'),
    'c/d/3.md': text('3'),
    'c/x.png': 'x',
  }
  const list = async (body: string) =>
    (await read({ ...files, 'book.yml': `title: T\nlanguage: en\ndate: 2026-01-01\n${body}` })).list.map(
      (line) => line.split(' ')[3],
    )

  test.each([
    ['body: [c/*.md]', ['c/1.md', 'c/2.md', 'c/10.md']],
    ['body: [c/*]', ['c/1.md', 'c/2.md', 'c/10.md']],
    ['body: [c/?.md]', ['c/1.md', 'c/2.md']],
    ['body: ["**/*.md"]', ['c/1.md', 'c/2.md', 'c/10.md', 'c/d/3.md']],
    ['body: [c]', ['c/1.md', 'c/2.md', 'c/10.md', 'c/d/3.md']],
    ['body: [c/]', ['c/1.md', 'c/2.md', 'c/10.md', 'c/d/3.md']],
    ['front: [c/2.md]\nbody: [c/10.md, c/*.md]', ['c/2.md', 'c/10.md', 'c/1.md']],
  ])('%j', async (body, wanted) => expect(await list(body)).toEqual(wanted))

  test('that find nothing are errors at their line', async () => {
    const manifest = 'title: T\nlanguage: en\ndate: 2026-01-01\nbody:\n  - c/*.txt\n  - c/1.md\n'
    const { said } = await read({ ...files, 'book.yml': manifest })
    expect(said).toEqual(['book.yml:5: error missing-file: no file matches `c/*.txt`'])
  })

  test('a pattern of many stars is quick', async () => {
    const manifest = `title: T\nlanguage: en\ndate: 2026-01-01\nbody: [c/1.md, "${'*a'.repeat(2000)}"]\n`
    const { codes } = await read({ 'c/1.md': text('1'), [`${'a'.repeat(5000)}.md`]: 'x', 'book.yml': manifest })
    expect(codes).toEqual(['missing-file'])
  })

  test('JSON is a manifest, with lines', async () => {
    const { said, meta } = await read({
      ...files,
      'book.json':
        '{\n\t"title": "J",\n\t"language": "en", "date": "2026-01-01",\n\t"langage": 1,\n\t"body": ["c/1.md"]\n}\n',
    })
    expect(meta?.title).toBe('J')
    expect(said).toEqual(['book.json:4: error unknown-key: the manifest has no key `langage`'])
  })

  test('a part may be a title, and entries may have chapters', async () => {
    const manifest =
      'title: T\nlanguage: en\ndate: 2026-01-01\nbody:\n  - part: Part One\n    chapters:\n      - file: c/1.md\n        chapters: [c/2.md]\n      - c/10.md\n'
    expect((await read({ ...files, 'book.yaml': manifest })).list).toEqual([
      'body part 1 book.yaml Part One',
      'body chapter 2 c/1.md 1',
      'body chapter 3 c/2.md 2',
      'body chapter 2 c/10.md 10',
    ])
  })
})

describe('an mdBook', () => {
  const files: Files = {
    'book.toml': '[book]\ntitle = "The Tool"\nauthors = ["Jane Doe"]\nlanguage = "de"\n\n[output.html]\nx = 1\n',
    'src/SUMMARY.md':
      '# Summary\n\n[Introduction](README.md)\n\n# Guide\n\n- [Install](a/install.md)\n- [Read](a/read.md)\n    - [Nested](<a/nes ted.md>)\n    - [Draft]()\n* [After](./a/after.md "x")\n\n---\n\n[Contributors](who.md)\n',
    'src/README.md': text('Intro'),
    'src/a/install.md': text('Install'),
    'src/a/read.md': text('Read'),
    'src/a/nes ted.md': text('Nested'),
    'src/a/after.md': text('After'),
    'src/who.md': text('Who'),
  }

  test('is understood as it lies', async () => {
    const { meta, list, said } = await read(files)
    expect(meta).toMatchObject({ title: 'The Tool', language: 'de' })
    expect(meta?.authors.map((one) => one.name)).toEqual(['Jane Doe'])
    expect(list).toEqual([
      'front introduction 1 src/README.md Introduction',
      'body part 1 src/SUMMARY.md Guide',
      'body chapter 2 src/a/install.md Install',
      'body chapter 2 src/a/read.md Read',
      'body chapter 3 src/a/nes ted.md Nested',
      'body chapter 2 src/a/after.md After',
      'back note 1 src/who.md Contributors',
    ])
    expect(said).toEqual(['src/SUMMARY.md:10: warning not-taken: `Draft` has no file yet, and is left out'])
  })

  test('has its faults where they are', async () => {
    const { said } = await read({
      ...files,
      'book.toml': '[book]\ntitle = "T"\nlanguage = "not a tag"\n',
      'src/SUMMARY.md': '- [One](gone.md)\n- [Out](../../x.md)\n- [Read](a/read.md)\n',
    })
    expect(said).toEqual([
      'book.toml:3: error bad-language: `not a tag` is no language tag',
      'src/SUMMARY.md:1: error missing-file: there is no `src/gone.md`',
      expect.stringMatching(/^src\/SUMMARY\.md:2: error bad-path: /),
    ])
  })

  test('is linked by what its site has of the files', async () => {
    const { codes } = await read({
      'book.toml': '[book]\ntitle = "T"\n',
      'src/SUMMARY.md': '- [One](one.md)\n- [Guide](guide/README.md)\n',
      'src/one.md':
        '# One\n\nSee [it](guide/index.html), [it](guide/), [it](guide/README.html#guide), [it](guide/README.md).\n',
      'src/guide/README.md': '# Guide\n\nBack to [one](../one.html) and [one](../one).\n',
    })
    expect(codes).toEqual([])
  })

  test('a summary without links is one if it has its settings, and else a text of a folder', async () => {
    const summary = '# Summary\n\nWords.\n'
    const alone = await read({ 'SUMMARY.md': summary, 'one.md': text('One'), 'two.md': text('Two') })
    expect({ list: alone.list.length, codes: alone.codes }).toEqual({ list: 2, codes: ['no-manifest'] })
    const { said } = await read({
      'book.toml': '[book]\ntitle = "T"\n',
      'src/SUMMARY.md': summary,
      'src/one.md': text('One'),
    })
    expect(said).toEqual(['book.toml: error empty-body: it lists no text'])
  })

  test('or its elder, GitBook, without settings or with a `book.json`', async () => {
    const gitbook = {
      'SUMMARY.md': '# Summary\n\n* [Start](README.md)\n    * [Of it](README.md#of-it)\n* [One](one.md)\n',
      'README.md': text('The Old Tool'),
      'one.md': text('One'),
    }
    expect((await read(gitbook)).meta?.title).toBe('The Old Tool')
    const { meta, list, codes } = await read({ ...gitbook, 'book.json': '{"title": "Named", "plugins": ["x"]}' })
    expect({ title: meta?.title, list: list.length, codes }).toEqual({ title: 'Named', list: 2, codes: [] })
  })
})

test('a Quarto book is understood as it lies', async () => {
  const yaml = `project:
  type: book
lang: fr
book:
  title: "My Book"
  author: "Norah Jones"
  date: last-modified
  chapters:
    - index.qmd
    - part: "Animals"
      chapters:
        - animals/a.qmd
        - file: animals/b.qmd
    - part: plants.qmd
      chapters: [p.qmd]
    - references.qmd
    - href: https://example.com
  appendices: [tools.qmd]
format:
  html: { theme: cosmo }
`
  const files = Object.fromEntries(
    ['animals/a', 'animals/b', 'plants', 'p', 'references', 'tools'].map((name) => [`${name}.qmd`, text(name)]),
  )
  const { meta, list, said } = await read({
    ...files,
    '_quarto.yml': yaml,
    'index.qmd': '# Preface {.unnumbered}\n\nThis.\n',
  })
  expect(meta).toMatchObject({ title: 'My Book', language: 'fr' })
  expect(list).toEqual([
    'front preface 1 index.qmd Preface',
    'body part 1 _quarto.yml Animals',
    'body chapter 2 animals/a.qmd animals/a',
    'body chapter 2 animals/b.qmd animals/b',
    'body part 1 plants.qmd plants',
    'body chapter 2 p.qmd p',
    'body bibliography 1 references.qmd references',
    'back appendix 1 tools.qmd tools',
  ])
  expect(said).toEqual([
    '_quarto.yml:7: warning not-taken: the date `last-modified` is left out',
    '_quarto.yml:17: warning not-taken: `https://example.com` is left out',
  ])
  // A website's settings are no book's.
  expect((await read({ '_quarto.yml': 'project:\n  type: website\n', 'a.md': text('A') })).codes).toEqual([
    'no-manifest',
  ])
})

describe('a Leanpub book', () => {
  const files: Files = {
    'manuscript/Book.txt':
      'frontmatter.txt\npreface.md\nmain.txt\npart.md\n# not.md\none.md\ntwo.md\nbackmatter:\nappendix.md\n',
    'manuscript/frontmatter.txt': '{frontmatter}\n',
    'manuscript/preface.md': text('Preface'),
    'manuscript/main.txt': '{mainmatter}\n',
    'manuscript/part.md': '-# Part One\n',
    'manuscript/one.md': '# One\n\n![A dot.](dot.svg)\n\nText.\n',
    'manuscript/two.md': '{class: part}\n# Part Two\n\nWords.\n',
    'manuscript/appendix.md': text('More'),
    'manuscript/resources/dot.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><rect width="9" height="9"/></svg>',
  }
  const wanted = [
    'front preface 1 manuscript/preface.md Preface',
    'body part 1 manuscript/part.md Part One',
    'body chapter 2 manuscript/one.md One',
    'body part 1 manuscript/two.md Part Two',
    'back appendix 1 manuscript/appendix.md More',
  ]

  test('is understood as it lies, with its resources', async () => {
    const { list, codes } = await read(files)
    expect({ list, codes }).toEqual({ list: wanted, codes: ['no-manifest'] })
  })

  test('may say in the list that a file is a part', async () => {
    const { list } = await read({
      ...files,
      'manuscript/Book.txt': '{class: part}\nthree.md\none.md\n',
      'manuscript/three.md': '# Part Three\n\nWords.\n',
    })
    expect(list).toEqual(['body part 1 manuscript/three.md Part Three', 'body chapter 2 manuscript/one.md One'])
  })

  test('may be named by a `book.yaml`, which leaves the list to it', async () => {
    const told = await outlineManifest({ dir: undefined, over: over(files) }, () => undefined)
    expect(told?.manifest).toContain('# The files are listed in manuscript/Book.txt.\n')
    const { list, codes } = await read({ ...files, 'book.yaml': told!.manifest! })
    expect({ list, codes }).toEqual({ list: wanted, codes: ['missing-date'] })
  })
})

test('what can be forgiven says where it is forgiven', async () => {
  const dead = '# One\n\nSee [it](gone.md).\n'
  const hints = async (files: Files, file?: string) => {
    const said: Diagnostic[] = []
    await readBook({ dir: undefined, over: over(files), file }, (one) => said.push(one))
    return said
      .filter(({ severity }) => severity === 'error')
      .map(({ hint }) => /with `(.*?)` in (.*)$/.exec(hint)?.slice(1))
  }
  const forgive = 'forgive: [dead-link]'
  const made = [[forgive, 'a `book.yaml`, which `octavo init` writes']]
  expect(
    await hints({ 'book.toml': '[book]\ntitle = "T"\n', 'src/SUMMARY.md': '- [One](one.md)\n', 'src/one.md': dead }),
  ).toEqual(made)
  expect(await hints({ 'one.md': dead })).toEqual(made)
  expect(await hints({ 'book.yml': 'title: T\nlanguage: en\nbody: [one.md]\n', 'one.md': dead })).toEqual([
    [forgive, 'book.yml'],
  ])
  const paper = { 'paper.md': dead }
  expect(await hints(paper, 'paper.md')).toEqual([[forgive, 'the front matter of paper.md']])
  // And there it is heard.
  expect(await hints({ 'paper.md': `---\n${forgive}\n---\n${dead}` }, 'paper.md')).toEqual([])
})

test('the manifest that is written says what was guessed, whatever the names are', async () => {
  const books: Files[] = [
    { '1: one.md': text('One'), '- two.md': text('Two'), '#3.md': text('Three'), 'dedication.md': 'For: you.\n' },
    { 'README.md': text('Yes: "No" # or'), 'true.md': text('A'), '[b].md': text('B') },
    {
      'book.toml': '[book]\ntitle = "T"\nauthors = ["A, B", "true"]\n',
      'src/SUMMARY.md':
        '# S\n\n# Part: 1\n\n- [A: b](a.md)\n  - [C](c.md)\n    - [D, {e}](d.md)\n- [E](e.md)\n\n[F](f.md)\n',
      'src/a.md': text('A'),
      'src/c.md': text('C'),
      'src/d.md': text('D'),
      'src/e.md': text('E'),
      'src/f.md': text('F'),
    },
  ]
  for (const files of books) {
    const told = await outlineManifest({ dir: undefined, over: over(files) }, () => undefined)
    const [guessed, written] = [await read(files), await read({ ...files, 'book.yaml': told!.manifest! })]
    expect(written.list.map((line) => line.replace('book.yaml', '*'))).toEqual(
      guessed.list.map((line) => line.replace('src/SUMMARY.md', '*')),
    )
    expect(written.meta).toMatchObject({
      title: guessed.meta!.title,
      authors: guessed.meta!.authors,
      language: guessed.meta!.language,
    })
    expect(written.codes).toEqual(['missing-date'])
  }
})
