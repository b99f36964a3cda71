// Which paper lies on the desk: the pages, or sheets as a printer gets them. These are fetched when they are looked at; which of the pages
// stands where on them is known, so that places lead to and fro.
import type { Box, SheetPart, Source, State } from '../protocol.js'
import { server } from './routes.js'

export function makeEditions(state: () => State | undefined) {
  let shown: Source['name'] = 'pages'
  let stood: [number, number] = [0, 0]
  const fetched = new Map<Source['name'], { revision: number; source: Source }>()
  const pages = () => state()?.sources.find(({ name }) => name === 'pages')

  const self = {
    get shown() {
      return shown
    },
    pages,
    /** What lies on the desk; the pages, while there is nothing else. */
    get source(): Source | undefined {
      return (shown === 'pages' ? undefined : fetched.get(shown)?.source) ?? pages()
    },
    names: (): { value: Source['name']; asked: boolean }[] => [
      { value: 'pages', asked: true },
      ...(state()?.others ?? []).map(({ name, asked }) => ({ value: name, asked })),
    ],
    /** False if the book has nothing of the kind. */
    async turn(name: Source['name']): Promise<boolean> {
      if (name === 'pages' || (await self.fetch(name))) {
        shown = name
        return true
      }
      return false
    },
    /** What is looked at, after a change of the book. */
    async again(): Promise<void> {
      if (shown !== 'pages' && !(await self.fetch(shown))) shown = 'pages'
    },
    async fetch(name: Source['name']): Promise<boolean> {
      const revision = state()?.revision ?? 0
      if (fetched.get(name)?.revision === revision) return true
      const source = await server.source(name)
      if (source === undefined) return false
      fetched.set(name, { revision, source })
      return true
    },
    /** The pages that stand on what is shown at an index. */
    partsAt(index: number): readonly SheetPart[] {
      const { source } = self
      if (source === undefined || source.name === 'pages') return [{ page: index, x: 0, y: 0, scale: 1 }]
      return source.parts?.[index] ?? []
    },
    trimsAt: (index: number): readonly Box[] => self.source?.trims?.[index] ?? [],
    /** What shows a page, and where on it. */
    whereIs(page: number): { index: number; part: SheetPart } | undefined {
      const { source } = self
      if (source === undefined || source.name === 'pages') return { index: page, part: self.partsAt(page)[0]! }
      for (const [index, parts] of (source.parts ?? []).entries()) {
        const part = parts.find((each) => each.page === page)
        if (part !== undefined) return { index, part }
      }
      return undefined
    },
    /** A place on a page, where it is on what lies on the desk (points). */
    placeOf(page: number, y?: number): { page: number; y: number | undefined } | undefined {
      const { index, part } = self.whereIs(page) ?? {}
      return index === undefined
        ? undefined
        : { page: index, y: y === undefined ? undefined : part!.y + y * part!.scale }
    },
    /** The place on a page that is under a place on a sheet. */
    placeAt(index: number, x: number, y: number): { page: number; x: number; y: number } | undefined {
      const own = pages()
      if (own === undefined) return undefined
      for (const part of self.partsAt(index)) {
        const at = { page: part.page, x: (x - part.x) / part.scale, y: (y - part.y) / part.scale }
        if (at.x >= 0 && at.x < own.width && at.y >= 0 && at.y < own.height) return at
      }
      return undefined
    },
    /** First and last of the pages that are in view. */
    inView([first, last]: readonly [number, number]): [number, number] {
      const seen: number[] = []
      for (let i = first; i <= last; i++) for (const { page } of self.partsAt(i)) seen.push(page)
      // A cover shows none: one stands where one stood.
      if (seen.length > 0) stood = [Math.min(...seen), Math.max(...seen)]
      return stood
    },
  }
  return self
}

export type Editions = ReturnType<typeof makeEditions>
