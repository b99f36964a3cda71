// The preview in Firefox, over WebDriver BiDi: what is saved is seen, what is pressed is found. Skipped where there is no Firefox, or
// no puppeteer-core: `npm install --prefix .judges/puppeteer puppeteer-core` brings it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { find } from '../epub/browser.js'
import { openBook, ROOT } from './window.js'

const FIREFOX = process.env['FIREFOX'] ?? find(['firefox-esr', 'firefox'])
const DRIVER = join(ROOT, '.judges/puppeteer/node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js')
const LINE = 'chapters/2-the-line.md'

/** As much of the driver as is used here. */
interface Window {
  goto(address: string): Promise<unknown>
  setViewport(size: { width: number; height: number }): Promise<void>
  waitForFunction(condition: string): Promise<unknown>
  evaluate<T>(expression: string): Promise<T>
  mouse: { click(x: number, y: number): Promise<void> }
  on(event: 'pageerror', call: (error: Error) => void): void
}
interface Driver {
  default: { launch(options: object): Promise<{ newPage(): Promise<Window>; close(): Promise<void> }> }
}

test.skipIf(FIREFOX === undefined || !existsSync(DRIVER))('Firefox shows both, and finds a word in each', async () => {
  const { default: puppeteer } = (await import(pathToFileURL(DRIVER).href)) as Driver
  const opened = await openBook(join(ROOT, 'assets/starter'))
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true })
  try {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.setViewport({ width: 1280, height: 800 })
    await page.goto(`${opened.address}#${LINE}:7`)
    const place = "document.getElementById('place-text').textContent"
    const text = "document.querySelector('iframe').contentDocument.body.textContent"
    await page.waitForFunction(`${place}.startsWith('${LINE}:7')`)
    await page.waitForFunction("document.querySelector('.over .word') !== null")

    opened.write(LINE, opened.read(LINE).replace('nothing has been said', 'something has been said'))
    await page.waitForFunction(`${text}.includes('something has been said')`)

    // The words of the line above, in the device.
    const [x, y] = await page.evaluate<[number, number]>(`(() => {
      const frame = document.querySelector('iframe')
      const inner = frame.contentDocument
      const walk = inner.createTreeWalker(inner.body, 4)
      while (walk.nextNode()) if (walk.currentNode.nodeValue.includes('too long for any page')) break
      const range = inner.createRange()
      range.selectNodeContents(walk.currentNode)
      const [one] = range.getClientRects()
      const box = frame.getBoundingClientRect()
      const scale = box.width / frame.clientWidth
      return [box.left + (one.left + 10) * scale, box.top + (one.top + one.height / 2) * scale]
    })()`)
    await page.mouse.click(x, y)
    await page.waitForFunction(`${place}.startsWith('${LINE}:6')`)
    expect(faults).toEqual([])
  } finally {
    await browser.close()
    await opened.close()
  }
})
