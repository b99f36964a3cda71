// Words in; lines of lettering out, as outlines: the widest faces first, broken where it reads well, as large as fits.
import { type Outline, type Outliner, outlinerOf, type Path } from '../fonts/glyph-outlines.js'
import { direction } from '../model/languages.js'
import { scriptFaces } from '../theme/scripts.js'
import type { Face, Theme } from '../theme/theme.js'
import { beginsBackwards, inOrder, RIGHT_TO_LEFT, turned } from './bidi.js'

export interface Manner {
  italic?: boolean
  /** Lower case as small capitals. */
  smallCaps?: boolean
  /** Em. */
  tracking?: number
}

export interface Letterer {
  /** One line, em units, origin at the left end of its baseline. */
  line(text: string, manner: Manner): Outline
  /** Its advance alone, em. */
  advance(text: string, manner: Manner): number
  /** Em, of the cover's own face. */
  xHeight: number
  capHeight: number
  rightToLeft: boolean
  /** How many of the text's characters no face has, as a share of all but spaces. */
  lacking(text: string): number
}

/** Letters are taken from the cover's face, then from the theme's fallbacks and its other faces in turn; faces are opened when first needed. */
export function createLetterer(theme: Theme, faces: readonly Face[], title: string, language: string): Letterer {
  const families = [
    ...new Set([theme.cover.face, ...theme.fallback, ...faces.map((face) => face.key.slice(0, face.key.indexOf('/')))]),
  ]
  const opened = new Map<string, Outliner>()
  const open = (family: string, italic: boolean): Outliner | undefined => {
    const face =
      (italic ? faces.find((f) => f.key === `${family}/italic`) : undefined) ??
      faces.find((f) => f.key === `${family}/regular`)
    if (face === undefined) return undefined
    let outliner = opened.get(face.key)
    if (outliner === undefined) opened.set(face.key, (outliner = outlinerOf(face.bytes())))
    return outliner
  }
  const main = open(theme.cover.face, false)
  if (main === undefined) throw new Error(`face ${theme.cover.face} of the cover is missing`)
  const ofScript = scriptFaces(theme)
  const pick = (code: number, italic: boolean): Outliner | undefined => {
    const scripted = ofScript?.(String.fromCodePoint(code))
    for (const family of scripted === undefined ? families : [scripted, ...families]) {
      for (const outliner of [open(family, italic), italic ? open(family, false) : undefined]) {
        if (outliner?.has(code)) return outliner
      }
    }
    return undefined
  }
  const featuresOf = (manner: Manner) => [
    ...['kern', 'lnum', manner.tracking ? '-liga' : 'liga'],
    ...(manner.tracking ? ['-clig'] : []),
    ...(manner.smallCaps ? ['smcp'] : []),
  ]
  // A character that no face has leaves no empty box: see `lacking`.
  const runsOf = (text: string, manner: Manner) =>
    inOrder(text, direction(language) === 'rtl').flatMap((part) => {
      const runs = facesOf(part.text, manner)
      if (!part.backwards) return runs
      return runs.map((run) => (RIGHT_TO_LEFT.test(run.text) ? run : { ...run, text: turned(run.text) })).reverse()
    })
  const facesOf = (text: string, manner: Manner) => {
    const runs: { outliner: Outliner; text: string }[] = []
    for (const character of text.normalize('NFC')) {
      const last = runs.at(-1)
      // Marks, joiners and spaces stay with what they follow.
      if (last && /\u200c|\u200d|\s/.test(character)) last.text += character
      else if (last && /\p{M}/u.test(character)) {
        if (last.outliner.has(character.codePointAt(0)!)) last.text += character
      } else {
        const code = character.codePointAt(0)!
        // A letter that is not there with its mark may be there without.
        const bare = [...character.normalize('NFD')]
        const italic = manner.italic === true
        const whole = pick(code, italic)
        const outliner = whole ?? pick(bare[0]!.codePointAt(0)!, italic)
        if (outliner === undefined) continue
        const shown = whole ? character : bare.filter((one) => outliner.has(one.codePointAt(0)!)).join('')
        if (last?.outliner === outliner) last.text += shown
        else runs.push({ outliner, text: shown })
      }
    }
    return runs
  }
  return {
    xHeight: main.xHeight,
    capHeight: main.capHeight,
    rightToLeft: direction(language) === 'rtl' || beginsBackwards(title),
    lacking(text) {
      const wanted = [...text.normalize('NFC')].filter((character) => !/[\s\p{M}\p{Cf}]/u.test(character))
      const has = (character: string) =>
        pick(character.codePointAt(0)!, false) ?? pick(character.normalize('NFD').codePointAt(0)!, false)
      const lacked = wanted.filter((character) => has(character) === undefined)
      return lacked.length / Math.max(1, wanted.length)
    },
    line(text, manner) {
      const features = featuresOf(manner)
      const outlines = runsOf(text, manner).map((run) =>
        run.outliner.outline(run.text, features, language, manner.tracking),
      )
      return join(outlines, manner.tracking ?? 0)
    },
    advance(text, manner) {
      const features = featuresOf(manner)
      const runs = runsOf(text, manner)
      let sum = (manner.tracking ?? 0) * Math.max(0, runs.length - 1)
      for (const run of runs) sum += run.outliner.advance(run.text, features, language, manner.tracking)
      return sum
    },
  }
}

