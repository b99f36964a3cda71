// In: HTML or XML with holes, and what stands in them. Out: markup. What goes into a hole is text, and escaped, unless it is markup itself:
// so nothing that a book says can leave its place.
import { value } from '../epub/xml.js'

/** Made by `m` alone, or by `trusted` of what we wrote ourselves. */
export class Markup {
  constructor(readonly source: string) {}
}

export type Hole = Markup | string | number | false | undefined | readonly Hole[]

/** Fit for content and for attributes in quotation marks alike. */
export function m(pieces: TemplateStringsArray, ...holes: Hole[]): Markup {
  let out = pieces[0]!
  holes.forEach((hole, i) => {
    out += filled(hole) + pieces[i + 1]!
  })
  return new Markup(out)
}

function filled(hole: Hole): string {
  if (hole instanceof Markup) return hole.source
  if (hole === undefined || hole === false) return ''
  if (typeof hole === 'string') return value(hole)
  if (typeof hole === 'number') return String(hole)
  return hole.map(filled).join('')
}

export function trusted(source: string): Markup {
  return new Markup(source)
}

/** A file of the site: no blank lines, a line feed at its end. */
export function document(of: Markup): string {
  return `${of.source.replace(/\n\s*\n/g, '\n').trim()}\n`
}

/** The same, of more than should be held at once, in pieces; none of them is empty. */
export function* documentOf(...parts: Iterable<Markup>[]): Generator<string> {
  for (const part of parts) for (const each of part) yield document(each)
}

/** Data in a `<script>` element: no `<` ends it, no line separator ends a line of it. */
export function json(data: unknown): Markup {
  return new Markup(
    JSON.stringify(data).replace(
      /[<>&\u2028\u2029]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
}

/** A relative address out of names: each escaped. */
export function href(...names: string[]): string {
  return names
    .flatMap((name) => name.split('/'))
    .map((part) => (part === '.' || part === '..' ? part : encodeURIComponent(part)))
    .join('/')
}
