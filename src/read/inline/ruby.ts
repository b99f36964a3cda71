// In: the tags of ruby, as they are met, and its spans when the text is done. Out: ruby that is whole: a base, and behind it its
// annotation in parentheses, which the EPUB hides and a page that is set in one line shows.
import type { Span } from '../../model/book.js'
import { lettersIn } from '../../model/letters.js'
import { add, close, open, stray, type Writing } from './writing.js'

const PARTS = new Set(['rt', 'rp'])

/** Is it one of ruby's? Then it was opened here. HTML lets the ends of its parts be left out. */
export function openRuby(w: Writing, name: string): boolean {
  if (name === 'ruby') {
    if (within(w)) return true
    open(w, { name: '<ruby>' }, 'ruby')
    return true
  }
  if (!PARTS.has(name)) return false
  if (!within(w)) {
    stray(w, `\`<${name}>\` stands outside of ruby`, 'write `<ruby>` before it, in the same paragraph')
    return true
  }
  closeParts(w)
  if (name === 'rp') open(w, { name: '<rp>' }, 'ruby-paren')
  else {
    const given = w.spans.at(-1)
    const bare = !(given?.kind === 'ruby-paren' && given.end === w.text.length && given.end > given.start)
    if (bare) parenthesis(w, '(')
    open(w, { name: '<rt>', ...(bare && { closes: '' }) }, 'ruby-text')
  }
  return true
}

export function closeRuby(w: Writing, name: string): boolean {
  if (name !== 'ruby' && !PARTS.has(name)) return false
  closeParts(w)
  if (name === 'ruby') close(w, '<ruby>')
  return true
}

function within(w: Writing): boolean {
  return w.open.some((one) => one.name === '<ruby>')
}

/** The annotation that has no parentheses of its author's gets some. */
function closeParts(w: Writing): void {
  const text = w.open.find((one) => one.name === '<rt>')
  if (text !== undefined && close(w, '<rt>') && text.closes === '') parenthesis(w, ')')
  if (w.open.some((one) => one.name === '<rp>')) close(w, '<rp>')
}

function parenthesis(w: Writing, sign: string): void {
  open(w, { name: '<rp>' }, 'ruby-paren')
  add(w, sign)
  close(w, '<rp>')
}

/**
 * Ruby that has no base or no annotation, or whose parts other marks have cut, is text as any other; where it is whole, what
 * the annotations leave is the base.
 */
export function wholeRuby(spans: readonly Span[], text: string): Span[] {
  if (!spans.some((span) => span.kind === 'ruby')) return [...spans]
  const out: Span[] = []
  for (let i = 0; i < spans.length; i++) {
    const ruby = spans[i]!
    if (isPart(ruby)) continue
    out.push(ruby)
    if (ruby.kind !== 'ruby') continue
    let last = i
    while (last + 1 < spans.length && spans[last + 1]!.start < ruby.end) last++
    const inside = spans.slice(i + 1, last + 1)
    i = last
    const bases = basesOf(ruby, inside, text)
    if (bases === undefined) out.pop()
    for (const span of bases === undefined ? inside.filter((each) => !isPart(each)) : inOrder([...inside, ...bases]))
      out.push(span)
  }
  return out
}

function inOrder(spans: Span[]): Span[] {
  return spans.sort((a, b) => a.start - b.start || b.end - a.end || Number(!isPart(a)) - Number(!isPart(b)))
}

function isPart({ kind }: Span): boolean {
  return kind === 'ruby-base' || kind === 'ruby-text' || kind === 'ruby-paren'
}

/** Base, parenthesis, annotation, parenthesis, and again; undefined if it is otherwise. */
function basesOf(ruby: Span, inside: readonly Span[], whole: string): Span[] | undefined {
  const parts = inside.filter(isPart)
  if (parts.length === 0 || parts.length % 3 !== 0) return undefined
  const bases: Span[] = []
  let at = ruby.start
  for (let i = 0; i < parts.length; i += 3) {
    const [before, text, after] = parts.slice(i, i + 3) as [Span, Span, Span]
    const kinds = before.kind === 'ruby-paren' && text.kind === 'ruby-text' && after.kind === 'ruby-paren'
    // The EPUB leaves parentheses out: nothing that is read may stand in them.
    const said = [before, after].some((one) => lettersIn(whole.slice(one.start, one.end)) > 0)
    if (said) return undefined
    if (!kinds || before.start <= at || text.start !== before.end || after.start !== text.end) return undefined
    bases.push({ kind: 'ruby-base', start: at, end: before.start })
    at = after.end
  }
  // What stands over its parts' edges would tear them apart.
  const edges = [...bases, ...parts]
  const torn = inside.some(
    (span) => !isPart(span) && !edges.some((part) => span.start >= part.start && span.end <= part.end),
  )
  return at === ruby.end && !torn ? bases : undefined
}
