// In: nothing. Out: the two ICC profiles that our files need, made from the numbers that define them (ICC.1:2004, version 4).

const SIGNATURE_SIZE = 12
const HEADER = 128
/** The white of the profile connection space, D50, and of sRGB's primaries adapted to it (IEC 61966-2-1, Bradford). */
const D50 = [0.9642, 1, 0.8249]
const RED = [0.43607, 0.22249, 0.01392]
const GREEN = [0.38515, 0.71687, 0.09708]
const BLUE = [0.14307, 0.06061, 0.7141]
const ADAPTATION = [1.04791, 0.02293, -0.0502, 0.0296, 0.99046, -0.01707, -0.00925, 0.01506, 0.75179]

/** The screens' colour space, as IEC 61966-2-1 defines it. */
export function srgbProfile(): Uint8Array {
  // The curve: linear near black, then a power of 2.4.
  const curve = parametric(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045])
  return profile('mntr', 'RGB ', [
    ['desc', words('sRGB')],
    ['cprt', words('No copyright')],
    ['wtpt', xyz(D50)],
    ['chad', fixed('sf32', ADAPTATION)],
    ['rXYZ', xyz(RED)],
    ['gXYZ', xyz(GREEN)],
    ['bXYZ', xyz(BLUE)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ])
}

/** Black ink on white paper; a printed half-tone of 50 % covers 70 %, the usual gain of uncoated paper. */
export function blackInkProfile(): Uint8Array {
  return profile('prtr', 'GRAY', [
    ['desc', words('Black ink, dot gain 20 %')],
    ['cprt', words('No copyright')],
    ['wtpt', xyz(D50)],
    ['kTRC', parametric(0, [Math.log(0.3) / Math.log(0.5)])],
  ])
}

function profile(device: string, space: string, tags: [signature: string, data: Uint8Array][]): Uint8Array {
  const table = HEADER + 4 + SIGNATURE_SIZE * tags.length
  // The same data may serve several tags.
  const places = new Map<Uint8Array, number>()
  let size = table
  for (const [, data] of tags) {
    if (places.has(data)) continue
    places.set(data, size)
    size += data.length
  }
  const out = Buffer.alloc(size)
  out.writeUInt32BE(size, 0)
  out.writeUInt32BE(0x04200000, 8)
  out.write(`${device}${space}XYZ `, 12, 'latin1')
  // A date is asked for: that of the specification.
  for (const [i, value] of [2004, 10, 1, 0, 0, 0].entries()) out.writeUInt16BE(value, 24 + 2 * i)
  out.write('acsp', 36, 'latin1')
  for (const [i, value] of D50.entries()) out.writeInt32BE(Math.round(value * 65536), 68 + 4 * i)
  out.writeUInt32BE(tags.length, HEADER)
  tags.forEach(([signature, data], i) => {
    const at = HEADER + 4 + SIGNATURE_SIZE * i
    out.write(signature, at, 'latin1')
    out.writeUInt32BE(places.get(data)!, at + 4)
    out.writeUInt32BE(data.length, at + 8)
    out.set(data, places.get(data)!)
  })
  return out
}

function fixed(type: string, values: readonly number[]): Uint8Array {
  const out = Buffer.alloc(8 + 4 * values.length)
  out.write(type, 0, 'latin1')
  for (const [i, value] of values.entries()) out.writeInt32BE(Math.round(value * 65536), 8 + 4 * i)
  return out
}

function xyz(values: readonly number[]): Uint8Array {
  return fixed('XYZ ', values)
}

/** parametricCurveType, 10.15. */
function parametric(kind: number, values: readonly number[]): Uint8Array {
  const out = fixed('para', [0, ...values])
  new DataView(out.buffer, out.byteOffset).setUint16(8, kind)
  return out
}

/** multiLocalizedUnicodeType with one English text, 10.13; padded to four bytes. */
function words(text: string): Uint8Array {
  const out = Buffer.alloc(28 + Math.ceil((2 * text.length) / 4) * 4)
  out.write('mluc', 0, 'latin1')
  out.writeUInt32BE(1, 8)
  out.writeUInt32BE(12, 12)
  out.write('enUS', 16, 'latin1')
  out.writeUInt32BE(2 * text.length, 20)
  out.writeUInt32BE(28, 24)
  for (let i = 0; i < text.length; i++) out.writeUInt16BE(text.charCodeAt(i), 28 + 2 * i)
  return out
}
