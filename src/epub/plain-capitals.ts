// In: a book and its look. Out: a word on each cut of a face that the text asks for small capitals, and that has none. What styles ask for
// the theme has said (theme/lettered.ts); here it is what the text marks, gives a class, or stresses in such a style. The survey of the EPUB
// knows it, and what it knows holds for the pages as well.
import { type Place, type Report, warning } from '../diagnostic.js'
import { hasSmallCapitals } from '../fonts/shape.js'
import type { Book } from '../model/book.js'
import { eachBlock } from '../model/walk.js'
import { overlayOf, styledClasses } from '../theme/classes.js'
import { spanLooks } from '../theme/spans.js'
import type { Look, Style, Theme } from '../theme/theme.js'
import { surveyBook } from './survey.js'

export function tellPlainCapitals(book: Book, { theme, faces }: Look, report: Report): void {
  if (!mayAsk(book, theme)) return
  const families = new Set([...Object.values(theme.styles), ...Object.values(theme.classes)].map(({ face }) => face))
  // the face for code is never asked
  families.delete('mono')
  const asked = faces.filter(({ key }) => families.has(key.slice(0, key.indexOf('/'))))
  const lacking = new Set(asked.flatMap(({ key, bytes }) => (hasSmallCapitals(bytes()) ? [] : [key])))
  if (lacking.size === 0) return
  const told = new Map<string, Place>()
  surveyBook(book, theme, new Set(faces.map(({ key }) => key)), false, (key, place) => {
    if (lacking.has(key) && !told.has(key)) told.set(key, place)
  })
  for (const [key, place] of told) {
    const { family = key } = faces.find((face) => face.key === key) ?? {}
    const cut = CUTS.get(key.slice(key.indexOf('/') + 1))
    const message = `${family} has no small capitals${cut ? ` in its ${cut}` : ''}, and the text asks for them`
    const hint = 'take another face, or another mark: until then these letters stand as they are written'
    warning(report, 'theme-face', place, message, hint)
  }
}

const CUTS: ReadonlyMap<string, string> = new Map([
  ['italic', 'italic'],
  ['bold', 'bold'],
  ['boldItalic', 'bold italic'],
])

const isSmall = ({ caps }: Partial<Style>): boolean => caps === 'small' || caps === 'all-small'

/** A walk that is quick, and says yes too often: most books ask for nothing, and need no survey. */
function mayAsk(book: Book, theme: Theme): boolean {
  const { styles, classes, sections } = theme
  if (Object.values(sections).some(({ opening }) => opening?.kind === 'lead-in' || opening?.lead)) return true
  const lookOf = spanLooks(theme.marks)
  const small = Object.values(styles).some(isSmall)
  const byClass = Object.values(classes).some(isSmall)
  const asks = (names: readonly string[]) => byClass && isSmall(overlayOf(theme, styledClasses(theme, names)))
  let found = false
  for (const section of book.sections)
    for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)])
      eachBlock(
        blocks,
        (block) => {
          found ||= asks(block.classes)
        },
        ({ spans }, block) => {
          if (found || spans.length === 0) return
          const styled = block.kind === 'paragraph' || block.kind === 'heading' ? isSmall(styles[block.role]) : small
          found = spans.some((span) => {
            const { smallCaps, turned, bold } = lookOf(span.kind)
            return smallCaps || (styled && (turned || bold)) || (span.kind === 'span' && asks(span.classes))
          })
        },
      )
  return found
}
