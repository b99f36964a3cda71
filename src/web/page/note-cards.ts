// Notes open where they are referred to: a card beside the reference, or at the foot of a small screen. Without this script the link
// shows the note at the foot, by the style sheet alone, and the note's number leads back.
import { make } from './panel.js'

export function openNotes(): void {
  if (!('popover' in HTMLElement.prototype)) return
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[role="doc-noteref"]') : null
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (note === null) return
    event.preventDefault()
    show(link, note)
  })
}

function show(link: HTMLAnchorElement, note: HTMLElement): void {
  const card = make('aside', { class: 'card note', popover: 'auto', role: 'note', tabindex: '-1' })
  card.setAttribute('aria-label', link.textContent ?? '')
  for (const child of note.childNodes) card.append(child.cloneNode(true))
  // Its ids are the note's own; and the reader is where its ways back lead: its number is enough.
  for (const each of card.querySelectorAll('[id]')) each.removeAttribute('id')
  const [number, ...others] = card.querySelectorAll('a[role="doc-backlink"]')
  number?.replaceWith(make('b', {}, number.firstChild?.textContent ?? ''))
  for (const other of others) (other.closest('sup') ?? other).remove()
  ;(link.closest('main') ?? document.body).append(card)
  card.showPopover()
  place(card, link)
  card.focus({ preventScroll: true })
  card.addEventListener('toggle', () => {
    if (card.matches(':popover-open')) return
    if (document.activeElement === document.body || card.contains(document.activeElement))
      link.focus({ preventScroll: true })
    card.remove()
  })
}

const GAP = 10

/** Below the reference, or above it where there is more room; the small screen's place is the style sheet's. */
function place(card: HTMLElement, link: HTMLElement): void {
  if (matchMedia('(max-width: 40rem)').matches) return
  const at = link.getBoundingClientRect()
  const { width, height } = card.getBoundingClientRect()
  const left = Math.min(Math.max(GAP, at.left + at.width / 2 - width / 2), innerWidth - width - GAP)
  const below = at.bottom + GAP
  const top = below + height <= innerHeight - GAP || at.top < height + 2 * GAP ? below : at.top - height - GAP
  card.style.left = `${left}px`
  card.style.top = `${Math.max(GAP, top)}px`
}
