// In: a PDF file. Out: which words that a line's end divides are found by the searches of poppler, MuPDF and PDFium.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'

// pdf.js counts on a method that Node has from 21 on.
ArrayBuffer.prototype.transferToFixedLength ??= function (length = this.byteLength) {
  const copy = new ArrayBuffer(length)
  new Uint8Array(copy).set(new Uint8Array(this).subarray(0, length))
  return copy
}

const run = (command, args, input) => spawnSync(command, args, { encoding: 'utf8', input, maxBuffer: 1 << 28 })

/** Words that are divided, each with its page from 0. A hyphen that divides stands by itself in a span that is no element. */
export async function dividedWords(file) {
  const { OPS } = await getResolvedPDFJS()
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)))
  const words = []
  for (let page = 0; page < pdf.numPages; page++) {
    const { fnArray, argsArray } = await (await pdf.getPage(page + 1)).getOperatorList()
    const open = []
    let before = ''
    let waiting
    fnArray.forEach((fn, i) => {
      if (fn === OPS.beginMarkedContent) open.push(true)
      else if (fn === OPS.beginMarkedContentProps) open.push(typeof argsArray[i][1] === 'number')
      else if (fn === OPS.endMarkedContent) open.pop()
      if (fn !== OPS.showText) return
      const text = argsArray[i][0].map((glyph) => glyph.unicode ?? '').join('')
      const [after] = /^[\p{L}\p{M}]*/u.exec(text)
      if (waiting !== undefined && after !== '') words.push({ page, word: waiting + after })
      waiting = undefined
      if (text === '-' && open.at(-1) === false) [waiting] = /[\p{L}\p{M}]*$/u.exec(before)
      before = text
    })
  }
  await pdf.destroy()
  return words
}

const MUTOOL = `
var doc = Document.openDocument ? Document.openDocument(scriptArgs[0]) : new Document(scriptArgs[0])
for (var i = 1; i < scriptArgs.length; i += 2)
  print(doc.loadPage(+scriptArgs[i]).search(scriptArgs[i + 1]).length)
`
const PDFIUM = `
import json, sys, pypdfium2
doc = pypdfium2.PdfDocument(sys.argv[1])
for each in json.load(sys.stdin):
    print(0 if doc[each['page']].get_textpage().search(each['word']).get_next() is None else 1)
`

/** By engine: the words that it does not find, or undefined if it is not here. */
export const FINDERS = {
  poppler(file, words) {
    const { error, stdout } = run('pdftotext', ['-raw', file, '-'])
    if (error) return undefined
    const pages = stdout.normalize().split('\f')
    return words.filter(({ page, word }) => !pages[page].includes(word.normalize()))
  },
  MuPDF(file, words) {
    const folder = mkdtempSync(join(tmpdir(), 'octavo-find-'))
    const script = join(folder, 'find.js')
    writeFileSync(script, MUTOOL)
    const found = run('mutool', ['run', script, file, ...words.flatMap(({ page, word }) => [String(page), word])])
    rmSync(folder, { recursive: true })
    return found.error ? undefined : lost(words, found)
  },
  PDFium(file, words) {
    if (run('python3', ['-c', 'import pypdfium2']).status !== 0) return undefined
    return lost(words, run('python3', ['-c', PDFIUM, file], JSON.stringify(words)))
  },
}

function lost(words, { stdout, stderr }) {
  const counts = stdout.trim().split('\n')
  if (words.length > 0 && counts.length !== words.length)
    throw new Error(`${words.length} words, answers: ${stderr || stdout}`)
  return words.filter((_, i) => counts[i] === '0')
}
