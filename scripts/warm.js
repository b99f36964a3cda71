// In: dist/. Out: dist/bundle/octavo.cache, V8's compilation of the bundle after it has built a book: of all functions that a book
// needs, and no others. It is for this Node on this machine; any other ignores it.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../dist/index.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bundle = new URL('../dist/bundle/octavo.cjs', import.meta.url)
const out = mkdtempSync(join(tmpdir(), 'octavo-warm-'))
const { script, factory } = compile()
const module = { exports: {} }
factory(createRequire(bundle), module, module.exports, bundle.href, await import('harfbuzzjs'))
const { ok, diagnostics } = await module.exports.build({ book: join(root, 'assets/starter'), out })
rmSync(out, { recursive: true })
if (!ok) throw new Error(`assets/starter does not build: ${JSON.stringify(diagnostics)}`)
const cache = fileURLToPath(bundle).replace(/\.cjs$/, '.cache')
writeFileSync(`${cache}.new`, script.createCachedData())
renameSync(`${cache}.new`, cache)
