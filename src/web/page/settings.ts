// What the reader has set, kept in this browser for all books of the same place: light and size of type. Set before the page is seen.

type Light = 'auto' | 'day' | 'night'
export interface Settings {
  light: Light
  /** Steps of a tenth, from the theme's own. */
  size: number
}

const KEY = 'octavo'
const STEP = 1.1
export const LEAST = -4
export const MOST = 8

export function readSettings(): Settings {
  const { light, size } = remembered(KEY) as Partial<Settings>
  return {
    light: light === 'day' || light === 'night' ? light : 'auto',
    size: typeof size === 'number' ? Math.min(MOST, Math.max(LEAST, Math.round(size))) : 0,
  }
}

export function apply({ light, size }: Settings): void {
  const root = document.documentElement
  root.dataset['light'] = light
  root.style.setProperty('--size', String(STEP ** size))
}

export function keep(settings: Settings): void {
  apply(settings)
  remember(KEY, settings)
}

/** A browser may forbid it, and what is there may be anything. */
export function remembered(key: string): object {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof found === 'object' && found !== null ? found : {}
  } catch {
    return {}
  }
}

export function remember(key: string, value: object): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // It is forgotten.
  }
}
