// An hour with the preview, in short: whoever writes with it does all that writers do, and never reloads the page. After each change the
// window that was there all the time shows what a window shows that is opened just then.
import { mkdirSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM } from '../epub/browser.js'
import { type Opened, openBook, openWindow, PATIENCE, ROOT, startBrowser } from './window.js'

const PAGE = 'chapters/1-the-page.md'
const LINE = 'chapters/2-the-line.md'

/** What a writer does to the files. */
type Change = (book: Opened) => void
const edit =
  (file: string, from: string | RegExp, to: string): Change =>
  (book) => {
    const old = book.read(file)
    const text = old.replace(from, to)
    if (text === old) throw new Error(`nothing in ${file} is ${from}`)
    book.write(file, text)
  }
const LONG = Array.from({ length: 60 }, (_, i) => `Sentence ${i} says that the page grows longer.`).join(' ')

/** In their order; each is told as a name, and is to be seen before the next. */
const CHANGES: [name: string, change: Change][] = [
  ['a word', edit(LINE, 'nothing has been said', 'something has been said')],
  ['a paragraph that moves all pages behind it', edit(PAGE, /$/, `\n\n${LONG}\n`)],
  ['an error', edit(LINE, '(#spread)', '(#nowhere)')],
  ['another word while there is an error', edit(LINE, 'That is nearly all.', 'That is all.')],
  ['the error mended', edit(LINE, '(#nowhere)', '(#spread)')],
  ['a note', edit(LINE, 'That is all.', 'That is all.[^late]\n\n[^late]: Said late.')],
  ['a cell', edit(LINE, 'above the text', 'over the text')],
  ['a row less', edit(LINE, /\n\| notes {8}.*/, '')],
  ['a heading', edit(LINE, '# The Line', '# The Longest Line')],
  ['a title', edit('book.yaml', 'A Book Begins', 'A Book Goes On')],
  [
    'a chapter more',
    (book) => {
      book.write('chapters/3-the-book.md', `# The Book\n\n${LONG}\n`)
      edit('book.yaml', '  - chapters/2-the-line.md', '  - chapters/2-the-line.md\n  - chapters/3-the-book.md')(book)
    },
  ],
  ['chapters in another order', edit('book.yaml', / {2}- (.*2-the.*)\n {2}- (.*3-the.*)/, '  - $2\n  - $1')],
  [
    'a chapter that is called otherwise',
    (book) => {
      renameSync(join(book.book, 'chapters/3-the-book.md'), join(book.book, 'chapters/3-a-book.md'))
      edit('book.yaml', '3-the-book', '3-a-book')(book)
    },
  ],
  ['a theme', edit('book.yaml', 'theme: house', 'theme: novel')],
  [
    'a theme of one’s own',
    (book) => {
      book.write('theme.yaml', 'extends: house\npage: { size: 13 }\n')
      edit('book.yaml', 'theme: novel', 'theme: theme.yaml')(book)
    },
  ],
  ['a value of it', edit('theme.yaml', '13', '9')],
  ['a value that is none', edit('theme.yaml', 'size: 9', 'size: nine')],
  ['and is again', edit('theme.yaml', 'size: nine', 'size: 10')],
  ['a picture', edit('images/spread.svg', /<svg([^>]*)>/, '<svg$1><rect width="40" height="40" fill="#800000"/>')],
  ['another language', edit('book.yaml', 'language: en', 'language: de')],
  [
    'another trim',
    edit('book.yaml', 'theme: theme.yaml', 'theme: theme.yaml\neditions: { epub: {}, pdf: { trim: a4 } }'),
  ],
  ['a chapter that is gone', (book) => unlinkSync(join(book.book, 'chapters/3-a-book.md'))],
  ['and not asked for either', edit('book.yaml', '  - chapters/3-a-book.md\n', '')],
  [
    'a folder away and back',
    (book) => {
      renameSync(join(book.book, 'chapters'), join(book.book, 'elsewhere'))
      mkdirSync(join(book.book, 'chapters'))
      rmSync(join(book.book, 'chapters'), { recursive: true })
      renameSync(join(book.book, 'elsewhere'), join(book.book, 'chapters'))
      edit(LINE, 'THE END', 'AN END')(book)
    },
  ],
  [
    'all of a chapter',
    (book) =>
      book.write(
        PAGE,
        '# The Page {#the-page}\n\nIt was all written anew.\n\n![The same.](../images/spread.svg){#spread}\n',
      ),
  ],
  ['the paper from right to left', edit('book.yaml', 'language: de', 'language: he')],
  ['and back', edit('book.yaml', 'language: he', 'language: en')],
]

