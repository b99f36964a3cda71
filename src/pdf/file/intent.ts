// In: for what device a file is meant. Out: its output intent with an ICC profile (ISO 32000-1, 14.11.5).
import { flate } from './deflate.js'
import { blackInkProfile, srgbProfile } from './icc.js'
import { type Dictionary, type Pdf, type Ref, text } from './objects.js'

/** The same in every file. */
let srgb: Uint8Array | undefined

export function embedSrgb(pdf: Pdf): Ref {
  return pdf.stream({ N: 3, Filter: 'FlateDecode' }, (srgb ??= flate(srgbProfile())))
}

export function embedBlackInk(pdf: Pdf): Ref {
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

/**
 * For a printer, as PDF/X-4 and PDF/A-2 both ask; they share one profile. No registered printing condition is black
 * alone, so the condition is described by its profile.
 */
export function printIntents(profile: Ref): Dictionary[] {
  const condition = {
    OutputConditionIdentifier: text('Custom'),
    OutputCondition: text('Black ink on white paper'),
    Info: text('Black ink, dot gain 20 %'),
    DestOutputProfile: profile,
  }
  return [
    { Type: 'OutputIntent', S: 'GTS_PDFX', ...condition },
    { Type: 'OutputIntent', S: 'GTS_PDFA1', ...condition },
  ]
}
