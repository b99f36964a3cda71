// In: the small book that `octavo init` writes. Out: one picture of its preview, for the README.
//
//   npm run build && node scripts/preview-picture.js [BOOK [OUT.png]]      by default assets/starter and assets/preview.png
//
// It needs Chromium (CHROMIUM names one).
import { writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { preview } from '../dist/index.js'
import { CHROMIUM } from './chromium.js'
import { fromPng, toPng } from './png.js'

const [book = 'assets/starter', out = 'assets/preview.png', place = 'chapters/2-the-line.md:26'] = process.argv.slice(2)
const opened = await preview({ book, port: 0 })
await opened.ready
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${opened.address}#${place}`)
  await page.locator('#place-text', { hasText: place }).waitFor()
  await page.locator('.over .word').first().waitFor()
  await page.waitForTimeout(1000)
  const { width, height, pixels } = fromPng(await page.screenshot({ type: 'png' }))
  // Shades that nobody tells apart are made one, so that the few colours of the mark are among those of the palette.
  const bytes = toPng({ width, height, pixels: pixels.map((value) => Math.min(255, Math.round(value / 6) * 6)) })
  writeFileSync(out, bytes)
  console.log(`${out}: ${width} × ${height}, ${Math.ceil(bytes.length / 1024)} KB`)
} finally {
  await browser.close()
  await opened.close()
}
