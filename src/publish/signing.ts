// In: the files of a site, and the publisher's key, which is never in it. Out: the signature of its checksums; and whether one holds.
import { readFileSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { SIGNATURE, SUMS, sumOf } from '../build/sums.js'
import { error, NOWHERE, type Report } from '../diagnostic.js'
import { kindAt } from '../folder.js'
import { readPublicKey, readSecretKey, type SecretKey, signFile, Unusable, verifyFile } from './minisign.js'
import { isPlain } from './proved.js'

/** Undefined, and reported, if there is none that can be used. `out`: the site's folder, where it may not lie. */
export function readKey(
  path: string,
  out: string,
  password: string | undefined,
  report: Report,
): SecretKey | undefined {
  const refuse = (message: string, hint: string) => {
    error(report, 'bad-key', NOWHERE, message, hint)
    return undefined
  }
  let text: string
  try {
    const real = realpathSync.native(path)
    if (real.startsWith(realOf(out) + sep))
      return refuse(`the secret key \`${path}\` lies in the site`, 'keep it where nobody fetches it')
    if (kindAt(real) !== 'file')
      return refuse(`the key \`${path}\` is no plain file`, 'name the file that `minisign -G` has made')
    text = readFileSync(real, 'utf8')
  } catch {
    return refuse(`the key \`${path}\` cannot be read`, 'name the file that `minisign -G` has made')
  }
  try {
    return readSecretKey(text, password)
  } catch (cause) {
    if (!(cause instanceof Unusable)) throw cause
    const hint = 'give the password in OCTAVO_KEY_PASSWORD; or take a key that `minisign -G` has made'
    return refuse(`the key \`${path}\` cannot be used: ${cause.message}`, hint)
  }
}

/** Of what is not there yet, its folder's. */
function realOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    try {
      return join(realpathSync.native(dirname(path)), path.slice(dirname(path).length + 1))
    } catch {
      return path
    }
  }
}

/** The comment names the file and how many sums it has: what one wants to know who finds the two alone. */
export function sign(key: SecretKey, sums: string): string {
  const count = sums.split('\n').length - 1
  return signFile(key, Buffer.from(sums), `${SUMS} of ${count} files, sha256 ${sumOf(sums)}`)
}

/** `publicKey`: the key itself, or the file that has it. */
export async function verifySignature(site: string, publicKey: string, report: Report): Promise<void> {
  const place = { path: SIGNATURE, line: 0 }
  const text = isPlain(site, SIGNATURE)
    ? await readFile(join(site, SIGNATURE), 'utf8').catch(() => undefined)
    : undefined
  if (text === undefined) {
    error(report, 'site-unsigned', place, 'the site has no signature', 'ask its publisher for one')
    return
  }
  const written = kindAt(publicKey) === 'file' ? await readFile(publicKey, 'utf8').catch(() => publicKey) : publicKey
  try {
    const key = readPublicKey(written)
    verifyFile(key, await readFile(join(site, SUMS)), text)
  } catch (cause) {
    if (!(cause instanceof Unusable)) throw cause
    const hint = 'compare the key with the one that the publisher gives; take a fresh copy of the site'
    error(report, 'site-unsigned', place, `the signature does not hold: ${cause.message}`, hint)
  }
}
