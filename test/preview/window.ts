// A copy of a book, its preview, and windows of a real browser that look at it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { openPreview } from '../../src/preview/open-preview.js'
import { CHROMIUM } from '../epub/browser.js'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** What a window has, as far as it is looked at here: the tests are compiled without a browser's types. Used inside `evaluate`. */
export interface Inside {
  document: { querySelector(selector: 'iframe'): Frame | null; querySelectorAll(selector: string): Iterable<Shown> }
  requestAnimationFrame(call: (time: number) => void): number
}
export interface Shown {
  textContent: string
  clientWidth: number
  getAttribute(name: string): string | null
  getBoundingClientRect(): { left: number; top: number; width: number }
}
export interface Frame extends Shown {
  contentDocument: {
    body: Shown | null
    createTreeWalker(root: Shown, what: number): { currentNode: unknown; nextNode(): unknown }
    createRange(): {
      selectNodeContents(node: unknown): void
      getClientRects(): { left: number; top: number; right: number; width: number; height: number }[]
    }
  } | null
  contentWindow: { CSS: { highlights: Map<string, Iterable<unknown>> } }
}

export interface Opened {
  /** Of the author's editor: every call. */
  calls: { file: string; line: number; column: number }[]
  book: string
  address: string
  read(path: string): string
  write(path: string, text: string): void
  close(): Promise<void>
}

/** `from`: a folder, or files by their paths. */
export async function openBook(from: string | Record<string, string>): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'octavo-preview-'))
  const book = join(folder, 'book')
  if (typeof from === 'string') cpSync(from, book, { recursive: true })
  else {
    cpSync(join(ROOT, 'assets/starter'), book, { recursive: true })
    for (const [path, text] of Object.entries(from)) writeFileSync(join(book, path), text)
  }
  const calls: Opened['calls'] = []
  const preview = await openPreview({
    book,
    port: 0,
    editor: (file, line, column) => calls.push({ file, line, column }),
  })
  await preview.ready
  return {
    calls,
    book,
    address: preview.address,
    read: (path) => readFileSync(join(book, path), 'utf8'),
    write: (path, text) => writeFileSync(join(book, path), text),
    async close() {
      await preview.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] })
}

/** Milliseconds in which anything comes on a machine that does much else besides: no measure of speed, only an end of waiting. */
export const PATIENCE = 90_000

/** A window of its own, with nothing kept from others; its faults fail the test that asks for them. */
export async function openWindow(
  browser: Browser,
  address: string,
  options: { dark?: boolean; width?: number; height?: number } = {},
): Promise<Page & { faults: string[] }> {
  const { dark = false, width = 1440, height = 900 } = options
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' })
  page.setDefaultTimeout(PATIENCE)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  // What is not there any more, or never was, is answered with 404: that is no fault.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text())
  })
  await page.goto(address)
  await page.locator('#state[data-state="good"], #state[data-state="broken"]').waitFor()
  await page.locator('.leaf img[src]').first().waitFor()
  await page.locator('#glass iframe').waitFor({ state: 'attached' })
  return Object.assign(page, { faults })
}

/** The text of the document that the device shows. */
export const screenText = (page: Page): Promise<string> =>
  page.evaluate(
    () => (globalThis as unknown as Inside).document.querySelector('iframe')?.contentDocument?.body?.textContent ?? '',
  )

/** Waits until the document in the device says so. */
export async function screenSays(page: Page, words: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      (globalThis as unknown as Inside).document
        .querySelector('iframe')
        ?.contentDocument?.body?.textContent.includes(wanted) === true,
    words,
  )
}
