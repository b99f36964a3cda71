// In: an ICC profile as Argyll's colprof made it (assets/icc/README.md says with what). Out: the same with the tag that says which measurements it
// is from, as their registry asks, and with no clock in it: `node scripts/icc.js MADE.icc FOGRA39 assets/icc/coated-fogra39.icc`.
import { readFileSync, writeFileSync } from 'node:fs'

const [from, condition, to] = process.argv.slice(2)
const made = readFileSync(from)
const HEADER = 128
const count = made.readUInt32BE(HEADER)
const tags = Array.from({ length: count }, (_, i) => {
  const at = HEADER + 4 + 12 * i
  const [offset, size] = [made.readUInt32BE(at + 4), made.readUInt32BE(at + 8)]
  return { name: made.toString('latin1', at, at + 4), data: made.subarray(offset, offset + size) }
})
// colprof's own notes; and the measurements, which the name stands for.
const kept = tags.filter(({ name }) => !['targ', 'arts', 'DevD', 'CIED'].includes(name))
kept.push({ name: 'targ', data: Buffer.from(`text\0\0\0\0ICCHDAT ${condition}\0`, 'latin1') })

const parts = []
const places = new Map()
let end = HEADER + 4 + 12 * kept.length
for (const { data } of kept) {
  const key = data.toString('latin1')
  if (places.has(key)) continue
  places.set(key, end)
  const padded = Buffer.alloc(Math.ceil(data.length / 4) * 4)
  padded.set(data)
  parts.push(padded)
  end += padded.length
}
const head = Buffer.alloc(HEADER + 4 + 12 * kept.length)
head.set(made.subarray(0, HEADER))
head.writeUInt32BE(end, 0)
// The day of the measurements.
for (const [i, value] of [2006, 12, 1, 0, 0, 0].entries()) head.writeUInt16BE(value, 24 + 2 * i)
head.fill(0, 84, 100)
head.writeUInt32BE(kept.length, HEADER)
kept.forEach(({ name, data }, i) => {
  const at = HEADER + 4 + 12 * i
  head.write(name, at, 'latin1')
  head.writeUInt32BE(places.get(data.toString('latin1')), at + 4)
  head.writeUInt32BE(data.length, at + 8)
})
writeFileSync(to, Buffer.concat([head, ...parts]))
