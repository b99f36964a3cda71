// A small book with a look of its own, set both ways. In: files. Out: the pages as data, and the EPUB taken apart.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { selectAll } from 'css-select'
import { openBook } from '../../src/build/open.js'
import { begin } from '../../src/build/stage-run.js'
import { build } from '../../src/build.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { sourceOf } from '../../src/folder.js'
import { typeset } from '../../src/layout/index.js'
import type { Page, Rule, TextRun, Typeset } from '../../src/layout/typeset.js'
import { cascade } from '../finished/cascade.js'
import { type Element, type Epub, openEpub } from '../finished/epub.js'

export interface Themed {
  told: Diagnostic[]
  pages: Typeset
  epub: Epub
  css: string
  night: string
  /** Elements of a chapter that a selector finds. */
  find(selector: string): Element[]
  styleOf: ReturnType<typeof cascade>
}

const MANIFEST = 'title: A Book\nlanguage: en\nauthors: [A. Maker]\nmodified: 2026-01-01T00:00:00Z\ntheme: look.yaml\n'

export function folderOf(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-themed-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
  return dir
}

/** `look`: the theme below `extends: house`; `chapters`: the text of each; `more`: further lines of the manifest. */
export async function themed(
  look: string,
  chapters: string[],
  more = '',
  files: Record<string, string> = {},
): Promise<Themed> {
  const names = chapters.map((_, i) => `c${i + 1}.md`)
  const dir = folderOf({
    'book.yaml': `${MANIFEST}${more}body: [${names.join(', ')}]\n`,
    'look.yaml': `extends: house\n${look}`,
    ...files,
    ...Object.fromEntries(chapters.map((text, i) => [names[i]!, text])),
  })
  const run = begin({})
  const opened = await openBook(sourceOf(dir), undefined, run, {})
  if (opened === undefined) throw new Error(linesOf(run.result().diagnostics))
  const { book, look: loaded } = opened
  const pages = await typeset(book, loaded.theme, loaded.faces, {}, run.report)
  const made = await build({ book: dir, out: join(dir, 'out'), editions: ['epub'] })
  if (!made.ok) throw new Error(linesOf(made.diagnostics))
  const epub = openEpub(readFileSync(made.files[0]!.path))
  const find = (selector: string) =>
    epub.chapters.flatMap(({ tree }) => selectAll(selector, tree.children, { xmlMode: true }) as Element[])
  const night = [...epub.files].find(([path]) => path.endsWith('night.css'))
  return {
    told: [...run.result().diagnostics, ...made.diagnostics],
    pages,
    epub,
    css: epub.css,
    night: night ? new TextDecoder().decode(night[1]) : '',
    find,
    styleOf: cascade(epub.css),
  }
}

function linesOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((d) => `${d.path}:${d.line} ${d.message}`).join('\n')
}

/** What one selector says of one property in the style sheet, the last time. */
export function said(css: string, selector: string, property: string): string | undefined {
  let found: string | undefined
  for (const [, selectors = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (!selectors.split(',').some((one) => one.trim() === selector)) continue
    for (const [, name, value] of body.matchAll(/([\w-]+): ([^;]+);/g)) if (name === property) found = value
  }
  return found
}

export function textOf({ fonts }: Typeset, run: TextRun): string {
  return run.actual ?? Array.from(run.codes, (code) => fonts[run.font]!.codes[code]!.text).join('')
}

/** The page that shows this text, with its runs and rules. */
export function pageWith(
  set: Typeset,
  text: string,
): { page: Page; runs: (TextRun & { text: string })[]; rules: Rule[] } {
  for (const page of set.pages) {
    const runs = page.items.flatMap((item) => (item.kind === 'text' ? [{ ...item, text: textOf(set, item) }] : []))
    if (
      runs
        .map((run) => run.text)
        .join('')
        .includes(text)
    )
      return { page, runs, rules: page.items.flatMap((item) => (item.kind === 'rule' ? [item] : [])) }
  }
  throw new Error(`no page shows ${text}`)
}
