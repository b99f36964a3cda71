// What `--help` says.
import type { Command } from './arguments.js'

const GENERAL = `A folder of Markdown in; a valid, accessible EPUB 3 and a typeset, tagged PDF out.

  octavo build [BOOK] [-o DIR] [--edition NAME,…] [--strict] [-q] [--json] [--time-limit T] [--memory-limit M]
  octavo check [BOOK] [--edition NAME,…] [--strict] [-q] [--json] [--time-limit T] [--memory-limit M]
  octavo preview [BOOK] [--port N] [--open] [--host ADDRESS]
  octavo init [DIR]
  octavo publish [BOOK | SHELF] [-o DIR] [--address URL] [--key FILE] [--edition NAME,…] [-q] [--json]
                 [--store DIR] [--jobs N] [--untrusted] [--queue URL | --shard I/N | --join]
  octavo worker [SHELF] --queue URL [--store DIR] [--jobs N] [--untrusted]
  octavo verify [SITE] [--rebuild BOOK | SHELF] [--public-key KEY] [-q] [--json]
  octavo themes [show NAME] [-o DIR] [--edition NAME,…]
  octavo schema book | theme

  build   makes what the book's manifest asks for: SLUG.epub, SLUG.pdf, SLUG-web/,
          SLUG-print.pdf, SLUG-booklet.pdf, SLUG-cover.pdf and more
  check   says what build would say, and writes nothing
  preview shows the book in the browser, its pages and its EPUB, while you write it
  init    makes a small book to start from; of a folder of Markdown, a book
  publish makes a site of a book, or of a shelf of books: a page for each, with its downloads
  worker  makes books of a shelf for whoever publishes it with the same queue
  verify  proves that the files of such a site are as they were made
  themes  says which themes there are; \`show NAME\` builds a book that shows one
  schema  prints the JSON Schema of a manifest or a theme, for editors that complete and explain their keys

BOOK is a folder, or a Markdown file; - is standard input. Without it, the current folder if it has a
manifest, else ./book, else the Markdown that lies here.
Exit status: 0 done; 1 the book has errors; 2 the command was used wrongly;
130 it was interrupted.
\`octavo help COMMAND\` says more; so does the manual, docs/README.md in Octavo's folder.
\`octavo --version\` says which Octavo this is.
`

const BOOK = `  BOOK             a folder: with a book.yaml (or .yml, .json); an mdBook, a Quarto or a Leanpub book as it
                   lies; any folder of Markdown; or one Markdown file; or -, standard input.
                   Without it: the current folder if it has a manifest, else ./book, else the Markdown here
`

const COMMON = `  --edition NAME,… only these, whatever the manifest says: epub, kepub, web, pdf,
                   print, booklet, cover-wrap
  --strict         warnings are errors
  -q, --quiet      nothing but errors
  --json           findings as JSON, one object a line, and nothing else
  --time-limit T   ends it after so long: 90 (seconds), 5m; ten minutes for a heavy book if absent
  --memory-limit M ends it when it holds more: 512M, 2G; 4G for a heavy book if absent
`

const BUILD = `octavo build [BOOK] [-o DIR] [--edition NAME,…] [--watch] [--strict] [-q] [--json]
             [--time-limit T] [--memory-limit M]

Makes the editions of the book and puts them into the output folder, all of them or none.

${BOOK}  -o, --out DIR    where the files go, ./out if absent
  --watch          builds again whenever something in the book changes, until Ctrl-C
${COMMON}
  octavo build                 the book that is here
  octavo build my-book         the book in that folder
  octavo build paper.md        one file
  octavo build -o ~/Desktop    somewhere else
`

const CHECK = `octavo check [BOOK] [--edition NAME,…] [--strict] [-q] [--json] [--time-limit T] [--memory-limit M]

Says all that is wrong or doubtful in the book, each as \`path:line: severity code: message\`. Writes nothing.

${BOOK}${COMMON}`

const PREVIEW = `octavo preview [BOOK] [--port N] [--open] [--host ADDRESS] [--site DIR] [--time-limit T] [--memory-limit M]

Shows the book in the browser while you write it: the typeset pages beside the EPUB, every word tied to its
line, and what is wrong where it is wrong. It follows every change that is saved, writes nothing into the
output folder, and ends with Ctrl-C.

${BOOK}  --port N         where it is served; 4711 if absent, or another if that is taken; 0: any free one
  --open           opens it in the browser
  --host ADDRESS   serves it to other machines too, 0.0.0.0 for all: whoever has the address, with its token,
                   can read the book, change its theme file and open your editor
  --site DIR       where it was published: what has changed since is shown; ./site if absent
  --time-limit T   what one setting of the book may take, 90s or 5m; --memory-limit M, 2g or 800m
`

const INIT = `octavo init [DIR]

Makes a small book to start from in DIR, new or empty; without DIR, here. A folder that holds Markdown, or
another tool's book, gets a book.yaml that says what it was taken for. Nothing is overwritten.
`

