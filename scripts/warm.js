// In: dist/. Out: dist/bundle/octavo.cache, V8's compilation of the bundle after it has built a book: of all functions that a book
// needs, and no others. It is for this Node on this machine; any other ignores it.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../dist/loader.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const out = mkdtempSync(join(tmpdir(), 'octavo-warm-'))
const { script, exports } = await run()
const { ok, diagnostics } = await exports.build({ book: join(root, 'assets/starter'), out })
rmSync(out, { recursive: true })
if (!ok) throw new Error(`assets/starter does not build: ${JSON.stringify(diagnostics)}`)
const cache = join(root, 'dist/bundle/octavo.cache')
writeFileSync(`${cache}.new`, script.createCachedData())
renameSync(`${cache}.new`, cache)
