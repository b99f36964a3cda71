// In: a PDF. Out: how evenly its body text is set, from the positions of its words alone, beside the figures to reach.
//
//   npm run measure -- FILE.pdf [--first N] [--last N] [--json] [--where]      --where: each miss with its page, on standard error
//
// It needs poppler's `pdftotext`, and `qpdf`: a divided word has replacement text, which poppler would show in its first half's
// place, so that is taken away first. A body line is one in the document's commonest type size that stands within the text
// block; justified are those whose right edge lies on the block's (a hanging hyphen or stop may pass it by a little).
//   space cv      spread of the lines' mean word spaces: standard deviation / mean (0: perfectly even grey)
//   loose, very, tight   share of justified lines whose mean space is over 1.5, over 2, under 0.75 of the median
//   letters       spread of the lines' letter width: each lower-case word's width against its median in the book; and the
//                 shares of neighbouring lines that differ by more than 3 and 5 % (all that is done to letters counts)
//   hyphens       share of justified lines that end in a hyphen;  ladders: runs of three or more of them
//   short parts   divided words that leave two letters on a side;  names: that begin with a capital
//   stacks        pairs of neighbouring lines that begin, or end, with the same word of two letters or more;  triples: three
//   rivers        runs of three lines or more with spaces that stand on one another by two thirds of their width, per 1000 lines
//   indents       paragraphs' first lines that stand more than half a point off the common indent
//   runts         flush lines that are not justified and shorter than 5 characters, of all flush lines not justified
//   widows        full pages that open no chapter and whose first body line is flush and short;  orphans: whose last is indented and justified
//   ragged feet   pages that running text follows whose last body line is over 1 pt off the common foot of their side
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { pagesOf } from './words-of-pages.js'

/** What Octavo must reach on a long book, all at once; `null`: no target. */
export const TARGETS = {
  pages: null,
  lines: null,
  median: null,
  cv: 0.13,
  loose: 0.8,
  very: 0.01,
  tight: 1.5,
  letters: 1.2,
  jump3: 4,
  jump5: 0.02,
  hyphens: 3,
  ladders: 0,
  parts: 2,
  names: 5,
  stacks: 12,
  triples: 0.1,
  rivers: null,
  indents: 0.5,
  runts: 0,
  widows: 0,
  orphans: 0,
  ragged: 0.2,
}

const NAMES = {
  pages: 'pages',
  lines: 'justified lines',
  median: 'median space, pt',
  cv: 'space cv',
  loose: 'loose > 1.5x, % of lines',
  very: 'very > 2x, % of lines',
  tight: 'tight < 0.75x, % of lines',
  letters: 'letters sd, %',
  jump3: 'letters jump > 3 %, %',
  jump5: 'letters jump > 5 %, %',
  hyphens: 'hyphens, % of lines',
  ladders: 'ladders, per 1000 lines',
  parts: 'short parts, % of hyphens',
  names: 'names, % of hyphens',
  stacks: 'stacks, per 1000 lines',
  triples: 'triples, per 1000 lines',
  rivers: 'rivers, per 1000 lines',
  indents: 'indents off the common, %',
  runts: 'runts, % of paragraphs',
  widows: 'widows, % of full pages',
  orphans: 'orphans, % of full pages',
  ragged: 'ragged feet, % without notes',
}

/** A page with more body lines than this counts as full. */
const FULL = 15

/**
 * Figures by the keys of TARGETS. Throws if `pdftotext` is not there or cannot read the file.
 * @param {string} path
 * @param {{ first?: string | undefined, last?: string | undefined }} [range] page numbers
 * @param {(kind: string, page: number, text: string) => void} [miss] is told of each
 */
