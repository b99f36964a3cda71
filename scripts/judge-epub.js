// In: EPUB files. Out: the verdicts of the strictest checkers, `FILE: JUDGE: fine` or `FILE: JUDGE: FAULT` and what it is.
// Exits with 1 if there is a fault.
//
//   node scripts/judge-epub.js [--only epubcheck|ace] FILE…
//
// EPUBCheck comes through Maven's client, the newest and the one that shops still run, Ace by DAISY through npm's, both into .judges/, once. A judge whose tools
// are not on this machine (java and mvn; a Chromium) is left out, and that is said.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const EPUBCHECKS = ['5.4.0', '5.2.1']
const ACE = '1.4.6'
const HOME = join(dirname(fileURLToPath(import.meta.url)), '..', '.judges')

function judge(args) {
  const only = args[0] === '--only' ? args.splice(0, 2)[1] : undefined
  if (args.length === 0) {
    console.error('usage: node scripts/judge-epub.js [--only epubcheck|ace] FILE…')
    return 2
  }
  const judges = [
    ...EPUBCHECKS.map((version) => ({
      name: 'epubcheck',
      title: `EPUBCheck ${version}`,
      prepare: () => prepareEpubcheck(version),
      ask: askEpubcheck,
    })),
    { name: 'ace', title: `Ace ${ACE}`, prepare: prepareAce, ask: askAce },
  ].filter((each) => only === undefined || each.name === only)
  let faults = 0
  for (const each of judges) {
    const ready = each.prepare()
    if (ready.missing !== undefined) {
      console.log(`${each.title}: left out, ${ready.missing}`)
      continue
    }
    for (const file of args) {
      const said = each.ask(resolve(file), ready)
      if (said.length > 0) faults++
      console.log(`${basename(file)}: ${each.title}: ${said.length === 0 ? 'fine' : 'FAULT'}`)
      for (const line of said) console.log(`  ${line}`)
    }
  }
  return faults === 0 ? 0 : 1
}

/** Usages that are meant: CSS-028 says that there are embedded faces, OBS-001 that there is what old reading systems go by. */
const MEANT = new Set(['CSS-028', 'OBS-001'])

/** EPUBCheck is a library on Maven Central; a project that depends on it alone fetches it with all that it needs. */
function prepareEpubcheck(version) {
  const missing = ['java', 'mvn'].filter((tool) => find([tool]) === undefined)
  const home = join(HOME, 'epubcheck', version)
  const lib = join(home, 'lib')
  const there = existsSync(join(lib, `epubcheck-${version}.jar`))
  if (missing.includes('java')) return { missing: 'there is no java here' }
  if (there) return { lib }
  if (missing.includes('mvn')) return { missing: 'there is no mvn here to fetch it with' }
  mkdirSync(home, { recursive: true })
  const dependency = `<groupId>org.w3c</groupId><artifactId>epubcheck</artifactId><version>${version}</version>`
  writeFileSync(
    join(home, 'pom.xml'),
    `<project><modelVersion>4.0.0</modelVersion><groupId>judges</groupId><artifactId>epubcheck</artifactId><version>1</version>
<dependencies><dependency>${dependency}</dependency></dependencies></project>\n`,
  )
  const goal = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`, '-DincludeScope=runtime']
  const run = spawnSync('mvn', goal, { cwd: home, encoding: 'utf8' })
  return run.status === 0 ? { lib } : { missing: `mvn could not fetch it: ${firstLine(run.stdout + run.stderr)}` }
}

function askEpubcheck(file, { lib }) {
  return inFolder((folder) => {
    const out = join(folder, 'out.json')
    const classes = join(lib, '*')
    const options = ['--usage', '--locale', 'en', '--json', out]
    const run = spawnSync('java', ['-cp', classes, 'com.adobe.epubcheck.tool.Checker', file, ...options], {
      encoding: 'utf8',
    })
    if (!existsSync(out)) return [`no verdict: ${firstLine(run.stderr + run.stdout)}`]
    const { messages } = JSON.parse(readFileSync(out, 'utf8'))
    return messages
      .filter((message) => message.severity !== 'SUPPRESSED' && !MEANT.has(message.ID))
      .map((message) => {
        const at = message.locations[0]
        const place = at === undefined ? '' : ` ${at.path}${at.line > 0 ? `:${at.line}:${at.column}` : ''}`
        const more = message.locations.length > 1 ? ` (and ${message.locations.length - 1} more)` : ''
        return `${message.severity} ${message.ID}${place}: ${message.message}${more}`
      })
  })
}

/** Ace drives a browser by Puppeteer, which is told to fetch none and to take the one that is here. */
function prepareAce() {
  const browser = process.env.PUPPETEER_EXECUTABLE_PATH ?? find(['chromium', 'chromium-browser', 'google-chrome'])
  if (browser === undefined) return { missing: 'there is no Chromium here' }
  const home = join(HOME, 'ace')
  const command = join(home, 'node_modules', '@daisy', 'ace-cli', 'bin', 'ace.js')
  if (existsSync(command)) return { command, browser }
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@daisy/ace-cli@${ACE}`]
  const env = { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' }
  const run = spawnSync('npm', install, { cwd: home, env, encoding: 'utf8', shell: process.platform === 'win32' })
  return run.status === 0 ? { command, browser } : { missing: `npm could not fetch it: ${firstLine(run.stderr)}` }
}

function askAce(file, { command, browser }) {
  return inFolder((folder) => {
    const env = { ...process.env, PUPPETEER_EXECUTABLE_PATH: browser }
    const run = spawnSync(process.execPath, [command, '--force', '--silent', '--outdir', folder, file], {
      env,
      encoding: 'utf8',
    })
    const out = join(folder, 'report.json')
    if (!existsSync(out)) return [`no verdict: ${firstLine(run.stderr + run.stdout)}`]
    const report = JSON.parse(readFileSync(out, 'utf8'))
    return report.assertions.flatMap((subject) =>
      subject.assertions
        .filter((assertion) => assertion['earl:result']['earl:outcome'] !== 'pass')
        .map((assertion) => {
          const test = assertion['earl:test']
          const { 'dct:description': description, html } = assertion['earl:result']
          const what = String(description ?? '')
            .split('\n')
            .filter(Boolean)
            .join('; ')
          return `${test['earl:impact']} ${test['dct:title']} ${subject['earl:testSubject'].url}: ${what}${html ? `: ${html}` : ''}`
        }),
    )
  })
}

function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'judge-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function find(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((each) => existsSync(each))
  for (const name of names) {
    for (const folder of folders) {
      const found = readdirSync(folder).find(
        (each) => each === name || each === `${name}.exe` || each === `${name}.cmd`,
      )
      if (found !== undefined) return join(folder, found)
    }
  }
  return undefined
}

function firstLine(text) {
  return text.split('\n').find((line) => line.trim() !== '' && !line.includes('[0m')) ?? 'it said nothing'
}

process.exitCode = judge(process.argv.slice(2))
