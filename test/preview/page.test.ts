// The preview in a real browser: what is saved is seen, what is pressed is found, and nothing is lost when things go wrong.
import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Found } from '../../src/preview/protocol.js'
import { CHROMIUM } from '../epub/browser.js'
import { type Inside, type Opened, openBook, openWindow, PATIENCE, ROOT, screenSays, startBrowser } from './window.js'

const STARTER = join(ROOT, 'assets/starter')
const PAGE = 'chapters/1-the-page.md'
const LINE = 'chapters/2-the-line.md'
/** Lines before the one that begins so. */
const opensAt = (path: string, word: string) =>
  readFileSync(join(STARTER, path), 'utf8')
    .split('\n')
    .findIndex((line) => line.startsWith(word))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// `npx vitest run test/preview` says "skipped" where there is no Chromium: CHROMIUM names one.
describe.skipIf(CHROMIUM === undefined)('in a browser', () => {
  let browser: Browser
  let opened: Opened
  let page: Page & { faults: string[] }
  beforeAll(async () => {
    browser = await startBrowser()
    opened = await openBook(STARTER)
    page = await openWindow(browser, opened.address)
  })
  afterAll(async () => {
    await browser?.close()
    await opened?.close()
  })

  const place = () => page.locator('#place-text').textContent()
  const find = async (words: string): Promise<Found[]> =>
    (await (await fetch(new URL(`api/find?q=${encodeURIComponent(words)}`, opened.address))).json()) as Found[]

  /** Presses a word on its page, as a reader does who has turned there. */
  const press = async (words: string, generated = false): Promise<Found> => {
    const found = (await find(words)).find(({ spot }) => spot.generated === generated)!
    const { index, boxes } = found.spot.page!
    await page.locator('#ruler').focus()
    await page.keyboard.press('Home')
    for (let at = 0; at < index; at += 2) await page.keyboard.press('ArrowRight')
    const leaf = page.locator(`.leaf[data-page="${index}"]`)
    await leaf.scrollIntoViewIfNeeded()
    const scale = await leaf.evaluate(
      (element) => element.clientWidth / element.querySelector('svg')!.viewBox.baseVal.width,
    )
    await leaf.click({
      position: { x: (boxes[0]!.x + boxes[0]!.width / 2) * scale, y: (boxes[0]!.y + boxes[0]!.height / 2) * scale },
    })
    return found
  }

  test('what is saved is seen in both, and the reader stays', async () => {
    await press('nothing has been said')
    await screenSays(page, 'A stanza ends')
    const at = await page.locator('#sheets').evaluate((element) => element.scrollTop)
    const before = await page.locator('.leaf img').evaluateAll((all) => all.map((img) => img.getAttribute('src')))
    opened.write(LINE, opened.read(LINE).replace('nothing has been said', 'something has been said'))
    await screenSays(page, 'something has been said')
    await page.waitForFunction(
      (old) =>
        [...(globalThis as unknown as Inside).document.querySelectorAll('.leaf img')].some(
          (img) => !old.includes(img.getAttribute('src') ?? ''),
        ),
      before,
    )
    expect(await page.locator('#sheets').evaluate((element) => element.scrollTop)).toBe(at)
    expect(await page.locator('#elsewhere button').count()).toBe(0)
    expect(page.faults).toEqual([])
  })

  test('what a change is seen in is sent with it, and nothing else is touched', async () => {
    await press('what is shorter')
    await screenSays(page, 'what is shorter')
    await page.locator('#state[data-state="good"]').waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const sources = () =>
      page
        .locator('.leaf')
        .evaluateAll((all) =>
          all.map((leaf) => [leaf.getAttribute('data-page'), leaf.querySelector('img')!.getAttribute('src')]),
        )
    const before = await sources()
    // What a browser is told of it paints anew, though it is the same.
    await page.evaluate(`{
      globalThis.touched = new Set()
      new MutationObserver((all) => {
        for (const { target } of all) touched.add(target.parentElement?.closest('.leaf')?.dataset.page ?? target.dataset?.page)
      }).observe(document.querySelector('#run'), { subtree: true, childList: true, attributes: true, characterData: true })
    }`)
    const painted = await page.evaluate('document.documentElement.dataset.painted')
    opened.write(LINE, opened.read(LINE).replace('what is shorter', 'what is longer'))
    await page.locator(`:root:not([data-painted="${painted}"])`).waitFor({ state: 'attached' })
    await screenSays(page, 'what is longer')
    expect(asked.filter((path) => /^\/(?:pages|epub)\//.test(path))).toEqual([])
    const after = await sources()
    const changed = after.filter(([, src], i) => src !== before[i]![1]).map(([index]) => index)
    expect(changed).toHaveLength(1)
    const touched = (await page.evaluate('[...touched].filter((each) => each !== undefined)')) as string[]
    expect(touched).toEqual(changed)
  })

  test('a change elsewhere is said, and not jumped to', async () => {
    await page.locator('#ruler').focus()
    await page.keyboard.press('Home')
    // The e-reader follows the pages a moment later: until then the change would be before the reader's eyes.
    await page.waitForFunction(
      (words) =>
        (globalThis as unknown as Inside).document
          .querySelector('iframe')
          ?.contentDocument?.body?.textContent.includes(words) === false,
      'That is nearly all.',
    )
    const at = await page.locator('#sheets').evaluate((element) => element.scrollTop)
    opened.write(LINE, opened.read(LINE).replace('That is nearly all.', 'That is all.'))
    const mark = page.locator('#elsewhere button')
    await mark.waitFor()
    expect(await page.locator('#sheets').evaluate((element) => element.scrollTop)).toBe(at)
    await mark.click()
    await screenSays(page, 'That is all.')
    await page.locator('.over .word').first().waitFor()
  })

  test.each([
    ['a paragraph', 'keyboard', PAGE, 9],
    ['a note', 'anything', PAGE, 13],
    ['a table’s cell', 'running', LINE, 25],
    ['verse', 'returns', LINE, 7],
    ['a generated page', 'Short', 'book.yaml', 1 + opensAt('book.yaml', 'subtitle')],
  ])('a word of %s leads to its line', async (_, words, file, line) => {
    const { spot } = await press(words, file === 'book.yaml')
    await page.locator('#place-text', { hasText: `${file}:${line}` }).waitFor()
    expect(await page.locator('.over .word').count()).toBeGreaterThan(0)
    opened.calls.length = 0
    await page.locator('#place-open').click()
    await page.locator('#said', { hasText: 'Opened' }).waitFor({ state: 'attached' })
    expect(opened.calls.map((call) => [call.file.replaceAll('\\', '/').endsWith(`/${file}`), call.line])).toEqual([
      [true, line],
    ])
    expect(opened.calls[0]!.column).toBe(spot.column)
    expect(page.url()).toContain(`#${file}:${line}`)
    // In the device the same word is marked.
    const marked = await page.evaluate(() => {
      const frame = (globalThis as unknown as Inside).document.querySelector('iframe')!
      return [...(frame.contentWindow.CSS.highlights.get('octavo-mark') ?? [])].map(String).join(' ')
    })
    expect(marked).toBe(spot.word)
  })

  test('a word in the device leads to its page', async () => {
    const point = await page.evaluate(() => {
      const frame = (globalThis as unknown as Inside).document.querySelector('iframe')!
      const inner = frame.contentDocument!
      const walk = inner.createTreeWalker(inner.body!, 4)
      const box = frame.getBoundingClientRect()
      const scale = box.width / frame.clientWidth
      while (walk.nextNode()) {
        const range = inner.createRange()
        range.selectNodeContents(walk.currentNode)
        const [one] = range.getClientRects()
        if (one === undefined || one.left < 0 || one.width < 20 || one.top < 0 || one.right > frame.clientWidth)
          continue
        return { x: box.left + (one.left + 8) * scale, y: box.top + (one.top + one.height / 2) * scale }
      }
      return undefined
    })
    await page.keyboard.press('Escape')
    await page.locator('#place').waitFor({ state: 'hidden' })
    await page.mouse.click(point!.x, point!.y)
    await page.locator('#place').waitFor()
    expect(await page.locator('.over .word').count()).toBeGreaterThan(0)
  })

  test('the keyboard reaches a word, and an address shows a line', async () => {
    await page.goto(`${opened.address}#${PAGE}:9`)
    await page.locator('#place-text', { hasText: `${PAGE}:9` }).waitFor()
    expect(await place()).toBe(`${PAGE}:9:1`)
    await page.locator('#sheets').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+ArrowRight')
    // The second word: `A chapter is a file`.
    await page.locator('#place-text', { hasText: `${PAGE}:9:3` }).waitFor()
    await page.keyboard.press('Shift+ArrowDown')
    await page.locator('#place-text', { hasText: new RegExp(`^${PAGE}:9:[4-9]\\d$`) }).waitFor()
    expect(page.faults).toEqual([])
  })

  test('the word that was in view is in view when the pages have less room', async () => {
    const other = await openWindow(browser, `${opened.address}#${LINE}:7`, { width: 1024, height: 768 })
    const word = other.locator('.over .word').first()
    await word.waitFor()
    const pages = other.locator('#sheets')
    const wide = (await pages.boundingBox())!
    await other.locator('[data-panel="theme"]').click()
    await expect.poll(async () => (await pages.boundingBox())!.width).toBeLessThan(wide.width)
    await expect.poll(() => other.locator('.spread:not(.single)').count()).toBe(0)
    const [room, box] = [(await pages.boundingBox())!, (await word.boundingBox())!]
    expect(box.y).toBeGreaterThan(room.y)
    expect(box.y + box.height).toBeLessThan(room.y + room.height)
    await other.close()
  })

  test('find marks both', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('stanza')
    await page.locator('#find-count', { hasText: '1' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.over .found.now').waitFor()
    await screenSays(page, 'A stanza ends')
    await page.keyboard.press('Escape')
    await page.locator('.over .found').first().waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
  })

  test('a document that does not come is not waited for once another has taken its place', async () => {
    const other = await openWindow(browser, opened.address)
    const documents = other.locator('#document')
    const choices = documents.locator('option')
    await other.route(/\/epub\/text\/.*page/, () => undefined)
    const held = await choices.filter({ hasText: 'The Page' }).getAttribute('value')
    expect(held).toMatch(/page/)
    await documents.selectOption(held)
    const before = await other.locator('.leaf img').evaluateAll((all) => all.map((img) => img.getAttribute('src')))
    const title = opened.read('book.yaml')
    opened.write('book.yaml', title.replace('A Book Begins', 'A Book Goes On'))
    // The change is there, and the page waits for the document.
    await other.waitForFunction(
      (old) =>
        [...(globalThis as unknown as Inside).document.querySelectorAll('.leaf img')].some(
          (img) => !old.includes(img.getAttribute('src') ?? ''),
        ),
      before,
    )
    await other.locator('#state[data-state="building"]').waitFor()
    // Nothing moves meanwhile: where the browser paints by itself, a dot that breathes takes a processor from the build.
    expect(await other.evaluate('document.getAnimations().length')).toBe(0)
    await documents.selectOption(await choices.filter({ hasText: 'The Line' }).getAttribute('value'))
    await other.locator('#state[data-state="good"]').waitFor()
    await screenSays(other, 'A stanza ends')
    opened.write('book.yaml', title)
    await page.locator('#title', { hasText: 'A Book Begins' }).waitFor()
    await other.close()
  })

  test('a window that was opened while the first proof failed shows the next', async () => {
    const other = await browser.newPage()
    other.setDefaultTimeout(PATIENCE)
    let asked = 0
    await other.route('**/api/state', (route) => (asked++ === 0 ? route.fulfill({ status: 500 }) : route.continue()))
    const refused = other.waitForResponse(/\/api\/state$/)
    await other.goto(opened.address)
    expect((await refused).status()).toBe(500)
    const good = opened.read(LINE)
    opened.write(LINE, good.replace('A stanza ends', 'Each stanza ends'))
    await other.locator('#state[data-state="good"]').waitFor()
    await other.locator('.leaf img[src]').first().waitFor()
    opened.write(LINE, good)
    await screenSays(page, 'A stanza ends')
    await other.close()
  })

  test('an error is shown with the last good state; mended, it is gone', async () => {
    const good = opened.read(LINE)
    opened.write(LINE, good.replace('[the picture](#spread)', '[the picture](#nowhere)'))
    await page.locator('#banner', { hasText: 'last good state' }).waitFor()
    await page.keyboard.press('x')
    const problem = page.locator('.problem.error')
    await problem.waitFor()
    expect(await problem.textContent()).toContain(`${LINE}:31`)
    expect(await page.locator('.leaf img').count()).toBeGreaterThan(0)
    opened.write(LINE, good)
    await page.locator('#banner').waitFor({ state: 'hidden' })
    await problem.waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
  })

  test('the theme is tried, and written when that is asked', async () => {
    await page.locator('[data-panel="theme"]').click()
    const size = page.locator('#theme-page-size')
    await size.fill('13')
    await page.locator('#theme-write:not([disabled])').waitFor()
    expect(() => opened.read('theme.yaml')).toThrow()
    await page.locator('#theme-write').click()
    await page.locator('#theme-write[disabled]').waitFor()
    expect(opened.read('theme.yaml')).toMatch(/extends: house[\s\S]*size: 13/)
    expect(opened.read('book.yaml')).toContain('theme: theme.yaml')
    await page.keyboard.press('Escape')
    expect(page.faults).toEqual([])
  })

  test('print, booklet and cover lie on the same desk, and their words lead to their lines', async () => {
    await page.keyboard.press('Escape')
    for (const name of ['print', 'booklet', 'cover', 'booklet']) {
      await page.locator(`#edition input[value="${name}"]`).check({ force: true })
      await page
        .locator(`.leaf img[src^="pages/${name === 'cover' ? '' : name}"]`)
        .first()
        .waitFor()
    }
    expect(await page.evaluate('document.activeElement.value')).toBe('booklet')
    await page.goto(`${opened.address}#${PAGE}:9`)
    const word = page.locator('.over .word').first()
    await word.waitFor()
    const box = (await word.boundingBox())!
    await page.keyboard.press('Escape')
    await word.waitFor({ state: 'detached' })
    // On a sheet a page has its place, and a click on it the same.
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await page.locator('#place-text', { hasText: `${PAGE}:9` }).waitFor()
    await word.waitFor()
    expect(await page.locator('#edition input[value="booklet"]').isChecked()).toBe(true)
    await page.locator('#edition input[value="pages"]').check({ force: true })
    await word.waitFor()
    expect(page.faults).toEqual([])
  })

  test('two windows see the same, and one that goes away is not missed', async () => {
    const other = await openWindow(browser, `${opened.address}#${LINE}:39`, { width: 420, height: 800 })
    const third = await openWindow(browser, opened.address)
    await third.close()
    opened.write(LINE, opened.read(LINE).replace('THE END', 'AN END'))
    await page.goto(`${opened.address}#${LINE}:41`)
    for (const each of [page, other]) await screenSays(each, 'AN END')
    await other.close()
  })

  test('a folder that is deleted and comes again is shown again', async () => {
    const aside = `${opened.book}-aside`
    cpSync(opened.book, aside, { recursive: true })
    rmSync(opened.book, { recursive: true })
    await page.locator('#banner').waitFor()
    expect(await page.locator('.leaf img').count()).toBeGreaterThan(0)
    renameSync(aside, opened.book)
    await page.locator('#banner').waitFor({ state: 'hidden' })
    opened.write(LINE, opened.read(LINE).replace('AN END', 'ONE END'))
    await screenSays(page, 'ONE END')
  })

  test.each([false, true])('axe finds nothing (night: %s)', async (dark) => {
    const other = await openWindow(browser, `${opened.address}#${LINE}:39`, { dark })
    await other.locator('[data-panel="theme"]').click()
    await other.locator('#theme-page-size').waitFor()
    await other.evaluate(axe)
    const { violations, passes } = await other.evaluate(() =>
      (
        globalThis as unknown as {
          axe: { run(what: object): Promise<{ violations: { id: string }[]; passes: unknown[] }> }
        }
      ).axe.run({ iframes: false }),
    )
    expect(violations.map(({ id }) => id)).toEqual([])
    expect(passes.length).toBeGreaterThan(20)
    await other.close()
  })
})

describe.skipIf(CHROMIUM === undefined)('a long book', () => {
  test('1,800 pages are scrolled, and only those in view are there', async () => {
    const browser = await startBrowser()
    const text = Array.from(
      { length: 3700 },
      (_, i) => `Paragraph number ${i} stands on a page of its own or nearly so.\n`,
    )
    const long = await openBook({
      'book.yaml': 'title: Long\nlanguage: en\ndate: 2026-01-01\nbody: [long.md]\ntheme: small.yaml\n',
      'small.yaml': 'extends: house\npage: { lines: 4, width: 90 mm, height: 90 mm }\n',
      'long.md': `# Long\n\n${text.join('\n')}`,
    })
    try {
      const page = await openWindow(browser, long.address)
      const count = Number(await page.locator('#ruler').getAttribute('aria-valuemax'))
      expect(count).toBeGreaterThan(1800)
      await page.locator('#sheets').evaluate(async (element) => {
        for (let at = 0; at <= 1; at += 1 / 64) {
          element.scrollTop = element.scrollHeight * at
          await new Promise((globalThis as unknown as Inside).requestAnimationFrame)
        }
      })
      const last = page.locator(`.leaf[data-page="${count - 1}"] img[src]`)
      await last.waitFor()
      expect(await last.evaluate((img) => img.naturalWidth)).toBeGreaterThan(0)
      expect(await page.locator('.leaf').count()).toBeLessThan(24)
      expect(page.faults).toEqual([])
    } finally {
      await browser.close()
      await long.close()
    }
  })
})
