// What a build may take: every limit is kept, and answered; the page that lists them is made from their one table. A build past its time
// or memory ends with a code, and nothing is written.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BuildOptions, type BuildResult, build, check } from '../src/build.js'
import { toLine } from '../src/diagnostic.js'
import { FIXED, LIMITS, type Limits, limitsOf } from '../src/model/limits.js'
import { JPEG_GRAY } from './pdf/images.js'
import { readPdf, Text } from './pdf/reader.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-limits-'))
  put('book.yaml', 'title: A Book\nlanguage: en\ndate: 2026-01-31\ngenerate: false\nbody: [a.md, b.md]\n')
  put('a.md', '---\nsubtitle: Of the first\n---\n\n# A\n\nSome *words* of the first.\n\n![A picture](x.jpg)\n')
  put('b.md', '# B\n\nSome words of the second, and the the picture.\n\n![Another](y.jpg)\n')
  put('x.jpg', new Uint8Array(JPEG_GRAY))
  put('y.jpg', new Uint8Array(JPEG_GRAY))
})
afterEach(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))

/** A table, a drawing, a theme of its own. */
function putMore() {
  put('book.yaml', 'title: A Book\nlanguage: en\ndate: 2026-01-31\ntheme: look.yaml\nbody: ["*.md"]\ngenerate: false\n')
  put('c.md', '# C\n\n| a | b |\n| - | - |\n| c | d |\n\n![A drawing](z.svg)\n')
  put('z.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>')
  put('look.yaml', 'extends: house\nfaces: {text: {family: X, files: {regular: f.ttf}}}\n')
  put('f.ttf', readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')))
}

function put(path: string, content: string | Uint8Array) {
  writeFileSync(join(home, path), content)
}

const out = () => join(home, 'out')
const errorsOf = ({ diagnostics }: { diagnostics: BuildResult['diagnostics'] }) =>
  diagnostics.filter((one) => one.severity === 'error').map((one) => toLine(one))

describe('a book past the limit', () => {
  it.each<[keyof Limits, number, RegExp]>([
    ['manifest', 20, /^book\.yaml: error too-large: /],
    ['frontMatter', 10, /^a\.md:1: error too-large: the front matter/],
    ['text', 60, /^book\.yaml:5: error too-large: /],
    ['texts', 100, /^book\.yaml:5: error too-large: /],
    ['parts', 4, /^a\.md: error too-large: the file has more parts/],
    ['allParts', 20, /^b\.md: error too-large: the book has more parts/],
    ['image', 100, /^a\.md:9: error too-large: /],
    ['images', JPEG_GRAY.length + 1, /^b\.md:5: error too-large: the images have more than/],
    ['pixels', 3, /^a\.md:9: error too-large: .* pixels/],
    ['allPixels', 20, /^b\.md:5: error too-large: .* pixels in all/],
    ['pictures', 1, /^b\.md:5: error too-large: the book has more than 1 images/],
    ['drawing', 1e-5, /^c\.md:7: error svg-too-complex: /],
    ['files', 1, /^book\.yaml:5: error too-large: `\*\.md` stands for more than 1 files/],
    ['cells', 3, /^c\.md:3: error too-large: the table has more than 3 cells/],
    ['theme', 20, /^look\.yaml: error theme-yaml: the file has more than 20 bytes/],
    ['font', 20, /^look\.yaml:2: error theme-font: .* has more than 20 bytes/],
  ])('%s is refused at its place', async (name, value, wanted) => {
    if (['drawing', 'files', 'cells', 'theme', 'font'].includes(name)) putMore()
    expect(errorsOf(await check({ book: home }))).toEqual([])
    const result = await build({ book: home, out: out(), limits: { [name]: value } })
    expect(errorsOf(result).filter((line) => wanted.test(line))).not.toEqual([])
    expect(result.files).toEqual([])
    expect(existsSync(out())).toBe(false)
  })

  it('findings lists the first, and counts the rest by their codes', async () => {
    put('b.md', `# B\n\n${'The the word and [a link](#nowhere).\n\n'.repeat(30)}`)
    const { diagnostics, ok } = await check({ book: home, limits: { findings: 10 } })
    expect(ok).toBe(false)
    expect(diagnostics.filter((one) => one.severity === 'error' && one.code === 'dead-link')).toHaveLength(10)
    expect(diagnostics.filter((one) => one.code === 'more-findings').map(toLine)).toEqual([
      'octavo: error more-findings: 20 more errors are not listed: 20 dead-link',
      expect.stringMatching(
        /^octavo: warning more-findings: \d+ more warnings are not listed: (?:\d+ [a-z-]+, )*\d+ doubled-word/,
      ),
    ])
  })

  it('findings is none for what the manifest ignores', async () => {
    put('book.yaml', 'title: A Book\nlanguage: en\ndate: 2026-01-31\nignore: [doubled-word]\nbody: [b.md]\n')
    put('b.md', `# B\n\n${'The the word.\n\n'.repeat(30)}`)
    expect((await check({ book: home, limits: { findings: 10 } })).diagnostics).toEqual([])
  })
})

it('notes in one paragraph are found on their lines in one pass', async () => {
  let asked = 0
  vi.resetModules()
  vi.doMock('../src/layout/text/lines.js', async (original) => {
    const lines = await original<typeof import('../src/layout/text/lines.js')>()
    return {
      ...lines,
      startOffset(...[b, line]: Parameters<typeof lines.startOffset>) {
        asked++
        return lines.startOffset(b, line)
      },
    }
  })
  const { check } = await import('../src/build.js')
  const work = async (notes: number) => {
    put('b.md', `# B\n\n${'word^[note] '.repeat(notes)}\n`)
    asked = 0
    expect(errorsOf(await check({ book: home }))).toEqual([])
    return asked
  }
  const [few, many] = [await work(100), await work(800)]
  vi.doUnmock('../src/layout/text/lines.js')
  vi.resetModules()
  expect(few).toBeGreaterThan(10)
  expect(many).toBeLessThan(few * 12)
})

it('a title over many pages is measured, and said of its links, by its beginning alone', async () => {
  let asked = 0
  vi.resetModules()
  vi.doMock('../src/layout/text/shaped-faces.js', async (original) => {
    const faces = await original<typeof import('../src/layout/text/shaped-faces.js')>()
    return {
      ...faces,
      createShapedFaces(...all: Parameters<typeof faces.createShapedFaces>) {
        const made = faces.createShapedFaces(...all)
        const { runs } = made
        return Object.assign(made, {
          runs(...[face, fallback, words]: Parameters<typeof runs>) {
            asked += words.length
            return runs(face, fallback, words)
          },
        })
      },
    }
  })
  const { build } = await import('../src/build.js')
  const work = async (words: number) => {
    put('b.md', `# ${'some words '.repeat(words)}\n\n[Text](#b).\n`)
    asked = 0
    const { files } = await build({ book: home, out: out(), editions: ['pdf'] })
    const pdf = readPdf(readFileSync(files[0]!.path))
    let said = 0
    for (const value of pdf.objects.values()) {
      const about = value instanceof Map && value.has('StructParent') ? value.get('Contents') : undefined
      if (about instanceof Text) said += about.bytes.length
    }
    return { asked, said }
  }
  put('book.yaml', 'title: A Book\nlanguage: en\ndate: 2026-01-31\nfront: [{generate: contents}]\nbody: [b.md]\n')
  const [short, long] = [await work(1000), await work(4000)]
  vi.doUnmock('../src/layout/text/shaped-faces.js')
  vi.resetModules()
  expect(short.said).toBeGreaterThan(1000)
  expect(long.said).toBeLessThan(short.said * 5)
  expect(long.asked).toBeLessThan(short.asked * 6)
})

it('a limit that is none is a fault of the caller', async () => {
  await expect(build({ book: home, out: out(), limits: { texst: 3 } as Partial<Limits> })).rejects.toThrow(
    /no limit `texst`/,
  )
  for (const time of [0, -1, Number.NaN, '3' as unknown as number])
    expect(() => limitsOf({ time })).toThrow(/must be a number above 0/)
  expect(limitsOf({ time: undefined }).time).toBe(600)
})

/** The packaged library in a process of its own: there alone a build can be made apart. */
/** `before`: done first. */
function library(options: BuildOptions & { check?: boolean }, before = ''): BuildResult & { stages: string[] } {
  const source = `
    ${before}
    import { build, check } from ${JSON.stringify(pathToFileURL(join(ROOT, 'dist/index.js')).href)}
    const { check: only, ...options } = ${JSON.stringify({ book: home, out: out(), ...options })}
    const stages = []
    const result = await (only ? check : build)({ ...options, progress: (stage, count) => count ?? stages.push(stage) })
    console.log(JSON.stringify({ ...result, stages }))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

describe('a build that is made apart', () => {
  it('makes the same files, and says the same', () => {
    const here = library({})
    const bytes = here.files.map(({ path }) => readFileSync(path))
    const apart = library({ limits: { time: 300, memory: 2000 } })
    expect({ ...apart, timings: [] }).toEqual({ ...here, timings: [] })
    expect(apart.files).toHaveLength(2)
    expect(apart.files.map(({ path }) => readFileSync(path))).toEqual(bytes)
  })

  it('checks as well', () => {
    const here = library({ check: true })
    const apart = library({ check: true, limits: { memory: 2000 } })
    expect({ ...apart, timings: [] }).toEqual({ ...here, timings: [] })
    expect(apart.files).toBeUndefined()
  })

  it('ends when its time is over', () => {
    const result = library({ limits: { time: 0.01 } })
    expect(errorsOf(result)).toEqual(['octavo: error out-of-time: the build took more than 0.01 seconds'])
    expect(result.files).toEqual([])
    expect(existsSync(out())).toBe(false)
  })

  it('ends when the engine gives up', () => {
    put('b.md', `# B\n\n${'A *paragraph* of some words, and of some more.\n\n'.repeat(40_000)}`)
    const result = library({ limits: { memory: 60 } })
    expect(errorsOf(result)).toEqual([expect.stringMatching(/^octavo: error out-of-memory: /)])
    expect(existsSync(out())).toBe(false)
  })

  it('names the largest text, if it was read by then', () => {
    put('b.md', `# B\n\n${'A *paragraph* of some words, and of some more.\n\n'.repeat(110_000)}`)
    const { diagnostics } = library({ limits: { memory: 220 } })
    expect(diagnostics[0]).toMatchObject({
      code: 'out-of-memory',
      hint: expect.stringContaining('its largest text is `b.md`'),
    })
  })

  it('is what a heavy book gets, unasked', () => {
    // It has no theme: nothing is set, and reading shows where it is done.
    put('book.yaml', 'title: A Book\nlanguage: en\ndate: 2026-01-31\ntheme: no-such\nbody: [b.md]\n')
    expect(library({}).stages.filter((stage) => stage === 'read')).toHaveLength(1)
    const isApart = () => {
      const { stages, diagnostics } = library({})
      expect(diagnostics.map((one) => one.code)).toContain('theme-not-found')
      return stages.filter((stage) => stage === 'read').length === 2
    }
    put('b.md', `# B\n\n${`${'word '.repeat(200)}\n\n`.repeat(10_100)}`)
    expect(isApart()).toBe(true)
    // A quarter as many, with nothing between them.
    put('b.md', `# B\n\n${`${'word'.repeat(200)}\n\n`.repeat(3_300)}`)
    expect(isApart()).toBe(true)
    put('b.md', `# B\n\n${`${'word '.repeat(200)}\n\n`.repeat(3_300)}`)
    expect(isApart()).toBe(false)
    // Each may be drawn; many of them are as heavy.
    const names = Array.from({ length: 60 }, (_, n) => `z${n}.svg`)
    for (const name of names)
      put(
        name,
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>${name}</title><filter id="f"><feGaussianBlur/></filter><path d="M0 0h9v9z" filter="url(#f)"/></svg>`,
      )
    const shown = (some: string[]) => put('b.md', `# B\n\n${some.map((name) => `![A drawing](${name})\n\n`).join('')}`)
    shown(names.slice(0, 1))
    expect(isApart()).toBe(false)
    shown(names)
    expect(isApart()).toBe(true)
  })

  it('can be asked for by the command', () => {
    const octavo = (...words: string[]) =>
      spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), 'build', home, '--out', out(), ...words], {
        encoding: 'utf8',
      })
    put('b.md', `# B\n\n${'A paragraph of some words, and of some more.\n\n'.repeat(60_000)}`)
    const late = octavo('--time-limit', '1')
    expect([late.status, late.stdout]).toEqual([1, expect.stringMatching(/^octavo: error out-of-time: /)])
    const large = octavo('--memory-limit', '80M', '--time-limit', '5m')
    expect([large.status, large.stdout]).toEqual([1, expect.stringMatching(/^octavo: error out-of-memory: /)])
    for (const [wrong, hint] of [
      ['--time-limit=soon', /--time-limit 90/],
      ['--time-limit=0', /--time-limit 90/],
      ['--memory-limit=2 GB', /--memory-limit 512M/],
    ] as const) {
      const { status, stderr } = octavo(wrong)
      expect([status, stderr]).toEqual([2, expect.stringMatching(hint)])
    }
    expect(existsSync(out())).toBe(false)
  })
})

