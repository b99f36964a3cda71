// What HTML's elements hold, where each may stand, and what ends it. In: the name of an element. Out: its part in that.
/** Elements that hold blocks: the token that stands for each. '' for those that say nothing of their own. */
export const CONTAINERS = new Map<string, string>(
  Object.entries({
    div: 'div',
    section: 'div',
    article: 'div',
    main: 'div',
    header: 'div',
    footer: 'div',
    address: 'div',
    aside: 'div',
    details: 'div',
    figure: 'figure',
    blockquote: 'blockquote',
    ul: 'bullet_list',
    ol: 'ordered_list',
    li: 'list_item',
    dl: 'dl',
    dd: 'dd',
    table: 'table',
    thead: 'thead',
    tbody: 'tbody',
    tfoot: 'tbody',
    tr: 'tr',
    colgroup: '',
  }),
)
/** Elements that hold a line of text, and nothing else. */
export const LINES = new Map<string, string>(
  Object.entries({
    p: 'paragraph',
    summary: 'paragraph',
    figcaption: 'paragraph',
    caption: 'paragraph',
    dt: 'dt',
    th: 'th',
    td: 'td',
    ...{ h1: 'heading', h2: 'heading', h3: 'heading', h4: 'heading', h5: 'heading', h6: 'heading' },
  }),
)
/** Where each of these may stand. */
export const PARENTS = new Map<string, readonly string[]>(
  Object.entries({
    li: ['ul', 'ol'],
    dt: ['dl'],
    dd: ['dl'],
    thead: ['table'],
    tbody: ['table'],
    tfoot: ['table'],
    caption: ['table'],
    colgroup: ['table'],
    tr: ['table', 'thead', 'tbody', 'tfoot'],
    th: ['tr'],
    td: ['tr'],
    figcaption: ['figure'],
    summary: ['details'],
  }),
)
/** Elements whose end may be left out, and what ends them. */
export const ENDED_BY = new Map<string, readonly string[]>(
  Object.entries({
    li: ['li'],
    dt: ['dt', 'dd'],
    dd: ['dt', 'dd'],
    tr: ['tr', 'thead', 'tbody', 'tfoot'],
    td: ['td', 'th', 'tr', 'thead', 'tbody', 'tfoot'],
    th: ['td', 'th', 'tr', 'thead', 'tbody', 'tfoot'],
    thead: ['tbody', 'tfoot'],
    tbody: ['tbody', 'tfoot'],
  }),
)
/** Elements whose content is no text of the book. */
export const OPAQUE = new Set(
  'script style svg math iframe object video audio canvas noscript template select textarea form'.split(' '),
)

/** Elements of which only the parts hold text. */
export const TABLED = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr'])
export const PARTED = new Set(['ul', 'ol', 'dl', ...TABLED])
