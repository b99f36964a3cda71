// The process in which `npm run fuzz` looks at drawings: each is read, looked at, and drawn, with its time and memory.
import { readSvg } from '../../src/pdf/images/svg.js'
import { Fault, readDrawing } from '../../src/read/svg/rewrite-svg.js'
import { costOf, ofThread } from './cost.js'
import { type SvgPlan, svgOf } from './svg.js'
import { livingIn } from './svgfaults.js'

export interface SvgVerdict {
  faults: string[]
  /** A code, or 'taken'. */
  end: string
  bytes: number
  /** Milliseconds of a processor, to read and to draw it once. */
  ms: number
  memory: number
  source?: string | undefined
}

/** What a drawing may take beyond what it was priced at: so many times, and so many milliseconds. */
const SLACK = { times: 3, more: 1500 }
/** From this many milliseconds of the thread on, growth is told from noise. */
const LEAST = 80

async function read(source: string): Promise<{ end: string; ms: number; bytes?: Uint8Array; work: number }> {
  const start = ofThread()
  try {
    const { bytes, work } = await readDrawing(new TextEncoder().encode(source)).finish()
    return { end: 'taken', ms: ofThread() - start, bytes, work }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return { end: fault.code, ms: ofThread() - start, work: 0 }
  }
}

async function judge(plan: SvgPlan, wide: boolean): Promise<SvgVerdict> {
  const source = svgOf(plan)
  const verdict: SvgVerdict = { faults: [], end: '', bytes: source.length, ms: 0, memory: 0 }
  const fault = (what: string) => void verdict.faults.push(what)
  try {
    const first = await read(source)
    Object.assign(verdict, { end: first.end, ms: first.ms })
    const larger = svgOf(plan, 4)
    const many = larger.length / source.length
    if (many > 2) {
      const grown = await read(larger)
      if (grown.ms > LEAST && grown.ms > 3 * many * Math.max(first.ms, 5)) {
        // The first time is the time of code that is not compiled yet; of others some are those of a memory that is swept.
        const least = async (text: string) =>
          Math.min((await read(text)).ms, (await read(text)).ms, (await read(text)).ms)
        const [again, more] = [await least(source), await least(larger)]
        if (more > LEAST && more > 3 * many * Math.max(again, 5))
          fault(`reading grows by ${(more / again).toFixed()} for ${many.toFixed(1)} times the bytes`)
      }
    }
    if (first.bytes === undefined) return verdict
    const written = new TextDecoder().decode(first.bytes)
    for (const living of livingIn(written)) fault(`alive: ${living}`)
    const twice = await read(written)
    if (twice.end !== 'taken') fault(`refused when it is read again: ${twice.end}`)
    else if (new TextDecoder().decode(twice.bytes) !== written) fault('another when it is read again')
    await drawn(first.bytes, first.work, wide, verdict)
    if (verdict.faults.length === 0) verdict.source = source
  } catch (thrown) {
    fault(
      `thrown: ${thrown instanceof Error ? (thrown.stack ?? thrown.message).split('\n').slice(0, 4).join(' ') : String(thrown)}`,
    )
  }
  return verdict
}

async function drawn(bytes: Uint8Array, work: number, wide: boolean, verdict: SvgVerdict): Promise<void> {
  const options = {
    alpha: true,
    fill: (colour: string) => `${colour} `,
    stroke: (colour: string) => `${colour} `,
    width: wide ? 324 : 81,
    fonts: () => [],
    family: 'serif',
    work,
  }
  try {
    const { cost } = await costOf(() => readSvg(bytes, options))
    verdict.ms += cost.ms
    verdict.memory = cost.memory
    if (cost.ms > work * SLACK.times + SLACK.more)
      verdict.faults.push(`drawn in ${cost.ms.toFixed()} ms, priced at ${work.toFixed()}`)
  } catch (reason) {
    const message = reason instanceof Error ? reason.message : String(reason)
    verdict.end = `painter: ${message.slice(0, 60)}`
    if (!/^it (?:is not an SVG that can be drawn|has no pixels|has more than)/.test(message))
      verdict.faults.push(`the painter: ${message}`)
  }
}

process.on('message', async ({ plan, n }: { plan: SvgPlan; n: number }) => {
  // At the width of a column a drawing has sixteen times the pixels.
  process.send?.(await judge(plan, n % 10 === 0))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
