#!/usr/bin/env node
// node scripts/judge-pdf.js [--unpainted] FILE…   What others say of our PDFs: veraPDF (for what each claims to be: PDF/UA-1 and PDF/A-2a
// the screen edition, PDF/A-2b print, booklet and a book with something amiss), qpdf, poppler; and whether other engines'
// searches find divided words, and whether four engines paint the same. Exits with 1 if any of them finds fault; says what
// it had to leave out.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { dividedWords, FINDERS } from './judge/find.js'
import { comparePictures } from './judge/pictures.js'
import { lackingVerapdf, verapdf } from './judge/verapdf.js'

/** Bytes. */
const LONG = 2e6

const files = process.argv.slice(2).filter((word) => word !== '--unpainted')
const unpainted = process.argv.includes('--unpainted')
if (files.length === 0) {
  console.error('usage: node scripts/judge-pdf.js FILE…')
  process.exit(2)
}
const missing = files.filter((file) => !existsSync(file))
if (missing.length > 0) {
  console.error(`no such file: ${missing.join(', ')}`)
  process.exit(2)
}

let faults = 0
const fault = (file, judge, what) => {
  faults++
  console.log(`${basename(file)}: ${judge}: FAULT\n${what.trim().replace(/^/gm, '    ')}`)
}
const fine = (file, judge, what = '') => console.log(`${basename(file)}: ${judge}: fine${what && `, ${what}`}`)
const skip = (judge, why) => console.log(`${judge}: left out, ${why}`)

const run = (command, ...args) => spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
const has = (command, ...args) => run(command, ...args).error === undefined

proveClaims()
qpdf()
poppler()
await find()
if (!unpainted) pictures()
process.exit(faults > 0 ? 1 : 0)

function proveClaims() {
  const why = lackingVerapdf()
  if (why !== undefined) return skip('veraPDF', why)
  // By what each says of itself.
  const claims = (file, words) => readFileSync(file, 'latin1').includes(words)
  const jobs = [
    ['ua1', files.filter((file) => claims(file, '<pdfuaid:part>1<'))],
    ['2a', files.filter((file) => claims(file, '<pdfaid:conformance>A<'))],
    ['2b', files.filter((file) => claims(file, '<pdfaid:conformance>B<'))],
  ]
  for (const [flavour, some] of jobs)
    for (const file of some) {
      const { fault: found } = verapdf(file, flavour)
      if (found === undefined) fine(file, `veraPDF ${flavour}`)
      else fault(file, `veraPDF ${flavour}`, found)
    }
  if (files.some((file) => /-print\.pdf$/.test(file)))
    skip('PDF/X-4', 'no free judge knows it: see test/pdf/print.test.ts')
}

function qpdf() {
  if (!has('qpdf', '--version')) return skip('qpdf', 'it is not here')
  for (const file of files) {
    const { status, stdout, stderr } = run('qpdf', '--check', file)
    if (status === 0) fine(file, 'qpdf --check')
    else fault(file, 'qpdf --check', stdout + stderr)
    if (!readFileSync(file).subarray(0, 1024).includes('/Linearized')) continue
    const linear = run('qpdf', '--check-linearization', file)
    if (linear.status === 0) fine(file, 'qpdf --check-linearization')
    else fault(file, 'qpdf --check-linearization', linear.stdout + linear.stderr)
  }
}

function poppler() {
  if (!has('pdffonts', '-v')) return skip('poppler', 'it is not here')
  for (const file of files) {
    const fonts = run('pdffonts', file)
    // The columns emb, sub and uni.
    const rows = fonts.stdout.split('\n').slice(2).filter(Boolean)
    const poor = rows.filter((row) => !/\s(yes)\s+(yes)\s+(yes)\s+\d+\s+\d+\s*$/.test(row))
    if (poor.length > 0 || fonts.stderr !== '') fault(file, 'pdffonts', poor.join('\n') + fonts.stderr)
    else fine(file, 'pdffonts', `${rows.length} faces embedded, subset, with Unicode`)

    const info = run('pdfinfo', '-box', file)
    if (info.status !== 0 || info.stderr !== '') fault(file, 'pdfinfo', info.stdout + info.stderr)
    else fine(file, 'pdfinfo', `${/^Pages:\s+(\d+)/m.exec(info.stdout)?.[1]} pages`)

    const text = run('pdftotext', file, '-')
    if (text.status !== 0 || text.stderr !== '') fault(file, 'pdftotext', text.stderr)
    else fine(file, 'pdftotext', `${text.stdout.split(/\s+/).length - 1} words`)
  }
}

async function find() {
  for (const file of files) {
    // Two pages of a booklet are one: there is nothing to say a page by.
    if (/-booklet\.pdf$/.test(file)) continue
    const words = await dividedWords(file)
    for (const [engine, finder] of Object.entries(FINDERS)) {
      const lost = finder(file, words)
      if (lost === undefined) skip(`search of ${engine}`, 'it is not here')
      else if (lost.length === 0) fine(file, `search of ${engine}`, `${words.length} divided words found`)
      else fault(file, `search of ${engine}`, lost.map(({ page, word }) => `page ${page + 1}: ${word}`).join('\n'))
    }
  }
}

/** A long book's pages are as those of a short one, and would take an hour. */
function pictures() {
  for (const file of files) {
    if (statSync(file).size > LONG) {
      skip(`pictures of ${basename(file)}`, 'it is long')
      continue
    }
    const { engines, missing, unlike, pages } = comparePictures(file)
    for (const engine of missing) skip(`pictures of ${engine}`, 'it is not here')
    const name = `pictures of ${engines.join(', ')}`
    if (unlike.length === 0) fine(file, name, `${pages} pages alike`)
    else fault(file, name, unlike.map(({ engine, page, shade }) => `page ${page}: ${engine} by ${shade}`).join('\n'))
  }
}
