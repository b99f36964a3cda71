// A book that is long enough to be cut, made up of words that mean nothing and are always the same.
import { cpSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const IMAGES = join(dirname(fileURLToPath(import.meta.url)), '../kitchen-sink/images')

const WORDS =
  'the quick brown fox jumps over a lazy dog while rain falls on old stone bridges and nobody asks why'.split(' ')

/** Words in an order that looks like none, and is always the same. */
export function prose(seed: number, count: number): string {
  let at = seed * 7919 + 1
  const words = Array.from({ length: count }, () => WORDS[(at = (at * 16807) % 2147483647) % WORDS.length])
  return `${words.join(' ').replace(/^./, (letter) => letter.toUpperCase())}.`
}

function chapter(n: number, paragraphs: number): string {
  const blocks = [`# Chapter ${n} {#chapter-${n}}`]
  for (let i = 0; i < paragraphs; i++) {
    const seed = n * 1000 + i
    if (i % 11 === 3)
      blocks.push(`${prose(seed, 30)}[^${i}] See [the first](#chapter-1).`, `[^${i}]: ${prose(seed + 1, 40)}`)
    else if (i % 17 === 5) blocks.push(`![A sink](images/sink.png "${prose(seed, 5)}")`)
    else if (i % 19 === 7) blocks.push(`| a | b |\n|---|---|\n| ${prose(seed, 4)} | *${prose(seed, 3)}* |`)
    else blocks.push(`${prose(seed, 20 + (i % 60))} *${prose(seed + 2, 3)}* Ελλάς ${prose(seed + 3, 8)}`)
  }
  return blocks.join('\n\n')
}

/** Three parts and five chapters, with notes, figures, tables, links and Greek; the second part has what the first has not. */
export function writeBook(dir: string, paragraphs: number, more = ''): void {
  cpSync(IMAGES, join(dir, 'images'), { recursive: true })
  const parts = ['part-1.md', 'c1.md', 'c2.md', 'part-2.md', 'c3.md', 'c4.md', 'part-3.md', 'c5.md']
  const list = parts.map((file) => `  - ${file.startsWith('part') ? `{ file: ${file}, role: part }` : file}\n`).join('')
  writeFileSync(join(dir, 'book.yaml'), `title: Takes\nlanguage: en\nignore: [image-resolution]\nbody:\n${list}`)
  for (const part of [1, 2, 3]) writeFileSync(join(dir, `part-${part}.md`), `# Part ${part}\n\n${prose(part, 20)}\n`)
  for (const n of [1, 2, 3, 4, 5]) writeFileSync(join(dir, `c${n}.md`), chapter(n, paragraphs))
  writeFileSync(
    join(dir, 'c4.md'),
    `${chapter(4, paragraphs)}\n\n![](images/sink.svg)\n\n« Ça ‹ünïq› » — **bold**, \`code\`.\n${more}`,
  )
}
