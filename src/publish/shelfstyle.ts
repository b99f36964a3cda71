// The part of the style sheet that only a shelf's pages ask for: covers in a grid, names, facets, search.
export const SHELF_STYLE = `.list-head{padding-top:clamp(1rem,4vw,2.5rem)}
.list-head .about{max-width:40rem}
.shelf{display:grid;gap:3rem;margin-top:2rem}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.6rem,1fr));gap:2.2rem 1.6rem}
.grid li{min-width:0;line-height:1.25}
.grid a{display:block;text-decoration:none;color:inherit}
.grid a:hover .title{text-decoration:underline}
.grid .cover{display:flex;align-items:flex-end;aspect-ratio:5/8}
.grid img{display:block;width:100%;height:auto;box-shadow:0 1px 2px #0003,0 .5rem 1.2rem -.4rem #0005;background:var(--panel)}
.grid img.tall{width:auto;height:100%}
.grid .title,.grid .who{display:-webkit-box;-webkit-box-orient:vertical;overflow:hidden}
.grid .title{margin-top:.75rem;-webkit-line-clamp:3}
.grid .who{-webkit-line-clamp:2;font-size:.9rem;color:var(--pale);margin-top:.1rem}
.group{margin-top:2.6rem}.group h2,h2.all{margin-bottom:1rem}h2.all{margin:3rem 0 0}
.facets{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:1.8rem 2rem;align-content:start;border-top:1px solid var(--line);padding-top:1.4rem}
.facets h2{margin-bottom:.3rem}
.facets li{line-height:1.3}.facets a,.names a{display:inline-block;padding:.22rem 0;color:inherit;text-decoration-color:var(--line)}
.count{color:var(--pale);font-size:.88rem;margin-left:.25em}
.names{columns:14rem;column-gap:2.5rem;margin-top:1.6rem}.names li{break-inside:avoid;line-height:1.35}
.ways{display:flex;justify-content:space-between;gap:1rem;margin-top:2.6rem;padding-top:1rem;border-top:1px solid var(--line)}
.ways a{padding:.3rem 0}
.news li{margin-top:.8rem;line-height:1.4}.news del{color:var(--pale)}
.search{margin-top:1.6rem;display:grid;gap:.7rem;max-width:44rem}
.search label{display:grid;gap:.15rem}
.search label>span{font-variant-caps:all-small-caps;letter-spacing:.07em;color:var(--pale);line-height:1.2}
.search input,.search select{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--pale);border-radius:.3rem;padding:.55rem .8rem;width:100%;min-height:2.75rem}
.search input{font-size:1.08rem}.search input::placeholder{color:var(--pale);opacity:1}
.choices{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.7rem}
.search p{min-height:1.5em;margin:0}
[hidden]{display:none!important}
@media(min-width:62rem){
.shelf{grid-template-columns:minmax(0,1fr) 13rem;gap:3.5rem}.shelf.alone{grid-template-columns:minmax(0,1fr)}
.facets{grid-template-columns:1fr;border-top:0;padding-top:0}
}
`
