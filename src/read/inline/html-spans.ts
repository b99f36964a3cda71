// In: a tag of HTML within a line. Out: what it means, opened or closed in the text that is being written.
import type { Token } from 'markdown-it'
import { warning } from '../../diagnostic.js'
import { isMoment } from '../../model/dates.js'
import { quotesOf } from '../../model/languages.js'
import { placeOf } from '../context.js'
import { attributesOfTag, INLINE_TAGS, isNoTag, parseTag, type Tag, warnOfNoTag } from '../html-tags.js'
import { shown } from '../manifest/fields.js'
import { addImage } from './image.js'
import { closeRuby, openRuby } from './ruby.js'
import { PLAIN_ALT, tellRaw, warnOfPageBreak } from './tell-foreign.js'
import { add, addOwn, close, openLink, openSpan, refuse, stray, type Writing } from './writing.js'

export function writeHtml(w: Writing, token: Token): void {
  const tag = parseTag(token.content)
  if (tag.kind === 'comment') warnOfPageBreak(token.content, placeOf(w.ctx, w.line), w.ctx.report)
  w.line += token.content.split('\n').length - 1
  if (tag.kind === 'comment') return
  if (isNoTag(tag)) {
    warnOfNoTag(tag, token.content, w.ctx, w.line)
    const start = w.text.length
    addOwn(w, token.content)
    w.fixed.push({ start, end: w.text.length })
    return
  }
  if (tag.kind === 'other') {
    refuse(w, `\`${tag.name}\` is not supported`, 'take it out')
    return
  }
  const meaning = INLINE_TAGS[tag.name]
  if (meaning === undefined) {
    if (tag.kind === 'close') return
    const hint = 'write it in Markdown; the tags that are understood stand in the documentation'
    refuse(w, `the tag \`<${tag.name}>\` is not supported within a line`, hint)
    return
  }
  const name = `<${tag.name}>`
  if (tag.kind === 'close') {
    if (closeRuby(w, tag.name)) return
    if (meaning.void === true || close(w, name)) return
    stray(w, `\`</${tag.name}>\` closes nothing`, `write \`${name}\` before it, in the same paragraph`)
    return
  }
  openHtml(w, name, tag)
  if (tag.empty && meaning.void !== true) close(w, name)
}

function openHtml(w: Writing, name: string, tag: Tag): void {
  const { ctx } = w
  const meaning = INLINE_TAGS[tag.name]!
  const attributes = attributesOfTag(tag, ctx, w.line)
  if (openRuby(w, tag.name)) return
  switch (meaning.is) {
    case 'break':
      add(w, '\n')
      return
    case 'chance':
      add(w, '\u200b')
      return
    case 'image': {
      const src = attributes.keys.get('src') ?? ''
      const alt = attributes.keys.get('alt')
      // `alt=""` is how HTML says that an image is decoration.
      if (alt === '') attributes.classes.push('decorative')
      else if (alt !== undefined) tellRaw(alt, placeOf(ctx, w.line), ctx.report, PLAIN_ALT)
      const keys = new Map([...attributes.keys].filter(([key]) => key === 'lang'))
      addImage(w, { src, alt: alt ?? '' }, '', { ...attributes, keys })
      return
    }
    case 'link': {
      const href = attributes.keys.get('href')
      const title = attributes.keys.get('title')
      attributes.keys.delete('href')
      attributes.keys.delete('title')
      if (href === undefined) openSpan(w, name, attributes)
      else openLink(w, { name }, { href, title }, attributes)
      return
    }
    case 'quoted': {
      const language = w.open.findLast((one) => one.language !== undefined)?.language ?? ctx.language
      const quotes = quotesOf(language) ?? quotesOf('en')!
      const inner = w.open.filter((one) => one.name === name).length % 2 === 1
      add(w, quotes[inner ? 2 : 0])
      openSpan(w, name, attributes)
      const opened = w.open.at(-1)
      if (opened?.name === name) opened.closes = quotes[inner ? 3 : 1]
      return
    }
    case 'span':
      openSpan(w, name, attributes)
      return
    default: {
      const { keys } = attributes
      const [title, datetime] = [keys.get('title'), keys.get('datetime')?.trim()]
      keys.delete('title')
      keys.delete('datetime')
      openSpan(w, name, attributes, meaning.is)
      const opened = w.open.at(-1)
      if (opened?.name !== name) return
      if (meaning.is === 'code') opened.fixed = true
      const span = opened.spans.at(-1)
      if (title !== undefined && span?.kind === 'abbr') span.title = title
      if (datetime !== undefined && span?.kind === 'time') {
        if (isMoment(datetime)) span.datetime = datetime
        else {
          const message = `\`${shown(datetime)}\` is no date or time as HTML writes it; the words stay as they are`
          warning(ctx.report, 'unknown-attribute', placeOf(ctx, w.line), message, 'write 1936, 1936-02 or 1936-02-29')
        }
      }
    }
  }
}