it('a picture of many bits a pixel, and a transparent one, weigh more', async () => {
  const { readBook } = await import('../src/read/index.js')
  const weightOf = async (depth: number, colour: number, channels: number) => {
    const head = Buffer.alloc(13)
    head.writeUInt32BE(10, 0)
    head.writeUInt32BE(10, 4)
    head.set([depth, colour], 8)
    const chunk = (type: string, data: Uint8Array) => {
      const [body, ends] = [Buffer.concat([Buffer.from(type), data]), Buffer.alloc(8)]
      ends.writeUInt32BE(data.length, 0)
      ends.writeUInt32BE(crc32(body), 4)
      return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
    }
    const rows = deflateSync(Buffer.alloc(10 * (1 + (10 * depth * channels) / 8)))
    const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    put('x.jpg', Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]))
    put('book.yaml', 'title: A Book\nlanguage: en\ndate: 2026-01-31\nbody: [a.md]\n')
    let sum = 0
    await readBook(home, () => undefined, {
      weigh: ({ pixels = 0 }) => {
        sum += pixels
      },
    })
    return sum
  }
  expect(await weightOf(8, 2, 3)).toBe(100)
  expect(await weightOf(16, 2, 3)).toBe(200)
  expect(await weightOf(8, 6, 4)).toBe(270)
  expect(await weightOf(16, 6, 4)).toBe(540)
})

