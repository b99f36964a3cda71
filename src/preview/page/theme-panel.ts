// The theme at hand: its main values, tried as they are changed, written into the book's theme file when that is asked.
import type { ThemeChange, ThemePanel, ThemeValue } from '../protocol.js'
import { calm, h, say } from './dom.js'
import { server } from './server.js'

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

  const field = (value: ThemeValue): HTMLElement => {
    const id = `theme-${value.path.replaceAll('.', '-')}`
    const before = written.get(value.path)
    const control =
      value.kind === 'choice'
        ? h(
            'select',
            { id, onchange: (event: Event) => attempt(value, (event.target as HTMLSelectElement).value) },
            ...(value.options ?? []).map((option) =>
              h('option', { value: option.value, selected: option.value === String(value.value) }, option.label),
            ),
          )
        : h('input', {
            id,
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
    return h(
      'div',
      { class: before !== undefined && before !== value.value ? 'field changed' : 'field' },
      h('label', { for: id }, value.label),
      h(
        'div',
        { class: 'value' },
        control,
        value.kind === 'number' ? h('span', { class: 'unit' }, value.unit ?? '') : undefined,
      ),
    )
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
      const active = document.activeElement
      if (
        active !== null &&
        into.contains(active) &&
        active.matches('input') &&
        into.dataset['tried'] === String(panel.tried)
      ) {
        for (const value of panel.values) {
          const row = document.getElementById(`theme-${value.path.replaceAll('.', '-')}`)?.closest('.field')
          const before = written.get(value.path)
          row?.classList.toggle('changed', before !== undefined && before !== value.value)
        }
        const said = document.getElementById('theme-error')
        if (said !== null) said.textContent = error
        return
      }
      into.dataset['tried'] = String(panel.tried)
      const groups = [...new Set(panel.values.map(({ group }) => group))]
      const name = panel.file ?? 'theme.yaml'
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
          ...panel!.values.filter((value) => value.group === group).map(field),
        ]),
        h('p', { id: 'theme-error', role: 'alert' }, error),
        h(
          'div',
          { class: 'actions' },
          h(
            'button',
            {
              type: 'button',
              id: 'theme-write',
              class: 'main',
              disabled: !panel.tried,
              onclick: () => void change({ do: 'write' }),
            },
            `Write to ${name}`,
          ),
          h(
            'button',
            { type: 'button', id: 'theme-drop', disabled: !panel.tried, onclick: () => void change({ do: 'drop' }) },
            'Take back',
          ),
        ),
      )
    },
  }
}
