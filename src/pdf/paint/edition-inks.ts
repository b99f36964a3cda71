// In: which inks an edition has. Out: how it writes the colours of text, of what is drawn, and of pictures; and what pages need for that.
import type { Cmyk, Equivalents } from '../../model/equivalents.js'
import type { Inking } from '../../model/inks.js'
import type { Press } from '../colour/press.js'
import { embedSrgb } from '../file/intent.js'
import type { Dictionary, Pdf, Value } from '../file/objects.js'
import { decimal } from '../file/syntax.js'
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

/** `own`: colours that the theme says in inks. `lacking` is told of a colour that no profile turns into inks. */
export function inksOf(
  pdf: Pdf,
  { inking, press, spot }: { inking: Inking; press: Press | undefined; spot?: string | undefined },
  own: Equivalents | undefined,
  lacking: (what: string) => void,
): Inks {
  if (inking === 'black' && spot !== undefined) return spotInks(spot, own)
  if (inking === 'black')
    return {
      inking,
      text: textInk,
      fill: blackInk,
      stroke: (colour) => upper(blackInk(colour)),
      rgb: '',
      resources: {},
    }
  if (inking === 'cmyk') return pressInks(press, own, lacking)
  const srgb = ['ICCBased', embedSrgb(pdf)]
  const text: Ink = (colour) => (isGray(colour) ? textInk(colour) : colouredFill(colour))
  return {
    ...{ inking, text, fill: colouredFill, stroke: colouredStroke },
    ...{ rgb: srgb, resources: { ColorSpace: { sRGB: srgb } } },
  }
}

const OVER = '/Over gs '
const INSTEAD = '/Instead gs '
/** What is painted leaves the inks below it, or takes their place (8.6.7). */
const OVERPRINT: Dictionary = {
  Over: { Type: 'ExtGState', OP: true, op: true, OPM: 1 },
  Instead: { Type: 'ExtGState', OP: false, op: false, OPM: 0 },
}

/** Black, and the ink of one can: all colours that are not mixed from it are black by their lightness. */
function spotInks(spot: string, own: Equivalents | undefined): Inks {
  const can = [...(own?.values() ?? [])].find((one) => one.spot === spot && isInk(spot))
  const isOwn = (colour: string) => can !== undefined && own?.get(colour.toLowerCase())?.spot === spot
  return {
    inking: 'black',
    text: (colour) =>
      isOwn(colour) ? `${INSTEAD}/Spot1 cs 1 scn\n` : `${lightness(colour) < 192 ? OVER : INSTEAD}${textInk(colour)}`,
    fill: (colour) => INSTEAD + (isOwn(colour) ? '/Spot1 cs 1 scn\n' : blackInk(colour)),
    stroke: (colour) => INSTEAD + (isOwn(colour) ? '/Spot1 CS 1 SCN\n' : upper(blackInk(colour))),
    rgb: '',
    resources: {
      ExtGState: OVERPRINT,
      ...(can && { ColorSpace: { Spot1: ['Separation', nameOf(spot), 'DeviceCMYK', tintOf(can.cmyk)] } }),
    },
  }
}

/**
 * Greys are black ink alone, whatever the profile would make of them: four inks for one letter never meet exactly. Black text is printed
 * over what lies below it, so that no white edge can show; everything else takes its place (8.6.7).
 */
function pressInks(press: Press | undefined, own: Equivalents | undefined, lacking: (what: string) => void): Inks {
  const cans = new Map<string, string>()
  const spaces: Dictionary = {}
  for (const { spot, cmyk } of own?.values() ?? []) {
    if (spot === undefined || cans.has(spot) || !isInk(spot)) continue
    const name = `Spot${cans.size + 1}`
    cans.set(spot, name)
    spaces[name] = ['Separation', nameOf(spot), 'DeviceCMYK', tintOf(cmyk)]
  }
  const known = new Map<string, string>()
  const make = (colour: string, [set, space, tint]: readonly [string, string, string]): string => {
    const said = own?.get(colour.toLowerCase())
    const can = said?.spot === undefined ? undefined : cans.get(said.spot)
    if (can !== undefined) return `/${can} ${space} 1 ${tint}\n`
    if (said !== undefined) return `${said.cmyk.map((one) => decimal(one / 100)).join(' ')} ${set}\n`
    if (isBlackish(colour)) return `0 0 0 ${share(255 - lightness(colour))} ${set}\n`
    if (press === undefined) lacking(`the colour ${colour}`)
    const inks = press?.toInks(Uint8Array.from(components(colour))) ?? [0, 0, 0, 0]
    return `${[...inks].map(share).join(' ')} ${set}\n`
  }
  const inked = (colour: string, how: readonly [string, string, string]): string => {
    const key = `${colour} ${how[0]}`
    let made = known.get(key)
    if (made === undefined) known.set(key, (made = make(colour, how)))
    return made
  }
  const [FILL, STROKE] = [['k', 'cs', 'scn'] as const, ['K', 'CS', 'SCN'] as const]
  return {
    inking: 'cmyk',
    press,
    text(colour) {
      if (own?.has(colour.toLowerCase()) || !isBlackish(colour)) return `${INSTEAD}${inked(colour, FILL)}`
      return lightness(colour) < 192 ? `${OVER}0 0 0 1 k\n` : `${INSTEAD}0 0 0 0 k\n`
    },
    fill: (colour) => `${INSTEAD}${inked(colour, FILL)}`,
    stroke: (colour) => `${INSTEAD}${inked(colour, STROKE)}`,
    rgb: '',
    resources: {
      ExtGState: OVERPRINT,
      ...(cans.size > 0 && { ColorSpace: spaces }),
    },
  }
}

/** All and None mean every plate, and none (8.6.6.4). */
function isInk(spot: string): boolean {
  return spot !== 'All' && spot !== 'None'
}

/** Grey, or so dark that nobody sees its hue: four inks would be seen where they do not meet. */
function isBlackish(colour: string): boolean {
  return isGray(colour) || Math.max(...components(colour)) < 48
}

/** As much of the four inks as stands for the one where it is not on the press (8.6.6.4). */
function tintOf(cmyk: Cmyk): Value {
  return { FunctionType: 2, Domain: [0, 1], C0: [0, 0, 0, 0], C1: cmyk.map((one) => one / 100), N: 1 }
}

/** A name of PDF (7.3.5): what is no plain letter is written by its number. */
function nameOf(spot: string): string {
  return [...Buffer.from(spot, 'utf8')]
    .map((byte) =>
      /[A-Za-z0-9_.+-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `#${byte.toString(16).padStart(2, '0')}`,
    )
    .join('')
}

function upper(operators: string): string {
  return operators.replace(' g', ' G')
}

function share(ink: number): string {
  return String(Math.round((ink / 255) * 1000) / 1000)
}
