// In: a finished file, and the standard that it promises. Out: what of it the standard forbids, by the rules of ISO 15930-1 (PDF/X-1a:2001), -4 (1a:2003),
// -3 and -6 (X-3) and -7 (X-4). The rules are ours, from the standards' texts: no judge of PDF/X is known that anybody may use.
import { forgivable, NOWHERE, type Report } from '../../diagnostic.js'
import type { Standard } from '../../model/inks.js'
import { type Dict, Name, type Obj, operators, type Read, readPdf, Stream, Text } from './read-pdf.js'

/** What it may have: RGB that a profile defines, transparency; its version of PDF, and the key of its name. */
const RULES: {
  readonly [S in Exclude<Standard, 'none'>]: { rgb: boolean; transparency: boolean; version: string; key: string }
} = {
  'x-1a:2001': { rgb: false, transparency: false, version: '1.3', key: 'PDF/X-1:2001' },
  'x-1a:2003': { rgb: false, transparency: false, version: '1.4', key: 'PDF/X-1a:2003' },
  'x-3:2002': { rgb: true, transparency: false, version: '1.3', key: 'PDF/X-3:2002' },
  'x-3:2003': { rgb: true, transparency: false, version: '1.4', key: 'PDF/X-3:2003' },
  'x-4': { rgb: true, transparency: true, version: '1.6', key: '' },
}

export const CALLED: { readonly [S in Standard]: string } = {
  'x-1a:2001': 'PDF/X-1a:2001',
  'x-1a:2003': 'PDF/X-1a:2003',
  'x-3:2002': 'PDF/X-3:2002',
  'x-3:2003': 'PDF/X-3:2003',
  'x-4': 'PDF/X-4',
  none: 'no standard',
}

export function proveStandard(bytes: Uint8Array, standard: Standard, report: Report): void {
  for (const fault of faultsOf(bytes, standard))
    forgivable(
      report,
      'print-standard',
      NOWHERE,
      `the file is not ${CALLED[standard]}: ${fault}`,
      'this is a fault of Octavo’s; another `standard` may do meanwhile',
    )
}

/** In words, each once. */
export function faultsOf(bytes: Uint8Array, standard: Standard): string[] {
  if (standard === 'none') return []
  const rules = RULES[standard]
  const faults = new Set<string>()
  const wrong = (is: boolean, fault: string) => void (is && faults.add(fault))
  const head = Buffer.from(bytes.subarray(0, 9)).toString('latin1')
  wrong(head.slice(0, 8) > `%PDF-${rules.version}`, `it is of a version of PDF after ${rules.version}`)
  const pdf = readPdf(bytes)
  proveDocument(pdf, standard, wrong)
  for (const page of pdf.pages) provePage(pdf, page, wrong)
  for (const object of pdf.objects.values()) for (const each of within(object)) proveObject(pdf, each, rules, wrong)
  for (const page of pdf.pages) {
    const contents = pdf.get(page.get('Contents'))
    if (contents instanceof Stream) proveContent(contents, wrong)
  }
  return [...faults]
}

/** The object, and the dictionaries in it. */
function* within(object: Obj): Generator<Obj> {
  yield object
  const parts = object instanceof Stream ? object.dict.values() : object instanceof Map ? object.values() : []
  for (const part of Array.isArray(object) ? object : parts)
    if (part instanceof Map || Array.isArray(part)) yield* within(part)
}

type Wrong = (is: boolean, fault: string) => void

function proveDocument(pdf: Read, standard: Exclude<Standard, 'none'>, wrong: Wrong): void {
  const { trailer, catalog } = pdf
  wrong(trailer.has('Encrypt'), 'it is locked')
  wrong(pdf.array(trailer.get('ID')).length !== 2, 'it has no ID')
  const info = pdf.dict(trailer.get('Info'))
  const said = (key: string) => textOf(pdf, info.get(key))
  for (const key of ['Title', 'Creator', 'Producer', 'CreationDate', 'ModDate'])
    wrong((said(key) ?? '') === '', `its information lacks ${key}`)
  const trapped = pdf.get(info.get('Trapped'))
  wrong(!(trapped instanceof Name) || trapped.name === 'Unknown', 'it does not say whether it is trapped')
  if (standard === 'x-4') {
    const xmp = pdf.get(catalog.get('Metadata'))
    const packet = xmp instanceof Stream ? xmp.bytes.toString('utf8') : ''
    wrong(!packet.includes('<pdfxid:GTS_PDFXVersion>PDF/X-4</'), 'its metadata do not name the standard')
    wrong(!packet.includes('<xmpMM:DocumentID>'), 'its metadata name no document')
  } else {
    wrong(said('GTS_PDFXVersion') !== RULES[standard].key, 'its information does not name the standard')
    wrong(
      standard === 'x-1a:2001' && said('GTS_PDFXConformance') !== 'PDF/X-1a:2001',
      'its information does not name the standard',
    )
  }
  const intents = pdf
    .array(catalog.get('OutputIntents'))
    .map((one) => pdf.dict(one))
    .filter((one) => nameOf(pdf, one.get('S')) === 'GTS_PDFX')
  wrong(intents.length !== 1, `it has ${intents.length} conditions of printing`)
  const [intent] = intents
  if (intent !== undefined) {
    const profile = pdf.get(intent.get('DestOutputProfile'))
    const isNamed = textOf(pdf, intent.get('RegistryName')) === 'http://www.color.org'
    wrong((textOf(pdf, intent.get('OutputConditionIdentifier')) ?? '') === '', 'its condition of printing has no name')
    wrong(!(profile instanceof Stream) && !isNamed, 'its condition of printing is neither registered nor described')
    wrong(!(profile instanceof Stream) && standard === 'x-4', 'its condition of printing has no profile')
    wrong(
      profile instanceof Stream && /^x-1a/.test(standard) && profile.dict.get('N') !== 4,
      'its condition of printing is not of four inks',
    )
  }
  for (const key of ['OpenAction', 'AA', 'AcroForm']) wrong(catalog.has(key), `it has ${key}`)
  const names = catalog.has('Names') ? pdf.dict(catalog.get('Names')) : new Map()
  wrong(names.has('JavaScript') || names.has('EmbeddedFiles'), 'it has scripts or files in it')
}

