// In: the files of a folder or a site. Out: SHA256SUMS, as sha256sum writes it and `sha256sum --check` reads it; and the other way
// round. By it anybody proves them, and the next build knows what in the folder is its own.
import { createHash } from 'node:crypto'

export const SUMS = 'SHA256SUMS'
export const SIGNATURE = 'SHA256SUMS.minisig'

export function sumOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** In the order of the paths' bytes. A path has neither line feeds nor backslashes: ours are made of names that have none. */
export function writeSums(sums: ReadonlyMap<string, string>): string {
  const plain = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
  return [...sums.keys()]
    .sort(plain)
    .map((path) => `${sums.get(path)}  ${path}\n`)
    .join('')
}

/** Undefined if it is no list of sums, or names what cannot be in a site. */
export function readSums(text: string): Map<string, string> | undefined {
  const sums = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const found = /^([0-9a-f]{64}) [ *](.+)$/.exec(line)
    if (found === null) return undefined
    const [, sum, path] = found as unknown as [string, string, string]
    if (/[\\\0]|^\//.test(path) || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
      return undefined
    sums.set(path, sum)
  }
  return sums
}

interface File {
  name: string
  bytes: Uint8Array
}

export function withSums(files: readonly File[]): File[] {
  const sums = new Map(files.map(({ name, bytes }) => [name, sumOf(bytes)]))
  return [...files, { name: SUMS, bytes: Buffer.from(writeSums(sums)) }]
}
