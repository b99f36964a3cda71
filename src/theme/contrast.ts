// Two colours in; how well one is read on the other out.

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number]

/** WCAG 2.2, relative luminance: 0 to 1. */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Ratio of relative luminances, 1 to 21 (WCAG 2.2, "contrast ratio"). As text: '#rrggbb'. */
export function contrast(a: string | Rgb, b: string | Rgb): number {
  const [x, y] = [luminance(rgbOf(a)), luminance(rgbOf(b))]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

function rgbOf(colour: string | Rgb): Rgb {
  if (typeof colour !== 'string') return colour
  return [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16)) as unknown as Rgb
}
