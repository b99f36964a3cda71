// Names of our temporary files in an output folder: machine and process say whether their writer can still be alive.
import { hostname } from 'node:os'

export const HOST = hostname().replace(/[^A-Za-z0-9-]/g, '') || 'host'
export const OURS = /^\.octavo-([A-Za-z0-9-]+)-(\d+)-[0-9a-f-]{36}\.(new|old)$/

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return codeOf(cause) !== 'ESRCH'
  }
}

/** As the system calls what went wrong; '' if it was not the system. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}
