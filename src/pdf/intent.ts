// In: for what device a file is meant. Out: its output intent with an ICC profile (ISO 32000-1, 14.11.5).
import { deflateSync } from 'node:zlib'
import { type Dictionary, type Pdf, type Ref, readSrgbProfile, text } from './pdfkit.js'

/** sRGB as a colour space, the profile embedded once. */
export function embedSrgb(pdf: Pdf): Ref {
  return embedProfile(pdf, readSrgbProfile(), 3)
}

function embedProfile(pdf: Pdf, profile: Uint8Array, components: number): Ref {
  return pdf.stream({ N: components, Filter: 'FlateDecode' }, deflateSync(profile, { level: 9 }))
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
