// In: a store in a folder, and a bucket that machines share (S3, or a server that speaks as it does). Out: the two as one store: what is
// not in the folder is fetched from the bucket, and what is put into the folder is put into the bucket as well.
import { sumOf } from '../build/sums.js'
import { peer } from './peer.js'
import type { FolderStore, Store } from './store.js'
import { isPassing } from './task.js'

const PACKAGE = '@aws-sdk/client-s3'

interface Bucket {
  /** Undefined if it is not there. */
  get(name: string): Promise<Uint8Array | undefined>
  put(name: string, bytes: Uint8Array): Promise<void>
  close(): void
}

/** `s3://BUCKET/PREFIX`; server, region and keys as AWS's own tools take them from the environment. Throws `Missing`. */
async function openBucket(address: string): Promise<Bucket> {
  const aws = await peer(PACKAGE, () => import('@aws-sdk/client-s3'), PACKAGE, `--store ${address}`)
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*?))?\/?$/.exec(address) ?? []
  // Servers other than Amazon's are addressed by their paths.
  const other = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL']
  const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1'
  const client = new aws.S3Client({ region, forcePathStyle: other !== undefined })
  const at = (name: string) => ({ Bucket: bucket, Key: prefix === '' ? name : `${prefix}/${name}` })
  return {
    async get(name) {
      try {
        const { Body } = await client.send(new aws.GetObjectCommand(at(name)))
        return await Body?.transformToByteArray()
      } catch (cause) {
        if ((cause as Error).name === 'NoSuchKey') return undefined
        throw told(cause, address)
      }
    },
    async put(name, bytes) {
      await client.send(new aws.PutObjectCommand({ ...at(name), Body: bytes })).catch((cause) => {
        throw told(cause, address)
      })
    },
    close: () => client.destroy(),
  }
}

/** As the system says what goes wrong, so that it is told and not taken for a fault of ours. */
function told(cause: unknown, address: string): Error {
  const { name, message } = cause as Error
  return Object.assign(new Error(`${address}: ${name}${message === '' ? '' : `, ${message}`}`), { code: 'EREMOTE' })
}

export async function withBucket(local: FolderStore, address: string): Promise<Store & { close(): void }> {
  const bucket = await openBucket(address)
  const there = new Set<string>()
  const send = async (name: string, bytes: Uint8Array | undefined) => {
    if (bytes === undefined || there.has(name)) return
    await bucket.put(name, bytes)
    there.add(name)
  }
  const bring = async (name: string) => {
    const bytes = await bucket.get(name)
    if (bytes === undefined) return
    there.add(name)
    // A name of a face is its sum; a book proves itself when it is read.
    if (!name.startsWith('faces/') || name === `faces/${sumOf(bytes)}`) local.writeRaw(name, bytes)
  }
  return {
    ...local,
    async get(key, passing = false) {
      const found = await local.get(key, passing)
      if (found !== undefined && !found.passing) return found
      for (const once of passing ? [false, true] : [false]) {
        await bring(local.nameOf(key, once))
        const faces = local.facesOf(key, once)
        if (faces === undefined) continue
        await Promise.all(faces.missing.map(bring))
        break
      }
      return local.get(key, passing)
    },
    async put(key, done) {
      await local.put(key, done)
      const passing = isPassing(done)
      for (const name of local.facesOf(key, passing)?.all ?? []) await send(name, local.readRaw(name))
      const name = local.nameOf(key, passing)
      // What came of a book once may come out otherwise the next time.
      if (passing) there.delete(name)
      await send(name, local.readRaw(name))
    },
    close: () => bucket.close(),
  }
}
