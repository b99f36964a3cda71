// In: a whole font file, and what of it is used. Out: the same font with nothing else in it, as a font file.
// By HarfBuzz's own subsetter, a WebAssembly module without imports that comes with harfbuzzjs.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export interface SubsetOptions {
  /** Characters to keep, with every glyph that the kept features can make of them. */
  unicodes?: Iterable<number> | undefined
  /** Glyphs to keep, by number. .notdef and the parts of composite glyphs always stay. */
  glyphs?: Iterable<number> | undefined
  /** OpenType features to keep beside HarfBuzz's default ones (kern, liga, locl, mark …): 'smcp', 'onum' … */
  features?: readonly string[] | undefined
  /** Glyphs keep their numbers; those left out are empty. */
  retainGlyphIds?: boolean | undefined
  /** Leave out what only shaping needs (GSUB, GPOS, GDEF, BASE, kern) and add no glyph on account of it. */
  dropLayout?: boolean | undefined
  /** Leave out TrueType instructions. */
  dropHints?: boolean | undefined
  /** Further tables to leave out, by tag. */
  dropTables?: readonly string[] | undefined
  /** Make a variable font a plain one, at its default. */
  pinAxes?: boolean | undefined
}

/** The functions of the module that we call; pointers and sizes are numbers into its memory. */
interface Subsetter {
  memory: WebAssembly.Memory
  _initialize(): void
  malloc(size: number): number
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number
  hb_blob_get_data(blob: number, length: number): number
  hb_blob_get_length(blob: number): number
  hb_face_create(blob: number, index: number): number
  hb_face_reference_blob(face: number): number
  hb_set_add(set: number, value: number): void
  hb_subset_input_create_or_fail(): number
  hb_subset_input_unicode_set(input: number): number
  hb_subset_input_glyph_set(input: number): number
  hb_subset_input_set(input: number, kind: number): number
  hb_subset_input_set_flags(input: number, flags: number): void
  hb_subset_input_pin_all_axes_to_default(input: number, face: number): number
  hb_subset_or_fail(face: number, input: number): number
}

// From hb-subset.h and hb-blob.h: numbers of enumerations.
const READONLY = 1
const NO_HINTING = 0x1
const RETAIN_GIDS = 0x2
const NO_LAYOUT_CLOSURE = 0x200
const DROP_TABLE_TAG = 3
const LAYOUT_FEATURE_TAG = 6

const LAYOUT_TABLES = ['GSUB', 'GPOS', 'GDEF', 'BASE', 'JSTF', 'MATH', 'kern', 'DSIG']

/** Compiled once in a process; every call gets an instance of its own, so that calls share no memory and no state. */
let compiled: Promise<WebAssembly.Module> | undefined

function compile(): Promise<WebAssembly.Module> {
  compiled ??= readFile(createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm')).then((bytes) =>
    WebAssembly.compile(bytes),
  )
  return compiled
}

/** Throws if `font` is not a font that HarfBuzz can cut down. The same input gives the same bytes. */
export async function subset(font: Uint8Array, options: SubsetOptions): Promise<Uint8Array> {
  const instance = await WebAssembly.instantiate(await compile(), {})
  const hb = instance.exports as unknown as Subsetter
  hb._initialize()
  // Nothing is freed: the instance and its memory go as one when this function returns.
  const at = hb.malloc(font.byteLength)
  if (at === 0) throw new Error('out of memory for a font')
  new Uint8Array(hb.memory.buffer, at, font.byteLength).set(font)
  const face = hb.hb_face_create(hb.hb_blob_create(at, font.byteLength, READONLY, 0, 0), 0)
  const input = hb.hb_subset_input_create_or_fail()
  if (input === 0) throw new Error('out of memory for a font')

  const addAll = (set: number, values: Iterable<number>) => {
    for (const value of values) hb.hb_set_add(set, value)
  }
  addAll(hb.hb_subset_input_unicode_set(input), options.unicodes ?? [])
  addAll(hb.hb_subset_input_glyph_set(input), options.glyphs ?? [])
  addAll(hb.hb_subset_input_set(input, LAYOUT_FEATURE_TAG), (options.features ?? []).map(tag))
  const drop = [...(options.dropLayout ? LAYOUT_TABLES : []), ...(options.dropTables ?? [])]
  addAll(hb.hb_subset_input_set(input, DROP_TABLE_TAG), drop.map(tag))
  hb.hb_subset_input_set_flags(
    input,
    (options.dropHints ? NO_HINTING : 0) |
      (options.retainGlyphIds ? RETAIN_GIDS : 0) |
      (options.dropLayout ? NO_LAYOUT_CLOSURE : 0),
  )

  // Says no if the font has no axes, which is as well.
  if (options.pinAxes) hb.hb_subset_input_pin_all_axes_to_default(input, face)
  const made = hb.hb_subset_or_fail(face, input)
  if (made === 0) throw new Error('not a font that can be subset')
  const blob = hb.hb_face_reference_blob(made)
  const length = hb.hb_blob_get_length(blob)
  if (length === 0) throw new Error('not a font that can be subset')
  return new Uint8Array(hb.memory.buffer, hb.hb_blob_get_data(blob, 0), length).slice()
}

/** An OpenType tag as a number, big end first. */
function tag(name: string): number {
  const code = (i: number) => (i < name.length ? name.charCodeAt(i) : 0x20)
  return ((code(0) << 24) | (code(1) << 16) | (code(2) << 8) | code(3)) >>> 0
}
