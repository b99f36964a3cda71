// In: a style sheet that an author wrote for the EPUB. Out: the same written anew, of selectors and properties that leave a page a
// page: nothing is fetched, nothing stands beside the text's flow, nothing is hidden. What is not taken is told at its line.
// CSS Syntax 3 as css-tree reads it. Nothing is copied from the source: escapes are read, comments are gone.
import type { CssNode } from 'css-tree'
import { error, nearest, type Report } from '../diagnostic.js'
import { FIXED } from '../model/limits.js'

/** Properties that change how text looks; shorthands and sides of these are the same. */
const PROPERTIES = new Set(
  `color background background-color border border-collapse border-color border-radius border-spacing border-style border-width
   box-decoration-break box-shadow break-after break-before break-inside caption-side clear column-count column-gap column-rule
   column-width columns float font font-family font-feature-settings font-kerning font-size font-style font-synthesis
   font-variant font-variant-alternates font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric
   font-variation-settings font-weight hanging-punctuation hyphenate-character hyphens initial-letter letter-spacing line-break
   line-height list-style list-style-position list-style-type margin orphans outline overflow-wrap padding page-break-after
   page-break-before page-break-inside quotes ruby-align ruby-position tab-size text-align text-align-last
   text-combine-upright text-decoration text-decoration-color text-decoration-line text-decoration-style
   text-decoration-thickness text-emphasis text-indent text-justify text-orientation text-rendering text-shadow
   text-transform text-underline-offset text-underline-position text-wrap vertical-align white-space widows width max-width
   word-break word-spacing writing-mode -epub-hyphens -webkit-hyphens -epub-writing-mode -webkit-writing-mode content`.split(
    /\s+/,
  ),
)
const FUNCTIONS = new Set(
  'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp counter'.split(' '),
)
const PSEUDO = new Set(
  `before after first-letter first-line first-child last-child only-child first-of-type last-of-type nth-child
   nth-last-child nth-of-type not is where empty lang root link visited marker`.split(/\s+/),
)
const MEDIA = /^(?:\(?(?:prefers-color-scheme|min-width|max-width|orientation)\s*:\s*[\w.-]+\)?(?:\s+and\s+)?)+$/

function isKnown(property: string): boolean {
  return PROPERTIES.has(property) || PROPERTIES.has(property.replace(/-(?:top|right|bottom|left)(?=-|$)/, ''))
}

/** `path`: of the file. Undefined if anything in it is refused. */
export async function readExtraStyle(css: string, path: string, report: Report): Promise<string | undefined> {
  const [{ default: parse }, { default: generate }, { default: walk }] = await Promise.all([
    import('css-tree/parser'),
    import('css-tree/generator'),
    import('css-tree/walker'),
  ])
  const deep = tooDeepAt(css, FIXED.cssDepth.value)
  if (deep !== undefined) {
    const message = `brackets stand more than ${FIXED.cssDepth.value} deep in each other`
    error(report, 'epub-css', { path, line: deep }, message, 'rules stand by themselves, or within one `@media`')
    return undefined
  }
  let faults = 0
  const refuse = (node: CssNode | undefined, what: string, hint: string) => {
    faults++
    error(report, 'epub-css', { path, line: node?.loc?.start.line ?? 1 }, what, hint)
  }
  const onParseError = (cause: { line?: number; message: string }) => {
    faults++
    error(report, 'epub-css', { path, line: cause.line ?? 1 }, `CSS that cannot be read: ${cause.message}`, 'mend it')
  }
  const tree = parse(css, { positions: true, onParseError: onParseError as never, parseCustomProperty: true })
  walk(tree, {
    enter(node: CssNode) {
      switch (node.type) {
        case 'Atrule': {
          const said = node.prelude ? generate(node.prelude) : ''
          if (node.name !== 'media' || !MEDIA.test(said))
            refuse(
              node,
              `\`@${node.name}\` is not taken`,
              'rules stand by themselves, or within `@media (prefers-color-scheme: dark)`',
            )
          break
        }
        case 'Declaration': {
          const property = node.property.toLowerCase()
          if (!isKnown(property)) {
            const near = nearest(property, [...PROPERTIES])
            const hint =
              near === undefined ? 'leave it out: it is none that a page of text needs' : `did you mean \`${near}\`?`
            refuse(node, `the property \`${property}\` is not taken`, hint)
          }
          if (property === 'content' && /[\p{L}\p{N}]/u.test(generate(node.value).replace(/\\[0-9a-f]+/gi, '')))
            if (!/^(?:normal|none|counter\()/.test(generate(node.value)))
              refuse(node, '`content` has words', 'what is to be read stands in the text; ornaments may stand here')
          break
        }
        case 'Url':
          refuse(node, 'an address is not taken', 'a book has nothing from elsewhere')
          break
        case 'Function':
          if (!FUNCTIONS.has(node.name.toLowerCase()))
            refuse(node, `\`${node.name}()\` is not taken`, 'write the value itself')
          break
        case 'PseudoClassSelector':
        case 'PseudoElementSelector':
          if (!PSEUDO.has(node.name.toLowerCase()))
            refuse(node, `\`:${node.name}\` is not taken`, 'name elements and classes')
          break
        case 'Raw':
          refuse(node, 'CSS that cannot be read', 'mend it')
          break
      }
    },
  } as never)
  if (faults > 0) return undefined
  return `${generate(tree).replaceAll('}', '}\n')}`
}

/** The line on which brackets are so deep in each other: a parser calls itself for each. Brackets in strings and comments count too. */
function tooDeepAt(css: string, most: number): number | undefined {
  let [depth, line] = [0, 1]
  for (let i = 0; i < css.length; i++) {
    const one = css[i]!
    if (one === '\n') line++
    else if ('{(['.includes(one)) depth++
    else if ('})]'.includes(one)) depth = Math.max(0, depth - 1)
    if (depth > most) return line
  }
  return undefined
}
