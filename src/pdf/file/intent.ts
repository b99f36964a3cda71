// In: for what device a file is meant. Out: its output intent with an ICC profile (ISO 32000-1, 14.11.5).
import type { Standard } from '../../model/inks.js'
import type { Press } from '../colour/press.js'
import { flate } from './deflate.js'
import { blackInkProfile, srgbProfile } from './icc.js'
import { type Dictionary, type Pdf, type Ref, text } from './objects.js'

/** The same in every file. */
let srgb: Uint8Array | undefined

export function embedSrgb(pdf: Pdf): Ref {
  return pdf.stream({ N: 3, Filter: 'FlateDecode' }, (srgb ??= flate(srgbProfile())))
}

function embedBlackInk(pdf: Pdf): Ref {
  return pdf.stream({ N: 1, Filter: 'FlateDecode' }, flate(blackInkProfile()))
}

/** For screens and archives: what DeviceRGB and DeviceGray mean in this file. */
export function screenIntent(profile: Ref): Dictionary {
  return {
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: text('sRGB IEC61966-2.1'),
    Info: text('sRGB IEC61966-2.1'),
    DestOutputProfile: profile,
  }
}

/** How a file for a printer is to be printed. */
export interface Condition {
  standard: Standard
  /** By its name in the registry of the ICC. */
  name?: string | undefined
  /** Of four inks; undefined: black alone, or a condition that is known by its name. */
  press?: Press | undefined
}

/** PDF/X and PDF/A-2 share one profile. A condition that is registered is known by its name; any other is described by its profile. */
export function printIntents(pdf: Pdf, { standard, name, press }: Condition): Dictionary[] {
  const condition: Dictionary = press
    ? {
        OutputConditionIdentifier: text(name ?? 'Custom'),
        ...(name === undefined ? { OutputCondition: text(press.called) } : { RegistryName: text(REGISTRY) }),
        Info: text(name ?? press.called),
        DestOutputProfile: pdf.stream({ N: 4, Filter: 'FlateDecode' }, flate(press.profile)),
      }
    : name !== undefined
      ? { OutputConditionIdentifier: text(name), RegistryName: text(REGISTRY), Info: text(name) }
      : {
          OutputConditionIdentifier: text('Custom'),
          OutputCondition: text('Black ink on white paper'),
          Info: text('Black ink, dot gain 20 %'),
          DestOutputProfile: embedBlackInk(pdf),
        }
  const intents: Dictionary[] = []
  if (standard !== 'none') intents.push({ Type: 'OutputIntent', S: 'GTS_PDFX', ...condition })
  if (isModern(standard)) intents.push({ Type: 'OutputIntent', S: 'GTS_PDFA1', ...condition })
  return intents
}

const REGISTRY = 'http://www.color.org'

/** Of PDF 1.6, and so an archive's file as well. */
export function isModern(standard: Standard): boolean {
  return standard === 'x-4' || standard === 'none'
}
