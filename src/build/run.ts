// One run through the stages: collects what they report, and how long they take.

import type { CheckResult, Stage } from '../build.js'
import { type Diagnostic, inOrder, type Report } from '../diagnostic.js'

export interface Run {
  report: Report
  /** From now on, warnings of these codes are not heard: the manifest's `ignore`. Errors always are. */
  ignore(codes: ReadonlySet<string>): void
  /** Tells what is being done, does it, and notes how long it took; also when it throws. */
  timed<T>(stage: Stage, work: () => T | Promise<T>): Promise<T>
  /** Has anything been reported that forbids an output? */
  failed(): boolean
  result(): CheckResult
}

export function begin(strict: boolean, progress: ((stage: Stage) => void) | undefined): Run {
  // Two outputs may stumble over the same thing: it is said once.
  const found = new Map<string, Diagnostic>()
  const timings: CheckResult['timings'] = []
  let silent: ReadonlySet<string> = new Set()
  const failed = () => [...found.values()].some((each) => each.severity === 'error')
  return {
    report(diagnostic) {
      if (diagnostic.severity === 'warning' && silent.has(diagnostic.code)) return
      const each: Diagnostic = strict ? { ...diagnostic, severity: 'error' } : diagnostic
      const key = JSON.stringify([each.path, each.line, each.code, each.message])
      if (found.get(key)?.severity !== 'error') found.set(key, each)
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
    failed,
    result: () => ({ ok: !failed(), diagnostics: inOrder([...found.values()]), timings }),
  }
}
