// A document of ours goes in, one as Kobo's reading system wants it comes out: each sentence in a span with a number, by which it
// keeps the reader's place and marks; the body in two boxes, which become columns; and a style that lets those alone.
//
// What our writers make is well formed, every `<` and `>` in its text a reference: so tags are what stands between the two.

/** Kobo’s own overrides margins, sizes and colours of links; kepubify, which read their books most closely, leaves this of it. */
const STYLE = '<style class="kobostylehacks">div#book-inner { margin-top: 0; margin-bottom: 0; }</style>\n'

/** Their text is no prose, or is not to be touched; ruby has no room for spans around its parts. */
const CLOSED: ReadonlySet<string> = new Set(['pre', 'ruby', 'script', 'style', 'svg', 'math', 'audio', 'video'])
/** Numbers go on from here with the first span in it. */
const COUNTED = /^(?:p|ol|ul|table|h[1-6])$/

/** A sentence ends with its mark, what closes behind it, and the space after that. */
const SENTENCES = /[^.!?:…。！？]*(?:[.!?:…。！？]+(?:['"”’“»)\]]|&quot;)*\s*|$)/g

export function toKobo(xhtml: string): string {
  const head = xhtml.indexOf('</head>')
  const body = xhtml.indexOf('>', xhtml.indexOf('<body')) + 1
  const end = xhtml.lastIndexOf('</body>')
  const inside = span(xhtml.slice(body, end))
  return `${xhtml.slice(0, head)}${STYLE}${xhtml.slice(head, body)}
<div id="book-columns">
<div id="book-inner">${inside}</div>
</div>
${xhtml.slice(end)}`
}

function span(markup: string): string {
  let paragraph = 1
  let sentence = 0
  let next = false
  // How many closed elements are open, and which elements are.
  let closed = 0
  const open: string[] = []
  const wrap = (what: string) => `<span class="koboSpan" id="kobo.${paragraph}.${++sentence}">${what}</span>`
  const begin = () => {
    // The first of all is 1 in any case.
    if (sentence > 0) paragraph++
    sentence = 0
    next = false
  }
  const prose = (text: string): string => {
    let out = ''
    for (const [part] of text.matchAll(SENTENCES)) {
      if (part === '') continue
      if (/\S/.test(part) || (open.at(-1) === 'p' && !part.includes('\n'))) {
        if (next) begin()
        out += wrap(part)
      } else out += part
    }
    return out
  }
  let out = ''
  let at = 0
  while (at < markup.length) {
    const tag = markup.indexOf('<', at)
    const text = markup.slice(at, tag < 0 ? markup.length : tag)
    out += closed > 0 ? text : prose(text)
    if (tag < 0) break
    at = markup.indexOf('>', tag) + 1
    const whole = markup.slice(tag, at)
    const name = /^<\/?([^\s/>]+)/.exec(whole)![1]!
    if (whole.startsWith('</')) {
      open.pop()
      if (CLOSED.has(name)) closed--
      out += whole
    } else if (whole.endsWith('/>')) {
      if (name === 'img' && closed === 0) {
        begin()
        out += wrap(whole)
      } else out += whole
    } else {
      open.push(name)
      if (CLOSED.has(name)) closed++
      if (COUNTED.test(name)) next = true
      out += whole
    }
  }
  return out
}
