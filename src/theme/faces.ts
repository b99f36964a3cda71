// A theme's font files: found, and proved to be fonts that text can be set in. A book's own are held in memory from then on;
// Octavo's own are known to be sound, and read when they are first asked for.
import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { error, type Place, type Report, warning } from '../diagnostic.js'
import { type Folder, inWords, openFolder, readInside, within } from '../folder.js'
import { inPackages, PREFIX } from './installed.js'
import type { Face, Family } from './theme.js'

const CUTS = ['regular', 'italic', 'bold', 'boldItalic'] as const

/** Packages that Octavo brings: a start should not prove their fonts. A test does. */
export const OWN_PACKAGES = [
  '@expo-google-fonts/alegreya',
  '@expo-google-fonts/atkinson-hyperlegible-next',
  '@expo-google-fonts/cormorant-garamond',
  '@expo-google-fonts/eb-garamond',
  '@expo-google-fonts/fraunces',
  '@expo-google-fonts/league-gothic',
  '@expo-google-fonts/libre-franklin',
  '@expo-google-fonts/sorts-mill-goudy',
  '@expo-google-fonts/source-code-pro',
  '@expo-google-fonts/source-sans-3',
  '@expo-google-fonts/source-serif-4',
  '@expo-google-fonts/spectral',
  '@expo-google-fonts/vollkorn',
  'dejavu-fonts-ttf',
]

/** `from`: a book's own theme file; undefined for an installed theme. A file that cannot be had is an error at `placeOf(family, cut)`. */
export async function findFaces(
  families: Record<string, Family>,
  folder: Folder,
  from: string | undefined,
  placeOf: (family: string, cut: string) => Place,
  limit: number,
  report: Report,
): Promise<Face[]> {
  const faces: Face[] = []
  const proofs = new Map<string, Proved | Fault>()
  for (const [name, family] of Object.entries(families)) {
    for (const cut of CUTS) {
      const ref = family.files[cut]
      if (ref === undefined) continue
      const place = placeOf(name, cut)
      const found = locate(ref, folder, from, limit)
      let proof: Proved | Fault
      if ('bytes' in found) {
        proof = proofs.get(ref) ?? (await prove(found.bytes))
        proofs.set(ref, proof)
      } else proof = found
      if ('fault' in proof) {
        error(report, 'theme-font', place, `font file \`${ref}\` ${proof.fault}`, proof.hint)
        continue
      }
      if (proof.doubt !== undefined)
        warning(report, 'theme-font', place, `font file \`${ref}\` ${proof.doubt}`, 'take a fresh copy of it')
      if (proof.closed) {
        const message = `font file \`${ref}\` says that its licence forbids to embed it, and every output embeds it`
        warning(report, 'theme-font', place, message, 'ask its maker for a licence for books, or use another face')
      }
      faces.push(
        withBytes({
          key: `${name}/${cut}`,
          family: family.family,
          weight: cut.startsWith('bold') ? 700 : 400,
          italic: cut === 'italic' || cut === 'boldItalic',
          source: proof.source,
          ...('strange' in found && { strange: true as const }),
        }),
      )
    }
  }
  return faces
}

/** Octavo's own faces, once in a process: they stay as they were installed. */
const own = new Map<string, Uint8Array>()

/** A face as it comes from another thread, ready for use. */
export function withBytes(face: Omit<Face, 'bytes'>): Face {
  const { source } = face
  if (typeof source !== 'string') return { ...face, bytes: () => source }
  return {
    ...face,
    bytes() {
      let bytes = own.get(source)
      if (bytes === undefined) own.set(source, (bytes = readFileSync(source)))
      return bytes
    },
  }
}

type Fault = { fault: string; hint: string }
type Proved = { source: Uint8Array | string; doubt?: string | undefined; closed?: boolean | undefined }
type Found = Proved | { bytes: Uint8Array; strange?: true } | Fault

function locate(ref: string, folder: Folder, from: string | undefined, limit: number): Found {
  const parts = ref.replace(/^\.\//, '').split('/')
  if (
    ref.startsWith('/') ||
    ref.includes('\\') ||
    ref.includes('\0') ||
    ref.includes(':') ||
    parts.some((p) => p === '' || p === '.' || p === '..')
  ) {
    return {
      fault: 'is no plain relative path',
      hint: 'use `PACKAGE/path.ttf`, or a path below the theme file’s folder',
    }
  }
  if (from !== undefined) {
    const inside = within(from, ref)
    const read = 'path' in inside ? readInside(folder, inside.path, limit) : undefined
    if (read !== undefined && 'bytes' in read) return read
    if (read?.fault === 'too-large')
      return { fault: `has more than ${limit} bytes`, hint: 'use a smaller cut of the face' }
    if (read?.fault === 'outside')
      return { fault: 'lies outside the book folder', hint: 'put the font into the book folder' }
    if (read?.fault === 'no-file') return { fault: 'is no file', hint: 'name a .ttf or .otf file' }
    if (read !== undefined && read.fault !== 'missing') {
      const [message, hint] = inWords('it', read)
      return { fault: `is there, but ${message}`, hint }
    }
  }
  const installed = ref.startsWith('./') || parts.length < 2 ? undefined : inPackages(parts, folder)
  if (installed === undefined)
    return { fault: 'is not there', hint: 'install the package that it names, or put the font beside the theme file' }
  const own = OWN_PACKAGES.some((name) => ref.startsWith(`${name}/`)) && /\.[ot]tf$/.test(ref)
  if (own) return { source: installed }
  const read = readInstalled(installed, limit)
  return 'bytes' in read && !ref.startsWith(PREFIX) ? { ...read, strange: true } : read
}

/** A package that somebody installed is no stranger's, but its file may be any. */
function readInstalled(path: string, limit: number): Found {
  const folder = openFolder(dirname(path))
  const read = 'fault' in folder ? folder : readInside(folder, basename(path), limit)
  if ('bytes' in read) return read
  const [message, hint] = inWords('it', read)
  return { fault: `is there, but ${message}`, hint }
}

/** Of files that are the same bytes as before: see `Source.kept`. */
const proved = new WeakMap<Uint8Array, Proved | Fault>()

async function prove(read: Uint8Array): Promise<Proved | Fault> {
  let proof = proved.get(read)
  if (proof === undefined) proved.set(read, (proof = await proveAnew(read)))
  return proof
}

async function proveAnew(read: Uint8Array): Promise<Proved | Fault> {
  const { proveFont } = await import('../fonts/prove.js')
  const { bytes, fault, doubt, closed } = await proveFont(read)
  if (fault === undefined) return { source: bytes, doubt, closed }
  return { fault, hint: 'use a .ttf or .otf file that other programs can show' }
}
