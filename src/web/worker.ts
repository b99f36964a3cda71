// The edition's files go in; its service worker comes out: with it the whole book is kept when it was opened once, and read without a
// network. Browsers run it from HTTPS and the own machine alone.
import { createHash } from 'node:crypto'
import { browserFile } from './browser-files.js'

export function writeWorker(files: readonly { name: string; bytes: Uint8Array }[]): string {
  const sum = createHash('sha256')
  for (const { name, bytes } of files) sum.update(`${name}\n${bytes.length}\n`).update(bytes)
  const version = sum.digest('hex').slice(0, 16)
  const names = files.map(({ name }) => encodeURI(name))
  return `const octavoVersion=${JSON.stringify(version)},octavoFiles=${JSON.stringify(names)};\n${browserFile('sw.js')}`
}
