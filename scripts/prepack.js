// Run by `npm pack`, in a clone as it is: installs what builds, if that was not done, and builds what the package holds.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
// What `npm pack` itself prints is the package's name, for whoever reads it: npm that runs below it prints beside.
const npm = (...words) => {
  const { status } = spawnSync('npm', words, {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    // Above all `--dry-run` and `--json` are for the pack alone.
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_config_(?:dry_run|json)$/i.test(name)),
    ),
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

if (!existsSync(join(root, 'node_modules/esbuild'))) npm('ci', '--no-audit', '--no-fund')
npm('run', '--silent', 'build')
