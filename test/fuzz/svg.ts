// SVG by grammar: sound and hostile, from a seed. Elements, attributes, paints, transformations, outlines, filters, style sheets, text,
// pictures within; references into a small pool of ids, so that they meet, double and go in rings; and what is repeated is repeated a
// number of times that can be multiplied, so that the same drawing can be had larger.
import fc from 'fast-check'
import { SOUND } from './pictures.js'

/** Marks in the text: `⟦n⟧` opens what stands n times, `⟦⟧` closes it. */
export interface SvgPlan {
  text: string
}

const IDS = ['a', 'b', 'c', 'd', 'e', 'f']
const id = fc.constantFrom(...IDS)
const wild = <T>(sound: fc.Arbitrary<T>, hostile: fc.Arbitrary<T>, weight = 80) =>
  fc.oneof({ weight, arbitrary: sound }, { weight: 1, arbitrary: hostile })
const small = wild(
  fc.oneof(
    fc.integer({ min: 0, max: 100 }).map(String),
    fc.double({ min: 0, max: 100, noNaN: true }).map((n) => n.toFixed(2)),
  ),
  fc.constantFrom('1e9', '-5', 'NaN', '1e400', '.00001', '', '1e-99', '50%', '3in', 'calc(1px + 2%)', '0', '٣'),
)
const colour = wild(
  fc.constantFrom('red', '#123', '#abcdef', 'none', 'currentColor', 'rgb(1,2,3)', 'hsl(3 4% 5%)', 'rgba(1,2,3,.5)'),
  fc.constantFrom(
    'url(x)',
    'inherit',
    '\\72 ed',
    'var(--x)',
    'paint(x)',
    'url("data:image/svg+xml,x")',
    'url(//example.org/#a)',
    'rgb(1;2)',
    'a(){b}',
    '(]);',
  ),
)
const local = id.map((name) => `url(#${name})`)
const paint = fc.oneof({ weight: 4, arbitrary: colour }, { weight: 2, arbitrary: local })
const effect = wild(
  fc.oneof(fc.constant('none'), local),
  fc.constantFrom('url(x#a)', 'blur(3px)', 'url(#a) url(#b)', 'none none'),
)
const transform = fc
  .array(
    fc.oneof(
      fc.tuple(small, small).map(([x, y]) => `translate(${x} ${y})`),
      small.map((n) => `scale(${n})`),
      small.map((n) => `rotate(${n})`),
      small.map((n) => `skewX(${n})`),
      fc.array(small, { minLength: 6, maxLength: 6 }).map((n) => `matrix(${n.join(' ')})`),
    ),
    { maxLength: 2 },
  )
  .map((all) => all.join(' '))
const NUMBERS: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 }
const step = fc
  .tuple(fc.constantFrom(...'LHVCSQTAZMlhvcsqtazm'), fc.array(small, { minLength: 7, maxLength: 7 }))
  .map(([command, n]) => command + n.slice(0, NUMBERS[command.toUpperCase()]).join(' '))
const times = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 3, arbitrary: fc.integer({ min: 5, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 3000 }) },
)
const repeated = (text: fc.Arbitrary<string>) => fc.tuple(times, text).map(([n, each]) => `⟦${n}⟧${each}⟦⟧`)
const outline = fc
  .array(fc.oneof({ weight: 3, arbitrary: step }, { weight: 1, arbitrary: repeated(step) }), { maxLength: 6 })
  .map((all) => `M0 0${all.join('')}`)
const dashes = wild(
  fc.array(small, { minLength: 1, maxLength: 4 }).map((all) => all.join(' ')),
  fc.constantFrom('.00001', '1e-9 1e-9', 'none'),
)
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((n) => n.toFixed(2))

