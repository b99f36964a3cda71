// Some work in; what it took out: milliseconds of a processor, and the most memory above what was there before.
import { readFileSync, writeFileSync } from 'node:fs'

export interface Cost {
  ms: number
  /** Bytes; 0 where the system does not tell. */
  memory: number
}

const spent = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Milliseconds that this thread has had of a processor, where the system tells (proc(5): hundredths of a second); else those of the whole
 * process, with its threads that compile and sweep.
 */
export function ofThread(): number {
  try {
    const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8').replace(/^.*\)/, '').trim().split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return spent()
  }
}

/** The largest that the process has been since it was asked to forget: proc(5), `VmHWM` and `clear_refs`. */
function peak(): number {
  try {
    return 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

function forget(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // Not Linux, or not allowed.
  }
}

export async function costOf<T>(work: () => Promise<T>): Promise<{ value: T; cost: Cost }> {
  forget()
  const [before, start] = [peak(), spent()]
  const value = await work()
  return { value, cost: { ms: spent() - start, memory: Math.max(0, peak() - before) } }
}

/**
 * What grew more than the bytes did, in words; undefined: nothing. `factor`: how much may be said to be the machine's mood. What is small is
 * not told from noise: `least`, in the same units.
 */
export function worseThanLinear(small: Cost, large: Cost, times: number, least: Cost, factor = 2): string | undefined {
  const grown = (key: keyof Cost) =>
    large[key] > least[key] && large[key] > factor * times * Math.max(small[key], least[key] / 50)
  if (grown('ms'))
    return `time grows from ${small.ms.toFixed()} to ${large.ms.toFixed()} ms for ${times.toFixed(1)} times the bytes`
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed()
  if (grown('memory'))
    return `memory grows from ${megabytes(small.memory)} to ${megabytes(large.memory)} MB for ${times.toFixed(1)} times the bytes`
  return undefined
}
