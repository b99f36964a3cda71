// In: files of the book, as they are to be. Out: these files, each replaced as a whole, in the book's folder and nowhere else.
import { randomUUID } from 'node:crypto'
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { openFolder, type Source, within } from '../folder.js'
import { Refused } from './refused.js'

/** Throws `Refused` if it may not, or cannot. Paths are those of the book folder. */
export function writeFiles(source: Source, files: ReadonlyMap<string, string>): void {
  const folder = openFolder({ ...source, over: new Map() })
  if ('fault' in folder || folder.root === undefined) throw new Refused('the book’s folder is not there')
  const { root } = folder
  for (const [path, text] of files) {
    const found = within('', path)
    if ('refused' in found) throw new Refused(`\`${path}\` is refused: ${found.refused}`)
    const to = join(root, found.path)
    const aside = join(dirname(to), `.octavo-theme-${randomUUID()}`)
    try {
      const real = realpathSync.native(dirname(to))
      if (real !== root && !real.startsWith(root + sep)) throw new Refused(`\`${path}\` leads out of the book folder`)
      writeFileSync(aside, text, { flag: 'wx', mode: modeOf(to) })
      renameSync(aside, to)
    } catch (cause) {
      rmSync(aside, { force: true })
      if (cause instanceof Refused) throw cause
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
      if (code === '') throw cause
      throw new Refused(`could not write \`${path}\` (${code})`)
    }
  }
}

/** Who may read it stays as it was. */
function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777
  } catch {
    return 0o666
  }
}
