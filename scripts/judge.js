// In: every book that is here, in every edition, a site of them, and one of a single book. Out: what others say of the files: EPUBCheck,
// Ace, veraPDF, qpdf, poppler, the typometer of the long book; of web pages, the Nu HTML checker, axe and a browser; of the sites, the
// schemas of their feeds and records; of the preview, Firefox.
//
//   npm run judge [-- BOOK…]     book/, test/kitchen-sink, the books of test/claims, all examples of CommonMark and, where it
//                                is found, ../shared/corpus/war-and-peace
//   npm run judge -- --brief     the same in a third of the time: what .ci/run does each time. Of the long book it leaves Ace
//                                out, which opens four hundred documents in a browser, its editions for Kobo and the web, and
//                                the evenness of its lines, whose rows are aims, not all of them reached; of the site all but a
//                                few books; of those who print books all but one that takes inks alone and one press
//   npm run judge -- --paper     only what is made for printers: a novel of 400 pages and a picture book of 32, with their covers,
//                                for each of them
//
// Each judge says what it had to leave out, because it is not on this machine; that is no fault. Exits with 1 if there is one.
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeShelf } from './judge/shelf.js'
import { load } from './testcode.js'
import { measure, TARGETS, table } from './typometer.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const LONG = join(root, '../shared/corpus/war-and-peace')
/** Pictures without a description; a script that the pages set wrong; one that no face has, of which there is no PDF. */
const claims = ['undescribed', 'hebrew', 'chinese'].map((name) => join(root, 'test/claims', name))
const brief = process.argv.includes('--brief')
const onlyPaper = process.argv.includes('--paper')
const given = process.argv.slice(2).filter((word) => word !== '--brief' && word !== '--paper')
const EXAMPLES = join(root, '.judges/commonmark')
if (given.length === 0 && !onlyPaper) await writeExamples()
const books = (
  onlyPaper
    ? []
    : given.length > 0
      ? given
      : [join(root, 'book'), join(root, 'test/kitchen-sink'), ...claims, EXAMPLES, LONG]
).filter((book) => {
  if (existsSync(book)) return true
  console.log(`${basename(book)}: left out, it is not here`)
  return false
})

let passed = 0
let failed = 0
for (const book of books) {
  const out = join(root, 'out/judged', basename(book))
  rmSync(out, { recursive: true, force: true })
  // The long books' paper editions are the same pages again, and the judges are slow.
  const few = book === claims[2] ? 'epub' : book === LONG && !brief ? 'epub,kepub,web,pdf' : 'epub,pdf'
  const editions = [...claims, LONG, EXAMPLES].includes(book) ? few : 'epub,kepub,web,pdf,print,booklet'
  const built = node({}, 'dist/cli.js', 'build', book, '--out', out, '--edition', editions)
  note(built.status === 0, `${basename(book)}: octavo build`, built.stdout)
  if (built.status !== 0) continue
  const files = readdirSync(out).sort()
  const of = (suffix) => files.filter((name) => name.endsWith(suffix)).map((name) => join(out, name))
  // Ace opens every document in a browser: of the examples there are more than six hundred.
  const withoutAce = book === EXAMPLES || (brief && book === LONG)
  judge('scripts/judge-epub.js', [...(withoutAce ? ['--only', 'epubcheck'] : []), ...of('.epub')])
  if (of('-web').length > 0) judge('scripts/judge-web.js', of('-web'))
  if (of('.pdf').length > 0) judge('scripts/judge-pdf.js', of('.pdf'))
  if (book === LONG) {
    if (!brief) typometer(of('.pdf'))
    words()
  }
}
if (given.length === 0 && !onlyPaper) {
  publishShelf()
  everyWay()
  inFirefox()
}
if (given.length === 0) judge('scripts/judge-paper.js', brief ? ['--for', 'ingram,press', '--unproved'] : [])
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** A shelf of the books here and of some that nobody wrote becomes a site, with every kind of page, feed and record. */
function publishShelf() {
  const shelf = join(root, '.judges/shelf')
  const site = join(root, 'out/judged/site')
  writeShelf(shelf, brief ? 6 : 56, [join(root, 'book'), join(root, 'test/kitchen-sink')])
  appendFileSync(join(shelf, 'shelf.yaml'), 'editions: [epub, pdf, web]\n')
  rmSync(site, { recursive: true, force: true })
  const published = node({}, 'dist/cli.js', 'publish', shelf, '--quiet', '--out', site)
  note(published.status === 0, 'site: octavo publish', published.stdout)
  // One book alone, of which much is not known: no publisher, no author, no date.
  const single = join(root, 'out/judged/single')
  rmSync(single, { recursive: true, force: true })
  const alone = node({}, 'dist/cli.js', 'publish', join(root, 'book'), '--quiet', '--out', single)
  note(alone.status === 0, 'single: octavo publish', alone.stdout)
  // Its EPUBs are made as those above.
  const sites = [published.status === 0 && site, alone.status === 0 && single].filter(Boolean)
  judge('scripts/judge-site.js', ['--only', 'verify,nu,axe,weight,opds2,opds1,onix', ...sites])
}

