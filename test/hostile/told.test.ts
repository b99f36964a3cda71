// What a stranger's books did: text that vanished, files that were not what they seem, work without end. In: small books of that
// kind. Out: a finding at its place, or work that grows with the book.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { build, check, outline } from '../../src/build.js'
import { makeBook } from '../../src/cli/init.js'
import { run } from '../../src/cli/run.js'
import type { Report } from '../../src/diagnostic.js'
import type { EditionName } from '../../src/model/editions.js'
import type { Limits } from '../../src/model/limits.js'
import { verify } from '../../src/publish/index.js'
import { readKey } from '../../src/publish/signing.js'
import { readBook } from '../../src/read/index.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-told-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const MANIFEST = 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n'

function put(files: Record<string, string | Uint8Array>, more = '') {
  for (const [path, content] of Object.entries({
    'book.yaml': `${MANIFEST}${more}\n`,
    'a.md': '# A\n\nText.\n',
    ...files,
  })) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), content)
  }
}

/** `path:line severity code` of all that is said. */
async function said(editions?: EditionName[], limits?: Partial<Limits>): Promise<string[]> {
  const { diagnostics } = await build({ book: home, out: join(home, 'out'), editions, limits })
  return diagnostics.map(({ path, line, severity, code }) => `${path}:${line} ${severity} ${code}`)
}

const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')

describe('work that does not grow with the book', () => {
  test('titles that links without a text repeat have an end, and are weighed', async () => {
    put({ 'a.md': `# A\n\n## ${'long title '.repeat(80)}{#lt}\n\nText.\n\n${'[](#lt) '.repeat(60)}\n` })
    expect(await said(['epub'], { repeated: 20_000 })).toContain('a.md:7 error too-large')
    const letters = await weighed()
    expect(letters).toBeGreaterThan(3 * 60 * 800)
  })

  test('so have addresses that are defined once', async () => {
    put({ 'a.md': `# A\n\n${'[a] '.repeat(200)}\n\n[a]: https://example.org/${'a'.repeat(900)}\n` })
    expect(await said(['epub'], { repeated: 20_000 })).toContain('a.md:3 error too-large')
    expect(await weighed()).toBeGreaterThan(3 * 199 * 900)
  })

  async function weighed(): Promise<number> {
    let sum = 0
    await readBook(home, () => undefined, { weigh: ({ letters = 0 }) => void (sum += letters) })
    return sum
  }

  test('a blurb that no cover has room for is refused at its file, one that is too long is told there', async () => {
    put({ 'blurb.md': `# Blurb\n\n${'blurb '.repeat(2000)}\n` })
    expect(await said(['cover-wrap'])).toContain('blurb.md:0 error too-large')
    put({ 'blurb.md': `# Blurb\n\n${'blurb '.repeat(1500)}\n` })
    expect(await said(['cover-wrap'])).toContain('blurb.md:0 warning cover-lettering')
  })

  test.each([
    ['joiners', '\u200d'],
    ['accents', '\u0301'],
    ['spaces of no width', '\u200b'],
    ['soft hyphens and joiners', '\u00ad\u200d\ufe0f'],
  ])('a word with a hundred thousand %s is set', async (_, mark) => {
    put({ 'a.md': `# A\n\nx${mark.repeat(100_000 / mark.length)}x and y.\n` })
    expect((await said(['pdf'])).filter((line) => line.includes('error'))).toEqual([])
  })

  test('a word of a million letters is read', async () => {
    put({ 'a.md': `# A\n\n${'a'.repeat(1_000_000)}\n` })
    expect(await weighed()).toBeGreaterThan(1_000_000)
  })

  test('a word that no page could show is refused at its line; texts without spaces are not', async () => {
    put({ 'a.md': `# A\n\nText.\n\n${'\u00e4b'.repeat(600_000)}\n` })
    expect(await said(['epub'])).toEqual(['a.md:5 error too-large'])
    for (const marks of ['!', 'a_']) {
      put({ 'a.md': `# A\n\nText.\n\n${marks.repeat(2_100_000 / marks.length)}\n` })
      expect(await said(['epub']), marks).toEqual(['a.md:5 error too-large'])
    }
    const loose: string[] = []
    put({ 'a.md': `# A\n\n${'\u6f22\u5b57'.repeat(600_000)}\n\n${'\u0e01'.repeat(1_100_000)}\n` })
    await readBook(home, ({ code }) => void loose.push(code))
    expect(loose).not.toContain('too-large')
  })

  test('lines of code are weighed as what is set for each, and have an end', async () => {
    const code = (lines: number) => `\`\`\`\n${'a = b\n'.repeat(lines)}\`\`\`\n`
    let parts = 0
    put({ 'a.md': `# A\n\nText.\n\n${code(5000)}` })
    await readBook(home, () => undefined, { weigh: (work) => void (parts += work.parts ?? 0) })
    expect(parts).toBeGreaterThan(5000)
    put({ 'a.md': `# A\n\nText.\n\n${code(150_000)}\n${code(100_001)}\n${code(1)}` })
    expect(await said(['epub'])).toEqual(['a.md:150008 error too-large'])
  })

  test.each([
    ['an element with more classes than a call has room for', `<p class="${'a '.repeat(130_000)}">x</p>`],
    ['ruby of as many parts', `<ruby>${'a<rt>b</rt>'.repeat(35_000)}</ruby>`],
  ])('%s is read', async (_, text) => {
    put({ 'a.md': `# A\n\n${text}\n` })
    const codes: string[] = []
    expect(await readBook(home, ({ code }) => void codes.push(code))).toBeDefined()
    expect(codes.filter((code) => code !== 'class-unstyled')).toEqual([])
  })

  test('so is a play of directions alone', async () => {
    put({ 'a.md': `# A\n\n:::: drama\n::: verse\n${'*a*\n\n'.repeat(20_000)}:::\n::::\n` })
    const codes: string[] = []
    const manuscript = await readBook(home, ({ code }) => void codes.push(code))
    expect(codes).toEqual([])
    expect(JSON.stringify(manuscript!.book.sections).match(/"role":"direction"/g)).toHaveLength(20_000)
  })

  test('one-letter links that touch are parted into lines', async () => {
    put({ 'a.md': `# A\n\nSome words. ${'[a](#a)'.repeat(400)} and more.\n` })
    expect((await said(['pdf'])).filter((line) => line.includes('overfull'))).toEqual([])
  })
})

