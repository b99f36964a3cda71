// In: the name of a folder. Out: a small book in it to start from, or a reason why not; nothing is ever overwritten.
import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** assets/ lies two folders up, from src/cli as from dist/chunks. */
const STARTER = join(dirname(fileURLToPath(import.meta.url)), '../../assets/starter')

export interface Refusal {
  message: string
  hint: string
}

/** The files made, relative to `folder`, sorted; or why nothing was made. */
export async function makeBook(folder: string): Promise<string[] | Refusal> {
  const there = await stat(folder).catch(() => undefined)
  if (there !== undefined && !there.isDirectory())
    return { message: `\`${folder}\` is not a folder`, hint: 'name a new folder' }
  if (there !== undefined && (await readdir(folder)).length > 0)
    return { message: `\`${folder}\` is not empty`, hint: 'name a new folder, or an empty one: nothing is overwritten' }
  const files = await filesIn(STARTER, '')
  try {
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await copyFile(join(STARTER, file), join(folder, file), constants.COPYFILE_EXCL)
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === '') throw cause
    const full = code === 'ENOSPC' || code === 'EDQUOT'
    return {
      message: full ? `no room to write in \`${folder}\`` : `could not write in \`${folder}\` (${code})`,
      hint: full ? 'free some space, or name another folder' : 'name a folder that you may write in',
    }
  }
  return files
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
