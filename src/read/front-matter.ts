// In: the text of a file. Out: what it says of itself before its Markdown begins, and where that begins.
import { error, type Report } from '../diagnostic.js'
import type { SectionRole } from '../model/role.js'
import { parseYaml } from '../yaml/index.js'
import { tellTitles } from './inline/tell-foreign.js'
import { checkRole } from './manifest/entries.js'
import { fields, flagOf, lineOf, textOf } from './manifest/fields.js'
import { checkLanguage } from './manifest/manifest.js'
import { trailingAttributes, UNLISTED, UNNUMBERED } from './markdown/attributes.js'
import { titlesOf } from './outlines/heads.js'

const KEYS = ['title', 'short-title', 'subtitle', 'author', 'role', 'toc', 'number', 'id', 'language', 'lang'] as const

export interface FrontMatter {
  title?: string | undefined
  short?: string | undefined
  subtitle?: string | undefined
  author?: string | undefined
  role?: SectionRole | undefined
  toc?: boolean | undefined
  number?: boolean | undefined
  id?: string | undefined
  language?: string | undefined
}

/** What a file says of itself before its Markdown begins, and where that begins. */
export async function readFrontMatter(
  text: string,
  path: string,
  most: number,
  report: Report,
): Promise<{ front: FrontMatter; lines: number; body: string }> {
  const none = { front: {}, lines: 0, body: text }
  if (!/^---[ \t]*\n/.test(text)) return none
  const close = /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text.slice(3))
  // A thematic break on the first line of a file without front matter is just that.
  if (close === null) return none
  const yaml = text.slice(text.indexOf('\n') + 1, Math.max(close.index + 4, text.indexOf('\n') + 1))
  const end = 3 + close.index + close[0].length
  const lines = text.slice(0, end).split('\n').length - 1
  const body = text.slice(end)
  if (!/^\s*(?:#.*\n\s*)*["']?[\w-]+["']?\s*:/.test(yaml) && yaml.trim() !== '') return none
  if (yaml.length > most) {
    const message = `the front matter has more than ${Math.floor(most / 1024)} kB`
    error(report, 'too-large', { path, line: 1 }, message, 'say it in the text; front matter has a few short lines')
    return { front: {}, lines, body }
  }
  const tree = yaml.trim() === '' ? undefined : await parseYaml(yaml, path, 2, report)
  const all = tree === undefined ? undefined : fields(tree, KEYS, 'the front matter', path, report, true)
  if (all === undefined) return { front: {}, lines, body }
  const hint = 'give the title as the heading `# …` below, in which marks are set'
  tellTitles(all, ['title', 'short-title', 'subtitle', 'author'], hint)
  const at = (key: string) => ({ path, line: lineOf(all, key) })
  const key = all.entries.has('language') ? 'language' : 'lang'
  const language = textOf(all, key)
  return {
    front: {
      title: textOf(all, 'title'),
      short: textOf(all, 'short-title'),
      subtitle: textOf(all, 'subtitle'),
      author: textOf(all, 'author'),
      role: checkRole(textOf(all, 'role'), at('role'), report),
      toc: flagOf(all, 'toc'),
      number: flagOf(all, 'number'),
      id: textOf(all, 'id'),
      language: language === undefined ? undefined : checkLanguage(language, at(key), report),
    },
    lines,
    body,
  }
}

/**
 * What a file's title says of its section, beside its words: `# Title {.unnumbered}` (or `{-}`), `{.unlisted}`, `{short-title="…"}`.
 * The front matter goes before it.
 */
export function withTitle(front: FrontMatter, body: string): FrontMatter {
  // Most files have no attributes at the end of a line: their titles need not be looked for.
  const [title] = /\{[^{}\n]*\}[ \t#]*$/m.test(body) ? titlesOf(body) : []
  const attributes = title === undefined ? undefined : trailingAttributes(title)?.attributes
  if (attributes === undefined) return front
  const { classes, keys } = attributes
  return {
    ...front,
    ...(classes.includes(UNNUMBERED) && { number: front.number ?? false }),
    ...(classes.includes(UNLISTED) && { toc: front.toc ?? false }),
    ...(keys.has('short-title') && { short: front.short ?? keys.get('short-title') }),
  }
}
