// In: a hostile book, and a way to build it. Out: what was wrong: with the files, if it was built, or with the answers. An empty list
// is what all of it is for.
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BuildOptions, BuildResult, Diagnostic } from '../../src/build.js'
import { CODES } from '../../src/model/codes.js'
import { type HostileBook, putOnDisk, SECRET } from './book.js'
import type { Cost } from './cost.js'
import { lookAtEpub } from './epubfaults.js'
import { lookAtPdf } from './pdffaults.js'

export interface Verdict {
  faults: string[]
  built: boolean
  codes: string[]
  /** Of the build alone, where it was measured. */
  cost?: Cost | undefined
}

export interface Judging {
  build: (options: BuildOptions) => Promise<BuildResult>
  /** Runs the build and returns the paths of files that it opened and should not have; absent: not looked at. */
  watch?:
    | (<T>(allowed: readonly string[], work: () => Promise<T>) => Promise<{ value: T; opened: string[] }>)
    | undefined
  /** Is shown the finished files' paths before they go. */
  keep?: ((paths: string[]) => void | Promise<void>) | undefined
  /** Runs the build and tells what it took. */
  measure?: (<T>(work: () => Promise<T>) => Promise<{ value: T; cost: Cost }>) | undefined
  /** Build it a second time and compare the bytes. */
  twice?: boolean | undefined
}

type Watch = NonNullable<Judging['watch']>
const unwatched: Watch = async (_, work) => ({ value: await work(), opened: [] })
const unmeasured = async <T>(work: () => Promise<T>): Promise<{ value: T; cost: undefined }> => ({
  value: await work(),
  cost: undefined,
})

