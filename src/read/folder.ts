// In: the book folder, and paths of files in it. Out: their bytes and text; what cannot be read is reported.
import { isUtf8 } from 'node:buffer'
import { error, type Place, type Report, warning } from '../diagnostic.js'
import { type Folder, inWords, type Refusal, readInside } from '../folder.js'

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

/** Characters that turn the direction of what follows, and end that: embeddings, overrides, isolates (Unicode Standard Annex 9). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/
const LEFT_TO_RIGHT = '\u202d'
const RIGHT_TO_LEFT = '\u202e'

/**
 * Isolates and embeddings that end in their paragraph are how two directions are written. Overrides show other text than there is, and
 * what does not end turns what follows.
 */
function tellTurns(text: string, path: string, report: Report): boolean {
  if (!TURNS.test(text)) return false
  let told = false
  const tell = (line: number, mark: string, why: string) => {
    told = true
    const hint =
      'delete it: direction is set by the language, `[text]{lang=he}`; U+2068 and U+2069 around a text keep it apart'
    warning(report, 'control-character', { path, line }, `the text has the character U+${codeOf(mark)}, ${why}`, hint)
  }
  let open: { mark: string; line: number }[] = []
  const closeAll = () => {
    for (const { mark, line } of open) if (!isOverride(mark)) tell(line, mark, 'which nothing ends')
    open = []
  }
  let line = 0
  for (const content of text.split('\n')) {
    line++
    if (content.trim() === '') closeAll()
    else if (TURNS.test(content))
      for (const mark of content) {
        if (!TURNS.test(mark)) continue
        const ends = mark === '\u202c' || mark === '\u2069'
        if (isOverride(mark)) tell(line, mark, 'which turns what follows')
        if (!ends) open.push({ mark, line })
        else if (open.length === 0 || isIsolate(open.at(-1)!.mark) !== (mark === '\u2069'))
          tell(line, mark, 'which ends nothing')
        else open.pop()
      }
  }
  closeAll()
  return told
}

function isOverride(mark: string): boolean {
  return mark === LEFT_TO_RIGHT || mark === RIGHT_TO_LEFT
}

function isIsolate(mark: string): boolean {
  return mark >= '\u2066'
}

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
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
