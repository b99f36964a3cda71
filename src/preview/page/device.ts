// What a device and its reader make of a book: sizes, and the sheet that stands over the book's own.
import type { Settings } from './settings.js'

export interface Device {
  name: string
  /** CSS pixels of its screen, the margins that its software leaves, and the size of type it begins with. */
  width: number
  height: number
  margin: number
  above: number
  size: number
}

export const DEVICES = new Map<Settings['device'], Device>([
  ['phone', { name: 'Phone', width: 390, height: 740, margin: 26, above: 34, size: 17 }],
  // Six inches at 300 dots to the inch, as most have: 1072 by 1448, two of them to a pixel of CSS.
  ['e-ink', { name: 'E-ink', width: 536, height: 724, margin: 38, above: 36, size: 19 }],
  ['tablet', { name: 'Tablet', width: 768, height: 1024, margin: 84, above: 64, size: 20 }],
])

export type Ground = Exclude<Settings['ground'], 'auto'>

const GROUNDS = new Map<Ground, { paper: string; ink: string }>([
  ['day', { paper: '#fffefb', ink: '#14110f' }],
  ['sepia', { paper: '#f3e8d2', ink: '#3d2f20' }],
  ['night', { paper: '#171412', ink: '#cfc6b8' }],
])

/** The ground that is chosen, or that goes with the window. */
export function groundOf({ ground }: Settings): Ground {
  if (ground !== 'auto') return ground
  return document.documentElement.dataset['light'] === 'night' ? 'night' : 'day'
}

export const paperOf = (ground: Ground): string => GROUNDS.get(ground)!.paper

/** As reading systems do it: pages are columns, the reader's choices stand over the book's. */
export function sheetOf(settings: Settings): string {
  const { device, face, type } = settings
  const ground = groundOf(settings)
  const { margin, above, size } = DEVICES.get(device)!
  const { paper, ink } = GROUNDS.get(ground)!
  const own =
    face === 'book'
      ? ''
      : `:root, body, body * { font-family: ${
          face === 'serif'
            ? 'Georgia, "Noto Serif", "DejaVu Serif", serif'
            : 'Verdana, "Noto Sans", "DejaVu Sans", sans-serif'
        } !important; }`
  return `
:root { font-size: ${(size * type) / 100}px !important; height: 100%; overflow: hidden !important; background: ${paper} !important; color: ${ink} !important; cursor: text; color-scheme: ${ground === 'night' ? 'dark' : 'light'}; }
body { box-sizing: border-box; width: 100vw; height: 100vh; margin: 0 !important; padding: ${above}px ${margin}px !important;
  column-width: calc(100vw - ${2 * margin}px) !important; column-gap: ${2 * margin}px !important; column-fill: auto !important; column-count: auto !important;
  background: none !important; color: inherit !important; orphans: 2; widows: 2; overflow: visible; }
a { color: inherit; }
img, svg { max-width: 100% !important; max-height: calc(100vh - ${2 * above}px) !important; object-fit: contain; break-inside: avoid; }
${own}
::highlight(octavo-found) { background-color: #8fc1e8; color: #14110f; }
::highlight(octavo-now) { background-color: #f08a3c; color: #14110f; }
::highlight(octavo-mark) { background-color: #f3c14b; color: #14110f; }
`
}