function provePage(pdf: Read, page: Dict, wrong: Wrong): void {
  const box = (key: string) => (page.has(key) ? (pdf.array(page.get(key)) as number[]) : undefined)
  const [media, bleed, trim] = [box('MediaBox'), box('BleedBox'), box('TrimBox')]
  wrong(trim === undefined, 'a page does not say where it is cut')
  wrong(page.has('ArtBox') && trim !== undefined, 'a page has a trim and an art box')
  const within = (inner: number[] | undefined, outer: number[] | undefined) =>
    inner === undefined ||
    outer === undefined ||
    (inner[0]! >= outer[0]! - 0.01 &&
      inner[1]! >= outer[1]! - 0.01 &&
      inner[2]! <= outer[2]! + 0.01 &&
      inner[3]! <= outer[3]! + 0.01)
  wrong(
    !within(trim, bleed) || !within(bleed, media) || !within(trim, media),
    'a page’s boxes do not lie in each other',
  )
  wrong(page.has('Annots') || page.has('AA'), 'a page has notes or actions')
}

const INKS = new Set(['DeviceCMYK', 'DeviceGray', 'Separation', 'DeviceN', 'Pattern'])
const PROFILED = new Set([...INKS, 'ICCBased', 'CalGray', 'CalRGB', 'Lab'])

function proveObject(
  pdf: Read,
  object: Obj,
  { rgb, transparency }: { rgb: boolean; transparency: boolean },
  wrong: Wrong,
): void {
  const dict = object instanceof Stream ? object.dict : object
  if (!(dict instanceof Map)) return
  const type = nameOf(pdf, dict.get('Type'))
  const kind = nameOf(pdf, dict.get('Subtype'))
  const space = (value: Obj | undefined): void => {
    const { name, base } = spaceOf(pdf, value)
    if (name === 'Indexed' || name === 'Separation' || name === 'DeviceN') space(base)
    wrong(name !== 'Indexed' && !(rgb ? PROFILED : INKS).has(name), `it has colours in ${name}`)
  }
  if (object instanceof Stream) {
    const filters = [pdf.get(dict.get('Filter'))].flat().map((one) => (one instanceof Name ? one.name : ''))
    wrong(
      filters.some((one) => /^(?:LZW|JBIG2|JPX)Decode$/.test(one)),
      'it is packed in a way that the standard does not have',
    )
    wrong(dict.has('F'), 'it leans on another file')
    wrong(kind === 'PS' || dict.has('OPI') || dict.has('Alternates'), 'it has pictures in other forms')
    if (kind === 'Image') {
      if (dict.get('ImageMask') !== true) space(dict.get('ColorSpace'))
      wrong(!transparency && dict.has('SMask'), 'it is transparent')
    }
    if (kind === 'Form') {
      wrong(!transparency && dict.has('Group'), 'it is transparent')
      proveContent(object, wrong)
    }
  }
  if (dict.has('ColorSpace') && kind !== 'Image') {
    const spaces = pdf.get(dict.get('ColorSpace'))
    if (spaces instanceof Map) for (const one of spaces.values()) space(one)
  }
  if (type === 'FontDescriptor')
    wrong(
      !['FontFile', 'FontFile2', 'FontFile3'].some((key) => pdf.get(dict.get(key)) instanceof Stream),
      'a face is not in it',
    )
  if (type === 'ExtGState') {
    const opaque = [dict.get('ca'), dict.get('CA')].every((one) => one === undefined || one === 1)
    const mode = nameOf(pdf, dict.get('BM'))
    wrong(
      !transparency && (!opaque || dict.has('SMask') || (mode !== undefined && mode !== 'Normal')),
      'it is transparent',
    )
    wrong(dict.has('TR') || dict.has('HTP'), 'it changes the press’s curves')
  }
}

/** Lights without a profile mean nothing to a press. */
function proveContent(stream: Stream, wrong: Wrong): void {
  const text = stream.bytes.toString('latin1')
  // Most pages have not even the letters of it.
  if (!/(?:^|\s)(?:rg|RG)(?:\s|$)/.test(text)) return
  for (const { op } of operators(text)) wrong(op === 'rg' || op === 'RG', 'it has colours in DeviceRGB')
}

function spaceOf(pdf: Read, value: Obj | undefined): { name: string; base?: Obj | undefined } {
  const space = pdf.get(value)
  if (space instanceof Name) return { name: space.name }
  if (!Array.isArray(space)) return { name: 'nothing' }
  const name = nameOf(pdf, space[0]) ?? 'nothing'
  return { name, base: name === 'Indexed' ? space[1] : space[2] }
}

function nameOf(pdf: Read, value: Obj | undefined): string | undefined {
  const got = pdf.get(value)
  return got instanceof Name ? got.name : undefined
}

function textOf(pdf: Read, value: Obj | undefined): string | undefined {
  const got = pdf.get(value)
  return got instanceof Text ? got.text : undefined
}
