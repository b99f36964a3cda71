// In: diagnostics and results. Out: the lines that the command prints, harmless to any terminal.
import type { BuildResult, Diagnostic } from '../build.js'
import { toLine } from '../diagnostic.js'
import { EDITIONS } from '../model/editions.js'

/**
 * Characters that move the cursor, colour the screen, ring, or turn the direction of what follows: controls (Unicode
 * category Cc), the bidirectional controls of UAX #9, zero-width and separator characters, lone surrogates.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0')

/** The text with each unsafe character shown as `\u{hex}`. */
export function harmless(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${hex(character)}}`)
}

/** Colours of the terminal (ECMA-48, 8.3.117, Select Graphic Rendition). */
const LOOKS = { error: '1;31', warning: '33', place: '1', hint: '2' }

/** The two lines of a finding: what, and the next thing to do. */
export function toText(diagnostic: Diagnostic, colour = false): string {
  const line = harmless(toLine(diagnostic))
  const { severity, hint } = diagnostic
  const drawn = colour
    ? line.replace(
        new RegExp(`^(.*?)(: )(${severity})( [a-z-]+:)`),
        (_, place: string, mark: string, word: string, code: string) =>
          `${lit(place, 'place')}${mark}${lit(word, severity)}${code}`,
      )
    : line
  if (hint === '') return drawn
  const next = `  hint: ${harmless(hint)}`
  return `${drawn}\n${colour ? lit(next, 'hint') : next}`
}

function lit(text: string, look: keyof typeof LOOKS): string {
  return `\u001b[${LOOKS[look]}m${text}\u001b[0m`
}

/** By the customs of no-color.org and force-color.org: `NO_COLOR` forbids, `FORCE_COLOR` demands, and a dumb terminal has none. */
export function hasColour(env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  return terminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
}

/** One JSON object on one line, in the key order of the manual. Unsafe characters are written as JSON's own escapes. */
export function toJson({ path, line, severity, code, message, hint }: Diagnostic): string {
  return JSON.stringify({ path, line, severity, code, message, hint }).replace(
    UNSAFE,
    (character) => `\\u${hex(character)}`,
  )
}

/** '2 errors, 1 warning'; '' if there is nothing to count. */
export function tally(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((each) => each.severity === 'error').length
  const warnings = diagnostics.length - errors
  const count = (n: number, name: string) => (n === 0 ? [] : [`${n} ${name}${n === 1 ? '' : 's'}`])
  return [...count(errors, 'error'), ...count(warnings, 'warning')].join(', ')
}

/** Each file with its size, and what to know of it; a folder of files is one. */
function toFiles({ files }: BuildResult): string[] {
  const lines: string[] = []
  const seen = new Set<string>()
  for (const { edition, path, size, advice } of files) {
    lines.push(...advice.map((line) => harmless(line)))
    if (!EDITIONS[edition].folder) {
      lines.push(`${harmless(path)}  ${sizeOf(size)}`)
      continue
    }
    if (seen.has(edition)) continue
    seen.add(edition)
    // The first file of a folder lies in it, and in none that it has.
    const own = files.filter((each) => each.edition === edition)
    const whole = own.reduce((sum, each) => sum + each.size, 0)
    lines.push(`${harmless(path.replace(/[^/\\]+$/, ''))}  ${sizeOf(whole)} in ${own.length} files`)
  }
  return lines
}

export function sizeOf(size: number): string {
  return size < 1e6 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1e6).toFixed(1)} MB`
}

/** All that a build or a check has to say. */
export function sayResult(
  result: BuildResult,
  command: 'build' | 'check',
  { json, quiet, colour }: { json: boolean; quiet: boolean; colour: boolean },
  out: (text: string) => void,
): void {
  const said = result.diagnostics.filter((each) => !quiet || each.severity === 'error')
  for (const each of said) out(`${json ? toJson(each) : toText(each, colour)}\n`)
  if (json || quiet) return
  for (const each of toFiles(result)) out(`${each}\n`)
  const found = tally(result.diagnostics)
  if (command === 'check') out(`${found === '' ? 'nothing to say' : found}\n`)
  else if (!result.ok) out(`${found}; nothing was written\n`)
  else if (found !== '') out(`${found}\n`)
}
