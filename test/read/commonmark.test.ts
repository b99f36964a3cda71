// All examples of the CommonMark specification: each is read without a word lost.
import { tests } from 'commonmark-spec'
import { describe, expect, it } from 'vitest'
import { readMarkdown, textOf } from './folder.js'
import { faultsOf } from './sound.js'

interface Example {
  markdown: string
  html: string
  section: string
  number: number
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Words of what a browser would show. */
function wordsOfHtml(html: string): string {
  const text = html.replace(/<[^<>]*>/g, ' ').replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ENTITIES[name]!)
  return lettersOf(text)
}

/** Letters and digits, all else left out: typography may change the rest. */
function lettersOf(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '')
}

// An empty link shows where it leads. Raw HTML is by allow-list: what it says of these is in test/check/unsupported-html; what is no
// tag of HTML is text here (test/check/unknown-tag).
const RAW = /HTML blocks|Raw HTML/

describe('the examples of the CommonMark specification', () => {
  it.each(tests as Example[])('$number ($section)', async ({ markdown, html, section }) => {
    const { book, section: read, codes } = await readMarkdown(`# T\n\n${markdown.replaceAll('→', '\t')}`)
    expect(faultsOf(book)).toEqual([])
    if (
      RAW.test(section) ||
      codes.includes('unsupported-html') ||
      codes.includes('unknown-tag') ||
      /\[\]\(|<a href/.test(markdown)
    )
      return
    // An image's text stands in its attribute.
    const shown = html.replaceAll('→', '\t').replace(/<img [^>]*alt="([^"]*)"[^>]*>/g, '$1')
    expect(lettersOf(textOf(read))).toBe(`T${wordsOfHtml(shown)}`)
  })
})
