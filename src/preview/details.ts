// In: a page. Out: its lines with their words, and its tags as a screen reader meets them: for overlays, marks and selection.
import type { Font, Item, Page, SetLine, Typeset } from '../layout/typeset.js'
import type { Section } from '../model/book.js'
import { boxOf, boxOfLine, eachCode, spell } from './characters.js'
import type { Box, LineDetail, PageDetail, TagDetail } from './protocol.js'
import { textsOf } from './section-texts.js'

export function detailOf(page: Page, section: Section | undefined, typeset: Typeset): PageDetail {
  const lines = (page.lines ?? []).map((line) => lineDetail(line, page, section, typeset.fonts))
  return { lines, tags: tagsOf(page, typeset) }
}

const WORD = /[^\s\ufffc]+/gu

function lineDetail(line: SetLine, page: Page, section: Section | undefined, fonts: readonly Font[]): LineDetail {
  const prose = section && textsOf(section).at.get(line.n)?.prose
  const words: LineDetail['words'] = []
  if (prose !== undefined) {
    const spelled = spell(line, page, fonts, prose)
    const from = spelled[0]?.from ?? 0
    const to = spelled.reduce((most, one) => Math.max(most, one.to), from)
    for (const { 0: text, index } of prose.text.slice(from, to).matchAll(WORD)) {
      const box = boxOf(line, spelled, from + index, from + index + text.length)
      if (box !== undefined) words.push({ text: text.replaceAll('\u00ad', ''), box })
    }
  }
  const { y: baseline, loose, divided: hyphen, last } = line
  return { box: boxOfLine(line), baseline, ...(loose !== undefined && { loose }), hyphen, last, words }
}

const SHORT = 120

function tagsOf(page: Page, { tags, fonts }: Typeset): TagDetail[] {
  const order: number[] = []
  const found = new Map<number, { text: string; box: Box | undefined }>()
  const take = (tag: number): { text: string; box: Box | undefined } => {
    let one = found.get(tag)
    if (one === undefined) {
      const { parent } = tags[tag]!
      if (parent >= 0) take(parent)
      one = { text: '', box: undefined }
      found.set(tag, one)
      order.push(tag)
    }
    return one
  }
  for (const item of page.items) {
    if (item.tag < 0 || tags[item.tag] === undefined) continue
    const one = take(item.tag)
    if (item.kind === 'text') one.text += item.actual ?? textOf(item, fonts)
    one.box = around(one.box, boxOfItem(item, fonts))
  }
  const depthOf = (tag: number): number => (tags[tag]!.parent < 0 ? 0 : depthOf(tags[tag]!.parent) + 1)
  return order.map((tag): TagDetail => {
    const { type, alt, lang } = tags[tag]!
    const { text, box } = found.get(tag)!
    const said = text
      .replace(/[\u200b\u00ad]/g, '')
      .replace(/\s+/g, ' ')
      .trim()
    return {
      type,
      depth: depthOf(tag),
      text: said.length > SHORT ? `${said.slice(0, SHORT)}…` : said,
      ...(alt !== undefined && { alt }),
      ...(lang !== undefined && { lang }),
      ...(box && { box }),
    }
  })
}

function textOf(item: Extract<Item, { kind: 'text' }>, fonts: readonly Font[]): string {
  let text = ''
  for (const code of item.codes) text += fonts[item.font]!.codes[code]!.text
  return text
}

function boxOfItem(item: Item, fonts: readonly Font[]): Box | undefined {
  if (item.kind === 'path') return undefined
  if (item.kind !== 'text') return { x: item.x, y: item.y, width: item.width, height: item.height }
  let right = item.x
  eachCode(item, fonts[item.font]!, (_, __, end) => {
    right = end
  })
  return { x: item.x, y: item.y - item.size * 0.76, width: right - item.x, height: item.size }
}

function around(a: Box | undefined, b: Box | undefined): Box | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
