// In: what was thrown while a book was proved. Out: what is told of it: it asked for more memory than there is, or it is a fault of ours.
import { endedBy, isOutOfMemory } from '../build/apart.js'
import type { Limits } from '../model/limits.js'
import type { Finding } from './protocol.js'

export function faultOf(cause: unknown, limits: Limits): Finding {
  if (isOutOfMemory(cause)) return endedBy('memory', limits)[0]!
  const message = cause instanceof Error ? cause.message : String(cause)
  const hint = 'undo the last change, and tell the makers of Octavo'
  return { severity: 'error', code: 'octavo-failed', path: '', line: 0, message: `Octavo failed: ${message}`, hint }
}
