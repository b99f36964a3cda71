// Addresses that stand in the text without angle brackets, as on GitHub: https://example.org/a_b--c becomes a link, and
// nothing in it is taken for emphasis, a dash or a quotation mark. Source: GitHub Flavored Markdown, "Autolinks (extension)".
// In: the characters, at the colon. Out: the tokens that an address in angle brackets has.
import type { MarkdownIt, StateInline } from 'markdown-it'

export function addressRules(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'address', address)
  // `<std::string>` has the form of an address, and is a name of a program.
  md.inline.ruler.before('autolink', 'program_name', programName)
}

function programName(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x3c /* < */) return false
  const found = /^<[a-z][\w+.-]*::[^\s<>]*>/i.exec(state.src.slice(state.pos, Math.min(state.posMax, state.pos + 200)))
  if (found === null) return false
  if (!silent) state.pending += found[0]
  state.pos += found[0].length
  return true
}

function address(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (silent || state.linkLevel > 0 || !src.startsWith('://', pos)) return false
  const scheme = /(?:^|[^\p{L}\p{N}_])(https?)$/iu.exec(state.pending.slice(-7))?.[1]
  if (scheme === undefined) return false
  const found = /^[^\s<>"`\u201c-\u201f\u00ab\u00bb]*/.exec(src.slice(pos + 3, Math.min(state.posMax, pos + 4000)))![0]
  const rest = withoutEnd(found)
  const href = `${scheme}://${rest}`
  // What has only the form of an address stays text.
  if (!/^[\p{L}\p{N}[]/u.test(rest) || !isAddress(href)) return false
  state.pending = state.pending.slice(0, -scheme.length)
  const open = state.push('link_open', 'a', 1)
  open.attrs = [['href', href]]
  open.info = 'auto'
  state.push('text', '', 0).content = href
  state.push('link_close', 'a', -1).info = 'auto'
  state.pos = pos + 3 + rest.length
  return true
}

/** Marks at the end belong to the sentence, and so does a bracket that nothing in the address opened. */
function withoutEnd(text: string): string {
  let end = text.length
  for (;;) {
    const last = text.charAt(end - 1)
    if (last !== '' && "?!.,:;*_~'|\u2019\u2026\u2014\u2013\\".includes(last)) end--
    else if (last === ')' && count(text.slice(0, end), ')') > count(text.slice(0, end), '(')) end--
    else if (last === ']' && count(text.slice(0, end), ']') > count(text.slice(0, end), '[')) end--
    else if (last === '}' || last === '{') end--
    else return text.slice(0, end)
  }
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1
}

/** Has it a host that can be one: with every label filled, but for the root's. */
export function isAddress(href: string): boolean {
  if (!/^https?:/i.test(href)) return true
  try {
    const { hostname } = new URL(href)
    return !/^\.|\.\./.test(hostname)
  } catch {
    return false
  }
}
