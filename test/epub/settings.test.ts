// What a reader sets on the device, one setting after the other, in the code and the style sheets of three engines, in a
// browser: it reaches every paragraph of prose. What must keep its own look (verse, code, tables, headings, lines that stand
// on the right or in the middle) is named here. And pictures are seen at night.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, inBrowser } from './browser.js'
import { type Made, make, makeFolder } from './make.js'
import { specimen } from './specimen.js'

const without = CHROMIUM === undefined ? ' (left out: there is no Chromium here)' : ''
const BOOKS = ['a book with every construct', 'book', 'test/kitchen-sink']
const L = 1.9

interface Setting {
  name: string
  /** Where in a document it is set. */
  css?: string
  /** Of the root, as Readium's sheets ask for it. */
  style?: string
  /** epub.js: calls of its themes. */
  calls?: [method: string, ...args: unknown[]][]
  /** What holds of a paragraph `now`, beside what was `before`, whose base says whether its look is the body's own. */
  holds: string
  /** Roles that keep what they must. */
  keep?: string
}

const LINES = `(now.line / now.size > ${L - 0.02} && now.line / now.size < ${L + 0.02}) || Math.abs(now.line / before.line - ${L} / base) < 0.02`
const RAGGED = "now.align !== 'justify'"
const CENTRED = "before.align !== 'justify' || now.align === 'center'"
/** Pages that are no prose: lines of their own heights and places. */
const DISPLAY = '.imprint, [class*=title], [class*=author], [class*=publisher]'

const foliate = (() => {
  const source = readFileSync('node_modules/foliate-js/reader.js', 'utf8')
  const written = source.slice(source.indexOf('const getCSS = ') + 15, source.indexOf('\nconst $ ='))
  return new Function(`return ${written}`)() as (style: object) => string
})()
const readium = (name: string) => readFileSync(`node_modules/@readium/css/css/dist/ReadiumCSS-${name}.css`, 'utf8')

