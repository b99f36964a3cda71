// In: a file of the book. Out: what it says of itself at its head: its front matter and its first heading.
import type { Report } from '../../diagnostic.js'
import type { Folder } from '../../folder.js'
import { DEFAULT_LIMITS as LIMITS } from '../../model/limits.js'
import { parseYaml, type Value } from '../../yaml/index.js'
import { readText } from '../book-folder.js'

export interface Head {
  /** Its front matter; a map, with lines of the file. */
  front: Value | undefined
  /** Lines that the front matter takes. */
  lines: number
  /** Its first `#` heading, without marks, and how many there are. */
  heading: string | undefined
  headings: number
}

const NONE: Head = { front: undefined, lines: 0, heading: undefined, headings: 0 }

/** What is wrong with the file is said when it is read for the book. */
export async function readHead(folder: Folder, path: string, report: Report = () => undefined): Promise<Head> {
  const text = readText(folder, path, LIMITS.text, { path, line: 0 }, () => undefined)
  if (text === undefined) return NONE
  const found = /^---[ \t]*\n([\s\S]*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text)
  const yaml = found?.[1] ?? ''
  const isFront = found !== null && /^\s*(?:#.*\n\s*)*["']?[\w-]+["']?\s*:/.test(yaml)
  const front = isFront ? await parseYaml(yaml, path, 2, report) : undefined
  const body = isFront ? text.slice(found[0].length) : text
  const titles = headingsOf(body)
  return {
    front: front?.kind === 'map' ? front : undefined,
    lines: isFront ? found[0].split('\n').length - 1 : 0,
    heading: titles[0],
    headings: titles.length,
  }
}

function headingsOf(body: string): string[] {
  return [...titlesOf(body)].map(plain).filter((words) => words !== '')
}

/** `# Title` and titles underlined with `=`, outside of code, with the marks in them. */
export function* titlesOf(body: string): Generator<string> {
  let fence: string | undefined
  let before = ''
  for (const line of body.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined
      continue
    }
    if (mark !== undefined) fence = mark
    else {
      const title = /^ {0,3}#[ \t](.*)$/.exec(line)?.[1] ?? (/^=+ *$/.test(line) ? before : undefined)
      if (title !== undefined) yield unclosed(title.trim())
    }
    before = line.trim()
  }
}

/** A heading may end with the marks that it begins with, after a space. */
export function unclosed(title: string): string {
  let end = title.length
  while (title[end - 1] === '#') end--
  if (end > 0 && !/\s/.test(title[end - 1]!)) return title
  return title.slice(0, end).trimEnd()
}

/** Of a longer line the marks stay: to look for their pairs takes its length by itself. */
const MOST = 1000

/** A heading's words, without the marks of Markdown. */
export function plain(title: string): string {
  if (title.length > MOST) return title
  return title
    .trimEnd()
    .replace(/\{[^{}]*\}$/, '')
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\]|\{[^}]*\})?/g, '$1')
    .replace(/\^?\[\^[^\]]*\]/g, '')
    .replace(/<[^<>]*>/g, '')
    .replace(/(\*\*|__|\*|`|~~)(?=\S)(.*?)(?<=\S)\1/g, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim()
}
