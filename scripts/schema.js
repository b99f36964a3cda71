// In: what the sources say of a manifest and of a theme. Out: JSON Schemas of both (draft 7, which editors know), for completion and for the
// words that appear under the mouse. A key that is new in the sources is new here without further ado.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const DRAFT = 'http://json-schema.org/draft-07/schema#'

/** `folder`: `schema` beside the bundle. */
export async function writeSchemas(folder) {
  const sources = await load(`
    export { MANIFEST, ENTRY } from './src/read/manifest/keys.js'
    export { CODES } from './src/model/codes.js'
    export { SIZES } from './src/model/sizes.js'
    export { KEYS, MEDIA_ABOUT, theme } from './src/theme/schema.js'
    export { resolve } from './src/theme/resolve.js'
    export { parseTree } from './src/theme/yaml.js'
  `)
  mkdirSync(folder, { recursive: true })
  const write = (name, schema) => writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(schema, null, 1)}\n`)
  write('book', bookSchema(sources))
  write('theme', await themeSchema(sources))
}

async function load(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(process.cwd() + '/')" },
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)
}

/** A key without a value is as good as absent; a number is a text. */
const TEXT = { type: ['string', 'number', 'boolean', 'null'] }
const NOTHING = { type: 'null' }
const ref = (name) => ({ $ref: `#/definitions/${name}` })

function bookSchema({ MANIFEST, ENTRY, CODES, SIZES }) {
  const shapes = {
    text: ({ like, such, year }) => ({
      ...(year ? { type: ['string', 'integer', 'null'], minimum: 1000, maximum: 9999 } : TEXT),
      // One of some words is no number.
      ...(like && such && { type: ['string', 'null'] }),
      ...(like && { pattern: like }),
      ...(such && { examples: such }),
    }),
    flag: () => ({ type: ['boolean', 'null'] }),
    choice: ({ of }) => ({ enum: [...of, null] }),
    whole: ({ least, most }) => ({ type: ['integer', 'null'], minimum: least, maximum: most }),
    length: () => ref('length'),
    size: () => ref('size'),
    map: ({ keys, needs, together = [] }) => objectOf(keys, needs, together),
    some: ({ of, least }) => {
      const one = schemaOf(of)
      return { anyOf: [one, { type: 'array', items: one, ...(least && { minItems: least }) }] }
    },
    either: ({ of }) => ({ anyOf: of.map(schemaOf) }),
    divisions: () => {
      const words = { anyOf: [TEXT, { type: 'array', items: TEXT }] }
      return { anyOf: [...words.anyOf, { type: 'object', additionalProperties: words }] }
    },
    entry: () => ref('entry'),
    codes: ({ of }) => ({
      enum: [
        null,
        ...CODES.filter(({ severity }) => (of === 'warning' ? severity !== 'error' : severity === of)).map(
          ({ code }) => code,
        ),
      ],
    }),
  }
  const schemaOf = (shape) => shapes[shape.is](shape)
  const objectOf = (keys, needs = [], together = []) => ({
    type: ['object', 'null'],
    ...(needs.length > 0 && { required: needs }),
    ...(together.length > 0 && { dependencies: Object.fromEntries(together.map((name) => [name, together])) }),
    properties: Object.fromEntries(
      Object.entries(keys).map(([name, { about, shape, usual }]) => [
        name,
        {
          description: about,
          ...(usual !== undefined && { default: usual }),
          ...schemaOf(shape),
          ...((needs.includes(name) || together.includes(name)) && { not: { enum: [null, '', []] } }),
        },
      ]),
    ),
    additionalProperties: false,
  })
  const one = ['file', 'generate', 'part'].map((name) => ({ required: [name] }))
  return {
    $schema: DRAFT,
    title: 'book.yaml',
    description: 'The manifest of a book that Octavo makes.',
    ...objectOf(
      MANIFEST,
      Object.keys(MANIFEST).filter((name) => MANIFEST[name].needed),
    ),
    type: 'object',
    definitions: {
      length: {
        description: 'A number and its unit.',
        examples: ['3mm', '0.125in', '12pt'],
        anyOf: [
          { type: 'string', pattern: '^(\\d{1,6}(\\.\\d{1,6})?\\s*(mm|cm|in|pt|pc|q)|0(\\.0+)?)$' },
          { const: 0 },
          NOTHING,
        ],
      },
      size: {
        anyOf: [
          { enum: [...SIZES.keys(), null] },
          {
            ...objectOf(
              {
                width: { about: '50 to 1200 mm.', shape: { is: 'length' } },
                height: { about: '50 to 1200 mm.', shape: { is: 'length' } },
              },
              ['width', 'height'],
            ),
          },
        ],
      },
      entry: { anyOf: [TEXT, { ...objectOf(ENTRY), oneOf: [...one, NOTHING] }] },
    },
  }
}

