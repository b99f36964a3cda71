// In: where the person is. Out: the themes that are installed, a line for each; and of one, the book that shows it.

import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Files } from '../build.js'

/** assets/ lies two folders up, from src/cli as from dist/chunks. */
const SPECIMEN = join(dirname(fileURLToPath(import.meta.url)), '../../assets/specimen')

export async function listThemes(): Promise<string[]> {
  const { themes } = await import('../build.js')
  const all = await themes()
  const widest = Math.max(...all.map(({ name }) => name.length))
  return all.map(({ name, about }) => `${name.padEnd(widest)}  ${about}`.trimEnd())
}

/** The specimen in a theme: an installed one, or a YAML file, which lies in the folder that is then the book's. */
export async function specimen(theme: string): Promise<{ book: string | undefined; source: Files }> {
  const isFile = /\.ya?ml$/i.test(theme)
  const named = isFile ? basename(theme) : theme
  const slug = named.replace(/\.ya?ml$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-')
  const title = slug.replace(/[-_.]+/g, ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
  const source: Record<string, Uint8Array | string> = {}
  for (const name of (await readdir(SPECIMEN)).sort()) source[`specimen/${name}`] = await readFile(join(SPECIMEN, name))
  const manifest = new TextDecoder().decode(source['specimen/book.yaml'] as Uint8Array)
  delete source['specimen/book.yaml']
  source['book.yaml'] =
    `${manifest}title: ${JSON.stringify(title)}\nslug: ${JSON.stringify(slug)}\ntheme: ${JSON.stringify(named)}\n`
  return { book: isFile ? dirname(theme) : undefined, source }
}
