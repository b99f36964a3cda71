// All examples of the CommonMark specification, and of tables and footnotes, in one book: an EPUB without a fault, a sound PDF, and
// every word in both. The outside judges see the same book: `npm run judge`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selectAll } from 'css-select'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { build } from '../../src/build.js'
import { type Element, type Epub, openEpub, textOf, wordsOf } from '../finished/epub.js'
import { openPdf } from '../finished/pdf.js'
import { expectSame, wordsOfEpub, wordsOfPdf } from '../finished/streams.js'
import { lookAtEpub } from '../fuzz/epubfaults.js'
import { lookAtPdf } from '../fuzz/pdffaults.js'
import { type Written, writeBook } from './book.js'
import { EXTENSIONS } from './extensions.js'

let home: string
let written: Written
let epub: { bytes: Uint8Array; opened: Epub }
let pdf: Uint8Array
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'octavo-commonmark-'))
  written = await writeBook(join(home, 'book'))
  const { files, diagnostics } = await build({ book: join(home, 'book'), out: join(home, 'out') })
  expect(diagnostics.filter((one) => one.severity === 'error')).toEqual([])
  const bytes = readFileSync(files[0]!.path)
  epub = { bytes, opened: openEpub(bytes) }
  pdf = readFileSync(files[1]!.path)
})
afterAll(() => rmSync(home, { recursive: true }))

it('has every example, or an answer why not', () => {
  expect(written.chapters.length - EXTENSIONS.length + written.refused.size).toBe(652)
  const codes = new Map<string, number>()
  for (const each of written.refused.values()) for (const code of each) codes.set(code, (codes.get(code) ?? 0) + 1)
  // HTML that no output can show, and links and images that cannot be forgiven; nothing else is.
  expect(Object.fromEntries([...codes].sort())).toMatchInlineSnapshot(`
    {
      "bad-path": 4,
      "broken-image": 1,
      "dead-link": 5,
      "unsupported-html": 19,
    }
  `)
})

it('is a sound EPUB and a sound PDF', () => {
  expect(lookAtEpub(epub.bytes).faults).toEqual([])
  const seen = lookAtPdf(pdf, 'pdf')
  expect(seen.faults).toEqual([])
  expect(seen.pages).toBeGreaterThanOrEqual(written.chapters.length)
})

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }
/** Letters and digits of what a browser would show. */
const lettersOf = (text: string) => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '')
const shownBy = (html: string) =>
  lettersOf(
    html
      .replaceAll('→', '\t')
      .replace(/<img [^>]*alt="([^"]*)"[^>]*>/g, '$1')
      .replace(/<!---?>|<!--[\s\S]*?-->|<(?:"[^"]*"|'[^']*'|[^<>"'])*>/g, ' ')
      .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ENTITIES[name]!),
  )

it('has the words of every example in the EPUB, as the specification says', () => {
  const bodies = new Map(epub.opened.chapters.map(({ path, body }) => [/([^/]*)\.xhtml$/.exec(path)![1]!, body]))
  const wrong: string[] = []
  for (const { name, example } of written.chapters) {
    if (example === undefined || /\[\]\(/.test(example.markdown)) continue
    const body = bodies.get(name.replace(/.*\//, ''))!
    const images = (selectAll('img', [body]) as Element[]).filter(
      (each) => (each.parent as Element).name !== 'figcaption',
    )
    // A figure shows its title, which is an attribute elsewhere.
    const shown = lettersOf(textOf(body, (each) => each.name === 'figcaption')).replaceAll('httpsexampleorg', '')
    const alts = images.map((each) => lettersOf(each.attribs['alt'] ?? ''))
    const wanted = `Example${example.number}${shownBy(example.html)}`
    const sorted = (text: string) => [...text].sort().join('')
    if (sorted(shown + alts.join('')) !== sorted(wanted)) wrong.push(`${example.number}: ${shown} / ${wanted}`)
  }
  // What the specification takes for raw HTML and is forgiven here is text: more is shown, never less.
  expect(wrong).toEqual([
    '150: Example150hellofoo / Example150hello',
    '163: Example163WarningbarWarning / Example163bar',
    '201: Example201foobarbazfoo / Example201foobazfoo',
    '613: Example613babc2c / Example613',
    '614: Example614b2 / Example614',
    '623: Example623foo / Example623',
  ])
})

it('has the words of tables and notes', () => {
  for (const [i, { text, notes = '' }] of EXTENSIONS.entries()) {
    const { body } = epub.opened.chapters.find(({ path }) => path.endsWith(`/extension-${i}.xhtml`))!
    const seen = wordsOfEpub({ ...epub.opened, chapters: [{ path: '', tree: body as never, body }] })
    const captions = seen.captions.flatMap((each) => each.split(' '))
    expect([...captions, ...seen.text.slice(2)], `extension ${i}`).toEqual(wordsOf(text))
    expect(seen.notes, `extension ${i}`).toEqual(wordsOf(notes))
  }
})

it('has the same words in the PDF', async () => {
  const chapters = epub.opened.chapters.filter(({ path }) => !/(nav|contents)\.xhtml$/.test(path))
  const [one, other] = [wordsOfPdf(await openPdf(pdf)), wordsOfEpub({ ...epub.opened, chapters })]
  // Malayalam and Kannada have no glyphs: the PDF says which letters they are, and a warning that it does.
  const numbered = other.text.flatMap((word) => {
    const code = word.codePointAt(0)!
    return code >= 0xc80 && code < 0xd80 ? ['U', code.toString(16).toUpperCase().padStart(4, '0')] : [word]
  })
  expectSame(one.text, numbered)
  expectSame(one.notes, other.notes)
  expectSame(one.captions, other.captions)
})
