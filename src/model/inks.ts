// How a file for a printer has its colours: standards of exchange, printing conditions by their names in the registry of the ICC.

/** What a file for a printer promises to be; ISO 15930. */
export type Standard = 'x-1a:2001' | 'x-1a:2003' | 'x-3:2002' | 'x-3:2003' | 'x-4' | 'none'

export const STANDARDS = [
  'x-1a:2001',
  'x-1a:2003',
  'x-3:2002',
  'x-3:2003',
  'x-4',
  'none',
] as const satisfies readonly Standard[]

/** Of the characterization data registry, color.org, by which PDF/X names conditions; and the names by which two of them are better known. */
const REGISTERED =
  'CGATS TR 001|CGATS TR 002|CGATS TR 003|CGATS TR 005|CGATS TR 006|CGATS21_CRPC1|CGATS21_CRPC2|CGATS21_CRPC3|CGATS21_CRPC4|CGATS21_CRPC5|CGATS21_CRPC6|CGATS21_CRPC7|' +
  'EUROSB104|EUROSB204|FOGRA27|FOGRA28|FOGRA29|FOGRA30|FOGRA31|FOGRA32|FOGRA39|FOGRA40|FOGRA41|FOGRA42|FOGRA43|FOGRA44|FOGRA45|FOGRA46|FOGRA47|FOGRA48|FOGRA49|FOGRA50|FOGRA51|FOGRA52|FOGRA53|FOGRA54|FOGRA55|FOGRA56|FOGRA57|FOGRA58|FOGRA59|FOGRA60|' +
  'IFRA26|IFRA30|JC200103|JC200104|JCN2002|JCW2003'
const KNOWN_AS: ReadonlyMap<string, string> = new Map([
  ['GRACoL2006', 'CGATS TR 006'],
  ['GRACoL2013', 'CGATS21_CRPC6'],
  ['SWOP2006_3', 'CGATS TR 003'],
  ['SWOP2006_5', 'CGATS TR 005'],
  ['SWOP2013', 'CGATS21_CRPC5'],
])

/** As an author may write them. */
export const CONDITIONS: readonly string[] = [...REGISTERED.split('|'), ...KNOWN_AS.keys()]

/** As the registry has it. */
export function registered(condition: string): string {
  return KNOWN_AS.get(condition) ?? condition
}

/** The condition of the profile that comes with Octavo. */
export const HOUSE_CONDITION = 'FOGRA39'

/** Which inks there are: black alone; the four of a press; or three lights, left to whoever prints. */
export type Inking = 'black' | 'cmyk' | 'rgb'

/** What does the file have, of colour? */
export function inkingOf({ colour, standard }: { colour: string; standard: Standard }): Inking {
  if (colour === 'black') return 'black'
  return colour === 'cmyk' || standard === 'x-1a:2001' || standard === 'x-1a:2003' ? 'cmyk' : 'rgb'
}
