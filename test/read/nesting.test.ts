// Every block in every other, of Markdown and of HTML, with blank lines between and without: its words come out, or an error says why
// they do not.
import { describe, expect, it } from 'vitest'
import { JPEG_GRAY } from '../pdf/images.js'
import { readFolder, readMarkdown, textOf } from './folder.js'

const INNER = [
  'kw',
  '- item kw',
  '> quote kw',
  '    code kw',
  '```\nfence kw\n```',
  '## head kw',
  '| kw | b |\n|---|---|\n| c | d |',
  'a\n: kw',
  '::: verse\nkw\n:::',
  '![kw](x.jpg)',
  'text^[kw note]',
  '* * *\n\nkw',
  '<p>kw</p>',
  '<pre>kw</pre>',
  '<ul><li>kw</ul>',
  '<blockquote>kw</blockquote>',
  'a<hr>kw',
  '<h3>kw</h3>',
  '<dl><dt>kw<dd>kw</dl>',
  '<table><tr><td>kw</table>',
]
const OUTER = [
  ...['<div>@</div>', '<aside>@</aside>', '<blockquote>@</blockquote>', '<p>@</p>', '<h2>@</h2>', '<figure>@</figure>'],
  ...['<ul>@</ul>', '<ul><li>@</li></ul>', '<ol>\n<li>\n@\n</li></ol>', '<dl>@</dl>', '<dl><dt>@</dt><dd>x</dd></dl>'],
  ...['<dl><dt>x<dd>@</dl>', '<table>@</table>', '<table><tr>@</tr></table>', '<table><tbody>@</tbody></table>'],
  ...['<table><tr><td>@</td></tr></table>', '<table><tr><td>one@two</td></tr></table>'],
  ...['<table><caption>@</caption><tr><td>x</table>', '<figure><figcaption>@</figcaption></figure>'],
  ...['<details><summary>@</summary></details>', '<details><summary>x</summary>@</details>'],
  ...[
    '::: verse\n@\n:::',
    '::: epigraph\n@\n:::',
    '::: right\n@\n:::',
    '::: letter\n@\n:::',
    '::: attribution\n@\n:::',
  ],
  ...[
    '::: dedication\n@\n:::',
    '::: note\n@\n:::',
    '::: quote\n@\n:::',
    't[^n]\n\n[^n]: x\n\n    @',
    '- x\n\n    @',
    'x\n: y\n\n    @',
  ],
]
const IMAGE = new Uint8Array(JPEG_GRAY)

/** The text with the other in it; what is indented stays so. */
function nested(outer: string, inner: string, space: string): string {
  const text = `${space}${inner}${space}`
  return `# T\n\n${outer.replace('@', () => (outer.includes('    @') ? text.replace(/\n(?=.)/g, '\n    ') : text))}\n`
}

describe('words are kept, or missed aloud,', () => {
  it.each(OUTER)('in %s', async (outer) => {
    const lost: string[] = []
    for (const inner of INNER) {
      for (const space of ['\n\n', '\n', '']) {
        const markdown = nested(outer, inner, space)
        const { manuscript, said } = await readFolder({ 'a.md': markdown, 'x.jpg': IMAGE })
        if (said.some((one) => one.severity === 'error')) continue
        if (!JSON.stringify(manuscript!.book.sections).includes('kw')) lost.push(markdown)
      }
    }
    expect(lost).toEqual([])
  })

  it('and where a block is longer than the item that it stands in', async () => {
    const { section, codes } = await readMarkdown('# T\n\n- ::: note\n  one\ntwo\n\nthree\n:::\n\nfour\n')
    expect(textOf(section)).toBe('T\none two\nthree\nfour')
    expect(codes).toContain('stray-fence')
    // The code in the definition has nothing to do with the block.
    const code = await readMarkdown('# T\n\none\n: ```\n  two\n  ```\n\n- ::: note\n  three\n  :::\n- four\n\nfive\n')
    expect(textOf(code.section)).toBe('T\none\ntwo\nthree\nfour\nfive')
    expect(code.codes).toEqual([])
  })

  it('and Markdown in a cell, a heading or a caption is the text of that', async () => {
    const text = async (markdown: string) => {
      const { section, codes } = await readMarkdown(`# T\n\n${markdown}\n`)
      expect(codes.filter((code) => code !== 'skipped-heading')).toEqual([])
      return textOf(section)
    }
    expect(await text('<table><tr>\n<td>\n\none *two*\n\nthree\n\n</td>\n<td>\n\nfour\n\n</td>\n</tr></table>')).toBe(
      'T\none two\nthree\nfour',
    )
    expect(await text('<details>\n<summary>\n\nOne *two*\n\n</summary>\n\nThree.\n\n</details>')).toBe(
      'T\nOne two\nThree.',
    )
    expect(await text('<p>\n\nOne.\n\n</p>')).toBe('T\nOne.')
    expect(await text('<h2>\n\nOne\n\n</h2>\n\nTwo.')).toBe('T\nOne\nTwo.')
  })
})
