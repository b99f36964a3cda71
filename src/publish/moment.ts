// Seconds since 1970. By it is known what was used longest ago, and what was changed a moment ago; nothing of a book or a site comes of it.
export function now(): number {
  return (performance.timeOrigin + performance.now()) / 1000
}