it('a paragraph that does not end, letters that no space parts, and notes weigh more', async () => {
  const { readBook } = await import('../src/read/index.js')
  const weightOf = async (text: string) => {
    put('book.yaml', 'title: A Book\nlanguage: en\ndate: 2026-01-31\nbody: [a.md]\n')
    put('a.md', `# A\n\n${text}\n`)
    const sum = { letters: 0, parts: 0 }
    await readBook(home, () => undefined, {
      weigh: ({ letters = 0, parts = 0 }) => {
        sum.letters += letters
        sum.parts += parts
      },
    })
    return { letters: sum.letters / text.length, parts: sum.parts }
  }
  expect((await weightOf('Some words.\n\n'.repeat(20_000))).letters).toBeCloseTo(1, 1)
  expect((await weightOf('Some words. '.repeat(20_000))).letters).toBeCloseTo(3, 1)
  expect((await weightOf('Somewords.'.repeat(20_000))).letters).toBeCloseTo(6, 1)
  const [plain, noted] = [await weightOf('a b '.repeat(100)), await weightOf('a^[b] '.repeat(100))]
  expect(noted.parts - plain.parts).toBeGreaterThan(400)
})

describe('where no thread can be started', () => {
  const refusing = (code: string, permission: string) => `
    import threads from 'node:worker_threads'
    import { syncBuiltinESMExports } from 'node:module'
    threads.Worker = class { constructor() { throw Object.assign(new Error('refused'), { code: '${code}' }) } }
    syncBuiltinESMExports()
    Object.defineProperty(process, 'permission', { value: ${permission} })`
  const WAYS = [
    ['by Node’s permission model', 'ERR_ACCESS_DENIED', "{ has: (scope) => scope !== 'worker' }"],
    ['since there is no room for one', 'ERR_WORKER_INIT_FAILED', 'undefined'],
  ] as const

  it.each(WAYS)('%s: a long book is built all the same', (_, code, permission) => {
    put('b.md', `# B\n\n${`${'Some words of a paragraph that is a little longer. '.repeat(5)}\n\n`.repeat(2100)}`)
    const whole = library({})
    const bytes = whole.files.map(({ path }) => readFileSync(path))
    const alone = library({}, refusing(code, permission))
    expect({ ...alone, timings: [], stages: [] }).toEqual({ ...whole, timings: [], stages: [] })
    expect(alone.files.map(({ path }) => readFileSync(path))).toEqual(bytes)
  })
})