async function themeSchema({ theme, KEYS, MEDIA_ABOUT, resolve, parseTree }) {
  const text = readFileSync(join(root, 'assets/themes/house.yaml'), 'utf8')
  const fail = ({ path, line, message }) => {
    throw new Error(`${path}:${line}: ${message}`)
  }
  const house = resolve(await parseTree(text, 'house.yaml', fail), fail)
  const at = (node, name) => (node?.kind === 'map' ? node.entries.get(name) : undefined)
  const usual = (node) => (node?.kind === 'scalar' && node.value !== null ? { default: node.value } : {})
  const shapes = {
    text: ({ longest }) => ({ type: 'string', maxLength: longest }),
    flag: () => ({ type: 'boolean' }),
    number: ({ least, most, whole }) => ({ type: whole ? 'integer' : 'number', minimum: least, maximum: most }),
    length: ({ least, most }) => ({
      anyOf: [
        { type: 'number', minimum: least, maximum: most },
        { type: 'string', pattern: '^\\s*\\d+(\\.\\d+)?\\s*(pt|mm|cm|in|pc)\\s*$' },
      ],
    }),
    choice: ({ of }) => ({ enum: [...of] }),
    colour: () => ({ type: 'string', pattern: '^#[0-9a-fA-F]{6}$' }),
    map: ({ keys }, node) => objectOf(keys, node),
    names: ({ of }, node) => ({
      type: 'object',
      additionalProperties: schemaOf(of),
      ...(node?.kind === 'map' && {
        properties: Object.fromEntries(
          [...node.entries].map(([name, one]) => [name, { ...usual(one), ...schemaOf(of, one) }]),
        ),
      }),
    }),
    list: ({ of, count }) => ({
      type: 'array',
      items: schemaOf(of),
      ...(count && { minItems: count, maxItems: count }),
    }),
    either: ({ of }) => ({ anyOf: of.map((one) => schemaOf(one)) }),
  }
  const schemaOf = (shape, node) => {
    const make = shapes[shape.is]
    if (make === undefined) throw new Error(`a theme’s kind \`${shape.is}\` has no schema: add it to scripts/schema.js`)
    return make(shape, node)
  }
  // A theme says only what it changes, so nothing is required; `none` takes away what may be left out.
  const objectOf = (keys, node, more = {}) => ({
    type: 'object',
    properties: {
      ...more,
      ...Object.fromEntries(
        Object.entries(keys).map(([name, { about, kind, optional }]) => {
          const own = schemaOf(kind.shape, at(node, name))
          const schema = optional ? { anyOf: [own, { enum: ['none', null] }] } : own
          return [name, { description: about, ...usual(at(node, name)), ...schema }]
        }),
      ),
    },
    additionalProperties: false,
  })
  const { keys } = theme.shape
  const ofRole = (name) => Object.values(keys[name].kind.shape.keys)[0].kind.shape
  const like = (name) => ({
    description: `Another of \`${name}\`, which it begins as.`,
    enum: Object.keys(keys[name].kind.shape.keys),
  })
  const SCALE = {
    description: 'With `like`: the size as a share of the other’s.',
    type: 'number',
    minimum: 0.1,
    maximum: 10,
  }
  const [style, section] = [ofRole('styles'), ofRole('sections')]
  const plain = objectOf(keys, house)
  // A style's keys are the same for all: said once, and for each role what the house theme has for it.
  const byRole = (name) => ({
    description: keys[name].about,
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(keys[name].kind.shape.keys).map(([role, { about }]) => [
        role,
        { description: about, $ref: `#/definitions/${name}` },
      ]),
    ),
    // A class of the author's own has a dot before it.
    ...(name === 'styles' &&
      keys.classes && {
        patternProperties: { '^\\.[A-Za-z][A-Za-z0-9_-]*$': schemaOf(keys.classes.kind.shape.of) },
      }),
    additionalProperties: false,
  })
  const themes = readdirSync(join(root, 'assets/themes'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -5))
    .sort()
  const defaults = mapAt(await parseTree(text, 'house.yaml', fail), 'defaults')
  // What is otherwise in one medium has the keys of the theme itself, but for those that are the same in all.
  const inMedium = (description, { anyOf: [{ properties } = {}] = [] } = {}) => ({
    description,
    anyOf: [
      {
        type: 'object',
        properties: {
          ...properties,
          ...Object.fromEntries(
            KEYS.medium.map((name) => [name, { $ref: `#/properties/${name}`, description: said(name) }]),
          ),
        },
        additionalProperties: false,
      },
      { enum: ['none', null] },
    ],
  })
  const said = (name) => keys[name]?.about ?? 'What a style or a section says of itself is added to these.'
  return {
    $schema: DRAFT,
    title: 'theme.yaml',
    description: 'A theme: how a book looks, on paper and in e-readers.',
    ...plain,
    properties: {
      extends: {
        description: 'The theme that this one changes: a name, or a file of the folder.',
        type: 'string',
        examples: themes,
      },
      defaults: {
        description: 'What a style or a section says of itself is added to these.',
        type: 'object',
        properties: {
          style: { ...objectOf(style.keys, at(defaults, 'style')), description: 'Of every style.' },
          section: { ...objectOf(section.keys, at(defaults, 'section')), description: 'Of every section.' },
        },
        additionalProperties: false,
      },
      ...Object.fromEntries(
        Object.entries(plain.properties).filter(([name]) => KEYS.top.includes(name) && name !== 'classes'),
      ),
      styles: byRole('styles'),
      sections: byRole('sections'),
      print: inMedium(MEDIA_ABOUT.print),
      screen: inMedium(MEDIA_ABOUT.screen),
      epub: inMedium(MEDIA_ABOUT.epub, plain.properties.epub),
    },
    definitions: {
      styles: objectOf(style.keys, at(defaults, 'style'), { like: like('styles'), scale: SCALE }),
      sections: objectOf(section.keys, at(defaults, 'section'), { like: like('sections') }),
    },
  }
}

function mapAt(tree, name) {
  const node = tree.entries.get(name)
  return node?.kind === 'map' ? node : undefined
}
