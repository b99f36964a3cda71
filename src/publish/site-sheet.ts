// In: looks of a site and of a book. Out: the style sheet that all pages share, and the few lines that are a page's own: its colours by
// day and by night, and its faces. The rest of the sheet names no colour.
import type { CatalogueLook, PageFace } from '../build/gathered.js'
import { type Colours, pageColours } from '../theme/pagecolours.js'

/** `root`: from the page to the site's root: '', '../../'. For a `<style>` element: nothing in it is a book's own words. */
export function ownStyle({ ground, ink, accent, text, title, generic }: CatalogueLook, root: string): string {
  const { day, night } = pageColours(ground, ink, accent)
  const faces = preloaded({ ground, ink, accent, text, title, generic })
  const [bodyFace] = text
  const [titleFace = bodyFace] = title
  return [
    ...faces.map((face) => fontFace(face, root)),
    `:root{${variables(day)};--text:${stack(bodyFace, generic)};--title:${stack(titleFace, generic)}}`,
    `@media(prefers-color-scheme:dark){:root{${variables(night)}}}`,
  ].join('\n')
}

/** Faces that are asked for at once, so that the page does not stand in others first. */
export function preloaded({ text, title }: CatalogueLook): PageFace[] {
  return [...new Map([...text, ...title].map((face) => [face.file, face])).values()]
}

/** A face that comes late is left for the next page: no line moves once it is read. */
function fontFace({ family, weight, italic, file }: PageFace, root: string): string {
  const style = italic ? 'italic' : 'normal'
  const source = `url(${root}assets/${encodeURIComponent(file)})format("woff")`
  return `@font-face{font-family:"${named(family)}";font-weight:${weight};font-style:${style};font-display:optional;src:${source}}`
}

function stack(face: PageFace | undefined, generic: string): string {
  const system = generic === 'serif' ? 'Georgia,serif' : generic === 'monospace' ? 'monospace' : 'system-ui,sans-serif'
  return face === undefined ? system : `"${named(face.family)}",${system}`
}

/** A family's name comes from a theme: letters, digits and blanks of it are enough to be one. */
function named(family: string): string {
  return family.replace(/[^\p{L}\p{N} _-]/gu, '')
}

