// In: a look. Out: the same on another thread: what the theme said when it was read, and the very bytes of a book's own faces,
// whatever has become of the files since.
import type { Look } from '../theme/index.js'
import type { Face } from '../theme/theme.js'

/** Functions cannot be sent. */
export interface SentLook {
  theme: Look['theme']
  faces: Omit<Face, 'bytes'>[]
}

export function sendLook({ theme, faces }: Look): SentLook {
  return { theme, faces: faces.map(({ bytes, ...face }) => face) }
}

export async function receiveLook({ theme, faces }: SentLook): Promise<Look> {
  const { withBytes } = await import('../theme/index.js')
  return { theme, faces: faces.map((face) => withBytes(face)) }
}
