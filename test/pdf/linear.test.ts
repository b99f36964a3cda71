import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writePdf } from '../../src/pdf/index.js'
import { METADATA } from './fixture.js'
import { type Dict, Parser, type Read, readPdf, type Stream } from './reader.js'
import { sample } from './sample.js'
import { contentOf, tagTree } from './tagtree.js'

async function write(linear: boolean, cover = true): Promise<Uint8Array> {
  const typeset = { ...sample(), ...(cover ? {} : { cover: undefined }) }
  return (await writePdf(typeset, METADATA, { name: 'pdf', linear }, () => {})).bytes
}

const textsOf = (pdf: Read) =>
  pdf.pages.map((page) => [...contentOf(pdf, page).marked.values(), contentOf(pdf, page).artifacts])

/** Numbers of any width, the highest bit first. */
function bitsOf(bytes: Buffer) {
  let at = 0
  return {
    take(size: number): number {
      let value = 0
      for (let i = 0; i < size; i++, at++) value = value * 2 + ((bytes[at >> 3]! >> (7 - (at & 7))) & 1)
      return value
    },
    column(count: number, size: number): number[] {
      const out = Array.from({ length: count }, () => this.take(size))
      at = Math.ceil(at / 8) * 8
      return out
    },
  }
}

describe.each([
  ['with a cover', true],
  ['without one', false],
])('a linear file %s', (_, cover) => {
  it('says what the same file says that is not', async () => {
    const [plain, linear] = [readPdf(await write(false, cover)), readPdf(await write(true, cover))]
    expect(tagTree(linear)).toBe(tagTree(plain))
    expect(textsOf(linear)).toEqual(textsOf(plain))
    expect(await write(true, cover)).toEqual(await write(true, cover))
  })

  it('begins with its first page, and tells of every page where it stands', async () => {
    const bytes = await write(true, cover)
    const file = Buffer.from(bytes)
    const pdf = readPdf(bytes)
    const parameters = new Parser(file.toString('latin1'), file.indexOf('<<')).next() as Dict
    const of = (key: string) => parameters.get(key) as number
    expect(of('Linearized')).toBe(1)
    expect(of('L')).toBe(bytes.length)
    expect(of('N')).toBe(pdf.pages.length)
    expect(of('O')).toBe(pdf.pageIds[0])
    const placeOf = (id: number) => file.indexOf(`\n${id} 0 obj`) + 1
    expect(placeOf(pdf.pageIds[0]!)).toBeLessThan(of('E'))
    const [hintsAt, hintsLength] = parameters.get('H') as unknown as [number, number]
    const number = Number(/^\d+/.exec(file.subarray(hintsAt, hintsAt + 12).toString())![0])
    const bits = bitsOf((pdf.objects.get(number) as Stream).bytes)
    const [least, first, ownBits, leastSize, sizeBits] = [32, 32, 16, 32, 16].map((size) => bits.take(size))
    for (const size of [32, 16, 32, 16, 16, 16, 16, 16]) bits.take(size)
    const owns = bits.column(pdf.pages.length, ownBits!).map((more) => least! + more)
    const sizes = bits.column(pdf.pages.length, sizeBits!).map((more) => leastSize! + more)
    // Hints count as if they were not there.
    expect(first! + hintsLength).toBe(placeOf(pdf.pageIds[0]!))
    expect(first! + hintsLength + sizes[0]!).toBe(of('E'))
    let [place, id] = [of('E'), 1]
    for (let page = 1; page < pdf.pages.length; page++) {
      expect(pdf.pageIds[page]).toBe(id)
      expect(placeOf(id)).toBe(place)
      place += sizes[page]!
      id += owns[page]!
    }
  })

  it('is found to be linear by qpdf', async ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'octavo-linear-'))
    const path = join(folder, 'linear.pdf')
    writeFileSync(path, await write(true, cover))
    const { error, status, stdout, stderr } = spawnSync('qpdf', ['--check-linearization', path], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    if (error) skip('qpdf is not here')
    expect(stdout + stderr).toContain('no linearization errors')
    expect(status).toBe(0)
  })
})
