// A chapter in the manner of the great histories, by chance that is always the same: a text that calls notes of one line to forty,
// several a page, with Latin and Greek in them.

const ENGLISH =
  `the of and in a to was his by that with which from their emperor senate legions provinces frontier treaty ambitious
cautious historian relates evidence doubtful campaign winter passage river barbarians prudence fortune successor palace guards
assassinated proclaimed acknowledged revenue tribute peaceful subjects cities ruin religion bishops council opinion posterity`.split(
    /\s+/,
  )
const LATIN =
  'quod imperator exercitus provinciae senatus populusque fines barbarorum flumen transire virtute fortuna pacis bellum gessit'.split(
    ' ',
  )
const GREEK =
  'ὁ δὲ βασιλεὺς τὴν πόλιν ἑλὼν καὶ τοὺς στρατιώτας ἐκέλευσεν εἰς τὸ πεδίον ἀπελθεῖν περὶ τῆς εἰρήνης λόγους ἐποιεῖτο'.split(
    ' ',
  )

/** Always the same numbers from 0 to 1. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function words(next: () => number, stock: readonly string[], count: number): string {
  const out: string[] = []
  while (out.length < count) {
    const word = stock[Math.floor(next() * stock.length)]!
    if (word !== out.at(-1)) out.push(word)
  }
  out[0] = out[0]!.slice(0, 1).toUpperCase() + out[0]!.slice(1)
  return out.join(' ')
}

function sentences(next: () => number, count: number): string {
  let out = ''
  for (let left = count; left > 0; ) {
    const own = Math.min(left, 8 + Math.floor(next() * 18))
    out += `${out === '' ? '' : ' '}${words(next, ENGLISH, own)}.`
    left -= own
  }
  return out
}

/** Words of a note: most are short, one in four goes on, one in thirty runs over forty lines. */
function noteText(next: () => number): string {
  const kind = next()
  if (kind < 0.35)
    return `Tacit. *Annal.* ${['i', 'ii', 'iii', 'xv'][Math.floor(next() * 4)]}. ${1 + Math.floor(next() * 60)}.`
  const latin = `*${words(next, LATIN, 4 + Math.floor(next() * 8))}*`
  if (kind < 0.7) return `${sentences(next, 12)} ${latin}.`
  const greek = `[${words(next, GREEK, 5 + Math.floor(next() * 8))}]{lang=grc}`
  if (kind < 0.96) return `${sentences(next, 30)} ${greek}. ${sentences(next, 20)} ${latin}.`
  return `${sentences(next, 300)} ${greek}. ${sentences(next, 260)} ${latin}.`
}

/** `notes` of them; between two some forty words of text. */
export function history(notes: number, seed = 7): string {
  const next = chance(seed)
  const text: string[] = []
  const told: string[] = []
  let paragraph = ''
  for (let i = 1; i <= notes; i++) {
    paragraph += `${paragraph === '' ? '' : ' '}${sentences(next, 20 + Math.floor(next() * 60))}[^${i}]`
    told.push(`[^${i}]: ${noteText(next)}`)
    if (next() < 0.35) {
      text.push(paragraph)
      paragraph = ''
    }
  }
  text.push(`${paragraph} ${sentences(next, 60)}`.trim())
  return `# The Age of the Emperors\n\n${text.join('\n\n')}\n\n${told.join('\n\n')}\n`
}
