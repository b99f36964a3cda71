// In: folders of web pages: web editions, sites. Out: the verdicts of the Nu HTML checker, of axe, and of a browser that opens them,
// `FOLDER: JUDGE: fine` or `FOLDER: JUDGE: FAULT` and what it is. Exits with 1 if there is a fault.
//
//   node scripts/judge-web.js [--only nu|axe|browser] FOLDER…
//
// The checker comes through npm (vnu-jar), and so do axe and Playwright, which drives the Chromium that is here, into .judges/, once. A judge
// whose tools are not on this machine (java; a Chromium) is left out, and that is said. Nothing is asked of the network: the folders are
// served to the browser from this machine.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const HOME = join(dirname(fileURLToPath(import.meta.url)), '..', '.judges')
const VNU = '26.9.27'
const BROWSER = ['playwright-core@1.65.1', 'axe-core@4.14.1']
/** Of a large site, so many pages of each kind are opened; the checker reads all. */
const EACH = 3

const only = process.argv[2] === '--only' ? process.argv.splice(2, 2)[1] : undefined
const folders = process.argv.slice(2).map((folder) => resolve(folder))
if (folders.length === 0) {
  console.error('usage: node scripts/judge-web.js [--only nu|axe|browser] FOLDER…')
  process.exit(2)
}
let faults = 0
const tell = (folder, title, said) => {
  if (said.length > 0) faults++
  console.log(`${basename(folder)}: ${title}: ${said.length === 0 ? 'fine' : 'FAULT'}`)
  for (const line of said.slice(0, 40)) console.log(`  ${line}`)
}

function prepareNu() {
  if (spawnSync('java', ['-version']).error) return { missing: 'there is no java here' }
  return fromNpm('vnu', [`vnu-jar@${VNU}`], 'node_modules/vnu-jar/build/dist/vnu.jar')
}

function prepareBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = names.map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim()).find(Boolean)
  const browser = process.env.PUPPETEER_EXECUTABLE_PATH ?? found
  if (browser === undefined) return { missing: 'there is no Chromium here' }
  const there = fromNpm('browser', BROWSER, 'node_modules/axe-core/axe.min.js')
  if (there.missing !== undefined) return there
  const require = createRequire(join(HOME, 'browser', 'package.json'))
  return { browser, axe: readFileSync(there.path, 'utf8'), chromium: require('playwright-core').chromium }
}

function fromNpm(name, packages, file) {
  const home = join(HOME, name)
  const path = join(home, file)
  if (existsSync(path)) return { path }
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages]
  const run = spawnSync('npm', install, { cwd: home, encoding: 'utf8', shell: process.platform === 'win32' })
  return run.status === 0 && existsSync(path) ? { path } : { missing: `npm could not fetch it: ${run.stderr.trim()}` }
}

/**
 * What the checker says besides errors, and is meant: it has files and not addresses, so that no source is the page's own; notes are a section
 * whose name would be in the way; and it does not know properties that are newer than itself.
 */
const MEANT = [
  /Resource violates Content Security Policy/,
  /Section lacks heading/,
  /(?:animation-timeline|light-dark|text-wrap|field-sizing)/,
]

