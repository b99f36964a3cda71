// Books for the bench: what a manifest lists, the same book shorter or longer, and a long one made up from a short one.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse, stringify } from 'yaml'

const LISTS = ['front', 'body', 'back']

/** The title and the Markdown files of a book, in order. */
export function readManifest(path) {
  // Tabs before a continued line are common and harmless, but not YAML.
  const manifest = parse(readFileSync(join(path, 'book.yaml'), 'utf8').replace(/^\t+/gm, ' '))
  const entries = LISTS.flatMap((list) => manifest[list] ?? [])
  const files = entries
    .map((entry) => (typeof entry === 'string' ? entry : entry.file))
    .filter((file) => file !== undefined)
  return { title: manifest.title, files, manifest }
}

/** A copy of the book with `share` of its body: the first files, or all of them several times over. */
export function resize(path, to, share) {
  const { manifest } = readManifest(path)
  const body = []
  for (let time = 0; time < Math.ceil(share); time++) {
    const part = manifest.body.slice(0, Math.ceil(manifest.body.length * Math.min(1, share - time)))
    for (const entry of part) {
      const file = typeof entry === 'string' ? entry : entry.file
      if (file === undefined) continue
      const copy = join(`x${time}`, file)
      mkdirSync(dirname(join(to, copy)), { recursive: true })
      cpSync(join(path, file), join(to, copy))
      body.push(typeof entry === 'string' ? copy : { ...entry, file: copy })
    }
  }
  writeFileSync(
    join(to, 'book.yaml'),
    stringify({ ...manifest, front: undefined, back: undefined, cover: undefined, body }),
  )
  return to
}

const CHAPTERS = 380
const PARAGRAPHS = 45
const SENTENCES = 4

/** A book of some 560,000 words: the sentences of `seed`'s paragraphs, drawn by a generator that is the same every time. */
export function makeUp(to, seed) {
  const text = readManifest(seed).files.map((file) =>
    readFileSync(join(seed, file), 'utf8').replace(/^---[\s\S]*?---\n/, ''),
  )
  const plain = text
    .join('\n\n')
    .split(/\n\n+/)
    .filter((block) => /^[\p{L}“]/u.test(block))
  const sentences = plain.flatMap((block) => block.replaceAll('\n', ' ').match(/\S.{20,}?[.!?](?=\s|$)/g) ?? [])
  let state = 1936
  const draw = () => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return sentences[state % sentences.length]
  }
  mkdirSync(join(to, 'chapters'), { recursive: true })
  const body = Array.from({ length: CHAPTERS }, (_, chapter) => {
    const file = `chapters/${chapter + 1}.md`
    const paragraphs = Array.from({ length: PARAGRAPHS }, () => Array.from({ length: SENTENCES }, draw).join(' '))
    writeFileSync(join(to, file), `# Chapter ${chapter + 1}\n\n${paragraphs.join('\n\n')}\n`)
    return file
  })
  writeFileSync(join(to, 'book.yaml'), stringify({ title: 'A long book', language: 'en', date: '2026-01-01', body }))
  return to
}
