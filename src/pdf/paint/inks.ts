// In: which inks an edition has. Out: how it writes the colours of text, of what is drawn, and of pictures; and what pages need for that.
import type { Inking } from '../../model/inks.js'
import type { Press } from '../colour/press.js'
import { embedSrgb } from '../file/intent.js'
import type { Dictionary, Pdf, Value } from '../file/objects.js'
import { blackInk, colouredFill, colouredStroke, components, type Ink, isGray, lightness, textInk } from './colour.js'

export interface Inks {
  inking: Inking
  /** Of four inks; undefined if nobody gave its profile: then nothing can be turned. */
  press?: Press | undefined
  text: Ink
  fill: Ink
  stroke: Ink
  /** What RGB samples are, where there are any. */
  rgb: Value
  /** Entries of the resources of pages and drawings. */
  resources: Dictionary
}

/** `lacking` is told of a colour that no profile turns into inks. */
export function inksOf(pdf: Pdf, inking: Inking, press: Press | undefined, lacking: (what: string) => void): Inks {
  if (inking === 'black')
    return {
      inking,
      text: textInk,
      fill: blackInk,
      stroke: (colour) => upper(blackInk(colour)),
      rgb: '',
      resources: {},
    }
  if (inking === 'cmyk') return pressInks(press, lacking)
  const srgb = ['ICCBased', embedSrgb(pdf)]
  const text: Ink = (colour) => (isGray(colour) ? textInk(colour) : colouredFill(colour))
  return {
    ...{ inking, text, fill: colouredFill, stroke: colouredStroke },
    ...{ rgb: srgb, resources: { ColorSpace: { sRGB: srgb } } },
  }
}

/**
 * Greys are black ink alone, whatever the profile would make of them: four inks for one letter never meet exactly. Black text is printed
 * over what lies below it, so that no white edge can show; everything else takes its place (8.6.7).
 */
function pressInks(press: Press | undefined, lacking: (what: string) => void): Inks {
  const OVER = '/Over gs '
  const INSTEAD = '/Instead gs '
  const known = new Map<string, string>()
  const inksFor = (colour: string): string => {
    if (isGray(colour)) return `0 0 0 ${share(255 - components(colour)[0])}`
    let made = known.get(colour)
    if (made === undefined) {
      if (press === undefined) lacking(`the colour ${colour}`)
      made = [...(press?.toInks(Uint8Array.from(components(colour))) ?? [0, 0, 0, 0])].map(share).join(' ')
      known.set(colour, made)
    }
    return made
  }
  return {
    inking: 'cmyk',
    press,
    text(colour) {
      if (!isGray(colour)) return `${INSTEAD}${inksFor(colour)} k\n`
      return lightness(colour) < 192 ? `${OVER}0 0 0 1 k\n` : `${INSTEAD}0 0 0 0 k\n`
    },
    fill: (colour) => `${INSTEAD}${inksFor(colour)} k\n`,
    stroke: (colour) => `${INSTEAD}${inksFor(colour)} K\n`,
    rgb: '',
    resources: {
      ExtGState: {
        Over: { Type: 'ExtGState', OP: true, op: true, OPM: 1 },
        Instead: { Type: 'ExtGState', OP: false, op: false, OPM: 0 },
      },
    },
  }
}

function upper(operators: string): string {
  return operators.replace(' g', ' G')
}

function share(ink: number): string {
  return String(Math.round((ink / 255) * 1000) / 1000)
}
