// The web edition on a phone, in a real browser: the bar above the text. Skipped where there is no Chromium: CHROMIUM names one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { CHROMIUM } from '../epub/browser.js'

const dir = mkdtempSync(join(tmpdir(), 'octavo-phone-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Bar {
  document: { querySelector(selector: string): Part; querySelectorAll(selector: string): Iterable<Part> }
}
interface Part {
  hidden: boolean
  scrollWidth: number
  clientWidth: number
  scrollHeight: number
  clientHeight: number
  getBoundingClientRect(): { left: number; width: number }
}

test.skipIf(CHROMIUM === undefined)(
  'a French title is not cut, and the tools do not move when they are shown',
  async () => {
    const title = 'Tout ce qu’il faut savoir de la gestion'
    writeFileSync(join(dir, 'book.json'), JSON.stringify({ title, language: 'fr', slug: 'phone', body: ['one.md'] }))
    writeFileSync(join(dir, 'one.md'), '# Un\n\nDu texte.\n')
    const { ok } = await build({ book: dir, out: join(dir, 'out'), editions: ['web'] })
    expect(ok).toBe(true)
    const browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 800 } })
      await page.goto(pathToFileURL(join(dir, 'out/phone-web/index.html')).href)
      const seen = await page.evaluate(() => {
        const { document } = globalThis as unknown as Bar
        const home = document.querySelector('.bar .home')
        const tools = document.querySelector('.tools')
        const now = tools.getBoundingClientRect()
        for (const each of document.querySelectorAll('.tools button')) each.hidden = true
        const before = tools.getBoundingClientRect()
        return {
          isCut: home.scrollWidth > home.clientWidth || home.scrollHeight > home.clientHeight,
          moved: [now.left - before.left, now.width - before.width],
        }
      })
      expect(seen).toEqual({ isCut: false, moved: [0, 0] })
    } finally {
      await browser.close()
    }
  },
)
