// In: definitions of links as the parser reads them, and its questions for them. Out: the lines of those that nothing refers to: they are
// printed nowhere, and may have been meant as text: `[Anna]: Yes.`
import type { Env } from 'markdown-it'

type References = NonNullable<Env['references']>

/** Definitions of links in one file. The parser asks for one by its label wherever there may be a reference to it. */
export class Definitions {
  /** The line of the one that is being read; -1: none. */
  line = -1
  /** Lines of those whose label another has already. */
  private readonly surplus: number[] = []
  private readonly unasked = new Map<string | symbol, number>()
  private latest: string | symbol = ''

  watched(): References {
    return new Proxy(Object.create(null) as References, {
      get: (all, label) => {
        if (this.line < 0) this.unasked.delete(label)
        return Reflect.get(all, label)
      },
      set: (all, label, value) => {
        this.unasked.set(label, this.line)
        this.latest = label
        return Reflect.set(all, label, value)
      },
    })
  }

  /** To be told of each one that was read. */
  note(line: number, text: string): void {
    const isNew = this.unasked.get(this.latest) === line
    if (!COMMENT.test(text)) {
      if (!isNew) this.surplus.push(line)
    } else if (isNew) this.unasked.delete(this.latest)
  }

  /** Lines (from 0). */
  unused(): number[] {
    return [...this.unasked.values(), ...this.surplus].sort((a, b) => a - b)
  }
}

/** Others write comments so: `[//]: # (…)`, `[comment]: <> (…)`. */
const COMMENT = /^\[[^\]]*\]:[ \t]*(?:#|<>)(?:[ \t]|$)/
