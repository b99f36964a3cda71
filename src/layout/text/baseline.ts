// Where letters stand in their line.

/** Baseline of a line whose top is `y`: letters stand a little below the middle of their line. */
export function baseline(y: number, leading: number): number {
  return y + leading * 0.74
}
