// In: what was thrown while a book was proved. Out: what is told of it: it is a fault of ours.
import type { Finding } from './protocol.js'

export function faultOf(cause: unknown): Finding {
  const message = cause instanceof Error ? cause.message : String(cause)
  const hint = 'undo the last change, and tell the makers of Octavo'
  return { severity: 'error', code: 'octavo-failed', path: '', line: 0, message: `Octavo failed: ${message}`, hint }
}
