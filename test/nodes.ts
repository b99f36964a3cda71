// The Node that runs the tests, and others that are here to be tried: `npm install --prefix .judges/node25 node@25`.
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const JUDGES = join(dirname(fileURLToPath(import.meta.url)), '../.judges')

/** Their paths. */
export const NODES: readonly string[] = [
  process.execPath,
  ...(existsSync(JUDGES) ? readdirSync(JUDGES) : [])
    .filter((name) => /^node\d+$/.test(name))
    .map((name) => join(JUDGES, name, 'node_modules/node/bin/node'))
    .filter((path) => existsSync(path)),
]
