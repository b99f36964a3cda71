// SVG of strangers: what is alive in it is refused or left out, what costs too much is refused before it is drawn.
import { describe, expect, it } from 'vitest'
import { livingIn } from '../fuzz/svgfaults.js'
import { readFolder } from './folder.js'

const HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100"'
const svg = (inside: string) => `${HEAD}>${inside}</svg>`
const many = (times: number, each: (n: number) => string) => Array.from({ length: times }, (_, n) => each(n)).join('')

/** Its codes if it is refused, else what it became. */
async function taken(source: string): Promise<string> {
  const { manuscript, said } = await readFolder({ 'a.md': '# A\n\n![An image.](a.svg)\n', 'a.svg': source })
  const errors = said.filter((one) => one.severity === 'error')
  if (errors.length > 0) {
    expect(errors.map(({ path, line }) => `${path}:${line}`)).toEqual(['a.md:3'])
    return errors.map((one) => one.code).join()
  }
  const written = new TextDecoder().decode(manuscript!.book.images.get('a.svg')!.bytes)
  expect(livingIn(written)).toEqual([])
  return written
}

/** With the word BAIT wherever an address or a script is: nothing that is taken may have it. */
const LIVE: [string, string][] = [
  ['an import with a comment in it', '<style>@imp<!-- -->ort "BAIT";</style>'],
  ['an import in two parts of CDATA', '<style>@im<![CDATA[port "BAIT";]]></style>'],
  ['an import in escapes', '<style>@\\69mport "BAIT";</style>'],
  ['an import in entities', '<style>&#64;import &#34;BAIT&#34;;</style>'],
  ['an import without a space', '<style>@import"BAIT";</style>'],
  ['an import after a rule', '<style>a{}@import url(BAIT);</style>'],
  ['an import in a medium', '<style>@media all{@import "BAIT";}</style>'],
  ['an import after a mark of HTML', '<style>&lt;!-- @import "BAIT"; --&gt;</style>'],
  ['an import in capitals', '<style>@IMPORT "BAIT";</style>'],
  ['an import with a layer', '<style>@import "BAIT" layer(x) supports(display:grid);</style>'],
  ['a namespace', '<style>@namespace x url("BAIT");</style>'],
  ['a face', '<style>@font-face{font-family:x;src:url(BAIT)}</style>'],
  ['a face in escapes', '<style>@font-f\\61 ce{font-family:x;src:local(BAIT)}</style>'],
  ['a colour profile', '<style>@color-profile --x{src:url(BAIT)}</style>'],
  ['a document rule', '<style>@document url(BAIT){a{fill:red}}</style>'],
  ['a counter style', '<style>@counter-style x{symbols:url(BAIT)}</style>'],
  ['a rule in a rule', '<style>.a{fill:red;.b{fill:url(BAIT)}}</style>'],
  ['a rule that supports ask for', '<style>@supports (fill:red){.b{fill:url(BAIT)}}</style>'],
  ['keyframes', '<style>@keyframes x{from{fill:url(BAIT)}}</style>'],
  ['an address in parts of CDATA', '<style>.a{fill:ur<![CDATA[l(BAIT)}]]></style>'],
  ['an address with a comment in it', '<style>.a{fill:url(<!-- -->BAIT)}</style>'],
  ['an address with an element in it', '<style>.a{fill:url(<g/>BAIT)}</style>'],
  ['an address in escapes', '<g style="fill:\\75rl(BAIT)"/>'],
  ['an address in long escapes', '<g style="fill:\\000075\\000072\\00006c(BAIT)"/>'],
  ['an address in escapes in a sheet', '<style>.a{fill:u\\72l(BAIT)}</style>'],
  ['an escape in a presentation attribute', '<g fill="\\75rl(BAIT)"/>'],
  ['an address in a presentation attribute', '<g fill="url(BAIT)"/>'],
  ['an address in capitals', '<g filter="URL(BAIT#f)"/>'],
  ['an address in quotes', '<g mask="url(&quot;BAIT#f&quot;)"/>'],
  ['an address with a fallback', '<g fill="url(BAIT#f) red"/>'],
  ['two addresses, the second elsewhere', '<g filter="url(#a) url(BAIT#f)"/>'],
  ['an address with a modifier', '<style>.a{fill:url("BAIT" x)}</style>'],
  ['an address that begins with a fragment of a string', '<g fill="url(&quot;\\23 &quot;)url(BAIT)"/>'],
  ['image-set', '<style>.a{mask:image-set("BAIT" 1x)}</style>'],
  ['image-set of one maker', '<style>.a{mask:-webkit-image-set(url(BAIT) 1x)}</style>'],
  ['image-set in escapes', '<g style="mask:im\\61ge-set(&quot;BAIT&quot; 1x)"/>'],
  ['image()', '<style>.a{mask:image("BAIT")}</style>'],
  ['src()', '<style>.a{mask:src("BAIT")}</style>'],
  ['src() of a property', '<style>.a{--x:"BAIT";mask:src(var(--x))}</style>'],
  ['paint()', '<style>.a{fill:paint(BAIT)}</style>'],
  ['cross-fade()', '<style>.a{mask:cross-fade(url(BAIT),url(#a),50%)}</style>'],
  ['element()', '<style>.a{fill:element(#BAIT)}</style>'],
  ['attr()', '<style>.a{fill:attr(href type(&lt;url&gt;))}</style><a href="BAIT"/>'],
  ['a custom property', '<style>.a{--x:url(BAIT);fill:var(--x)}</style>'],
  ['a custom property in brackets', '<style>.a{--x:{fill:url(BAIT)}}</style>'],
  ['a custom property of a style attribute', '<g style="--x:url(BAIT);fill:var(--x)"/>'],
  ['a fallback of a custom property', '<g style="fill:var(--x,url(BAIT))"/>'],
  ['a property that nobody shows', '<g style="background-image:url(BAIT)"/>'],
  ['a cursor', '<style>.a{cursor:url(BAIT),auto}</style>'],
  ['a list mark', '<style>.a{list-style:url(BAIT)}</style>'],
  ['generated contents', '<style>.a::before{content:url(BAIT)}</style>'],
  ['a border', '<style>.a{border-image:url(BAIT)}</style>'],
  ['a binding', '<style>.a{-moz-binding:url(BAIT#x)}</style>'],
  ['a behaviour', '<style>.a{behavior:url(BAIT)}</style>'],
  ['an expression', '<style>.a{width:expression(BAIT)}</style>'],
  ['an expression with a comment', '<style>.a{width:exp/**/ression(BAIT)}</style>'],
  ['an expression in escapes', '<g style="width:\\65xpression(BAIT)"/>'],
  ['a filter of an old browser', '<g style="filter:progid:DXImageTransform.Microsoft.AlphaImageLoader(src=BAIT)"/>'],
  ['a string that is never closed', '<style>.a{fill:"url(BAIT)\n}</style>'],
  ['an address that is never closed', '<style>.a{fill:url(BAIT</style>'],
  ['a comment that is never closed', '<style>/* .a{fill:url(BAIT)}</style>'],
  ['an address after a comment', '<style>.a{fill:/**/url(/**/BAIT)}</style>'],
  ['brackets that do not close', '<style>.a{fill:(url(BAIT)}</style>'],
  ['a sheet elsewhere', '<style href="BAIT"/><link rel="stylesheet" href="BAIT"/>'],
  ['an attribute selector', '<style>.a[x="url(BAIT)"]{fill:url(BAIT)}</style>'],
  ['a selector that is none', '<style>.a:::{fill:url(BAIT)}</style>'],
  ['a medium with an address', '<style>@media url(BAIT){.a{fill:red}}</style>'],
  ['a script', '<script>BAIT</script>'],
  ['a script elsewhere', '<script xlink:href="BAIT"/>'],
  ['a script with a prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">BAIT</s:script>'],
  ['a script in metadata', '<metadata><script>BAIT</script></metadata>'],
  ['a handler', '<g onload="BAIT"/>'],
  ['a handler in capitals', '<g ONCLICK="BAIT"/>'],
  ['a handler of an animation', '<animate onbegin="BAIT"/>'],
  ['an animation of an address', '<a><animate attributeName="href" values="BAIT"/></a>'],
  ['a value that is set', '<use><set attributeName="xlink:href" to="BAIT"/></use>'],
  ['a motion', '<animateMotion path="M0 0"><mpath href="BAIT"/></animateMotion>'],
  ['an animated colour', '<animateColor attributeName="fill" to="url(BAIT)"/>'],
  ['something that is discarded', '<discard href="BAIT"/>'],
  ['HTML', '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="BAIT"/></body></foreignObject>'],
  ['HTML in a switch', '<switch><foreignObject><p>BAIT</p></foreignObject><g/></switch>'],
  ['an element of HTML', '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="BAIT"/>'],
  ['an element of HTML without a prefix', '<img xmlns="http://www.w3.org/1999/xhtml" src="BAIT"/>'],
  ['a group that says it is HTML', '<g xmlns="http://www.w3.org/1999/xhtml" src="BAIT"/>'],
  ['a link', '<a href="BAIT"><g/></a>'],
  ['a link that is a script', '<a xlink:href="javascript:BAIT"><g/></a>'],
  ['a link with another prefix', '<a xmlns:k="http://www.w3.org/1999/xlink" k:href="javascript:BAIT"><g/></a>'],
  ['use of another file', '<use href="BAIT#x"/>'],
  ['use of data', '<use href="data:image/svg+xml,BAIT#x"/>'],
  ['use of data in base64', '<use xlink:href="data:image/svg+xml;base64,BAIT#x"/>'],
  ['use of both addresses', '<use href="#a" xlink:href="BAIT#x"/>'],
  ['use that begins with a space', '<use href=" BAIT#x"/>'],
  ['use that begins with a tab', '<use href="&#9;javascript:BAIT"/>'],
  ['a picture of another file', '<image href="BAIT.png"/>'],
  ['a picture that is SVG', '<image href="data:image/svg+xml;base64,BAIT"/>'],
  ['a picture that is HTML', '<image href="data:text/html,BAIT"/>'],
  ['a picture that says it is a PNG', '<image href="data:image/png;base64,PHN2ZyBvbmxvYWQ9IkJBSVQiLz4="/>'],
  ['a picture within a filter', '<filter id="f"><feImage href="BAIT"/></filter>'],
  ['a gradient of another file', '<linearGradient href="BAIT#x"/>'],
  ['a pattern of another file', '<pattern xlink:href="BAIT#x"/>'],
  ['a path of text of another file', '<text><textPath href="BAIT#x">a</textPath></text>'],
  ['a base', '<g xml:base="BAIT"><use href="#a"/></g>'],
  ['a tref', '<text><tref xlink:href="BAIT"/></text>'],
  ['a cursor element', '<cursor xlink:href="BAIT"/>'],
  ['a face as an element', '<font-face><font-face-src><font-face-uri xlink:href="BAIT"/></font-face-src></font-face>'],
  ['a colour profile as an element', '<color-profile xlink:href="BAIT"/>'],
  ['a video', '<video src="BAIT"/>'],
  ['an object', '<object data="BAIT"/>'],
  ['a handler as an element', '<handler type="text/javascript">BAIT</handler>'],
  ['an instruction', '<?xml-stylesheet href="BAIT"?>'],
  ['a comment', '<!-- BAIT -->'],
  ['a type that is not CSS', '<style type="text/less">@import "BAIT";</style>'],
  ['brackets in brackets', `<style>.a{fill:${'('.repeat(20_000)}url(BAIT)}</style>`],
  ['functions in functions', `<style>.a{fill:${'calc('.repeat(20_000)}url(BAIT)${')'.repeat(20_000)}}</style>`],
  ['fallbacks in fallbacks', `<style>.a{fill:${'var(--x,'.repeat(5_000)}url(BAIT)${')'.repeat(5_000)}}</style>`],
  ['rules in rules', `<style>${'.a{'.repeat(20_000)}fill:url(BAIT)</style>`],
  ['marks in an attribute that no value has', '<g fill="(;url(BAIT)"/>'],
  ['a block in an attribute', '<g fill="x(){BAIT}"/>'],
  ['a profile for transforms', '<g style="transform:url(BAIT)"/>'],
  ['a path in a style', '<g style="offset-path:url(BAIT)"/>'],
]