const PROPERTIES: [string, fc.Arbitrary<string>][] = [
  ['fill', paint],
  ['stroke', paint],
  ['stroke-width', small],
  ['stroke-dasharray', dashes],
  ['stroke-linejoin', fc.constantFrom('round', 'bevel', 'miter')],
  ['opacity', share],
  ['fill-opacity', share],
  ['clip-path', effect],
  ['mask', effect],
  ['filter', effect],
  ['marker', local],
  ['marker-mid', local],
  ['font-size', small],
  ['mix-blend-mode', fc.constantFrom('multiply', 'normal', 'luminosity')],
  ['display', fc.constantFrom('none', 'inline')],
  ['visibility', fc.constantFrom('hidden', 'visible')],
  ['cursor', fc.constantFrom('pointer', 'url(x)')],
  ['--x', fc.oneof(colour, fc.constantFrom('var(--y)', 'var(--x) var(--x)', '{a:b}', '(('))],
  ['width', small],
  ['font', fc.constant('12px/1.5 "A B", serif')],
]
const property = fc.oneof(...PROPERTIES.map(([name, value]) => value.map((words) => [name, words] as const)))
const declarations = fc
  .array(property, { minLength: 1, maxLength: 4 })
  .map((all) => all.map(([name, words]) => `${name}:${words}`).join(';'))

const attribute = fc.oneof(
  { weight: 64, arbitrary: property.filter(([name]) => name !== '--x' && name !== 'font') },
  {
    weight: 24,
    arbitrary: fc.tuple(
      fc.constantFrom('x', 'y', 'width', 'height', 'r', 'rx', 'cx', 'cy', 'x1', 'y2', 'offset', 'markerWidth', 'refX'),
      small,
    ),
  },
  { weight: 16, arbitrary: id.map((name) => ['id', name] as const) },
  { weight: 16, arbitrary: fc.constantFrom('k', 'k l', 'm').map((name) => ['class', name] as const) },
  { weight: 16, arbitrary: transform.map((value) => ['transform', value] as const) },
  { weight: 16, arbitrary: declarations.map((value) => ['style', value] as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['onload', 'x()'],
      ['xml:base', 'http://example.org/'],
      ['data-a', 'b'],
      ['href', 'javascript:x'],
      ['xmlns', 'urn:x'],
    ),
  },
)
const UNITS = fc.constantFrom('userSpaceOnUse', 'objectBoundingBox')
const escaped = (value: string) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
const attributesOf = (all: readonly (readonly [string, string])[]) =>
  [...new Map(all)].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')
const attributes = fc.array(attribute, { maxLength: 4 })

const primitive = fc.oneof(
  fc.tuple(small, small).map(([x, y]) => `<feGaussianBlur stdDeviation="${x} ${y}"/>`),
  fc
    .tuple(small, wild(fc.integer({ min: 1, max: 5 }), fc.constantFrom(50, 100_000, -1)))
    .map(([f, n]) => `<feTurbulence baseFrequency="${f}" numOctaves="${n}"/>`),
  wild(fc.integer({ min: 0, max: 4 }), fc.constantFrom(1000, -1, 60)).map(
    (r) => `<feMorphology operator="dilate" radius="${r}"/>`,
  ),
  wild(fc.constant(3), fc.constantFrom(9, 100, 0)).map(
    (n) => `<feConvolveMatrix order="${n}" kernelMatrix="${'1 '.repeat(n * n)}"/>`,
  ),
  small.map((n) => `<feOffset dx="${n}" result="r"/>`),
  colour.map((n) => `<feFlood flood-color="${escaped(n)}"/>`),
  small.map((n) => `<feDropShadow dx="${n}" stdDeviation="2"/>`),
  fc.constantFrom(
    '<feBlend in2="SourceGraphic" mode="multiply"/>',
    '<feComposite in2="SourceAlpha" operator="in"/>',
    '<feColorMatrix type="saturate" values=".5"/>',
    '<feTile/>',
    '<feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="r"/></feMerge>',
    '<feDiffuseLighting><feDistantLight azimuth="30" elevation="40"/></feDiffuseLighting>',
    '<feSpecularLighting specularExponent="20"><fePointLight x="3" y="4" z="9"/></feSpecularLighting>',
    '<feDisplacementMap in2="SourceGraphic" scale="9"/>',
    '<feComponentTransfer><feFuncR type="gamma" exponent="2"/></feComponentTransfer>',
  ),
)

