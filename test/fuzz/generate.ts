// Whole books of chance: sound ones with strange contents, and hostile ones.
import fc from 'fast-check'
import type { HostileBook } from './book.js'
import { manifest, theme, wrongManifest, wrongTheme } from './manifests.js'
import { hostilePicture, soundPicture } from './pictures.js'
import { brokenText, IMAGES, looseIn, PATHS_OUT, seldom, soundText, wordsIn } from './texts.js'

const FILES = ['a.md', 'b.md', 'chapters/c.md', 'd é.md']
const encoder = new TextEncoder()

/** Line ends and marks that editors leave. */
const dressed = (text: string, how: number): string => {
  if (how === 1) return text.replace(/\n/g, '\r\n')
  if (how === 2) return text.replace(/\n/g, '\r')
  if (how === 3) return `\ufeff${text}`
  return text
}
const dress = fc.constantFrom(0, 0, 0, 0, 1, 2, 3)

/** Every file has an id of its own that its links lead to. */
const own = (text: string, i: number) => {
  const id = `own-id-${i}`
  const linked = text.replaceAll('own-id', id)
  return text.includes('own-id') ? `${linked}\n\n[The place]{#${id}}\n` : linked
}

export const sound: fc.Arbitrary<HostileBook> = fc.integer({ min: 1, max: 4 }).chain((count) => {
  const names = [...new Set(['a.md', 'b.md', ...FILES.slice(0, count)])]
  return fc
    .record({
      manifest: manifest(names),
      texts: fc.tuple(
        ...names.map(() => fc.oneof({ weight: 3, arbitrary: soundText }, { weight: 1, arbitrary: brokenText })),
      ),
      dress,
      images: fc.tuple(...IMAGES.map(soundPicture)),
      theme: fc.oneof({ weight: 1, arbitrary: fc.constant('extends: house\n') }, { weight: 1, arbitrary: theme }),
    })
    .map((all) => {
      const book: HostileBook = { files: {}, links: [], words: [], loose: [] }
      book.files['book.yaml'] = dressed(all.manifest, all.dress)
      book.files['look.yaml'] = book.files['sub/look.yaml'] = all.theme
      names.forEach((name, i) => {
        const text = own(
          name.includes('/')
            ? all.texts[i]!.replace(/\]\((b\.md|one|two|three|four|five|six|img)/g, '](../$1')
            : all.texts[i]!,
          i,
        )
        book.files[name] = dressed(text, (all.dress + i) % 7)
        book.words.push(...wordsIn(text))
        book.loose.push(...looseIn(text))
      })
      IMAGES.forEach((name, i) => {
        book.files[name] = all.images[i]!
      })
      return book
    })
})

/** Bytes that are no UTF-8, put somewhere into a text: a surrogate, a lonely byte, an overlong sign, another encoding. */
const BAD_BYTES = [
  [0xed, 0xa0, 0x80],
  [0xff],
  [0xc0, 0xaf],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xff, 0xfe, 0x41, 0x00],
  [0],
]

const pathsIn = fc.array(fc.constantFrom(...PATHS_OUT), { maxLength: 3 })

const hostile: fc.Arbitrary<HostileBook> = fc
  .record({
    base: sound,
    manifest: seldom(3, wrongManifest(['a.md', 'b.md'])),
    theme: seldom(3, wrongTheme),
    images: fc.array(fc.tuple(fc.constantFrom(...IMAGES), hostilePicture), { maxLength: 3 }),
    paths: pathsIn,
    entries: seldom(8, fc.constantFrom(...PATHS_OUT)),
    links: fc.array(
      fc.tuple(
        fc.constantFrom(
          'link.png',
          'link.svg',
          'link.md',
          'link.yaml',
          'link.ttf',
          'linked',
          'one.png',
          'b.md',
          'look.yaml',
          'img',
          'sub',
          'book.yaml',
          'chapters',
        ),
        fc.constantFrom(
          '../secret.png',
          '../secret.svg',
          '../secret.md',
          '../secret.yaml',
          '../secret.ttf',
          '..',
          '.',
          '/etc',
          '/etc/passwd',
          'link.png',
          'a.md',
          '../book-twin',
          '/dev/zero',
          '/dev/stdin',
          '/proc/self/environ',
        ),
      ),
      { maxLength: 2 },
    ),
    bytes: seldom(
      4,
      fc.tuple(fc.constantFrom('a.md', 'b.md', 'book.yaml', 'look.yaml'), fc.nat(), fc.constantFrom(...BAD_BYTES)),
    ),
  })
  .map(({ base, manifest, theme, images, paths, entries, links, bytes }) => {
    const files = { ...base.files }
    if (manifest !== null) files['book.yaml'] = manifest
    if (theme !== null) files['look.yaml'] = files['sub/look.yaml'] = theme
    // Every broken image is shown.
    for (const [path, image] of images) {
      files[path] = image
      files['a.md'] = `${files['a.md']}\n\n![A picture](${path})\n`
    }
    for (const path of paths)
      files['b.md'] = `${files['b.md']}\n\n[x](${path}) ![y](${path}) <img src="${path}" alt="z">\n`
    if (entries !== null && typeof files['book.yaml'] === 'string')
      files['book.yaml'] = files['book.yaml'].replace('body: [', `body: [${JSON.stringify(entries)},`)
    if (bytes !== null) {
      const [path, at, some] = bytes
      const text = files[path]!
      const all = [...(typeof text === 'string' ? encoder.encode(text) : text)]
      all.splice(at % (all.length + 1), 0, ...some)
      files[path] = new Uint8Array(all)
    }
    for (const [path] of links) delete files[path]
    // What is no longer there, or no longer listed, need not come out.
    const manifestText = typeof manifest === 'string' ? manifest : ''
    const listed = manifest === null ? FILES : ['a.md', 'b.md'].filter((name) => manifestText.includes(`"${name}"`))
    const texts = listed.map((name) => files[name]).filter((text) => typeof text === 'string')
    return { files, links, words: texts.flatMap(wordsIn), loose: texts.flatMap(looseIn) }
  })

export const anyBook: fc.Arbitrary<HostileBook> = fc.oneof(
  { weight: 3, arbitrary: sound },
  { weight: 2, arbitrary: hostile },
)