export function measure(path, range = {}, miss = () => {}) {
  const pages = pagesOf(path, range)
  const size = commonest(
    pages.flatMap((page) => page.lines.flatMap((line) => line.words.map((word) => tenth(word.bottom - word.top)))),
  )
  for (const page of pages) {
    page.all = page.lines
    page.lines = page.lines.filter((line) => Math.abs(line.height - size) < 0.6)
  }
  const block = [textEdges(pages, 0), textEdges(pages, 1)]
  const natural = naturalWidths(pages)

  const spaces = []
  const ratios = []
  const jumps = []
  const indents = [[], []]
  const count = { hyphens: 0, ladders: 0, parts: 0, names: 0, stacks: 0, triples: 0, rivers: 0 }
  let run = 0
  let shorts = 0
  let runts = 0
  let full = 0
  /** First lines that look like a paragraph's last: on a page that opens a chapter, lower than others begin, one is a whole paragraph. */
  const perhaps = []
  let orphans = 0
  const loosest = []
  const tops = []
  const feet = []
  for (const [index, page] of pages.entries()) {
    const edges = block[index % 2]
    if (edges === undefined) {
      tops.push(undefined)
      feet.push(undefined)
      continue
    }
    const say = (kind, line) =>
      miss(kind, index + Number(range.first ?? 1), line.words.map((word) => word.text).join(' '))
    const body = page.lines.filter((line) => line.left >= edges.left - 6 && line.right < edges.right + 6)
    const kinds = body.map((line) => ({
      justified: Math.abs(line.right - edges.right) < 5 && line.words.length > 3,
      indented: line.left - edges.left > 6 && line.left - edges.left < 30,
      flush: Math.abs(line.left - edges.left) < 6,
    }))
    let before
    for (const [i, line] of body.entries()) {
      const { justified, indented, flush } = kinds[i]
      const after = body[i + 1]
      if (justified && (indented || flush)) {
        const space = meanSpace(line.words)
        if (space !== undefined) {
          spaces.push(space)
          loosest.push({ space, say: () => say('very loose', line) })
        }
        const broken = DIVIDED.test(line.words.at(-1).text)
        run = broken ? run + 1 : 0
        if (run === 3) {
          count.ladders++
          say('ladder', line)
        }
        if (broken) {
          count.hyphens++
          const head = bare(line.words.at(-1).text)
          const tail = after === undefined ? '   ' : bare(after.words[0].text)
          if (head.length <= 2 || tail.length <= 2) {
            count.parts++
            say('short part', line)
          }
          if (/^\p{Lu}/u.test(head)) count.names++
        }
      } else run = 0
      const ratio = justified || flush ? letterWidth(line, natural) : undefined
      if (ratio !== undefined) {
        ratios.push(ratio)
        if (before !== undefined) {
          jumps.push(Math.abs(ratio / before - 1))
          if (jumps.at(-1) > 0.05) say('letters jump', line)
        }
      }
      before = ratio
      for (const end of after && line.words.length > 3 && after.words.length > 3 ? [0, -1] : []) {
        const word = wordAt(line, end)
        if (word.length < 2 || word !== wordAt(after, end)) continue
        count.stacks++
        if (body[i + 2] && wordAt(body[i + 2], end) === word) {
          count.triples++
          say('three stacked', line)
        }
      }
      if (indented && (justified || after === undefined || kinds[i + 1].indented || !kinds[i + 1].flush))
        indents[index % 2].push({ by: line.left - edges.left, say: (off) => say(`indent ${off.toFixed(1)} pt`, line) })
      if (flush && !justified) {
        shorts++
        if (line.words.map((word) => word.text).join(' ').length < 5) {
          runts++
          say('runt', line)
        }
      }
    }
    count.rivers += riversOf(body, (line) => say('river', line))
    tops.push(body[0]?.words[0].top)
    feet.push(footOf(page, body, size))
    if (body.length > FULL) {
      full++
      const [first, last] = [kinds[0], kinds.at(-1)]
      if (first.flush && !first.justified) {
        perhaps.push({ top: body[0].words[0].top, say: () => say('widow', body[0]) })
      }
      if (last.indented && last.justified) {
        orphans++
        say('orphan', body.at(-1))
      }
    }
  }

  if (spaces.length === 0) throw new Error(`${path}: no justified lines to measure`)
  const middle = median(spaces)
  const percent = (part, of) => (100 * part) / Math.max(1, of)
  const share = (values, test) => decimals(percent(values.filter(test).length, values.length), 2)
  const thousand = (part) => decimals((1000 * part) / Math.max(1, spaces.length), 2)
  for (const line of loosest) if (line.space > 2 * middle) line.say()
  const usualTop = commonest(tops.filter((each) => each !== undefined).map(toEven))
  const left = perhaps.filter(({ top }) => top < usualTop + 4)
  for (const each of left) each.say()
  const widows = left.length
  const { ragged, followed } = raggedFeet(tops, feet, (index, off) =>
    miss(
      `foot ${off.toFixed(1)} pt`,
      index + Number(range.first ?? 1),
      pages[index].lines
        .at(-1)
        .words.map((word) => word.text)
        .join(' '),
    ),
  )
  const { crooked, starts } = crookedIndents(indents)
  return {
    pages: pages.length,
    lines: spaces.length,
    median: decimals(middle, 2),
    cv: decimals(deviation(spaces) / mean(spaces), 3),
    loose: share(spaces, (space) => space > 1.5 * middle),
    very: share(spaces, (space) => space > 2 * middle),
    tight: share(spaces, (space) => space < 0.75 * middle),
    letters: ratios.length > 1 ? decimals(100 * deviation(ratios), 2) : 0,
    jump3: share(jumps, (jump) => jump > 0.03),
    jump5: share(jumps, (jump) => jump > 0.05),
    hyphens: decimals(percent(count.hyphens, spaces.length), 2),
    ladders: thousand(count.ladders),
    parts: decimals(percent(count.parts, count.hyphens), 2),
    names: decimals(percent(count.names, count.hyphens), 2),
    stacks: thousand(count.stacks),
    triples: thousand(count.triples),
    rivers: thousand(count.rivers),
    indents: decimals(percent(crooked, starts), 2),
    runts: decimals(percent(runts, shorts), 2),
    widows: decimals(percent(widows, full), 2),
    orphans: decimals(percent(orphans, full), 2),
    ragged: decimals(percent(ragged, followed), 1),
  }
}

