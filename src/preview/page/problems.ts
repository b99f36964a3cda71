// The list of what is wrong: each leads to its place in both books, and to the line in the author's file.
import type { Finding } from '../protocol.js'
import { h } from './dom.js'

export function problemList(findings: readonly Finding[], go: (finding: Finding) => void): HTMLElement {
  if (findings.length === 0) return h('p', { class: 'quiet' }, 'Nothing is wrong.')
  const errors = findings.filter((each) => each.severity === 'error')
  const warnings = findings.filter((each) => each.severity === 'warning')
  const group = (name: string, some: readonly Finding[]) =>
    some.length === 0
      ? []
      : [h('h3', {}, `${name} (${some.length})`), h('ul', {}, ...some.map((each) => h('li', {}, one(each, go))))]
  return h('div', {}, ...group('Errors', errors), ...group('Warnings', warnings))
}

function one(finding: Finding, go: (finding: Finding) => void): HTMLElement {
  const { severity, code, path, line, message, hint } = finding
  const where = path === '' ? 'the book' : line > 0 ? `${path}:${line}` : path
  return h(
    'button',
    { type: 'button', class: `problem ${severity}`, id: `problem-${code}-${path}-${line}`, onclick: () => go(finding) },
    h('code', {}, where),
    ...quoted(message),
    h('span', { class: 'hint' }, ...quoted(hint)),
  )
}

/** Names in backquotes, as the command prints them, are set as code. */
function quoted(text: string): (Node | string)[] {
  return text.split('`').map((part, i) => {
    if (i % 2 === 0) return i === 0 ? part.charAt(0).toUpperCase() + part.slice(1) : part
    const name = h('span', { class: 'name' }, part)
    return name
  })
}
