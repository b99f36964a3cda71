// Two pieces that stand together without a space and are set otherwise go in; how much room the first wants behind it comes out.

import { clearance, roomAtJoint } from './clearance.js'
import type { Segment } from './piece.js'
import { type Box, ROOM_WIDTH } from './shaped-box.js'
import type { ShapedFaces } from './shaped-faces.js'

/** How often ROOM has to stand behind the first. */
export function roomsAt(a: Box, b: Box, one: Segment, other: Segment, faces: ShapedFaces): number {
  const last = a.codes.length - 1
  if (last < 0 || b.codes.length === 0 || one.image !== undefined || other.image !== undefined) return 0
  const [l, r] = [one.lettering, other.lettering]
  const before = faces.fonts[l.face]!.codes[a.codes[last]!]!
  const after = faces.fonts[r.face]!.codes[b.codes[0]!]!
  const advance = before.advance + a.shifts[last]! + (l.tracking / l.size) * 1000
  const gap = () =>
    clearance(
      faces.profile(l.face, before.glyph),
      faces.profile(r.face, after.glyph),
      advance,
      { scale: 1, rise: (l.rise / l.size) * 1000 },
      { scale: r.size / l.size, rise: (r.rise / l.size) * 1000 },
    )
  return Math.ceil(roomAtJoint(before.text.slice(-1), after.text.charAt(0), gap) / ROOM_WIDTH)
}
