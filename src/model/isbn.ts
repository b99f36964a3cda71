// In: an ISBN as it was written. Out: its digits, or what is wrong with it. Method: ISO 2108, International ISBN Agency, Users' Manual.

type Isbn = { digits: string } | { fault: string; hint: string }

/** Ten or thirteen digits, with hyphens or blanks between them as its agency groups them. */
export function readIsbn(text: string): Isbn {
  const digits = text
    .replace(/^ISBN(?:-1[03])?:?\s*/i, '')
    .replace(/[\s\u00ad\u2010-\u2013-]/g, '')
    .toUpperCase()
  const hint = 'write the ten or thirteen digits that its agency gave, with their hyphens: 978-0-306-40615-7'
  if (!/^(?:\d{9}[\dX]|\d{13})$/.test(digits)) return { fault: 'is no ISBN', hint }
  if (digits.length === 13 && !/^97[89]/.test(digits))
    return { fault: 'is no ISBN: it begins neither with 978 nor 979', hint }
  const wanted = checkDigit(digits.slice(0, -1))
  if (digits.endsWith(wanted)) return { digits }
  return {
    fault: `has a wrong digit: the last is \`${digits.at(-1)}\`, and the others give \`${wanted}\``,
    hint: 'compare it with what its agency gave: any of the digits may be the wrong one',
  }
}

/** What the last digit must be: weights 10 to 2 modulo 11 for nine digits, 1 and 3 in turn modulo 10 for twelve. */
function checkDigit(digits: string): string {
  const ten = digits.length === 9
  let sum = 0
  for (let i = 0; i < digits.length; i++) sum += Number(digits[i]) * (ten ? 10 - i : i % 2 === 0 ? 1 : 3)
  const rest = ten ? (11 - (sum % 11)) % 11 : (10 - (sum % 10)) % 10
  return rest === 10 ? 'X' : String(rest)
}
