// In: a PDF. Out: how evenly its body text is set, from the positions of its words alone, beside the figures to reach.
//
//   npm run measure -- FILE.pdf [--first N] [--last N] [--json]
//
// It needs poppler's `pdftotext`. A body line is one in the document's commonest type size that stands within the text
// block; justified are those whose right edge lies on the block's (a hanging hyphen or stop may pass it by a little).
//   space cv      spread of the lines' mean word spaces: standard deviation / mean (0: perfectly even grey)
//   loose, very, tight   share of justified lines whose mean space is over 1.5, over 2, under 0.75 of the median
//   hyphens       share of justified lines that end in a hyphen;  ladders: runs of three or more of them
//   runts         flush lines that are not justified and shorter than 5 characters, of all flush lines not justified
//   widows        full pages whose first body line is flush and short;  orphans: whose last is indented and justified
//   ragged feet   pages that running text follows whose last body line is over 1 pt off the common foot of their side
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

/** What Octavo must reach on a long book, all at once; `null`: no target. */
export const TARGETS = {
  pages: null,
  lines: null,
  median: null,
  cv: 0.13,
  loose: 0.8,
  very: 0.01,
  tight: 1.5,
  hyphens: 3,
  ladders: 0,
  runts: 0,
  widows: 0,
  orphans: 0,
  ragged: 0.5,
}

const NAMES = {
  pages: 'pages',
  lines: 'justified lines',
  median: 'median space, pt',
  cv: 'space cv',
  loose: 'loose > 1.5x, % of lines',
  very: 'very > 2x, % of lines',
  tight: 'tight < 0.75x, % of lines',
  hyphens: 'hyphens, % of lines',
  ladders: 'ladders, per 1000 lines',
  runts: 'runts, % of paragraphs',
  widows: 'widows, % of full pages',
  orphans: 'orphans, % of full pages',
  ragged: 'ragged feet, %',
}

/** A page with more body lines than this counts as full. */
const FULL = 15

/**
 * Figures by the keys of TARGETS. Throws if `pdftotext` is not there or cannot read the file.
 * @param {string} path
 * @param {{ first?: string | undefined, last?: string | undefined }} [range] page numbers
 */
export function measure(path, range = {}) {
  const pages = collect(path, range)
  const size = commonest(
    pages.flatMap((page) => page.lines.flatMap((line) => line.words.map((word) => tenth(word.bottom - word.top)))),
  )
  for (const page of pages) page.lines = page.lines.filter((line) => Math.abs(line.height - size) < 0.6)
  const block = [textEdges(pages, 0), textEdges(pages, 1)]

  const spaces = []
  let hyphens = 0
  let ladders = 0
  let run = 0
  let shorts = 0
  let runts = 0
  let full = 0
  let widows = 0
  let orphans = 0
  const tops = []
  const feet = []
  for (const [index, page] of pages.entries()) {
    const edges = block[index % 2]
    if (edges === undefined) {
      tops.push(undefined)
      feet.push(undefined)
      continue
    }
    const body = page.lines.filter((line) => line.left >= edges.left - 3 && line.right < edges.right + 6)
    const kinds = body.map((line) => ({
      justified: Math.abs(line.right - edges.right) < 5 && line.words.length > 3,
      indented: line.left - edges.left > 5 && line.left - edges.left < 30,
      flush: Math.abs(line.left - edges.left) < 4,
    }))
    for (const [i, line] of body.entries()) {
      const { justified, indented, flush } = kinds[i]
      if (justified && (indented || flush)) {
        const space = meanSpace(line.words)
        if (space !== undefined) spaces.push(space)
        const broken = /[\p{L}\p{N}_][-\u2010\u00ad]$/u.test(line.words.at(-1).text)
        hyphens += broken ? 1 : 0
        run = broken ? run + 1 : 0
        if (run === 3) ladders++
      } else run = 0
      if (flush && !justified) {
        shorts++
        if (line.words.map((word) => word.text).join(' ').length < 5) runts++
      }
    }
    tops.push(body[0]?.words[0].top)
    feet.push(body.length === 0 ? undefined : { lines: body.length, y: body.at(-1).words.at(-1).bottom })
    if (body.length > FULL) {
      full++
      const [first, last] = [kinds[0], kinds.at(-1)]
      if (first.flush && !first.justified) widows++
      if (last.indented && last.justified) orphans++
    }
  }

  if (spaces.length === 0) throw new Error(`${path}: no justified lines to measure`)
  const middle = median(spaces)
  const mean = spaces.reduce((a, b) => a + b, 0) / spaces.length
  const spread = Math.sqrt(spaces.reduce((sum, space) => sum + (space - mean) ** 2, 0) / spaces.length)
  const percent = (count, of) => (100 * count) / Math.max(1, of)
  const share = (test) => percent(spaces.filter(test).length, spaces.length)
  const { ragged, followed } = raggedFeet(tops, feet)
  return {
    pages: pages.length,
    lines: spaces.length,
    median: decimals(middle, 2),
    cv: decimals(spread / mean, 3),
    loose: decimals(
      share((space) => space > 1.5 * middle),
      2,
    ),
    very: decimals(
      share((space) => space > 2 * middle),
      2,
    ),
    tight: decimals(
      share((space) => space < 0.75 * middle),
      2,
    ),
    hyphens: decimals(percent(hyphens, spaces.length), 2),
    ladders: decimals((1000 * ladders) / Math.max(1, spaces.length), 2),
    runts: decimals(percent(runts, shorts), 2),
    widows: decimals(percent(widows, full), 2),
    orphans: decimals(percent(orphans, full), 2),
    ragged: decimals(percent(ragged, followed), 1),
  }
}

