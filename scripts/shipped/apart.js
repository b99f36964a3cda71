// What runs in a process of its own: see src/build/apart.ts.
import { load } from './loader.js'

const { serveApart } = await load()
serveApart()