it('docs/limits.md is the table', () => {
  const amount = ({ value, unit }: { value: number; unit: string }) => {
    if (unit === 'bytes') return value >= 1 << 20 ? `${value >> 20} MB` : `${value >> 10} kB`
    if (unit === 'pixels') return `${value / 1e6} million pixels`
    return `${value.toLocaleString('en')}${unit === '' ? '' : ` ${unit}`}`
  }
  const rows = LIMITS.map((one) => {
    const option = one.option === undefined ? '' : `\`${one.option}\``
    return `| \`${one.name}\` | ${option} | ${amount(one)} | ${one.meaning} | \`${one.code}\` |`
  })
  const fixed = Object.values(FIXED).map((one) => `| ${amount(one)} | ${one.meaning} | \`${one.code}\` |`)
  const page = `# Limits

What a build may take. A book past a limit gets the error of the last column, and nothing is written. The library takes others: \`build({ limits: { texts: 1e6 } })\`,
in bytes, pixels, seconds, megabytes or a plain number, as below; the command takes two of them. This page is made from \`src/model/limits.ts\`.

| \`limits\` | option | if absent | of what | past it |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

A book is built in the process that asks. One that turns out to be heavy (more than ten million letters, 60,000 parts, 250 million pixels or thirty seconds of drawings), and any whose
time or memory is limited by the caller, is built in a process of its own, which is ended when its time is over or its memory full; if V8 itself gives up there, that is
an answer too. While files are put in their places the time stands still. On Linux \`memory\` is all that the process holds; elsewhere it is V8’s heap, which buffers and WebAssembly are not part of.
Where Node may start no process (its permission model), limit the process that asks.

## What cannot be set

No book needs more of these. The first two columns say how much, and of what.

| | of what | past it |
| --- | --- | --- |
${fixed.join('\n')}
`
  const file = join(ROOT, 'docs/limits.md')
  if (process.env['OCTAVO_REGENERATE'] === '1') writeFileSync(file, page)
  expect(readFileSync(file, 'utf8')).toBe(page)
})
