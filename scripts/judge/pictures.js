// In: a PDF file. Out: the pages that poppler, MuPDF, PDFium and Ghostscript do not paint alike, as far as they are here.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Dots per inch: a stem of the text is a dot wide. */
const DPI = 96

/** Each writes its pages as grey PNM files into a folder, one a page, in the order of their names. */
const PAINTERS = {
  poppler: (file, folder) => ['pdftoppm', '-gray', '-cropbox', '-r', String(DPI), file, join(folder, 'page')],
  MuPDF: (file, folder) => [
    'mutool',
    'draw',
    '-q',
    '-c',
    'gray',
    '-r',
    String(DPI),
    '-o',
    join(folder, 'page%06d.pgm'),
    file,
  ],
  Ghostscript: (file, folder) => [
    'gs',
    '-q',
    '-dSAFER',
    '-dBATCH',
    '-dNOPAUSE',
    '-dUseCropBox',
    '-sDEVICE=pgmraw',
    '-dTextAlphaBits=4',
    '-dGraphicsAlphaBits=4',
    `-r${DPI}`,
    `-sOutputFile=${join(folder, 'page%06d.pgm')}`,
    file,
  ],
  PDFium: (file, folder) => ['python3', '-c', PDFIUM, file, folder],
}
const PDFIUM = `
import os, sys, pypdfium2
doc = pypdfium2.PdfDocument(sys.argv[1])
for i in range(len(doc)):
    picture = doc[i].render(scale=${DPI} / 72, grayscale=True)
    with open(os.path.join(sys.argv[2], 'page%06d.pgm' % i), 'wb') as out:
        out.write(b'P5 %d %d 255\\n' % (picture.width, picture.height))
        for row in range(picture.height):
            at = row * picture.stride
            out.write(bytes(picture.buffer[at:at + picture.width]))
`

/** What is compared are means of squares of so many dots, so that every engine may smooth edges in its own way. */
const SQUARE = 12
/** Of 255: smoothing alone comes to 35; a letter that is missing, or another, to twice that. */
const SHADE = 48

/** Which engines are here, and the pages that one of them paints unlike the first of them, counted from 1, with by how much. */
export function comparePictures(file) {
  const painted = new Map()
  const missing = []
  for (const [engine, command] of Object.entries(PAINTERS)) {
    const folder = mkdtempSync(join(tmpdir(), 'octavo-picture-'))
    const [program, ...args] = command(file, folder)
    const { status, error } = spawnSync(program, args, { stdio: 'ignore' })
    if (error || status !== 0) missing.push(engine)
    else
      painted.set(
        engine,
        readdirSync(folder)
          .sort()
          .map((name) => readPgm(readFileSync(join(folder, name)))),
      )
    rmSync(folder, { recursive: true })
  }
  const [first, ...others] = painted
  const unlike = []
  for (const [engine, pages] of others) {
    if (pages.length !== first[1].length) unlike.push({ engine, page: 0, shade: 255 })
    else
      pages.forEach((picture, i) => {
        const shade = difference(first[1][i], picture)
        if (shade > SHADE) unlike.push({ engine, page: i + 1, shade: Math.round(shade) })
      })
  }
  return { engines: [...painted.keys()], missing, unlike, pages: first?.[1].length ?? 0 }
}

function readPgm(bytes) {
  const [head, width, height] = /^P5\s+(?:#.*\n)?(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 200).toString('latin1'))
  return { width: Number(width), height: Number(height), dots: bytes.subarray(head.length) }
}

/** The greatest difference of two squares that stand in the same place; 255 if the pages are not of one size. */
function difference(a, b) {
  // A page that is no whole number of dots is rounded up by some and down by others.
  if (Math.abs(a.width - b.width) > 1 || Math.abs(a.height - b.height) > 1) return 255
  const width = Math.min(a.width, b.width)
  const height = Math.min(a.height, b.height)
  const sums = sumsOf(a, b, width, height)
  const row = width + 1
  let most = 0
  for (let y = 0; y + SQUARE <= height; y++)
    for (let x = 0; x + SQUARE <= width; x++) {
      const [top, bottom] = [y * row + x, (y + SQUARE) * row + x]
      most = Math.max(most, Math.abs(sums[bottom + SQUARE] - sums[bottom] - sums[top + SQUARE] + sums[top]))
    }
  return most / SQUARE ** 2
}

/** Of the differences above and to the left of each dot: a square's sum is four of these. */
function sumsOf(a, b, width, height) {
  const sums = new Int32Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let sum = 0
    for (let x = 0; x < width; x++) {
      sum += a.dots[y * a.width + x] - b.dots[y * b.width + x]
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + sum
    }
  }
  return sums
}