test('an mdBook’s key of ten thousand parts is refused at its line, and tables without end are read', async () => {
  const toml = (text: string) => {
    rmSync(join(home, 'book.yaml'), { force: true })
    for (const [path, content] of Object.entries({
      'book.toml': text,
      'SUMMARY.md': '- [A](a.md)\n',
      'a.md': '# A\n\nText.\n',
    }))
      writeFileSync(join(home, path), content)
    return said(['epub'])
  }
  expect(await toml(`[book]\ntitle = "T"\n${'a.'.repeat(10_000)}b = 1\n`)).toContain('book.toml:3 error bad-toml')
  const tables = Array.from({ length: 60_000 }, (_, i) => `[[a${i}.b]]\nc=1`).join('\n')
  expect(await toml(`[book]\ntitle = "T"\nlanguage = 1\n${tables}\n`)).toContain('book.toml:3 error bad-language')
})

test('what is called blurb.md and is no file of the folder is told', async () => {
  const secret = join(home, 'secret.md')
  writeFileSync(secret, '# S\n\nSecret.\n')
  home = join(home, 'book')
  put({})
  const blurb = join(home, 'blurb.md')
  symlinkSync(secret, blurb)
  expect(await said(['cover-wrap'])).toEqual(['blurb.md:0 error outside-folder'])
  rmSync(blurb)
  mkdirSync(blurb)
  expect(await said(['cover-wrap'])).toEqual(['blurb.md:0 error missing-file'])
  rmSync(blurb, { recursive: true })
  execFileSync('mkfifo', [blurb])
  expect(await said(['cover-wrap'])).toEqual(['blurb.md:0 error missing-file'])
  home = dirname(home)
})

test('a list of checksums that is a pipe, and a link, proves no site', async () => {
  const sums = join(home, 'SHA256SUMS')
  execFileSync('mkfifo', [sums])
  const codes = async () => (await verify({ site: home })).diagnostics.map(({ code }) => code)
  expect(await codes()).toEqual(['site-unproved'])
  rmSync(sums)
  symlinkSync('/dev/zero', sums)
  expect(await codes()).toEqual(['site-unproved'])
})

