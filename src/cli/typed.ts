// In: how this process was started. Out: the words with which the person who started it can start it again.
import { basename, relative, sep } from 'node:path'

/** `script`: the path that Node runs. */
export function commandTyped(script: string, cwd = workingFolder()): string {
  const near = cwd === '' ? script : relative(cwd, script)
  const path = quoted(near.startsWith('..') ? script : near)
  const plain = !/\.[cm]?[jt]s$/.test(basename(script))
  // A package that npx fetched for this once: the same words would fetch whatever has its name.
  if (script.includes(`${sep}_npx${sep}`)) return `node ${path}`
  const [, project] = /^(.*)[\\/]node_modules[\\/](?:\.bin|octavo[\\/]dist)[\\/][^\\/]+$/.exec(script) ?? []
  // npx looks in this folder and in those above it.
  if (project !== undefined && `${cwd}${sep}`.startsWith(`${project}${sep}`)) return 'npx octavo'
  if (project !== undefined && script.includes(`${sep}.bin${sep}`)) return path
  return plain || project !== undefined ? 'octavo' : `node ${path}`
}

/** '' where it was deleted. */
function workingFolder(): string {
  try {
    return process.cwd()
  } catch {
    return ''
  }
}

/** A name as a shell takes it. */
export function quoted(name: string): string {
  return /^[\w./\\:~@%+=,-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`
}
