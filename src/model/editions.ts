// What to make of the book: the editions and their settings, lengths in points.
import { CONDITIONS, STANDARDS, type Standard } from './inks.js'
import {
  BINDINGS,
  type Binding,
  COLOURINGS,
  type Colouring,
  RECEIVER_NAMES,
  RECEIVERS,
  type ReceiverName,
  STOCKS,
  type Stock,
} from './receivers.js'
import type { Trim } from './sizes.js'

export type { Trim }

export interface Editions {
  epub?: EpubEdition | undefined
  kepub?: KepubEdition | undefined
  web?: WebEdition | undefined
  pdf?: PdfEdition | undefined
  print?: PrintEdition | undefined
  booklet?: BookletEdition | undefined
  'cover-wrap'?: WrapEdition | undefined
}

export type EditionName = keyof Editions

/** Where a book is read. A theme may say of each what is otherwise there. */
export const MEDIA = ['print', 'screen', 'epub'] as const
export type Medium = (typeof MEDIA)[number]

export interface EpubEdition {
  /** The cover as shops ask for it, as a file of its own. */
  'cover-image'?: boolean | undefined
  /** Is to be said what Kindle would choke on? */
  kindle?: boolean | undefined
}

/** It has no settings. */
export type KepubEdition = Record<never, never>

/** It has no settings. */
export type WebEdition = Record<never, never>

export interface PdfEdition {
  /** In the order of annex F of ISO 32000-1, for the web. */
  linear?: boolean | undefined
  /** undefined: the theme's own page. */
  trim?: Trim | undefined
}

export interface PrintEdition {
  trim?: Trim | undefined
  /** Whose rules hold. */
  for?: ReceiverName | undefined
  stock: Stock
  colour: Colouring
  /** Beside black, the ink of this can: the theme’s colours that are mixed from it are printed in it. */
  spot?: string | undefined
  /** 'auto': what the receiver asks for, where any page has something at its edge. */
  bleed: number | 'auto'
  marks: boolean
  /** Added to the inside margin; 'auto': by the number of pages. */
  gutter: number | 'auto'
  cover: boolean
  /** The page count is made a multiple of this. */
  multiple: number
  standard: Standard
  /** The printer's own ICC profile, a file of the book; undefined: the house's, if `condition` says nothing else. */
  profile?: string | undefined
  /** A printing condition by its name in the registry. */
  condition?: string | undefined
  /** All inks on one spot, percent; undefined: the receiver's, or what the profile makes. */
  ink?: number | undefined
}

export interface BookletEdition {
  /** Sheet, portrait measure. */
  sheet: Trim
  /** Pages in a signature, a multiple of four; 'auto': one signature while that can be stapled, then sixteens. */
  signature: number | 'auto'
  /** Points that the innermost sheet's pages move towards the spine in all; 'auto': from the paper. */
  creep: number | 'auto'
  /** Thickness of one sheet. */
  paper: number
  /** Once, with leaves to be stapled or sewn; twice; or three times, to a zine of one sheet. */
  fold: 'half' | 'quarter' | 'eighth'
}

/** Back, spine and front on one sheet. What it does not say of itself is as the edition `print` has it. */
export interface WrapEdition {
  for?: ReceiverName | undefined
  stock: Stock
  colour: Colouring
  trim?: Trim | undefined
  /** The inside has a multiple of so many pages; undefined: the receiver's. */
  multiple?: number | undefined
  /** Thickness of a leaf; undefined: by receiver, stock and colour. */
  paper?: number | undefined
  /** Beyond the trim; undefined: the receiver's. */
  bleed?: number | undefined
  marks: boolean
  /** A paper cover, the printed paper around boards, or a jacket around such a book. */
  binding: Binding
  /** Width of each flap; undefined: the trade's for a jacket, none otherwise. */
  flaps?: number | undefined
  /** Of a bound book: how far its boards go beyond the pages, the joint beside the spine, what is folded in around the boards, and what they add to the spine; undefined: the receiver's, or the trade's. */
  overhang?: number | undefined
  hinge?: number | undefined
  'turn-in'?: number | undefined
  boards?: number | undefined
  /** Paths of pictures: the whole sheet as the author drew it; the author; the mark of who publishes it. */
  art?: string | undefined
  portrait?: string | undefined
  mark?: string | undefined
  /** Which way the spine is read; 'auto': by the custom of the language, nothing on a thin one. */
  spine: 'auto' | 'down' | 'up' | 'none'
  /** Five figures beside the barcode, as the trade codes a price: 51499. */
  price?: number | undefined
  /** Folds and safe areas are drawn over it: to look at, not to send. */
  template: boolean
  standard: Standard
  profile?: string | undefined
  condition?: string | undefined
  ink?: number | undefined
}

