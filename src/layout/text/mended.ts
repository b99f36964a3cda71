// What the patterns of a language divide wrongly, as data: words with the hyphens that they should have.

/** By name of the patterns. Where a word must keep three letters on either side, the smaller parts are left out. */
export const MENDED: ReadonlyMap<string, string> = new Map([
  // after Webster: by the ear, and never so that the first part reads as another word
  [
    'en-us',
    `
    apoth-e-cary apoth-e-caries avoir-du-pois boat-swain boat-swains chan-cery co-work-er co-work-ers driven eve-ning
    eve-nings here-to-fore har-poon-eer har-poon-eers hy-poc-ri-sy in-de-fat-i-ga-ble in-ev-i-ta-bil-i-ty
    ir-re-sist-ible itself legend legends legend-ary le-vi-a-than le-vi-a-thans lieu-ten-ant lieu-ten-ants man-slaugh-ter
    never never-the-less none-the-less no-ta-ble no-ta-bly not-with-stand-ing phi-los-o-pher phi-los-o-phers re-ad-just
   re-ad-just-ed re-ad-just-ment really re-in-vent re-in-vent-ed ser-geant ser-geants there-to-fore
    where-so-ever who-so-ever`,
  ],
  // after the parts that a word is made of
  [
    'en-gb',
    `
    apoth-ecary apoth-ecaries avoir-du-pois bri-ga-dier bri-ga-diers colonel colonels evening evenings
    ex-tra-or-din-ary ex-tra-or-din-ar-ily in-de-fat-ig-able in-so-much itself legend legends le-vi-athan le-vi-athans
    ma-de-moi-selle manu-script manu-scripts never never-the-less none-the-less
    really`,
  ],
])

/** A word with its hyphens to the offsets at which they stand. */
export function mendedIn(patterns: string): Map<string, readonly number[]> {
  const made = new Map<string, readonly number[]>()
  for (const word of (MENDED.get(patterns) ?? '').split(/\s+/)) {
    if (word === '') continue
    const offsets: number[] = []
    for (let i = 0; i < word.length; i++) if (word.charAt(i) === '-') offsets.push(i - offsets.length)
    made.set(word.replaceAll('-', ''), offsets)
  }
  return made
}
