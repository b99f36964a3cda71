// What runs beside the main thread: see src/build/beside.ts.
import { load } from './loader.js'

const { serve } = await load()
serve()
