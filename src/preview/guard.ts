// In: a request. Out: may it be answered? And what every answer forbids.
//
// A page of any website can ask this machine's own ports: what names another host (DNS rebinding), or comes from another origin, is
// refused; and whoever serves to other machines asks for a token.
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

export interface Guard {
  /** Hosts by which it may be called, besides this machine's own names. */
  host: string
  port: number
  /** Undefined: nobody else's machine can ask. */
  token: string | undefined
}

export const COOKIE = 'octavo-preview'

/** Why it is refused: the status of the answer; undefined: it is not. */
export function refusalOf(request: IncomingMessage, guard: Guard): 403 | 401 | undefined {
  const { host, origin } = request.headers
  if (!isOwn(host, guard)) return 403
  if (origin !== undefined && !isOwn(/^https?:\/\/(.+)$/.exec(origin)?.[1], guard)) return 403
  // Browsers say so of every request that a page of another site makes.
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 403
  if (guard.token !== undefined && !hasToken(request, guard.token)) return 401
  return undefined
}

function isOwn(named: string | undefined, { host, port }: Guard): boolean {
  const [, name = '', own = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(named ?? '') ?? []
  if (Number(own) !== port) return false
  const lower = name.toLowerCase()
  if (lower === 'localhost' || lower === '127.0.0.1' || lower === '[::1]') return true
  if (lower === host.toLowerCase() || lower === `[${host.toLowerCase()}]`) return true
  // Served to all addresses of this machine: by any number, but by no name, since a name can be made to lead here.
  return isEverywhere(host) && /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/.test(lower)
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

export function isHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const [, cookie = ''] = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '') ?? []
  const [, bearer = ''] = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '') ?? []
  const asked = new URL(request.url ?? '/', 'http://host').searchParams.get('token') ?? ''
  return [cookie, bearer, asked].some((each) => isSame(each, token))
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** What a page of ours may load: only what lies here. */
const PAGE = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'",
  "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join('; ')

/** The book's: it shows itself, and runs nothing. */
const BOOK = [
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; media-src 'none'",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin",
].join('; ')

/** A picture by itself. */
const PICTURE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

const POLICIES = { page: PAGE, book: BOOK, picture: PICTURE }

export function forbid(response: ServerResponse, kind: keyof typeof POLICIES): void {
  response.setHeader('content-security-policy', POLICIES[kind])
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
}
