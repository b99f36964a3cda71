// Find in both: words in, every place of them marked in the pages and in the document; Enter goes from one to the next.
import type { Found } from '../protocol.js'
import { byId, calm, many, say } from './dom.js'
import { server } from './routes.js'

export function makeFind(changed: () => void, go: (found: Found) => void) {
  const form = byId<HTMLFormElement>('find')
  const field = byId<HTMLInputElement>('find-text')
  const count = byId('find-count')
  let text = ''
  let all: readonly Found[] = []
  let at = -1

  const tell = () => {
    const most = all.length >= 200 ? '200+' : String(all.length)
    count.textContent = text === '' ? '' : at < 0 ? most : `${at + 1} / ${most}`
  }

  const look = async (keep = false) => {
    const wanted = field.value.trim()
    const found = wanted.length < 2 ? [] : ((await server.find(wanted)) ?? [])
    if (wanted !== field.value.trim()) return
    text = wanted.length < 2 ? '' : wanted
    all = found
    at = keep ? Math.min(at, all.length - 1) : -1
    tell()
    changed()
    if (text !== '' && !keep) say(many(all.length, 'place'))
  }

  const step = (by: number) => {
    if (all.length === 0) return
    at = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length
    tell()
    changed()
    go(all[at]!)
    const { context, from, to } = all[at]!
    say(`${at + 1} of ${all.length}: ${context.slice(Math.max(0, from - 30), to + 30)}`)
  }

  let asked: Promise<void> = Promise.resolve()
  const soon = calm(120, () => {
    asked = look()
  })
  field.addEventListener('input', soon)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (field.value.trim() !== text) await look()
    await asked
    step(1)
  })
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.shiftKey) {
      event.preventDefault()
      step(-1)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (field.value === '') byId('sheets').focus()
      field.value = ''
      void look()
    }
  })

  return {
    get text() {
      return text
    },
    get all() {
      return all
    },
    get current(): Found | undefined {
      return all[at]
    },
    step,
    focus() {
      field.focus()
      field.select()
    },
    /** The book has changed. */
    again: () => (text === '' ? Promise.resolve() : look(true)),
  }
}
