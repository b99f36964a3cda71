// In: what an edition says of its inks, and the profiles of the book. Out: how its colours are made, and what the file promises its printer.
import { error, NOWHERE, type Report } from '../../diagnostic.js'
import type { PrintEdition } from '../../model/editions.js'
import { HOUSE_CONDITION, type Inking, inkingOf, registered } from '../../model/inks.js'
import { houseProfile, openPress, type Press } from '../colour/press.js'
import { type Condition, isModern } from '../file/intent.js'
import { Unreadable } from '../images/raster.js'

export interface PrintColours {
  inking: Inking
  /** Undefined for black alone, and for a condition that is known by its name only. */
  press: Press | undefined
  condition: Condition
  /** The profile that the file would have is not there, which is told. */
  lacking?: true
}

export type Profiles = ReadonlyMap<string, Uint8Array> | undefined
type Asked = Pick<PrintEdition, 'for' | 'colour' | 'spot' | 'standard' | 'profile' | 'condition' | 'ink'>

/** `cover`: it is in colour, whatever the inside is. Reports what the printer's profile lacks, and goes on without. */
export async function coloursOf(
  asked: Asked,
  profiles: Profiles,
  report: Report,
  cover = false,
): Promise<PrintColours> {
  const { standard, profile, condition, ink } = asked
  // Machines on demand take the colours of screens; whoever has a press asks for its inks.
  const ofCover = asked.for === undefined || asked.for === 'press' ? 'cmyk' : 'standard'
  const inking = inkingOf(cover && asked.colour === 'black' ? { colour: ofCover, standard } : asked)
  const said = condition && registered(condition)
  // Greys are the same in every condition: a name is enough. What stands for the ink of a can is not.
  if (inking === 'black' && asked.spot === undefined) {
    const name = said ?? (standard === 'x-1a:2001' || standard === 'x-1a:2003' ? HOUSE_CONDITION : undefined)
    return { inking, press: undefined, condition: { standard, name: isModern(standard) ? undefined : name } }
  }
  const isHouse = profile === undefined && (said === undefined || said === HOUSE_CONDITION)
  const name = said ?? (isHouse ? HOUSE_CONDITION : undefined)
  const bytes = profile !== undefined ? profiles?.get(profile) : isHouse ? await houseProfile() : undefined
  const press = bytes && (await opened(bytes, ink, profile ?? '', report))
  const lacking = press === undefined && isModern(standard)
  if (lacking && profile === undefined)
    error(
      report,
      'missing-profile',
      NOWHERE,
      `\`condition: ${condition}\` has no profile here, and PDF/X-4 wants it in the file`,
      'ask the printer for its ICC profile and write `profile: file.icc`; or write `standard: x-1a:2003`, for which a name is enough',
    )
  const told = isModern(standard) || name === undefined ? press : undefined
  return { inking, press, condition: { standard, name, press: told }, ...(lacking && { lacking }) }
}

async function opened(
  bytes: Uint8Array,
  ink: number | undefined,
  path: string,
  report: Report,
): Promise<Press | undefined> {
  try {
    return await openPress(bytes, ink)
  } catch (reason) {
    if (!(reason instanceof Unreadable)) throw reason
    const hint = 'ask the printer for the ICC profile of its paper: one of four inks, CMYK'
    error(report, 'bad-profile', NOWHERE, `\`${path}\` ${reason.message}`, hint)
    return undefined
  }
}

/** By standard, the version of PDF that it is written in. */
export function versionFor({ condition }: PrintColours): '1.3' | '1.4' | '1.6' {
  const { standard } = condition
  return isModern(standard) ? '1.6' : standard === 'x-1a:2001' || standard === 'x-3:2002' ? '1.3' : '1.4'
}
