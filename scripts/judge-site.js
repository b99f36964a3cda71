// In: folders of sites by `octavo publish`. Out: the verdicts of others on every kind of page, feed and record: `SITE: JUDGE: fine`, or
// `SITE: JUDGE: FAULT` and what it is. Exits with 1 if there is a fault.
//
//   node scripts/judge-site.js [--only nu,axe,weight,opds2,opds1,onix,epubcheck,verify] SITE…
//
// The Nu checker, axe, Ajv and Playwright's core come through npm, EDItEUR's schema of ONIX 3.1 with PyPI's onixcheck, the schemas of OPDS
// and Readium by git, all into .judges/, once. A judge whose tools are not on this machine (java, a Chromium, python3, git) is left out, and
// that is said. Of pages there is one of each kind: they are made by the same few functions.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const HOME = join(ROOT, '.judges')
const PACKAGES = { 'vnu-jar': '26', 'axe-core': '4', 'playwright-core': '1', ajv: '8', 'ajv-formats': '3' }
const SCHEMAS = [
  ['opds-community/drafts', 'opds2'],
  ['readium/webpub-manifest', 'webpub'],
  ['opds-community/specs', 'opds1'],
]
/** What a page may weigh that is seen first: HTML, style and script. */
const FIRST_VIEW = 100_000
const WIDTHS = [390, 820, 1280]

/** One of each kind of page: its path's pattern. */
const KINDS = [
  /^index\.html$/,
  /^books\/[^/]+\/index\.html$/,
  /(?:^|\/)changes\/index\.html$/,
  /^releases\/index\.html$/,
  /^page\/2\/index\.html$/,
  /^new\/index\.html$/,
  /^people\/index\.html$/,
  /^people\/[^/]+\/index\.html$/,
  /^subjects\/[^/]+\/index\.html$/,
  /^series\/[^/]+\/index\.html$/,
  /-web\/index\.html$/,
  /-web\/text\/[^/]+\.html$/,
]

/** Paths of the site's files. */
function filesOf(site) {
  return readdirSync(site, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(site, path)).isFile())
    .sort()
}

function pagesOf(site) {
  const files = filesOf(site)
  return KINDS.flatMap((kind) => {
    const found = files.filter((path) => kind.test(path))
    // The largest of its kind has most in it.
    const size = (path) => statSync(join(site, path)).size
    return found.sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1)).slice(0, 1)
  })
}

function tool(names) {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(delimiter))
      if (existsSync(join(folder, name))) return join(folder, name)
  return undefined
}

/** A package of npm, fetched once. Its folder; undefined if it cannot be had. */
function npm(name) {
  const home = join(HOME, 'site')
  const there = join(home, 'node_modules', name)
  if (existsSync(there)) return there
  mkdirSync(home, { recursive: true })
  const packages = Object.entries(PACKAGES).map(([each, version]) => `${each}@${version}`)
  spawnSync('npm', ['install', '--prefix', home, '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
    shell: process.platform === 'win32',
  })
  return existsSync(there) ? there : undefined
}

/** Folder of schemas; undefined if it cannot be had. */
function schemas(name) {
  const [repository, folder] = SCHEMAS.find(([, each]) => each === name)
  const home = join(HOME, 'schemas', folder)
  if (!existsSync(join(home, 'schema'))) {
    mkdirSync(dirname(home), { recursive: true })
    spawnSync('git', ['clone', '--quiet', '--depth', '1', `https://github.com/${repository}`, home], {
      timeout: 60_000,
    })
  }
  return existsSync(join(home, 'schema')) ? join(home, 'schema') : undefined
}

const run = (command, args) => spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 })

function verify(site) {
  const { status, stdout, stderr } = run(process.execPath, [join(ROOT, 'dist/cli.js'), 'verify', site])
  return { title: 'octavo verify', said: status === 0 ? [] : (stdout + stderr).trim().split('\n') }
}

