// Paragraphs go in; what the pages do not show as it was written comes out: letters of scripts that are set wrong, and characters
// that no face has. A book says it once for each script, with the number of its characters and the first place.
import { type Place, type Report, thousands, warning } from '../../diagnostic.js'
import type { Page } from '../typeset.js'
import type { Paragraph } from './piece.js'
import type { ShapedFaces } from './shaped-faces.js'
import { codeOf, scriptOf, unsetScripts } from './unset-scripts.js'

interface Gap {
  kind: 'script' | 'glyph'
  script: string
  /** How many characters in all, and which. */
  count: number
  characters: Set<string>
  /** Of the first in the author's text, if it is there at all. */
  place: Place
}

export interface Gaps {
  /** In the order in which they were met. */
  found: Map<string, Gap>
  /** Pages that show little but numbers of characters. */
  pages: number
}

export function createGaps(): Gaps {
  return { found: new Map(), pages: 0 }
}

/** Adds a paragraph's. One that is broken into lines once more counts once: contents are, where they are set again. */
export type NoteGaps = (paragraph: Paragraph, place: Place) => void

export function noteInto(gaps: Gaps): NoteGaps {
  const known = new Set<string>()
  return (paragraph, place) => {
    const { n, text } = paragraph.prose
    const unset = unsetScripts(text)
    if (unset.length === 0 && paragraph.missing.length === 0) return
    const key = `${n} ${text}`
    if (known.has(key)) return
    known.add(key)
    for (const { script, letters } of unset)
      add(gaps, { kind: 'script', script, count: letters.length, characters: letters, place })
    for (const { char } of paragraph.missing)
      add(gaps, { kind: 'glyph', script: scriptOf(char), count: 1, characters: [char], place })
  }
}

/** Adds those of a running head that the text itself did not show: a short title may have letters of its own. */
export function noteHead(gaps: Gaps, text: string, missing: readonly string[], place: Place): void {
  const fresh = (kind: Gap['kind'], script: string, characters: readonly string[]) => {
    const known = gaps.found.get(`${kind} ${script}`)?.characters
    const more = characters.filter((one) => !known?.has(one))
    if (more.length > 0) add(gaps, { kind, script, count: more.length, characters: more, place })
  }
  for (const { script, letters } of unsetScripts(text)) fresh('script', script, letters)
  for (const char of missing) fresh('glyph', scriptOf(char), [char])
}

/** Those of a later part of the book become its. */
export function addGaps(gaps: Gaps, later: Gaps): void {
  for (const gap of later.found.values()) add(gaps, gap)
  gaps.pages += later.pages
}

function add(gaps: Gaps, more: Omit<Gap, 'characters'> & { characters: Iterable<string> }): void {
  const key = `${more.kind} ${more.script}`
  const gap = gaps.found.get(key) ?? { ...more, count: 0, characters: new Set() }
  gaps.found.set(key, gap)
  // A place in the author's text is better than one in a generated page.
  if (gap.place.line === 0) gap.place = more.place
  gap.count += more.count
  for (const character of more.characters) gap.characters.add(character)
}

const NUMBER = /\[U\+[0-9A-F]{4,6}\]/g

/** From so many on they are no longer a name or a quotation: a quarter of a page. */
const MANY = 40

/** How many pages are little but numbers: text that nobody can read. */
export function pagesOfNumbers(pages: readonly Page[], { fonts }: ShapedFaces): number {
  return pages.filter((page) => {
    let text = ''
    for (const item of page.items)
      if (item.kind === 'text' && item.tag >= 0)
        for (const code of item.codes) text += fonts[item.font]!.codes[code]?.text ?? ''
    const numbers = text.match(NUMBER) ?? []
    return numbers.length >= MANY && numbers.join('').length > text.length / 2
  }).length
}

export function sayGaps({ found, pages }: Gaps, report: Report): void {
  const glyphs = [...found.values()].filter((gap) => gap.kind === 'glyph')
  const worst = pages > 0 ? glyphs.reduce((a, b) => (b.count > a.count ? b : a)) : undefined
  for (const gap of found.values()) {
    const { script, count, characters, place } = gap
    if (gap.kind === 'script') {
      const letters = count === 1 ? 'a letter' : `${thousands(count)} letters`
      const message = `${script} is not set right in the PDF yet: ${letters} may stand in the wrong order or form`
      warning(
        report,
        'script-unsupported',
        place,
        message,
        'rely on the EPUB for this text, which the reading system sets',
      )
      continue
    }
    const which =
      characters.size === 1
        ? `the character ${listed(characters)}${count > 1 ? ` (${thousands(count)} times)` : ''}`
        : `${thousands(characters.size)} characters of ${script}, ${listed(characters)} (${thousands(count)} in all)`
    const face = 'name a face that has it under `faces` and `fallback` in a theme of your own'
    if (gap !== worst) {
      warning(report, 'glyph-missing', place, `no face has ${which}; the PDF prints its number`, face)
      continue
    }
    const message = `no face has ${which}; whole pages of the PDF would be numbers`
    report({
      ...{ severity: 'error', code: 'glyph-missing', message },
      ...place,
      hint: `${face}, or make the EPUB alone`,
    })
  }
}

/** The first few. */
function listed(characters: ReadonlySet<string>): string {
  const codes = [...characters].slice(0, LISTED).map((character) => `U+${codeOf(character)}`)
  return codes.join(', ') + (characters.size > LISTED ? ' …' : '')
}

const LISTED = 5
