// What notes are called by, where their theme has marks instead of figures. In: how many notes come before it in its section. Out: its mark.

const MARKS = ['*', '†', '‡', '§', '‖', '¶'] as const

/** The six marks of the printers, then each of them twice, and so on. */
export function noteMark(index: number): string {
  return MARKS[index % MARKS.length]!.repeat(1 + Math.floor(index / MARKS.length))
}

/** Figures are raised; the marks are drawn as high as they should stand. */
export function isRaised(label: string): boolean {
  return /^\d/.test(label)
}
