// Outputs appear whole, all of them or none; nothing else is left behind.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Output, writeWhole } from '../src/build/write.js'
import type { Diagnostic } from '../src/diagnostic.js'

/** Set by a test to make one operation fail, or to act in the midst of it; `step` comes before every one that changes the disk. */
const trouble = vi.hoisted(() => ({
  step: undefined as ((what: string) => void) | undefined,
  sync: undefined as (() => unknown) | undefined,
  rename: undefined as ((to: string) => unknown) | undefined,
  link: undefined as (() => unknown) | undefined,
}))
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>()
  return {
    ...fs,
    open: async (...args: Parameters<typeof fs.open>) => {
      trouble.step?.(`open ${args[1]}`)
      const file = await fs.open(...args)
      const { datasync, sync, writeFile } = file
      file.writeFile = async (...all) => {
        trouble.step?.('write')
        await writeFile.apply(file, all)
      }
      file.datasync = async () => {
        trouble.step?.('datasync')
        if (args[1] === 'wx') await trouble.sync?.()
        await datasync.call(file)
      }
      file.sync = async () => {
        trouble.step?.('sync')
        await sync.call(file)
      }
      return file
    },
    rename: async (from: string, to: string) => {
      trouble.step?.('rename')
      await trouble.rename?.(to)
      return fs.rename(from, to)
    },
    link: async (from: string, to: string) => {
      trouble.step?.('link')
      await trouble.link?.()
      return fs.link(from, to)
    },
    copyFile: async (from: string, to: string) => {
      trouble.step?.('copy')
      return fs.copyFile(from, to)
    },
    rm: async (...args: Parameters<typeof fs.rm>) => {
      trouble.step?.('rm')
      return fs.rm(...args)
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
  trouble.step = trouble.sync = trouble.rename = trouble.link = undefined
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

// Node's own way of making all folders of a path does not come back from here.
test.skipIf(!existsSync('/proc/self'))('where no folder can be made is an answer', async () => {
  out = '/proc/self/octavo/out'
  expect(await write(text('a', 'new'))).toBe(false)
  expect(codes()).toEqual(['output-failed'])
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

/** A process that has ended: its number is nobody's. */
const gone = spawnSync(process.execPath, ['-e', '0']).pid!

/** Does the work as another process, which is killed before its step of that number; false if it came to its end before. */
async function killedAt(step: number, work: () => Promise<unknown>): Promise<boolean> {
  const pid = process.pid
  let steps = 0
  let killed = false
  trouble.step = () => {
    killed ||= steps++ === step
    // The dead do nothing more.
    if (killed) throw new Error('killed')
  }
  Object.defineProperty(process, 'pid', { value: gone, configurable: true })
  try {
    await work().catch(() => undefined)
  } finally {
    Object.defineProperty(process, 'pid', { value: pid, configurable: true })
    trouble.step = undefined
  }
  return killed
}

test.each(['', 'a rename fails', 'no links'])(
  'killed between any two steps, the set is the old or the new after the next build: %s',
  async (more) => {
    if (more === 'a rename fails') trouble.rename = (to) => (to.endsWith('/c') ? fails('EPERM')() : undefined)
    if (more === 'no links') trouble.link = fails('ENOTSUP')
    const seen = new Set<string>()
    for (let step = 0; ; step++) {
      await rm(out, { recursive: true, force: true })
      await mkdir(out)
      for (const name of ['a', 'c']) await writeFile(join(out, name), 'old')
      const killed = await killedAt(step, () => write(text('a', 'new'), text('b', 'new'), text('c', 'new')))
      trouble.rename = more === 'a rename fails' && !killed ? trouble.rename : undefined
      expect(await write(text('z', 'new'))).toBe(true)
      const { z, ...set } = await content()
      expect(z).toBe('new')
      expect(
        [
          { a: 'old', c: 'old' },
          { a: 'new', b: 'new', c: 'new' },
        ],
        `killed at ${step}`,
      ).toContainEqual(set)
      seen.add(set['a']!)
      if (!killed) break
      if (more === 'a rename fails') trouble.rename = (to) => (to.endsWith('/c') ? fails('EPERM')() : undefined)
    }
    expect([...seen]).toEqual(more === 'a rename fails' ? expect.arrayContaining(['old']) : ['old', 'new'])
  },
)

test('a journal that was torn, or leads out of the folder, does nothing', async () => {
  await mkdir(out)
  const file = join(out, '.octavo-journal')
  const host = hostname().replace(/[^A-Za-z0-9-]/g, '') || 'host'
  const from = `.octavo-${host}-${gone}-00000000-0000-4000-8000-000000000000.new`
  await writeFile(join(home, 'precious'), 'stays')
  for (const moves of [[[from, '../precious']], [['../precious', 'a']], [[from, '..']]]) {
    await writeFile(join(out, from), 'bad')
    await writeFile(file, JSON.stringify({ host, pid: gone, id: '', moves }))
    expect(await write(text('b', 'new'))).toBe(true)
    expect(await content()).toEqual({ b: 'new' })
  }
  expect(await readFile(join(home, 'precious'), 'utf8')).toBe('stays')
})

test('many at once do not disturb one another', async () => {
  const versions = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
  const done = await Promise.all(versions.map((each) => write(text('a', each), text('b', each))))
  expect(done).toEqual(versions.map(() => true))
  const { a, b, ...rest } = await content()
  expect(versions).toContain(a)
  // Both are of the same one.
  expect(b).toBe(a)
  expect(rest).toEqual({})
})

describe('a folder of files', () => {
  const sums = (...names: string[]) => names.map((name) => `${'0'.repeat(64)}  ${name}\n`).join('')
  /** As an edition is: it says what is its own. */
  const edition = (...names: string[]) => [
    ...names.map((name) => text(`web/${name}`, name)),
    text('web/SHA256SUMS', sums(...names)),
  ]
  const inside = async () =>
    (await readdir(out, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(out.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort()

  test('is made, and replaced as a whole: no file of the last one stays', async () => {
    expect(await write(...edition('index.html', 'text/one.html', 'text/two.html'), text('a', '1'))).toBe(true)
    expect(await inside()).toEqual(['a', 'web/SHA256SUMS', 'web/index.html', 'web/text/one.html', 'web/text/two.html'])
    await writeFile(join(out, 'web/.DS_Store'), '')
    expect(await write(...edition('index.html', 'text/three.html'))).toBe(true)
    expect(await inside()).toEqual(['a', 'web/SHA256SUMS', 'web/index.html', 'web/text/three.html'])
    expect(found).toEqual([])
  })

  test.each(['web/text/mine.html', 'web/CNAME'])('is left where somebody else keeps %s in it', async (mine) => {
    expect(await write(...edition('text/one.html'))).toBe(true)
    await writeFile(join(out, mine), 'mine')
    const before = await inside()
    expect(await write(text('a', '2'), ...edition('index.html'))).toBe(false)
    expect(found).toMatchObject([
      { code: 'output-in-the-way', message: `\`${join(out, mine)}\` was put there by no build` },
    ])
    expect(await inside()).toEqual(before)
    expect(await readFile(join(out, mine), 'utf8')).toBe('mine')
  })

  test('is left where there is one of the same name that says nothing of itself, or a file', async () => {
    await mkdir(join(out, 'web'), { recursive: true })
    await writeFile(join(out, 'web/notes.txt'), 'mine')
    expect(await write(...edition('index.html'))).toBe(false)
    expect(await inside()).toEqual(['web/notes.txt'])
    await rm(join(out, 'web'), { recursive: true })
    await writeFile(join(out, 'web'), 'mine')
    expect(await write(...edition('index.html'))).toBe(false)
    expect(await content()).toEqual({ web: 'mine' })
    expect(codes()).toEqual(['output-in-the-way', 'output-in-the-way'])
  })

  test.each(['web', 'z'])('comes back where a rename fails: %s', async (last) => {
    expect(await write(...edition('old.html'), text('z', 'old'))).toBe(true)
    const before = await inside()
    let once = fails('EPERM') as (() => never) | undefined
    trouble.rename = (to) => {
      const fail = to.endsWith(`/${last}`) ? once : undefined
      if (fail !== undefined) once = undefined
      fail?.()
    }
    expect(await write(...edition('new.html'), text('z', 'new'))).toBe(false)
    expect(await inside()).toEqual(before)
    expect(await readFile(join(out, 'z'), 'utf8')).toBe('old')
    expect(await write(...edition('new.html'))).toBe(true)
  })

  test('is not lost where the disk fails at going back, too: the next build ends it', async () => {
    expect(await write(...edition('old.html'))).toBe(true)
    trouble.rename = (to) => (to.endsWith('/web') ? fails('EIO')() : undefined)
    expect(await write(...edition('new.html'))).toBe(false)
    expect(codes()).toEqual(['output-failed'])
    trouble.rename = undefined
    expect(await write(text('a', ''))).toBe(true)
    expect(await inside()).toEqual(['a', 'web/SHA256SUMS', 'web/new.html'])
  })

  test('whose build is killed between any two steps is the old or the new after the next', async () => {
    const sets = [
      ['a', 'web/SHA256SUMS', 'web/old.html', 'z'],
      ['a', 'web/SHA256SUMS', 'web/new.html', 'z'],
    ]
    const seen = new Set<string>()
    for (let step = 0; ; step++) {
      await rm(out, { recursive: true, force: true })
      await write(text('a', 'old'), ...edition('old.html'))
      const killed = await killedAt(step, () => write(text('a', 'new'), ...edition('new.html')))
      expect(await write(text('z', ''))).toBe(true)
      const set = await inside()
      expect(sets, `killed at ${step}`).toContainEqual(set)
      // Both are of the same build.
      expect(await readFile(join(out, 'a'), 'utf8')).toBe(set.includes('web/new.html') ? 'new' : 'old')
      seen.add(set.join())
      if (!killed) break
    }
    expect(seen.size).toBe(2)
  })
})
