// What makes books of a shelf on a thread: see src/publish/threads.ts.
import { load } from './loader.js'

const { serveBook } = await load()
export default serveBook