test('init writes nothing through a link', async () => {
  const outside = join(home, 'outside')
  for (const path of [outside, join(home, 'book')]) mkdirSync(path)
  writeFileSync(join(home, 'book/a.md'), '# A\n\nText.\n')
  symlinkSync(outside, join(home, 'book/.octavo'))
  expect(await makeBook(join(home, 'book'))).toMatchObject({ message: expect.stringContaining('is a link') })
  expect(existsSync(join(outside, 'book.schema.json'))).toBe(false)
  expect(existsSync(join(home, 'book/book.yaml'))).toBe(false)
})

test('a style sheet of brackets in brackets is refused at its line', async () => {
  const look = 'extends: house\nepub: { css: e.css }\n'
  for (const css of ['@media x{'.repeat(5000) + '}'.repeat(5000), `p{width:${'calc('.repeat(5000)}`]) {
    put({ 't.yaml': look, 'e.css': `p{color:red}\n${css}` }, 'theme: t.yaml')
    expect(await said(['epub'])).toEqual(['e.css:2 error epub-css'])
  }
})

describe('what would vanish', () => {
  test('a line with the form of a link’s definition that nothing refers to is told of', async () => {
    put({ 'a.md': '# A\n\nThey spoke.\n\n[Anna]: Yes.\n\n[Editor]: No!\n\n[Anna]: Perhaps.\n' })
    expect(await said(['epub'])).toEqual([5, 7, 9].map((line) => `a.md:${line} warning unused-link`))
  })

  test('one that is referred to is not, nor is what others write as a comment', async () => {
    const text = '# A\n\nSee [there], [so][other] and ![One][picture].\n\n[there]: https://example.org\n[other]: #a\n'
    put(
      { 'a.md': `${text}[picture]: https://example.org/a.png\n\n[//]: # (A comment)\n[//]: # (Another)\n` },
      'forgive: [remote-image]',
    )
    expect((await said(['epub'])).filter((line) => line.includes('unused'))).toEqual([])
  })

  test('overrides of direction are told of, and what turns the text and does not end; what ends is text', async () => {
    const marks = ['\u202e', '\u2067', '\u2066', '\u2069', '\u202b']
    put({
      'a.md': `# A ${marks[0]}\n\n${marks
        .slice(1)
        .map((mark) => `Text ${mark} here.`)
        .join('\n\n')}\n\n\`code \u202d\`\n`,
    })
    const lines = [1, 3, 5, 7, 9, 11].map((line) => `a.md:${line} warning control-character`)
    expect(await said(['epub'])).toEqual(lines)
    put({ 'a.md': '# A\n\nText \u2068\u05d0\u05d1\u2069 and \u2067over\ntwo\u2069 lines, \u202bold\u202c.\n' })
    expect(await said(['epub'])).toEqual([])
  })

  test('so are those that are written as references', async () => {
    put({
      'a.md': '# A\n\nText\nand &#x202E;here.\n\n&#8295;never ended\n\n&#x2067;ended&#x2069;\n\n`&#x202e;`\n',
    })
    expect(await said(['epub'])).toEqual([4, 6].map((line) => `a.md:${line} warning control-character`))
  })

  test('text beside what stands in its place is told of', async () => {
    const picture = gif([2, 0x44, 0x01])
    const told = (line: number) => [`a.md:${line} warning unknown-attribute`]
    put({ 'i.gif': picture, 'a.md': '# A\n\nText.\n\n![Bracket words](i.gif){alt="Other words" caption=""}\n' })
    expect(await said(['epub'])).toEqual(told(5))
    put({ 'i.gif': picture, 'a.md': '# A\n\nText ![Bracket words](i.gif){alt="Other words"} here.\n' })
    expect(await said(['epub'])).toEqual(told(3))
    put({ 'i.gif': picture, 'a.md': '# A\n\nText.\n\n![Bracket words](i.gif){.decorative}\n' })
    expect(await said(['epub'])).toEqual(told(5))
    put({ 'a.md': '# A\n\nText.\n\n```js and more\nx\n```\n\n```js {1,3}\nx\n```\n' })
    expect(await said(['epub'])).toEqual(told(5))
    put({ 'a.md': '# A\n\nText.\n\n<!--> words -->\n\n<!-- --> <!---->\n' })
    expect(await said(['epub'])).toEqual(['a.md:5 warning foreign-markup'])
  })

  test('all characters of a line that no output can hold are listed', async () => {
    put({ 'a.md': '# A\n\nText \u0001and \u0002or \u0001.\n' })
    const { diagnostics } = await check({ book: home })
    expect(diagnostics.map(({ message }) => message).slice(0, 1)).toEqual([
      'the text has the characters U+0001, U+0002',
    ])
  })

  test('a gutter that moves the text off the page is refused where it is asked for', async () => {
    put(
      { 'a.md': `# A\n\n${'Some words of a text. '.repeat(400)}\n` },
      'editions:\n  print: { gutter: 30mm, multiple: 64 }',
    )
    expect(await said()).toContain('book.yaml:6 error theme-page')
  })
})

