// In: the ICC profile of a press, and how much ink its paper bears. Out: colours of screens as inks, and inks as they look on a screen,
// by Little CMS as WebAssembly. The same bytes on every machine.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Lcms } from 'lcms-wasm'
import { Unreadable } from '../images/raster.js'
import { withLimit } from '../images/resvg.js'

/** Inks as a press has them: cyan, magenta, yellow, black. */
export interface Press {
  /** The profile itself, for the file. */
  profile: Uint8Array
  /** What its maker calls it. */
  called: string
  /** All inks on one spot, percent; undefined: as many as the profile makes. */
  ink: number | undefined
  /** Pixels of three bytes, sRGB, as pixels of four: 0 no ink, 255 all of it. */
  toInks(pixels: Uint8Array): Uint8Array
  /** And back. */
  toScreen(pixels: Uint8Array): Uint8Array
}

/** The profile that comes with Octavo: coated paper in offset, from Fogra's measurements (assets/icc/README.md). */
let house: Promise<Uint8Array> | undefined
export function houseProfile(): Promise<Uint8Array> {
  house ??= readFile(new URL('../../../assets/icc/coated-fogra39.icc', import.meta.url))
  return house
}

/** Of WebAssembly’s memory, pages of 64 kB: what a profile can ask for is bounded. */
const PAGES = 8_192

/** Pixels that are given to the engine at once. */
const SOME = 1 << 16

/** Profiles that are held open: a server makes books for many printers. */
const HELD = 4

interface Turns {
  called: string
  /** Of the engine: from sRGB to inks, and back. */
  there: number
  back: number
}

interface Engine {
  lcms: Lcms
  names: typeof import('lcms-wasm')
  /** By profile, the one that was used last at the end. */
  held: Map<string, Turns>
}

let started: Promise<Engine> | undefined

function start(): Promise<Engine> {
  started ??= (async () => {
    const names = await import('lcms-wasm')
    const wasm = await readFile(createRequire(import.meta.url).resolve('lcms-wasm/dist/lcms.wasm'))
    const silent = { print: () => undefined, printErr: () => undefined }
    return { lcms: await names.instantiate({ wasmBinary: withLimit(wasm, PAGES), ...silent }), names, held: new Map() }
  })()
  return started
}

/** Throws Unreadable for a profile that the engine does not take. */
export async function openPress(profile: Uint8Array, ink?: number): Promise<Press> {
  const engine = await start()
  const key = createHash('sha256').update(profile).digest('hex')
  const most = ink === undefined ? undefined : Math.round((ink * 255) / 100)
  const limited = (pixels: Uint8Array) => (most === undefined ? pixels : limitInk(pixels, most))
  const turns = () => turnsOf(engine, key, profile)
  return {
    ...{ profile, ink, called: turns().called },
    toInks: (pixels) => limited(turn(engine.lcms, turns().there, pixels, 3, 4)),
    toScreen: (pixels) => turn(engine.lcms, turns().back, pixels, 4, 3),
  }
}

function turnsOf(engine: Engine, key: string, profile: Uint8Array): Turns {
  const { lcms, held } = engine
  let turns = held.get(key)
  if (turns === undefined) {
    try {
      turns = open(engine, profile)
    } catch (reason) {
      // What ends WebAssembly leaves it as it was at that moment.
      if (!(reason instanceof Unreadable)) started = undefined
      throw refused()
    }
  }
  held.delete(key)
  held.set(key, turns)
  for (const [oldest, { there, back }] of held) {
    if (held.size <= HELD) break
    held.delete(oldest)
    lcms.cmsDeleteTransform(there)
    lcms.cmsDeleteTransform(back)
  }
  return turns
}

