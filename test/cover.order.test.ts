// Lines of lettering in two directions stand in the order in which they are read, as Unicode's bidirectional algorithm has it (UAX 9).
import { expect, test } from 'vitest'
import { inOrder, turned } from '../src/cover/bidi.js'

/** Each part as it is read; `<` before one that is read from right to left. */
const shown = (line: string, backwards: boolean) =>
  inOrder(line, backwards).map((part) => (part.backwards ? `<${part.text}` : `>${part.text}`))

test.each<[line: string, backwards: boolean, parts: string[]]>([
  ['Words alone', false, ['>Words alone']],
  ['מילים לדרך', false, ['<מילים לדרך']],
  ['Words (שלום) here', false, ['>Words (', '<שלום', '>) here']],
  ['Words (שלום) here', true, ['>here', '< (שלום) ', '>Words']],
  ['מילים לדרך, 1936', false, ['>1936', '<מילים לדרך, ']],
  ['מילים, 1936, לדרך', false, ['<, לדרך', '>1936', '<מילים, ']],
  ['The שלום, עולם! book', false, ['>The ', '<שלום, עולם', '>! book']],
  ['שָׁלוֹם', false, ['<שָׁלוֹם']],
])('%s, in a book that is read backwards: %s', (line, backwards, parts) => {
  expect(shown(line, backwards)).toEqual(parts)
})

test('marks that stand among them are turned, brackets as they open', () => {
  expect(turned(', (')).toBe(') ,')
})
