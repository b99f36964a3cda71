// In: a PDF, and a flavour: ua1, 2a, 2b. Out: what veraPDF says against it; it is brought once, where Java and Maven are.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSION = '1.28.2'
/** Whatever the judges need is kept there. */
export const judges = join(dirname(fileURLToPath(import.meta.url)), '../..', '.judges')
const JAR = join(judges, `greenfield-apps-${VERSION}.jar`)

const run = (command, ...args) => spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
const has = (command, ...args) => run(command, ...args).error === undefined

let lacking
/** Why it is not to be had; undefined if it is. */
export function lackingVerapdf() {
  lacking ??= { why: bring() }
  return lacking.why
}

function bring() {
  if (!has('java', '-version')) return 'there is no java here'
  if (existsSync(JAR)) return undefined
  if (!has('mvn', '-version')) return `${JAR} is not there, nor mvn to bring it`
  mkdirSync(judges, { recursive: true })
  const brought = run(
    'mvn',
    '-B',
    '-q',
    'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy',
    `-Dartifact=org.verapdf.apps:greenfield-apps:${VERSION}`,
    `-DoutputDirectory=${judges}`,
  )
  return existsSync(JAR) ? undefined : `mvn could not bring it (status ${brought.status})`
}

/** One file a run: the answers of several are told apart by path alone. */
export function verapdf(file, flavour) {
  const missing = lackingVerapdf()
  if (missing !== undefined) return { missing }
  const wrapper = 'org.verapdf.apps.GreenfieldCliWrapper'
  const { stdout, stderr } = run('java', '-Xmx3g', '-cp', JAR, wrapper, '-f', flavour, '--format', 'text', '-v', file)
  if (/^PASS /m.test(stdout)) return {}
  return { fault: stdout.trim() === '' ? stderr : stdout }
}
