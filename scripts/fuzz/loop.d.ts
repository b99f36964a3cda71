// What the tests know of loop.js.
import type { Arbitrary } from 'fast-check'

interface Kind {
  name: string
  arbitrary: Arbitrary<unknown>
  batch: number
  ask(plan: unknown, n: number, seed: number): Promise<{ faults: string[]; end: string }>
  keep(found: { plan: unknown; faults: string[] }, seed: number): [path: string, content: string]
  end(): Promise<void>
}

interface Found {
  tried: number
  faults: number
}

export declare function loop(
  kind: Kind,
  how: { runs: number; seed: number; until: number; shrink: number },
): Promise<Found>
export declare function report(kind: Kind, found: Found): string
