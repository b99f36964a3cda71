// In: the three colours of a theme's cover. Out: those of a page on the web, by day and by night, each pair of text and ground with the
// contrast that WCAG 2.2 asks (1.4.3: 4.5; here more for running text).
import { contrast, luminance, type Rgb } from './contrast.js'

export interface Colours {
  paper: string
  /** Behind what is set apart. */
  panel: string
  ink: string
  /** Less important text. */
  pale: string
  line: string
  accent: string
  /** On a ground of the accent's. */
  onAccent: string
}

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]

export function pageColours(ground: string, ink: string, accent: string): { day: Colours; night: Colours } {
  const [a, b, c] = [parse(ground), parse(ink), parse(accent)]
  const [light, dark] = luminance(a) >= luminance(b) ? [a, b] : [b, a]
  return { day: scheme(light, dark, c, WHITE, BLACK), night: scheme(dark, light, c, BLACK, WHITE) }
}

/** `far`: what the paper nears, `near`: what the text nears. */
function scheme(paperOf: Rgb, inkOf: Rgb, accentOf: Rgb, far: Rgb, near: Rgb): Colours {
  const day = far === WHITE
  const paper = until(paperOf, far, (one) => (day ? luminance(one) >= 0.9 : luminance(one) <= 0.012))
  const ink = until(inkOf, near, (one) => contrast(one, paper) >= (day ? 12 : 11))
  const panel = mix(paper, ink, day ? 0.045 : 0.07)
  const legible = (from: Rgb, least: number) => until(from, near, (one) => contrast(one, panel) >= least)
  const accent = legible(accentOf, 5)
  return {
    paper: hex(paper),
    panel: hex(panel),
    ink: hex(ink),
    pale: hex(legible(mix(ink, paper, 0.36), 5)),
    line: hex(mix(paper, ink, 0.2)),
    accent: hex(accent),
    onAccent: hex(contrast(WHITE, accent) >= contrast(BLACK, accent) ? WHITE : BLACK),
  }
}

/** Mixed with `to`, as little as will do. */
function until(from: Rgb, to: Rgb, done: (colour: Rgb) => boolean): Rgb {
  for (let share = 0; share < 1; share += 1 / 32) {
    const mixed = mix(from, to, share)
    if (done(mixed)) return mixed
  }
  return to
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [0, 1, 2].map((i) => Math.round(a[i]! + (b[i]! - a[i]!) * share)) as unknown as Rgb
}

function parse(colour: string): Rgb {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  return found === null ? BLACK : (found.slice(1).map((two) => Number.parseInt(two, 16)) as unknown as Rgb)
}

function hex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