function variables(colours: Colours): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value}`)
    .join(';')
}

export const STYLE = `:root{color-scheme:light dark}
*,::before,::after{box-sizing:border-box}
html{font-size:112.5%;-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font-family:var(--text);line-height:1.5;font-variant-numeric:oldstyle-nums;font-kerning:normal;text-rendering:optimizeLegibility;overflow-wrap:break-word}
a{color:var(--accent);text-decoration-thickness:from-font;text-underline-offset:.16em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
img{max-width:100%;height:auto}
p,ol,ul,dl,dd,figure,h1,h2,h3,pre{margin:0}
ol,ul{padding:0;list-style:none}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--paper);z-index:1}
.site,main,.foot{max-width:72rem;margin:0 auto;padding:0 clamp(1.25rem,4vw,3rem)}
.site{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between;padding-top:1.1rem;padding-bottom:1.1rem}
.site a{display:inline-block;padding:.3rem 0;color:inherit;text-decoration:none}
.site a:hover{text-decoration:underline}
.site .name{font-size:1.2rem;font-family:var(--title)}
.site ul{display:flex;flex-wrap:wrap;gap:0 1.4rem;font-size:.95rem}
h1{font-family:var(--title);font-weight:400;font-size:clamp(2rem,1.35rem + 3vw,3.5rem);line-height:1.06;text-wrap:balance;letter-spacing:-.008em}
h2{font-weight:400;font-size:1.22rem;line-height:1.2;font-variant-caps:all-small-caps;letter-spacing:.075em;color:var(--pale)}
h3{font-weight:400;font-style:italic;font-size:1rem}
.small{font-size:.88rem}
.pale{color:var(--pale)}
.book{display:flex;flex-direction:column;padding:clamp(1rem,4vw,3rem) 0 3rem}
.jacket,.text{display:contents}
.jacket img{order:1}.head{order:2;margin-top:2rem}.acts{order:3}.text>:not(.head){order:4}
.jacket img{display:block;width:min(62vw,15rem);margin:0 auto;box-shadow:0 1px 2px #0003,0 .8rem 2.2rem -.6rem #0006}
.acts{display:grid;gap:.6rem;margin-top:1.6rem;width:100%}
.act{display:flex;flex-wrap:wrap;min-height:3rem;align-items:baseline;align-content:center;justify-content:center;gap:0 .5em;padding:.35rem 1.1rem;border:1.5px solid var(--accent);border-radius:.3rem;text-decoration:none;text-align:center;line-height:1.2}
.act.main{background:var(--accent);color:var(--on-accent)}
.act:hover{text-decoration:underline}
.act span{white-space:nowrap;opacity:.88;font-size:.88em;font-variant-numeric:lining-nums}
.subtitle{font-size:clamp(1.15rem,1rem + .8vw,1.5rem);font-style:italic;line-height:1.25;margin-top:.5rem;text-wrap:balance}
.by{font-size:1.18rem;margin-top:1rem}
.credits{margin-top:.15rem;color:var(--pale)}
.about{margin-top:1.4rem;max-width:36rem;font-size:1.08rem;text-wrap:pretty;hyphens:auto}
.about+.about{margin-top:.5rem}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.6rem,1fr));gap:1rem 1.6rem;margin-top:1.8rem;max-width:44rem}
.facts dt{font-variant-caps:all-small-caps;letter-spacing:.07em;color:var(--pale);font-size:.98rem;line-height:1.2}
.facts dd{line-height:1.35}
.part{margin-top:2.6rem;padding-top:1rem;border-top:1px solid var(--line);max-width:44rem}
.part>h2{margin-bottom:.8rem}
.part p+p{margin-top:.5rem}
.files>li{padding:.85rem 0;border-top:1px solid var(--line)}
.files>li:first-child{border-top:0;padding-top:0}
.file{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 1rem;align-items:baseline}
.file a{font-size:1.15rem}
.file .use{grid-column:1;font-style:italic}
.file .size{grid-row:1;grid-column:2;font-variant-numeric:lining-nums tabular-nums;white-space:nowrap;text-align:right}
.file .pages{grid-row:2;grid-column:2;text-align:right;color:var(--pale);font-size:.88rem}
details>summary{cursor:pointer;color:var(--accent);padding:.3rem 0;width:fit-content}
.files details{font-size:.88rem}
code,pre{font-family:ui-monospace,"SFMono-Regular",Consolas,"Liberation Mono",monospace;font-size:.78rem;line-height:1.5;font-variant-numeric:normal}
code{overflow-wrap:anywhere}
pre{overflow:auto;padding:.9rem 1rem;background:var(--panel);border-radius:.3rem;white-space:pre-wrap;overflow-wrap:anywhere}
.toc{line-height:1.35}
.toc ol{margin-left:1.3rem}
.toc .line{display:flex;gap:.5rem;align-items:baseline;padding:.2rem 0}
.toc .line::before{content:"";order:2;flex:1 1 1rem;border-bottom:1px dotted var(--pale);min-width:1rem;transform:translateY(-.25em)}
.toc .line>:first-child{order:1}
.toc .line>:nth-child(2){order:3;color:var(--pale);font-variant-numeric:oldstyle-nums tabular-nums}
.toc a{color:inherit;text-decoration-color:var(--line)}
.said dt{font-variant-caps:all-small-caps;letter-spacing:.07em;color:var(--pale);margin-top:.7rem;line-height:1.2}
.said dt:first-child{margin-top:0}
.said dd+dd{margin-top:.25rem}
.links{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem}
.links a,.links span{display:inline-block;padding:.15rem 0}
.foot{margin-top:2rem;padding-top:1.4rem;padding-bottom:3rem;font-size:.92rem;color:var(--pale)}
.foot>*{border-top:1px solid var(--line);padding-top:1rem}
.foot p{border:0;padding-top:.6rem}
@media(min-width:44rem){
.book{display:grid;grid-template-columns:clamp(11.5rem,27vw,17rem) minmax(0,1fr);gap:clamp(2rem,5vw,5rem)}
.jacket{display:block;position:sticky;top:2rem;align-self:start}
.text{display:block}
.head{margin-top:0}
.jacket img{width:100%;margin:0}
}
@media(min-width:62rem){
.said{display:grid;grid-template-columns:12.5rem minmax(0,1fr);gap:.25rem 1.6rem}
.said dt{grid-column:1;margin-top:.15rem}.said dd{grid-column:2}.said dd+dd{margin-top:0}.said dt~dt{margin-top:.55rem}.said dt~dt+dd{margin-top:.4rem}
}
@media print{.site,.acts,.foot{display:none}body{background:#fff;color:#000}.jacket img{width:5cm}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`
