// In: what is known of a book's accessibility. Out: sentences for those who choose by it, those of the W3C's Accessibility Metadata
// Display Guide for Digital Publications 2.0 (Final Community Group Report, 2025; its "descriptive" strings and its techniques for EPUB),
// for what our editions can say of themselves.
import type { Facts } from '../build/gathered.js'

export interface Statement {
  title: string
  sentences: string[]
}

const NONE = 'No information is available'

/** Of the EPUB. The guide's order: ways of reading and conformance always, the others where there is something to say. */
export function accessOf({ access, metadata }: Pick<Facts, 'access' | 'metadata'>): Statement[] {
  const has = (feature: string) => access.features.includes(feature)
  const text = access.modes.every((mode) => mode === 'textual') || access.sufficient.includes('textual')
  const claims = access.conforms && metadata.certifier !== undefined && metadata.certifier.trim() !== ''
  const ways = [
    has('displayTransformability')
      ? 'Appearance of the text and page layout can be modified according to the capabilities of the reading system (font family and font size, spaces between paragraphs, sentences, words, and letters, as well as color of background and text)'
      : 'No information about appearance modifiability is available',
    text
      ? 'All content can be read as read aloud speech or dynamic braille'
      : 'Not all of the content will be readable as read aloud speech or dynamic braille',
    has('alternativeText') ? 'Has alternative text descriptions for images' : '',
    'No information about prerecorded audio is available',
  ]
  const conformance = claims
    ? [
        'The publication contains a conformance statement that it meets the EPUB Accessibility and WCAG 2 Level AA standard',
        `The publication was certified by ${metadata.certifier}`,
      ]
    : [NONE]
  const navigation = [
    has('tableOfContents') ? 'Table of contents to all chapters of the text via links' : '',
    has('index') ? 'Index with links to referenced entries' : '',
    has('structuralNavigation') ? 'Elements such as headings, tables, etc for structured navigation' : '',
    has('pageNavigation') ? 'Page list to go to pages from the print source version' : '',
  ]
  const hazards = access.hazards.includes('none')
    ? 'The publication contains no hazards'
    : 'The presence of hazards is unknown'
  const more = [
    has('pageBreakMarkers') ? 'Page breaks included from the original print source' : '',
    has('ARIA') ? 'Content is enhanced with ARIA roles to optimize organization and facilitate navigation' : '',
  ]
  return [
    { title: 'Ways of reading', sentences: ways },
    { title: 'Conformance', sentences: conformance },
    { title: 'Navigation', sentences: navigation },
    { title: 'Hazards', sentences: [hazards] },
    { title: 'Accessibility summary', sentences: [access.summary] },
    { title: 'Additional accessibility information', sentences: more },
  ]
    .map(({ title, sentences }) => ({ title, sentences: sentences.filter((one) => one !== '') }))
    .filter(({ sentences }) => sentences.length > 0)
}
