// A hostile book as plain data: what lies in its folder, and what must come out of it. And how it is put on a disk, with things
// beside it that nobody may read.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface HostileBook {
  /** By path in the book folder. Text is written as UTF-8. */
  files: Record<string, string | Uint8Array>
  /** Symbolic links: path in the folder, and what it leads to. */
  links: [path: string, target: string][]
  /** Words of the running text that must be in both files if the book is built. */
  words: string[]
  /** Words that stand among broken Markdown: they may be hidden by what is a rule of Markdown, but not otherwise. */
  loose: string[]
}

/** Stands in every file beside the book folder; no output and no message may have it. */
export const SECRET = 'SECRET7f3k9QZ'

/** Beside the book folder, by path from the folder above it. */
const BESIDE: Record<string, string | Uint8Array> = {
  'secret.md': `# ${SECRET}\n\n${SECRET} is the text.\n`,
  'secret.yaml': `extends: house\nname: ${SECRET}\nsceneBreak: { ornament: "${SECRET}" }\n`,
  'secret.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>${SECRET}</title><path d="M0 0h9v9z"/></svg>`,
  'secret.png': Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(SECRET),
  ]),
  'secret.ttf': `\u0000\u0001\u0000\u0000${SECRET}`,
  'book-twin/secret.md': `# ${SECRET}\n\n${SECRET}\n`,
}

/** Writes the book into `home`/book and the secrets beside it. A path that no disk takes is left out. */
export function putOnDisk(book: HostileBook, home: string): string {
  const folder = join(home, 'book')
  mkdirSync(folder, { recursive: true })
  for (const [path, content] of Object.entries(BESIDE)) put(join(home, path), content)
  for (const [path, content] of Object.entries(book.files)) put(join(folder, path), content)
  for (const [path, target] of book.links) {
    try {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      symlinkSync(target, join(folder, path))
    } catch {
      // Something of that name is there, or links cannot be made here.
    }
  }
  return folder
}

function put(path: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  } catch {
    // A file where a folder is wanted, or a name that is too long.
  }
}
