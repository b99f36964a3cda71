// In: the path of a folder. Out: the folder, with those above it.
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from './traces.js'

/**
 * The outermost that was made, undefined if none was. Node's own `recursive` never ends where a file
 * system denies that there is what was just made, as /proc does.
 */
export async function makeFolder(out: string): Promise<string | undefined> {
  const missing: string[] = []
  let made: string | undefined
  for (let folder = out; ; folder = dirname(folder)) {
    try {
      await mkdir(folder)
      made = folder
      break
    } catch (cause) {
      const code = codeOf(cause)
      if (code === 'ENOENT' && dirname(folder) !== folder) {
        missing.push(folder)
        continue
      }
      // Windows says EPERM of a drive, and some systems EROFS or EISDIR of what is there.
      if (
        !(await stat(folder).then(
          (found) => found.isDirectory(),
          () => false,
        ))
      )
        throw cause
      break
    }
  }
  for (const folder of missing.reverse()) {
    await mkdir(folder).catch((cause) => {
      if (codeOf(cause) !== 'EEXIST') throw cause
    })
    made ??= folder
  }
  return made
}
