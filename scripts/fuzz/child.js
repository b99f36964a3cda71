// In: a script that answers one question after the other. Out: its answers, or what became of it: it fell, or did not come to an end.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a process has had of a processor, milliseconds: a machine may be busy with other things. Where that is not told, the clock. */
function spent(pid) {
  try {
    // proc(5): user and system time in hundredths of a second, counted after the name in parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/, '').trim().split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return performance.now()
  }
}

/** A process that has had less than this waits, milliseconds of a processor. */
const STIR = 50

/** `limit`: milliseconds of a processor for one question; a process that has had none for ten times as long waits for nothing. */
export function childOf(script, words, limit, options = {}) {
  let child
  let last = Promise.resolve()
  const start = () =>
    fork(script, words, {
      execArgv: ['--max-old-space-size=1500', '--max-semi-space-size=64'],
      serialization: 'advanced',
      ...options,
    })

  function put(task) {
    return new Promise((done) => {
      let timer
      const end = (answer) => {
        clearInterval(timer)
        child?.removeAllListeners()
        done(answer)
      }
      const fallen = (what) => {
        const gone = child
        end({ faults: [what], end: 'fallen' })
        child = undefined
        gone.kill('SIGKILL')
      }
      const begin = () => {
        const before = spent(child.pid)
        let stirred = { spent: before, at: performance.now() }
        timer = setInterval(() => {
          const now = { spent: spent(child.pid), at: performance.now() }
          // A busy machine may give a process little for a long time.
          if (now.spent - stirred.spent > STIR) stirred = now
          if (now.spent - before > limit || now.at - stirred.at > 10 * limit) fallen('it does not come to an end')
        }, 500)
        child.send(task)
      }
      const running = child !== undefined
      child ??= start()
      child.on('exit', (code, signal) => fallen(`the process fell: ${signal ?? code}`))
      child.on('message', (message) => (message === 'ready' ? begin() : end(message)))
      if (running) begin()
    })
  }
  return {
    /** One after the other: one that was given up on may still be at work. */
    ask: (task) => (last = last.then(() => put(task))),
    /** What one process leaves behind does not gather: the next question goes to another. */
    async end() {
      await last
      const gone = child
      child = undefined
      if (gone === undefined) return
      gone.removeAllListeners()
      const ended = new Promise((done) => gone.once('exit', done))
      gone.disconnect()
      gone.kill()
      await ended
    },
  }
}
