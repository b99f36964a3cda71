// Scripts that a theme has faces of their own for. In: a theme. Out: which family shows a character, if not the one that is asked for. One
// answer for both outputs, and for the cover.
import type { Theme } from './theme.js'

/** As ISO 15924 has them: `Grek`. */
export const SCRIPT_NAME = /^[A-Z][a-z]{3}$/

/** Of what every text has some, or has its own face for anyway. */
const EVERYWHERE: ReadonlySet<string> = new Set(['Latn', 'Zyyy', 'Zinh', 'Zzzz'])

/** What a character of it looks like; undefined if there is no such script, or none that could have a face of its own. */
export function patternOf(script: string): RegExp | undefined {
  if (!SCRIPT_NAME.test(script) || EVERYWHERE.has(script)) return undefined
  try {
    return new RegExp(`\\p{Script=${script}}`, 'u')
  } catch {
    return undefined
  }
}

/** By character: the family that a theme has for its script; undefined if all are of the text's own. Code is left in its face. */
export function scriptFaces({
  scripts,
}: Pick<Theme, 'scripts'>): ((character: string) => string | undefined) | undefined {
  const all = Object.entries(scripts ?? {}).flatMap(([script, family]): [RegExp, string][] => {
    const pattern = patternOf(script)
    return pattern === undefined ? [] : [[pattern, family]]
  })
  if (all.length === 0) return undefined
  const known = new Map<string, string | undefined>()
  return (character) => {
    if (character < '\u0250' && character.length === 1) return undefined
    if (!known.has(character)) known.set(character, all.find(([pattern]) => pattern.test(character))?.[1])
    return known.get(character)
  }
}
