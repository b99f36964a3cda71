// Typst, for the side-by-side measure: brought from npm into the user's cache, and a book in its own markup.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import MarkdownIt from 'markdown-it'
import { readManifest } from './books.js'

const PACKAGE = '@myriaddreamin/typst-ts-node-compiler'
const VERSION = '0.7.0'
const FONTS = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/@expo-google-fonts/eb-garamond')

/** How to run it; undefined if it cannot be had. The set time is Node's start and Typst's work, as Octavo's is. */
export function installTypst() {
  const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'octavo-bench', `typst-${VERSION}`)
  if (!existsSync(join(home, 'node_modules', PACKAGE))) {
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'package.json'), '{"private": true}\n')
    const { status } = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', `${PACKAGE}@${VERSION}`], {
      cwd: home,
    })
    if (status !== 0) return undefined
  }
  const script = join(home, 'set.cjs')
  writeFileSync(
    script,
    `const { NodeCompiler } = require('${PACKAGE}')
const [, , workspace, from, to] = process.argv
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [${JSON.stringify(FONTS)}] }] })
require('fs').writeFileSync(to, compiler.pdf({ mainFilePath: require('path').join(workspace, from) }))
`,
  )
  return {
    command: (workspace, from, to) => [process.execPath, script, workspace, from, to],
    /** One compiler that is kept, and sets a file again and again. */
    compiler(workspace) {
      const { NodeCompiler } = createRequire(join(home, 'package.json'))(PACKAGE)
      const kept = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [FONTS] }] })
      return (from) => {
        kept.compile({ mainFilePath: join(workspace, from) })
        kept.evictCache(10)
      }
    },
  }
}

const IN_PYTHON = `
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])
`

/** The newer one that PyPI has, where Python has it; its set time is Python's start and Typst's work. */
export function findTypst() {
  const asked = spawnSync('python3', ['-c', 'import typst; print(typst.__version__)'], { encoding: 'utf8' })
  if (asked.status !== 0) return undefined
  return {
    name: `Typst ${asked.stdout.trim().split('.').slice(0, 2).join('.')}, PDF`,
    command: (workspace, from, to) => ['python3', '-c', IN_PYTHON, join(workspace, from), join(workspace, to), FONTS],
  }
}

// The page of the house theme, as near as Typst's own terms come to it.
const HEAD = `#set page(width: 148mm, height: 210mm, margin: (inside: 18mm, outside: 18mm, top: 20mm, bottom: 22mm), numbering: "1")
#set text(font: "EB Garamond", size: 11pt, lang: "en", hyphenate: true)
#set par(justify: true, first-line-indent: 1.2em, leading: 0.55em, spacing: 0.55em)
#show heading.where(level: 1): it => pagebreak(weak: true) + v(3em) + align(center, it) + v(1em)
#outline()
`

/** The book as one Typst document: its headings, paragraphs, emphasis, quotations, lists, code and notes. */
export function toTypst(path) {
  const markdown = new MarkdownIt({ typographer: true })
  const sources = readManifest(path).files.map((file) =>
    readFileSync(join(path, file), 'utf8').replace(/^---[\s\S]*?\n---\n/, ''),
  )
  return HEAD + sources.map((source) => withNotes(markdown, source)).join('\n')
}

/** Notes are put where they are called, as Typst wants them; everything else follows markdown-it's tokens. */
function withNotes(markdown, source) {
  const notes = new Map()
  const text = source.replace(/^\[\^([^\]]+)\]:[ \t]*((?:.|\n(?!\n*\[\^|\n\S))*)/gm, (_, name, body) => {
    notes.set(name, body.replace(/\s+/g, ' ').trim())
    return ''
  })
  const inline = (children) => children.map((token) => toInline(token, inline)).join('')
  return markdown
    .parse(text, {})
    .map((token) => toBlock(token, inline))
    .join('')
    .replace(/\\\[\^(.+?)\\\]/g, (_, name) => `#footnote[${literal(notes.get(name.replaceAll('\\', '')) ?? 'note')}]`)
}

function toBlock(token, inline) {
  switch (token.type) {
    case 'heading_open':
      return `${'='.repeat(Number(token.tag.slice(1)))} `
    case 'inline':
      return inline(token.children)
    case 'heading_close':
    case 'paragraph_close':
      return '\n\n'
    case 'blockquote_open':
      return '#quote(block: true)[\n'
    case 'list_item_open':
      return '#list['
    case 'blockquote_close':
    case 'list_item_close':
      return ']\n\n'
    case 'hr':
      return '#align(center)[\\* \\* \\*]\n\n'
    case 'fence':
    case 'code_block':
      return `#raw(block: true, ${JSON.stringify(token.content)})\n\n`
    default:
      return ''
  }
}

function toInline(token, inline) {
  switch (token.type) {
    case 'text':
      return literal(token.content)
    case 'softbreak':
      return '\n'
    case 'hardbreak':
      return ' \\\n'
    case 'em_open':
      return '#emph['
    case 'strong_open':
      return '#strong['
    case 'em_close':
    case 'strong_close':
      // The semicolon ends the call: a bracket or a full stop may follow.
      return '];'
    case 'code_inline':
      return `#raw(${JSON.stringify(token.content)});`
    default:
      return token.children ? inline(token.children) : ''
  }
}

function literal(text) {
  return text.replace(/[\\#$@<>_`~=/[\]"'*+-]/g, '\\$&')
}
