// One run through the stages: collects what they report, and how long they take.

import { type Diagnostic, inOrder, legible, type Report } from '../diagnostic.js'
import type { CheckResult, Stage } from './options.js'

export interface Run {
  report: Report
  /** Warnings of these codes are not heard, whenever they were reported: the manifest's `ignore`. Errors always are. */
  ignore(codes: ReadonlySet<string>): void
  /** Tells what is being done, does it, and notes how long it took; also when it throws. */
  timed<T>(stage: Stage, work: () => T | Promise<T>): Promise<T>
  /** Notes what was timed elsewhere. */
  took(timings: CheckResult['timings']): void
  /** Has anything been reported that forbids an output? */
  failed(): boolean
  result(): CheckResult
}

export function begin(strict: boolean, progress: ((stage: Stage) => void) | undefined): Run {
  // Two outputs may stumble over the same thing: it is said once.
  const found = new Map<string, Diagnostic>()
  const timings: CheckResult['timings'] = []
  let silent: ReadonlySet<string> = new Set()
  const heard = () => [...found.values()].filter((each) => each.severity === 'error' || !silent.has(each.code))
  const failed = () => heard().some((each) => strict || each.severity === 'error')
  return {
    report(told) {
      const diagnostic = legible(told)
      const key = JSON.stringify([diagnostic.path, diagnostic.line, diagnostic.code, diagnostic.message])
      if (found.get(key)?.severity !== 'error') found.set(key, diagnostic)
    },
    ignore(codes) {
      silent = codes
    },
    async timed(stage, work) {
      progress?.(stage)
      const start = performance.now()
      try {
        return await work()
      } finally {
        timings.push({ stage, ms: performance.now() - start })
      }
    },
    took: (more) => void timings.push(...more),
    failed,
    result() {
      const all = heard().map((each): Diagnostic => (strict ? { ...each, severity: 'error' } : each))
      return { ok: all.every((each) => each.severity !== 'error'), diagnostics: inOrder(all), timings }
    },
  }
}
