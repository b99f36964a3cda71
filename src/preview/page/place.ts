// Where a word stands in the author's files: shown, copied, opened in the editor, kept in the address.
import type { Spot } from '../protocol.js'
import { byId, say } from './dom.js'
import { server } from './routes.js'

/** `chapters/one.md:120:14`; nothing where there is no file. */
export const nameOf = ({ file, line, column }: Pick<Spot, 'file' | 'line' | 'column'>): string | undefined =>
  file === undefined ? undefined : [file, line, column].filter((part) => part !== undefined).join(':')

/** `#chapters/one.md:120` or with a column; undefined for another address. */
export function placeIn(hash: string): { file: string; line: number; column: number | undefined } | undefined {
  let text: string
  try {
    text = decodeURIComponent(hash.replace(/^#/, ''))
  } catch {
    return undefined
  }
  const parts = /^(.+?):(\d+)(?::(\d+))?$/.exec(text)
  if (parts === null) return undefined
  return { file: parts[1]!, line: Number(parts[2]), column: parts[3] === undefined ? undefined : Number(parts[3]) }
}

export function makePlace() {
  const line = byId('place')
  const text = byId('place-text')
  const open = byId<HTMLButtonElement>('place-open')
  const copy = byId<HTMLButtonElement>('place-copy')
  let spot: Spot | undefined

  const self = {
    show(next: Spot | undefined) {
      spot = next
      line.hidden = next === undefined
      if (next === undefined) return
      const name = nameOf(next)
      text.textContent = name ?? 'written by Octavo'
      text.title =
        name === undefined ? 'No file has these words' : next.generated ? `${name} (its words come from here)` : name
      open.hidden = copy.hidden = name === undefined
      say(`${next.word}, ${name ?? 'written by Octavo'}`)
      if (name === undefined) return
      // Not a step of the browser's history: Back leaves the preview, as one expects.
      history.replaceState(null, '', `#${encodeURI(`${next.file}:${next.line}`)}`)
    },
    async open() {
      if (spot?.file === undefined) return
      const answer = await server.open(spot.file, spot.line ?? 1, spot.column ?? 1)
      const told =
        answer?.opened === true
          ? 'Opened in your editor'
          : `No editor opened${answer?.why === undefined ? '' : `: ${answer.why}`}. Copy the place instead.`
      say(told)
      if (answer?.opened === true) return
      text.textContent = told
      copy.focus()
    },
    async copy() {
      const name = spot === undefined ? undefined : nameOf(spot)
      if (name === undefined) return
      try {
        await navigator.clipboard.writeText(name)
        say('Copied')
        copy.textContent = 'Copied'
        setTimeout(() => {
          copy.textContent = 'Copy'
        }, 1500)
      } catch {
        // Not allowed here: it is selected, so that the keyboard can.
        getSelection()?.selectAllChildren(text)
      }
    },
  }
  open.addEventListener('click', () => void self.open())
  copy.addEventListener('click', () => void self.copy())
  return self
}
