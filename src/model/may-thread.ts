// In: nothing. Out: may other threads be started? Node's permission model may say no, and a system that counts processes may have no
// room for one; what would be done on another thread is then done here, with the same bytes.

let refused = false

export function mayStartThreads(): boolean {
  // Without the model there is no such thing.
  const { permission } = process as { permission?: NodeJS.Process['permission'] }
  return !refused && permission?.has('worker') !== false
}

/** Was it a thread that could not be started? None is tried again. */
export function isThreadRefused(cause: unknown): boolean {
  if (!(cause instanceof Error) || (cause as NodeJS.ErrnoException).code !== 'ERR_WORKER_INIT_FAILED') return false
  refused = true
  return true
}
