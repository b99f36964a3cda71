// Where Chromium is on this machine: `CHROMIUM` names it, else the usual places; undefined if there is none.
import { existsSync } from 'node:fs'

export const CHROMIUM = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path && existsSync(path))