/** Pixels of three bytes of another device, a camera or a program, by the profile in their file, as sRGB; undefined if that is none that is followed. */
export async function fromDevice(profile: Uint8Array, pixels: Uint8Array): Promise<Uint8Array | undefined> {
  if (!isPlainRgb(profile)) return undefined
  const { lcms, names } = await start()
  try {
    const device = lcms.cmsOpenProfileFromMem(profile, profile.length)
    if (device === 0) return undefined
    const screen = lcms.cmsCreate_sRGBProfile()
    const [how, black] = [names.INTENT_RELATIVE_COLORIMETRIC, names.cmsFLAGS_BLACKPOINTCOMPENSATION]
    const made = lcms.cmsCreateTransform(device, names.TYPE_RGB_8, screen, names.TYPE_RGB_8, how, black)
    lcms.cmsCloseProfile(device)
    lcms.cmsCloseProfile(screen)
    if (made === 0) return undefined
    const out = turn(lcms, made, pixels, 3, 3)
    lcms.cmsDeleteTransform(made)
    return out
  } catch {
    started = undefined
    return undefined
  }
}

/** Of three lights, each with its colour and its curve: what cameras and programs put into pictures. */
function isPlainRgb(profile: Uint8Array): boolean {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength)
  const word = (at: number) => String.fromCharCode(...profile.subarray(at, at + 4))
  if (profile.length < 132 || profile.length > 1 << 20 || word(16) !== 'RGB ' || word(36) !== 'acsp') return false
  const count = view.getUint32(128)
  if (count > 100 || 132 + 12 * count > profile.length) return false
  const tags = Array.from({ length: count }, (_, i) => word(132 + 12 * i))
  return tags.includes('rXYZ') && tags.includes('rTRC') && !tags.some((tag) => /^(?:A2B|B2A|D2B|B2D)/.test(tag))
}

function refused(): Unreadable {
  return new Unreadable('is a profile that no colours can be turned by')
}

function open({ lcms, names }: Engine, profile: Uint8Array): Turns {
  const press = lcms.cmsOpenProfileFromMem(profile, profile.length)
  if (press === 0) throw refused()
  const screen = lcms.cmsCreate_sRGBProfile()
  // As the trade does it: what a press cannot show becomes the nearest that it can, black becomes its black.
  const [how, black] = [names.INTENT_RELATIVE_COLORIMETRIC, names.cmsFLAGS_BLACKPOINTCOMPENSATION]
  const there = lcms.cmsCreateTransform(screen, names.TYPE_RGB_8, press, names.TYPE_CMYK_8, how, black)
  const back = lcms.cmsCreateTransform(press, names.TYPE_CMYK_8, screen, names.TYPE_RGB_8, how, black)
  const called = lcms.cmsGetProfileInfoASCII(press, names.cmsInfoDescription, 'en', 'US')
  lcms.cmsCloseProfile(press)
  lcms.cmsCloseProfile(screen)
  if (there !== 0 && back !== 0) return { called: called.replace(/[^\x20-\x7e]/g, '').slice(0, 200), there, back }
  for (const one of [there, back]) if (one !== 0) lcms.cmsDeleteTransform(one)
  throw refused()
}

function turn(lcms: Lcms, transform: number, pixels: Uint8Array, from: number, to: number): Uint8Array {
  const count = pixels.length / from
  const out = new Uint8Array(count * to)
  for (let at = 0; at < count; at += SOME) {
    const some = Math.min(SOME, count - at)
    out.set(lcms.cmsDoTransform(transform, pixels.subarray(at * from, (at + some) * from), some), at * to)
  }
  return out
}

/**
 * At most so much ink on a spot, of 255 for one: what cyan, magenta and yellow have in common is grey, and is given to black, which says
 * the same with a third of the ink; what is still too much, all three are made less of, alike.
 */
export function limitInk(pixels: Uint8Array, most: number): Uint8Array {
  for (let i = 0; i < pixels.length; i += 4) {
    let [c, m, y, k] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!, pixels[i + 3]!]
    const over = c + m + y + k - most
    if (over <= 0) continue
    const moved = Math.min(Math.ceil(over / 2), c, m, y, 255 - k)
    c -= moved
    m -= moved
    y -= moved
    k += moved
    const rest = c + m + y
    const room = Math.max(0, most - k)
    const scale = rest > room ? room / rest : 1
    pixels[i] = Math.floor(c * scale)
    pixels[i + 1] = Math.floor(m * scale)
    pixels[i + 2] = Math.floor(y * scale)
    pixels[i + 3] = k
  }
  return pixels
}