/** The tests that ask for a Redis ran before it was installed, perhaps. */
function everyWay() {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    console.log('a shelf by every way: left out, there is no redis-server')
    return
  }
  const { status, stdout } = node({}, 'node_modules/vitest/vitest.mjs', 'run', 'test/publish/ways.test.ts')
  note(status === 0, 'a shelf by every way, over Redis with a worker killed', stdout)
}

/** The book that test/commonmark asks about itself. */
async function writeExamples() {
  rmSync(EXAMPLES, { recursive: true, force: true })
  const { writeBook } = await load('commonmark/book', join(root, '.judges/code'))
  await writeBook(EXAMPLES)
}

function node(env, ...words) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, words, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { status, stdout: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}` }
}

function note(good, what, said = '') {
  if (good) passed++
  else failed++
  console.log(good ? `${what}: fine` : `${what}: FAULT\n${said.trim()}`)
}

/** The judges print a line for each verdict: `FILE: JUDGE: fine`, or `FILE: JUDGE: FAULT` and what it is. */
function judge(script, files) {
  const { status, stdout } = node({}, script, ...files)
  console.log(stdout.trim())
  const fine = stdout.match(/^\S.*: fine\b/gm)?.length ?? 0
  const faults = stdout.match(/^\S.*: FAULT\b/gm)?.length ?? 0
  passed += fine
  failed += faults
  // A judge that fell over has said nothing of faults.
  if (status !== 0 && faults === 0) note(false, script, `it ended with status ${status}`)
}

/** Its words come out of both files again. */
function words() {
  const { status, stdout } = vitest({ OCTAVO_LONG_BOOK: LONG }, 'test/words', '-t', 'a long book')
  note(status === 0, `${basename(LONG)}: words`, stdout)
}

function vitest(env, ...words) {
  const home = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))
  return node(env, join(home, 'vitest.mjs'), 'run', ...words)
}

/** The preview in a browser that is not built on Chromium: its driver comes through npm into .judges/, once. */
function inFirefox() {
  const driver = join(root, '.judges/puppeteer')
  if (spawnSync(process.env.FIREFOX ?? 'firefox-esr', ['--version']).status !== 0)
    return console.log('the preview in Firefox: left out, there is no firefox-esr')
  if (!existsSync(join(driver, 'node_modules/puppeteer-core')))
    spawnSync('npm', ['install', '--silent', '--prefix', driver, 'puppeteer-core@24'], { timeout: 120_000 })
  if (!existsSync(join(driver, 'node_modules/puppeteer-core')))
    return console.log('the preview in Firefox: left out, puppeteer-core could not be had')
  const { status, stdout } = vitest({}, 'test/preview/firefox')
  note(status === 0, 'the preview in Firefox', stdout)
}

function typometer([file]) {
  let figures
  try {
    figures = measure(file)
  } catch (cause) {
    console.log(`typometer: left out, ${cause.message}`)
    return
  }
  console.log(table(figures).join('\n'))
  for (const [key, target] of Object.entries(TARGETS))
    if (target !== null)
      note(figures[key] <= target, `${basename(file)}: typometer: ${key}`, `${figures[key]}, to reach ${target}`)
}
