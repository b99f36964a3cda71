// The library: `import { build, check } from 'octavo'`. The bundle is loaded with the first call.
import { load } from './loader.js'

export async function build(options) {
  return (await load()).build(options)
}

export async function check(options) {
  return (await load()).check(options)
}
