// Elements made of plain data: no markup is ever put together from text.

type Props = Record<string, string | number | boolean | undefined | ((event: never) => void)>
type Child = Node | string | undefined

/** An element with attributes; a function is a listener (`onclick`), `false` and `undefined` are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  fill(element, props, children)
  return element
}

const SVG = 'http://www.w3.org/2000/svg'

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name) as SVGElementTagNameMap[K]
  fill(element, props, children)
  return element
}

function fill(element: Element, props: Props, children: Child[]): void {
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value as EventListener)
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value))
  }
  for (const child of children) if (child !== undefined) element.append(child)
}

// What is already so is left alone: a browser paints again whatever is touched, the page of the book below it too.

export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}

export function setChildren(element: Element, next: readonly Node[]): void {
  const { childNodes } = element
  if (childNodes.length !== next.length || next.some((node, i) => !node.isEqualNode(childNodes[i]!)))
    element.replaceChildren(...next)
}

/** What index.html has by this id; that it has it is our own promise. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`index.html has no #${id}`)
  return element as T
}

/** By fieldset: what it offers. */
const asked = new WeakMap<HTMLElement, string>()

/** A set of radio buttons in a fieldset; calls back with the chosen value: `pick` of the first time, while the options stay. */
export function choice(
  fieldset: HTMLElement,
  options: readonly { value: string; label: string; title?: string }[],
  chosen: string,
  pick: (value: string) => void,
): void {
  // What stays the same is not made anew: whoever goes through it with the keys would lose the focus.
  const asking = JSON.stringify(options)
  if (asked.get(fieldset) === asking) {
    for (const input of fieldset.querySelectorAll('input')) input.checked = input.value === chosen
    return
  }
  asked.set(fieldset, asking)
  const legend = fieldset.querySelector('legend')
  fieldset.replaceChildren(
    ...(legend === null ? [] : [legend]),
    ...options.map(({ value, label, title }) =>
      h(
        'label',
        { title },
        h('input', {
          type: 'radio',
          name: fieldset.id,
          value,
          checked: value === chosen,
          onchange: () => pick(value),
        }),
        label,
      ),
    ),
  )
}

/** 28,100: the same on every machine. */
export function thousands(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** One of a number of things: '1 page', '12 pages'. */
export function many(n: number, one: string, more = `${one}s`): string {
  return `${thousands(n)} ${n === 1 ? one : more}`
}

/** Speaks to a screen reader, without moving the focus. */
export function say(text: string): void {
  byId('said').textContent = text
}

/** Calls at most once in so many milliseconds, the last call always. */
export function calm<A extends unknown[]>(wait: number, call: (...args: A) => void): (...args: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (...args) => {
    clearTimeout(timer)
    timer = setTimeout(() => call(...args), wait)
  }
}

/** Calls once in a frame, however often it is asked. */
export function framed(call: () => void): () => void {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      call()
    })
  }
}
