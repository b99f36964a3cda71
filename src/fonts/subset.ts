// In: a whole font file, and what of it is used. Out: the same font with nothing else in it, as a font file.
// By HarfBuzz's own subsetter, a WebAssembly module without imports that comes with harfbuzzjs.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { NEVER, optimised } from '../wasm.js'
import { oncePerFont, sameFont } from './same-font.js'

export interface SubsetOptions {
  /** Characters to keep, with every glyph that the kept features can make of them. */
  unicodes?: Iterable<number> | undefined
  /** Glyphs to keep, by number. .notdef and the parts of composite glyphs always stay. */
  glyphs?: Iterable<number> | undefined
  /** OpenType features to keep beside HarfBuzz's default ones (kern, liga, locl, mark …): 'smcp', 'onum' … */
  features?: readonly string[] | undefined
  /** Glyphs keep their numbers; those left out are empty. */
  retainGlyphIds?: boolean | undefined
  /** Leave out what only shaping needs (GSUB, GPOS, GDEF, BASE, kern); then no glyph is added on account of it. */
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
  free(pointer: number): void
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number
  hb_blob_get_data(blob: number, length: number): number
  hb_blob_get_length(blob: number): number
  hb_blob_destroy(blob: number): void
  hb_face_create(blob: number, index: number): number
  hb_face_destroy(face: number): void
  hb_face_reference_blob(face: number): number
  hb_set_add(set: number, value: number): void
  hb_subset_input_create_or_fail(): number
  hb_subset_input_destroy(input: number): void
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
const DROP_TABLE_TAG = 3
const LAYOUT_FEATURE_TAG = 6

const LAYOUT_TABLES = ['GSUB', 'GPOS', 'GDEF', 'BASE', 'JSTF', 'MATH', 'kern', 'DSIG']

/** Started once in a process: that takes longer than a subset. What a call takes of its memory it gives back. */
let started: Promise<Subsetter> | undefined

function start(): Promise<Subsetter> {
  started ??= (async () => {
    const bytes = await readFile(createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm'))
    // One of its functions is 150 KB long: to optimise it takes half a second, and saves nothing in the few calls that a book makes.
    const { exports } = new WebAssembly.Instance(
      optimised(NEVER, () => new WebAssembly.Module(bytes)),
      {},
    )
    const hb = exports as unknown as Subsetter
    hb._initialize()
    return hb
  })()
  return started
}

/** Bytes that are kept of fonts in the module's memory, and of what came of them: a book uses some ten faces, and many books the same letters. */
const MOST_OPEN = 16 << 20
const MOST_MADE = 8 << 20

/** Fonts in the module's memory, latest last. */
const open: { font: Uint8Array; at: number; blob: number; face: number }[] = []

/** By what is asked of each font. */
const madeOf = oncePerFont(() => new Map<string, Uint8Array>())
let made: { of: Map<string, Uint8Array>; size: number }[] = []

/** Throws if `font` is not a font that HarfBuzz can cut down. The same input gives the same bytes; they are not to be changed. */
export async function subset(font: Uint8Array, options: SubsetOptions): Promise<Uint8Array> {
  const { unicodes = [], glyphs = [], features = [], dropTables = [], ...plain } = options
  const asked = { unicodes: [...unicodes], glyphs: [...glyphs], features, dropTables, ...plain }
  // From here on nothing waits, so that calls do not meet in the module's memory.
  const hb = await start()
  const known = madeOf(font)
  const key = JSON.stringify(asked)
  let out = known.get(key)
  if (out === undefined) {
    out = cutDown(hb, sameFont(font), asked)
    let size = made.reduce((sum, each) => sum + each.size, out.length)
    if (size > MOST_MADE) {
      for (const { of } of made) of.clear()
      made = []
      size = out.length
    }
    if (size <= MOST_MADE) {
      known.set(key, out)
      made.push({ of: known, size: out.length })
    }
  }
  return out
}

function cutDown(hb: Subsetter, font: Uint8Array, options: SubsetOptions): Uint8Array {
  const face = faceOf(hb, font)
  const input = hb.hb_subset_input_create_or_fail()
  try {
    if (input === 0) throw new Error('out of memory for a font')
    describe(hb, input, face, options)
    const made = hb.hb_subset_or_fail(face, input)
    if (made === 0) throw new Error('not a font that can be subset')
    const written = hb.hb_face_reference_blob(made)
    const length = hb.hb_blob_get_length(written)
    const out = new Uint8Array(hb.memory.buffer, hb.hb_blob_get_data(written, 0), length).slice()
    hb.hb_blob_destroy(written)
    hb.hb_face_destroy(made)
    if (length === 0) throw new Error('not a font that can be subset')
    return out
  } finally {
    if (input !== 0) hb.hb_subset_input_destroy(input)
  }
}

function faceOf(hb: Subsetter, font: Uint8Array): number {
  const there = open.findIndex((each) => each.font === font)
  if (there >= 0) {
    const [latest] = open.splice(there, 1)
    open.push(latest!)
    return latest!.face
  }
  let size = open.reduce((sum, each) => sum + each.font.byteLength, font.byteLength)
  while (open.length > 0 && size > MOST_OPEN) {
    const { font: oldest, at, blob, face } = open.shift()!
    hb.hb_face_destroy(face)
    hb.hb_blob_destroy(blob)
    hb.free(at)
    size -= oldest.byteLength
  }
  const at = hb.malloc(font.byteLength)
  if (at === 0) throw new Error('out of memory for a font')
  new Uint8Array(hb.memory.buffer, at, font.byteLength).set(font)
  const blob = hb.hb_blob_create(at, font.byteLength, READONLY, 0, 0)
  const face = hb.hb_face_create(blob, 0)
  open.push({ font, at, blob, face })
  return face
}

function describe(hb: Subsetter, input: number, face: number, options: SubsetOptions): void {
  const addAll = (set: number, values: Iterable<number>) => {
    for (const value of values) hb.hb_set_add(set, value)
  }
  addAll(hb.hb_subset_input_unicode_set(input), options.unicodes ?? [])
  addAll(hb.hb_subset_input_glyph_set(input), options.glyphs ?? [])
  addAll(hb.hb_subset_input_set(input, LAYOUT_FEATURE_TAG), (options.features ?? []).map(tag))
  const drop = [...(options.dropLayout ? LAYOUT_TABLES : []), ...(options.dropTables ?? [])]
  addAll(hb.hb_subset_input_set(input, DROP_TABLE_TAG), drop.map(tag))
  hb.hb_subset_input_set_flags(input, (options.dropHints ? NO_HINTING : 0) | (options.retainGlyphIds ? RETAIN_GIDS : 0))
  // Says no if the font has no axes, which is as well.
  if (options.pinAxes) hb.hb_subset_input_pin_all_axes_to_default(input, face)
}

/** An OpenType tag as a number, big end first. */
function tag(name: string): number {
  const code = (i: number) => (i < name.length ? name.charCodeAt(i) : 0x20)
  return ((code(0) << 24) | (code(1) << 16) | (code(2) << 8) | code(3)) >>> 0
}
