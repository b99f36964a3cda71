// In: a file's objects and which of them are pages. Out: in which part of a linearised file each belongs (ISO 32000-1, F.3),
// with those that are no streams, and that no page is opened by, gathered into object streams.
export interface LinearObject {
  /** Its dictionary or value, as PDF source. */
  source: string
  stream?: Uint8Array | undefined
}

/** Lists of objects by number; an object stream has a number below 0. */
export interface Plan {
  /** What a reader needs before any page: the catalog first. */
  open: number[]
  /** The first page, what it shows, and the outline if it is to be open. */
  first: number[]
  /** The other pages, what several of them share, and everything else. */
  rest: number[]
  /** By page but the first: how many objects are its own, from its page object on, and which it shares, by place in `first` and `shared`. */
  pages: { own: number; shares: number[] }[]
  shared: number[]
  /** Of the outline, in `first`. */
  outlines: number[]
  /** By object stream: the objects in it. */
  members: Map<number, number[]>
}

/** A reference, or a string in which none is looked for. */
export const REFERENCE = /\((?:\\[\s\S]|[^\\)])*\)|(\d+) 0 R/g

/** Objects in an object stream. */
const OBJECTS = 200

/** Who uses an object: pages by their index, and what else. */
interface Users {
  pages: Set<number>
  open: boolean
  outlines: boolean
  others: boolean
}

/** Keys of the catalog that a reader wants before any page (F.3.4). */
const OPEN: ReadonlySet<string> = new Set(['PageMode', 'ViewerPreferences', 'OpenAction', 'AcroForm', 'Threads'])

export function planParts(objects: ReadonlyMap<number, LinearObject>, root: number, pages: readonly number[]): Plan {
  const users = usersOf(objects, root, pages)
  const isPage = new Set(pages)
  const members = gather(objects, users, (id) => id === root || isPage.has(id))
  const inStream = new Set<number>()
  for (const [stream, ids] of members) {
    users.set(stream, together(ids.map((id) => users.get(id)!)))
    for (const id of ids) inStream.add(id)
  }
  let all = [...objects.keys(), ...members.keys()].filter((id) => !inStream.has(id) && id !== root && !isPage.has(id))
  const pick = (test: (of: Users) => boolean) => {
    const taken = all.filter((id) => test(users.get(id)!))
    all = all.filter((id) => !test(users.get(id)!))
    return taken
  }
  const outlines = pick((of) => of.outlines)
  // The outline's root leads it.
  const outline = Number(/\/Outlines (\d+) 0 R/.exec(objects.get(root)!.source)?.[1])
  const leads = (id: number) => members.get(id)?.includes(outline) ?? id === outline
  outlines.sort((a, b) => Number(leads(b)) - Number(leads(a)))
  const open = [root, ...pick((of) => of.open)]
  const alone = pick((of) => of.pages.has(0) && of.pages.size === 1 && !of.others)
  const first = [pages[0]!, ...alone, ...pick((of) => of.pages.has(0)), ...outlines]
  const own = pages.map((): number[] => [])
  for (const id of pick((of) => of.pages.size === 1 && !of.others)) own[[...users.get(id)!.pages][0]!]!.push(id)
  const shared = pick((of) => of.pages.size > 1)
  const place = new Map([...first, ...shared].map((id, i) => [id, i]))
  const shares = pages.map((): number[] => [])
  for (const [id, at] of place) for (const page of users.get(id)!.pages) if (page > 0) shares[page]!.push(at)
  return {
    open,
    first,
    rest: [...pages.slice(1).flatMap((id, i) => [id, ...own[i + 1]!]), ...shared, ...all],
    pages: pages.slice(1).map((_, i) => ({ own: 1 + own[i + 1]!.length, shares: shares[i + 1]! })),
    shared,
    outlines,
    members,
  }
}

function usersOf(
  objects: ReadonlyMap<number, LinearObject>,
  root: number,
  pages: readonly number[],
): Map<number, Users> {
  const users = new Map<number, Users>()
  for (const id of objects.keys()) users.set(id, { pages: new Set(), open: false, outlines: false, others: false })
  const isPage = new Set(pages)
  const known = new Map<number, number[]>()
  const named = (id: number) => {
    let found = known.get(id)
    if (!found) known.set(id, (found = referencesIn(objects.get(id)!.source)))
    return found
  }
  const walk = (start: readonly number[], tell: (of: Users) => void) => {
    const seen = new Set<number>()
    const waiting = [...start]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (seen.has(id) || isPage.has(id)) continue
      seen.add(id)
      tell(users.get(id)!)
      for (const next of named(id)) waiting.push(next)
    }
  }
  pages.forEach((id, page) => {
    users.get(id)!.pages.add(page)
    walk(referencesIn(objects.get(id)!.source.replace(/\/Parent \d+ 0 R/, '')), (of) => of.pages.add(page))
  })
  for (const [, key, value] of objects.get(root)!.source.matchAll(/\/(\w+)\s*(\d+ 0 R|\[[^\]]*\])/g)) {
    const refs = referencesIn(value!)
    if (OPEN.has(key!)) walk(refs, (of) => void (of.open = true))
    else if (key === 'Outlines') walk(refs, (of) => void (of.outlines = true))
    else walk(refs, (of) => void (of.others = true))
  }
  return users
}

function referencesIn(source: string): number[] {
  return [...source.matchAll(REFERENCE)].flatMap(([, id]) => (id === undefined ? [] : [Number(id)]))
}

function gather(
  objects: ReadonlyMap<number, LinearObject>,
  users: ReadonlyMap<number, Users>,
  apart: (id: number) => boolean,
): Map<number, number[]> {
  const members = new Map<number, number[]>()
  const filling = new Map<string, number[]>()
  for (const [id, { stream }] of objects) {
    const of = users.get(id)!
    if (stream || apart(id) || of.open || of.pages.has(0)) continue
    const kind = of.outlines ? 'outlines' : of.pages.size > 1 ? 'shared' : of.pages.size === 1 ? 'one page' : 'others'
    let list = filling.get(kind)
    if (!list || list.length === OBJECTS) {
      filling.set(kind, (list = []))
      members.set(-1 - members.size, list)
    }
    list.push(id)
  }
  return members
}

function together(all: readonly Users[]): Users {
  return {
    pages: new Set(all.flatMap((of) => [...of.pages])),
    open: all.some((of) => of.open),
    outlines: all.some((of) => of.outlines),
    others: all.some((of) => of.others),
  }
}
