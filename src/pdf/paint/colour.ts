// In: a colour of the design, '#rrggbb'. Out: the operators that set it.

/** How an edition writes a colour. */
export type Ink = (colour: string) => string

/** Screen: black and grays as DeviceGray, so that no colour engine touches the text; the rest as DeviceRGB, which the output intent calls sRGB. */
export function screenInk(colour: string): string {
  const parts = components(colour)
  return isGray(colour) ? `${fraction(parts[0])} g\n` : `${parts.map(fraction).join(' ')} rg\n`
}

export function screenStroke(colour: string): string {
  return screenInk(colour).replace('rg', 'RG').replace(' g', ' G')
}

/** Print, for what is drawn: in the one ink there is, by its lightness. */
export function blackInk(colour: string): string {
  return `${fraction(lightness(colour))} g\n`
}

/** Print, for drawings with colours of their own: DeviceRGB means nothing to a printer, so `sRGB` is a colour space of the page. */
export function colouredFill(colour: string): string {
  return isGray(colour) ? screenInk(colour) : `/sRGB cs ${components(colour).map(fraction).join(' ')} sc\n`
}

export function colouredStroke(colour: string): string {
  return isGray(colour) ? screenStroke(colour) : `/sRGB CS ${components(colour).map(fraction).join(' ')} SC\n`
}

/** Print, for text: black or paper, for a tint would dissolve small letters into dots. */
export function textInk(colour: string): string {
  return lightness(colour) < 192 ? '0 g\n' : '1 g\n'
}

export function isGray(colour: string): boolean {
  const [red, green, blue] = components(colour)
  return red === green && green === blue
}

/** ITU-R BT.709's weights, on the values as they are. */
export function lightness(colour: string): number {
  return lightnessOf(...components(colour))
}

export function lightnessOf(red: number, green: number, blue: number): number {
  return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
}

/** Throws on anything but '#rrggbb': the theme has resolved its names. */
export function components(colour: string): [number, number, number] {
  const match = /^#([0-9a-f]{6})$/i.exec(colour)
  if (!match) throw new Error(`not a colour: ${colour}`)
  const value = Number.parseInt(match[1]!, 16)
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}

function fraction(value: number): string {
  return String(Math.round((value / 255) * 1000) / 1000)
}