/** A setting of an edition: its kind, its limits (lengths in points), and what it is when nobody says anything. */
export type Setting<T> = { usual: T } & (
  | { kind: 'size' }
  /** The path of a file of the book. */
  | { kind: 'file' }
  | { kind: 'text' }
  | { kind: 'flag' }
  | { kind: 'choice'; of: readonly string[] }
  /** `auto`: may be said to be 'auto'. */
  | { kind: 'length'; least: number; most: number; auto?: true }
  | { kind: 'whole'; least: number; most: number; auto?: true; step?: { of: number; said: string; hint: string } }
)

export interface EditionKind<E> {
  /** What follows the slug in the name of its file. */
  ending: string
  medium: Medium
  /** It is a folder of files. */
  folder?: true
  /** It shows pages: 'apart' if those can be painted on another thread too; 'count': it asks only how many they are. */
  pages: false | 'whole' | 'apart' | 'count'
  settings: { [K in keyof Required<E>]: Setting<E[K]> }
}

const MM = 72 / 25.4

/**
 * Every edition, in the order in which they are made and named; readers cite the pages of the first that has any. What writes
 * one stands in its own folder, and in one line of `pdf/index.ts` or, if it shows no pages, of `build/texts.ts`.
 */
export const EDITIONS: { readonly [N in EditionName]: EditionKind<NonNullable<Editions[N]>> } = {
  epub: {
    ending: '.epub',
    medium: 'epub',
    pages: false,
    settings: { 'cover-image': { kind: 'flag', usual: false }, kindle: { kind: 'flag', usual: false } },
  },
  kepub: { ending: '.kepub.epub', medium: 'epub', pages: false, settings: {} },
  web: { ending: '-web', medium: 'epub', pages: false, folder: true, settings: {} },
  pdf: {
    ending: '.pdf',
    medium: 'screen',
    pages: 'apart',
    settings: { trim: { kind: 'size', usual: undefined }, linear: { kind: 'flag', usual: false } },
  },
  print: {
    ending: '-print.pdf',
    medium: 'print',
    pages: 'whole',
    settings: {
      trim: { kind: 'size', usual: undefined },
      for: { kind: 'choice', of: RECEIVER_NAMES, usual: undefined },
      stock: { kind: 'choice', of: STOCKS, usual: 'white' },
      colour: { kind: 'choice', of: COLOURINGS, usual: 'black' },
      spot: { kind: 'text', usual: undefined },
      bleed: { kind: 'length', least: 0, most: 20 * MM, auto: true, usual: 3 * MM },
      marks: { kind: 'flag', usual: false },
      gutter: { kind: 'length', least: 0, most: 40 * MM, auto: true, usual: 'auto' },
      cover: { kind: 'flag', usual: false },
      multiple: { kind: 'whole', least: 1, most: 64, usual: 2 },
      standard: { kind: 'choice', of: STANDARDS, usual: 'x-4' },
      profile: { kind: 'file', usual: undefined },
      condition: { kind: 'choice', of: CONDITIONS, usual: undefined },
      ink: { kind: 'whole', least: 100, most: 400, usual: undefined },
    },
  },
  booklet: {
    ending: '-booklet.pdf',
    medium: 'print',
    pages: 'whole',
    settings: {
      sheet: { kind: 'size', usual: { width: 210 * MM, height: 297 * MM } },
      signature: {
        ...{ kind: 'whole', least: 4, most: 128, auto: true, usual: 'auto' },
        step: { of: 4, said: 'a multiple of four', hint: 'write 8, 16 or 32' },
      },
      creep: { kind: 'length', least: 0, most: 20 * MM, auto: true, usual: 'auto' },
      paper: { kind: 'length', least: 0, most: 2 * MM, usual: 0.1 * MM },
      fold: { kind: 'choice', of: ['half', 'quarter', 'eighth'], usual: 'half' },
    },
  },
  'cover-wrap': {
    ending: '-cover.pdf',
    medium: 'print',
    pages: 'count',
    settings: {
      for: { kind: 'choice', of: RECEIVER_NAMES, usual: undefined },
      stock: { kind: 'choice', of: STOCKS, usual: 'white' },
      colour: { kind: 'choice', of: COLOURINGS, usual: 'black' },
      trim: { kind: 'size', usual: undefined },
      multiple: { kind: 'whole', least: 1, most: 64, usual: undefined },
      paper: { kind: 'length', least: 0.02 * MM, most: 2 * MM, usual: undefined },
      bleed: { kind: 'length', least: 0, most: 30 * MM, usual: undefined },
      marks: { kind: 'flag', usual: false },
      binding: { kind: 'choice', of: BINDINGS, usual: 'paper' },
      flaps: { kind: 'length', least: 0, most: 200 * MM, usual: undefined },
      overhang: { kind: 'length', least: 0, most: 20 * MM, usual: undefined },
      hinge: { kind: 'length', least: 0, most: 30 * MM, usual: undefined },
      'turn-in': { kind: 'length', least: 5 * MM, most: 50 * MM, usual: undefined },
      boards: { kind: 'length', least: 0, most: 20 * MM, usual: undefined },
      art: { kind: 'file', usual: undefined },
      portrait: { kind: 'file', usual: undefined },
      mark: { kind: 'file', usual: undefined },
      spine: { kind: 'choice', of: ['auto', 'down', 'up', 'none'], usual: 'auto' },
      price: { kind: 'whole', least: 0, most: 99_999, usual: undefined },
      template: { kind: 'flag', usual: false },
      standard: { kind: 'choice', of: STANDARDS, usual: 'x-4' },
      profile: { kind: 'file', usual: undefined },
      condition: { kind: 'choice', of: CONDITIONS, usual: undefined },
      ink: { kind: 'whole', least: 100, most: 400, usual: undefined },
    },
  },
}

