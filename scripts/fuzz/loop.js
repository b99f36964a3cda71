// In: a kind of thing to try, how many of them or how long, and from which seed. Out: what was tried, what went wrong with it (the
// smallest of each fault is kept), and what it cost: time and memory by the byte.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import fc from 'fast-check'

/** Two faults that differ in numbers and names only are one. */
const kindOf = (fault) =>
  fault
    .replace(/k[ws]\d+[ws]k/g, 'w')
    .replace(/[\d.]*\d/g, '0')
    .replace(/`[^`]*`/g, '``')
    .slice(0, 90)

/** The dearest of each measure that are told of. */
const DEAREST = 3

/**
 * kind: { name, arbitrary, batch, ask(plan, n, seed), end(), keep(plan, seed): [path, content] }. An answer has `faults` and `end`, and
 * may have `codes`, `bytes`, `ms` (of a processor) and `memory` (bytes at the most).
 */
export async function loop(kind, { runs, seed: begin, until, shrink }) {
  const told = { tried: 0, faults: 0, first: begin, kinds: new Map(), ends: new Map(), codes: new Map() }
  const cost = { bytes: 0, ms: 0, memory: 0, dearest: { ms: [], memory: [] } }
  const begun = Date.now()
  for (let n = 1; n <= runs && Date.now() < until; n++) {
    const seed = begin + n - 1
    // The same as a check of fast-check makes of this seed.
    const [first] = fc.sample(kind.arbitrary, { seed, numRuns: 1 })
    const answer = await kind.ask(first, n, seed)
    count(told, cost, answer, seed)
    if (answer.faults.length > 0) {
      const wanted = kindOf(answer.faults[0])
      told.faults++
      // One of a kind is enough to be made smaller.
      if (!told.kinds.has(wanted)) {
        const found = await smallest(kind, { plan: first, faults: answer.faults }, wanted, n, seed, shrink)
        const [file, content] = kind.keep(found, seed)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, content)
        console.log(`${kind.name}, seed ${seed}: ${found.faults.join('\n  ')}\n  ${file}`)
      }
      told.kinds.set(wanted, (told.kinds.get(wanted) ?? 0) + 1)
    }
    if (n % kind.batch === 0) {
      await kind.end()
      const pace = ((Date.now() - begun) / n).toFixed(0)
      console.log(`${n} ${kind.name}: ${told.faults} faults (${pace} ms each)`)
    }
  }
  await kind.end()
  return { ...told, cost }
}

/** What else fast-check can make of the seed that shows the same fault, as small as is found in so many seconds. */
async function smallest(kind, whole, wanted, n, seed, seconds) {
  let found = whole
  const property = fc.asyncProperty(kind.arbitrary, async (plan) => {
    const { faults } = await kind.ask(plan, n, seed)
    const same = faults.find((each) => kindOf(each) === wanted)
    if (same === undefined) return
    found = { plan, faults }
    throw new Error(same)
  })
  await fc.check(property, { seed, numRuns: 1, interruptAfterTimeLimit: seconds * 1000 })
  return found
}

function count(told, cost, answer, seed) {
  told.tried++
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1)
  add(told.ends, answer.end)
  for (const code of answer.codes ?? []) add(told.codes, code)
  if (!(answer.bytes > 0)) return
  cost.bytes += answer.bytes
  cost.ms += answer.ms ?? 0
  cost.memory = Math.max(cost.memory, answer.memory ?? 0)
  for (const key of ['ms', 'memory']) {
    cost.dearest[key].push({ much: answer[key] ?? 0, bytes: answer.bytes, seed })
    cost.dearest[key].sort((a, b) => b.much - a.much).splice(DEAREST)
  }
}

const byNumber = (map) => [...map].sort((a, b) => b[1] - a[1])

/** What is printed at the end. */
export function report(kind, { tried, faults, first, kinds, ends, codes, cost }) {
  const lines = [`${tried} ${kind.name} (seeds ${first} to ${first + tried - 1}): ${faults} faults`]
  for (const [what, times] of byNumber(kinds)) lines.push(`  ${times} × ${what}`)
  lines.push(
    `  ${byNumber(ends)
      .map((each) => each.join(' '))
      .join(', ')}`,
  )
  if (codes.size > 0)
    lines.push(
      `  codes: ${byNumber(codes)
        .map((each) => each.join(' '))
        .join(', ')}`,
    )
  const dear = (key, unit) =>
    cost.dearest[key].map(({ much, bytes, seed }) => `${unit(much)} for ${bytes} bytes (seed ${seed})`).join(', ')
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`
  if (cost.bytes > 0) {
    lines.push(
      `  time: ${((cost.ms / cost.bytes) * 1000).toFixed(1)} µs a byte; most ${dear('ms', (ms) => `${ms.toFixed(0)} ms`)}`,
    )
    if (cost.memory > 0) lines.push(`  memory: most ${dear('memory', megabytes)}`)
  }
  return lines.join('\n')
}