const DIVIDED = /[\p{L}\p{N}_][-\u2010\u00ad]$/u
const bare = (word) => word.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, '')
const wordAt = (line, end) => bare(line.words.at(end).text).toLowerCase()

/** The median width of every lower-case word that the book has eight times or more. */
function naturalWidths(pages) {
  const widths = new Map()
  for (const page of pages)
    for (const line of page.lines)
      for (const { text, left, right } of line.words) {
        if (!/^[a-z]{2,}$/.test(text)) continue
        const known = widths.get(text)
        if (known) known.push(right - left)
        else widths.set(text, [right - left])
      }
  return new Map([...widths].filter(([, all]) => all.length >= 8).map(([word, all]) => [word, median(all)]))
}

/** A word that is off by more was not widened: it stands in another cut, or in the small capitals that open a chapter. */
const OTHER_CUT = 0.08

/** Width of a line's common words against their usual width; undefined where it has fewer than four of them. */
function letterWidth(line, natural) {
  const known = line.words.filter(
    ({ text, left, right }) => natural.has(text) && Math.abs((right - left) / natural.get(text) - 1) < OTHER_CUT,
  )
  if (known.length < 4) return undefined
  let here = 0
  let usual = 0
  for (const word of known) {
    here += word.right - word.left
    usual += natural.get(word.text)
  }
  return here / usual
}

/** Runs of three lines or more with spaces that stand on one another: each overlaps the next by two thirds of the narrower. */
function riversOf(body, say) {
  let rivers = 0
  let above = []
  for (const line of body) {
    const spaces = []
    for (let i = 1; i < line.words.length; i++) {
      const [left, right] = [line.words[i - 1].right, line.words[i].left]
      if (right - left < 0.3 || right - left > 30) continue
      const over = above.filter(
        (one) =>
          Math.min(one.right, right) - Math.max(one.left, left) >
          (2 / 3) * Math.min(one.right - one.left, right - left),
      )
      const depth = 1 + Math.max(0, ...over.map((one) => one.depth))
      spaces.push({ left, right, depth })
      if (depth === 3) {
        rivers++
        say(line)
      }
    }
    above = spaces
  }
  return rivers
}

/** Where the page's last body line stands, unless notes stand below it. */
function footOf(page, body, size) {
  if (body.length === 0) return undefined
  const y = body.at(-1).words.at(-1).bottom
  const noted = page.all.some(
    (line) =>
      line.words.at(-1).bottom > y + 2 && line.height < size - 0.6 && line.words.at(-1).bottom < page.height * 0.97,
  )
  return { lines: body.length, y, noted }
}

/** Each side of the spread has its own edge to count from. */
function crookedIndents(sides) {
  let crooked = 0
  let starts = 0
  for (const side of sides) {
    if (side.length === 0) continue
    const usual = commonest(side.map(({ by }) => Math.round(by)))
    // the book's indent, not a list's
    const near = side.filter(({ by }) => Math.abs(by - usual) < 6)
    const common = commonest(near.map(({ by }) => tenth(by)))
    starts += near.length
    for (const { by, say } of near)
      if (Math.abs(by - common) > 0.5) {
        crooked++
        say(by - common)
      }
  }
  return { crooked, starts }
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

/** Pages with notes have feet of their own, and are not counted. Pages before an opening (text that starts lower than usual, or none) may end anywhere and are not counted. */
function raggedFeet(tops, feet, say) {
  const top = commonest(tops.filter((each) => each !== undefined).map(toEven))
  const sides = [[], []]
  for (const [index, foot] of feet.entries()) {
    const next = tops[index + 1]
    if (foot !== undefined && !foot.noted && foot.lines > FULL && next !== undefined && Math.abs(next - top) < 4)
      sides[index % 2].push({ index, y: foot.y })
  }
  let ragged = 0
  for (const side of sides) {
    const common = commonest(side.map(({ y }) => tenth(y)))
    const off = side.filter(({ y }) => Math.abs(y - common) > 1)
    for (const { index, y } of off) say(index, y - common)
    ragged += off.length
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

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length

function deviation(values) {
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length)
}

const tenth = (value) => Number(value.toFixed(1))
const decimals = (value, places) => Number(value.toFixed(places))
/** Halves go to the even neighbour. */
const toEven = (value) => (value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value))

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
    options: {
      first: { type: 'string' },
      last: { type: 'string' },
      json: { type: 'boolean' },
      where: { type: 'boolean' },
    },
    allowPositionals: true,
  })
  if (positionals.length === 0) {
    console.error('usage: npm run measure -- FILE.pdf [--first N] [--last N] [--json] [--where]')
    process.exit(2)
  }
  for (const path of positionals) {
    const figures = measure(
      path,
      values,
      values.where ? (kind, page, text) => console.error(`${kind}, page ${page}: ${text}`) : undefined,
    )
    console.log(
      values.json
        ? JSON.stringify({ file: path, ...figures })
        : [path, `${' '.repeat(32)}here    target`, ...table(figures)].join('\n'),
    )
  }
}
