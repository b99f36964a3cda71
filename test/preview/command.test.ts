// The packaged command: what it prints, that it goes on, and that it ends clean.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { State } from '../../src/preview/protocol.js'
import { BOOK } from './open.js'

const COMMAND = join(dirname(fileURLToPath(import.meta.url)), '../../dist/cli.js')

// Windows has no signal that a process can be ended with as by Ctrl-C.
const live = test.skipIf(process.platform === 'win32')

let home: string
let child: ChildProcess | undefined
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-preview-command-'))
  for (const [path, text] of Object.entries(BOOK)) {
    mkdirSync(dirname(join(home, 'book', path)), { recursive: true })
    writeFileSync(join(home, 'book', path), text)
  }
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

function start(...words: string[]) {
  const started = spawn(process.execPath, [COMMAND, ...words], { cwd: home })
  child = started
  let out = ''
  let err = ''
  const waiting: { is: RegExp; tell: (found: string) => void }[] = []
  const look = () => {
    for (const one of [...waiting]) {
      const found = one.is.exec(out)
      if (found === null) continue
      waiting.splice(waiting.indexOf(one), 1)
      out = out.slice(found.index + found[0].length)
      one.tell(found[0])
    }
  }
  started.stdout.on('data', (part) => {
    out += String(part)
    look()
  })
  started.stderr.on('data', (part) => {
    err += String(part)
  })
  return {
    said: (is: RegExp) =>
      new Promise<string>((tell) => {
        waiting.push({ is, tell })
        look()
      }),
    errors: () => err,
    end: () =>
      new Promise<number | null>((done) => {
        started.on('exit', (code) => done(code))
        started.kill('SIGINT')
      }),
  }
}

live('preview prints its address on a line by itself, writes nothing, and ends clean', async () => {
  const command = start('preview', 'book', '--port', '0')
  const address = (await command.said(/^.*\n/)).trim()
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  let state: State
  do state = (await (await fetch(`${address}api/state`)).json()) as State
  while (state.revision === 0)
  expect(state.title).toBe('A Small Book')
  expect(await command.end()).toBe(0)
  expect(command.errors()).toBe('')
  expect(readdirSync(home)).toEqual(['book'])
  await expect(fetch(address)).rejects.toThrow()
})

live('build --watch builds, builds again, and ends clean', async () => {
  const command = start('build', 'book', '--watch', '--out', 'made')
  await command.said(/a-small-book\.pdf .*\n/)
  expect(existsSync(join(home, 'made/a-small-book.epub'))).toBe(true)
  writeFileSync(join(home, 'book/chapters/two.md'), 'No title.\n\n:::\n')
  await command.said(/nothing was written\n/)
  writeFileSync(join(home, 'book/chapters/two.md'), '# Mended\n\nText.\n')
  await command.said(/a-small-book\.pdf .*\n/)
  expect(await command.end()).toBe(0)
})

test('a port that is taken is told, and no other is used', async () => {
  const first = start('preview', 'book', '--port', '0')
  const { port } = new URL((await first.said(/^.*\n/)).trim())
  const kept = child
  const second = start('preview', 'book', '--port', port)
  const code = await new Promise((done) => child!.on('exit', done))
  expect({ code, said: second.errors() }).toEqual({
    code: 2,
    said: `octavo: the port ${port} is taken\n  hint: name another, or let it be chosen: \`--port 0\`\n`,
  })
  kept!.kill('SIGKILL')
})
