// An ISBN in; its bars out, as numbers: EAN-13 with a price beside it, after ISO/IEC 15420.

/** In modules, from the left end of the first bar. */
export interface Bar {
  x: number
  width: number
  /** Does it go down between the figures? */
  long: boolean
  /** Of the price: it stands lower. */
  beside: boolean
}

export interface Barcode {
  bars: Bar[]
  /** The figures below, by where their middle is; `quiet`: to the left of the bars; `above`: of the price. */
  figures: { text: string; x: number; above: boolean }[]
  /** All modules, without the quiet zones. */
  width: number
}

/** What must be clear on the left and on the right, modules. */
export const QUIET = { left: 11, right: 7 }
/** Nominal, millimetres: of a module, of the bars' height. */
export const NOMINAL = { module: 0.33, height: 22.85 }

const LEFT = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
]
/** Which of the left figures are set by even parity, by the first figure. */
const FIRST = ['000000', '001011', '001101', '001110', '010011', '011001', '011100', '010101', '010110', '011010']
/** The same of a price of five figures, by its check. */
const PRICE = ['11000', '10100', '10010', '10001', '01100', '00110', '00011', '01010', '01001', '00101']
const GAP = 9

/** `isbn`: thirteen figures, proved; `price`: five, as the trade codes it ('51499': 14.99 US dollars). */
export function barcodeOf(isbn: string, price?: string): Barcode {
  const digits = [...isbn].map(Number)
  const code = (digit: number) => LEFT[digit]!
  const even = (digit: number) => [...right(digit)].reverse().join('')
  const right = (digit: number) => [...code(digit)].map((bit) => (bit === '1' ? '0' : '1')).join('')
  const parity = FIRST[digits[0]!]!
  let bits = '101'
  for (let i = 1; i <= 6; i++) bits += parity[i - 1] === '1' ? even(digits[i]!) : code(digits[i]!)
  bits += '01010'
  for (let i = 7; i <= 12; i++) bits += right(digits[i]!)
  bits += '101'
  const bars = barsOf(bits, 0, (x) => x < 3 || (x >= 45 && x < 50) || x >= 92, false)
  const figures = [{ text: isbn[0]!, x: -7, above: false }]
  for (let i = 1; i <= 6; i++) figures.push({ text: isbn[i]!, x: 3 + 7 * (i - 1) + 3.5, above: false })
  for (let i = 7; i <= 12; i++) figures.push({ text: isbn[i]!, x: 50 + 7 * (i - 7) + 3.5, above: false })
  let width = bits.length
  if (price !== undefined) {
    const five = [...price].map(Number)
    const check = (3 * (five[0]! + five[2]! + five[4]!) + 9 * (five[1]! + five[3]!)) % 10
    const sides = PRICE[check]!
    const beside = five.map((digit, i) => (sides[i] === '1' ? even(digit) : code(digit))).join('01')
    bars.push(...barsOf(`1011${beside}`, width + GAP, () => false, true))
    five.forEach((digit, i) => {
      figures.push({ text: String(digit), x: width + GAP + 4 + 9 * i + 3.5, above: true })
    })
    width += GAP + 4 + beside.length
  }
  return { bars, figures, width }
}

function barsOf(bits: string, from: number, isLong: (x: number) => boolean, beside: boolean): Bar[] {
  return [...bits.matchAll(/1+/g)].map((run) => ({
    ...{ x: from + run.index, width: run[0].length, long: isLong(run.index), beside },
  }))
}
