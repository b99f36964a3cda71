// What Kindle chokes on is said, where it is asked for, and nothing of a book that has none of it.
import { expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { checkKindle } from '../../src/epub/kindle.js'
import type { Book, Image } from '../../src/model/book.js'

function said(of: Partial<Parameters<typeof checkKindle>[0]>, images: Partial<Image>[] = []): string[] {
  const messages: string[] = []
  const pictures = new Map(
    images.map((image) => [image.path!, { bytes: new Uint8Array(1), type: 'png', ...image } as Image]),
  )
  const book = { images: pictures } as Book
  checkKindle({ book, cover: { type: 'png' }, texts: [], size: 1000, pictures: pictures.keys(), ...of }, (one) => {
    expect(one).toMatchObject({ severity: 'warning', code: 'kindle' })
    messages.push(one.message)
  })
  return messages
}

test('size, cover, pictures, and what documents and sheets have', () => {
  expect(said({})).toEqual([])
  expect(said({ size: 50_000_001 })).toEqual(['the EPUB has 50.0 MB: Send to Kindle takes 50 MB'])
  expect(said({ cover: { type: 'svg' } })).toHaveLength(1)
  expect(said({}, [{ path: 'a.webp', type: 'webp' }])).toEqual(['`a.webp` is a WebP, which Kindle does not show'])
  expect(said({}, [{ path: 'b.png', bytes: new Uint8Array(5_000_001) }])).toHaveLength(1)
  const document = (content: string, path = 'text/a.xhtml') => said({ texts: [{ path, content }] })
  expect(document('<p>math &lt;math&gt; <!-- a - b --></p>')).toEqual([])
  expect(document('<p><math xmlns="…"/></p>')).toHaveLength(1)
  expect(document('<p><m:math/></p>')).toHaveLength(1)
  expect(document('<p><!-- a -- b --></p>')).toHaveLength(1)
  expect(document('p { color: var(--ink) }', 'css/book.css')).toHaveLength(1)
  expect(document('<p>var(--ink)</p>')).toEqual([])
})

test('it is said only where it is asked for, at its place', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560"><rect width="9" height="9"/></svg>'
  const source = (setting: string) => ({
    'book.yaml': `title: A Book\nlanguage: en\ndate: 2026-01-01\ncover: c.svg\nbody: [a.md]\neditions:\n  epub: ${setting}\n`,
    'a.md': '# One\n\nText.\n',
    'c.svg': svg,
  })
  const codes = async (setting: string) => (await build({ source: source(setting), out: false })).diagnostics
  expect(await codes('{}')).toEqual([])
  expect(await codes('{ kindle: true }')).toMatchObject([{ code: 'kindle', path: 'book.yaml', line: 7 }])
})
