// What the reader of the preview has chosen, kept by the browser. Nothing of the book is kept.

export interface Settings {
  light: 'auto' | 'day' | 'night'
  /** Of the window's width, per cent: the pages' part. */
  share: number
  zoom: 'width' | 'page' | number
  single: boolean
  device: 'phone' | 'e-ink' | 'tablet'
  /** `auto`: by day and by night as the window. */
  ground: 'auto' | 'day' | 'sepia' | 'night'
  face: 'book' | 'serif' | 'sans'
  /** Per cent. */
  type: number
  layers: string[]
  /** Shortcuts of a single letter. */
  keys: boolean
  /** The other pane goes along. */
  together: boolean
}

const FIRST: Settings = {
  light: 'auto',
  share: 60,
  zoom: 'width',
  single: false,
  device: 'phone',
  ground: 'auto',
  face: 'book',
  type: 100,
  layers: ['problems', 'changes'],
  keys: true,
  together: true,
}

const NAME = 'octavo-preview'

function kept(): Partial<Settings> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(NAME) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    // A browser may keep nothing, or what somebody else wrote there.
    return {}
  }
}

export const settings: Settings = { ...FIRST, ...kept() }

export function keep(change: Partial<Settings>): void {
  Object.assign(settings, change)
  try {
    localStorage.setItem(NAME, JSON.stringify(settings))
  } catch {
    // Then it lasts as long as the window.
  }
}
