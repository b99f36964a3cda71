// In: a finished EPUB's files. Out: warnings of what Amazon's converters, for Send to Kindle and KDP, are known to refuse or to leave out:
// asked for by a setting, for whoever sends the book there. They tell an author no more than "E999".
import { NOWHERE, type Place, type Report, warning } from '../diagnostic.js'
import type { Book } from '../model/book.js'

interface Finished {
  book: Book
  cover: { type: string }
  /** Documents and style sheets, by their paths. */
  texts: readonly { path: string; content: string }[]
  /** Of the EPUB, bytes. */
  size: number
  /** Paths in the book folder of the pictures that are in it. */
  pictures: Iterable<string>
}

/** What goes through by mail; from some way beyond it nothing does. */
const LARGEST = 50_000_000
/** Of one picture. */
const LARGEST_PICTURE = 5_000_000

export function checkKindle({ book, cover, texts, size, pictures }: Finished, report: Report): void {
  const whole = book.places?.editions.epub ?? NOWHERE
  const say = (place: Place, message: string, hint: string) => warning(report, 'kindle', place, message, hint)
  if (size > LARGEST)
    say(whole, `the EPUB has ${megabytes(size)}: Send to Kindle takes 50 MB`, 'make its pictures smaller')
  if (cover.type === 'svg')
    say(
      whole,
      'the cover is an SVG: Kindle’s shelves show JPEG and PNG',
      'save the cover as JPEG or PNG, 1600 × 2560 pixels',
    )
  for (const path of pictures) {
    const image = book.images.get(path)
    if (image === undefined) continue
    const place = image.place ?? { path, line: 0 }
    if (image.type === 'webp') say(place, `\`${path}\` is a WebP, which Kindle does not show`, 'save it as PNG or JPEG')
    if (image.bytes.length > LARGEST_PICTURE)
      say(
        place,
        `\`${path}\` has ${megabytes(image.bytes.length)}: Kindle takes 5 MB of one picture`,
        'save it with fewer pixels',
      )
  }
  for (const { path, content } of texts) {
    if (/<(?:\w+:)?math[\s/>]/.test(content))
      say(whole, `${path} has MathML, which Kindle does not show`, 'set the formulas as pictures for Kindle')
    if (/<!--(?:(?!-->)[\s\S])*?--(?!>)/.test(content))
      say(whole, `${path} has a comment with two hyphens in it, which stops Kindle’s converter`, 'take the comment out')
    if (path.endsWith('.css') && /\bvar\(/.test(content))
      say(
        whole,
        `${path} has variables, which Kindle’s converter may stop at`,
        'write the values themselves in the theme',
      )
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
