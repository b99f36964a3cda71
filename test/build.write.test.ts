// Outputs appear whole, all of them or none; nothing else is left behind.
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Output, writeWhole } from '../src/build/write.js'
import type { Diagnostic } from '../src/diagnostic.js'

/** Set by a test to make one operation fail, or to act in the midst of it. */
const trouble = vi.hoisted(() => ({
  sync: undefined as (() => unknown) | undefined,
  rename: undefined as ((to: string) => unknown) | undefined,
  link: undefined as (() => unknown) | undefined,
}))
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>()
  return {
    ...fs,
    open: async (...args: Parameters<typeof fs.open>) => {
      const file = await fs.open(...args)
      const sync = file.datasync.bind(file)
      file.datasync = async () => {
        if (args[1] === 'wx') await trouble.sync?.()
        await sync()
      }
      return file
    },
    rename: async (from: string, to: string) => {
      await trouble.rename?.(to)
      return fs.rename(from, to)
    },
    link: async (from: string, to: string) => {
      await trouble.link?.()
      return fs.link(from, to)
    },
  }
})

let home: string
let out: string
let found: Diagnostic[]
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'octavo-write-'))
  out = join(home, 'out')
  found = []
})
afterEach(async () => {
  trouble.sync = trouble.rename = trouble.link = undefined
  await rm(home, { recursive: true })
})

const fails = (code: string) => () => {
  throw Object.assign(new Error(code), { code })
}
const text = (name: string, content: string): Output => ({ name, bytes: new TextEncoder().encode(content) })
const write = (...outputs: Output[]) => writeWhole(out, 'out', outputs, (each) => void found.push(each))
const codes = () => found.map((each) => each.code)

/** Every file in the folder, with its content. */
async function content(): Promise<Record<string, string>> {
  const names = (await readdir(out)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(out, name), 'utf8')])),
  )
}

test('makes the folder and the files, and replaces what was there', async () => {
  expect(await write(text('a', '1'), text('b', '2'))).toBe(true)
  expect(await content()).toEqual({ a: '1', b: '2' })
  await writeFile(join(out, 'other'), 'stays')
  expect(await write(text('a', '3'), text('c', '4'))).toBe(true)
  expect(await content()).toEqual({ a: '3', b: '2', c: '4', other: 'stays' })
  expect(found).toEqual([])
})

test.each([
  ['ENOSPC', 'output-full'],
  ['EROFS', 'output-denied'],
  ['EACCES', 'output-denied'],
  ['EIO', 'output-failed'],
])('%s while writing is an answer, and changes nothing', async (code, answer) => {
  await mkdir(out)
  await writeFile(join(out, 'a'), 'old')
  trouble.sync = fails(code)
  expect(await write(text('a', 'new'), text('b', 'new'))).toBe(false)
  expect(codes()).toEqual([answer])
  expect(await content()).toEqual({ a: 'old' })
})

test('a fault of ours is not taken for one of the disk', async () => {
  trouble.sync = () => {
    throw new TypeError('ours')
  }
  await expect(write(text('a', 'new'))).rejects.toThrow('ours')
  await expect(readdir(out)).rejects.toThrow('ENOENT')
})

test('when the last of several renames fails, the first ones are taken back', async () => {
  await mkdir(out)
  await writeFile(join(out, 'a'), 'old a')
  await writeFile(join(out, 'c'), 'old c')
  trouble.rename = (to) => (to.endsWith('c') ? fails('EPERM')() : undefined)
  expect(await write(text('a', 'new'), text('b', 'new'), text('c', 'new'))).toBe(false)
  expect(codes()).toEqual(['output-denied'])
  expect(await content()).toEqual({ a: 'old a', c: 'old c' })
})

test('the same where the file system has no links', async () => {
  await mkdir(out)
  await writeFile(join(out, 'a'), 'old a')
  trouble.link = fails('EPERM')
  trouble.rename = (to) => (to.endsWith('b') ? fails('EIO')() : undefined)
  expect(await write(text('a', 'new'), text('b', 'new'))).toBe(false)
  expect(await content()).toEqual({ a: 'old a' })
  trouble.rename = undefined
  expect(await write(text('a', 'new'))).toBe(true)
  expect(await content()).toEqual({ a: 'new' })
})

test('a folder where a file should go, or a file where the folder should be', async () => {
  await mkdir(join(out, 'b'), { recursive: true })
  expect(await write(text('a', 'new'), text('b', 'new'))).toBe(false)
  expect(found[0]).toMatchObject({ code: 'output-in-the-way', message: `\`${join(out, 'b')}\` is a folder` })
  expect(await readdir(out)).toEqual(['b'])

  out = join(home, 'file')
  await writeFile(out, '')
  expect(await write(text('a', 'new'))).toBe(false)
  out = join(out, 'below')
  expect(await write(text('a', 'new'))).toBe(false)
  expect(codes().slice(1)).toEqual(['output-not-a-folder', 'output-not-a-folder'])
})

test('folders made for nothing are taken away again', async () => {
  out = join(home, 'x/y/z')
  trouble.sync = fails('ENOSPC')
  expect(await write(text('a', 'new'))).toBe(false)
  expect(await readdir(home)).toEqual([])
})

test('a signal leaves no litter', async () => {
  const before = process.listenerCount('SIGHUP') + process.listenerCount('SIGINT')
  const listener = vi.fn()
  process.on('SIGHUP', listener)
  trouble.sync = () => void process.emit('SIGHUP', 'SIGHUP')
  expect(await write(text('a', 'new'))).toBe(false)
  expect(listener).toHaveBeenCalledOnce()
  expect(codes()).toEqual(['interrupted'])
  await expect(readdir(out)).rejects.toThrow('ENOENT')
  expect(process.listeners('SIGHUP')).toContain(listener)
  process.off('SIGHUP', listener)
  expect(process.listenerCount('SIGHUP') + process.listenerCount('SIGINT')).toBe(before)
})

test('what a killed build has left is swept away; what a living one writes is not', async () => {
  await mkdir(out)
  const host = hostname().replace(/[^A-Za-z0-9-]/g, '') || 'host'
  const id = '00000000-0000-4000-8000-000000000000'
  const gone = spawnSync(process.execPath, ['-e', '0']).pid
  const alive = `.octavo-${host}-${process.pid}-${id}.new`
  const elsewhere = `.octavo-${host}x-${gone}-${id}.new`
  for (const name of [alive, elsewhere, `.octavo-${host}-${gone}-${id}.new`, `.octavo-${host}-${gone}-${id}.old`])
    await writeFile(join(out, name), '')
  expect(await write(text('a', 'new'))).toBe(true)
  expect((await readdir(out)).sort()).toEqual([alive, elsewhere, 'a'].sort())
})

test('many at once do not disturb one another', async () => {
  const versions = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
  const done = await Promise.all(versions.map((each) => write(text('a', each), text('b', each))))
  expect(done).toEqual(versions.map(() => true))
  const { a, b, ...rest } = await content()
  expect(versions).toContain(a)
  expect(versions).toContain(b)
  expect(rest).toEqual({})
})
