// The edition of the article: its words are the source's, to the letter; what is said about it stands in the source.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const source = readFileSync('test/article/source.txt', 'utf8')
const lines = source.split('\n').map((line) => line.trim().replace(/\s+/g, ' '))
const TITLE = 'Victims of Stalinist Repression and Terror'

/** From the article's title, past the lines on where it comes from, to the site's foot. */
function article(): string[] {
  const from = lines.indexOf(TITLE)
  const to = lines.indexOf('Top of page')
  expect(from).toBeGreaterThan(0)
  expect(to).toBeGreaterThan(from)
  return lines
    .slice(from, to)
    .filter((line) => line !== '' && !line.startsWith('From New International') && !line.startsWith('Transcribed'))
}

function markdown(name: string): string[] {
  return readFileSync(`book/${name}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

const words = (text: readonly string[]) => text.join(' ').split(/\s+/)
const manifest = parse(readFileSync('book/book.yaml', 'utf8')) as Record<string, unknown>

describe('the article', () => {
  test('has the words of the source, to the letter and in their order', () => {
    const ours = words(markdown('victims.md').map((line) => line.replace(/^(# |> )/, '')))
    expect(words(article()).length).toBe(704)
    expect(ours).toEqual(words(article()))
  })

  test('has its paragraphs, one block quotation, and no heading but its title', () => {
    const ours = markdown('victims.md')
    expect(ours.map((line) => line.replace(/^(# |> )/, ''))).toEqual(article())
    expect(ours.filter((line) => line.startsWith('#'))).toEqual([`# ${TITLE}`])
    const quoted = ours.filter((line) => line.startsWith('>'))
    expect(quoted).toHaveLength(1)
    expect(quoted[0]).toMatch(/^> “The letters and documents .* salvation for them.”$/)
    // Nothing in it means anything to Markdown.
    expect(ours.join('').replace(/^# |> /g, '')).not.toMatch(/[*_`<\\[\]|~^{}#]|\.\.\.|--|["']/)
  })

  test('keeps its slips, and the note names each of them as it stands', () => {
    const text = article().join(' ')
    for (const slip of [
      'are inticed to',
      'and how he is engaged',
      'Men whose interests in the Soviet state is the fleshpot',
    ]) {
      expect(text).toContain(slip)
    }
    const named = markdown('note.md').filter((line) => line.startsWith('- '))
    expect(named).toHaveLength(5)
    for (const line of named) expect(text).toContain(/“(.*)”/.exec(line)![1]!.replaceAll('*', ''))
  })
})

describe('what is said about it', () => {
  test('claims no author, publisher, date or rights', () => {
    for (const key of ['authors', 'publisher', 'rights', 'date', 'identifier']) expect(manifest).not.toHaveProperty(key)
    expect(manifest['title']).toBe(TITLE)
    expect(manifest['contributors']).toEqual([
      { name: 'Einde O’Callaghan', sort: 'O’Callaghan, Einde', role: 'transcriber' },
    ])
  })

  test('gives the provenance in the words of the source', () => {
    const imprint = readFileSync('book/imprint.md', 'utf8')
    for (const said of [
      'Transcribed & marked up by Einde O’Callaghan for ETOL',
      'Last updated on 31.7.2006',
      'Encyclopedia of Trotskyism',
      'Marxists’ Internet Archive',
    ]) {
      expect(source).toContain(said)
      expect(imprint).toContain(said)
    }
    expect(source).toContain('The New International, February 1936')
    expect(lines).toContain('From New International, Vol. 3 No. 1, February 1936, Inside front cover.')
    expect(imprint).toContain('*The New International*, vol. 3 no. 1, February 1936, inside front cover')
  })

  test('leaves the lines of navigation out', () => {
    const all = readdirSync('book')
      .sort()
      .map((name) => readFileSync(`book/${name}`, 'utf8'))
      .join('\n')
    for (const line of ['Main NI Index', 'Main Newspaper Index', 'Top of page']) {
      expect(source).toContain(line)
      expect(all).not.toContain(line)
    }
  })

  test('names the face by what the font says of itself', async () => {
    const { loadTheme } = await import('../src/theme/index.js')
    const { theme } = (await loadTheme('house', 'book', () => {}))!
    const colophon = readFileSync('book/colophon.md', 'utf8')
    const { family, designer } = theme.faces['text']!
    expect(colophon).toContain(`${family}, designed by ${designer}`)
    expect([theme.page.size, theme.page.leading]).toEqual([11, 14])
    expect(colophon).toContain('eleven points on fourteen')
    for (const name of ['markdown-it', 'harfbuzzjs', 'pdfkit', 'epub-gen-memory']) {
      expect(readFileSync('package.json', 'utf8')).toContain(`"${name}"`)
    }
  })
})
