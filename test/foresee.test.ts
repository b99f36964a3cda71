// A short book is foreseen from the size of its texts, before anything is loaded; a long one, or a folder of anything, is not.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { foresee } from '../src/cli/hurry.js'

const FORESEEN = Symbol.for('octavo foresees a short book')
let folder = ''
afterEach(() => {
  Reflect.deleteProperty(globalThis, FORESEEN)
  rmSync(folder, { recursive: true })
})

function isForeseen(files: Record<string, number>, named = ''): boolean {
  folder = mkdtempSync(join(tmpdir(), 'octavo-foresee-'))
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), 'a'.repeat(bytes))
  }
  foresee(join(folder, named))
  return Reflect.has(globalThis, FORESEEN)
}

test.each<[string, Record<string, number>, string, boolean]>([
  ['a folder of short texts', { 'a.md': 1000, 'chapters/b.md': 2000 }, '', true],
  ['whose pictures are large', { 'a.md': 1000, 'images/b.png': 400_000 }, '', true],
  ['one text', { 'a.md': 1000 }, 'a.md', true],
  ['one long text', { 'a.md': 200_000 }, 'a.md', false],
  ['long together, in folders', { 'a.md': 100_000, 'chapters/one/b.md': 100_000 }, '', false],
  ['tools keep texts too', { 'a.md': 100, 'node_modules/a/b.md': 400_000, '.git/c.md': 400_000 }, '', true],
  ['there is no such folder', {}, 'gone', false],
])('%s', (_, files, named, expected) => {
  expect(isForeseen(files, named)).toBe(expected)
})

test('no more than some hundred names are looked at', () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`${i}.png`, 1]))
  expect(isForeseen({ 'a.md': 10, ...many })).toBe(false)
})
