// The EPUB in real engines: its documents in a browser, narrow and wide, light and dark, in large type; the whole book in
// foliate-js and in MuPDF. What is not on this machine is left out, and the name of the test says so.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Theme } from '../../src/theme/index.js'
import { openEpub, textOf, wordsOf } from '../finished/epub.js'
import { CHROMIUM, inBrowser, MUTOOL } from './browser.js'
import { type Made, make, makeFolder, pagesOf } from './make.js'
import { specimen } from './specimen.js'

const SPECIMEN = 'a book with every construct'
const BOOKS = [SPECIMEN, ...['book', 'test/kitchen-sink'].filter((book) => existsSync(book))]

let root: string
/** By book. */
const epubs = new Map<string, { epub: Made; folder: string }>()
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'octavo-epub-'))
  for (const name of BOOKS) {
    const epub = name === SPECIMEN ? await makeSpecimen() : await makeFolder(name)
    const folder = join(root, String(epubs.size))
    for (const [path, bytes] of epub.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    writeFileSync(join(folder, 'book.epub'), epub.bytes)
    epubs.set(name, { epub, folder })
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** With a coloured style, so that the dark sheet is there too. */
async function makeSpecimen(): Promise<Made> {
  const book = await specimen()
  const theme = (of: Theme) => {
    of.styles.title.colour = 'red'
  }
  return make(book, { starts: pagesOf(book, 5), theme })
}

const documentsOf = (epub: Made) => [...epub.files.keys()].filter((path) => path.endsWith('.xhtml'))
const without = (tool: string | undefined, name: string) =>
  tool === undefined ? ` (left out: there is no ${name} here)` : ''

/** What a page is asked, in every document, width, ground and size. */
const LOOK = `
  const faults = []
  let seen = 0
  const luminance = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05) }
  const parse = (c) => { const n = c.match(/[\\d.]+/g).map(Number); return { rgb: n.slice(0, 3), alpha: n[3] ?? 1 } }
  for (const path of DOCUMENTS) for (const width of [360, 820]) for (const dark of [false, true]) for (const size of [100, 200]) {
    const frame = document.createElement('iframe')
    frame.style.cssText = 'border:0;height:800px;width:' + width + 'px;color-scheme:' + (dark ? 'dark' : 'light')
    frame.src = path
    await new Promise((done) => { frame.onload = done; document.body.append(frame) })
    const inside = frame.contentDocument
    const root = inside.documentElement
    const say = (what) => faults.push([path, width, dark ? 'dark' : 'light', size + '%', what].join(' '))
    root.style.fontSize = size + '%'
    root.style.background = dark ? '#181818' : '#ffffff'
    root.style.color = dark ? '#e8e8e8' : '#000000'
    await inside.fonts.ready
    for (const face of inside.fonts) if (face.status === 'error') say('the face ' + face.family + ' does not load')
    if (root.scrollWidth > root.clientWidth) say('is ' + (root.scrollWidth - root.clientWidth) + ' px too wide')
    const walker = inside.createTreeWalker(inside.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() === '' || node.parentElement.closest('[hidden]')) continue
      seen++
      const parent = node.parentElement
      const range = inside.createRange()
      range.selectNodeContents(node)
      const scrolls = parent.closest('div.table')
      for (const box of range.getClientRects()) {
        if (!scrolls && (box.left < -1 || box.right > root.clientWidth + 1)) { say('has text off the screen: ' + node.data.slice(0, 40)); break }
      }
      let ground = parent
      while (ground && parse(inside.defaultView.getComputedStyle(ground).backgroundColor).alpha === 0) ground = ground.parentElement
      const below = parse(inside.defaultView.getComputedStyle(ground ?? root).backgroundColor).rgb
      const ratio = contrast(parse(inside.defaultView.getComputedStyle(parent).color).rgb, below)
      if (ratio < 4.5) say('has a contrast of ' + ratio.toFixed(1) + ': ' + node.data.slice(0, 40))
    }
    for (const image of inside.images) {
      if (image.naturalWidth === 0) say('does not show ' + image.getAttribute('src'))
      const box = image.getBoundingClientRect()
      if (box.width > width || box.height > 800) say('crops ' + image.getAttribute('src'))
    }
    for (const link of inside.querySelectorAll('a[href^="#"]')) {
      const target = inside.getElementById(decodeURIComponent(link.hash.slice(1)))
      if (!target) say('has a link to nowhere: ' + link.hash)
      else if (link.getAttribute('role') === 'doc-noteref') {
        const back = target.querySelector('[role="doc-backlink"]')
        if (!target.matches('aside[role="doc-footnote"]') || !back) say('calls no note: ' + link.hash)
        else if (!inside.getElementById(back.hash.slice(1))?.matches('[role="doc-noteref"]')) say('has no way back: ' + back.hash)
      }
    }
    frame.remove()
  }
  return { faults, seen }
`

describe(`in a browser${without(CHROMIUM, 'Chromium')}`, () => {
  test.skipIf(CHROMIUM === undefined).each(BOOKS)(
    '%s: nothing runs off the screen, all can be read, every link goes where it should',
    async (name) => {
      const { epub, folder } = epubs.get(name)!
      const script = LOOK.replace('DOCUMENTS', JSON.stringify(documentsOf(epub)))
      const { faults, seen } = (await inBrowser(folder, script)) as { faults: string[]; seen: number }
      expect(faults).toEqual([])
      expect(seen).toBeGreaterThan(300)
    },
  )

  test.skipIf(CHROMIUM === undefined)(
    'the dark sheet holds where a reading system asks for it, and nowhere else',
    async () => {
      const asked = `
        const frame = document.createElement('iframe')
        frame.src = 'EPUB/text/chapter-1.xhtml'
        await new Promise((done) => { frame.onload = done; document.body.append(frame) })
        const inside = frame.contentDocument
        const rules = [...inside.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule.media)
        return { media: rules.map((rule) => rule.media.mediaText), colour: inside.defaultView.getComputedStyle(inside.querySelector('.title')).color }`
      const { folder } = epubs.get(SPECIMEN)!
      expect(await inBrowser(folder, asked)).toEqual({
        media: ['(prefers-color-scheme: dark)'],
        colour: 'rgb(179, 38, 30)',
      })
    },
  )
})

describe(`in foliate-js${without(CHROMIUM, 'Chromium')}`, () => {
  let engine: string
  beforeAll(async () => {
    const exports = "export { EPUB } from 'foliate-js/epub.js'; export { unzipSync } from 'fflate'"
    const stdin = { contents: exports, resolveDir: process.cwd() }
    const built = await build({ stdin, bundle: true, format: 'iife', globalName: 'engine', write: false })
    engine = built.outputFiles[0]!.text
  })

  interface Opened {
    texts: string[]
    /** Links of the contents and the page list that lead nowhere. */
    lost: string[]
    toc: string[]
    pages: string[]
    landmarks: string[]
  }
  const READ = `
    const { EPUB, unzipSync } = globalThis.engine
    const bytes = Uint8Array.from(atob('BYTES'), (c) => c.charCodeAt(0))
    const files = unzipSync(bytes)
    const book = await new EPUB({
      loadText: (path) => files[path] ? new TextDecoder().decode(files[path]) : null,
      loadBlob: (path, type) => new Blob([files[path]], { type }),
      getSize: (path) => files[path]?.length ?? 0,
    }).init()
    const texts = []
    for (const section of book.sections) {
      if (!(await section.load()).startsWith('blob:')) throw new Error('no section: ' + section.id)
      texts.push((await section.createDocument()).body.textContent)
    }
    const leads = async (href) => {
      const { index, anchor } = await book.resolveHref(href)
      // 0: the beginning of the document
      return (anchor(await book.sections[index].createDocument()) ?? null) !== null
    }
    const flat = (items) => items.flatMap((item) => [item, ...flat(item.subitems ?? [])])
    const toc = flat(book.toc)
    const lost = []
    for (const { href } of [...toc, ...book.pageList]) if (!(await leads(href))) lost.push(href)
    return {
      texts,
      lost,
      toc: toc.map((item) => item.label),
      pages: book.pageList.map((item) => item.label),
      landmarks: book.landmarks.flatMap((item) => item.type),
    }`

  test.skipIf(CHROMIUM === undefined).each(BOOKS)(
    '%s: every section opens, all text is there, the contents and the pages lead to it',
    async (name) => {
      const { epub, folder } = epubs.get(name)!
      writeFileSync(join(folder, 'engine.js'), engine)
      const script = READ.replace('BYTES', Buffer.from(epub.bytes).toString('base64'))
      const found = (await inBrowser(folder, script, 'engine.js')) as Opened
      const squeeze = (text: string) => text.replace(/\s+/g, '')
      const { chapters } = openEpub(epub.bytes)
      expect(found.texts.map(squeeze)).toEqual(chapters.map(({ body }) => squeeze(textOf(body))))
      expect(found.lost).toEqual([])
      const nav = epub.text('EPUB/nav.xhtml')
      const labels = (of: string) => {
        const from = nav.indexOf(`epub:type="${of}"`)
        return [...nav.slice(from, nav.indexOf('</nav>', from)).matchAll(/<a [^>]*>([^<]*)<\/a>/g)].map((each) =>
          each[1]!.replace('&amp;', '&'),
        )
      }
      expect(found.toc).toEqual(labels('toc'))
      expect(found.pages).toEqual(labels('page-list'))
      expect(found.landmarks).toEqual(expect.arrayContaining(['cover', 'toc', 'bodymatter']))
    },
  )
})

test.skipIf(MUTOOL === undefined).each(BOOKS)(
  `MuPDF opens %s and shows every word${without(MUTOOL, 'mutool')}`,
  (name) => {
    const { epub, folder } = epubs.get(name)!
    const drawn = execFileSync(MUTOOL!, ['draw', '-q', '-F', 'text', join(folder, 'book.epub')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const { chapters } = openEpub(epub.bytes)
    // The numbers of list items are its own; lines may be broken within a word.
    const letters = (text: string) => [...wordsOf(text).join('').replace(/\p{N}/gu, '')].sort().join('')
    expect(letters(drawn)).toBe(letters(chapters.map(({ body }) => textOf(body)).join(' ')))
  },
)
