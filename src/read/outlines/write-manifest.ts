// In: a folder without a `book.yaml`. Out: the `book.yaml` that says what the folder was taken for.
import type { Report } from '../../diagnostic.js'
import type { Source } from '../../folder.js'
import { openFolder } from '../../folder.js'
import type { Matter } from '../../model/book.js'
import type { Value } from '../../yaml/index.js'
import type { ManifestEntry } from '../manifest/entries.js'
import { expandEntries } from './expand.js'
import { textsOf } from './guess.js'
import { MANIFESTS, outlineOf } from './index.js'
import { at, itemsOf, writtenIn } from './tree.js'

/** `texts`: how many files of Markdown there are. No manifest if the folder has one of ours. */
export async function outlineManifest(
  source: Source,
  report: Report,
): Promise<{ manifest: string | undefined; texts: number } | undefined> {
  const folder = openFolder(source)
  if ('fault' in folder) return undefined
  const { texts } = textsOf(folder)
  const outline = await outlineOf(folder, source, report)
  if (outline === undefined || (MANIFESTS as readonly string[]).includes(outline.path))
    return { manifest: undefined, texts: texts.length }
  const entries = expandEntries(outline.entries ?? [], folder, report)
  // Heads of files that are for Leanpub alone can be said by no manifest: its list stays.
  const list = outline.images === undefined ? undefined : outline.path
  return { manifest: manifestOf(outline.tree, entries, list), texts: texts.length }
}

function manifestOf(tree: Value, entries: readonly ManifestEntry[], list: string | undefined): string {
  const line = (key: string, otherwise: string) => {
    const value = at(tree, key)
    if (value === undefined) return otherwise
    const said =
      value.kind === 'list'
        ? `[${itemsOf(value)
            .map((item) => quoted(writtenIn(item) ?? '', true))
            .join(', ')}]`
        : quoted(writtenIn(value) ?? '')
    return `${key}: ${said}\n`
  }
  const head =
    line('title', 'title: Untitled\n') +
    line('subtitle', '') +
    line('authors', '# authors: [Your Name]\n') +
    line('language', 'language: en\n') +
    line('date', '# date: 2026-01-31        # of this edition\n') +
    ['publisher', 'rights', 'description', 'subjects', 'cover'].map((key) => line(key, '')).join('')
  const matters = ['front', 'body', 'back'] as const
  const lists =
    list === undefined ? matters.map((one) => listOf(entries, one)) : [`# The files are listed in ${list}.\n`]
  const editions = '\n# editions: { epub: {}, pdf: { trim: a5 }, print: { bleed: 3mm }, booklet: { sheet: a4 } }\n'
  return `# What the book is, and what it is made of.\n${head}\n${lists.filter((list) => list !== '').join('')}${editions}`
}

function listOf(entries: readonly ManifestEntry[], matter: Matter): string {
  const own = entries.filter((entry) => entry.matter === matter)
  if (own.length === 0) return ''
  let text = `${matter}:\n`
  own.forEach((entry, i) => {
    const indent = '    '.repeat((entry.level ?? 1) - 1)
    const { file, role, title, toc, generate } = entry
    const more = [
      role !== undefined && role !== 'part' ? `role: ${role}` : '',
      role === 'part' && file !== undefined ? 'role: part' : '',
      title !== undefined && file !== undefined ? `title: ${quoted(title, true)}` : '',
      toc === false ? 'toc: false' : '',
    ].filter((one) => one !== '')
    const nests = (own[i + 1]?.level ?? 1) > (entry.level ?? 1)
    const name = file === undefined ? '' : quoted(file, true)
    if (generate !== undefined) text += `${indent}  - generate: ${generate}\n`
    else if (file === undefined) text += `${indent}  - part: ${quoted(title ?? '')}\n`
    else if (nests)
      text += `${[`${indent}  - file: ${name}`, ...more.map((one) => `${indent}    ${one}`), `${indent}    chapters:`].join('\n')}\n`
    else if (more.length === 0) text += `${indent}  - ${name}\n`
    else text += `${indent}  - { ${[`file: ${name}`, ...more].join(', ')} }\n`
  })
  return text
}

/** As YAML takes it: bare if it cannot be mistaken for anything else. */
function quoted(text: string, inFlow = false): string {
  const bare =
    /^[\p{L}][\p{L}\p{M}\p{N} .,;!?’'“”()/_–—-]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
  const day = /^\d{4}(?:-\d\d){0,2}$/.test(text) || /^\d[\w-]*(?:\/[\w-]+)*\.(?:md|qmd|markdown|txt)$/.test(text)
  return (bare && text.trim() === text && !(inFlow && /[,[\]{}]/.test(text))) || day ? text : JSON.stringify(text)
}
