// In: page dictionaries, ready to be written. Out: the page tree (ISO 32000-1, 7.7.3), with their labels (12.4.2).
import type { Pdf } from './objects.js'
import { literal } from './syntax.js'

/** Kids of a node of the tree: a flat list of two thousand pages makes readers walk all of it. */
const BRANCH = 64

/** `sources` are the pages' entries after Type and Parent; `first` is the number of the first page's object, the rest follow it. */
export function writePages(pdf: Pdf, first: number, sources: readonly string[]): void {
  const nodes = pdf.reserve(Math.ceil(sources.length / BRANCH))
  const kids: number[] = []
  for (let from = 0; from < sources.length; from += BRANCH) {
    const node = nodes + kids.length
    const part = sources.slice(from, from + BRANCH)
    const pages = part.map((source, i) => {
      pdf.put(first + from + i, `<</Type/Page/Parent ${node} 0 R${source}>>`)
      return `${first + from + i} 0 R`
    })
    pdf.put(node, `<</Type/Pages/Parent ${pdf.pages.id} 0 R/Count ${part.length}/Kids[${pages.join(' ')}]>>`)
    kids.push(node)
  }
  pdf.pages.data['Count'] = sources.length
  pdf.pages.data['Kids'] = kids.map((node) => pdf.named(node))
}

/** A page's label as PDF counts it: `style` D, r, R with its number, or a text by itself. */
interface Label {
  style: 'D' | 'r' | 'R' | ''
  value: number
  text: string
}

/** The number tree `PageLabels`, as source: one entry wherever the counting changes. */
export function pageLabels(labels: readonly string[]): string {
  let entries = ''
  let last: Label | undefined
  labels.forEach((text, i) => {
    const label = readLabel(text)
    const goesOn = last && label.style !== '' && label.style === last.style && label.value === last.value + 1
    if (!goesOn) {
      const start = label.value === 1 ? '' : `/St ${label.value}`
      entries += label.style === '' ? `${i}<</P${literal(text)}>>` : `${i}<</S/${label.style}${start}>>`
    }
    last = label
  })
  return `<</Nums[${entries}]>>`
}

function readLabel(text: string): Label {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return { style: 'D', value: Number(text), text }
  const value = fromRoman(text.toLowerCase())
  if (value > 0 && text === text.toLowerCase()) return { style: 'r', value, text }
  if (value > 0 && text === text.toUpperCase()) return { style: 'R', value, text }
  return { style: '', value: 0, text }
}

const ROMAN: [string, number][] = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
]

/** 0 for what is not a number in its regular form. */
function fromRoman(text: string): number {
  let rest = text
  let value = 0
  for (const [letters, worth] of ROMAN) {
    while (rest.startsWith(letters)) {
      value += worth
      rest = rest.slice(letters.length)
    }
  }
  if (rest !== '' || value === 0 || value > 3999) return 0
  let back = ''
  let left = value
  for (const [letters, worth] of ROMAN) {
    while (left >= worth) {
      back += letters
      left -= worth
    }
  }
  return back === text ? value : 0
}