/**
 * Not faults: what Nu says of the policy of a page that lies on a disk, where it knows no origin; and that an imprint has no heading, which
 * no printed one has either. What language a text looks like is a guess: the shelf that is made for the judge has words of one under the
 * name of others.
 */
const MEANT = /Content Security Policy|Section lacks heading|This document appears to be written in/

function nu(site) {
  const title = 'Nu'
  if (tool(['java']) === undefined) return { title, missing: 'there is no java here' }
  const home = npm('vnu-jar')
  if (home === undefined) return { title, missing: 'vnu-jar could not be had' }
  const pages = pagesOf(site)
  const jar = join(home, 'build/dist/vnu.jar')
  const { stdout, stderr } = run('java', [
    '-jar',
    jar,
    '--stdout',
    '--format',
    'gnu',
    ...pages.map((path) => join(site, path)),
  ])
  const said = `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !MEANT.test(line))
  return {
    title,
    said: said.map((line) => line.replace(pathToFileURL(site).href, '').replace(site, '')),
    seen: `${pages.length} kinds of page`,
  }
}

const TYPES = {
  ...{
    '.html': 'text/html',
    '.css': 'text/css',
    '.js': 'text/javascript',
    '.json': 'application/json',
    '.xml': 'application/xml',
  },
  ...{ '.png': 'image/png', '.jpg': 'image/jpeg', '.woff': 'font/woff', '.ttf': 'font/ttf', '.svg': 'image/svg+xml' },
}

/** The site on a web server of its own, and a browser that looks at it. */
async function inBrowser(site, look) {
  const { chromium } = createRequire(join(HOME, 'site/package.json'))('playwright-core')
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    const file = join(site, path.endsWith('/') ? `${path}index.html` : path)
    if (!file.startsWith(site) || !existsSync(file) || !statSync(file).isFile()) response.writeHead(404).end()
    else
      response
        .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(readFileSync(file))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  try {
    return await look(browser, `http://127.0.0.1:${server.address().port}/`)
  } finally {
    await browser.close()
    server.close()
  }
}

const CHROMIUM = process.env.CHROMIUM ?? tool(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])

function browserMissing() {
  if (CHROMIUM === undefined) return 'there is no Chromium here'
  return npm('playwright-core') === undefined ? 'playwright-core could not be had' : undefined
}

/** Every rule of axe, by day and by night, on a phone and on a desk. */
async function axe(site) {
  const title = 'axe'
  const missing = browserMissing()
  if (missing !== undefined) return { title, missing }
  const source = readFileSync(join(npm('axe-core'), 'axe.min.js'), 'utf8')
  const pages = pagesOf(site)
  const said = await inBrowser(site, async (browser, base) => {
    const found = []
    for (const colorScheme of ['light', 'dark'])
      for (const width of [WIDTHS[0], WIDTHS[2]]) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
        for (const path of pages) {
          await page.goto(base + path.split('/').map(encodeURIComponent).join('/'))
          await page.evaluate(source)
          const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }))
          for (const { id, nodes } of violations)
            found.push(`${path} ${width} ${colorScheme}: ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 120)}`)
        }
        await page.close()
      }
    return found
  })
  return { title, said, seen: `${pages.length} kinds of page, two widths, day and night` }
}

