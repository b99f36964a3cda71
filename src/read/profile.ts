// In: the ICC profile that an edition names. Out: its bytes, if it is the profile of a press with four inks that is whole and of a
// sensible size; or what is wrong with it, told where the manifest asks for the edition. ICC.1:2022, 7.2 (header), 7.3 (tags), 10.10 to 10.13 (tables).
import { error, type Place, type Report } from '../diagnostic.js'
import { type Folder, within } from '../folder.js'
import type { Places } from '../model/book.js'
import type { Editions } from '../model/editions.js'
import { FIXED } from '../model/limits.js'
import { readBytes } from './book-folder.js'
import { shown } from './manifest/fields.js'

const HEADER = 128
/** Of a profile of four inks: to the colours that are seen, and back. */
const NEEDED = ['A2B0', 'B2A0']

/** By path as the manifest has it; undefined if no edition names any. */
export function readProfiles(
  editions: Editions,
  places: Places['editions'],
  folder: Folder,
  report: Report,
): Map<string, Uint8Array> | undefined {
  const profiles = new Map<string, Uint8Array>()
  const seen = new Set<string>()
  for (const name of ['print', 'cover-wrap'] as const) {
    const path = editions[name]?.profile
    if (path === undefined || seen.has(path)) continue
    seen.add(path)
    const bytes = readProfile(path, places[name], folder, report)
    if (bytes !== undefined) profiles.set(path, bytes)
  }
  return profiles.size > 0 ? profiles : undefined
}

function readProfile(path: string, place: Place, folder: Folder, report: Report): Uint8Array | undefined {
  const found = within('', path)
  if ('refused' in found) {
    const message = `the profile \`${shown(path)}\` is refused: ${found.refused}`
    error(report, 'bad-path', place, message, 'write its path in the book folder: press/coated.icc')
    return undefined
  }
  const bytes = readBytes(folder, found.path, FIXED.profile.value << 20, 'file', place, report)
  if (bytes === undefined) return undefined
  const fault = faultOf(bytes)
  if (fault === undefined) return bytes
  const hint = 'ask the printer for the ICC profile of its paper: one of four inks, CMYK'
  error(report, 'bad-profile', place, `\`${shown(path)}\` ${fault}`, hint)
  return undefined
}

/** In words that follow its name. */
export function faultOf(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER + 4 || word(bytes, 36) !== 'acsp') return 'is no ICC profile'
  if (view.getUint32(0) > bytes.length) return 'ends before the profile does'
  const [kind, space, seen] = [word(bytes, 12), word(bytes, 16), word(bytes, 20)]
  if (space !== 'CMYK')
    return `is a profile of ${/^[A-Za-z0-9 ]{4}$/.test(space) ? space.trim() : 'other'} colours, not of four inks`
  if (kind !== 'prtr') return 'is not the profile of a press'
  if (seen !== 'Lab ' && seen !== 'XYZ ') return 'is a link between devices, not a profile'
  const count = view.getUint32(HEADER)
  if (count > 100 || HEADER + 4 + 12 * count > bytes.length) return 'has a table of tags that is not whole'
  const tags = new Map<string, Uint8Array>()
  for (let i = 0; i < count; i++) {
    const at = HEADER + 4 + 12 * i
    const [from, size] = [view.getUint32(at + 4), view.getUint32(at + 8)]
    if (from + size > bytes.length) return 'ends before the profile does'
    tags.set(word(bytes, at), bytes.subarray(from, from + size))
  }
  if (NEEDED.some((name) => !tags.has(name))) return 'has no tables for four inks'
  // What a table says of its size is what the engine takes memory for.
  for (const [name, tag] of tags)
    if (/^(?:A2B|B2A|gamt|pre|D2B|B2D)/.test(name) && !isWholeTable(tag)) return 'has a table that is not whole'
  return undefined
}

function isWholeTable(tag: Uint8Array): boolean {
  const type = word(tag, 0)
  const [inputs = 0, outputs = 0, grid = 0] = tag.subarray(8)
  if (inputs < 1 || inputs > 4 || outputs < 1 || outputs > 4) return false
  const view = new DataView(tag.buffer, tag.byteOffset, tag.byteLength)
  if (type === 'mft1') return 48 + 256 * (inputs + outputs) + grid ** inputs * outputs <= tag.length
  if (type === 'mft2') {
    if (tag.length < 52) return false
    const curves = view.getUint16(48) * inputs + view.getUint16(50) * outputs
    return 52 + 2 * (curves + grid ** inputs * outputs) <= tag.length
  }
  if ((type !== 'mAB ' && type !== 'mBA ') || tag.length < 32) return false
  const at = view.getUint32(24)
  if (at === 0) return true
  if (at + 20 > tag.length) return false
  const points = tag.subarray(at, at + inputs).reduce((all, one) => all * one, 1)
  return at + 20 + points * outputs * tag[at + 16]! <= tag.length
}

function word(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}
