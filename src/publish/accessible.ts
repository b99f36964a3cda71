// In: what is known of a book's accessibility, and the sentences of a language. Out: what is to be said to those who choose by it, by the
// W3C's Accessibility Metadata Display Guide for Digital Publications 2.0 (Final Community Group Report, 2025): its techniques for EPUB,
// for what our editions can say of themselves.
import type { Facts } from '../build/gathered.js'
import type { AccessWords } from './pagewords.js'

export interface Statement {
  title: string
  sentences: string[]
  /** Where it is another than the page's. */
  language?: string
}

/** Of the EPUB. The guide's order: ways of reading and conformance always, the others where there is something to say. */
export function accessOf({ access, metadata }: Pick<Facts, 'access' | 'metadata'>, words: AccessWords): Statement[] {
  const has = (feature: string) => access.features.includes(feature)
  const text = access.modes.every((mode) => mode === 'textual') || access.sufficient.includes('textual')
  const certifier = metadata.certifier?.trim() ?? ''
  const claims = access.conforms && certifier !== ''
  const said = (sentence: string, known: boolean) => (known ? [sentence] : [])
  return [
    {
      title: words.ways,
      sentences: [
        has('displayTransformability') ? words.modifiable : words.unknownAppearance,
        text ? words.readable : words.notFully,
        ...said(words.alternatives, has('alternativeText')),
        words.noAudio,
      ],
    },
    {
      title: words.conformance,
      sentences: claims ? [words.meets, words.certifiedBy.replace('%', () => certifier)] : [words.unknown],
    },
    {
      title: words.navigation,
      sentences: [
        ...said(words.contents, has('tableOfContents')),
        ...said(words.index, has('index')),
        ...said(words.headings, has('structuralNavigation')),
        ...said(words.pages, has('pageNavigation')),
      ],
    },
    { title: words.hazards, sentences: [access.hazards.includes('none') ? words.noHazards : words.unknownHazards] },
    // The EPUB says it in English.
    { title: words.summary, sentences: [access.summary], language: 'en' },
    { title: words.legal, sentences: said(words.exempt, metadata.exemption !== undefined) },
    {
      title: words.more,
      sentences: [...said(words.pageBreaks, has('pageBreakMarkers')), ...said(words.aria, has('ARIA'))],
    },
  ].filter(({ sentences }) => sentences.length > 0)
}
