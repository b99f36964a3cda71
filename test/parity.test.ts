// One theme, one look: the two finished files are taken apart and compared block by block, and say the same of every role.
// The EPUB's side is worked out from its style sheet (and held against a real browser where there is one), the PDF's from the glyphs
// on its pages. Neither looks at the theme.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { selectAll } from 'css-select'
import { beforeAll, describe, expect, test } from 'vitest'
import { build } from '../src/build.js'
import { CHROMIUM, inBrowser } from './finished/browser.js'
import { type Computed, cascade, ROOT_SIZE } from './finished/cascade.js'
import { type Element, type Epub, openEpub } from './finished/epub.js'
import { type Look, type Pair, pairs } from './finished/look.js'
import { openPdf } from './finished/pdf.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

interface Case {
  name: string
  /** Not the book's own. */
  theme?: string
  /** Roles that the book must show, so that a comparison of nothing does not pass. */
  roles: string[]
}

const ARTICLE: Case = {
  name: 'book',
  roles: [
    'half-title',
    'book-title',
    'book-subtitle',
    'imprint',
    'title',
    'opening',
    'body',
    // its one quotation runs over a page; the kitchen sink has others
    'list',
    'colophon',
  ],
}
const KITCHEN_SINK: Case = {
  name: 'test/kitchen-sink',
  roles: [
    ...[
      'part-title',
      'title',
      'heading-2',
      'heading-3',
      'opening',
      'body',
      'flush',
      'quote',
      'epigraph',
      'attribution',
    ],
    ...[
      'letter',
      'verse',
      'list',
      'term',
      'definition',
      'entry',
      'note',
      'aside',
      'right',
      'center',
      'code',
      'cell-head',
      'cell',
      'caption',
    ],
  ],
}

/** The kitchen sink in every theme that Octavo brings. */
const THEMED = readdirSync(join(ROOT, 'assets/themes'))
  .sort()
  .map((file): Case => ({ ...KITCHEN_SINK, theme: file.replace('.yaml', '') }))

/** Where no line is justified, nothing on the pages tells how wide the measure is, and so what stands in its middle. */
const isRagged = (all: readonly Pair[]) =>
  all.every(({ role, epub: { align } }) => !/^(body|opening|flush)$/.test(role) || align !== 'justify')

/** How far apart two measures may be: the PDF's are printed with three decimals, and justified lines hang and stretch a little. */
const NEAR: Partial<Record<keyof Look, number>> = {
  size: 0.005,
  leading: 0.01,
  tracking: 0.002,
  indent: 0.15,
  left: 0.15,
}

