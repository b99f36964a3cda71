// In: a book, and the classes that its theme has styles for. Out: a word on each class that is nobody's: what it does to the text is
// nothing.
import { type Diagnostic, nearest, type Place, type Report, warning } from '../diagnostic.js'
import type { Block, Book } from '../model/book.js'
import { typeOfBlock } from '../model/meaning.js'
import type { Role } from '../model/role.js'
import { eachBlock } from '../model/walk.js'
import { isKnownBlock } from './blocks/divs.js'
import { UNLISTED, UNNUMBERED } from './markdown/attributes.js'

/** `unread`: by the name of a class and what it is on, what it says and that has not. `styled`: their names; `kinds`: of blocks that a class can style; `said`: names of which it has been told. */
export function tellClasses(
  book: Book,
  styled: readonly string[],
  kinds: ReadonlySet<Block['kind']>,
  said: readonly (string | undefined)[],
  unread: (name: string, on: Role | 'words') => readonly string[],
  report: Report,
): void {
  /** By class: where it is first used, and what it says that nothing has which it is on. */
  const uses = new Map<string, { place: Place; lost: readonly string[]; on: Role | 'words' }>()
  const use = (name: string, on: Role | 'words', place: Place) => {
    if (!styled.includes(name)) return
    const lost = unread(name, on)
    const before = uses.get(name)
    if (before === undefined) uses.set(name, { place, lost, on })
    else before.lost = before.lost.filter((key) => lost.includes(key))
  }
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
      use(name, block.role, block.place)
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
          if (span.kind === 'span')
            for (const name of span.classes) {
              say(name, block.place)
              use(name, 'words', block.place)
            }
      })
  for (const [name, { place, lost, on }] of uses) {
    if (lost.length === 0) continue
    const keys = lost.map((key) => `\`${key}\``).join(', ')
    const message = `${on === 'words' ? 'words have' : `\`${on}\` has`} no ${keys}, which the theme says of the class \`${name}\``
    const hint = `put it on another block (\`::: ${name}\`), or take that out of the theme`
    warning(report, 'class-unstyled', place, message, hint)
  }
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
