// In: a PDF, some of its pages. Out: how much of each ink Ghostscript finds on them: by page (inkcov), and dot by dot (tiffsep).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const gs = (...args) => {
  const said = spawnSync('gs', ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (said.status !== 0) throw new Error(`gs: ${said.stdout}${said.stderr}`)
  return said.stdout
}

/** Of every page, the share of it that each ink covers. */
export function inksOf(file) {
  return gs('-sDEVICE=inkcov', '-r50', '-o', '-', file)
    .split('\n')
    .filter((line) => line.includes('CMYK'))
    .map((line) => {
      const [c, m, y, k] = line.trim().split(/\s+/).map(Number)
      return { c, m, y, k }
    })
}

/** Every plate of these pages, with its samples (0 all of its ink, 255 none), and the most ink on it, of 255. */
export function platesOf(file, pages, resolution, wanted = () => true) {
  const out = []
  eachPage(file, pages, resolution, (page, plates) => {
    for (const plate of plates) if (wanted(plate.plate)) out.push({ page, ...plate })
  })
  return out
}

/** Of all plates together on one dot, percent. */
export function mostInk(file, pages, resolution) {
  let most = 0
  eachPage(file, pages, resolution, (_, plates) => {
    const sum = new Uint16Array(plates[0].samples.length)
    for (const { samples } of plates) for (let i = 0; i < sum.length; i++) sum[i] += 255 - samples[i]
    most = Math.max(
      most,
      sum.reduce((a, b) => Math.max(a, b), 0),
    )
  })
  return (most * 100) / 255
}

/** A page at a time: plates are not packed. */
function eachPage(file, pages, resolution, read) {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-plates-'))
  try {
    for (const page of pages) {
      const device = ['-sDEVICE=tiffsep', '-sCompression=none', `-r${resolution}`, `-sPageList=${page}`]
      gs(...device, '-o', join(dir, 'p.tif'), file)
      const plates = readdirSync(dir).flatMap((name) => {
        const plate = /\((.*)\)\.tif$/.exec(name)?.[1]
        return plate === undefined ? [] : [{ plate, ...readPlate(readFileSync(join(dir, name))) }]
      })
      read(page, plates)
      for (const name of readdirSync(dir)) rmSync(join(dir, name))
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** A TIFF as tiffsep writes it: one sample of eight bits, in strips that are not packed. */
function readPlate(bytes) {
  const little = bytes.toString('latin1', 0, 2) === 'II'
  const u16 = (at) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const u32 = (at) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const tags = new Map()
  const first = u32(4)
  for (let i = 0; i < u16(first); i++) {
    const at = first + 2 + 12 * i
    const [size, count] = [u16(at + 2) === 3 ? 2 : 4, u32(at + 4)]
    const from = size * count <= 4 ? at + 8 : u32(at + 8)
    tags.set(
      u16(at),
      Array.from({ length: count }, (_, k) => (size === 2 ? u16(from + 2 * k) : u32(from + 4 * k))),
    )
  }
  const [width, height] = [tags.get(256)[0], tags.get(257)[0]]
  if (tags.get(259)?.[0] !== 1 || tags.get(258)[0] !== 8) throw new Error('this plate is packed')
  const strips = tags.get(273).map((from, i) => bytes.subarray(from, from + tags.get(279)[i]))
  const samples = Buffer.concat(strips)
  // 1: nought is black, as paper without ink is white
  if (tags.get(262)[0] === 0) for (let i = 0; i < samples.length; i++) samples[i] = 255 - samples[i]
  return { width, height, samples, most: 255 - samples.reduce((a, b) => Math.min(a, b), 255) }
}
