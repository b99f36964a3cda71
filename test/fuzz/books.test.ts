// Some books of chance, built whole, and all that ever went wrong. Many more: `npm run fuzz`.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { loop, report } from '../../scripts/fuzz/loop.js'
import { type BuildOptions, type BuildResult, build } from '../../src/build.js'
import { runs } from '../read/runs.js'
import { type HostileBook, SECRET } from './book.js'
import { worseThanLinear } from './cost.js'
import { anyBook } from './generate.js'
import { anyGrowth, grown, sizeOf } from './growth.js'
import { judge } from './judge.js'

vi.setConfig({ testTimeout: 600_000 })

const KEPT = join(dirname(fileURLToPath(import.meta.url)), 'kept')

/** As scripts/fuzz.js writes them. */
interface Kept {
  seed: number
  faults: string[]
  book: Omit<HostileBook, 'files'> & { files: Record<string, string | { base64: string }> }
}

const faultsOf = async (book: HostileBook) => (await judge(book, { build })).faults

describe('a book of chance', () => {
  it('is built soundly, or answered', async () => {
    await fc.assert(
      fc.asyncProperty(anyBook, async (book) => {
        expect(await faultsOf(book)).toEqual([])
      }),
      runs(100),
    )
  })
})

describe('a book that went wrong once', () => {
  it.each(
    readdirSync(KEPT)
      .filter((name) => name !== 'fonts.json')
      .sort(),
  )('%s', async (name) => {
    const { book } = JSON.parse(readFileSync(join(KEPT, name), 'utf8')) as Kept
    const files = Object.entries(book.files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : new Uint8Array(Buffer.from(content.base64, 'base64')),
    ])
    expect(await faultsOf({ ...book, files: Object.fromEntries(files) })).toEqual([])
  })
})

describe('a book that grows', () => {
  it('costs as much more as it is larger, or the judge sees it', async () => {
    const cost = (ms: number, megabytes: number) => ({ ms, memory: megabytes * 1e6 })
    const least = cost(400, 150)
    expect(worseThanLinear(cost(100, 40), cost(450, 170), 4, least)).toBeUndefined()
    expect(worseThanLinear(cost(100, 40), cost(1600, 170), 4, least)).toMatch(/^time grows from 100 to 1600 ms for 4.0/)
    expect(worseThanLinear(cost(100, 40), cost(450, 640), 4, least)).toMatch(/^memory grows from 40 to 640 MB/)
    // What is small is the machine's mood.
    expect(worseThanLinear(cost(1, 1), cost(300, 100), 4, least)).toBeUndefined()
  })

  it('is so many times as large, and is built or answered', async () => {
    await fc.assert(
      fc.asyncProperty(anyGrowth, async (plan) => {
        const small = grown({ ...plan, size: 2000 }, 1)
        expect(sizeOf(grown({ ...plan, size: 2000 }, 4)) / sizeOf(small)).toBeGreaterThan(2)
        expect(await faultsOf(small)).toEqual([])
      }),
      runs(20),
    )
  })
})

describe('what is tried in another process', () => {
  const kind = (ask: () => Promise<{ faults: string[]; end: string }>) => ({
    name: 'things',
    arbitrary: fc.constant(0),
    batch: 10,
    ask,
    end: async () => undefined,
    keep: (): [string, string] => [join(mkdtempSync(join(tmpdir(), 'octavo-loop-')), 'kept.json'), ''],
  })

  it('and falls after the time for making it smaller is over, is a fault', async () => {
    const hanging = kind(
      () => new Promise((done) => setTimeout(() => done({ faults: ['no end'], end: 'fallen' }), 100)),
    )
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    const found = await loop(hanging, { runs: 2, seed: 1, until: Infinity, shrink: 0.01 })
    log.mockRestore()
    expect(found).toMatchObject({ tried: 2, faults: 2 })
    expect(report(hanging, found)).toMatch(/^2 things \(seeds 1 to 2\): 2 faults\n {2}2 × no end\n {2}fallen 2$/)
  })
})

describe('the judge', () => {
  const manifest = 'title: T\nlanguage: en\ndate: 2026-01-01\ngenerate: false\nbody: [a.md]\n'
  const book: HostileBook = {
    files: { 'book.yaml': manifest, 'a.md': '# T\n\nkw1wk\n' },
    links: [],
    words: ['kw1wk'],
    loose: [],
  }
  const saying =
    (message: string, line = 1) =>
    async () => {
      const severity = 'error' as const
      const diagnostics = [{ severity, code: 'bad-yaml', path: 'book.yaml', line, message, hint: 'mend it' }]
      return { ok: false, diagnostics, timings: [], files: [] } satisfies BuildResult
    }
  /** The real files, changed. */
  const changing = (edition: string, change: (bytes: Buffer) => Buffer) => async (options: BuildOptions) => {
    const result = await build(options)
    for (const file of result.files.filter((each) => each.edition === edition)) {
      const bytes = change(readFileSync(file.path))
      writeFileSync(file.path, bytes)
      file.size = bytes.length
    }
    return result
  }
  const swapped = (from: string, to: string) => (bytes: Buffer) =>
    Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')

  it.each<[string, (options: BuildOptions) => Promise<BuildResult>, RegExp]>([
    ['a fall', () => Promise.reject(new TypeError('x')), /thrown: TypeError/],
    ['a control character', saying('a\u001b[31m'), /control characters/],
    ['a line that is not there', saying('a', 99), /a line that the file does not have/],
    ['the words of a programmer', saying('cannot read properties of undefined'), /programmer/],
    ['the secret', saying(SECRET), /the secret/],
    [
      'a file that nobody told of',
      async (options) => {
        mkdirSync(options.out as string, { recursive: true })
        writeFileSync(join(options.out as string, 'litter'), '')
        return saying('a')()
      },
      /written: litter/,
    ],
    ['a damaged EPUB', changing('epub', (bytes) => bytes.fill(0, 200, 204)), /EPUB|checksum|invalid/],
    ['another type', changing('epub', swapped('application/epub+zip', 'application/epub+zap')), /its type/],
    ['a damaged PDF', changing('pdf', swapped('startxref', 'startxfer')), /cannot be read/],
    ['a PDF of another version', changing('pdf', swapped('%PDF-1.7', '%PDF-1.2')), /does not begin as one/],
  ])('sees %s', async (_, way, wanted) => {
    const { faults } = await judge(book, { build: way })
    expect(faults.join('\n')).toMatch(wanted)
  })

  it('sees a word that is lost', async () => {
    expect((await judge({ ...book, words: ['kw2wk'] }, { build })).faults).toEqual([
      'EPUB: words are lost: kw2wk',
      'PDF: words are lost: kw2wk',
    ])
    expect((await judge(book, { build })).faults).toEqual([])
  })
})
