// In: a site by `octavo publish`. Out: a picture of a book's page, by day and by night, for the README.
//
//   node scripts/site-picture.js SITE [PAGE [OUT.png]]      by default its first page, and assets/page.png
//
// It needs a Chromium, and Playwright's core, which `scripts/judge-site.js` brings into .judges/.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { CHROMIUM } from './chromium.js'

const [site = 'site', path = 'index.html', out = 'assets/page.png'] = process.argv.slice(2)
const root = resolve(site)
const { chromium } = createRequire(resolve('.judges/site/package.json'))('playwright-core')

const server = createServer((request, response) => {
  const file = join(root, decodeURIComponent(new URL(request.url, 'http://localhost').pathname))
  if (!file.startsWith(root) || !existsSync(file)) response.writeHead(404).end()
  else response.writeHead(200, file.endsWith('.html') ? { 'content-type': 'text/html' } : {}).end(readFileSync(file))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const base = `http://127.0.0.1:${server.address().port}/`
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox'],
})
const shots = []
// A desk by day, a telephone by night.
for (const [width, height, colorScheme] of [
  [1120, 900, 'light'],
  [390, 900, 'dark'],
]) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme })
  // The second time its faces are at hand.
  for (let i = 0; i < 2; i++) await page.goto(base + path, { waitUntil: 'networkidle' })
  shots.push({ width, height, data: (await page.screenshot()).toString('base64') })
}
const [desk, phone] = shots
const sheet = await browser.newPage({ viewport: { width: 1640, height: 980 } })
await sheet.setContent(`<body style="margin:0;background:#e9e7e2;display:flex;gap:50px;justify-content:center;align-items:center;height:980px">
${[desk, phone].map(({ width, height, data }) => `<img width="${width}" height="${height}" src="data:image/png;base64,${data}" style="box-shadow:0 1px 3px #0003,0 10px 30px #0002">`).join('\n')}`)
await sheet.waitForTimeout(200)
const bytes = await sheet.screenshot({ scale: 'css' })
writeFileSync(out, bytes)
console.log(`${out}: ${Math.ceil(bytes.length / 1024)} KB`)
await browser.close()
server.close()
