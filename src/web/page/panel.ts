// A panel above the page: it has a name, closes by its button, by Escape and by a click beside it, and gives the focus back.

/** `label`: what it is called; `close`: what its button is called. */
export function createPanel(name: string, label: string, close: string, lang: string | undefined): HTMLDialogElement {
  const panel = document.createElement('dialog')
  panel.className = `panel ${name}`
  panel.setAttribute('aria-label', label)
  if (lang !== undefined) panel.lang = lang
  const button = make('button', { type: 'button', class: 'close', 'aria-label': close }, '×')
  button.addEventListener('click', () => panel.close())
  panel.append(button)
  panel.addEventListener('click', (event) => {
    if (event.target === panel) panel.close()
  })
  document.body.append(panel)
  return panel
}

/** An element with attributes and what is in it: text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...inside: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...inside)
  return element
}