const selector = fc
  .array(
    fc.tuple(
      fc.constantFrom('', ' ', '>', '+', '~'),
      fc.constantFrom(
        'g',
        'rect',
        'path',
        '*',
        '.k',
        '.l',
        '#a',
        '[x]',
        ':first-child',
        ':nth-child(2n+1)',
        ':not(.k)',
        ':hover',
        '::before',
        '\\67',
      ),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) => all.map(([between, part], i) => (i === 0 ? '' : between) + part).join(''))
const rule = fc.tuple(selector, declarations).map(([where, what]) => `${where}{${what}}`)
const sheet = fc
  .array(
    fc.oneof(
      { weight: 40, arbitrary: rule },
      { weight: 10, arbitrary: repeated(rule) },
      { weight: 1, arbitrary: rule.map((one) => `@media (min-width:1px){${one}}`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '@import "x";',
          '@font-face{src:url(x)}',
          '@keyframes k{from{fill:red}}',
          '@namespace x "y";',
          '/*',
          '}',
          '{',
          '"',
          '(',
          '<!--',
        ),
      },
    ),
    { maxLength: 5 },
  )
  .map((all) => `<style>${escaped(all.join(''))}</style>`)

const picture = fc
  .tuple(fc.constantFrom('png', 'jpeg', 'svg+xml'), fc.constantFrom(...SOUND), fc.boolean())
  .map(
    ([type, bytes, whole]) =>
      `data:image/${type};base64,${Buffer.from(whole ? bytes : bytes.subarray(0, bytes.length >> 1)).toString('base64')}`,
  )
const address = wild(
  id.map((name) => `#${name}`),
  fc.oneof(picture, fc.constantFrom('x.svg#a', 'data:image/svg+xml,x', '', '#zzz', ' #a', '//e.org/')),
  8,
)

const WRAPPERS = 'g g g svg symbol defs switch a clipPath mask pattern marker text tspan unknown'.split(' ')
const SHAPES = 'rect circle ellipse line'.split(' ')
const element: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => {
  const inside = fc.array(tie('node'), { maxLength: 4 }).map((all) => all.join(''))
  const leaf = fc.oneof(
    {
      weight: 48,
      arbitrary: fc
        .tuple(fc.constantFrom(...SHAPES), attributes, small, small)
        .map(
          ([name, all, w, h]) =>
            `<${name} width="${w}" height="${h}"${attributesOf(all.filter(([key]) => key !== 'width' && key !== 'height'))}/>`,
        ),
    },
    { weight: 40, arbitrary: fc.tuple(outline, attributes).map(([d, all]) => `<path d="${d}"${attributesOf(all)}/>`) },
    { weight: 8, arbitrary: fc.array(small, { maxLength: 20 }).map((n) => `<polygon points="${n.join(' ')}"/>`) },
    {
      weight: 32,
      arbitrary: fc
        .tuple(address, attributes)
        .map(([to, all]) => `<use href="${to}"${attributesOf(all.filter(([key]) => key !== 'href'))}/>`),
    },
    {
      weight: 8,
      arbitrary: fc.tuple(picture, small).map(([to, n]) => `<image xlink:href="${to}" width="${n}" height="9"/>`),
    },
    {
      weight: 16,
      arbitrary: fc
        .tuple(small, fc.constantFrom('words', 'fi \u0301', '日本', 'مرحبا', '&amp;'))
        .map(([y, words]) => `<text y="${y}">${words}</text>`),
    },
    {
      weight: 16,
      arbitrary: fc
        .tuple(id, fc.constantFrom('linearGradient', 'radialGradient'), address)
        .map(
          ([name, kind, to]) =>
            `<${kind} id="${name}" href="${to}"><stop offset="0"/><stop offset="1" stop-color="red"/></${kind}>`,
        ),
    },
    { weight: 16, arbitrary: sheet },
    {
      weight: 8,
      arbitrary: fc.constantFrom(
        '<!-- -->',
        '<![CDATA[a]]>',
        '&x;',
        '<?x y?>',
        '<title>t</title>',
        '<metadata><a/></metadata>',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '<script/>',
        '<animate attributeName="href"/>',
        '<foreignObject/>',
        '<set to="x"/>',
        '<image href="x.png"/>',
      ),
    },
  )
  return {
    node: fc.oneof(
      { maxDepth: 6 },
      { weight: 5, arbitrary: leaf },
      {
        weight: 5,
        arbitrary: fc
          .tuple(fc.constantFrom(...WRAPPERS), attributes, inside)
          .map(([name, all, nodes]) => `<${name}${attributesOf(all)}>${nodes}</${name}>`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom('clipPath', 'mask', 'pattern', 'marker', 'symbol'),
            id,
            UNITS,
            small,
            attributes,
            inside,
          )
          .map(
            ([name, own, units, n, all, nodes]) =>
              `<${name} id="${own}" ${name}Units="${units}" width="${n}" height="${n}"${attributesOf(all.filter(([key]) => !['id', 'width', 'height'].includes(key)))}>${nodes}</${name}>`,
          ),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(id, UNITS, fc.array(fc.oneof(primitive, repeated(primitive)), { maxLength: 4 }))
          .map(([own, units, all]) => `<filter id="${own}" primitiveUnits="${units}">${all.join('')}</filter>`),
      },
      { weight: 2, arbitrary: repeated(tie('node')) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.integer({ min: 1, max: 70 }), tie('node'))
          .map(([n, node]) => `${'<g class="k">'.repeat(n)}${node}${'</g>'.repeat(n)}`),
      },
    ),
  }
}).node

