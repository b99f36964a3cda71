// Two readers of YAML, one tree: what the short one reads, it reads as the whole one does; the rest it leaves alone.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFullYaml } from '../../src/yaml/full.js'
import type { Value } from '../../src/yaml/index.js'
import { parsePlainYaml } from '../../src/yaml/plain.js'
import { runs } from './runs.js'

function full(text: string): { tree: Value | undefined; faults: number } {
  let faults = 0
  const tree = parseFullYaml(text, 'book.yaml', 1, () => faults++)
  return { tree, faults }
}

/** Lines of lists and maps may differ by where each thinks they begin; what is in them may not. */
function bare(value: Value | undefined): unknown {
  if (value === undefined) return undefined
  if (value.kind === 'list') return value.items.map(bare)
  if (value.kind === 'map') return value.entries.map((one) => [one.key, one.line, bare(one.value)])
  return value.kind === 'text' ? [value.text, value.plain, value.line] : null
}

const SAMPLES = [
  'title: War and Peace\nauthors: [Leo Tolstoy, "A, B"]\n',
  'body:\n  - a.md\n  - {file: b.md, role: part, toc: false}\n  - generate: contents\n',
  'body:\n- a.md\n- file: b.md\n  role: note\nback:\n- c.md\n',
  'a: \'it\'\'s\'\nb: "x \\"y\\" \\u00e9"\nc: 1.10 # a comment\n# another\n\nd: ~\ne:\nf: https://example.org/a#b\n',
  'a: "one\n  two\n\n  three"\nb: x\n',
  'description: >-\n  one\n  two\n\n  three\nnext: |\n  a\n  b\n',
  'a: {b: {c: [1, 2], d: "x"}, e: true}\n',
  'a:\n  b:\n    c: x\n  d: y\n',
  'a: x: y\n',
  '- a\n- b: c\n  d: e\n',
]

describe('the plain reader of YAML', () => {
  it.each(SAMPLES)('reads %j as the full one does', (text) => {
    const plain = parsePlainYaml(text, 1)
    const { tree, faults } = full(text)
    if (faults > 0) expect(plain).toBeUndefined()
    else expect(bare(plain)).toEqual(bare(tree))
  })

  it('reads an ordinary manifest by itself', () => {
    for (const text of SAMPLES.slice(0, 8)) expect(parsePlainYaml(text, 1)).toBeDefined()
  })

  it('never reads anything otherwise than the full one', () => {
    const word = fc.constantFrom(
      'a',
      'b c',
      'key',
      'true',
      '12',
      '~',
      'null',
      "'q'",
      '"d"',
      '"a\\n"',
      '[a, b]',
      '{a: b}',
      '[a',
      '{a: b, c}',
      'x: y',
      'x:',
      '# c',
      'a # c',
      '-',
      '- a',
      '- k: v',
      '|',
      '>-',
      '>',
      '"o',
      "'o",
      '!t x',
      '&a x',
      '*a',
      '? a',
      'é',
      '---',
      '...',
      '@x',
      '%x',
      'a,b',
      '[]',
      '{}',
      '[{a: b}, c]',
      '- - a',
      'k: "a',
      'b"',
      "''",
      "'a''b'",
      '"\\x41"',
      'a\tb',
    )
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e_f', 'g-h', '1', '"q"')
    const line = fc.tuple(
      fc.constantFrom('', '  ', '    ', ' ', '\t'),
      fc.oneof(
        fc.tuple(key, word).map(([k, v]) => `${k}: ${v}`),
        key.map((k) => `${k}:`),
        word,
        word.map((w) => `- ${w}`),
        fc.constant(''),
      ),
    )
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const text = `${lines.map(([blank, rest]) => blank + rest).join('\n')}\n`
        const plain = parsePlainYaml(text, 1)
        if (plain === undefined) return
        const { tree, faults } = full(text)
        expect({ text, faults, tree: bare(tree) }).toEqual({ text, faults: 0, tree: bare(plain) })
      }),
      runs(5000),
    )
  })
})