const PUBLISH = `octavo publish [BOOK | SHELF] [-o DIR] [--address URL] [--key FILE] [--edition NAME,…] [-q] [--json]
               [--store DIR] [--store-size S] [--jobs N] [--untrusted] [--time-limit T] [--memory-limit M]
               [--queue URL | --shard I/N | --join]

Makes a site: a page for each book with its editions as downloads, and for a shelf a front page with search,
people, series and subjects; catalogues for e-readers (OPDS), news (Atom), records for shops and libraries
(ONIX, MARC, KBART), and checksums. All static and relative: put it on any web server.

  BOOK             as \`octavo build\` has it; its page is the site's first
  SHELF            a folder with a shelf.yaml, which names the books
  -o, --out DIR    the folder of the site, ./site if absent; replaced as a whole; its releases are kept
  --address URL    where the site will be, if the shelf does not say it: feeds and search engines ask for it
  --key FILE       a secret key of minisign's, not in the site, that signs the checksums; its password, if it
                   has one, in OCTAVO_KEY_PASSWORD
  --store DIR      where finished books are kept, by what they are made of: what did not change is not made
                   again; the user's folder of caches if absent
  --store-size S   when it holds more, what was used longest ago goes: 500M, 20G; 10G if absent
  -j, --jobs N     books that are made at the same time; as many as there are cores if absent
  --untrusted      the books are strangers': each in a process of its own, which can be ended, and may read
                   the book and nothing else where Node has its permission model
  --store s3://B/P a bucket behind that folder, for machines that share no disk
                   (npm install @aws-sdk/client-s3)
  --queue URL      redis://host:6379: the books are made by \`octavo worker\`, on any machines that share the
                   store (npm install bullmq ioredis)
  --shard I/N      makes share I of N and puts it into the store; no site. auto/N: which one it is says the
                   environment of a Kubernetes Indexed Job or a SLURM array
  --join           makes the site of the shares that are in the store
${COMMON}
A book with errors is told of and passed over. Ctrl-C stops; the same command goes on from there.

  octavo publish                           the book or shelf that is here
  octavo publish my-shelf --out public     a shelf
`

const WORKER = `octavo worker [SHELF] --queue URL [--store DIR] [--jobs N] [--untrusted] [--patience T] [-q]
              [--time-limit T] [--memory-limit M]

Makes books for \`octavo publish SHELF --queue URL\`, until Ctrl-C. Any number of workers, on any machines.

  SHELF            the same shelf as the publisher's, or a copy of it; without it, the one that is here
  --queue URL      redis://host:6379, a Redis or Valkey that all know (npm install bullmq ioredis)
  --store DIR      the same store as the publisher's: a folder that all reach, or s3://BUCKET/PREFIX
  -j, --jobs N     books that are made at the same time; as many as there are cores if absent
  --untrusted      as for publish: each book in a process of its own
  --patience T     a worker that is silent for so long loses its book to another; 30 seconds if absent
  -q, --quiet      says nothing of a book that is made
  --time-limit T, --memory-limit M   for each book
`

const VERIFY = `octavo verify [SITE] [--rebuild BOOK | SHELF] [--public-key KEY] [-q] [--json]

Proves that every file of a site by \`octavo publish\` is as it was made, and that none is missing or strange.

  SITE             the folder of the site, ./site if absent
  --rebuild FROM   makes the site again from its sources, and compares every file
  --public-key KEY a public key of minisign's, or the file that has it: proves the signature of the checksums
  -q, --quiet      nothing but errors
  --json           findings as JSON, one object a line, and nothing else
  --time-limit T, --memory-limit M   for each book that is made again
`

const THEMES = `octavo themes [show NAME] [-o DIR] [--edition NAME,…]

Lists the themes that are installed: Octavo's own, and packages octavo-theme-NAME beside Octavo or from the
working folder. A book takes one with \`theme: NAME\` in its manifest.

  show NAME        builds a specimen of that theme, or of a theme's file (my-theme.yaml): NAME.epub, NAME.pdf
  -o, --out DIR    where the files go, ./out if absent
  --edition NAME,… only these: epub, pdf, print, booklet
`

const SCHEMA = `octavo schema book | theme

Prints the JSON Schema (draft 7) of book.yaml, or of a theme. Editors that have YAML's language server complete and
explain the keys of a file that names its schema in its first line:

  octavo schema book > book.schema.json
  # yaml-language-server: $schema=book.schema.json

The book that \`octavo init\` writes has both already.
`

const ABOUT: Record<Command, string> = {
  build: BUILD,
  check: CHECK,
  preview: PREVIEW,
  init: INIT,
  publish: PUBLISH,
  worker: WORKER,
  verify: VERIFY,
  themes: THEMES,
  schema: SCHEMA,
}

export function manual(about: Command | undefined): string {
  return about === undefined ? GENERAL : ABOUT[about]
}
