// Cuts of a family that are drawn for a size. In: a theme. Out: the theme with a family for each of them, which the styles of such a size name:
// so both outputs, and the cover, show them as they show any face.
import type { Role } from '../model/role.js'
import type { Family, Style, Theme } from './theme.js'

/** Where a family that was made of another is written: keys of `faces`. */
export type WrittenAt = ReadonlyMap<string, readonly string[]>

export function withOptical(theme: Theme): { theme: Theme; written: WrittenAt } {
  const written = new Map<string, readonly string[]>()
  const made = new Map<string, Family>()
  const cuts = new Map<string, { from: number; name: string }[]>()
  for (const [name, family] of Object.entries(theme.faces)) {
    const { optical, ...plain } = family
    made.set(name, plain)
    // code has one size everywhere, and is known by its name
    if (name === 'mono') continue
    for (const [i, { from, files }] of (optical ?? []).entries()) {
      const own = `${name}-from-${i}`
      // a cut that it has not is the family's
      made.set(own, {
        ...plain,
        family: `${plain.family} ${from} pt`,
        cutOf: plain.family,
        files: { ...plain.files, ...files },
      })
      written.set(own, [name, 'optical', String(i)])
      cuts.set(name, [...(cuts.get(name) ?? []), { from, name: own }])
    }
  }
  const faces = Object.fromEntries(made)
  if (cuts.size === 0) return { theme: { ...theme, faces }, written }
  /** For letters of a size, points. */
  const at = (name: string, size: number): string => {
    const fits = (cuts.get(name) ?? []).filter(({ from }) => from <= size + 1e-6)
    return fits.reduce((best, one) => (one.from >= best.from ? one : best), { from: 0, name }).name
  }
  const { page, opening, cover } = theme
  const styles = Object.fromEntries(
    Object.entries(theme.styles).map(([role, style]) => [
      role,
      { ...style, face: at(style.face, style.size * page.size) },
    ]),
  ) as Record<Role, Style>
  const letter = opening.kind === 'raised' ? (opening.size ?? 3) * page.size : opening.lines * page.leading
  const large = opening.kind === 'raised' || opening.kind === 'drop-cap'
  const face = at(opening.face ?? theme.styles.opening.face, letter)
  return {
    theme: {
      ...theme,
      faces,
      styles,
      opening: large && face !== styles.opening.face ? { ...opening, face } : opening,
      cover: { ...cover, face: at(cover.face, Number.POSITIVE_INFINITY) },
    },
    written,
  }
}
