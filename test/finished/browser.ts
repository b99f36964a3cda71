// In: XHTML documents. Out: what a real browser computes for them, where there is one.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Path of Chromium, or undefined. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && path !== '' && existsSync(path))

/**
 * Writes the files into a folder, opens every one of `pages` in Chromium, and returns what `script`, the body of a function of a
 * `document`, returned for each. The script may only return what JSON can say. No network.
 */
export function inBrowser(files: ReadonlyMap<string, Uint8Array>, pages: readonly string[], script: string): unknown[] {
  if (CHROMIUM === undefined) throw new Error('no Chromium')
  const folder = mkdtempSync(join(tmpdir(), 'octavo-browser-'))
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    writeFileSync(
      join(folder, 'all.html'),
      `<!DOCTYPE html><meta charset="utf-8"><body><script>
const pages = ${JSON.stringify(pages)}
const ask = (document) => { ${script} }
Promise.all(pages.map((page) => new Promise((done) => {
  const frame = document.createElement('iframe')
  frame.style.cssText = 'width: 600px; height: 800px; border: 0'
  frame.onload = () => frame.contentDocument.fonts.ready.then(() => done(ask(frame.contentDocument)))
  frame.src = page
  document.body.append(frame)
}))).then((answers) => {
  const out = document.createElement('pre')
  out.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(answers))))
  document.body.replaceChildren(out)
})
</script>`,
    )
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
    const quiet = ['--disable-background-networking', '--disable-component-update', '--allow-file-access-from-files']
    const own = [`--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=30000', '--dump-dom']
    const page = execFileSync(CHROMIUM, [...flags, ...quiet, ...own, `file://${folder}/all.html`], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [, answer] = /<pre>([A-Za-z0-9+/=]*)<\/pre>/.exec(page) ?? []
    if (answer === undefined) throw new Error('the browser gave no answer')
    return JSON.parse(Buffer.from(answer, 'base64').toString('utf8')) as unknown[]
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