describe.skipIf(CHROMIUM === undefined)('in a browser', () => {
  let browser: Browser
  let opened: Opened
  let page: Page & { faults: string[] }
  beforeAll(async () => {
    browser = await startBrowser()
    opened = await openBook(join(ROOT, 'assets/starter'))
    page = await openWindow(browser, opened.address)
  })
  afterAll(async () => {
    await browser?.close()
    await opened?.close()
  })

  test.each(CHANGES.map(([name, change], index) => ({ name, change, index })))(
    'after $name a window that was there shows what a new one shows',
    async ({ change, index }) => {
      if (index === 0) await page.evaluate('globalThis.hereAllTheTime = true')
      const before = await stateOf(opened)
      change(opened)
      await expect
        .poll(async () => (await stateOf(opened)).revision, { timeout: PATIENCE })
        .toBeGreaterThan(before.revision)
      // Of several files written one after the other the last build is meant.
      await expect.poll(async () => (await stateOf(opened)).building, { timeout: PATIENCE }).toBe(false)
      const { revision } = await stateOf(opened)
      await expect
        .poll(() => page.evaluate('document.documentElement.dataset.painted'), { timeout: PATIENCE })
        .toBe(String(revision))
      const fresh = await openWindow(browser, opened.address)
      const document = await page.evaluate("document.getElementById('document').value")
      await fresh.locator('#document').selectOption(String(document))
      const shown = "document.querySelector('iframe').contentDocument.location.pathname"
      await expect
        .poll(async () => String(await fresh.evaluate(shown)).endsWith(String(document)), { timeout: PATIENCE })
        .toBe(true)
      expect(await seen(page)).toEqual(await seen(fresh))
      expect([...page.faults, ...fresh.faults]).toEqual([])
      await fresh.close()
      expect(await page.evaluate('globalThis.hereAllTheTime')).toBe(true)
    },
  )
})

async function stateOf(book: Opened): Promise<{ revision: number; building: boolean }> {
  return (await (await fetch(new URL('api/state', book.address))).json()) as { revision: number; building: boolean }
}

/** What a window shows of the book, wherever its reader stands in it. */
async function seen(page: Page): Promise<unknown> {
  await page.locator('#ruler').focus()
  await page.keyboard.press('Home')
  await page.locator('.leaf[data-page="0"] img[src]').waitFor()
  return page.evaluate(`(async () => {
    const texts = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent)
    const problems = document.querySelector('[data-panel="problems"]')
    if (problems.getAttribute('aria-expanded') === 'false') problems.click()
    const inner = document.querySelector('iframe').contentDocument
    await inner.fonts.ready
    const sheets = [...inner.styleSheets].map((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText).join(' '))
    const result = {
      title: document.getElementById('title').textContent,
      leaves: [...document.querySelectorAll('.leaf')].map((leaf) => [leaf.className.replace(' changed', ''), leaf.style.cssText, leaf.querySelector('img').dataset.key, leaf.textContent]),
      run: document.getElementById('run').style.cssText,
      state: document.getElementById('state').dataset.state,
      banner: document.getElementById('banner').hidden,
      counts: document.getElementById('counts').textContent,
      documents: texts('#document option'),
      problems: texts('.problem'),
      ruler: [...document.querySelectorAll('#ruler .start')].map((each) => each.style.cssText),
      editions: texts('#edition label'),
      body: new XMLSerializer().serializeToString(inner.body),
      name: inner.title,
      sheets,
    }
    problems.click()
    return result
  })()`)
}
