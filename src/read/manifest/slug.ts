// In: a title and its language. Out: the stem of the book's files: letters a to z, digits and hyphens, as far as the title has any
// that can be written so.
import { upTo } from '../../diagnostic.js'
import { isDevice } from '../../model/devices.js'
import { primary } from '../../model/languages.js'
import { asciiName } from './metadata.js'

/** Longer names are cut between words. */
const LONGEST = 60

export async function slugOf(title: string, language: string): Promise<string> {
  const name = shortened(await nameOf(title, language))
  if (name === '') return 'book'
  return isDevice(name) ? `${name}-book` : name
}

async function nameOf(title: string, language: string): Promise<string> {
  // Letters that asciiName would leave out; the table of all the others is long, and loaded for them only.
  if (/^[\x20-\x7e]*$/.test(title) || !/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\P{L}]/u.test(title))
    return asciiName(title)
  // How a Japanese word is read cannot be told from its ideographs: the file has the title's own letters.
  if (primary(language) === 'ja' && /\p{Script=Han}/u.test(title)) return ownLetters(title)
  const { default: anyAscii } = await import('any-ascii')
  // Each ideograph is a syllable.
  return asciiName(anyAscii(title.normalize('NFC').replace(/\p{Script=Han}/gu, ' $& ')))
}

function ownLetters(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

function shortened(name: string): string {
  if (name.length <= LONGEST) return name
  const head = name.slice(0, LONGEST + 1)
  const end = head.lastIndexOf('-')
  return end > 0 ? head.slice(0, end) : upTo(LONGEST, name)
}
