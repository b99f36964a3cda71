// One run through the stages: collects what they report, tells how far they are, and stops when that is asked.

import { type Diagnostic, inOrder, legible, type Report, type Severity } from '../diagnostic.js'
import { DEFAULT_LIMITS } from '../model/limits.js'
import type { CheckResult, Progress, Stage } from './options.js'

export interface Run {
  report: Report
  /** Warnings of these codes are not heard, whenever they were reported: the manifest's `ignore`. Errors always are. */
  ignore(codes: ReadonlySet<string>): void
  /** What the manifest makes of what can be forgiven: `forgive`. */
  judge(by: (one: Diagnostic) => Diagnostic): void
  /** Tells what is being done, does it, and notes how long it took; also when it throws. Throws the signal's reason if it was given. */
  timed<T>(stage: Stage, work: () => T | Promise<T>): Promise<T>
  /** For a stage that counts its pieces: a function to be called after each, and awaited if it returns a promise. */
  step(stage: Stage): Step
  /** Notes what was timed elsewhere. */
  took(timings: CheckResult['timings']): void
  /** Has anything been reported that forbids an output? */
  failed(): boolean
  result(): CheckResult
}

export type Step = (done: number, total: number) => Promise<void> | undefined

export interface Listener {
  strict?: boolean | undefined
  progress?: Progress | undefined
  signal?: AbortSignal | undefined
}

/** Milliseconds between two tellings: as often as a person can read, and seldom enough to cost nothing. */
const PAUSE = 60

/** `most`: of the errors, and of the warnings, so many are kept; the rest is counted. */
export function begin({ strict = false, progress, signal }: Listener, most = DEFAULT_LIMITS.findings): Run {
  // Two outputs may stumble over the same thing: it is said once.
  const found = new Map<string, Diagnostic>()
  const timings: CheckResult['timings'] = []
  let silent: ReadonlySet<string> = new Set()
  let judged = (one: Diagnostic) => one
  const kept = { error: 0, warning: 0 }
  const more = { error: new Map<string, number>(), warning: new Map<string, number>() }
  const isHeard = ({ severity, code }: Pick<Diagnostic, 'severity' | 'code'>) =>
    severity === 'error' || !silent.has(code)
  const heard = () => [...found.values(), ...counted('error'), ...counted('warning')].filter(isHeard)
  /** One finding for all that are not kept. */
  const counted = (severity: Severity): Diagnostic[] => {
    const codes = [...more[severity]].filter(([code]) => isHeard({ severity, code }))
    if (codes.length === 0) return []
    const sum = codes.reduce((sum, [, times]) => sum + times, 0)
    const list = codes.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([code, times]) => `${times} ${code}`)
    const message = `${sum} more ${severity}s are not listed: ${list.slice(0, 10).join(', ')}${list.length > 10 ? ', …' : ''}`
    const hint = 'mend the first, and look again; `limits.findings` of the library lists more'
    return [{ severity, code: 'more-findings', path: '', line: 0, message, hint }]
  }
  const failed = () => heard().some((each) => strict || each.severity === 'error')
  let last = 0
  return {
    report(given) {
      const told = judged(given)
      if (!isHeard(told)) return
      if (kept[told.severity] >= most) {
        const { severity, code } = told
        more[severity].set(code, (more[severity].get(code) ?? 0) + 1)
        return
      }
      const diagnostic = legible(told)
      const key = JSON.stringify([diagnostic.path, diagnostic.line, diagnostic.code, diagnostic.message])
      const before = found.get(key)
      if (before?.severity === 'error') return
      if (before?.severity !== diagnostic.severity) kept[diagnostic.severity]++
      found.set(key, diagnostic)
    },
    ignore(codes) {
      silent = codes
    },
    judge(by) {
      judged = by
    },
    async timed(stage, work) {
      signal?.throwIfAborted()
      progress?.(stage)
      const start = performance.now()
      try {
        const done = await work()
        // What was put into its place is said to be there.
        if (stage !== 'write') signal?.throwIfAborted()
        return done
      } finally {
        timings.push({ stage, ms: performance.now() - start })
      }
    },
    step: (stage) => (done, total) => {
      if (!progress && !signal) return undefined
      const now = performance.now()
      if (now - last < PAUSE) return undefined
      last = now
      progress?.(stage, { done, total })
      // A signal is given by something else that runs in this process: it must have its turn.
      return signal && new Promise<void>((done) => setImmediate(done)).then(() => signal.throwIfAborted())
    },
    took: (more) => void timings.push(...more),
    failed,
    result() {
      const all = heard().map((each): Diagnostic => (strict ? { ...each, severity: 'error' } : each))
      return { ok: all.every((each) => each.severity !== 'error'), diagnostics: inOrder(all), timings }
    },
  }
}
