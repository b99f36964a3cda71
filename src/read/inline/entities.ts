// In: text with HTML in it, where only text is wanted (a description, an attribute). Out: the text.
import MarkdownIt from 'markdown-it'

let unescapeAll: ((text: string) => string) | undefined

/** Character references turned into characters; nothing else is touched. */
export function decode(text: string): string {
  if (!text.includes('&')) return text
  unescapeAll ??= new MarkdownIt('zero').utils.unescapeAll
  const turned = unescapeAll
  return text.replace(/&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{1,31});/gi, (reference) => turned(reference))
}

const BLOCKS = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|hr)(?:\s[^<>]*)?\/?>/gi
const TAGS = /<!--[\s\S]*?-->|<\/?[a-z][^<>]*>/gi

/** Simple HTML as plain text: a line for each paragraph, no tags, no references. Text without tags loses only its double spaces. */
export function plainText(html: string): string {
  return decode(html.replace(/\s+/g, ' ').replace(BLOCKS, '\n').replace(TAGS, ''))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}
