// Examples of what goes beyond CommonMark: tables and footnotes, as authors write them, with the words that must come out.
export interface Extension {
  name: string
  markdown: string
  /** In reading order; what stands in notes is in `notes`. */
  text: string
  notes?: string
}

export const EXTENSIONS: readonly Extension[] = [
  {
    name: 'table',
    markdown: '| one | two |\n| --- | --- |\n| three | four |',
    text: 'one two three four',
  },
  {
    name: 'table without bars at its sides',
    markdown: 'one | two\n--- | ---\nthree | four',
    text: 'one two three four',
  },
  {
    name: 'table with alignment',
    markdown: '| l | c | r | n |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |',
    text: 'l c r n 1 2 3 4',
  },
  { name: 'table of a head only', markdown: '| one | two |\n| --- | --- |', text: 'one two' },
  {
    name: 'table with too few cells',
    markdown: '| one | two | three |\n|---|---|---|\n| four |\n| five | six |',
    text: 'one two three four five six',
  },
  {
    name: 'table with too many cells',
    markdown: '| one | two |\n|---|---|\n| three | four | five |',
    text: 'one two three four five',
  },
  {
    name: 'table with bars in its cells',
    markdown: '| one | two |\n|---|---|\n| a \\| b | `c \\| d` |',
    text: 'one two a b c d',
  },
  {
    name: 'table with marks in its cells',
    markdown: '| *one* | **two** |\n|---|---|\n| [three](https://example.org/) | `four` ~~five~~ |',
    text: 'one two three four five',
  },
  {
    name: 'table with empty cells',
    markdown: '| one | |\n|---|---|\n| | two |\n| | |',
    text: 'one two',
  },
  {
    name: 'table that ends at a quotation',
    markdown: '| one | two |\n|---|---|\n| three | four |\n> five',
    text: 'one two three four five',
  },
  {
    name: 'table that ends at a blank line',
    markdown: '| one | two |\n|---|---|\n| three | four |\n\nfive | six',
    text: 'one two three four five six',
  },
  {
    name: 'no table: the rule has other columns',
    markdown: '| one | two |\n| --- |\n| three |',
    text: 'one two three',
  },
  { name: 'no table: there is no rule', markdown: '| one | two |\n| three | four |', text: 'one two three four' },
  {
    name: 'table in a list',
    markdown: '- item\n\n  | one | two |\n  |---|---|\n  | three | four |\n\n- last',
    text: 'item one two three four last',
  },
  {
    name: 'table in a quotation',
    markdown: '> | one | two |\n> |---|---|\n> | three | four |',
    text: 'one two three four',
  },
  {
    name: 'table with its caption',
    markdown: '| one | two |\n|---|---|\n| three | four |\n\n: five {#own-table}',
    text: 'five one two three four',
  },
  {
    name: 'table of one column',
    markdown: '| one |\n|---|\n| two |',
    text: 'one two',
  },
  { name: 'note', markdown: 'one[^1] two\n\n[^1]: three', text: 'one two', notes: 'three' },
  {
    name: 'note with a word for its label',
    markdown: 'one[^a-b.c] two\n\n[^a-b.c]: three',
    text: 'one two',
    notes: 'three',
  },
  { name: 'note before its reference', markdown: '[^1]: three\n\none[^1] two', text: 'one two', notes: 'three' },
  {
    name: 'note of two paragraphs',
    markdown: 'one[^1] two\n\n[^1]: three\n\n    four\n\nfive',
    text: 'one two five',
    notes: 'three four',
  },
  {
    name: 'note with a list, a quotation and code',
    markdown: 'one[^1]\n\n[^1]: two\n\n    - three\n    - four\n\n    > five\n\n        six',
    text: 'one',
    notes: 'two three four five six',
  },
  {
    name: 'note whose text runs on',
    markdown: 'one[^1]\n\n[^1]: two\nthree\nfour',
    text: 'one',
    notes: 'two three four',
  },
  {
    name: 'note that is referred to twice',
    markdown: 'one[^1] two[^1]\n\n[^1]: three',
    text: 'one two',
    notes: 'three',
  },
  {
    name: 'notes in another order',
    markdown: 'one[^b] two[^a]\n\n[^a]: three\n\n[^b]: four',
    text: 'one two',
    notes: 'four three',
  },
  { name: 'note in place', markdown: 'one^[two *three*] four', text: 'one four', notes: 'two three' },
  {
    name: 'note in place with brackets',
    markdown: 'one^[two [three](https://example.org/) \\] four] five',
    text: 'one five',
    notes: 'two three four',
  },
  {
    name: 'notes in a heading, a list, a quotation and a table',
    markdown: '## one[^1]\n\n- two^[six]\n\n> three^[seven]\n\n| four^[eight] |\n|---|\n| five^[nine] |\n\n[^1]: ten',
    text: 'one two three four five',
    notes: 'ten six seven eight nine',
  },
  { name: 'no note: it is code', markdown: '`one[^1]` two\\[^2]', text: 'one 1 two 2' },
]