const SETTINGS: Record<string, Setting[]> = {
  'set on html or body': [
    { name: 'lines on html', css: `html { line-height: ${L} }`, holds: LINES },
    { name: 'lines on body', css: `body { line-height: ${L} }`, holds: LINES },
    { name: 'alignment on html', css: 'html { text-align: start }', holds: RAGGED },
    { name: 'alignment on body', css: 'body { text-align: center }', holds: CENTRED },
    { name: 'hyphens on html', css: 'html { hyphens: manual }', holds: "now.hyphens === 'manual'" },
    { name: 'hyphens on body', css: 'body { hyphens: none }', holds: "now.hyphens !== 'auto'" },
    { name: 'size', css: 'html { font-size: 150% }', holds: 'Math.abs(now.size / before.size - 1.5) < 0.01' },
    { name: 'size on body', css: 'body { font-size: 150% }', holds: 'Math.abs(now.size / before.size - 1.5) < 0.01' },
    { name: 'face', css: 'html { font-family: Verdana }', holds: "now.family === 'Verdana'" },
    { name: 'face on body', css: 'body { font-family: Verdana }', holds: "now.family === 'Verdana'" },
    { name: 'letters', css: 'html { letter-spacing: 2px }', holds: 'now.letters === 2 || before.letters > 0' },
    { name: 'words', css: 'body { word-spacing: 3px }', holds: 'now.words === 3' },
    {
      name: 'paragraphs',
      css: 'p { margin-bottom: 9px }',
      keep: DISPLAY,
      holds: "tag !== 'p' || now.below === 9 || before.below > 0",
    },
    {
      name: 'colours',
      css: 'html { color: #eeeeee; background: #111111 }',
      holds: "now.colour === 'rgb(238, 238, 238)' && now.ground === 'rgba(0, 0, 0, 0)'",
    },
  ],
  'foliate-js': [
    { name: 'lines', css: foliate({ spacing: L, justify: true, hyphenate: true }), holds: LINES, keep: DISPLAY },
    { name: 'ragged', css: foliate({ spacing: L, justify: false, hyphenate: true }), holds: RAGGED },
    {
      name: 'undivided',
      css: foliate({ spacing: L, justify: true, hyphenate: false }),
      holds: "now.hyphens === 'manual'",
    },
  ],
  'epub.js': [
    { name: 'lines', calls: [['override', 'line-height', `${L}`]], holds: LINES },
    { name: 'lines, with force', calls: [['override', 'line-height', `${L}`, true]], holds: LINES },
    { name: 'ragged', calls: [['override', 'text-align', 'left']], holds: RAGGED },
    { name: 'size', calls: [['fontSize', '150%']], holds: 'Math.abs(now.size / before.size - 1.5) < 0.01' },
    { name: 'face', calls: [['font', 'Verdana']], holds: "now.family === 'Verdana'" },
    {
      name: 'letters',
      calls: [['override', 'letter-spacing', '2px']],
      holds: 'now.letters === 2 || before.letters > 0',
    },
    { name: 'words', calls: [['override', 'word-spacing', '3px']], holds: 'now.words === 3' },
    {
      name: 'rules for paragraphs',
      calls: [['default', { p: { 'margin-bottom': '9px' } }]],
      holds: "tag !== 'p' || now.below === 9 || before.below > 0",
      keep: DISPLAY,
    },
    { name: 'undivided', calls: [['override', 'hyphens', 'none']], holds: "now.hyphens !== 'auto'" },
    {
      name: 'night',
      calls: [['default', { body: { color: '#eeeeee', background: '#111111' } }]],
      holds: "now.colour === 'rgb(238, 238, 238)'",
    },
  ],
  'Readium CSS': [
    { name: 'nothing set', style: '', holds: 'now.line === before.line && now.family === before.family' },
    { name: 'lines', style: `--USER__lineHeight: ${L}`, holds: LINES },
    { name: 'ragged', style: '--USER__textAlign: left', holds: "before.align !== 'justify' || now.align === 'left'" },
    {
      name: 'justified',
      style: '--USER__textAlign: justify',
      holds: "before.align !== 'justify' || now.align === 'justify'",
    },
    { name: 'undivided', style: '--USER__bodyHyphens: none', holds: "now.hyphens === 'none'" },
    {
      name: 'divided',
      style: '--USER__bodyHyphens: auto',
      holds: "before.hyphens !== 'auto' || now.hyphens === 'auto'",
    },
    { name: 'face', style: '--USER__fontFamily: Verdana', holds: "now.family === 'Verdana'" },
    {
      name: 'face for dyslexia',
      style: '--USER__fontFamily: AccessibleDfA',
      holds: '/AccessibleDfA/.test(now.family) && !now.italic',
    },
    { name: 'plain letters', style: 'readium-a11y-on: readium-a11y-on', holds: "!now.italic && now.caps === 'normal'" },
    { name: 'size', style: '--USER__fontSize: 150%', holds: 'now.zoom === 1.5' },
    {
      name: 'size as before',
      style: 'readium-deprecatedFontSize-on: readium-deprecatedFontSize-on; --USER__fontSize: 150%',
      holds: 'Math.abs(now.size / before.size - 1.5) < 0.01',
    },
    { name: 'one size', style: 'readium-normalize-on: readium-normalize-on', holds: 'now.size === 16' },
    { name: 'letters', style: '--USER__letterSpacing: 2px', holds: 'now.letters === 2' },
    { name: 'words', style: '--USER__wordSpacing: 3px', holds: 'now.words === 3' },
    {
      name: 'paragraphs',
      style: '--USER__paraSpacing: 9px',
      holds: "tag !== 'p' || (now.below === 9 && now.above === 9)",
    },
    { name: 'indents', style: '--USER__paraIndent: 25px', holds: "tag !== 'p' || now.boxed || now.indent === 25" },
    { name: 'ligatures', style: '--USER__ligatures: none', holds: "now.ligatures === 'none'" },
    { name: 'weight', style: '--USER__fontWeight: 600', holds: 'now.weight === 600' },
    { name: 'width', style: '--USER__fontWidth: 75%', holds: "now.stretch === '75%'" },
    { name: 'optical sizes', style: '--USER__fontOpticalSizing: none', holds: "now.optical === 'none'" },
    { name: 'measure', style: '--USER__lineLength: 300px', holds: 'now.width <= 300' },
    { name: 'columns', style: '--USER__colCount: 2', holds: 'now.width <= 350' },
    {
      name: 'night',
      style: '--USER__backgroundColor: #111111; --USER__textColor: #eeeeee',
      holds: "now.colour === 'rgb(238, 238, 238)'",
    },
    {
      name: 'sepia',
      style: '--USER__backgroundColor: #faf4e8; --USER__textColor: #433422',
      holds: "now.colour === 'rgb(67, 52, 34)'",
    },
  ],
}

