// docs/prices.md tells every price of lines, letters and pages as it stands in the sources, and no other.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const SOURCES = ['line-prices', 'even-letters', 'page-prices'].map((name) => `src/layout/breaking/${name}.ts`)
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

it('the price list is that of the sources, with a reason for each', () => {
  const set = new Map<string, number>()
  for (const path of SOURCES)
    for (const [, name, value] of read(path).matchAll(
      /^(?:export )?const ([A-Z_]+)(?:: number)? = ([\d_.e]+)(?=\s|$)/gm,
    ))
      set.set(name!, Number(value!.replaceAll('_', '')))
  // how often letters are swept is no price
  set.delete('SWEEPS')
  const told = new Map<string, number>()
  for (const [, name, value, reason] of read('docs/prices.md').matchAll(/^\| `([A-Z_]+)` \| ([\d,.]+) \| (.+) \|$/gm)) {
    told.set(name!, Number(value!.replaceAll(',', '')))
    expect(reason!.length, name).toBeGreaterThan(3)
  }
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(set))
  expect(set.size).toBeGreaterThan(30)
})
