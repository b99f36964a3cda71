// What a colour of the design is made of on a press, where its theme says so: plain data that whoever prints looks up by the colour, which
// everything else knows as '#rrggbb'.

/** Percent of each ink. */
export type Cmyk = readonly [cyan: number, magenta: number, yellow: number, black: number]

export interface Equivalent {
  cmyk: Cmyk
  /** The ink that is mixed for it, by the name on its can; where there is none it is printed as `cmyk`. */
  spot?: string | undefined
}

/** By '#rrggbb' in small letters. */
export type Equivalents = ReadonlyMap<string, Equivalent>