const mutation = fc.record({
  at: fc.double({ min: 0, max: 0.9999, noNaN: true }),
  what: fc.constantFrom(
    '<!-- -->',
    '<![CDATA[',
    ']]>',
    '/**/',
    '\\',
    '"',
    '(',
    ')',
    '&#x5c;',
    '\u0000',
    '',
    '<',
    'url(',
    '#',
    'é',
  ),
})

/** Mostly well-formed, since what is not is refused at once. */
export const anySvg: fc.Arbitrary<SvgPlan> = fc
  .record({
    size: wild(
      fc.constantFrom('viewBox="0 0 100 100"', 'viewBox="-10 -10 300 200"', 'width="40" height="30"'),
      fc.constantFrom('', 'viewBox="0 0 1e5 1e4"', 'viewBox="0 0 .01 .01"'),
    ),
    nodes: fc.array(element, { minLength: 1, maxLength: 8 }),
    mutations: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 2 }) },
    ),
  })
  .map(({ size, nodes, mutations }) => {
    let inside = nodes.join('')
    for (const { at, what } of mutations) {
      const cut = Math.floor(at * inside.length)
      inside = inside.slice(0, cut) + what + inside.slice(cut)
    }
    return {
      text: `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${inside}</svg>`,
    }
  })

/** Longer texts than this are cut off: a repetition of repetitions. */
const LONGEST = 4_000_000

/** The SVG, everything that is repeated being repeated so many times more. */
export function svgOf({ text }: SvgPlan, factor = 1): string {
  const stack: { count: number; text: string }[] = [{ count: 1, text: '' }]
  for (const [part, count] of text.matchAll(/⟦(\d*)⟧|[^⟦]+|⟦/g)) {
    if (count === undefined) stack.at(-1)!.text += part
    else if (count !== '') stack.push({ count: Number(count) * factor, text: '' })
    else if (stack.length > 1) {
      const { count: n, text: each } = stack.pop()!
      stack.at(-1)!.text += each.repeat(Math.min(n, Math.ceil(LONGEST / (each.length + 1))))
    }
  }
  return stack.map((each) => each.text).join('')
}
