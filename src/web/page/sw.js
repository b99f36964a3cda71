// The edition's service worker. `octavoVersion` and `octavoFiles` stand before it: another file, another version, so that nothing of two
// builds is ever mixed. The whole book is kept when it was opened once; what is kept is not asked for again.
const { scope } = self.registration
const mine = `octavo ${scope} `
const kept = mine + octavoVersion

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(kept)
    await cache.addAll(octavoFiles.map((file) => new Request(file, { cache: 'no-cache' })))
    await self.skipWaiting()
  }
  event.waitUntil(keep())
})

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith(mine) && name !== kept) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(tidy())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return
  const answer = async () => {
    const cache = await caches.open(kept)
    const url = request.url.replace(/[?#].*$/, '')
    return (await cache.match(url.endsWith('/') ? `${url}index.html` : url)) ?? fetch(request)
  }
  event.respondWith(answer())
})
