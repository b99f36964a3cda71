// In: an image within a line. Out: its place in the text, with what it says to those who do not see it.
import { warning } from '../../diagnostic.js'
import type { Alternative } from '../../model/book.js'
import { type FileContext, placeOf } from '../context.js'
import { addressOf } from '../images/images.js'
import { shown } from '../manifest/fields.js'
import type { Attributes } from '../markdown/attributes.js'
import { setText } from './settext.js'
import { PLAIN_ALT, tellRaw } from './tell-foreign.js'
import { add, addOwn, close, OBJECT, openLink, openSpan, type Writing } from './writing.js'

export function addImage(
  w: Writing,
  image: { src: string; alt: string },
  title: string,
  attributes: Attributes | undefined,
): void {
  const { ctx } = w
  const path = ctx.image(image.src, placeOf(ctx, w.line))
  const alt = altOf(image, attributes, ctx, w.line)
  if (title !== '') {
    const hint = 'let the image stand alone in its paragraph, or say it in the text'
    warning(
      ctx.report,
      'unknown-attribute',
      placeOf(ctx, w.line),
      'the title of an image within a line is not shown',
      hint,
    )
  }
  if (path === undefined) {
    const href = addressOf(image.src)
    if (href !== undefined) openLink(w, { name: 'image' }, { href, title: undefined }, undefined)
    addOwn(w, image.alt === '' && href !== undefined ? href : image.alt)
    if (href !== undefined) close(w, 'image')
    return
  }
  tellUnsaid(image.alt, attributes, ctx, w.line)
  if (attributes !== undefined) {
    const keys = new Map(
      [...attributes.keys].filter(([key, value]) => !['alt', 'width', 'height'].includes(key) && value !== ''),
    )
    openSpan(w, 'image', { ...attributes, keys, classes: attributes.classes.filter((name) => name !== 'decorative') })
  }
  const start = w.text.length
  add(w, OBJECT)
  w.spans.push({ kind: 'image', start, end: start + 1, src: path, alt })
  if (attributes !== undefined) close(w, 'image')
}

/** What an image says to those who do not see it; '' only if it is marked as decoration, undefined if nobody described it. */
export function altOf(
  image: { src: string; alt: string },
  attributes: Attributes | undefined,
  ctx: FileContext,
  line: number,
): Alternative {
  const own = attributes?.keys.get('alt')
  const alt = (own ?? image.alt).replace(/\s+/g, ' ').trim()
  // That of the brackets was parsed, and told of, as what it is.
  if (own !== undefined) tellRaw(own, placeOf(ctx, line), ctx.report, PLAIN_ALT)
  if (attributes?.classes.includes('decorative')) {
    if (alt !== '') {
      const message = `the alternative text \`${alt}\` of an image that is decoration is not said`
      const hint = 'leave it out; or take away `.decorative`, if the image says something'
      warning(ctx.report, 'unknown-attribute', placeOf(ctx, line), message, hint)
    }
    return ''
  }
  if (!/[\p{L}\p{N}]/u.test(alt)) {
    const hint = 'write it between the brackets: `![What it shows](…)`; or mark it `{.decorative}`'
    const what = alt === '' ? 'no alternative text' : `no words in its alternative text, \`${alt}\``
    warning(ctx.report, 'missing-alt', placeOf(ctx, line), `the image has ${what}${UNTOLD}`, hint)
    return undefined
  }
  if (isFileName(alt, image.src)) {
    const message = `the alternative text \`${alt}\` is a file name${UNTOLD}`
    warning(ctx.report, 'alt-is-file-name', placeOf(ctx, line), message, 'say what the image shows')
    return undefined
  }
  return setText(alt, ctx.language, ctx.smart)
}

/** An alternative that is written as `alt=` stands in the place of the brackets' text, which is told of unless it is a caption. */
export function tellUnsaid(text: string, attributes: Attributes | undefined, ctx: FileContext, line: number): void {
  const own = attributes?.keys.get('alt')
  if (own === undefined || !/[\p{L}\p{N}]/u.test(text) || own.trim() === text.trim()) return
  const message = `the image has an \`alt\`, so that \`${shown(text)}\` between its brackets is not shown`
  warning(ctx.report, 'unknown-attribute', placeOf(ctx, line), message, 'write it as the caption, or take it out')
}

const UNTOLD = ', so that no file can call itself accessible'

/** `map.png`; or the image's own name, where that is no word: `IMG_1234`. */
function isFileName(alt: string, src: string): boolean {
  if (/^\S+\.(?:png|jpe?g|gif|svg|webp)$/i.test(alt)) return true
  const [stem] = src.split('/').at(-1)!.split('.')
  return /[\d_]/.test(alt) && alt === stem
}
