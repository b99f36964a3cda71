// In: a file of the book, again and again as the book is written. Out: its section: read anew if the file, or anything that it was read
// by, is another than last time; and else as it was read then, with all that reading it said and did.
import type { Diagnostic, Place } from '../diagnostic.js'
import type { Block, Prose, Section, Span } from '../model/book.js'
import { NOTE_PARTS } from '../model/limits.js'
import { keepPassages, passageIds } from '../model/passages.js'
import { keepTally, type Tally } from '../model/spelling.js'
import type { BookFile } from './book-files.js'
import type { Ids, PendingLink } from './context.js'
import { type FileSettings, readSection } from './section.js'

/** By path. */
export type ReadMemory = Map<string, Kept>

interface Kept {
  body: string
  /** Of all else that it was read by. */
  sign: string
  /** As it was read: nobody changes it. */
  section: Section
  links: PendingLink[]
  found: Diagnostic[]
  /** What it asked of the ids that the book had until then, and of its images, with the answers; and what it told them. */
  ids: Step[]
  images: { tall: boolean; ref: string; place: Place; answer: string | undefined }[]
  parts: number
  passages: readonly string[]
  tally: Tally
}

interface Step {
  map: keyof Ids
  key: string
  /** What was put there; undefined: it was only looked at. */
  put?: unknown
  seen?: string
}

export function readKept(file: BookFile, settings: FileSettings, memory: ReadMemory | undefined): Section {
  if (memory === undefined) return readSection(file, settings)
  const { path, lines, role, front, entry } = file
  const { id, part, above, numbered, language, smart, cells } = settings
  const sign = JSON.stringify([path, lines, role, front, entry, id, part, above, numbered, language, smart, cells])
  const known = memory.get(path)
  if (known?.body === file.body && known.sign === sign && isStill(known, settings)) return again(known, settings)
  const kept = readNoting(file, settings, sign)
  memory.set(path, kept)
  return copyOf(kept, settings)
}

function readNoting(file: BookFile, settings: FileSettings, sign: string): Kept {
  const kept: Omit<Kept, 'section' | 'passages' | 'tally'> = {
    ...{ body: file.body, sign, links: [], found: [], ids: [], images: [], parts: 0 },
  }
  const room = settings.room.book
  const section = readSection(file, {
    ...settings,
    links: kept.links,
    report(one) {
      kept.found.push(one)
      settings.report(one)
    },
    ids: noting(settings.ids, kept.ids),
    image(ref, place) {
      const answer = settings.image(ref, place)
      kept.images.push({ tall: false, ref, place, answer })
      return answer
    },
    tall(ref) {
      const answer = settings.tall(ref)
      kept.images.push({ tall: true, ref, place: { path: '', line: 0 }, answer: String(answer) })
      return answer
    },
  })
  kept.parts = room - settings.room.book
  return { ...kept, section, passages: passageIds(section), tally: {} }
}

/** The same maps; what is asked of them and put into them is written down. */
function noting(ids: Ids, steps: Step[]): Ids {
  const over = <V>(name: keyof Ids, map: Map<string, V>): Map<string, V> =>
    new Proxy(map, {
      get(target, property) {
        if (property === 'get' || property === 'has')
          return (key: string) => {
            const value = target.get(key)
            steps.push({ map: name, key, seen: saidOf(value) })
            return property === 'has' ? target.has(key) : value
          }
        if (property === 'set')
          return (key: string, value: V) => {
            steps.push({ map: name, key, put: value })
            return target.set(key, value)
          }
        throw new Error(`a section asks \`${String(property)}\` of the book's ids, which is not kept`)
      },
    })
  return { owners: over('owners', ids.owners), aliases: over('aliases', ids.aliases), local: over('local', ids.local) }
}

function saidOf(value: unknown): string {
  return JSON.stringify(value) ?? ''
}

/** Would reading it again be told the same, and have the room? */
function isStill({ ids, images, parts }: Kept, { ids: now, room, image, tall }: FileSettings): boolean {
  if (parts > Math.min(room.file, room.book)) return false
  // What the section itself has put there, it finds there.
  const own = new Map<string, unknown>()
  for (const step of ids) {
    const key = `${step.map} ${step.key}`
    if (step.put !== undefined) own.set(key, step.put)
    else if (saidOf(own.has(key) ? own.get(key) : now[step.map].get(step.key)) !== step.seen) return false
  }
  return images.every(({ tall: high, ref, place, answer }) => {
    return high ? String(tall(ref)) === answer : image(ref, place) === answer
  })
}

function again(kept: Kept, settings: FileSettings): Section {
  settings.room.book -= kept.parts
  settings.room.weigh({ parts: kept.parts + kept.section.notes.length * NOTE_PARTS })
  for (const one of kept.found) settings.report(one)
  for (const { map, key, put } of kept.ids)
    if (put !== undefined) (settings.ids[map] as Map<string, unknown>).set(key, put)
  return copyOf(kept, settings)
}

/** Later stages write into sections: they get a copy, and the links that wait in it. */
function copyOf({ section, links, passages, tally }: Kept, settings: FileSettings): Section {
  const twins = links.length === 0 ? undefined : new Map<object, object>()
  const copied = copy(section, twins) as Section
  keepTally(copied, tally)
  for (const link of links)
    settings.links.push({
      ...link,
      span: twins!.get(link.span) as Span & { kind: 'link' },
      prose: twins!.get(link.prose) as Prose,
    })
  // A link without a text is given one, which changes what its paragraph is called.
  if (!links.some(({ empty }) => empty)) keepPassages(copied, passages)
  return copied
}

/**
 * Plain data. Places are never written to; nor are the spans of paragraphs, but where links wait in them: numbers come before headings and
 * captions. They are most of a book: shared, they are neither copied nor compared by whoever asks if the section is still the same.
 */
function copy(value: object, twins: Map<object, object> | undefined): object {
  if (Array.isArray(value)) {
    const list = value.slice()
    for (let i = 0; i < list.length; i++)
      if (typeof list[i] === 'object' && list[i] !== null) list[i] = copy(list[i], twins)
    twins?.set(value, list)
    return list
  }
  const made = { ...(value as Block) }
  if (twins === undefined && made.kind === 'paragraph') {
    made.prose = { ...made.prose, spans: untouched(made.prose.spans) }
    made.classes = untouched(made.classes)
    return made
  }
  for (const key of Object.keys(made) as (keyof Block)[]) {
    const inner: unknown = made[key]
    if (typeof inner === 'object' && inner !== null && key !== 'place') (made[key] as object) = copy(inner, twins)
  }
  twins?.set(value, made)
  return made
}

function untouched<T extends object>(list: T): T {
  return Object.isFrozen(list) ? list : Object.freeze(list)
}
