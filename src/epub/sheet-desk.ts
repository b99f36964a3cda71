// What is at hand while the style sheet is written: each of its chapters takes what it needs.
import type { Style, Theme } from '../theme/theme.js'
import type { Declarations, Looks } from './declarations.js'
import type { Survey } from './survey.js'

export interface SheetDesk {
  theme: Theme
  looks: Looks
  survey: Survey
  holder: (role: string) => string
  /** Text in a style: its letters at once, its conduct at the end of the chapter, where many selectors share it. */
  text(selector: string, style: Style, before: Declarations, leading?: Declarations): string
  /** Closes a chapter of the sheet. */
  conduct(): string
}
