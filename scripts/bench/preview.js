// In: book folders. Out: how long it takes from a saved file until both views of the preview are painted in a browser, one word
// changed at different places of the book; and beside it how long Typst takes to set the book again after the same changes.
//
//   npm run bench -- --preview 20 [--long BOOK]      twenty edits of the article, and of a long book
//
// Chromium is needed (CHROMIUM names one). The clock starts before the file is written and stops after the frame in which the changed
// page and the changed document stand; both are in view.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { CHROMIUM } from '../chromium.js'
import { readManifest } from './books.js'
import { installTypst, toTypst } from './typst.js'

const [library, edits, ...books] = process.argv.slice(2)
const { preview } = await import(pathToFileURL(library).href)
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
for (const book of books) {
  const folder = mkdtempSync(join(tmpdir(), 'octavo-preview-bench-'))
  try {
    cpSync(book, join(folder, 'book'), { recursive: true })
    const places = placesOf(join(folder, 'book'), Number(edits))
    const own = await ours(join(folder, 'book'), places)
    const typst = theirs(join(folder, 'book'), places, folder)
    const of = (name, all) =>
      all.length === 0 ? '' : `  ${name}: median ${median(all)} ms, from ${Math.min(...all)} to ${Math.max(...all)}\n`
    console.log(
      `${readManifest(book).title}, ${places.length} edits\n${of('saved to both painted', own.painted)}${of('of it, the build', own.built)}${of('Typst, set again', typst)}`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
await browser.close()

/** Lines of prose, evenly over the book: a word in the middle of each is to be changed. */
function placesOf(book, wanted) {
  const all = readManifest(book).files.flatMap((file) =>
    readFileSync(join(book, file), 'utf8')
      .split('\n')
      .flatMap((text, i) => (/^[A-Z“"][^|#[\]{}]{60,}$/.test(text) ? [{ file, line: i + 1 }] : [])),
  )
  return Array.from(
    { length: Math.min(wanted, all.length) },
    (_, i) => all[Math.floor(((i + 0.5) / wanted) * all.length)],
  )
}

/** The book's text with one word of a line changed. */
function edited(text, line, word) {
  const lines = text.split('\n')
  const words = lines[line - 1].split(' ')
  words[Math.floor(words.length / 2)] = word
  lines[line - 1] = words.join(' ')
  return lines.join('\n')
}

async function ours(book, places) {
  const opened = await preview({ book, port: 0 })
  await opened.ready
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  let painted = () => {}
  await page.exposeFunction('paintedAt', (at) => painted(at))
  const all = { painted: [], built: [] }
  try {
    await page.goto(opened.address)
    await page.evaluate(() => {
      const root = document.documentElement
      new MutationObserver(() => globalThis.paintedAt(performance.timeOrigin + performance.now())).observe(root, {
        attributeFilter: ['data-painted'],
      })
    })
    // The first edit warms what a writer has warm: it is not counted.
    for (const [i, { file, line }] of [places[0], ...places].entries()) {
      await page.goto(`${opened.address}#${file}:${line}`)
      await page.locator('#place-text', { hasText: `${file}:${line}` }).waitFor()
      await page.locator('#state[data-state="good"]').waitFor()
      // Whoever writes has stopped reading for a moment.
      await new Promise((go) => setTimeout(go, 600))
      const text = edited(readFileSync(join(book, file), 'utf8'), line, `edit${i}`)
      const done = new Promise((go) => {
        painted = go
      })
      const start = performance.timeOrigin + performance.now()
      writeFileSync(join(book, file), text)
      const ms = Math.round((await done) - start)
      const seen = await page.evaluate(
        (word) => document.querySelector('iframe').contentDocument.body.textContent.includes(word),
        `edit${i}`,
      )
      if (!seen) throw new Error(`edit ${i} in ${file}:${line} was painted without its word`)
      const { ms: build } = await (await fetch(new URL('api/state', opened.address))).json()
      if (i === 0) continue
      all.painted.push(ms)
      all.built.push(build)
    }
  } finally {
    await page.close()
    await opened.close()
  }
  return all
}

/** Typst's own compiler in this process, which keeps what it can: what `typst watch` does, without the writing of a file. */
function theirs(book, places, folder) {
  const typst = installTypst()
  if (typst === undefined) return []
  const main = join(folder, 'main.typ')
  writeFileSync(main, toTypst(book))
  const compile = typst.compiler(folder)
  compile('main.typ')
  return places.map(({ file, line }, i) => {
    const path = join(book, file)
    writeFileSync(path, edited(readFileSync(path, 'utf8'), line, `again${i}`))
    const text = toTypst(book)
    const start = performance.now()
    writeFileSync(main, text)
    compile('main.typ')
    return Math.round(performance.now() - start)
  })
}

function median(all) {
  const sorted = [...all].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
