// In: values. Out: how PDF writes them (ISO 32000-1, 7.3), as strings of which every character is one byte.

/** The bytes of a text string (7.9.2.2): ASCII as it is, anything else as UTF-16 with a byte order mark. */
export function encoded(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text
  let bytes = '\xfe\xff'
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    bytes += String.fromCharCode(unit >> 8, unit & 0xff)
  }
  return bytes
}

/** A text string, in parentheses. */
export function literal(text: string): string {
  return `(${encoded(text).replace(/[\\()\r\n]/g, (c) => (c === '\r' ? '\\r' : c === '\n' ? '\\n' : `\\${c}`))})`
}

/** A reference to an object. */
export function reference(id: number): string {
  return `${id} 0 R`
}

/** At most three decimals, no exponent, no `-0`. */
export function decimal(value: number): string {
  const thousandths = Math.round(value * 1000)
  if (thousandths % 1000 === 0) return String(thousandths / 1000 + 0)
  const sign = thousandths < 0 ? '-' : ''
  const size = Math.abs(thousandths)
  const fraction = String(size % 1000).padStart(3, '0')
  return `${sign}${Math.floor(size / 1000) || ''}.${fraction.replace(/0+$/, '')}`
}

export function numbers(values: readonly number[]): string {
  return `[${values.map(decimal).join(' ')}]`
}

/** The bytes of a string made by these functions. */
export function bytesOf(source: string): Uint8Array {
  return Buffer.from(source, 'latin1')
}

/** `length`: of all of them. */
export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
