// The edition for Kobo's e-readers: our own documents, with a span around each sentence and nothing else of their text touched.
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { build } from '../src/build.js'
import { toKobo } from '../src/kepub/kobo-spans.js'
import { unzip } from './finished/zip.js'

const BOOK = join(import.meta.dirname, 'kitchen-sink')

let epub: Map<string, Uint8Array>
let kepub: Map<string, Uint8Array>
const text = (files: Map<string, Uint8Array>, path: string) => new TextDecoder().decode(files.get(path))

beforeAll(async () => {
  const { files } = await build({ book: BOOK, editions: ['epub', 'kepub'], out: false })
  expect(files.map(({ path }) => path)).toEqual(['kitchen-sink.epub', 'kitchen-sink.kepub.epub'])
  const [plain, kobo] = files.map(({ bytes }) => unzip(bytes!))
  epub = plain!
  kepub = kobo!
})

/** What stands in a body, tags taken away. */
const wordsOf = (xhtml: string) => xhtml.slice(xhtml.indexOf('<body')).replace(/<[^>]*>/g, '')
const documents = () => [...epub.keys()].filter((path) => path.endsWith('.xhtml'))

describe('of a book', () => {
  test('it has the files of the EPUB, and the same metadata and pictures', () => {
    expect([...kepub.keys()]).toEqual([...epub.keys()])
    for (const path of epub.keys())
      if (!/\.(xhtml|css)$/.test(path)) expect(Buffer.compare(kepub.get(path)!, epub.get(path)!), path).toBe(0)
  })

  test('without its spans, boxes and style each document is that of the EPUB', () => {
    expect(documents().length).toBeGreaterThan(20)
    for (const path of documents()) {
      const bare = text(kepub, path)
        .replace(/<style class="kobostylehacks">.*<\/style>\n/, '')
        .replace(/\n<div id="book-columns">\n<div id="book-inner">/, '')
        .replace(/<\/div>\n<\/div>\n<\/body>/, '</body>')
        .replace(/<span class="koboSpan" id="kobo\.\d+\.\d+">([^<]*|<img [^>]*>)<\/span>/g, '$1')
      expect(bare, path).toBe(text(epub, path))
    }
  })

  test('every word but those of code and ruby stands in a span, and each number once, in order', () => {
    for (const path of documents()) {
      const document = text(kepub, path)
      const rest = document
        .replace(/<(pre|ruby)[\s>].*?<\/\1>/gs, '')
        .replace(/<span class="koboSpan"[^>]*>([^<]*|<img [^>]*>)<\/span>/g, '')
      expect(wordsOf(rest), path).not.toMatch(/\S/)
      const numbers = [...document.matchAll(/id="kobo\.(\d+)\.(\d+)"/g)].map(
        ([, p, s]) => [Number(p), Number(s)] as const,
      )
      numbers.forEach(([p, s], i) => {
        const [before, last] = numbers[i - 1] ?? [1, 0]
        expect(p === before ? s === last + 1 : p === before + 1 && s === 1, `${path} ${p}.${s}`).toBe(true)
      })
    }
  })

  test('a section begins as far down the page as in the EPUB', () => {
    const css = text(kepub, 'EPUB/css/book.css')
    expect(css).toContain('body.chapter #book-inner > section')
    expect(css.replaceAll(' #book-inner >', ' >')).toBe(text(epub, 'EPUB/css/book.css'))
  })
})

describe('sentences', () => {
  const spans = (body: string) => {
    const document = toKobo(`<html><head></head><body>${body}</body></html>`)
    return [...document.matchAll(/id="kobo\.([\d.]+)">(.*?)<\/span>/gs)].map(([, n, inside]) => `${n} ${inside}`)
  }

  test('end with their marks and what closes them', () => {
    expect(spans('<p>One. “Two!” Three? And four</p><p>Five…</p>')).toEqual([
      '1.1 One. ',
      '1.2 “Two!” ',
      '1.3 Three? ',
      '1.4 And four',
      '2.1 Five…',
    ])
  })

  test('go on over what is in them, and a picture has a number of its own', () => {
    expect(spans('<p>So <em>it</em> <b>is</b> <img src="a.png" alt=""/> here.</p>')).toEqual([
      '1.1 So ',
      '1.2 it',
      '1.3  ',
      '1.4 is',
      '1.5  ',
      '2.1 <img src="a.png" alt=""/>',
      '2.2  here.',
    ])
  })

  test('are not looked for in code; lists and tables count as paragraphs do', () => {
    expect(
      spans('<pre>a. b.</pre><ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<table><tr><td>x</td></tr></table>'),
    ).toEqual(['1.1 one', '1.2 two', '2.1 x'])
  })
})
