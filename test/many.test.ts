// A process that builds book after book does not grow: what HarfBuzz, the subsetter and the deflater hold after a few builds, they
// hold after many. `npm run bench -- --many 2000` is the long run.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openFont, sameFont } from '../src/fonts/opened.js'
import { shaperOf } from '../src/fonts/shape.js'
import { loadTheme } from '../src/theme/index.js'

test('twenty builds in one process hold no more WebAssembly memory than two', () => {
  const words = ['scripts/bench/many.js', 'assets/starter', '20', '--json']
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  expect(stderr).toBe('')
  const looks = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { builds: number; webassembly: number })
  expect(looks.map(({ builds }) => builds)).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
  const [, second, ...others] = looks.map(({ webassembly }) => webassembly)
  expect(second).toBeGreaterThan(2 ** 20)
  expect(others).toEqual(others.map(() => second))
})

test('a font is opened once, whoever read it; another is another', async () => {
  const { faces } = (await loadTheme('house', '.', () => undefined))!
  const [one, other] = faces
  const read = readFileSync(one!.source as string)
  expect(read).not.toBe(one!.bytes())
  expect(sameFont(read)).toBe(sameFont(one!.bytes()))
  expect(shaperOf(read)).toBe(shaperOf(one!.bytes()))
  expect(openFont(read)).not.toBe(openFont(other!.bytes()))
  const changed = Uint8Array.from(read)
  changed[changed.length - 1]! ^= 1
  expect(openFont(changed)).not.toBe(openFont(read))
})
