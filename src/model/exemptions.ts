// By which of its exemptions a book need not do what the European Accessibility Act (Directive 2019/882, Articles 4 and 14) asks of
// books: as EPUB has it (W3C, The EPUB Accessibility exemption property), with the code of EDItEUR's List 196.
export const EXEMPTIONS = {
  'eaa-microenterprise': '75',
  'eaa-disproportionate-burden': '76',
  'eaa-fundamental-alteration': '77',
} as const

export type Exemption = keyof typeof EXEMPTIONS

export const EXEMPTION_NAMES = Object.keys(EXEMPTIONS) as Exemption[]

export function isExemption(text: string): text is Exemption {
  return Object.hasOwn(EXEMPTIONS, text)
}
