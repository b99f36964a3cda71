// The reading order of the pages in view: the tags as a screen reader meets them, with what it says.
import type { PageDetail, TagDetail } from '../protocol.js'
import { h } from './dom.js'

/** What is said before the text of an element, as screen readers say it. */
const SPOKEN = new Map([
  ['H1', 'heading 1'],
  ['H2', 'heading 2'],
  ['H3', 'heading 3'],
  ['H4', 'heading 4'],
  ['H5', 'heading 5'],
  ['H6', 'heading 6'],
  ['L', 'list'],
  ['LI', 'item'],
  ['Figure', 'picture'],
  ['Link', 'link'],
  ['Table', 'table'],
  ['TH', 'column heading'],
  ['BlockQuote', 'quotation'],
  ['Note', 'note'],
  ['TOC', 'contents'],
  ['Code', 'code'],
])

export function orderList(
  pages: readonly { index: number; label: string; detail: PageDetail | undefined }[],
  point: (page: number, tag: number | undefined) => void,
  go: (page: number, tag: TagDetail) => void,
): HTMLElement {
  return h(
    'div',
    {},
    h('p', { class: 'quiet' }, 'The tags of the pages in view, in the order in which they are read aloud.'),
    ...pages.flatMap(({ index, label, detail }) => [
      h('h3', {}, `Page ${label}`),
      detail === undefined
        ? h('p', { class: 'quiet' }, '…')
        : detail.tags.length === 0
          ? h('p', { class: 'quiet' }, 'Nothing is read here.')
          : h('ol', { class: 'tree' }, ...detail.tags.map((tag, i) => entry(index, i, tag, point, go))),
    ]),
  )
}

function entry(
  page: number,
  i: number,
  tag: TagDetail,
  point: (page: number, tag: number | undefined) => void,
  go: (page: number, tag: TagDetail) => void,
): HTMLElement {
  const spoken = SPOKEN.get(tag.type)
  const text = tag.type === 'Figure' ? (tag.alt ?? 'not described') : tag.text
  const button = h(
    'button',
    {
      type: 'button',
      id: `tag-${page}-${i}`,
      title: tag.type,
      onclick: () => go(page, tag),
      onpointerenter: () => point(page, i),
      onpointerleave: () => point(page, undefined),
      onfocus: () => point(page, i),
      onblur: () => point(page, undefined),
    },
    h('span', { class: 'key' }, spoken ?? tag.type.toLowerCase()),
    h('span', { lang: tag.lang }, text),
  )
  const item = h('li', {}, button)
  item.style.marginLeft = `${Math.min(tag.depth, 8) * 0.6}rem`
  return item
}
