// The library: `import { build, check, createBuilder, outline, preview, publish, themes, verify, watch, work } from 'octavo'`. The bundle is loaded
// with the first call.
import { keepCompiled, load } from './loader.js'

export async function build(options) {
  const result = await (await load()).build(options)
  if (result.ok) keepCompiled()
  return result
}

export async function check(options) {
  return (await load()).check(options)
}

export async function outline(options) {
  return (await load()).outline(options)
}

export async function publish(options) {
  const result = await (await load()).publish(options)
  if (result.ok) keepCompiled()
  return result
}

export async function work(options) {
  return (await load()).work(options)
}

export async function verify(options) {
  return (await load()).verify(options)
}

export async function themes() {
  return (await load()).themes()
}

export async function preview(options) {
  return (await load()).preview(options)
}

export async function watch(options) {
  return (await load()).watch(options)
}

export function createBuilder() {
  let builder
  const made = async () => (builder ??= (await load()).createBuilder())
  return {
    build: async (options) => (await made()).build(options),
    check: async (options) => (await made()).check(options),
  }
}