function join(outlines: Outline[], tracking: number): Outline {
  if (outlines.length === 1) return outlines[0]!
  const all: Outline = { advance: 0, path: [], left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (const each of outlines) {
    if (all.advance > 0) all.advance += tracking
    all.path = all.path.concat(place(each.path, all.advance, 0, 1))
    if (each.path.length > 0) {
      all.left = Math.min(all.left, each.left + all.advance)
      all.right = Math.max(all.right, each.right + all.advance)
      all.top = Math.min(all.top, each.top)
      all.bottom = Math.max(all.bottom, each.bottom)
    }
    all.advance += each.advance
  }
  if (all.path.length === 0) all.left = all.right = all.top = all.bottom = 0
  return all
}

/** Scaled, then moved. */
export function place(path: Path, x: number, y: number, scale: number): Path {
  let odd = false
  return path.map((part) => {
    if (typeof part === 'string') {
      odd = false
      return part
    }
    odd = !odd
    return part * scale + (odd ? x : y)
  })
}

export interface Fitted {
  lines: Outline[]
  size: number
}

/**
 * The text in at most `most` lines, as large as `width` and `height` allow up to `largest`; all lines of about one
 * length, none ending on a little word. `leading` × size is the distance of its baselines. A word that would make it
 * smaller than `smallest` is broken.
 */
export function letterText(
  letterer: Letterer,
  text: string,
  manner: Manner,
  box: { width: number; height: number; largest: number; smallest: number; leading: number; most: number },
): Fitted {
  const space = letterer.advance(' ', manner)
  const measured = (pieces: Piece[]) =>
    pieces.map((piece) => ({ ...piece, width: letterer.advance(piece.text, manner) }))
  let pieces = measured(breakable(text))
  if (pieces.some((piece) => piece.width * box.smallest > box.width)) {
    pieces = measured(
      breakable(text).flatMap((piece, i) => (pieces[i]!.width * box.smallest > box.width ? chop(piece) : [piece])),
    )
  }
  let best = { ends: [pieces.length], worth: -1 }
  for (let count = 1; count <= Math.min(box.most, pieces.length); count++) {
    const ends = balance(pieces, space, count)
    const widest = Math.max(...ends.map((end, i) => widthOf(pieces, space, i === 0 ? 0 : ends[i - 1]!, end)), 0.01)
    const size = Math.min(box.largest, box.width / widest, box.height / depth(letterer, count, box.leading))
    const poor = ends.slice(0, -1).filter((end) => pieces[end - 1]!.poor).length
    // One more line must make it visibly larger, a poor ending much so.
    const worth = size * (1 - 0.1 * poor) * (1 - 0.01 * count)
    if (worth > best.worth) best = { ends, worth }
  }
  const lines = best.ends.map((end, i) => letterer.line(textOf(pieces, i === 0 ? 0 : best.ends[i - 1]!, end), manner))
  const widest = Math.max(...lines.map((line) => line.right - line.left), 0.01)
  const size = Math.min(box.largest, box.width / widest, box.height / depth(letterer, lines.length, box.leading))
  return { lines, size }
}

/** From the top of the first line's capitals to the last baseline, em. */
function depth(letterer: Letterer, count: number, leading: number): number {
  return letterer.capHeight + (count - 1) * leading
}

interface Piece {
  text: string
  /** What follows within the line: a space, or nothing. */
  spaced: boolean
  /** What is added if the line ends here. */
  ending: string
  /** A line had better not end here. */
  poor: boolean
}

type Measured = Piece & { width: number }

const IDEOGRAPH = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/
const CLOSING = /[\u3001\u3002\u300d\u300f\uff01\uff0c\uff1f]/

/** Where a line may end: at spaces, less gladly after hyphens and dashes, and between ideographs. */
function breakable(text: string): Piece[] {
  const pieces: Piece[] = []
  for (const word of text.trim().split(/\s+/)) {
    let part = ''
    const characters = [...word]
    characters.forEach((character, i) => {
      part += character
      const next = characters[i + 1]
      if (next === undefined) pieces.push({ text: part, spaced: true, ending: '', poor: isLittle(part) })
      else if (IDEOGRAPH.test(character) && !CLOSING.test(next))
        pieces.push({ text: part, spaced: false, ending: '', poor: false })
      else if (/[-–—/]/.test(character)) pieces.push({ text: part, spaced: false, ending: '', poor: true })
      else return
      part = ''
    })
  }
  return pieces
}

/** A word in letters, each with its marks; broken anywhere, with a hyphen where the script has one. */
function chop(piece: Piece): Piece[] {
  const letters = piece.text.match(/.\p{M}*/gsu) ?? [piece.text]
  const hyphen = /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/u.test(piece.text) ? '-' : ''
  return letters.map((letter, i) =>
    i === letters.length - 1 ? { ...piece, text: letter } : { text: letter, spaced: false, ending: hyphen, poor: true },
  )
}

/** Articles, prepositions, conjunctions: a line does not end on them. */
function isLittle(word: string): boolean {
  return /^\p{Ll}{1,3}$/u.test(word)
}

function textOf(pieces: readonly Piece[], from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++)
    text += pieces[i]!.text + (i === to - 1 ? pieces[i]!.ending : pieces[i]!.spaced ? ' ' : '')
  return text
}