describe('files that are not what they seem', () => {
  test('a manifest that is a link out, a folder or a pipe is no missing one', async () => {
    put({})
    const manifest = join(home, 'book.yaml')
    rmSync(manifest)
    symlinkSync('/etc/hostname', manifest)
    expect(await said(['epub'])).toEqual(['book.yaml:0 error outside-folder'])
    rmSync(manifest)
    symlinkSync('nowhere', manifest)
    expect(await said(['epub'])).toEqual(['book.yaml:0 error unreadable-file'])
    rmSync(manifest)
    mkdirSync(manifest)
    expect(await said(['epub'])).toEqual(['book.yaml:0 error unreadable-file'])
    rmSync(manifest, { recursive: true })
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [manifest])
    expect(await said(['epub'])).toEqual(['book.yaml:0 error unreadable-file'])
  })

  test.skipIf(process.platform === 'win32')(
    'neither is a book that is a device, or a folder of chapters that is a link out',
    async () => {
      const { diagnostics } = await build({ book: '/dev/null', out: join(home, 'out') })
      expect(diagnostics.map(({ message }) => message)).toEqual(['`/dev/null` is neither a folder nor a plain file'])
      put({ 'book.yaml': MANIFEST.replace('a.md', 'chapters/*.md') })
      symlinkSync(tmpdir(), join(home, 'chapters'))
      expect(await said(['epub'])).toContain('book.yaml:4 error outside-folder')
    },
  )

  test('a name that begins with a space is kept by the manifest that is written for it', async () => {
    writeFileSync(join(home, ' space .md'), '# A\n\nText.\n')
    const { manifest } = await outline({ book: home })
    writeFileSync(join(home, 'book.yaml'), manifest!)
    expect((await said(['epub'])).filter((line) => line.includes('error'))).toEqual([])
  })

  test('a GIF that is cut short is broken, whatever bytes it ends with', async () => {
    put({ 'a.md': '# A\n\n![A](a.gif)\n', 'a.gif': gif([8, 1, 2, 0x3b, 4]).subarray(0, -6) })
    expect(await said(['epub'])).toEqual(['a.md:3 error broken-image'])
    put({ 'a.md': '# A\n\n![A](a.gif)\n', 'a.gif': gif([2, 0x44, 0x01]) })
    expect(await said(['epub'])).toEqual([])
  })

  test('pictures that cannot be unpacked are told of beside other errors', async () => {
    // A code that stands for nothing yet.
    put({ 'a.md': '# A\n\n![A](a.gif)\n\n[gone](#gone)\n', 'a.gif': gif([2, 0x7c, 0xff]) })
    expect(await said(['pdf'])).toEqual(
      expect.arrayContaining(['a.md:3 error image-unreadable', 'a.md:5 error dead-link']),
    )
    expect(await said(['epub'])).toEqual(['a.md:5 error dead-link'])
  })

  test('a font that forbids to be embedded is told of', async () => {
    const bytes = new Uint8Array(readFileSync(FONT))
    tableOf(bytes, 'OS/2').setUint16(8, 2)
    put({ 't.yaml': FACE, 'f.ttf': bytes }, 'theme: t.yaml')
    expect(await said(['epub'])).toContain('t.yaml:6 warning theme-font')
    const { diagnostics } = await check({ book: home })
    expect(diagnostics.map(({ message }) => message).join()).toContain('its licence forbids to embed it')
  })

  test('a font whose letters are made of themselves is refused', async () => {
    const bytes = new Uint8Array(readFileSync(FONT))
    const glyf = tableOf(bytes, 'glyf')
    const loca = tableOf(bytes, 'loca')
    const long = tableOf(bytes, 'head').getInt16(50) === 1
    const placeOf = (glyph: number) => (long ? loca.getUint32(4 * glyph) : 2 * loca.getUint16(2 * glyph))
    let glyph = 0
    while (placeOf(glyph + 1) - placeOf(glyph) < 20 || glyf.getInt16(placeOf(glyph)) >= 0) glyph++
    glyf.setUint16(placeOf(glyph) + 12, glyph)
    put({ 't.yaml': FACE, 'f.ttf': bytes }, 'theme: t.yaml')
    expect(await said(['epub'])).toContain('t.yaml:6 error theme-font')
  })

  test('a standard input that is a folder, or has nothing, is no book', async () => {
    for (const text of [undefined, new Uint8Array()]) {
      let err = ''
      const streams = {
        out: () => undefined,
        err: (more: string) => void (err += more),
        live: false,
        input: async () => text,
      }
      expect(await run(['build', '-', '--out', join(home, 'out')], streams)).toBe(2)
      expect(err).toContain('there is no text on the standard input')
    }
  })
})

