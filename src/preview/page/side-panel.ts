// The panel at the right: one at a time, opened by its button, closed by Escape, its focus going back to where it came from.
import { byId } from './dom.js'

export interface PanelKind {
  title: string
  /** Fills the panel; called again while it is open, when what it shows has changed. */
  fill(into: HTMLElement): void
  closed?(): void
}

export function makePanels(kinds: ReadonlyMap<string, PanelKind>) {
  const panel = byId('panel')
  const body = byId('panel-body')
  const desk = byId('desk')
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('#panels button')]
  let open: string | undefined

  const self = {
    get open() {
      return open
    },
    toggle(name: string) {
      if (open === name) self.close()
      else self.show(name)
    },
    show(name: string) {
      const kind = kinds.get(name)
      if (kind === undefined) return
      if (open !== undefined && open !== name) kinds.get(open)?.closed?.()
      open = name
      for (const button of buttons) button.setAttribute('aria-expanded', String(button.dataset['panel'] === name))
      byId('panel-name').textContent = kind.title
      panel.hidden = false
      panel.dataset['panel'] = name
      desk.dataset['panel'] = name
      kind.fill(body)
      body.scrollTop = 0
      panel.focus({ preventScroll: true })
    },
    close() {
      if (open === undefined) return
      kinds.get(open)?.closed?.()
      const button = buttons.find((each) => each.dataset['panel'] === open)
      open = undefined
      for (const each of buttons) each.setAttribute('aria-expanded', 'false')
      const within = panel.contains(document.activeElement)
      panel.hidden = true
      delete desk.dataset['panel']
      if (within) button?.focus()
    },
    /** What this panel shows has changed. The focus stays at the same control. */
    refresh(name: string) {
      if (open !== name) return
      const focus =
        document.activeElement instanceof HTMLElement && body.contains(document.activeElement)
          ? document.activeElement.id
          : ''
      const top = body.scrollTop
      kinds.get(name)!.fill(body)
      body.scrollTop = top
      if (focus !== '') document.getElementById(focus)?.focus({ preventScroll: true })
    },
  }
  for (const button of buttons) button.addEventListener('click', () => self.toggle(button.dataset['panel']!))
  byId('panel-close').addEventListener('click', () => self.close())
  return self
}

export type Panels = ReturnType<typeof makePanels>
