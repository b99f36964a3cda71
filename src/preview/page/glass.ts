// The screen of the e-reader, in its body, as large as the pane allows; never larger than it is.
import { DEVICES, groundOf, paperOf } from './device.js'
import { byId } from './dom.js'
import type { Settings } from './settings.js'

/** Around the body, and what the body itself takes beside and above its screen. */
const BESIDE = 32 + 44
const ABOVE = 40 + 78

/** Fits the body, its screen and the frame that is in it. */
export function fitGlass(settings: Settings, frame: HTMLIFrameElement | undefined): void {
  const bench = byId('bench')
  const body = byId('body')
  const glass = byId('glass')
  const { width, height } = DEVICES.get(settings.device)!
  const room = { width: bench.clientWidth - BESIDE, height: bench.clientHeight - ABOVE }
  const scale = Math.max(0.35, Math.min(1, room.width / width, room.height / height))
  body.dataset['device'] = settings.device
  body.style.width = `${Math.round(width * scale) + 2 * Number.parseFloat(getComputedStyle(body).paddingLeft)}px`
  glass.style.height = `${Math.round(height * scale)}px`
  glass.style.background = paperOf(groundOf(settings))
  if (frame === undefined) return
  frame.style.width = `${width}px`
  frame.style.height = `${height}px`
  frame.style.transform = `scale(${scale})`
  frame.style.colorScheme = groundOf(settings) === 'night' ? 'dark' : 'light'
  frame.style.filter = settings.device === 'e-ink' ? 'grayscale(1) contrast(.92)' : ''
}
