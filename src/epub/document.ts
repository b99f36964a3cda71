// A section goes in, its XHTML documents come out; and the document that shows the cover.

import type { Block, Metadata, Section } from '../model/book.js'
import { direction } from '../model/languages.js'
import { lentLanguage, wordsOf } from '../model/words.js'
import { type BlockDesk, writeBlocks } from './block-markup.js'
import type { Share } from './division.js'
import { type Names, NIGHT_STYLESHEET, STYLESHEET } from './names.js'
import { writeBookNotes, writeNotes } from './notes.js'
import { MATTER, ofSection, SE } from './semantics.js'
import { attributes, language, text, value } from './xml.js'

const Z3998 = 'z3998: http://www.daisy.org/z3998/2012/vocab/structure/'

/** Everything around a document's body. `depth`: how many folders below the package document it lies. */
export function wrap(
  of: {
    title: string
    /** Where it is not the document's. */
    titleLanguage?: string | undefined
    language: string
    /** Class of the body: the section's role. */
    role?: string
    matter?: string
    z3998?: boolean
    se?: boolean
    depth: 0 | 1
    night: boolean
    /** Rules of its own. */
    style?: string
  },
  body: string,
): string {
  const up = '../'.repeat(of.depth)
  const sheets = [STYLESHEET, ...(of.night ? [NIGHT_STYLESHEET] : [])]
  const links = sheets.map((name) => `<link rel="stylesheet" href="${up}${name}"/>\n`).join('')
  const dir = direction(of.language) === 'rtl' ? 'rtl' : undefined
  const prefixes = [...(of.z3998 ? [Z3998] : []), ...(of.se ? [SE] : [])].join(' ') || undefined
  const own = attributes({ dir, 'epub:prefix': prefixes })
  // XML 1.0 is UTF-8 where nothing else is said (4.3.3): the line that would say so weighs as much as a long sentence, in each
  // of a novel's four hundred documents.
  return `<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${language(of.language)}${own}>
<head>
<title${language(of.titleLanguage)}>${text(of.title)}</title>
${links}${of.style === undefined ? '' : `<style>\n${of.style}</style>\n`}</head>
<body${attributes({ class: of.role, 'epub:type': of.matter })}>
${body}</body>
</html>
`
}

const HEAD_ROLES: ReadonlySet<string> = new Set(['title', 'part-title', 'subtitle', 'author'])

/** One of a section's documents. Those after the first go on with the text, and nothing shows or says that they begin. */
export function writeDocument(
  section: Section,
  share: Share & { file: string },
  desk: BlockDesk,
  night: boolean,
): string {
  const body = writeBody(section, share, desk)
  return wrap(
    {
      title: section.title || desk.book.metadata.title,
      titleLanguage: section.titleLanguage,
      language: section.language,
      role: section.role,
      matter: MATTER[section.matter],
      z3998: desk.z3998,
      se: desk.se,
      depth: 1,
      night,
    },
    body,
  )
}

/** What stands in the document's body. */
export function writeBody(section: Section, share: Share & { file: string }, desk: BlockDesk): string {
  desk.file = share.file
  desk.z3998 = false
  desk.se = false
  const blocks = section.blocks.slice(share.blocks.from, share.blocks.to)
  const notes = section.notes.slice(share.notes.from, share.notes.to)
  const first = share.file === desk.names.sections.get(section.id)
  const written = first ? writeBeginning(section, blocks, desk) : writeAll(blocks, desk)
  const inside = written + writeNotes(notes, desk)
  return first ? `<section${ownOf(section, desk)}>\n${inside}</section>\n` : inside
}

function ownOf(section: Section, desk: BlockDesk): string {
  const { type, role } = ofSection(section.role, section.matter)
  const titleId = desk.outline.titles.get(section.id)
  return attributes({
    id: section.id,
    'epub:type': type,
    role,
    'aria-labelledby': titleId,
    'aria-label': titleId === undefined && role !== undefined && section.title !== '' ? section.title : undefined,
  })
}

function writeBeginning(section: Section, blocks: readonly Block[], desk: BlockDesk): string {
  const head = headOf(section.blocks)
  const title =
    head > 1
      ? `<header>\n${writeBlocks(blocks.slice(0, head), desk, 'body', '  ')}</header>\n`
      : writeBlocks(blocks.slice(0, head), desk, 'body')
  return title + writeAll(blocks.slice(head), desk)
}

/** Notes of the whole book stand among headings. */
function writeAll(blocks: readonly Block[], desk: BlockDesk): string {
  if (!blocks.some(({ kind }) => kind === 'notes')) return writeBlocks(blocks, desk, 'body')
  return blocks
    .map((block) => (block.kind === 'notes' ? writeBookNotes(block, desk) : writeBlocks([block], desk, 'body')))
    .join('')
}

/** How many blocks at the section's head are its title, subtitle and author. */
function headOf(blocks: readonly Block[]): number {
  const end = blocks.findIndex((block) => !HEAD_ROLES.has(block.role))
  return end < 0 ? blocks.length : end
}

/** As large as the screen, and never stretched. */
const WHOLE =
  'section.cover img { display: block; width: 100%; height: 100vh; max-height: 100vh; object-fit: contain; }\n'

/** The picture alone: as large as the screen allows, never cropped, on a ground that fills the rest. */
export function writeCoverPage(metadata: Metadata, names: Names, alt: string, ground: string): string {
  const image = `<img role="doc-cover" src="../images/${names.coverImage}" alt="${value(alt)}"/>`
  return wrap(
    {
      title: wordsOf(metadata.language).cover,
      titleLanguage: lentLanguage(metadata.language),
      language: metadata.language,
      matter: MATTER.front,
      depth: 1,
      night: false,
      style: `body { margin: 0; padding: 0; background-color: ${ground}; }\n${WHOLE}`,
    },
    `<section class="cover" epub:type="cover">\n${image}\n</section>\n`,
  )
}
