// In: a Prose. Out: its text with everything that is no running text of its language made blank, offsets kept.
import type { Prose } from '../model/book.js'

/** The text with code, addresses and phrases in another language made blank, so that no rule sees them. */
export function runningText({ text, spans }: Prose): string {
  let out = ''
  let done = 0
  for (const span of spans) {
    const hidden =
      span.kind === 'code' ||
      span.kind === 'kbd' ||
      (span.kind === 'span' && span.lang !== undefined) ||
      (span.kind === 'link' && /^(?:https?:|mailto:|www\.)/i.test(text.slice(span.start, span.start + 10)))
    if (!hidden || span.start < done) continue
    out += text.slice(done, span.start) + '\ufffc'.repeat(span.end - span.start)
    done = span.end
  }
  return done === 0 ? text : out + text.slice(done)
}