function askNu(folder, jar) {
  const files = filesIn(folder).filter((name) => /\.(html|css|svg)$/.test(name))
  const said = []
  // A command has no more room than this on some systems.
  for (let at = 0; at < files.length; at += 300) {
    const some = files.slice(at, at + 300).map((name) => join(folder, name))
    const run = spawnSync('java', ['-jar', jar, '--format', 'gnu', '--also-check-css', '--also-check-svg', ...some], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const lines = `${run.stdout}${run.stderr}`.split('\n').filter(Boolean)
    said.push(...lines.filter((line) => !MEANT.some((meant) => meant.test(line))))
  }
  return said.map((line) => line.replaceAll(`${folder}/`, '').replace(/^"?(?:file:)?/, ''))
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

async function askBrowser({ browser: executablePath, axe, chromium }) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    for (const folder of folders) {
      const { address, close } = await serve(folder)
      try {
        const pages = someOf(folder)
        const judged = await openAll(browser, address, pages, only === 'browser' ? undefined : axe)
        if (only !== 'browser') tell(folder, 'axe', judged.axe)
        if (only !== 'axe') {
          const works = existsSync(join(folder, 'sw.js')) ? await useEdition(browser, address, folder) : []
          tell(folder, 'browser', [...judged.browser, ...works])
        }
      } finally {
        close()
      }
    }
  } finally {
    await browser.close()
  }
}

/** A few of each kind: of each folder, and of each class of its main part. */
function someOf(folder) {
  const kinds = new Map()
  for (const name of filesIn(folder).filter((each) => each.endsWith('.html'))) {
    const kind = `${dirname(name)} ${/<main class="([^"]*)"/.exec(readFileSync(join(folder, name), 'utf8'))?.[1]}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), name])
  }
  return [...kinds.values()].flatMap((names) => names.slice(0, EACH))
}

const LOOKS = [
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 820, height: 1180, colorScheme: 'dark' },
  { width: 1280, height: 900, colorScheme: 'light' },
]

async function openAll(browser, address, pages, axe) {
  const said = { axe: [], browser: [] }
  for (const { width, height, colorScheme } of LOOKS) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, serviceWorkers: 'block' })
    const tab = await context.newPage()
    let at = ''
    const note = (what) => said.browser.push(`${at} at ${width}, ${colorScheme}: ${what}`)
    // Which is what is asked here: so many copies of a book are not.
    const blocked = /^Service Worker registration blocked by Playwright/
    tab.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !blocked.test(message.text())) note(message.text())
    })
    tab.on('pageerror', (error) => note(error.message))
    tab.on('request', (request) => !request.url().startsWith(address) && note(`asks for ${request.url()}`))
    for (const page of pages) {
      at = page
      let weight = 0
      const weigh = (response) => {
        if (/\.(html|css|js)$|\/$/.test(new URL(response.url()).pathname))
          weight += Number(response.headers()['content-length'] ?? 0)
      }
      tab.on('response', weigh)
      await tab.goto(address + page)
      const { shift, wide } = await tab.evaluate(MEASURE)
      tab.off('response', weigh)
      if (shift > 0.01) note(`its lines move: ${shift.toFixed(3)}`)
      if (wide > 0) note(`it is ${wide} pixels wider than the screen`)
      if (weight > 100_000) note(`HTML, style and script of the first view weigh ${weight} bytes`)
      if (axe === undefined) continue
      // By the debugger, which no policy of the page holds for.
      await tab.evaluate(axe)
      const { violations } = await tab.evaluate(() => globalThis.axe.run())
      for (const { id, help, nodes } of violations)
        said.axe.push(`${at} at ${width}, ${colorScheme}: ${id}: ${help}: ${nodes[0].html.slice(0, 160)}`)
    }
    await context.close()
  }
  return said
}

const MEASURE = async () => {
  let shift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  await document.fonts.ready
  await new Promise((done) => setTimeout(done, 100))
  return { shift, wide: document.documentElement.scrollWidth - innerWidth }
}

/** What a reader does: opens a note with scripts and without, searches, changes type and light, and goes where there is no network. */
async function useEdition(browser, address, folder) {
  const said = []
  const expect = (what, good) => good || said.push(what)
  const { readingOrder } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const texts = readingOrder.map(({ href }) => ({ href, text: readFileSync(join(folder, href), 'utf8') }))
  const noted = texts.find(({ text }) => text.includes('role="doc-noteref"'))
  const page = texts.find(({ text }) => /<p id="p[0-9a-z]{6}"/.test(text)) ?? texts[0]
  const reference = 'a[role="doc-noteref"]'

  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } })
  const bare = await plain.newPage()
  if (noted) {
    await bare.goto(address + noted.href)
    await bare.click(reference)
    const box = await bare.locator('.note:target').boundingBox()
    expect('without scripts: a note does not open in place', box !== null && box.y > 300 && box.y + box.height <= 901)
    await bare.click('.note:target a[role="doc-backlink"]')
    expect('without scripts: a note does not close', (await bare.locator('.note:target').count()) === 0)
  }
  await bare.goto(`${address}index.html`)
  expect('without scripts: tools are shown that do nothing', (await bare.locator('button:visible').count()) === 0)
  await bare.click('.tools a')
  expect('without scripts: there are no contents', bare.url().endsWith('#contents'))
  await plain.close()

  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const tab = await context.newPage()
  if (noted) {
    await tab.goto(address + noted.href)
    await tab.click(reference)
    expect('a note does not open', await tab.locator('.card').isVisible())
    await tab.keyboard.press('Escape')
    const gone = tab.locator('.card').waitFor({ state: 'detached', timeout: 5000 })
    await gone.catch(() => said.push('a note does not close'))
  }
  await tab.goto(address + page.href)
  const sheet = await tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const size = await tab.evaluate(() => getComputedStyle(document.documentElement).fontSize)
  await tab.click('[data-do="look"]')
  await tab.locator('label.night').click()
  await tab.click('.larger')
  await tab.reload()
  const now = await tab.evaluate(() => {
    const { backgroundColor, fontSize } = getComputedStyle(document.documentElement)
    return { backgroundColor, fontSize }
  })
  expect('the night that was asked for is forgotten', now.backgroundColor !== sheet)
  expect('the size that was asked for is forgotten', Number.parseFloat(now.fontSize) > Number.parseFloat(size))
  await tab.click('[data-do="contents"]')
  const lines = tab.locator('.panel.contents a').first()
  await lines.waitFor({ timeout: 10_000 }).catch(() => said.push('the contents do not open'))
  await tab.keyboard.press('Escape')
  const [, told] = /^octavoPart\((.*)\)\n$/s.exec(readFileSync(join(folder, 'search/1.js'), 'utf8'))
  const words = JSON.parse(told).flatMap(([, , texts]) => texts.flatMap(([, text]) => text.match(/\p{L}+/gu) ?? []))
  const word = words.find(({ length }) => length > 5) ?? words[0]
  await tab.click('[data-do="search"]')
  await tab.locator('.panel.search input').fill(word)
  const hit = tab.locator('.results a').first()
  await hit.waitFor({ timeout: 60_000 }).catch(() => said.push(`the search does not find \`${word}\``))
  if ((await hit.count()) > 0) {
    await hit.click()
    await tab.waitForLoadState()
    expect('a place that was found is not led to', /#./.test(tab.url()))
  }
  await tab.evaluate(() => navigator.serviceWorker.ready)
  await context.setOffline(true)
  const last = readingOrder.at(-1)
  const answer = await tab.goto(address + last.href).catch(() => undefined)
  expect('without a network the last chapter is not there', answer?.ok() === true)
  await tab.goto(address).catch(() => said.push('without a network the first page is not there'))
  await tab
    .locator('[data-do="go-on"]')
    .waitFor({ timeout: 5000 })
    .catch(() => said.push('it is forgotten where the reader was'))
  await context.close()
  return said
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
}

/** A folder by HTTP, to this machine alone. */
async function serve(folder) {
  const names = new Set(filesIn(folder))
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1)
    const name = path === '' || path.endsWith('/') ? `${path}index.html` : path
    if (!names.has(name)) return void response.writeHead(404).end()
    const bytes = readFileSync(join(folder, name))
    const type = TYPES[extname(name)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { address: `http://localhost:${server.address().port}/`, close }
}

if (only === undefined || only === 'nu') {
  const jar = prepareNu()
  if (jar.missing !== undefined) console.log(`Nu HTML checker: left out, ${jar.missing}`)
  else for (const folder of folders) tell(folder, `Nu HTML checker ${VNU}`, askNu(folder, jar.path))
}
if (only !== 'nu') {
  const tools = prepareBrowser()
  if (tools.missing !== undefined) console.log(`axe and a browser: left out, ${tools.missing}`)
  else await askBrowser(tools)
}
process.exitCode = faults === 0 ? 0 : 1
