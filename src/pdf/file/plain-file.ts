// In: objects. Out: a PDF file as its first versions have it: every object by itself, and a table of where they stand (ISO 32000-1, 7.5.4).
// PDF/X-1a and PDF/X-3 are of that time.
import { createHash } from 'node:crypto'
import type { FileWriter } from './file-writer.js'
import { bytesOf, joined } from './syntax.js'

export function createPlainFile(version: string): FileWriter<unknown> {
  const chunks: Uint8Array[] = []
  const places: number[] = []
  let length = 0
  const write = (bytes: Uint8Array) => {
    chunks.push(bytes)
    length += bytes.length
  }
  const begin = (id: number) => {
    if (places[id] !== undefined) throw new Error(`object ${id} written twice`)
    places[id] = length
  }
  write(bytesOf(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`))
  return {
    onFull: () => 0,
    put(id, source) {
      begin(id)
      write(bytesOf(`${id} 0 obj\n${source}\nendobj\n`))
    },
    direct(id, parts) {
      begin(id)
      for (const part of parts) write(typeof part === 'string' ? bytesOf(`${part}\n`) : part)
    },
    finish(root, info, identity, _pages, number) {
      const last = number()
      // The number that was asked for to learn the last one is free.
      for (let i = 1; i < last; i++)
        if (places[i] === undefined) throw new Error(`object ${i} was named and never written`)
      const digest = createHash('sha256')
      for (const chunk of chunks) digest.update(chunk)
      const ids = [createHash('sha256').update(identity).digest('hex'), digest.digest('hex')].map((s) => s.slice(0, 32))
      const start = length
      const rows = places.slice(1, last).map((place) => `${String(place).padStart(10, '0')} 00000 n \n`)
      write(
        bytesOf(
          `xref\n0 ${last}\n0000000000 65535 f \n${rows.join('')}` +
            `trailer\n<</Size ${last}/Root ${root} 0 R/Info ${info} 0 R/ID[<${ids[0]}><${ids[1]}>]>>\nstartxref\n${start}\n%%EOF\n`,
        ),
      )
      return joined(chunks, length)
    },
  }
}