const KNOWN = new Set(CODES.map((one) => one.code))
/** A disk in memory, where there is one: files are made durable, which takes time. */
const HOME = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export async function judge(book: HostileBook, how: Judging): Promise<Verdict> {
  const home = realpathSync(mkdtempSync(join(HOME, 'octavo-fuzz-')))
  const faults: string[] = []
  const fault = (what: string) => void faults.push(what)
  try {
    const folder = putOnDisk(book, home)
    const out = join(home, 'out')
    const options = { book: folder, out }
    let result: BuildResult
    let cost: Cost | undefined
    try {
      const measured = await (how.measure ?? unmeasured)(() =>
        (how.watch ?? unwatched)([folder, out], () => how.build(options)),
      )
      cost = measured.cost
      result = measured.value.value
      for (const path of measured.value.opened) fault(`the file ${path.replace(home, '')} was opened`)
    } catch (cause) {
      const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
      return { faults: [`thrown: ${stack.split('\n').slice(0, 6).join(' ')}`], built: false, codes: [] }
    }
    for (const each of result.diagnostics) checkDiagnostic(each, book, home, fault)
    const errors = result.diagnostics.filter((each) => each.severity === 'error')
    if (result.ok !== (errors.length === 0)) fault('`ok` does not agree with the diagnostics')
    const written = existsSync(out) ? readdirSync(out).sort() : []
    const told = result.files.map(({ path }) => path.slice(out.length + 1)).sort()
    if (written.join() !== told.join()) fault(`written: ${written.join()}; told: ${told.join()}`)
    if (result.ok && told.length === 0) fault('nothing was built and nothing was said')
    if (!result.ok && told.length > 0) fault('files in spite of errors')
    if (result.ok) {
      checkFiles(result, book, fault)
      await how.keep?.(result.files.map(({ path }) => path))
      if (how.twice === true) await again(result, how, folder, join(home, 'twice'), fault)
    }
    return { faults, built: result.ok, codes: [...new Set(result.diagnostics.map((each) => each.code))], cost }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const ILLEGIBLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/

function checkDiagnostic(each: Diagnostic, book: HostileBook, home: string, fault: (what: string) => void): void {
  const { code, path, line, message, severity } = each
  // A command that is to be typed names the folder as the person who is answered named it.
  const hint = each.hint.replace(`octavo init ${join(home, 'book')}`, 'octavo init book')
  const said = `${path}:${line}: ${severity} ${code}: ${message} / ${hint}`
  const wrong = (what: string) => fault(`${what}: ${said.slice(0, 300)}`)
  if (!KNOWN.has(code)) wrong('an unknown code')
  if (ILLEGIBLE.test(said)) wrong('a message with control characters')
  if (message === '' || hint === '') wrong('a message or hint without words')
  if (message.length > 2000 || hint.length > 2000) wrong('a message without end')
  if (said.includes(SECRET)) wrong('the secret')
  if (said.includes(home) || /\/node_modules\/|\/dist\/|\/src\/[a-z]+\//.test(said)) wrong('a path of this machine')
  if (code === 'text-lost') wrong('a fault of ours')
  if (
    /\bat \S+ \([^)]*:\d+:\d+\)|\bat file:|\.js:\d|\bundefined\b(?!`)|\[object |NaN\b|TypeError|RangeError|ENOENT|EISDIR/.test(
      said,
    )
  )
    if (!quotesBook(said, book)) wrong('the words of a programmer')
  if (!Number.isInteger(line) || line < 0) wrong('a line that is none')
  const content = book.files[path]
  if (path !== '' && content === undefined && !isPlace(path, book)) wrong('a place that is none')
  if (content !== undefined && line > 0) {
    const text = Buffer.from(content as Uint8Array).toString('utf8')
    if (line > text.split(/\r\n|\r|\n/).length) wrong('a line that the file does not have')
  }
}

function isPlace(path: string, book: HostileBook): boolean {
  return path === 'book.yaml' || path === 'house.yaml' || book.links.some(([link]) => path.startsWith(link))
}

/** What the author wrote may have such words too. */
function quotesBook(said: string, book: HostileBook): boolean {
  return Object.values(book.files).some(
    (content) => typeof content === 'string' && /undefined|NaN|object |Error/.test(content) && said.length > 0,
  )
}

function checkFiles(result: BuildResult, book: HostileBook, fault: (what: string) => void): void {
  const codes = new Set(result.diagnostics.map((each) => each.code))
  const texts: { name: string; text: string; raw: string }[] = []
  for (const { edition, path, size } of result.files) {
    const bytes = readFileSync(path)
    if (bytes.length !== size) fault('a size that is not the file’s')
    if (edition === 'epub' || edition === 'kepub') {
      const seen = lookAtEpub(bytes)
      faultsInto(seen.faults, fault)
      texts.push({ name: 'EPUB', text: seen.text, raw: seen.raw })
      if (seen.raw.includes(SECRET)) fault('the secret is in the EPUB')
    } else if (edition !== 'web' && edition !== 'cover-wrap') {
      const seen = lookAtPdf(bytes, edition)
      faultsInto(
        seen.faults.map((each) => `${edition}: ${each}`),
        fault,
      )
      if (edition === 'pdf') texts.push({ name: 'PDF', text: seen.text, raw: seen.text })
      if (seen.raw.includes(SECRET)) fault(`the secret is in the ${edition}`)
    }
  }
  // Where a file says that words are left out, they are.
  const excused = ['unused-note', 'dinkus-text', 'surplus-cells', 'unclosed-code'].some((code) => codes.has(code))
  for (const { name, text, raw } of texts) {
    const letters = text.toLowerCase().replaceAll('\u00ad', '')
    const lost = book.words.filter((word) => !letters.includes(word))
    if (lost.length > 0 && !excused) fault(`${name}: words are lost: ${lost.slice(0, 3).join(' ')}`)
    if (name !== 'EPUB') continue
    // A warning may name what it leaves out: the name of a block of another tool's.
    const told = result.diagnostics.flatMap(({ message }) => message.match(/ks\d+sk/g) ?? [])
    const hidden = new Set([...hiddenWords(book), ...told])
    // A mark may stand within a word: then it is found among the letters, and not among the bytes.
    const bytes = raw.replaceAll('\u00ad', '')
    const loose = book.loose.filter((word) => !bytes.includes(word) && !letters.includes(word) && !hidden.has(word))
    if (loose.length > 0 && !excused) fault(`${name}: words are lost among marks: ${loose.slice(0, 3).join(' ')}`)
  }
  const [epub, pdf] = [texts.find((each) => each.name === 'EPUB'), texts.find((each) => each.name === 'PDF')]
  if (epub !== undefined && pdf !== undefined) {
    const shown = new Set(epub.text.replaceAll('\u00ad', '').match(/k[ws]\d+[ws]k/g))
    const lost = [...shown].filter((word) => !pdf.text.toLowerCase().includes(word))
    if (lost.length > 0) fault(`words are in the EPUB and not in the PDF: ${lost.slice(0, 3).join(' ')}`)
  }
}

function faultsInto(faults: readonly string[], fault: (what: string) => void): void {
  for (const each of new Set(faults)) fault(each)
}

/** What Markdown itself hides: comments, definitions of links, the words after the marks of a fence, attributes. */
function hiddenWords(book: HostileBook): string[] {
  const texts = Object.entries(book.files).filter(
    ([path, content]) => path.endsWith('.md') && typeof content === 'string',
  )
  return texts.flatMap(([, content]) => {
    const text = (content as string).replace(/\r\n?/g, '\n')
    const hidden = [
      ...text.matchAll(/<!--[\s\S]*?(-->|$)|<[?!][^>]*>/g),
      ...text.matchAll(/^[\s>*+\d.)-]*(```|~~~)[^\n]*/gm),
      ...text.matchAll(/^[\s>*+\d.)|-]*\[[^\]]*\]:[\s\S]*?$\n?.*$/gm),
      ...text.matchAll(/\{[^}]*\}|\{[^}]*$/g),
      ...text.matchAll(/^\s*:::+.*$/gm),
      // Rows of a table below a head of fewer cells; GitHub leaves them out, we say so: see the codes.
    ]
    return hidden.flatMap(([part]) => part.match(/ks\d+sk/g) ?? [])
  })
}

async function again(
  result: BuildResult,
  how: Judging,
  folder: string,
  out: string,
  fault: (what: string) => void,
): Promise<void> {
  const second = await how.build({ book: folder, out })
  for (const [i, { path }] of result.files.entries()) {
    const other = second.files[i]?.path
    if (other === undefined || !readFileSync(path).equals(readFileSync(other)))
      fault(`${i}: other bytes the second time`)
  }
}