/** Of every paragraph, item and definition that holds text: what its look is. Verse, code, tables and captions are not prose. */
const ASK = `
  const base = BASE
  const view = (frame) => frame.contentDocument
  const looks = (document) => [...document.querySelectorAll('p, li, dd')]
    .filter((each) => !each.closest('.verse, table, figure, nav, .contents') && each.textContent.trim() !== '')
    .map((each) => {
      const s = document.defaultView.getComputedStyle(each)
      return {
        tag: each.localName, element: each,
        line: parseFloat(s.lineHeight), size: parseFloat(s.fontSize), align: s.textAlign, hyphens: s.hyphens, family: s.fontFamily,
        letters: parseFloat(s.letterSpacing) || 0, words: parseFloat(s.wordSpacing) || 0, above: parseFloat(s.marginTop),
        below: parseFloat(s.marginBottom), indent: parseFloat(s.textIndent), colour: s.color, ground: s.backgroundColor,
        italic: s.fontStyle !== 'normal', caps: s.fontVariantCaps, ligatures: s.fontVariantLigatures, weight: Number(s.fontWeight),
        stretch: s.fontStretch, optical: s.fontOpticalSizing, zoom: Number(document.defaultView.getComputedStyle(document.body).zoom),
        width: each.getClientRects()[0]?.width ?? 0, boxed: each.matches('blockquote p, header p, figcaption p'),
      }
    })
  const sheet = (document, text, first) => {
    const style = document.createElementNS('http://www.w3.org/1999/xhtml', 'style')
    style.textContent = text
    if (first) document.head.prepend(style)
    else document.head.append(style)
    return style
  }
  const faults = []
  let seen = 0
  for (const path of DOCUMENTS) {
    const frame = document.createElement('iframe')
    frame.style.cssText = 'border:0;width:700px;height:800px'
    frame.src = path
    await new Promise((done) => { frame.onload = done; document.body.append(frame) })
    const inside = frame.contentDocument
    const before = looks(inside)
    const engine = [READIUM_BEFORE, READIUM_AFTER]
    if (engine[0]) { sheet(inside, engine[0], true); sheet(inside, engine[1], false) }
    for (const setting of SETTINGS) {
      const style = setting.css ? sheet(inside, setting.css, false) : undefined
      if (setting.style !== undefined) inside.documentElement.setAttribute('style', setting.style)
      let reset = () => {}
      if (setting.calls) {
        const contents = new engineJs.Contents(inside, inside.body)
        const themes = new engineJs.Themes({ hooks: { content: { register() {} } }, getContents: () => [contents] })
        for (const [method, ...args] of setting.calls) themes[method](...args)
        reset = () => { inside.body.removeAttribute('style'); for (const each of inside.querySelectorAll('[id^=epubjs]')) each.remove() }
      }
      const holds = new Function('now', 'before', 'tag', 'base', 'return ' + setting.holds)
      for (const [i, now] of looks(inside).entries()) {
        seen++
        if (setting.keep && now.element.matches(setting.keep)) continue
        if (holds(now, before[i], now.tag, base)) continue
        const { element, ...shown } = now
        faults.push([setting.name, path, now.tag + '.' + element.className, 'in', element.parentElement.localName + '.' + element.parentElement.className, element.textContent.trim().slice(0, 20)].join(' '))
      }
      reset()
      style?.remove()
    }
    frame.remove()
  }
  return { faults, seen }
`

