// Holds the sources to ARCHITECTURE.md: its tables of layers and packages, no import in a circle, and the habits of the house.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const ARCHITECTURE = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

/** Rows of the table under a heading, as cells; code marks taken away. */
function table(heading: string): string[][] {
  const part = ARCHITECTURE.split(/^## /m).find((each) => each.startsWith(heading))
  if (part === undefined) throw new Error(`ARCHITECTURE.md has no heading ${heading}`)
  const rows = part.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

interface Import {
  /** Source file, relative to src/. */
  from: string
  /** As written. */
  what: string
  /** Types alone are erased: they are a contract, not a call. */
  typeOnly: boolean
}

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort()
const source = new Map(files.map((path) => [path, readFileSync(join(ROOT, 'src', path), 'utf8')]))

const imports: Import[] = files.flatMap((from) => {
  const text = source.get(from)!.replace(/^\s*(\/\/|\/?\*).*$/gm, '')
  const statics = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s*['"]([^'"]+)['"]/gm)]
  const bare = [...text.matchAll(/^import\s+()['"]([^'"]+)['"]/gm)]
  const dynamic = [...text.matchAll(/\bimport\(()\s*['"]([^'"]+)['"]\s*\)/g)]
  const resolved = [...text.matchAll(/(?:\.resolve|\brequire)\(()\s*['"`]([^'"`$]+)/g)]
  return [...statics, ...bare, ...dynamic, ...resolved].map(([, type, what]) => ({
    from,
    what: what!,
    typeOnly: type !== undefined && type !== '',
  }))
})

/** The layer of a file under src/: its folder, or its own name. The command and the builder have a folder beside their file. */
const layerOf = (path: string) => path.split('/')[0]!.replace(/\.ts$/, '')
const targetOf = ({ from, what }: Import) => posix.join(posix.dirname(from), what).replace(/\.js$/, '.ts')
const packageOf = (what: string) =>
  what
    .split('/')
    .slice(0, what.startsWith('@') ? 2 : 1)
    .join('/')
const isOutside = (what: string) => !what.startsWith('.') && !what.startsWith('node:') && !builtinModules.includes(what)

/** Files that reach each other, each group in order of name: Tarjan, Depth-First Search and Linear Graph Algorithms (1972). */
function circles(paths: readonly string[], edges: readonly Import[]): string[][] {
  const next = new Map(paths.map((path) => [path, edges.filter(({ from }) => from === path).map(targetOf)]))
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (path: string): number => {
    const own = index.size
    index.set(path, own)
    low.set(path, own)
    stack.push(path)
    for (const other of next.get(path) ?? []) {
      if (!index.has(other)) low.set(path, Math.min(low.get(path)!, visit(other)))
      else if (stack.includes(other)) low.set(path, Math.min(low.get(path)!, index.get(other)!))
    }
    if (low.get(path) === own) {
      const group = stack.splice(stack.indexOf(path))
      if (group.length > 1) found.push(group.sort())
    }
    return low.get(path)!
  }
  for (const path of paths) if (!index.has(path)) visit(path)
  return found
}

const layers = new Map(table('Layers').map(([name, may]) => [name!, may === 'nothing' ? [] : may!.split(/,\s*/)]))

describe('layers', () => {
  test('every file belongs to one', () => {
    expect([...new Set(files.map(layerOf))].sort()).toEqual([...layers.keys()].sort())
  })

  test('each imports only what its row allows', () => {
    const wrong = imports
      .filter(({ what }) => what.startsWith('.'))
      .filter((each) => {
        const [here, there] = [layerOf(each.from), layerOf(targetOf(each))]
        if (here === there) return false
        const allowed = layers.get(here) ?? []
        // A row may allow one file of a layer, or only its door.
        return !allowed.some((rule) => rule === there || rule === targetOf(each).replace(/\.ts$/, '.ts'))
      })
      .map(({ from, what }) => `${from} imports ${what}`)
    expect(wrong).toEqual([])
  })

  test('no file imports itself by way of others, not for a type either', () => {
    const within = imports.filter((each) => each.what.startsWith('.') && source.has(targetOf(each)))
    expect(circles(files, within)).toEqual([])
    const mutual = [
      { from: 'a.ts', what: './b.js' },
      { from: 'b.ts', what: './c.js' },
      { from: 'c.ts', what: './a.js' },
      { from: 'd.ts', what: './a.js' },
    ]
    const looking = mutual.map((each) => ({ ...each, typeOnly: true }))
    expect(circles(['d.ts', 'a.ts', 'b.ts', 'c.ts'], looking)).toEqual([['a.ts', 'b.ts', 'c.ts']])
  })

  test('the line breaker and the page builder know numbers only', () => {
    const room = 'layout/breaking/'
    const own = imports.filter(({ from }) => from.startsWith(room))
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter((each) => !targetOf(each).startsWith(room))).toEqual([])
  })

  test('inside the layout every import goes down the list of its rooms', () => {
    const order = table('Rooms').flatMap(([names]) =>
      [...names!.matchAll(/src\/(layout\/\w+)\//g)].map(([, room]) => room!),
    )
    expect(order).toHaveLength(5)
    const rank = (path: string) => order.indexOf(posix.dirname(path))
    const up = imports.filter((each) => rank(each.from) >= 0 && each.what.startsWith('.'))
    const shared = ['layout/typeset.ts', 'layout/page-frame.ts', 'layout/sheet.ts']
    const wrong = up.filter((each) => {
      const there = targetOf(each)
      return there.startsWith('layout/') && !shared.includes(there) && rank(there) < rank(each.from)
    })
    expect(wrong.map(({ from, what }) => `${from} imports ${what}`)).toEqual([])
    expect(files.filter((path) => posix.dirname(path) === 'layout').sort()).toEqual(
      ['layout/index.ts', ...shared].sort(),
    )
  })

  test('there is something to hold: the imports were found', () => {
    expect(imports.filter(({ what }) => what.startsWith('.')).length).toBeGreaterThan(files.length)
  })

  test('every import leads somewhere', () => {
    const lost = imports.filter((each) => each.what.startsWith('.') && !source.has(targetOf(each)))
    expect(lost.filter((each) => !existsSync(join(ROOT, 'src', targetOf(each))))).toEqual([])
  })

  test('the builder loads stages when their turn comes, never at its head', () => {
    const early = imports.filter(
      ({ from, what, typeOnly }) =>
        layerOf(from) === 'build' && /^\.\.?\/(?:\.\.\/)?\w+\/index\.js$/.test(what) && !typeOnly,
    )
    const text = (path: string) => source.get(path)!
    expect(early.filter(({ from, what }) => !text(from).includes(`import('${what}')`))).toEqual([])
    expect(early.length).toBeGreaterThan(4)
  })
})

describe('packages', () => {
  const used = imports.filter(({ what }) => isOutside(what))
  const fontFiles = readdirSync(join(ROOT, 'assets/themes'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(ROOT, 'assets/themes', name), 'utf8'))
    .join('\n')
  const rows = table('Packages')

  test('every package has one home, and it is the one in the table', () => {
    const homes: Record<string, string[]> = {}
    for (const { from, what } of used) {
      const list = (homes[packageOf(what)] ??= [])
      if (!list.includes(layerOf(from))) list.push(layerOf(from))
    }
    for (const name of Object.keys(dependencies)) if (fontFiles.includes(`${name}/`)) homes[name] ??= ['assets']
    expect(homes).toEqual(Object.fromEntries(rows.map(([name, home]) => [name, [home]])))
  })

  test('the table, the imports and package.json name the same ones', () => {
    const names = rows.map(([name]) => name!).sort()
    expect(names.filter((name) => !(name in dependencies || name in devDependencies))).toEqual([])
    // Whoever installs the package needs what is not bundled, and nothing else: the faces.
    expect(Object.keys(dependencies).sort()).toEqual(
      rows.flatMap(([name, home]) => (home === 'assets' ? name! : [])).sort(),
    )
  })
})

describe('habits', () => {
  const lines = files.flatMap((path) =>
    source
      .get(path)!
      .split('\n')
      .map((text, index) => ({ path, text, at: `${path}:${index + 1} ${text.trim()}` })),
  )
  const matching = (pattern: RegExp) =>
    lines.filter(({ text }) => !/^\s*(\/\/|\/?\*)/.test(text) && pattern.test(text)).map(({ at }) => at)

  test('no clock, no chance, no locale: the same input gives the same bytes', () => {
    // performance.now() measures our stages, and how long a shelf will take; by it the store knows what was used longest ago. randomUUID()
    // names temporary files, and jobs of a queue. Neither reaches an output.
    expect(
      matching(/\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|localeCompare|toLocale|\bIntl\.(?!Segmenter)/),
    ).toEqual([])
    expect(
      matching(/randomUUID\(|performance\.now\(/).every((at) =>
        /^(build|preview|publish\/(disk|moment|store|queue)|cli\/telling)/.test(at),
      ),
    ).toBe(true)
  })

  test('tables that are asked by words of an author are Maps: an object answers to `constructor` as well', () => {
    expect(
      matching(/^\s*(export )?const \w+: (Readonly<)?(Record<string,|\{ (readonly )?\[\w+: string\]).*(?<!\{\})$/),
    ).toEqual([])
    // A theme's own names stand in plain objects, which can be sent to a thread; two functions look into them.
    const named = matching(/\btheme\.(colours|faces)\[/)
    expect(named.filter((at) => !at.startsWith('theme/theme.ts'))).toEqual([])
  })

  test('the lint rule against inherited properties is on, and sees them', () => {
    const { plugins } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8')) as { plugins: { path: string }[] }
    const home = mkdtempSync(join(tmpdir(), 'octavo-lint-'))
    mkdirSync(join(home, 'src'))
    const own = plugins.map((one) => ({ ...one, path: join(ROOT, one.path) }))
    writeFileSync(join(home, 'biome.json'), JSON.stringify({ plugins: own }))
    const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
    const lint = (code: string) => {
      writeFileSync(join(home, 'src/a.ts'), code)
      return spawnSync(process.execPath, [biome, 'lint', 'src'], { cwd: home, encoding: 'utf8' })
    }
    const inherited = /an object answers to|what is inherited comes too|it may be the stranger's own/
    expect(lint("export const f = (o: object) => 'x' in o\n").stderr).not.toMatch(inherited)
    for (const code of ['key in o', 'o.hasOwnProperty(key)', '(() => { for (const k in o) return k })()']) {
      const { status, stderr } = lint(`export const f = (o: object, key: string) => ${code}\n`)
      expect({ code, status }).toEqual({ code, status: 1 })
      expect(stderr).toMatch(inherited)
    }
    rmSync(home, { recursive: true })
  })

  // An object can be asked for any text only where its type says so, or a cast does: TypeScript refuses all else.
  test('whatever may be asked for any text is looked at here', () => {
    const code = lines.filter(({ text }) => !/^\s*(\/\/|\/?\*)/.test(text))
    const open = code.filter(({ text }) => /Record<string,|\[\w+: string\]/.test(text) && !/ satisfies /.test(text))
    const known = [
      // Asked by functions of their own, with Object.hasOwn.
      'theme/theme.ts',
      // Gone through by Object.entries; what is put in has names that a pattern allows.
      ...['theme/kinds.ts', 'theme/faces.ts', 'theme/compiled.ts', 'read/manifest/keys.ts', 'web/page/panel.ts'],
      'preview/page/dom.ts',
      // A word is asked for with Object.hasOwn, a letter is no such name.
      'layout/text/hyphenate.ts',
      // What a caller hands over, and what is handed to it, is gone through.
      ...['build/options.ts', 'cli/themes.ts', 'preview/protocol.ts'],
      // Notes that rules of ours leave to each other, under names of ours.
      ...['read/markdown/admonitions.ts', 'read/markdown/token.ts'],
      // Made of keys of ours.
      ...['read/outlines/given.ts', 'read/outlines/tree.ts', 'epub/xml.ts'],
      // What is written as JSON; of what is read, each is looked at by Object.entries or Object.hasOwn.
      ...['publish/opds2.ts', 'publish/releases.ts'],
      // Dictionaries of PDF, under names of ours.
      ...['pdf/file/objects.ts', 'pdf/file/xmp.ts', 'pdf/images/pictures.ts', 'pdf/paint/composite-fonts.ts'],
      'fonts/webassembly.d.ts',
    ]
    expect([...new Set(open.map(({ path }) => path))].filter((path) => !known.includes(path))).toEqual([])
    // A cast in brackets says that a text is one of the keys: it may not be. These go through keys that are there, or ask for a role, or
    // for what a pattern found.
    const cast = matching(/[\w)]\[[^[\]]* as [^[\]]*\]/)
    const looked = ['model/same.ts', 'model/limits.ts', 'epub/selectors.ts', 'read/manifest/described.ts']
    expect(cast.filter((at) => !at.includes('Object.hasOwn(') && !looked.includes(at.split(':')[0]!))).toEqual([])
    expect(cast.length).toBeGreaterThan(2)
  })

  test('no network: the preview is asked, and asks nobody', () => {
    const net = imports.filter(({ what }) => /^(node:)?(https?|http2|net|tls|dgram|dns)(\/|$)/.test(what))
    expect(net.filter(({ from }) => layerOf(from) !== 'preview')).toEqual([])
    expect(net.map(({ what }) => what).filter((what) => !/^node:(http|net)$/.test(what))).toEqual([])
    expect(matching(/\b(?:http|net)\.(?:request|get|connect|createConnection)\b/)).toEqual([])
    const asks = matching(/\bfetch\(|\bWebSocket\b|\bXMLHttpRequest\b/)
    expect(asks.filter((at) => !at.startsWith('preview/page/'))).toEqual([])
  })

  test('only the folder, the theme, the publisher and the command with its builder touch the disk', () => {
    const touch = imports.filter(({ what }) => /^(node:)?(fs|fs\/promises|child_process)$/.test(what))
    const where = [...new Set(touch.map(({ from }) => layerOf(from)))].sort()
    // Fonts, deflate and pdf load what comes with their own packages: WebAssembly, a colour profile; web what is made for browsers.
    expect(['build', 'cli', 'deflate', 'folder', 'fonts', 'pdf', 'preview', 'publish', 'theme', 'web']).toEqual(
      expect.arrayContaining(where),
    )
    const own = touch.filter(({ from }) => /^(deflate|fonts|pdf)$/.test(layerOf(from))).map(({ from }) => from)
    expect(own.filter((path) => !/\.resolve\(/.test(source.get(path)!))).toEqual([])
    // A check of this check.
    expect(where).toEqual(expect.arrayContaining(['build', 'cli', 'folder']))
  })

  test('only the command prints and exits', () => {
    expect(
      matching(/\bconsole\.|process\.(exit|stdout|stderr|exitCode)/).filter((at) => !at.startsWith('cli')),
    ).toEqual([])
  })

  test('one idea a file: no file over 450 lines, no drawer for odds and ends', () => {
    expect(files.filter((path) => source.get(path)!.split('\n').length > 451)).toEqual([])
    expect(files.filter((path) => /(^|\/)(utils?|helpers?|common|misc)\b/i.test(path))).toEqual([])
  })

  test('no two files of one name, but where they are the same thing of another stage', () => {
    const same = new Map([
      ['index.ts', 'the door of a folder'],
      ['account.ts', 'which letters a stage owes'],
      ['options.ts', 'what may be asked of one of the library’s calls'],
      ['settings.ts', 'what a reader has set, kept by the browser'],
    ])
    const twin = (path: string) => files.filter((other) => posix.basename(other) === posix.basename(path)).length > 1
    expect(files.filter((path) => twin(path) && !same.has(posix.basename(path)))).toEqual([])
    expect([...same.keys()].filter((name) => !files.some((path) => path.endsWith(`/${name}`) && twin(path)))).toEqual(
      [],
    )
  })

  test('no two files of a folder whose names differ by their ending alone: paragraph and paragraphs, inked and inking', () => {
    const stem = (path: string) => path.replace(/(?:s|ed|ing)?\.ts$/, '')
    const names = files.filter((path) => !path.endsWith('/index.ts'))
    expect(names.filter((path) => names.filter((other) => stem(other) === stem(path)).length > 1)).toEqual([])
  })

  test('one step a function: none over eighty lines but the line breaker’s loop, which is slower in parts', () => {
    const long = lines.filter(({ text }) => /biome-ignore.*noExcessiveLinesPerFunction/.test(text))
    expect([...new Set(long.map(({ path }) => path))]).toEqual(['layout/breaking/break-lines.ts'])
  })

  test('every file says in its first lines what it is', () => {
    const code = files.filter((path) => !path.endsWith('.d.ts'))
    expect(code.filter((path) => !/^(#!.*\n)?\/\/ \S/.test(source.get(path)!))).toEqual([])
  })
})

test('every room of the sources is told of in ARCHITECTURE.md', () => {
  const rooms = [...new Set(files.map((path) => posix.dirname(path)))].filter((room) => room !== '.')
  const untold = rooms.filter((room) => !layers.has(room) && !ARCHITECTURE.includes(`\`src/${room}/`))
  expect(untold).toEqual([])
  expect(rooms).toContain('layout/breaking')
})

test('every path that ARCHITECTURE.md names is there', () => {
  const named = [...ARCHITECTURE.matchAll(/`([\w.@-]+(?:\/[\w.@*-]*)*)`/g)]
    .map(([, path]) => path!)
    .filter((path) => /^(src|test|assets|book|scripts|\.ci)\//.test(path) || /^[A-Z]+\.md$|\.json$/.test(path))
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((path) => !existsSync(join(ROOT, path.replace(/\*.*$/, ''))))).toEqual([])
})
