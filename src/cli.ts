#!/usr/bin/env node
// The command `octavo`: hands the command line to run() and its answer to the shell. Alone in the house it exits.
import { fstatSync } from 'node:fs'
import module from 'node:module'
import { cacheFolder } from './cli/cache.js'

// Node from 22 on keeps what it compiled from one start to the next; Node 20 has no such thing. Its own place is the folder of
// temporary files, where others may write.
const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown }
const kept = enableCompileCache && cacheFolder(true)
if (kept !== undefined) enableCompileCache?.(kept)

// A reader that has seen enough (`octavo check | head`) is no fault; a device that is full is not ours, and the shell has to know of it.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(process.exitCode ?? 0)
    if (stream === process.stdout) process.stderr.write(`octavo: could not print what there is to say (${code})\n`)
    process.exit(1)
  })

/** A little more than a text may have. */
const MOST_INPUT = 17 * 1024 * 1024

function isFolder(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isDirectory()
  } catch {
    return false
  }
}

try {
  const { commandTyped, hasColour, run } = await import('./cli/run.js')
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    live: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
    colour: hasColour(process.env, process.stdout.isTTY === true),
    name: commandTyped(process.argv[1] ?? 'octavo'),
    exit: (status) => process.exit(status),
    async input() {
      // Node reads a folder as if it were an empty file.
      if (isFolder(0)) return undefined
      const pieces: Buffer[] = []
      let room = MOST_INPUT
      for await (const piece of process.stdin) {
        pieces.push(piece as Buffer)
        // What is too large is refused where all texts are; the rest need not be waited for.
        if ((room -= (piece as Buffer).length) < 0) break
      }
      return Buffer.concat(pieces)
    },
  })
} catch (cause) {
  const { harmless } = await import('./cli/console.js')
  const trace = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  process.stderr.write(`octavo: this is a fault of Octavo's, not of the book; nothing was written\n`)
  process.stderr.write(`${trace.split('\n').map(harmless).join('\n')}\n`)
  process.exitCode = 1
}
