// What `--help` says.
import type { Command } from './arguments.js'

const GENERAL = `A folder of Markdown in; a valid, accessible EPUB 3 and a typeset, tagged PDF out.

  octavo build [BOOK] [--out DIR] [--edition NAME,…] [--strict] [--json] [--time-limit T] [--memory-limit M]
  octavo check [BOOK] [--strict] [--json] [--time-limit T] [--memory-limit M]
  octavo init DIR

  build   makes what the book's manifest asks for: SLUG.epub, SLUG.pdf, SLUG-print.pdf, SLUG-booklet.pdf
  check   says all that is wrong or doubtful, and writes nothing
  init    makes a small book to start from

BOOK is a folder with a book.yaml in it, ./book if absent.
Exit status: 0 done; 1 the book has errors; 2 the command was used wrongly.
\`octavo COMMAND --help\` says more. \`octavo --version\` says which Octavo this is.
`

const BUILD = `octavo build [BOOK] [--out DIR] [--edition NAME,…] [--strict] [--json] [--time-limit T] [--memory-limit M]

Makes the editions of the book and puts them into the output folder, all of them or none.

  BOOK             a folder with a book.yaml in it, ./book if absent
  --out DIR        where the files go, ./out if absent
  --edition NAME,… only these, whatever the manifest says: epub, pdf, print, booklet
  --strict         warnings are errors
  --json           findings as JSON, one object a line, and nothing else
  --time-limit T   ends it after so long: 90 (seconds), 5m; ten minutes for a heavy book if absent
  --memory-limit M ends it when it holds more: 512M, 2G; 4G for a heavy book if absent
`

const CHECK = `octavo check [BOOK] [--strict] [--json] [--time-limit T] [--memory-limit M]

Says all that is wrong or doubtful in the book, each as \`path:line: severity code: message\`. Writes nothing.

  BOOK             a folder with a book.yaml in it, ./book if absent
  --strict         warnings are errors
  --json           findings as JSON, one object a line, and nothing else
  --time-limit T   ends it after so long: 90 (seconds), 5m; ten minutes for a heavy book if absent
  --memory-limit M ends it when it holds more: 512M, 2G; 4G for a heavy book if absent
`

const INIT = `octavo init DIR

Makes a small book in DIR to start from. DIR is new or empty: nothing is overwritten.
`

const ABOUT: Record<Command, string> = { build: BUILD, check: CHECK, init: INIT }

export function manual(about: Command | undefined): string {
  return about === undefined ? GENERAL : ABOUT[about]
}