/** What Lighthouse looks at: nothing moves once it is seen, nothing is wider than the screen, and the first view is light. */
async function weight(site) {
  const title = 'weight and layout'
  const missing = browserMissing()
  if (missing !== undefined) return { title, missing }
  const pages = pagesOf(site)
  let most = 0
  const said = await inBrowser(site, async (browser, base) => {
    const found = []
    for (const width of WIDTHS) {
      for (const path of pages) {
        const context = await browser.newContext({ viewport: { width, height: 900 } })
        const page = await context.newPage()
        const errors = []
        page.on('pageerror', (error) => errors.push(String(error)))
        await page.addInitScript(() => {
          globalThis.shift = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value
          }).observe({ type: 'layout-shift', buffered: true })
        })
        let bytes = 0
        page.on('response', async (response) => {
          if (!['document', 'stylesheet', 'script'].includes(response.request().resourceType())) return
          bytes += Number((await response.body().catch(() => Buffer.alloc(0))).length)
        })
        await page.goto(base + path.split('/').map(encodeURIComponent).join('/'), { waitUntil: 'load' })
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        const { shift, wide } = await page.evaluate(() => ({
          shift: globalThis.shift,
          wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        }))
        if (shift > 0) found.push(`${path} ${width}: layout shift of ${shift.toFixed(4)}`)
        if (wide > 0) found.push(`${path} ${width}: ${wide} pixels wider than the screen`)
        // A web edition's chapter is a text; how long it is its author decides.
        if (!/-web\/text\//.test(path)) {
          most = Math.max(most, bytes)
          if (bytes > FIRST_VIEW) found.push(`${path}: ${bytes} bytes of HTML, style and script`)
        }
        for (const error of errors) found.push(`${path}: ${error}`)
        await context.close()
      }
    }
    return found
  })
  return { title, said, seen: `first view at most ${Math.round(most / 1000)} kB` }
}

async function opds2(site) {
  const title = 'JSON Schemas of OPDS 2.0 and Readium'
  const [opds, webpub] = [schemas('opds2'), schemas('webpub')]
  if (opds === undefined || webpub === undefined) return { title, missing: 'the schemas could not be had' }
  if (npm('ajv') === undefined) return { title, missing: 'ajv could not be had' }
  const from = createRequire(join(HOME, 'site/package.json'))
  const { default: Ajv } = from('ajv')
  const ajv = new Ajv({ strict: false, allErrors: true })
  from('ajv-formats').default(ajv)
  for (const folder of [webpub, opds])
    for (const name of readdirSync(folder, { recursive: true }))
      if (name.endsWith('.schema.json')) ajv.addSchema(JSON.parse(readFileSync(join(folder, name), 'utf8')))
  const feed = ajv.getSchema('https://drafts.opds.io/schema/feed.schema.json')
  const manifest = ajv.getSchema('https://readium.org/webpub-manifest/schema/publication.schema.json')
  const files = filesOf(site).filter((path) => /^opds\.json$|^opds\/.*\.json$|-web\/manifest\.json$/.test(path))
  const said = files.flatMap((path) => {
    const judge = path.endsWith('manifest.json') ? manifest : feed
    if (judge(JSON.parse(readFileSync(join(site, path), 'utf8')))) return []
    return judge.errors.slice(0, 5).map(({ instancePath, message }) => `${path}: ${instancePath} ${message}`)
  })
  return { title, said, seen: `${files.length} files` }
}

