// In: the cards of a shelf. Out: what searching them asks for: one script, and the index in parts, which it loads when somebody searches.
// All are classic scripts, so that they work from a disk as well (`file:`), where nothing else can be loaded.
import { type Card, peopleOf, seriesOf } from './card.js'
import type { Texts } from './files.js'
import { json } from './markup.js'
import { languageName, type PageWords } from './site-words.js'

export const SEARCH_SCRIPT = 'assets/search.js'
/** Books in a part. */
const PART = 250
/** Of a description, and of all titles of chapters, so many letters. */
const DESCRIBED = 400
const CHAPTERS = 1200

export function writeSearch(cards: readonly Card[], words: PageWords): Texts {
  const files: Texts = new Map()
  const count = Math.ceil(cards.length / PART)
  for (let i = 0; i < count; i++) {
    const rows = cards.slice(i * PART, (i + 1) * PART).map((card) => rowOf(card, words))
    files.set(`search/${i}.js`, `octavoShelf(${json(rows).source})\n`)
  }
  files.set(SEARCH_SCRIPT, SCRIPT.replace('PARTS', String(count)))
  return files
}

/** In the order that the script knows. */
function rowOf(card: Card, words: PageWords): unknown[] {
  const { metadata, thumbnail, at, contents } = card
  return [
    metadata.title,
    metadata.subtitle ?? '',
    peopleOf(card).map(({ name }) => name),
    metadata.subjects.map(({ name }) => name),
    seriesOf(card).map(({ name }) => name),
    (metadata.description ?? '').slice(0, DESCRIBED),
    [...new Set(contents.map(({ title }) => title))].join(' ').slice(0, CHAPTERS),
    languageName(metadata.language, words),
    metadata.date?.slice(0, 4) ?? '',
    metadata.authors.map(({ name }) => name).join(', '),
    `${at.split('/').map(encodeURIComponent).join('/')}`,
    thumbnail.name,
    thumbnail.width,
    thumbnail.height,
    metadata.language,
  ]
}

/**
 * All words must be found, each as the beginning of a word, without regard to case and accents; what is found in a title weighs most.
 * Text is put in as text, never as markup.
 */
const SCRIPT = `(()=>{
const form=document.querySelector('form.search'),box=document.getElementById('books')
if(!form||!box)return
const rest=[...box.children],status=form.querySelector('[role=status]'),aside=document.querySelector('.facets')
const plain=t=>t.normalize('NFD').replace(/\\p{M}/gu,'').toLowerCase()
const WEIGHT=[8,5,6,4,4,2,1]
let rows=[],loading
globalThis.octavoShelf=more=>{for(const r of more)rows.push({r,f:[r[0],r[1],r[2].join(' '),r[3].join(' '),r[4].join(' '),r[5],r[6]].map(t=>' '+plain(t).replace(/[^\\p{L}\\p{N}]+/gu,' '))})}
const load=()=>loading??=Promise.all(Array.from({length:PARTS},(_,i)=>new Promise(done=>{const s=document.createElement('script');s.src='search/'+i+'.js';s.onload=s.onerror=done;document.head.append(s)})))
const tile=r=>{const li=document.createElement('li'),a=document.createElement('a'),img=document.createElement('img'),t=document.createElement('span'),c=document.createElement('span')
a.href=r[10]+'index.html';img.src=r[10]+encodeURIComponent(r[11]);img.width=r[12];img.height=r[13];img.alt='';img.loading='lazy';if(r[12]/r[13]<.625)img.className='tall';t.className='title';t.lang=r[14];t.textContent=r[0];c.className='cover';c.append(img);a.append(c,t);li.append(a)
if(r[9]){const w=document.createElement('span');w.className='who';w.textContent=r[9];li.append(w)}return li}
let turn=0
const search=async()=>{const own=++turn,d=new FormData(form),get=n=>d.get(n)||''
const words=plain(get('q')).split(/[^\\p{L}\\p{N}]+/u).filter(Boolean)
const [s,p,l,y]=['subjects','people','languages','years'].map(get)
if(!words.length&&!s&&!p&&!l&&!y){box.replaceChildren(...rest);status.textContent='';if(aside)aside.hidden=false;return}
await load();if(own!==turn)return
const found=[]
rows.forEach(({r,f},i)=>{if(s&&!r[3].includes(s)||p&&!r[2].includes(p)||l&&r[7]!==l||y&&r[8]!==y)return
let score=0;for(const w of words){let best=0;f.forEach((t,k)=>{if(t.includes(' '+w))best=Math.max(best,WEIGHT[k]*((t+' ').includes(' '+w+' ')?2:1))});if(!best)return;score+=best}
found.push([score,i,r])})
found.sort((a,b)=>b[0]-a[0]||a[1]-b[1])
const ul=document.createElement('ul');ul.className='grid';ul.append(...found.slice(0,240).map(f=>tile(f[2])))
box.replaceChildren(ul);if(aside)aside.hidden=true
status.textContent=found.length?form.dataset.found.replace('%',found.length):form.dataset.nothing}
form.addEventListener('input',search)
form.addEventListener('submit',e=>{e.preventDefault();search()})
form.addEventListener('focusin',load,{once:true})
if(form.q.value||[...form.querySelectorAll('select')].some(x=>x.value))search()
})()
`
