// The theme at hand: its main values, tried as they are changed, written into the book's theme file when that is asked.
import type { ThemeChange, ThemePanel, ThemeValue } from '../protocol.js'
import { calm, h, say } from './dom.js'
import { server } from './routes.js'

export function makeThemePanel(refresh: () => void) {
  let panel: ThemePanel | undefined
  /** As it stood when nothing was tried. */
  let written: ReadonlyMap<string, number | string> = new Map()
  let error = ''
  const waiting = new Map<string, number | string>()

  const took = (next: ThemePanel | undefined) => {
    if (next === undefined) return
    panel = next
    if (!next.tried) written = new Map(next.values.map(({ path, value }) => [path, value]))
  }

  const change = async (what: ThemeChange) => {
    const answer = await server.changeTheme(what)
    error = answer.error ?? ''
    took(answer.panel)
    if (error !== '') say(error)
    else if (what.do === 'write') say(`Written to ${panel?.file ?? 'the theme file'}`)
    refresh()
  }

  const send = calm(60, () => {
    const values = Object.fromEntries(waiting)
    waiting.clear()
    void change({ do: 'try', values })
  })

  const attempt = (value: ThemeValue, to: number | string) => {
    waiting.set(value.path, to)
    send()
  }

  return {
    /** Fetches what the server knows; the panel is filled again when it is here. */
    async load() {
      took(await server.theme())
      for (const button of document.querySelectorAll<HTMLElement>('[data-panel="theme"]'))
        button.hidden = panel === undefined
      refresh()
    },
    fill(into: HTMLElement) {
      if (panel === undefined) {
        into.replaceChildren(h('p', { class: 'quiet' }, '…'))
        return
      }
      // A field in use is left alone: whoever types a number is not disturbed by its being tried.
      if (isInUse(into, panel)) {
        markChanged(panel, written, error)
        return
      }
      into.dataset['tried'] = String(panel.tried)
      const groups = [...new Set(panel.values.map(({ group }) => group))]
      into.replaceChildren(
        h(
          'p',
          { class: 'quiet' },
          panel.file === undefined
            ? `The ${panel.base} theme, as it comes.`
            : `${panel.file}, on the ${panel.base} theme.`,
        ),
        ...groups.flatMap((group) => [
          h('h3', {}, group),
          ...panel!.values.filter((value) => value.group === group).map((value) => field(value, written, attempt)),
        ]),
        h('p', { id: 'theme-error', role: 'alert' }, error),
        actions(panel, (what) => void change({ do: what })),
      )
    },
  }
}

/** By path. */
type Written = ReadonlyMap<string, number | string>

function idOf({ path }: ThemeValue): string {
  return `theme-${path.replaceAll('.', '-')}`
}

function isChanged({ path, value }: ThemeValue, written: Written): boolean {
  const before = written.get(path)
  return before !== undefined && before !== value
}

function isInUse(into: HTMLElement, { tried }: ThemePanel): boolean {
  const active = document.activeElement
  return active !== null && into.contains(active) && active.matches('input') && into.dataset['tried'] === String(tried)
}

function markChanged({ values }: ThemePanel, written: Written, error: string): void {
  for (const value of values)
    document.getElementById(idOf(value))?.closest('.field')?.classList.toggle('changed', isChanged(value, written))
  const said = document.getElementById('theme-error')
  if (said !== null) said.textContent = error
}

type Attempt = (value: ThemeValue, to: number | string) => void

function field(value: ThemeValue, written: Written, attempt: Attempt): HTMLElement {
  const id = idOf(value)
  const control = value.kind === 'choice' ? select(value, attempt) : input(value, attempt)
  return h(
    'div',
    { class: isChanged(value, written) ? 'field changed' : 'field' },
    h('label', { for: id }, value.label),
    h(
      'div',
      { class: 'value' },
      control,
      value.kind === 'number' ? h('span', { class: 'unit' }, value.unit ?? '') : undefined,
    ),
  )
}

function select(value: ThemeValue, attempt: Attempt): HTMLElement {
  return h(
    'select',
    { id: idOf(value), onchange: (event: Event) => attempt(value, (event.target as HTMLSelectElement).value) },
    ...(value.options ?? []).map((option) =>
      h('option', { value: option.value, selected: option.value === String(value.value) }, option.label),
    ),
  )
}

function input(value: ThemeValue, attempt: Attempt): HTMLElement {
  return h('input', {
    id: idOf(value),
    type: value.kind === 'number' ? 'number' : 'text',
    value: value.value,
    min: value.min,
    max: value.max,
    step: value.step,
    oninput: (event: Event) => {
      const input = event.target as HTMLInputElement
      // Steps are for its arrows: any value in the range may be tried.
      const { badInput, rangeOverflow, rangeUnderflow } = input.validity
      if (badInput || rangeOverflow || rangeUnderflow || input.value === '') return
      attempt(value, value.kind === 'number' ? input.valueAsNumber : input.value)
    },
  })
}

function actions({ file, tried }: ThemePanel, act: (what: 'write' | 'drop') => void): HTMLElement {
  const button = (name: 'write' | 'drop', text: string, more: { class?: string } = {}) =>
    h('button', { type: 'button', id: `theme-${name}`, ...more, disabled: !tried, onclick: () => act(name) }, text)
  return h(
    'div',
    { class: 'actions' },
    button('write', `Write to ${file ?? 'theme.yaml'}`, { class: 'main' }),
    button('drop', 'Take back'),
  )
}
