// In: `book` or `theme`. Out: the JSON Schema of the file, as the package has it: scripts/schema.js made it of what checks the file.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const SCHEMAS = ['book', 'theme'] as const
export type SchemaName = (typeof SCHEMAS)[number]

/** dist/ lies two folders up, from src/cli as from dist/chunks. */
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../dist/schema')

export function schemaText(name: SchemaName): Promise<string> {
  return readFile(join(FOLDER, `${name}.json`), 'utf8')
}
