// In: a colour of the design, '#rrggbb'. Out: the operator that sets it for filling.

/** How an edition writes colours. */
export type Ink = (colour: string) => string

/** Screen: black and grays as DeviceGray, so that no colour engine touches the text; the rest as DeviceRGB, which the output intent calls sRGB. */
export function screenInk(colour: string): string {
  const [red, green, blue] = components(colour)
  if (red === green && green === blue) return `${fraction(red)} g\n`
  return `${fraction(red)} ${fraction(green)} ${fraction(blue)} rg\n`
}

/** Print: everything in the one ink there is, by its lightness. */
export function blackInk(colour: string): string {
  const [red, green, blue] = components(colour)
  return `${fraction(Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue))} g\n`
}

/** Throws on anything but '#rgb' or '#rrggbb': the theme has resolved its names. */
function components(colour: string): [number, number, number] {
  const match = /^#([0-9a-f]{6})$/i.exec(colour)
  if (!match) throw new Error(`not a colour: ${colour}`)
  const value = Number.parseInt(match[1]!, 16)
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}

function fraction(value: number): string {
  return String(Math.round((value / 255) * 1000) / 1000)
}
