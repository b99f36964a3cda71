// In: the name of a book folder beside this file. Out: its finished files, as others read them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Diagnostic, type EditionName } from '../../src/build.js'
import { unzip } from '../finished/zip.js'

const HERE = dirname(fileURLToPath(import.meta.url))

export interface Built {
  said: Diagnostic[]
  /** By file name. */
  files: Map<string, Uint8Array>
  /** The text of a file in the EPUB: 'EPUB/package.opf'. */
  inEpub(path: string): string
  opf: string
  /** The PDF's XMP packet; PDF/A has it in plain sight. */
  xmp: string
}

/** `dir`: a folder beside this file, or a path. */
export async function builtBook(dir: string, editions?: readonly EditionName[]): Promise<Built> {
  const out = mkdtempSync(join(tmpdir(), 'octavo-claims-'))
  try {
    const { files: written, diagnostics } = await build({ book: resolve(HERE, dir), out, editions })
    const files = new Map(written.map(({ path }) => [path.slice(out.length + 1), new Uint8Array(readFileSync(path))]))
    const ending = (suffix: string) => [...files].find(([name]) => name.endsWith(suffix))?.[1]
    const epub = ending('.epub')
    const parts = epub === undefined ? new Map<string, Uint8Array>() : unzip(epub)
    const inEpub = (path: string) => new TextDecoder().decode(parts.get(path))
    const pdf = Buffer.from(ending('.pdf') ?? []).toString('utf8')
    const xmp = /<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(pdf)?.[0] ?? ''
    return { said: diagnostics, files, inEpub, opf: inEpub('EPUB/package.opf'), xmp }
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** A book of these files. */
export async function builtFrom(
  files: Record<string, string | Uint8Array>,
  editions?: readonly EditionName[],
): Promise<Built> {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-claims-book-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content)
    return await builtBook(dir, editions)
  } finally {
    rmSync(dir, { recursive: true })
  }
}
