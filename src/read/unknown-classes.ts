// In: a book, and the classes that its theme has styles for. Out: a word on each class that is nobody's: what it does to the text is
// nothing.
import { type Diagnostic, nearest, type Place, type Report, warning } from '../diagnostic.js'
import type { Block, Book } from '../model/book.js'
import { typeOfBlock } from '../model/meaning.js'
import { eachBlock } from '../model/walk.js'
import { isKnownBlock } from './blocks/divs.js'
import { UNLISTED, UNNUMBERED } from './markdown/attributes.js'

/** `styled`: their names; `kinds`: of blocks that a class can style; `said`: names of which it has been told. */
export function tellClasses(
  book: Book,
  styled: readonly string[],
  kinds: ReadonlySet<Block['kind']>,
  said: readonly (string | undefined)[],
  report: Report,
): void {
  const told = new Set<string | undefined>(said)
  const say = (name: string, place: Place) => {
    if (name === UNNUMBERED || name === UNLISTED) return
    if (styled.includes(name) || isKnownBlock(name) || typeOfBlock([name]) !== undefined || told.has(name)) return
    told.add(name)
    const near = nearest(name, styled)
    const hint =
      near === undefined ? `give the theme a style \`.${name}\`, or silence this code` : `did you mean \`.${near}\`?`
    warning(report, 'class-unstyled', place, `the theme has no style for the class \`${name}\``, hint)
  }
  const look = (block: Block) => {
    for (const name of block.classes) {
      say(name, block.place)
      if (!styled.includes(name) || kinds.has(block.kind)) continue
      const message = `a class has no style on a ${NAMES[block.kind] ?? block.kind}: \`.${name}\``
      warning(report, 'class-unstyled', block.place, message, 'put it into a block of that class')
    }
  }
  for (const section of book.sections)
    for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)])
      eachBlock(blocks, look, (prose, block) => {
        for (const span of prose.spans)
          if (span.kind === 'span') for (const name of span.classes) say(name, block.place)
      })
}

const NAMES: Partial<Record<Block['kind'], string>> = {
  definitions: 'list of terms',
  break: 'scene break',
  figure: 'picture',
}

/** The block that was not known, of a diagnostic that says so: a theme may have a style for it. */
export function unknownBlock({ code, message }: Diagnostic): string | undefined {
  return code === 'unknown-block' ? /^`::: ([^`]+)`/.exec(message)?.[1] : undefined
}