function widthOf(pieces: readonly Measured[], space: number, from: number, to: number): number {
  let width = 0
  for (let i = from; i < to; i++) width += pieces[i]!.width + (i < to - 1 && pieces[i]!.spaced ? space : 0)
  return width
}

/** Ends of `count` lines with the least sum of squared widths: the most even setting. Dynamic programming, lines × pieces². */
function balance(pieces: readonly Measured[], space: number, count: number): number[] {
  const n = pieces.length
  const even = widthOf(pieces, space, 0, n) / count
  const cost = Array.from({ length: count + 1 }, () => new Array<number>(n + 1).fill(Number.POSITIVE_INFINITY))
  const from = Array.from({ length: count + 1 }, () => new Array<number>(n + 1).fill(0))
  cost[0]![0] = 0
  for (let line = 1; line <= count; line++) {
    for (let end = line; end <= n; end++) {
      const ending = end < n ? pieces[end - 1]! : undefined
      // Gladly after a pause, not gladly after a little word.
      const taste = ending?.poor ? 0.7 : ending && /[,;:.!?–—]$/.test(ending.text) ? -0.4 : 0
      let width = 0
      for (let start = end - 1; start >= line - 1; start--) {
        width += pieces[start]!.width + (start < end - 1 && pieces[start]!.spaced ? space : 0)
        const value = cost[line - 1]![start]! + width * width + taste * even * even
        if (value < cost[line]![end]!) {
          cost[line]![end] = value
          from[line]![end] = start
        }
      }
    }
  }
  const ends: number[] = []
  for (let line = count, end = n; line > 0; line--) {
    ends.unshift(end)
    end = from[line]![end]!
  }
  return ends
}
