// In: an empty folder. Out: in it a book of all examples of the CommonMark specification, and of tables and footnotes, each a chapter.
//
// What the specification's links and images lead to is put there, or they are turned to an address; what they say is not touched.
// An example that is answered with an error cannot be built: it is no chapter, and its codes are told.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tests } from 'commonmark-spec'
import { JPEG_COLOUR } from '../pdf/images.js'
import { readFolder } from '../read/folder.js'
import { EXTENSIONS } from './extensions.js'

export interface Example {
  markdown: string
  html: string
  section: string
  number: number
}

export interface Chapter {
  /** Name of its file, without `.md`. */
  name: string
  example: Example | undefined
  markdown: string
}

export interface Written {
  chapters: Chapter[]
  /** By number of the example: codes of the errors. */
  refused: Map<number, string[]>
}

/** Files of no name that one would choose, which the examples link to. */
const LINKED = [
  'foo',
  'bar',
  'url',
  'first',
  'target.md',
  'my_(url)',
  'my url',
  'b)c',
  '(foo)',
  'foo(and(bar))',
  'foo bä',
]
const SHOWN = ['foo', 'url', 'uri3', 'moon.jpg', 'train.jpg']

const MANIFEST =
  'language: en\ndate: 2026-01-01\ngenerate: false\nsmart: false\neditions: [epub, pdf]\nforgive: [dead-link, bad-path, unsafe-link, stray-tag, unknown-tag]\n'

export async function writeBook(dir: string): Promise<Written> {
  const chapters: Chapter[] = []
  const refused: Written['refused'] = new Map()
  const names = new Map<string, string[]>([['text', LINKED.map((name) => `text/${name}`)]])
  const files: Record<string, string | Uint8Array> = {}
  for (const name of LINKED) files[`text/${name}`] = `# A Target\n\nA target of links.\n`
  for (const name of SHOWN) files[`shown/${name}`] = JPEG_COLOUR

  for (const example of tests as Example[]) {
    const shows = /!\[/.test(example.markdown)
    const markdown = `# Example ${example.number}\n\n${adapted(example.markdown.replaceAll('→', '\t'), shows)}`
    const folder = shows ? 'shown' : 'text'
    const name = `example-${example.number}`
    const alone = `${folder}/${name}.md`
    const list = [alone, ...names.get('text')!]
    const { said } = await readFolder({
      ...files,
      'book.yaml': `title: T\n${MANIFEST}body: ${JSON.stringify(list)}\n`,
      [alone]: markdown,
    })
    const errors = said.filter((one) => one.severity === 'error')
    if (errors.length > 0) refused.set(example.number, [...new Set(errors.map((one) => one.code))])
    else chapters.push({ name: alone.slice(0, -3), example, markdown })
  }
  EXTENSIONS.forEach(({ markdown }, i) => {
    chapters.push({
      name: `extensions/extension-${i}`,
      example: undefined,
      markdown: `# Extension ${i}\n\n${markdown}\n`,
    })
  })
  const body = [...chapters.map(({ name }) => `${name}.md`), ...names.get('text')!]
  files['book.yaml'] =
    `title: Examples of CommonMark\nslug: commonmark\n${MANIFEST}body:\n${body.map((path) => `- ${JSON.stringify(path)}\n`).join('')}`
  for (const { name, markdown } of chapters) files[`${name}.md`] = markdown
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
  }
  return { chapters, refused }
}

/** A book folder has no root: `/url` becomes an address, or, of an image, a file. */
function adapted(markdown: string, shows: boolean): string {
  const to = shows ? '' : 'https://example.org/'
  return markdown
    .replace(/\/path\/to\//g, '')
    .replace(/(?<![\w/<:.])\/(?=(?:url|uri|bar\*|föö|f&ouml;|φου|ΑΓΩ|foo-url|my uri|bar\\\*))/g, to)
    .replace(/<\/(?=(?:url|uri|my uri))/g, `<${to}`)
    .replace(/url2(?=[\s)])/g, shows ? 'url' : 'url2')
}
