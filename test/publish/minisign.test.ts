// Signatures as minisign makes them: its own program takes ours, and we take its. The keys here are for this test alone.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, createPrivateKey, createPublicKey, scryptSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publish, verify } from '../../src/publish/index.js'
import { readPublicKey, readSecretKey, signFile, verifyFile, writePublicKey } from '../../src/publish/minisign.js'
import { book, filesIn, folderOf, text } from './shelves.js'

const MINISIGN = spawnSync('minisign', ['-v']).error === undefined
const seed = createHash('sha256').update('a key for a test').digest()
const id = Buffer.from('0123456789abcdef', 'hex')

/** As `minisign -G` writes it, with a password or without; its limits are libsodium's least, so that a test is soon done. */
function secretKey(password: string | undefined): string {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const { x } = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({ format: 'jwk' })
  const inside = Buffer.concat([id, seed, Buffer.from(x!, 'base64url'), Buffer.alloc(32)])
  const head = Buffer.alloc(54)
  head.write(password === undefined ? 'Ed\0\0B2' : 'EdScB2', 'latin1')
  if (password !== undefined) {
    const salt = head.subarray(6, 38).fill(7)
    head.writeBigUInt64LE(32768n, 38)
    head.writeBigUInt64LE(16n * 1024n * 1024n, 46)
    const stream = scryptSync(password, salt, inside.length, { N: 1024, r: 8, p: 1 })
    inside.forEach((byte, i) => {
      inside[i] = byte ^ stream[i]!
    })
  }
  return `untrusted comment: minisign encrypted secret key\n${Buffer.concat([head, inside]).toString('base64')}\n`
}

test('a key is read, with its password or without; a wrong one is told', () => {
  expect(readSecretKey(secretKey(undefined), undefined)).toEqual({ id, seed })
  expect(readSecretKey(secretKey('word'), 'word')).toEqual({ id, seed })
  expect(() => readSecretKey(secretKey('word'), 'other')).toThrow('the password is another')
  expect(() => readSecretKey(secretKey('word'), undefined)).toThrow('it has a password')
  expect(() => readSecretKey('no key', undefined)).toThrow('it is not as minisign writes it')
})

test('a signature holds for its file, its comment and its key, and for no other', () => {
  const key = readSecretKey(secretKey(undefined), undefined)
  const own = readPublicKey(writePublicKey(key))
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (file, at) => {
      const signature = signFile(key, file, 'what it is')
      expect(signFile(key, file, 'what it is')).toBe(signature)
      expect(verifyFile(own, file, signature)).toBe('what it is')
      const other = file.slice()
      other[at % file.length]! ^= 1
      expect(() => verifyFile(own, other, signature)).toThrow('not the one that was signed')
      expect(() => verifyFile(own, file, signature.replace('what', 'wham'))).toThrow('its trusted comment')
      expect(() => verifyFile({ ...own, id: Buffer.alloc(8) }, file, signature)).toThrow('another key')
    }),
    { numRuns: 20 },
  )
})

test(`a site is signed, and minisign says so${MINISIGN ? '' : ' (left out: there is no minisign here)'}`, async () => {
  const keys = folderOf({ 'own.key': secretKey('word') })
  const out = join(folderOf({}), 'site')
  const from = folderOf(book({ title: 'The Lamp', slug: 'lamp' }))
  const options = { from, out, key: join(keys, 'own.key'), password: 'word' }
  expect(await publish(options)).toMatchObject({ ok: true, diagnostics: [] })
  const first = filesIn(out)
  expect(text(first, 'SHA256SUMS.minisig')).toMatch(
    /^untrusted comment: .*\n\S+\ntrusted comment: SHA256SUMS of \d+ files, sha256 [0-9a-f]{64}\n\S+\n$/,
  )
  expect(text(first, 'index.html')).toContain('href="SHA256SUMS.minisig"')
  await publish(options)
  expect(filesIn(out)).toEqual(first)

  const lines = writePublicKey({ id, seed })
  writeFileSync(join(keys, 'own.pub'), lines)
  for (const publicKey of [join(keys, 'own.pub'), lines.split('\n')[1]!])
    expect(await verify({ site: out, publicKey, rebuild: from })).toMatchObject({ ok: true, diagnostics: [] })
  if (MINISIGN) {
    const said = execFileSync('minisign', ['-Vm', join(out, 'SHA256SUMS'), '-p', join(keys, 'own.pub')], {
      encoding: 'utf8',
    })
    expect(said).toContain('Signature and comment signature verified')
    execFileSync('minisign', ['-G', '-W', '-p', join(keys, 'their.pub'), '-s', join(keys, 'their.key')])
    execFileSync('minisign', ['-Sm', join(out, 'SHA256SUMS'), '-s', join(keys, 'their.key'), '-t', 'theirs'])
    expect(await verify({ site: out, publicKey: join(keys, 'their.pub') })).toMatchObject({ ok: true })
    const theirs = readSecretKey(readFileSync(join(keys, 'their.key'), 'utf8'), undefined)
    expect(writePublicKey(theirs).split('\n')[1]).toBe(readFileSync(join(keys, 'their.pub'), 'utf8').split('\n')[1])
  }
  writeFileSync(join(out, 'SHA256SUMS.minisig'), signFile({ id, seed }, Buffer.from('else'), 'x'))
  const { diagnostics } = await verify({ site: out, publicKey: join(keys, 'own.pub') })
  expect(diagnostics.map(({ path, code }) => `${path} ${code}`)).toEqual(['SHA256SUMS.minisig site-unsigned'])
})

test('a key that lies in the site, or cannot be used, stops it', async () => {
  const out = folderOf({ '.keys/own.key': secretKey(undefined) })
  const from = folderOf(book({ title: 'The Lamp', slug: 'lamp' }))
  for (const key of [join(out, '.keys/own.key'), join(out, 'none')]) {
    const { ok, diagnostics } = await publish({ from, out, key })
    expect({ ok, codes: diagnostics.map(({ code }) => code) }).toEqual({ ok: false, codes: ['bad-key'] })
  }
  expect([...filesIn(out).keys()]).toEqual(['.keys/own.key'])
})