const NIGHT = `
  const out = []
  for (const colour of ['#000000', '#433422', '#999999', '#eeeeee']) {
    const frame = document.createElement('iframe')
    frame.src = DOCUMENT
    await new Promise((done) => { frame.onload = done; document.body.append(frame) })
    const inside = frame.contentDocument
    const readium = document.createElementNS('http://www.w3.org/1999/xhtml', 'style')
    readium.textContent = READIUM
    inside.head.append(readium)
    inside.documentElement.setAttribute('style', '--USER__backgroundColor: #808080; --USER__textColor: ' + colour)
    const image = inside.defaultView.getComputedStyle(inside.querySelector('figure img')).backgroundImage
    out.push([colour, / \\/ 0\\)/.test(image) ? 'nothing' : /^linear-gradient\\((color\\(srgb 1 1 1\\)|rgb\\(255, 255, 255\\))/.test(image) ? 'white' : image])
    frame.remove()
  }
  return out`

let root: string
const epubs = new Map<string, { epub: Made; folder: string; base: number }>()
beforeAll(async () => {
  if (CHROMIUM === undefined) return
  root = mkdtempSync(join(tmpdir(), 'octavo-settings-'))
  const contents = `export { default as Themes } from 'epubjs/src/themes.js'; export { default as Contents } from 'epubjs/src/contents.js'`
  const built = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    format: 'iife',
    globalName: 'engineJs',
    write: false,
    logLevel: 'silent',
  })
  for (const name of BOOKS) {
    const epub = name === BOOKS[0] ? await make(await specimen()) : await makeFolder(name)
    const folder = join(root, String(epubs.size))
    for (const [path, bytes] of epub.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    writeFileSync(join(folder, 'engine.js'), built.outputFiles[0]!.text)
    const base = Number(/^html \{[^}]*line-height: ([\d.]+)/m.exec(epub.text('EPUB/css/book.css'))?.[1])
    epubs.set(name, { epub, folder, base })
  }
})
afterAll(() => root && rmSync(root, { recursive: true, force: true }))

describe.each(Object.keys(SETTINGS))(`%s${without}`, (engine) => {
  test.skipIf(CHROMIUM === undefined).each(BOOKS)('%s: every setting reaches every paragraph', async (name) => {
    const { epub, folder, base } = epubs.get(name)!
    const documents = [...epub.files.keys()].filter((path) => /text\/.*\.xhtml$/.test(path))
    const isReadium = engine === 'Readium CSS'
    const script = ASK.replace('BASE', () => String(base))
      .replace('DOCUMENTS', () => JSON.stringify(documents))
      .replace('READIUM_BEFORE', () => (isReadium ? JSON.stringify(readium('before')) : 'undefined'))
      .replace('READIUM_AFTER', () => (isReadium ? JSON.stringify(readium('after')) : 'undefined'))
      .replace('SETTINGS', () => JSON.stringify(SETTINGS[engine]))
    const { faults, seen } = (await inBrowser(folder, script, 'engine.js')) as { faults: string[]; seen: number }
    expect(faults).toEqual([])
    expect(seen).toBeGreaterThan(80)
  })
})

test.skipIf(CHROMIUM === undefined)(
  `pictures stand on white where the text is light, and only there${without}`,
  async () => {
    const { epub, folder } = epubs.get('test/kitchen-sink')!
    const path = [...epub.files.keys()].find(
      (each) => each.endsWith('.xhtml') && !each.includes('cover') && epub.text(each).includes('<figure'),
    )
    const script = NIGHT.replace('DOCUMENT', () => JSON.stringify(path)).replace('READIUM', () =>
      JSON.stringify(readium('after')),
    )
    expect(await inBrowser(folder, script)).toEqual([
      ['#000000', 'nothing'],
      ['#433422', 'nothing'],
      ['#999999', 'white'],
      ['#eeeeee', 'white'],
    ])
  },
)
