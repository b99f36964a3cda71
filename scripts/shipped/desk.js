// What runs beside a preview's server: see src/preview/pressroom-apart.ts.
import { load } from './loader.js'

const { servePressroom } = await load()
servePressroom()