export const EDITION_NAMES = Object.keys(EDITIONS) as readonly EditionName[]

/** Editions of running text. */
export type TextName = 'epub' | 'kepub' | 'web'
export type PagedName = Exclude<EditionName, TextName | 'cover-wrap'>

export const PAGED_NAMES = EDITION_NAMES.filter(
  (name): name is PagedName => EDITIONS[name].pages === 'whole' || EDITIONS[name].pages === 'apart',
)
export const TEXT_NAMES = EDITION_NAMES.filter((name): name is TextName => EDITIONS[name].pages === false)

/** What a receiver makes of the settings of which the author says nothing. */
export function presetOf(name: ReceiverName): Partial<PrintEdition> {
  const { multiple, marks, files } = RECEIVERS[name]
  return {
    ...{ bleed: 'auto', marks: marks, gutter: 'auto', multiple, for: name },
    ...{ standard: files.standards[0]!, ink: files.ink },
  }
}

/** Every setting of an edition as `of` says, or else as it usually is. */
export function settle<N extends EditionName>(
  name: N,
  of: (key: string, setting: Setting<unknown>) => unknown = () => undefined,
): NonNullable<Editions[N]> {
  const settings = Object.entries<Setting<unknown>>(EDITIONS[name].settings)
  return Object.fromEntries(
    settings.map(([key, setting]) => [key, of(key, setting) ?? setting.usual]),
  ) as unknown as NonNullable<Editions[N]>
}