/** RELAX NG, by the Jing that comes with EPUBCheck. The schema includes Atom's, which RFC 4287 prints and nobody hands out: it is put beside it by hand. */
function opds1(site) {
  const title = 'RELAX NG of OPDS 1.2'
  const folder = schemas('opds1')
  if (folder === undefined) return { title, missing: 'the schema could not be had' }
  const jars = join(HOME, 'epubcheck/5.4.0/lib')
  if (tool(['java']) === undefined || !existsSync(jars))
    return { title, missing: 'there is no java here, or no EPUBCheck' }
  const file = join(folder, '1.2/opds.rnc')
  if (!existsSync(join(folder, '1.2/atom.rnc')))
    return { title, missing: 'there is no atom.rnc (RFC 4287, appendix B) beside opds.rnc' }
  // As it is published, its pattern has lost the backslashes of \n, \r and \t, and refuses every address with those letters.
  const text = readFileSync(file, 'utf8')
  if (text.includes('`"\\nrt]')) writeFileSync(file, text.replace('`"\\nrt]', '`"\\n\\r\\t]'))
  const files = filesOf(site).filter((path) => /^opds\.xml$|^opds\/.*\.xml$/.test(path) && path !== 'opds/search.xml')
  const jing = (schema, paths) =>
    run('java', [
      '-cp',
      join(jars, '*'),
      'com.thaiopensource.relaxng.util.Driver',
      '-c',
      schema,
      ...paths.map((path) => join(site, path)),
    ])
  // A command has room for so many names.
  const batches = Array.from({ length: Math.ceil(files.length / 500) }, (_, i) => files.slice(i * 500, (i + 1) * 500))
  const out = [...batches.map((paths) => jing(file, paths)), jing(join(folder, '1.2/atom.rnc'), ['feed.xml'])]
  const said = out.flatMap(({ stdout, stderr }) => `${stdout}${stderr}`.split('\n').filter((line) => line !== ''))
  return {
    title: `${title} and Atom`,
    said: said.map((line) => line.replace(`${site}/`, '')),
    seen: `${files.length + 1} feeds`,
  }
}

function onix(site) {
  const title = 'ONIX 3.1, by EDItEUR’s schema'
  const python = tool(['python3'])
  if (python === undefined) return { title, missing: 'there is no python3 here' }
  const home = join(HOME, 'onix')
  const judge = join(home, 'bin/onixcheck')
  if (!existsSync(judge)) {
    run(python, ['-m', 'venv', home])
    run(join(home, 'bin/pip'), ['install', '--quiet', 'onixcheck'])
  }
  if (!existsSync(judge)) return { title, missing: 'onixcheck could not be had' }
  const { stdout, stderr } = run(judge, [join(site, 'onix.xml')])
  const lines = `${stdout}${stderr}`.trim().split('\n')
  return { title, said: lines.some((line) => /^VALID\b/.test(line)) ? [] : lines }
}

/** Of each EPUB in the site. */
function epubcheck(site) {
  const title = 'EPUBCheck'
  const epubs = filesOf(site).filter((path) => path.endsWith('.epub') && !path.endsWith('.kepub.epub'))
  if (epubs.length === 0) return { title, seen: 'no EPUB' }
  const words = [join(ROOT, 'scripts/judge-epub.js'), '--only', 'epubcheck', ...epubs.map((path) => join(site, path))]
  const { stdout } = run(process.execPath, words)
  if (/^EPUBCheck.*: left out/m.test(stdout) && !/: fine$/m.test(stdout))
    return { title, missing: stdout.trim().split('\n')[0] }
  return {
    title,
    said: stdout.split('\n').filter((line) => line !== '' && !/: fine$/.test(line)),
    seen: `${epubs.length} files`,
  }
}

const words = process.argv.slice(2)
const only = words[0] === '--only' ? words.splice(0, 2)[1].split(',') : undefined
const JUDGES = { verify, nu, axe, weight, opds2, opds1, onix, epubcheck }
let faults = 0
if (words.length === 0) {
  console.error('usage: node scripts/judge-site.js [--only NAME,…] SITE…')
  process.exitCode = 2
} else {
  for (const site of words.map((word) => resolve(word)))
    for (const [name, judge] of Object.entries(JUDGES)) {
      if (only !== undefined && !only.includes(name)) continue
      const { title, missing, said = [], seen = '' } = await judge(site)
      if (missing !== undefined) {
        console.log(`${title}: left out, ${missing}`)
        continue
      }
      if (said.length > 0) faults++
      console.log(
        `${basename(site)}: ${title}: ${said.length === 0 ? 'fine' : 'FAULT'}${seen === '' ? '' : ` (${seen})`}`,
      )
      for (const line of said.slice(0, 40)) console.log(`  ${line}`)
      if (said.length > 40) console.log(`  … and ${said.length - 40} more`)
    }
  process.exitCode = faults === 0 ? 0 : 1
}
