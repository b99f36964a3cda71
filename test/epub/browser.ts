// A folder with a page that writes JSON into its element `#result` goes in; that JSON comes out, by a headless Chromium.
// No protocol and no driver: the page does the work, the browser prints what has become of it.
import { execFile } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** undefined where there is none; `CHROMIUM` names one. */
export const CHROMIUM = process.env['CHROMIUM'] ?? find(NAMES)
export const MUTOOL = find(['mutool'])

export function find(names: readonly string[]): string | undefined {
  for (const name of names) {
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      const path = join(folder, name)
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {
        // not in this folder
      }
    }
  }
  return undefined
}

/**
 * `script` runs in a page in `folder`, after the file `library` if there is one; what it resolves to is JSON. Throws if
 * the page does not get that far.
 */
export async function inBrowser(folder: string, script: string, library?: string): Promise<unknown> {
  const page = join(folder, 'octavo-test.html')
  const scripts = `${library === undefined ? '' : `<script src="${library}"></script>`}<script type="module">
const say = (result) => { document.getElementById('result').textContent = JSON.stringify(result) }
try { say({ result: await (async () => { ${script} })() }) } catch (error) { say({ error: String(error?.stack ?? error) }) }
</script>`
  writeFileSync(page, `<!DOCTYPE html><html><body><pre id="result"></pre>${scripts}</body></html>`)
  const profile = mkdtempSync(join(tmpdir(), 'octavo-chromium-'))
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--allow-file-access-from-files',
    '--window-size=1000,1000',
    '--virtual-time-budget=120000',
    `--user-data-dir=${profile}`,
    '--dump-dom',
    pathToFileURL(page).href,
  ]
  try {
    // Ends before the test's own limit does, so that no browser is left behind.
    const out = await new Promise<string>((resolve, reject) => {
      execFile(CHROMIUM!, flags, { maxBuffer: 1 << 28, timeout: 840_000 }, (error, stdout) =>
        error && stdout === '' ? reject(error) : resolve(stdout),
      )
    })
    const [, json] = /<pre id="result">([^<]*)<\/pre>/.exec(out) ?? []
    if (json === undefined || json === '') throw new Error(`the page said nothing: ${out.slice(0, 300)}`)
    const plain = json.replace(
      /&(lt|gt|amp|nbsp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', amp: '&', nbsp: '\u00a0' })[name]!,
    )
    const { result, error } = JSON.parse(plain) as { result?: unknown; error?: string }
    if (error !== undefined) throw new Error(`in the page: ${error}`)
    return result
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
