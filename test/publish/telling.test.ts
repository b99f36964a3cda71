// What a terminal shows while a shelf is made: how many, how fast, how long; nothing of a book's name commands it.
import { expect, test } from 'vitest'
import { tellingOf } from '../../src/cli/telling.js'

test('the rate is that of the last seconds, and what is left is reckoned by it', () => {
  const lines: string[] = []
  let now = 0
  const tell = tellingOf(
    (text) => lines.push(text.replace('\r\u001b[K', '')),
    'books',
    () => now,
  )
  tell(1200, 10_020, undefined)
  expect(lines.at(-1)).toBe('1,200 of 10,020 books')
  for (let done = 1201; done <= 1300; done++) {
    now += 1000
    tell(done, 10_020, `articles/${done}`)
  }
  expect(lines.at(-1)).toBe('1,300 of 10,020 books, 1.0 a second, 3 h left: articles/1300')
  for (let done = 1301; done <= 2300; done++) {
    now += 50
    tell(done, 10_020, 'a')
  }
  expect(lines.at(-1)).toBe('2,300 of 10,020 books, 20.0 a second, 7 min left: a')
  // No more often than can be read.
  expect(lines.length).toBeLessThan(700)
  tell(10_020, 10_020, '\u001b]0;owned\u0007\u202e')
  expect(lines.at(-1)).toBe('10,020 of 10,020 books: \\u{001b}]0;owned\\u{0007}\\u{202e}')
})