/** Pages as lists of lines of words, without folios. */
function collect(path, { first, last }) {
  const words = [
    '-bbox',
    ...(first === undefined ? [] : ['-f', first]),
    ...(last === undefined ? [] : ['-l', last]),
    path,
    '-',
  ]
  const { stdout, stderr, status, error } = spawnSync('pdftotext', words, { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (error !== undefined) throw new Error(`pdftotext could not be run (${error.code}): install poppler-utils`)
  if (status !== 0) throw new Error(`pdftotext: ${stderr.trim()}`)
  return stdout.split('<page ').slice(1).map(toPage)
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

/** The commonest left and right edge of longer lines on this side of the spread (of equally common ones the outermost right). */
function textEdges(pages, side) {
  const long = pages
    .filter((_, index) => index % 2 === side)
    .flatMap((page) => page.lines.filter((line) => line.words.length > 4))
  if (long.length === 0) return undefined
  const most = (values) => {
    let best
    for (const [value, count] of tally(values))
      if (best === undefined || count > best.count || (count === best.count && value > best.value))
        best = { value, count }
    return best.value
  }
  return { left: most(long.map((line) => toEven(line.left))), right: most(long.map((line) => toEven(line.right))) }
}

function meanSpace(words) {
  const gaps = []
  for (let i = 1; i < words.length; i++) {
    const gap = words[i].left - words[i - 1].right
    if (gap > 0.3 && gap < 30) gaps.push(gap)
  }
  return gaps.length === 0 ? undefined : gaps.reduce((a, b) => a + b, 0) / gaps.length
}

/** Pages before an opening (text that starts lower than usual, or none) may end anywhere and are not counted. */
function raggedFeet(tops, feet) {
  const top = commonest(tops.filter((each) => each !== undefined).map(toEven))
  const sides = [[], []]
  for (const [index, foot] of feet.entries()) {
    const next = tops[index + 1]
    if (foot !== undefined && foot.lines > FULL && next !== undefined && Math.abs(next - top) < 4)
      sides[index % 2].push(foot.y)
  }
  let ragged = 0
  for (const side of sides) {
    const common = commonest(side.map(tenth))
    ragged += side.filter((y) => Math.abs(y - common) > 1).length
  }
  return { ragged, followed: sides[0].length + sides[1].length }
}

function tally(values) {
  const counts = new Map()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** Of equally common values the one that came first. */
function commonest(values) {
  let best
  let most = 0
  for (const [value, count] of tally(values)) if (count > most) [best, most] = [value, count]
  return best
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

const tenth = (value) => Number(value.toFixed(1))
const decimals = (value, places) => Number(value.toFixed(places))
/** Halves go to the even neighbour. */
const toEven = (value) => (value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value))

function toCharacters(text) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex !== undefined || decimal !== undefined
      ? String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10))
      : (named[name] ?? whole),
  )
}

/** Figures beside targets, one a line. */
export function table(figures) {
  return Object.entries(NAMES).map(([key, name]) => {
    const target = TARGETS[key]
    const verdict =
      target === null ? '' : `${String(target).padStart(8)}  ${figures[key] <= target ? 'holds' : 'MISSED'}`
    return `${name.padEnd(28)}${String(figures[key]).padStart(8)}  ${verdict}`.trimEnd()
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({
    options: { first: { type: 'string' }, last: { type: 'string' }, json: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (positionals.length === 0) {
    console.error('usage: npm run measure -- FILE.pdf [--first N] [--last N] [--json]')
    process.exit(2)
  }
  for (const path of positionals) {
    const figures = measure(path, values)
    console.log(
      values.json
        ? JSON.stringify({ file: path, ...figures })
        : [path, `${' '.repeat(32)}here    target`, ...table(figures)].join('\n'),
    )
  }
}
