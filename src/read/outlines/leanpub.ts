// In: a Leanpub book (`Book.txt`, in the folder or in `manuscript/`). Out: its outline.
//
// It lists files, one a line. Where front, main and back matter begin, the files themselves say at their heads, or lines
// between them (`frontmatter:`); a part is a file that begins with `-# Title`, or with `# Title` below `{class: part}`.
import { error, type Report, warning } from '../../diagnostic.js'
import type { Source } from '../../folder.js'
import { type Folder, kindOf } from '../../folder.js'
import type { Matter } from '../../model/book.js'
import { DEFAULT_LIMITS as LIMITS } from '../../model/limits.js'
import { readText } from '../book-folder.js'
import type { ManifestEntry } from '../manifest/entries.js'
import { titleOfName } from './guess.js'
import { plain } from './heads.js'
import type { Outline } from './outline.js'
import { knownName, matterOf, roleOf } from './section-names.js'
import { map, text } from './tree.js'

const PLACES = ['Book.txt', 'book.txt', 'manuscript/Book.txt', 'manuscript/book.txt']
const MATTERS = new Map<string, Matter>([
  ['frontmatter', 'front'],
  ['mainmatter', 'body'],
  ['backmatter', 'back'],
])

const CLASS_PART = /^\{\s*class\s*[:=]\s*"?part"?\s*\}$/

export async function outlineOfLeanpub(folder: Folder, { dir }: Source, report: Report): Promise<Outline | undefined> {
  const path = PLACES.find((one) => kindOf(folder, one) === 'file')
  if (path === undefined) return undefined
  const list = readText(folder, path, LIMITS.manifest, { path, line: 0 }, report)
  if (list === undefined) return undefined
  const base = path.slice(0, path.lastIndexOf('/') + 1)
  const entries: ManifestEntry[] = []
  let matter: Matter = 'body'
  let part = false
  list.split('\n').forEach((line, i) => {
    const name = line.trim()
    const place = { path, line: i + 1 }
    if (name === '' || name.startsWith('#')) return
    const said = MATTERS.get(name.toLowerCase().replace(/^\{|[:}]$/g, ''))
    if (said !== undefined) {
      matter = said
      return
    }
    if (CLASS_PART.test(name)) {
      part = true
      return
    }
    const file = base + name
    const head = headOf(folder, file, part)
    part = false
    if (head.matter !== undefined) matter = head.matter
    if (head.empty) return
    const known = knownName(file)
    const role = matter !== 'body' && matterOf(known) === matter ? roleOf(known) : undefined
    const entry: ManifestEntry = { matter, place, file, role, skip: head.lines }
    if (head.part !== undefined) Object.assign(entry, { role: 'part', title: head.part, matter: 'body' })
    entries.push(entry)
  })
  if (entries.length === 0)
    error(report, 'empty-body', { path, line: 0 }, `\`${path}\` lists no files`, 'list them, one a line')
  const title = titleOfName(folder.name) || 'Untitled'
  const hint = `\`octavo init ${dir ?? '.'}\` writes a \`book.yaml\` with the same files, for you to name it, its author and its language`
  warning(
    report,
    'no-manifest',
    { path, line: 0 },
    `\`${path}\` does not say what the book is called: \`${title}\`, after the folder`,
    hint,
  )
  return {
    path,
    tree: map({ title: text(title, 0) }),
    entries,
    silent: true,
    images: [`${base}resources`, `${base}images`, base],
  }
}

interface Head {
  matter: Matter | undefined
  part: string | undefined
  /** Lines that are no text. */
  lines: number
  /** Is there nothing else? */
  empty: boolean
}

/** `isPart`: the list says so. */
function headOf(folder: Folder, file: string, isPart: boolean): Head {
  const none = { matter: undefined, part: undefined, lines: 0, empty: false }
  if (kindOf(folder, file) !== 'file') return none
  const source = readText(folder, file, LIMITS.text, { path: file, line: 0 }, () => undefined)
  if (source === undefined) return none
  let matter: Matter | undefined
  let part: string | undefined
  let taken = 0
  const lines = source.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trim()
    if (line === '') continue
    const said = MATTERS.get(/^\{(\w+)\}$/.exec(line)?.[1] ?? '')
    const title = /^-#\s+(.+)$/.exec(line)?.[1] ?? (isPart ? /^#\s+(.+)$/.exec(line)?.[1] : undefined)
    if (said !== undefined) matter = said
    else if (CLASS_PART.test(line)) isPart = true
    else if (title !== undefined) part = plain(title)
    else break
    taken = i + 1
    if (part !== undefined) break
  }
  const rest = lines.slice(taken).some((line) => line.trim() !== '')
  return { matter, part, lines: taken, empty: !rest && part === undefined && matter !== undefined }
}