describe('of an SVG with', () => {
  it.each(LIVE)('%s nothing is left that lives', async (_, inside) => {
    const written = await taken(svg(inside))
    expect(written).toMatch(/^(?:unsafe-svg|broken-image|<svg .*)$/s)
    expect(written).not.toMatch(/BAIT|javascript/)
  })

  it.each([
    ['an entity', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`],
    ['entities of entities', `<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${svg('<text>&b;</text>')}`],
    ['an entity in a subset elsewhere', `<!DOCTYPE svg SYSTEM "http://example.org/x.dtd">${svg('<text>&x;</text>')}`],
    ['a style sheet that it asks for', `<?xml-stylesheet href="x.css"?>${svg('')}`],
  ])('%s nothing is taken', async (_, source) => {
    expect(await taken(source)).toBe('unsafe-svg')
  })
})

it.each([
  ['<style>.a &gt; b, #c{fill:red}</style>', '<style>.a>b,#c{fill:red}</style>'],
  [
    '<style>/* x */ rect:nth-child( 2N + 1 ) { FILL : RED !important }</style>',
    '<style>rect:nth-child(2n+1){fill:RED !important}</style>',
  ],
  [
    '<style>.a{fill:url( "#g" ) red;font:12px/1.5 "A B",serif}</style>',
    '<style>.a{fill:url(#g) red;font:12px/1.5 "A B",serif}</style>',
  ],
  ['<style>.\\31 a{stroke:rgba(1,2,3,.5)}</style>', '<style>.\\31 a{stroke:rgba(1,2,3,.5)}</style>'],
  ['<style><![CDATA[.a{cursor:pointer;fill:red}]]>.b{fill:blue}</style>', '<style>.a{fill:red}.b{fill:blue}</style>'],
  ['<style>@media (min-width: 3px){.a{fill:red}}</style>', '<style>@media (min-width: 3px){.a{fill:red}}</style>'],
  ['<style>.a{width:calc(1px + 2px * 3)}</style>', '<style>.a{width:calc(1px + 2px * 3)}</style>'],
  ['<style>:root{--c:#123}.a{fill:var(--c, red)}</style>', '<style>:root{--c:#123}.a{fill:var(--c,red)}</style>'],
  ['<style>.a{animation:x 1s steps(4) infinite;fill:red}</style>', '<style>.a{fill:red}</style>'],
  ['<g style="fill:none;-inkscape-stroke:none;stroke:#000"/>', '<g style="fill:none;stroke:#000"/>'],
  ['<g mask="url(#a)" transform="rotate(3, 4 5)"/>', '<g mask="url(#a)" transform="rotate(3, 4 5)"/>'],
  ['<g data-x="1" tabindex="0" aria-label="b"/>', '<g aria-label="b"/>'],
])('a sound style stays: %s', async (inside, becomes) => {
  const written = await taken(svg(inside))
  expect(written.replaceAll('&gt;', '>').replaceAll('&quot;', '"')).toContain(`>${becomes}</svg>`)
})

it.each([
  ['<g id="a"/><path id="a" d="M0 0"/><use href="#a"/>', '<g id="a"/><path d="M0 0"/><use href="#a"/>'],
  ['<use href="#none" x="1"/>', '<use x="1"/>'],
  ['<linearGradient id="a"/><use xlink:href="#a"/>', '<linearGradient id="a"/><use/>'],
  ['<pattern id="a"/><linearGradient href="#a"/>', '<pattern id="a"/><linearGradient/>'],
  ['<g fill="url(#none)" stroke="url(#none) red"/>', '<g fill="none" stroke="red"/>'],
  ['<g id="a" clip-path="url(#a)"/>', '<g id="a"/>'],
  ['<radialGradient id="a"/><g fill="url(#a)"/>', '<radialGradient id="a"/><g fill="url(#a)"/>'],
])('no reference is left to what cannot be meant: %s', async (inside, becomes) => {
  expect(await taken(svg(inside))).toContain(`>${becomes}</svg>`)
})

it.each([
  ['<g transform="skewX(1) matrix(0 1 0 0 0 61)" style="mix-blend-mode:multiply"><path d="M0 0h9v9z"/></g>', ''],
  ['<rect transform="scale(0)" width="3" height="3"/><g style="transform:scale(1,0)"/>', ''],
  ['<g transform="scale(1e-5)"/>', '<g transform="scale(1e-5)"/>'],
  ['<clipPath id="c" transform="scale(0)"/><g clip-path="url(#c)"/>', undefined],
])('what is transformed to nothing is left out: %s', async (inside, becomes) => {
  expect(await taken(svg(`<g/>${inside}`))).toContain(`><g/>${becomes ?? inside}</svg>`)
})

const square = '<rect width="12" height="12"/>'
it.each([
  `<g id="far" opacity=".5" transform="translate(0 201)">${square}</g>`,
  `<g style="mix-blend-mode:multiply"><rect x="-260" width="12" height="12"/></g>`,
  `<rect opacity=".5" x="6in" width="12" height="12"/>`,
  `<svg x="201" width="9" height="9" viewBox="0 0 1 1"><g opacity=".5">${square}</g></svg>`,
  `<text style="mix-blend-mode:multiply" x="900" y="50">Words</text>`,
  `<g opacity=".5" transform="rotate(40) translate(900 900)"><text>Words <tspan dx="5">more</tspan></text></g>`,
])('what is far outside on a layer of its own is kept to be referred to, and not drawn: %s', async (inside) => {
  expect(await taken(svg(inside))).toContain(`><defs>${inside}</defs></svg>`)
})

it.each([
  `<g opacity=".5" transform="translate(0 120)">${square}</g>`,
  `<g opacity=".5" transform="translate(0 201)">${square}<text y="-190">Near</text></g>`,
  `<g transform="translate(0 201)">${square}</g>`,
  `<style>.a{transform:none}</style><g class="a" opacity=".5" transform="translate(0 201)">${square}</g>`,
  `<g opacity=".5" transform="translate(0 201)" transform-origin="3 4">${square}</g>`,
  `<g opacity=".5"><svg x="201" width="9" height="9" overflow="visible" viewBox="0 0 1 1">${square}</svg></g>`,
  `<g opacity=".5"><svg x="120" width="9" height="9" viewBox="0 0 1 1">${square}</svg></g>`,
  `<g opacity=".5"><path d="M0 -90C0 -90 0 -300 0 -190S0 90 0 -190"/></g>`,
  `<g opacity=".5" filter="url(#f)" transform="translate(0 201)">${square}</g><filter id="f" y="-20" height="40"/>`,
  `<text opacity=".5" x="900" y="50">Words<tspan x="9">near</tspan></text>`,
  `<g letter-spacing="-99"><text opacity=".5" x="900" y="50">Words</text></g>`,
  `<g font-size="90em"><text opacity=".5" x="900" y="50">Words</text></g>`,
  `<text opacity=".5" x="-900" y="50">${'Words'.repeat(9)}</text>`,
])('what may be seen stays where it is: %s', async (inside) => {
  expect((await taken(svg(inside))).replaceAll('&gt;', '>')).toContain(`>${inside}</svg>`)
})

const filtered = (filter: string) =>
  svg(`<filter id="f">${filter}</filter><rect width="99" height="99" filter="url(#f)"/>`)
const gradient = '<linearGradient id="g"><stop offset="0"/></linearGradient>'
/** The head of a PNG that is square, and not there. */
const claiming = (side: number) => {
  const head = Buffer.alloc(33)
  head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  head.writeUInt32BE(side, 16)
  head.writeUInt32BE(side, 20)
  head.set([8, 2], 24)
  return `data:image/png;base64,${head.toString('base64')}`
}
const HEAVY: [string, string][] = [
  ['turbulence of many octaves', filtered('<feTurbulence baseFrequency=".1" numOctaves="100000"/>')],
  ['morphology of a great radius', filtered('<feMorphology radius="1000"/>')],
  [
    'morphology of a share of the box',
    svg(
      '<filter id="f" primitiveUnits="objectBoundingBox"><feMorphology radius=".5"/></filter><rect width="99" height="99" filter="url(#f)"/>',
    ),
  ],
  ['a great matrix', filtered(`<feConvolveMatrix order="50" kernelMatrix="${many(2500, () => '1 ')}"/>`)],
  ['many filters', filtered(many(200, () => '<feGaussianBlur stdDeviation="5"/>'))],
  [
    'a filter by a rule',
    svg(
      `<style>rect{filter:url(#f)}</style><filter id="f"><feGaussianBlur stdDeviation="5"/></filter>${many(200, () => '<rect width="99" height="99"/>')}`,
    ),
  ],
  [
    'use of use',
    svg(
      `<g id="u0"><rect width="1" height="1"/></g>${many(30, (n) => `<g id="u${n + 1}"><use href="#u${n}"/><use href="#u${n}"/></g>`)}`,
    ),
  ],
  [
    'masks of masks',
    svg(
      `${many(12, (n) => `<mask id="m${n}" mask="url(#m${n - 1})"><rect width="90" height="90" mask="url(#m${n - 1})"/></mask>`)}<rect width="99" height="99" mask="url(#m11)"/>`,
    ),
  ],
  [
    'clip paths of clip paths',
    svg(
      `${many(12, (n) => `<clipPath id="m${n}" clip-path="url(#m${n - 1})"><rect width="90" height="90" clip-path="url(#m${n - 1})"/></clipPath>`)}<rect width="99" height="99" clip-path="url(#m11)"/>`,
    ),
  ],
  [
    'a mask of itself',
    svg('<mask id="m"><rect width="9" height="9" mask="url(#m)"/></mask><rect width="99" height="99" mask="url(#m)"/>'),
  ],
  [
    'a pattern of itself',
    svg(
      '<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern><rect width="99" height="99" fill="url(#p)"/>',
    ),
  ],
  [
    'gradients in a ring',
    svg(
      '<linearGradient id="g" href="#h"/><linearGradient id="h" href="#g"/><rect width="9" height="9" fill="url(#g)"/>',
    ),
  ],
  [
    'a great pattern',
    svg(
      '<pattern id="p" width="5000" height="5000" patternUnits="userSpaceOnUse"><rect width="1" height="1"/></pattern><rect width="99" height="99" fill="url(#p)"/>',
    ),
  ],
  ['tiny dashes', svg(`${gradient}<path d="M0 0H99V99Z" stroke="url(#g)" stroke-dasharray=".00001"/>`)],
  ['tiny dashes from around', svg(`<g stroke="red" stroke-dasharray=".00001"><path d="M0 0H99V99Z"/></g>`)],
  [
    'tiny dashes under a scale',
    svg('<g transform="scale(1e6)"><path d="M0 0H99V99Z" stroke="red" stroke-dasharray=".00001"/></g>'),
  ],
  ['many letters', svg(`<text>${many(40_000, () => 'word ')}</text>`)],
  ['many points', svg(`<path id="p" d="M0 0${many(9_000, () => 'h.1')}"/>${many(250, () => '<use href="#p"/>')}`)],
  ['many elements', svg(many(210_000, () => '<g/>'))],
  [
    'long lines to and fro',
    svg(
      `${gradient}<path fill="none" stroke="url(#g)" d="M0 0${many(100_000, (n) => `L${(n * 37) % 99} ${(n * 61) % 99}`)}"/>`,
    ),
  ],
  [
    'markers at every point',
    svg(
      `<marker id="m"><path d="M0 0${many(5_000, () => 'h1')}"/></marker><path marker-mid="url(#m)" d="M0 0${many(5_000, () => 'h1')}"/>`,
    ),
  ],
  [
    'many rules for many elements',
    svg(`<style>${many(30_000, (n) => `.a${n}{fill:red}`)}</style>${many(30_000, () => '<g/>')}`),
  ],
  [
    'a selector over deep groups',
    svg(
      `<style>${many(20, () => 'g ')}b{fill:red}</style>${many(60, () => '<g>')}${many(9, () => '<b/><rect/>')}${many(60, () => '</g>')}`.replaceAll(
        'b{',
        'rect{',
      ),
    ),
  ],
  ['full layers', svg(`${many(60, () => '<g opacity=".5"><rect width="99" height="99"/>')}${many(60, () => '</g>')}`)],
  ['a picture within that says it is large', svg(`<image href="${claiming(20_000)}" width="9" height="9"/>`)],
  [
    'a pattern with dashes from where it is written',
    svg(
      '<g stroke="red" stroke-dasharray=".0000001"><pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><path d="M0 0h9"/></pattern></g><rect width="9" height="9" fill="url(#p)"/>',
    ),
  ],
  ['one property, set again and again', svg(`<rect style="${'fill:red;'.repeat(60_000)}" width="9" height="9"/>`)],
  ['the same in many elements', svg(many(300, () => `<rect style="${'fill:red;'.repeat(3000)}"/>`))],
  ['rules without end', svg(`<style>${many(60_000, () => 'rect{fill:red}')}</style><rect/>`)],
  ['elements in elements', svg(`${many(100, () => '<g>')}${many(100, () => '</g>')}`)],
]

describe('too complex is an SVG of', () => {
  it.each(HEAVY)('%s', async (_, source) => {
    expect(await taken(source)).toBe('svg-too-complex')
  })
})

it.each([
  ['one of whose elements has 50,000 attributes', svg(`<rect ${many(50_000, (n) => `a${n}="1" `)}/>`)],
  [
    'with a thousand small shapes and shadows',
    svg(
      `<filter id="f"><feDropShadow stdDeviation=".3"/></filter>${gradient}${many(1_000, (n) => `<rect x="${n % 99}" y="${n / 99}" width="2" height="2" fill="url(#g)" filter="url(#f)"/>`)}`,
    ),
  ],
  [
    'with a map of twenty thousand points',
    svg(`<path fill="none" stroke="red" d="M0 0${many(20_000, (n) => `l${n % 3 === 0 ? 1 : -0.5} .1`)}"/>`),
  ],
  ['with a width of many numbers', svg(`<rect width="${'1 '.repeat(140_000)}" height="9"/>`)],
  ['with two thousand letters', svg(`<text font-size="3">${many(400, () => 'word ')}</text>`)],
  [
    'with an arrow at the end of a line',
    svg('<marker id="m"><path d="M0 0h3"/></marker><path marker-end="url(#m)" stroke="red" d="M0 0h9"/>'),
  ],
  ['with a blurred whole', filtered('<feGaussianBlur stdDeviation="3"/>')],
])('an SVG %s is taken', async (_, source) => {
  expect(await taken(source)).toMatch(/^<svg /)
})