describe.each([ARTICLE, KITCHEN_SINK, ...THEMED].filter(({ name }) => existsSync(join(ROOT, name))))(
  '$name $theme',
  ({ name, theme, roles }) => {
    let epub: Epub
    let all: Pair[]
    beforeAll(async () => {
      const book = join(ROOT, name)
      const manifest = readFileSync(join(book, 'book.yaml'), 'utf8')
      const source = theme ? { 'book.yaml': manifest.replace(/^theme:.*$/m, `theme: ${theme}`) } : undefined
      const { ok, files } = await build({ book, source, out: false, editions: ['epub', 'pdf'] })
      expect(ok).toBe(true)
      epub = openEpub(files[0]!.bytes!)
      all = pairs(epub, await openPdf(files[1]!.bytes!))
    })

    test('shows every role that it should', () => {
      const met = new Set(all.map(({ role }) => role))
      expect(roles.filter((role) => !met.has(role))).toEqual([])
    })

    test.each([
      'face',
      'bold',
      'italic',
      'size',
      'leading',
      'indent',
      'left',
      'centred',
      'smallCaps',
      'tracking',
    ] as const)('%s', (property) => {
      // In justified lines letter-spacing is the line's own; in a table columns stand where they find room.
      // A letter that the text's face lacks is another's on paper; the EPUB names the one that was asked first.
      const own = ({ role, text, epub: { align }, pdf }: Pair) => {
        if (property === 'tracking') return align !== 'justify'
        if (property === 'face')
          return !(theme && pdf.face?.startsWith('dejavu') && /[\u0370-\u04ff\u1f00-\u1fff]/.test(text))
        if (theme && (property === 'indent' || property === 'left')) {
          // Three centred lines may begin below one another; and the first paragraph of a block that only names its language is flush
          // on paper alone.
          if (align === 'center' || text.startsWith('Tout un bloc')) return false
          if (property === 'left' && role.startsWith('cell')) return false
        }
        return property !== 'centred' || !role.startsWith('cell')
      }
      if (property === 'centred' && isRagged(all)) return
      const compared = all.filter(
        (pair) => pair.pdf[property] !== undefined && own(pair) && !(property === 'indent' && pair.epub.broken),
      )
      const apart = compared.filter(({ role, text, epub: one, pdf: other }) => {
        // Lines that the author broke hang if they turn over: where they begin is the sum of both; but in a play what goes on behind a
        // speaker's name begins where the rest of his line does.
        const goesOn = role === 'verse' && /^\p{Lu}\p{Ll}+\. /u.test(text)
        const hung =
          property === 'left' && !goesOn && one.broken && typeof one.indent === 'number' && one.indent < 0
            ? one.indent
            : 0
        const [first, b] = [one[property], other[property]]
        const a = typeof first === 'number' ? first + hung : first
        return typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) > NEAR[property]! : a !== b
      })
      expect(
        apart.map(
          (pair) => `${pair.role} “${pair.text}”: ${pair.epub[property]} in the EPUB, ${pair.pdf[property]} in the PDF`,
        ),
      ).toEqual([])
      expect(compared.length).toBeGreaterThan(2)
    })

    test('alignment', () => {
      if (isRagged(all)) return
      const compared = all.filter(
        ({ role, epub: one, pdf }) => pdf.align !== undefined && !role.startsWith('cell') && !one.broken,
      )
      // Two or three lines that chance made as long as one another look justified whatever they are.
      const apart = compared.filter(
        ({ epub: one, pdf: other }) => one.align !== other.align && other.align !== 'justify',
      )
      expect(
        apart.map(({ role, text, epub: one, pdf: other }) => `${role} “${text}”: ${one.align}, ${other.align}`),
      ).toEqual([])
      const justified = compared.filter(({ epub: one }) => one.align === 'justify')
      expect(justified.every(({ pdf }) => pdf.align === 'justify')).toBe(true)
      expect(justified.length).toBeGreaterThan(2)
    })

    test('colour: what has none in the EPUB is black ink on paper', () => {
      const black = (colour: string) => (/^(|inherit|currentcolor)$/i.test(colour) ? '#000000' : colour.toLowerCase())
      const apart = all.filter(({ epub: one, pdf }) => black(one.colour) !== pdf.colour.toLowerCase())
      expect(apart.map(({ role, epub: one, pdf }) => `${role}: ${one.colour}, ${pdf.colour}`)).toEqual([])
    })

    test('figures: as wide, and so of one kind', () => {
      const compared = all.flatMap(({ role, text, epub: one, pdf }) =>
        [...one.figures].flatMap(([figure, width]) => {
          const other = pdf.figures.get(figure)
          return other === undefined ? [] : [{ role, text, figure, width, other }]
        }),
      )
      expect(compared.filter(({ width, other }) => Math.abs(width - other) > 1)).toEqual([])
      expect(new Set(compared.map(({ figure }) => figure)).size).toBeGreaterThan(5)
    })

    test('space before and after', () => {
      // What stands around a block in elements of the style sheet's own making is not reckoned here.
      const isFramed = (role: string | undefined) => new RegExp(`\\.${role}:(?:before|after)`).test(epub.css)
      // The foot of a title page stands on the last lines of the page.
      const compared = all.filter(
        ({ role, distance }, i) =>
          distance !== undefined && role !== 'book-publisher' && !isFramed(role) && !isFramed(all[i - 1]?.role),
      )
      const apart = compared.filter(({ distance }) => {
        const { epub: one, pdf: other, onGrid, full } = distance!
        const isApart = (space: number) => {
          // Below what is no whole number of lines deep, text moves down to the grid by less than a line.
          if (theme && other - space > -0.06 && other - space < 1.06) return false
          // On paper lines stand on the grid: what falls between two of its lines moves down to the lower.
          return Math.abs(space - other) > (onGrid ? 0.06 : 0.5) && Math.abs(Math.ceil(space) - other) > 0.06
        }
        // Where text pauses a page may take a line more, so that it does not run short: then it is full.
        return isApart(one) && (one < 1 || (!full && !theme) || isApart(one + 1))
      })
      expect(
        apart.map(
          ({ role, text, distance }) =>
            `before ${role} “${text}”: ${distance!.epub.toFixed(2)} lines, ${distance!.pdf.toFixed(2)} lines`,
        ),
      ).toEqual([])
      expect(compared.length).toBeGreaterThan(5)
    })

    test('words that stand out', () => {
      const compared = all.flatMap(({ marks }) => marks)
      const apart = compared.filter(({ epub: one, pdf: other }) => {
        const { size, ...rest } = one
        const { size: printed, ...same } = other
        return Math.abs(size - printed) > 0.01 || JSON.stringify(rest) !== JSON.stringify(same)
      })
      expect(apart).toEqual([])
      expect(compared.length).toBeGreaterThan(2)
    })

    test.runIf(CHROMIUM !== undefined && theme === undefined)(
      'a browser computes what we work out from the style sheet',
      () => {
        const pages = epub.chapters.map(({ path }) => path)
        const names =
          'p, h1, h2, h3, h4, h5, h6, li, dt, dd, td, th, pre, figcaption, blockquote, ol, ul, em, strong, code, sup'
        const answers = inBrowser(
          epub.files,
          pages,
          BROWSER.replace('NAMES', JSON.stringify(names)),
        ) as Partial<Computed>[][]
        const styleOf = cascade(epub.css)
        const bare = (value: unknown) => String(value).replace(/["'\s]/g, '')
        const apart: string[] = []
        for (const [i, { path, tree }] of epub.chapters.entries()) {
          const elements = selectAll(names, tree.children, { xmlMode: true }) as Element[]
          expect(answers[i]).toHaveLength(elements.length)
          for (const [j, element] of elements.entries()) {
            const ours = styleOf(element)
            for (const [property, theirs] of Object.entries(answers[i]![j]!) as [keyof Computed, unknown][]) {
              const mine = ours[property]
              const same =
                typeof theirs === 'number'
                  ? Math.abs(theirs - (mine as number)) < 0.02 * ROOT_SIZE
                  : bare(theirs) === bare(mine)
              if (!same)
                apart.push(
                  `${path} ${element.name}.${element.attribs['class'] ?? ''} ${property}: ${String(mine)}, browser ${String(theirs)}`,
                )
            }
          }
        }
        expect([...new Set(apart)]).toEqual([])
      },
    )
  },
)

/** Computed values in the terms of `Computed`; lengths of the root's 16 px. */
const BROWSER = `
const view = document.defaultView
const px = (value) => (value.endsWith('px') ? parseFloat(value) : 0)
return [...document.querySelectorAll(NAMES)].map((element) => {
  const style = view.getComputedStyle(element)
  const caps = style.fontVariantCaps
  return {
    fontFamily: style.fontFamily,
    fontWeight: Number(style.fontWeight),
    italic: style.fontStyle !== 'normal',
    fontSize: px(style.fontSize),
    lineHeight: px(style.lineHeight),
    numeric: style.fontVariantNumeric,
    smallCaps: caps === 'small-caps' ? 'small' : caps === 'all-small-caps' ? 'all-small' : 'none',
    letterSpacing: px(style.letterSpacing),
    textIndent: px(style.textIndent),
    marginTop: px(style.marginTop),
    marginBottom: px(style.marginBottom),
    marginLeft: px(style.marginLeft),
    paddingLeft: px(style.paddingLeft),
  }
})
`
