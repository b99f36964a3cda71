// In: a book. Out: how long it takes, while it is written, from a saved file to the changed page and document, served over HTTP; and
// how long Typst's compiler takes to compile its version again after the same kind of change, where PyPI's `typst` is installed.
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `octavo`: the library. Milliseconds, the median of so many changes of one word at places all over the book. */
export async function live(octavo, book, folder, changes) {
  const dir = join(folder, 'live')
  cpSync(book, dir, { recursive: true })
  const { preview } = await import(octavo)
  let heard
  const shown = await preview({ book: dir, port: 0, built: (built) => heard?.(built) })
  const next = () => new Promise((done) => (heard = done))
  const get = async (path) => (await fetch(new URL(path, shown.address))).arrayBuffer()
  try {
    await shown.ready
    // What the page itself has asked for when it is opened: sheets and faces are made with the first document.
    const state = await (await fetch(new URL('api/state', shown.address))).json()
    await get(`epub/${state.documents.at(-1).path}`)
    await get('epub/css/book.css')
    const files = texts(dir)
    const taken = []
    // The first changes warm the code up, as the first minutes of writing do.
    for (let i = -5; i < changes; i++) {
      const file = files[Math.floor((((i + changes) % changes) + 0.5) * (files.length / changes))]
      const before = readFileSync(file, 'utf8')
      const after = changed(before)
      if (after === undefined) continue
      const built = next()
      const start = performance.now()
      writeFileSync(file, after)
      const { pages, documents, where } = await built
      await Promise.all([
        pages.keys.length > 0 && get(`pages/${pages.keys[0]}.svg`),
        documents.length > 0 && get(`epub/${where?.document ?? documents[0].path}`),
      ])
      if (i >= 0) taken.push(performance.now() - start)
      const back = next()
      writeFileSync(file, before)
      await back
    }
    return median(taken)
  } finally {
    await shown.close()
  }
}

function texts(dir) {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(dir, name))
}

/** One word of the text otherwise, about in its middle. */
function changed(text) {
  const words = [...text.matchAll(/(?<=[a-z] )[a-z]{5,9}(?= [a-z])/g)]
  const word = words[words.length >> 1]
  if (word === undefined) return undefined
  const other = word[0] === 'other' ? 'seven' : 'other'
  return text.slice(0, word.index) + other + text.slice(word.index + word[0].length)
}

const RECOMPILE = `
import re, sys, time, typst
path, count = sys.argv[1], int(sys.argv[2])
text = open(path, encoding='utf8').read()
compiler = typst.Compiler(path)
compiler.compile(format='svg')
words = list(re.finditer(r'(?<=[a-z] )[a-z]{5,9}(?= [a-z])', text))
taken = []
for i in range(count):
    word = words[int((i + 0.5) * len(words) / count)]
    other = 'seven' if word.group() == 'other' else 'other'
    with open(path, 'w', encoding='utf8') as file:
        file.write(text[:word.start()] + other + text[word.end():])
    start = time.perf_counter()
    compiler.compile(path, format='svg')
    taken.append(time.perf_counter() - start)
print(sorted(taken)[len(taken) // 2] * 1000)
`

/** Undefined where there is no such package. All pages are drawn: its compiler cannot be asked for one. */
export function recompile(typst, folder, changes) {
  const file = join(folder, 'live.typ')
  writeFileSync(file, typst)
  const { status, stdout } = spawnSync('python3', ['-c', RECOMPILE, file, String(changes)], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : undefined
}

function median(all) {
  const sorted = [...all].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}
