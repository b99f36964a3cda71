// In: a PDF. Out: its pages as lists of lines of words with their places, without folios, as poppler's `pdftotext` finds them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Pages as lists of lines of words, without folios. */
export function pagesOf(path, { first, last }) {
  const words = ['-bbox', ...(first === undefined ? [] : ['-f', first]), ...(last === undefined ? [] : ['-l', last])]
  const { stdout, stderr, status, error } = withoutReplacements(path, (plain) =>
    spawnSync('pdftotext', [...words, plain, '-'], { encoding: 'utf8', maxBuffer: 1 << 30 }),
  )
  if (error !== undefined) throw new Error(`pdftotext could not be run (${error.code}): install poppler-utils`)
  if (status !== 0) throw new Error(`pdftotext: ${stderr.trim()}`)
  return stdout.split('<page ').slice(1).map(toPage)
}

/** Reads a copy of the PDF in which every replacement text has a name that nobody knows. */
function withoutReplacements(path, read) {
  const folder = mkdtempSync(join(tmpdir(), 'octavo-measure-'))
  try {
    const plain = join(folder, 'plain.pdf')
    const { status, error, stderr } = spawnSync(
      'qpdf',
      ['--qdf', '--stream-data=uncompress', '--object-streams=disable', '--warning-exit-0', path, plain],
      { encoding: 'utf8' },
    )
    if (error !== undefined) throw new Error(`qpdf could not be run (${error.code}): install qpdf`)
    if (status !== 0) throw new Error(`qpdf: ${stderr.trim()}`)
    const bytes = readFileSync(plain)
    for (let at = bytes.indexOf('/ActualText'); at >= 0; at = bytes.indexOf('/ActualText', at + 1))
      bytes.write('x', at + 10)
    writeFileSync(plain, bytes)
    return read(plain)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function toPage(text) {
  const height = Number(/height="([\d.]+)"/.exec(text)[1])
  const lines = []
  for (const [, left, top, right, bottom, content] of text.matchAll(
    /<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)<\/word>/g,
  )) {
    const word = { left: +left, top: +top, right: +right, bottom: +bottom, text: toCharacters(content) }
    const before = lines.at(-1)?.at(-1)
    if (before !== undefined && Math.abs(before.bottom - word.bottom) < 1.5 && word.left > before.left)
      lines.at(-1).push(word)
    else lines.push([word])
  }
  return {
    height,
    lines: lines
      .filter((line) => !isFolio(line, height))
      .map((line) => ({
        words: line,
        left: line[0].left,
        right: line.at(-1).right,
        height: line.reduce((sum, word) => sum + word.bottom - word.top, 0) / line.length,
      })),
  }
}

function isFolio(line, height) {
  return (
    line.length <= 3 &&
    /^[^\p{L}\p{N}]*(\d{1,4}|[ivxlcdm]{1,8})[^\p{L}\p{N}]*$/u.test(line.map((word) => word.text).join(' ')) &&
    (line[0].top < height * 0.12 || line[0].bottom > height * 0.88)
  )
}

function toCharacters(text) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex !== undefined || decimal !== undefined
      ? String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10))
      : (named[name] ?? whole),
  )
}
