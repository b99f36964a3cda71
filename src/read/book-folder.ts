// In: the book folder, and paths of files in it. Out: their bytes and text; what cannot be read is reported.
import { isUtf8 } from 'node:buffer'
import { error, type Place, type Report } from '../diagnostic.js'
import { type Folder, inWords, type Refusal, readInside } from '../folder.js'
import { codeOf, tellTurns } from './turns.js'

const MEGABYTE = 1 << 20
/** The bytes of a file by its path from `within`. Reports and returns undefined if it cannot be had. */
export function readBytes(
  folder: Folder,
  path: string,
  limit: number,
  what: 'file' | 'image',
  place: Place,
  report: Report,
): Uint8Array | undefined {
  const read = readInside(folder, path, limit)
  if ('bytes' in read) return read.bytes
  refuse(read, path, limit, what, place, report)
  return undefined
}

function refuse(
  refusal: Refusal,
  path: string,
  limit: number,
  what: 'file' | 'image',
  place: Place,
  report: Report,
): void {
  const [message, hint] = inWords(`\`${path}\``, refusal)
  switch (refusal.fault) {
    case 'missing':
      if (what === 'image') error(report, 'missing-image', place, message, 'put the image there, or mend its path')
      else error(report, 'missing-file', place, message, hint)
      return
    case 'no-file':
      error(report, what === 'image' ? 'missing-image' : 'missing-file', place, message, hint)
      return
    case 'outside':
      error(report, 'outside-folder', place, message, hint)
      return
    case 'too-large': {
      const divide = what === 'image' ? 'make the image smaller' : 'divide the file'
      error(report, 'too-large', place, `${message}; ${Math.floor(limit / MEGABYTE)} MB can be read here`, divide)
      return
    }
    default:
      error(report, 'unreadable-file', place, message, hint)
  }
}

// What XML 1.0 cannot hold, and U+FFFC, which the Book uses for its own purpose.
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffc\ufffe\uffff]/
const UNFIT_ALL = new RegExp(UNFIT, 'g')

/** The text of a file: UTF-8, line ends as `\n`, free of characters that no output can hold. */
export function readText(
  folder: Folder,
  path: string,
  limit: number,
  place: Place,
  report: Report,
): string | undefined {
  const bytes = readBytes(folder, path, limit, 'file', place, report)
  if (bytes === undefined) return undefined
  const known = decoded.get(bytes)
  if (known !== undefined) return known
  if (!isUtf8(bytes)) {
    const hint = 'save the file as UTF-8'
    error(report, 'bad-encoding', { path, line: lineOfFault(bytes) }, 'the file is not UTF-8 text', hint)
    return undefined
  }
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
  if (UNFIT.test(text)) text = cleanText(text, path, report)
  // Told anew each time that it is read.
  else if (!tellTurns(text, path, report)) decoded.set(bytes, text)
  return text
}

/** Of files that are the same bytes as before: see `Source.kept`. */
const decoded = new WeakMap<Uint8Array, string>()

function cleanText(text: string, path: string, report: Report): string {
  let line = 0
  for (const content of text.split('\n')) {
    line++
    if (!UNFIT.test(content)) continue
    const codes = [...new Set(content.match(UNFIT_ALL))].sort().map((one) => `U+${codeOf(one)}`)
    const which = codes.length === 1 ? `character ${codes[0]}` : `characters ${codes.join(', ')}`
    error(
      report,
      'control-character',
      { path, line },
      `the text has the ${which}`,
      codes.length === 1 ? 'delete it' : 'delete them',
    )
  }
  tellTurns(text, path, report)
  return text.replace(UNFIT_ALL, '')
}

function lineOfFault(bytes: Uint8Array): number {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 1
  // Decoded leniently, the first wrong byte shows as U+FFFD.
  const text = new TextDecoder('utf-8').decode(bytes)
  const at = text.indexOf('\ufffd')
  return at < 0 ? 1 : text.slice(0, at).split('\n').length
}
