// A word reached without a mouse: from the marked one to its neighbours in the line, to the lines above and below, and over to the next page.
import type { LineDetail, PageDetail, Spot } from '../protocol.js'
import { say } from './dom.js'

interface Parts {
  /** First and last of the pages in view, and of all. */
  inView(): [number, number]
  count(): number
  goTo(page: number, y?: number): void
  spot(): Spot | undefined
  detail(page: number): Promise<PageDetail | undefined>
  press(page: number, x: number, y: number): Promise<void>
}

interface At {
  page: number
  line: number
  word: number
}

/** So many pages without words are passed over. */
const BLANKS = 3

export function makeCursor({ inView, count, goTo, spot, detail, press }: Parts) {
  const linesOf = async (page: number): Promise<LineDetail[]> =>
    (await detail(page))?.lines.filter(({ words }) => words.length > 0) ?? []

  /** The marked word, if it is in view. */
  const here = async (): Promise<At | undefined> => {
    const page = spot()?.page
    const box = page?.boxes[0]
    const [first, last] = inView()
    if (page === undefined || box === undefined || page.index < first - 2 || page.index > last + 2) return undefined
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const lines = await linesOf(page.index)
    const line = lines.findIndex((one) => y >= one.box.y && y < one.box.y + one.box.height && has(one, x))
    return line < 0 ? undefined : { page: page.index, line, word: wordAt(lines[line]!, x) }
  }

  /** The next page with words, from this one on. */
  const next = async (page: number, by: number): Promise<{ page: number; lines: LineDetail[] } | undefined> => {
    for (let at = page, i = 0; i < BLANKS && at >= 0 && at < count(); at += by, i++) {
      const lines = await linesOf(at)
      if (lines.length > 0) return { page: at, lines }
    }
    return undefined
  }

  const go = async ({ page, line, word }: At): Promise<void> => {
    const { box } = (await linesOf(page))[line]!.words[word]!
    goTo(page, box.y)
    await press(page, box.x + box.width / 2, box.y + box.height / 2)
  }

  const first = async (): Promise<void> => {
    const found = await next(inView()[0], 1)
    if (found === undefined) say('No words on this page')
    else await go({ page: found.page, line: 0, word: 0 })
  }

  const step = async (across: number, down: number): Promise<void> => {
    const at = await here()
    if (at === undefined) return first()
    const lines = await linesOf(at.page)
    const words = lines[at.line]!.words
    if (down === 0 && words[at.word + across] !== undefined) return go({ ...at, word: at.word + across })
    const by = down === 0 ? across : down
    const line = at.line + by
    const middle = words[at.word]!.box.x + words[at.word]!.box.width / 2
    /** Sideways goes on at the line's beginning or end, up and down to the word nearest. */
    const wordIn = (one: LineDetail) => (down !== 0 ? wordAt(one, middle) : by > 0 ? 0 : one.words.length - 1)
    if (lines[line] !== undefined) return go({ page: at.page, line, word: wordIn(lines[line]) })
    const other = await next(at.page + by, by)
    if (other === undefined) return
    const begin = by > 0 ? 0 : other.lines.length - 1
    await go({ page: other.page, line: begin, word: wordIn(other.lines[begin]!) })
  }

  // One after the other, however fast the keys are.
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (call: () => Promise<void>) => {
    turn = turn.then(call, call)
  }
  return {
    begin: () => inTurn(async () => ((await here()) === undefined ? first() : undefined)),
    step: (across: number, down: number) => inTurn(() => step(across, down)),
  }
}

const has = ({ box }: LineDetail, x: number) => x >= box.x - 2 && x <= box.x + box.width + 2

/** The word nearest to a place in its line. */
function wordAt({ words }: LineDetail, x: number): number {
  const far = words.map(({ box }) => Math.abs(box.x + box.width / 2 - x))
  return far.indexOf(Math.min(...far))
}
