// In: a secret key of minisign's and a file. Out: its signature as minisign writes it: Ed25519 over the BLAKE2b-512 sum of the file, and over
// that signature with its trusted comment. And the other way round. The comment says what was signed and no time: the same key and file
// give the same signature, on any day.
//
// The formats are those of minisign's page (jedisct1.github.io/minisign). A key may be encrypted with a password: scrypt, as libsodium
// calls it, and the sum of what is within.
import { createHash, createPrivateKey, createPublicKey, scryptSync, sign, verify } from 'node:crypto'

export interface SecretKey {
  /** Eight bytes that name the pair. */
  id: Buffer
  seed: Buffer
}

export interface PublicKey {
  id: Buffer
  key: Buffer
}

/** Why a key or a signature cannot be used: lower case, no full stop. */
export class Unusable extends Error {}

const blake2b = (bytes: Uint8Array) => createHash('blake2b512').update(bytes).digest()

/** Undefined password: the key must not be encrypted. */
export function readSecretKey(text: string, password: string | undefined): SecretKey {
  const bytes = secondLine(text, 158)
  if (bytes.toString('latin1', 0, 2) !== 'Ed') throw new Unusable('it is no key of minisign’s')
  const kdf = bytes.toString('latin1', 2, 4)
  const salt = bytes.subarray(6, 38)
  const [ops, memory] = [bytes.readBigUInt64LE(38), bytes.readBigUInt64LE(46)]
  const inside = Buffer.from(bytes.subarray(54))
  if (kdf === 'Sc') {
    if (password === undefined || password === '') throw new Unusable('it has a password, and none was given')
    const { n, r, p } = parameters(ops, memory)
    const stream = scryptSync(password, salt, inside.length, { N: n, r, p, maxmem: 256 * n * r })
    for (let i = 0; i < inside.length; i++) inside[i]! ^= stream[i]!
  } else if (kdf !== '\0\0') throw new Unusable('its password is kept in a way that is not known')
  // The sum at the end, which a key without a password lacks, says no more than this: the two halves belong together.
  const [id, seed, key] = [inside.subarray(0, 8), inside.subarray(8, 40), inside.subarray(40, 72)]
  if (!publicOf(seed).equals(key)) throw new Unusable(kdf === 'Sc' ? 'the password is another' : 'it is damaged')
  return { id, seed }
}

/** As libsodium's `crypto_pwhash_scryptsalsa208sha256` finds them from its limits. */
function parameters(ops: bigint, memory: bigint): { n: number; r: number; p: number } {
  const r = 8
  const least = ops < 32768n ? 32768n : ops
  let log = 1
  if (least < memory / 32n) {
    const most = least / BigInt(r * 4)
    while (log < 63 && 1n << BigInt(log) <= most / 2n) log++
    if (log > 22) throw new Unusable('its password asks for more memory than is given')
    return { n: 2 ** log, r, p: 1 }
  }
  const most = memory / BigInt(r * 128)
  while (log < 63 && 1n << BigInt(log) <= most / 2n) log++
  if (log > 22) throw new Unusable('its password asks for more memory than is given')
  const all = least / 4n / (1n << BigInt(log))
  const rp = all > 0x3fffffffn ? 0x3fffffffn : all
  return { n: 2 ** log, r, p: Math.max(1, Number(rp / BigInt(r))) }
}

/** `text`: of a key's file, or the key alone. */
export function readPublicKey(text: string): PublicKey {
  const bytes = /\n/.test(text.trim()) ? secondLine(text, 42) : decoded(text, 42)
  if (bytes.toString('latin1', 0, 2) !== 'Ed') throw new Unusable('it is no key of minisign’s')
  return { id: bytes.subarray(2, 10), key: bytes.subarray(10) }
}

/** As in a file of its own: two lines. */
export function writePublicKey({ id, seed }: SecretKey): string {
  const key = Buffer.concat([Buffer.from('Ed'), id, publicOf(seed)])
  return `untrusted comment: minisign public key ${name(id)}\n${key.toString('base64')}\n`
}

/** `comment`: one line, which the signature proves as well. */
export function signFile({ id, seed }: SecretKey, file: Uint8Array, comment: string): string {
  const key = privateOf(seed)
  const signature = sign(null, blake2b(file), key)
  const all = sign(null, Buffer.concat([signature, Buffer.from(comment)]), key)
  const line = Buffer.concat([Buffer.from('ED'), id, signature]).toString('base64')
  return `untrusted comment: signature by octavo\n${line}\ntrusted comment: ${comment}\n${all.toString('base64')}\n`
}

/** The trusted comment, if the signature is the key's and the file's; throws Unusable if it is not. */
export function verifyFile({ id, key }: PublicKey, file: Uint8Array, text: string): string {
  const lines = text.split('\n')
  const comment = /^trusted comment: (.*)$/.exec(lines[2] ?? '')?.[1]
  const bytes = decoded(lines[1] ?? '', 74)
  const all = decoded(lines[3] ?? '', 64)
  const kind = bytes.toString('latin1', 0, 2)
  if (comment === undefined || (kind !== 'ED' && kind !== 'Ed')) throw new Unusable('it is no signature of minisign’s')
  if (!bytes.subarray(2, 10).equals(id)) throw new Unusable('it was made with another key')
  const signature = bytes.subarray(10)
  const own = createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' })
  const signed = kind === 'ED' ? blake2b(file) : file
  if (!verify(null, signed, own, signature)) throw new Unusable('the file is not the one that was signed')
  if (!verify(null, Buffer.concat([signature, Buffer.from(comment)]), own, all))
    throw new Unusable('its trusted comment is not the one that was signed')
  return comment
}

/** What stands before an Ed25519 key in DER (RFC 8410): a private key of 32 bytes, a public one. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

function privateOf(seed: Buffer) {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

function publicOf(seed: Buffer): Buffer {
  const { x } = createPublicKey(privateOf(seed)).export({ format: 'jwk' })
  return Buffer.from(x!, 'base64url')
}

function secondLine(text: string, length: number): Buffer {
  return decoded(text.split('\n')[1] ?? '', length)
}

function decoded(line: string, length: number): Buffer {
  const bytes = Buffer.from(line.trim(), 'base64')
  if (bytes.length !== length) throw new Unusable('it is not as minisign writes it')
  return bytes
}

function name(id: Buffer): string {
  return Buffer.from(id).reverse().toString('hex').toUpperCase()
}
