// In: the small book that `octavo init` writes. Out: one picture of its preview, for the README.
//
//   npm run build && node scripts/preview-picture.js [BOOK [OUT.png]]      by default assets/starter and assets/preview.png
//
// It needs Chromium (CHROMIUM names one).
import { writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { preview } from '../dist/index.js'
import { toPng } from './png.js'

const [book = 'assets/starter', out = 'assets/preview.png', place = 'chapters/1-the-page.md:23'] = process.argv.slice(2)
const opened = await preview({ book, port: 0 })
await opened.ready
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${opened.address}#${place}`)
  await page.locator('#place-text', { hasText: place }).waitFor()
  await page.locator('.over .word').first().waitFor()
  await page.waitForTimeout(1000)
  const picture = (await page.screenshot({ type: 'png' })).toString('base64')
  // The browser knows how to read its own picture.
  const blank = await browser.newPage()
  const { width, height, data } = await blank.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    return { width: image.width, height: image.height, data: Array.from(data) }
  }, picture)
  const pixels = Uint8Array.from(data.filter((_, i) => i % 4 !== 3))
  const bytes = toPng({ width, height, pixels })
  writeFileSync(out, bytes)
  console.log(`${out}: ${width} × ${height}, ${Math.ceil(bytes.length / 1024)} KB`)
} finally {
  await browser.close()
  await opened.close()
}
