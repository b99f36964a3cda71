// Text goes in; the names of the scripts that the pages cannot set right yet come out.

// Blocks of the Unicode standard. Right to left: letters come out in the wrong order; the others want line breaking,
// reordering or shaping over spaces that the layout does not do.
const UNSET: readonly [name: string, pattern: RegExp][] = [
  ['Hebrew', /[\u0590-\u05ff\ufb1d-\ufb4f]/u],
  ['Arabic', /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]/u],
  ['Syriac or Thaana', /[\u0700-\u074f\u0780-\u07bf]/u],
  ['an Indic script', /[\u0900-\u0dff]/u],
  ['Thai, Lao or Tibetan', /[\u0e00-\u0fff]/u],
  ['Myanmar or Khmer', /[\u1000-\u109f\u1780-\u17ff]/u],
  ['Chinese or Japanese', /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\u{20000}-\u{2fa1f}]/u],
  ['Korean', /[\u1100-\u11ff\uac00-\ud7af]/u],
]
const ANY =
  /[\u0590-\u08ff\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\ufb1d-\ufefc]|[\u{20000}-\u{2fa1f}]/u

export function unsetScripts(text: string): string[] {
  if (!ANY.test(text)) return []
  return UNSET.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)
}
