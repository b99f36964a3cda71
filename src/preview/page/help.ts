// The sheet of keys, and what a key does. A letter alone is a shortcut only where nothing is typed, and only if the reader wants that
// (WCAG 2.2, 2.1.4).
import { byId, h } from './dom.js'

export interface Key {
  /** As KeyboardEvent.key has it. */
  key: string
  /** As the sheet shows it, if otherwise. */
  shown?: string
  what: string
  group: 'Pages' | 'Reader' | 'Word' | 'Panels' | 'Layers'
  /** It is no letter: it works whatever the reader chose. */
  always?: boolean
  do(event: KeyboardEvent): void
}

export function makeKeys(keys: readonly Key[], wanted: () => boolean, want: (on: boolean) => void) {
  const dialog = byId<HTMLDialogElement>('help')
  const opener = byId('help-open')

  const open = () => {
    const groups = [...new Set(keys.map(({ group }) => group))]
    dialog.replaceChildren(
      h('h2', { id: 'help-name' }, 'Keys'),
      h(
        'div',
        { class: 'columns' },
        ...groups.map((group) =>
          h(
            'section',
            {},
            h('h3', {}, group),
            h(
              'dl',
              {},
              ...keys
                .filter((each) => each.group === group && each.what !== '')
                .flatMap(({ key, shown, what }) => [
                  h('dt', {}, ...(shown ?? key).split(' ').map((part) => h('kbd', {}, part))),
                  h('dd', {}, what),
                ]),
            ),
          ),
        ),
      ),
      h(
        'p',
        {},
        h(
          'label',
          { class: 'check' },
          h('input', {
            type: 'checkbox',
            checked: wanted(),
            onchange: (event: Event) => want((event.target as HTMLInputElement).checked),
          }),
          'Single letters are shortcuts',
        ),
      ),
      h(
        'p',
        { class: 'quiet' },
        'An address may end in a place: ',
        h('code', {}, '#chapters/one.md:120'),
        '. Editors can show their line with ',
        h('code', {}, 'POST /api/show'),
        '.',
      ),
      h('form', { method: 'dialog' }, h('button', {}, 'Close')),
    )
    dialog.showModal()
  }
  opener.addEventListener('click', open)

  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || dialog.open || event.isComposing) return
    const target = event.target as Element | null
    const typing = target?.matches?.('input:not([type="radio"], [type="checkbox"]), textarea, select') === true
    if (event.altKey || event.metaKey) return
    // Arrows choose among switches that have the focus.
    if (event.key.startsWith('Arrow') && target?.matches?.('input, [role="slider"], [role="separator"]') === true)
      return
    const found = keys.find((each) => each.key === (event.ctrlKey ? `Ctrl+${event.key}` : event.key))
    if (found === undefined) return
    if (typing && !(found.key === 'Escape' || found.key.startsWith('Ctrl+'))) return
    if (!found.always && !wanted()) return
    found.do(event)
  }
  document.addEventListener('keydown', press)
  return { press, open }
}