test('a file that has more parts than can be held gets no other findings', async () => {
  put({ 'a.md': 'Some *words* here.\n\n'.repeat(50) })
  expect(await said(['epub'], { parts: 40 })).toEqual(['a.md:0 error too-large'])
})

test('a title of the wrong kind is told once; of two manifests the one that is not read', async () => {
  put({ 'book.yaml': 'title: [A, B]\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n' })
  expect(await said(['epub'])).toEqual(['book.yaml:1 error wrong-type'])
  put({ 'book.json': '{"title": "B", "body": ["a.md"]}', 'book.yml': MANIFEST })
  expect(await said(['epub'])).toEqual(['book.json:0 warning not-taken', 'book.yml:0 warning not-taken'])
})

test('a key that is no plain file is not read', () => {
  const found: string[] = []
  const report: Report = ({ code, message }) => void found.push(`${code} ${message}`)
  expect(readKey('/dev/zero', join(home, 'out'), undefined, report)).toBe(undefined)
  expect(found).toHaveLength(1)
})

test('margins that leave no measure are told where the theme writes them', async () => {
  put({ 't.yaml': 'extends: house\nname: x\npage: { inside: 200 pt, outside: 219 pt }\n' }, 'theme: t.yaml')
  expect(await said(['pdf'])).toEqual(['t.yaml:3 error theme-page'])
})

const FACE = `extends: house
faces:
  text:
    family: E
    generic: serif
    files: { regular: f.ttf, italic: none, bold: none }
`

function tableOf(bytes: Uint8Array, name: string): DataView {
  const view = new DataView(bytes.buffer)
  for (let at = 12; ; at += 16)
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) === name)
      return new DataView(bytes.buffer, view.getUint32(at + 8), view.getUint32(at + 12))
}

/** A picture of 60 × 60 pixels in two colours; `data`: the size of its codes, then these. */
function gif([size, ...codes]: number[]): Uint8Array {
  const head = [...Buffer.from('GIF89a'), 60, 0, 60, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
  return new Uint8Array([...head, 0x2c, 0, 0, 0, 0, 60, 0, 60, 0, 0, size!, codes.length, ...codes, 0, 0x3b])
}

test('Ctrl-C during a build says a word, and leaves with the status that shells have for it', async () => {
  put({})
  let told = ''
  const ended = run(['build', home, '--out', join(home, 'out')], {
    out: () => undefined,
    err: (text) => {
      told += text
      if (text.includes('typesetting')) process.emit('SIGINT')
    },
    live: true,
    exit: (status) => {
      throw new Error(`left with ${status}`)
    },
  })
  await expect(ended).rejects.toThrow('left with 130')
  expect(told).toMatch(/octavo: interrupted; nothing was written\n$/)
  expect(existsSync(join(home, 'out'))).toBe(false)
  expect(process.listenerCount('SIGINT')).toBe(0)
})
