// Out: what the browser is given besides the book, as scripts/web.js has made it of src/web/page/: it lies beside the bundle; for the
// sources, in dist/.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))

type BrowserFile = 'web.js' | 'search.js' | 'sw.js' | 'web.css'

export function browserFile(name: BrowserFile): string {
  for (const folder of [join(HERE, '../web'), join(HERE, '../../dist/web')]) {
    const path = join(folder, name)
    if (existsSync(path)) return readFileSync(path, 'utf8')
  }
  throw new Error(`dist/web/${name} is missing from the installation of octavo: \`npm run build\` makes it`)
}
