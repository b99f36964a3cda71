// Text goes in; which of its letters the pages cannot set right yet comes out, by script; and the script of a character.

// Blocks of the Unicode standard. Right to left: letters come out in the wrong order; the others want line breaking,
// reordering or shaping over spaces that the layout does not do.
const UNSET: readonly [name: string, pattern: RegExp][] = [
  ['Hebrew', /[\u0590-\u05ff\ufb1d-\ufb4f]/gu],
  ['Arabic', /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]/gu],
  ['Syriac or Thaana', /[\u0700-\u074f\u0780-\u07bf]/gu],
  ['an Indic script', /[\u0900-\u0dff]/gu],
  ['Thai, Lao or Tibetan', /[\u0e00-\u0fff]/gu],
  ['Myanmar or Khmer', /[\u1000-\u109f\u1780-\u17ff]/gu],
  ['Chinese or Japanese', /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\u{20000}-\u{2fa1f}]/gu],
  ['Korean', /[\u1100-\u11ff\uac00-\ud7af]/gu],
]
const ANY =
  /[\u0590-\u08ff\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\ufb1d-\ufefc]|[\u{20000}-\u{2fa1f}]/u

/** The letters of the text, by script. */
export function unsetScripts(text: string): { script: string; letters: string[] }[] {
  if (!ANY.test(text)) return []
  return UNSET.flatMap(([script, pattern]) => {
    const letters = text.match(pattern)
    return letters === null ? [] : [{ script, letters }]
  })
}

/** Marks that stand only among those letters: 、。「」 and the wide forms of others. */
const EAST_ASIAN_MARKS = /[\u3000-\u303f\ufe30-\ufe4f\uff00-\uffef]/

/** Unicode's other scripts of today, and the most read of old. */
const OTHERS =
  'Latin Greek Cyrillic Armenian Georgian Ethiopic Cherokee Mongolian Bopomofo Yi Nko Tifinagh Adlam Javanese Balinese Canadian_Aboriginal Coptic Gothic Runic Ogham Cuneiform Egyptian_Hieroglyphs Linear_B Phoenician'.split(
    ' ',
  )

/** A name for messages; characters of no script or a rare one are 'other signs'. */
export function scriptOf(character: string): string {
  if (EAST_ASIAN_MARKS.test(character)) return 'Chinese or Japanese'
  const unset = unsetScripts(character)[0]
  if (unset !== undefined) return unset.script
  const found = OTHERS.find((name) => new RegExp(`\\p{Script=${name}}`, 'u').test(character))
  return found?.replaceAll('_', ' ') ?? 'other signs'
}

/** What stands on a page for a character that no face has: never a box or a hole. */
export function numberOf(character: string): string {
  return `[U+${codeOf(character)}]`
}

export function codeOf(character: string): string {
  return character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
}
