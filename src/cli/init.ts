// In: the name of a folder. Out: a book in it, or a reason why not; nothing is ever overwritten.
//
// A new or empty folder gets a small book to write over; one that holds Markdown the manifest that says what it was taken for, and
// the schema by which editors complete its keys.
import { constants } from 'node:fs'
import { copyFile, lstat, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '../build/makefolder.js'
import { schemaText } from './schema-text.js'

/** assets/ lies two folders up, from src/cli as from dist/chunks. */
const STARTER = join(dirname(fileURLToPath(import.meta.url)), '../../assets/starter')
const MANIFEST = 'book.yaml'
/** Its first line names it: beside the book it is found wherever the book goes, without a network, whatever is installed there. */
const SCHEMA = '.octavo/book.schema.json'
/** As editors with a language server of YAML look for it. */
const SCHEMA_LINE = `# yaml-language-server: $schema=${SCHEMA}\n`

export interface Refusal {
  message: string
  hint: string
}

/** The files made, relative to `folder`, sorted; or why nothing was made. */
export async function makeBook(folder: string): Promise<string[] | Refusal> {
  const there = await stat(folder).catch(() => undefined)
  if (there !== undefined && !there.isDirectory())
    return { message: `\`${folder}\` is not a folder`, hint: 'name a new folder' }
  const names = there === undefined ? [] : (await readdir(folder)).filter((name) => !name.startsWith('.')).sort()
  const own = names.find((name) => /^book\.(?:ya?ml)$/.test(name))
  if (own !== undefined) {
    const hint = 'change it as you like: `octavo init` overwrites nothing'
    return { message: `there is a \`${own}\` in \`${folder}\` already`, hint }
  }
  const beside = dirname(SCHEMA)
  if ((await lstat(join(folder, beside)).catch(() => undefined))?.isSymbolicLink()) {
    const hint = 'take it away: what `octavo init` writes stays in the folder'
    return { message: `\`${beside}\` in \`${folder}\` is a link, which may lead out of it`, hint }
  }
  return writing(folder, async () => {
    if (names.some((name) => !isAbout(name))) {
      const { outline } = await import('../build.js')
      const { manifest, diagnostics } = await outline({ book: folder })
      if (manifest !== undefined) {
        await writeFile(join(folder, MANIFEST), `${SCHEMA_LINE}${manifest}`, { flag: 'wx' })
        const path = join(folder, SCHEMA)
        await makeFolder(dirname(path))
        // One that is there may be from another time.
        const schema = writeFile(path, await schemaText('book'), { flag: 'wx' })
        const made = await schema.then(
          () => [SCHEMA],
          (cause) => {
            if (cause.code === 'EEXIST') return []
            throw cause
          },
        )
        return [...made, MANIFEST]
      }
      // A text of another kind is to be turned first; pictures and the like are no text.
      const [wrong] = diagnostics.filter((each) => each.severity === 'error')
      if (wrong !== undefined && (wrong.code !== 'no-text' || /Markdown first|is your text/.test(wrong.hint)))
        return wrong
    }
    return copyStarter(folder, names)
  })
}

/** What a new folder may hold before its book does. */
function isAbout(name: string): boolean {
  return /^(?:readme|licen[cs]e|copying)(?:\.\w+)?$/i.test(name)
}

async function copyStarter(folder: string, names: readonly string[]): Promise<string[] | Refusal> {
  const files = [...(await filesIn(STARTER, '')), SCHEMA]
  const schema = await schemaText('book')
  const taken = files.find((file) => names.includes(file.split('/')[0]!))
  if (taken !== undefined) {
    const hint = 'name a new folder, or an empty one: nothing is overwritten'
    return { message: `there is a \`${taken.split('/')[0]}\` in \`${folder}\` already`, hint }
  }
  // What this call makes, outermost first: taken away again if not all of it can be made.
  const made: string[] = []
  try {
    const root = resolve(folder)
    for (const file of files) {
      const path = join(root, file)
      const first = await makeFolder(dirname(path))
      const folders: string[] = []
      for (let each = dirname(path); first !== undefined && each.length >= first.length; each = dirname(each))
        folders.unshift(each)
      made.push(...folders)
      const copied =
        file === SCHEMA
          ? writeFile(path, schema, { flag: 'wx' })
          : copyFile(join(STARTER, file), path, constants.COPYFILE_EXCL)
      await copied.catch((cause) => {
        // Somebody else's file was there first; a schema may be from another time.
        if (cause.code !== 'EEXIST') made.push(path)
        else if (file === SCHEMA) return
        throw cause
      })
      made.push(path)
    }
  } catch (cause) {
    // Folders only if nothing else is in them.
    for (const path of made.reverse()) await rm(path, { force: true }).catch(() => rmdir(path).catch(() => undefined))
    throw cause
  }
  return files
}

async function writing<T>(folder: string, work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === '') throw cause
    const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
    return {
      message: full ? `no room to write in \`${folder}\`` : `could not write in \`${folder}\` (${code})`,
      hint: full ? 'free some space, or name another folder' : 'name a folder that you may write in',
    }
  }
}

async function filesIn(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true })
  const found = await Promise.all(
    entries.map((entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
      return entry.isDirectory() ? filesIn(folder, path) : [path]
    }),
  )
  return found.flat().sort()
}
