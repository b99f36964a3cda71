// In: files that the fuzzer made. Out: what the outside judges say of them, where they are on this machine; nothing: fine.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const run = (root, ...words) => spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })

/** Finished books: EPUBCheck and veraPDF. */
export function judgeBooks(root, sample) {
  if (!existsSync(sample)) return []
  const files = readdirSync(sample).map((name) => join(sample, name))
  const ask = (script, ending, ...words) => {
    const some = files.filter((name) => name.endsWith(ending))
    if (some.length === 0) return []
    const { stdout, status } = run(root, join('scripts', script), ...words, ...some)
    console.log(`${script}: ${some.length} files, ${status === 0 ? 'fine' : 'FAULT'}`)
    const said = stdout.split('\n').filter((line) => !/: fine\b/.test(line))
    return status === 0 ? [] : [`${script}: ${said.join('\n')}`]
  }
  // Pictures of a few large dots, which these books have, lie on other dots of the screen with each painter.
  return [...ask('judge-epub.js', '.epub', '--only', 'epubcheck'), ...ask('judge-pdf.js', '.pdf', '--unpainted')]
}

/** Drawings, as a book of them: EPUBCheck. */
export function judgeDrawings(root, book, drawings) {
  if (drawings.length === 0) return []
  rmSync(book, { recursive: true, force: true })
  mkdirSync(book, { recursive: true })
  for (const [i, source] of drawings.entries()) writeFileSync(join(book, `${i}.svg`), source)
  const figures = drawings.map((_, i) => `![A drawing.](${i}.svg)\n`).join('\n')
  writeFileSync(join(book, 'a.md'), `# A\n\nWords.\n\n${figures}`)
  const manifest = 'title: Drawings\nlanguage: en\ndate: 2026-01-01\nslug: drawings\nbody: [a.md]\n'
  writeFileSync(join(book, 'book.yaml'), manifest)
  const built = run(root, 'dist/cli.js', 'build', book, '--out', join(book, 'out'), '--edition', 'epub')
  const told = run(root, 'scripts/judge-epub.js', '--only', 'epubcheck', join(book, 'out/drawings.epub'))
  // The grammar of SVG 1.1 that it knows is no fault: any place for anything is what these drawings are for.
  const wrong = told.stdout.split('\n').filter((line) => /^\s+(?:FATAL|ERROR|WARNING)\b/.test(line))
  return [
    ...(built.status === 0 ? [] : [built.stderr.slice(0, 2000)]),
    ...wrong.map((line) => `EPUBCheck of drawings: ${line.trim().slice(0, 300)}`),
  ]
}
