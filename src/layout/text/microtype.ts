// Micro-typography: how far characters may hang into the margins, and how far lines may be stretched in ways that
// nobody sees. After Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system" (2000), chapters 2 and 3.

// Shares of the character's advance. Punctuation hangs for about two thirds, never so far that it seems to fall off;
// round and pointed letters only by what the eye takes for straight.
const RIGHT = new Map<string, number>(
  Object.entries({
    '-': 0.65,
    '\u2010': 0.65,
    '\u00ad': 0.65,
    '\u2011': 0.65,
    '.': 0.65,
    ',': 0.65,
    ':': 0.45,
    ';': 0.45,
    '!': 0.2,
    '?': 0.15,
    '…': 0.2,
    '’': 0.6,
    '”': 0.5,
    '‘': 0.4,
    '“': 0.4,
    '"': 0.4,
    "'": 0.6,
    '»': 0.35,
    '›': 0.4,
    '–': 0.28,
    '—': 0.16,
    ')': 0.08,
    ']': 0.05,
    '*': 0.3,
    A: 0.04,
    F: 0.04,
    K: 0.03,
    L: 0.03,
    P: 0.03,
    R: 0.02,
    T: 0.05,
    V: 0.05,
    W: 0.04,
    X: 0.03,
    Y: 0.06,
    f: 0.03,
    k: 0.02,
    r: 0.04,
    v: 0.05,
    w: 0.04,
    x: 0.03,
    y: 0.05,
    t: 0.03,
  }),
)

const LEFT = new Map<string, number>(
  Object.entries({
    '“': 0.5,
    '‘': 0.6,
    '”': 0.5,
    '’': 0.6,
    '„': 0.5,
    '‚': 0.5,
    '«': 0.35,
    '‹': 0.4,
    '"': 0.4,
    "'": 0.6,
    '—': 0.12,
    '–': 0.2,
    '-': 0.4,
    '(': 0.08,
    '[': 0.05,
    '…': 0.1,
    '.': 0.4,
    ',': 0.4,
    '*': 0.3,
    A: 0.04,
    C: 0.02,
    G: 0.02,
    J: 0.05,
    O: 0.02,
    Q: 0.02,
    T: 0.05,
    V: 0.05,
    W: 0.04,
    X: 0.03,
    Y: 0.06,
    v: 0.04,
    w: 0.03,
    x: 0.02,
    y: 0.03,
    t: 0.03,
  }),
)

/** Share of a character's advance that may hang out of the measure on that side. */
export function hang(char: string, side: 'left' | 'right'): number {
  return (side === 'left' ? LEFT : RIGHT).get(char) ?? 0
}

/** At ratio ±1. Beyond +1 only spaces give way; below -1 nothing does. */
export const GIVE = {
  /** Of a space's own width. */
  spaceStretch: 0.26,
  spaceShrink: 0.19,
  /** Glyph widths: Hàn Thế Thành's limit of what stays unseen. */
  expand: 0.02,
  condense: 0.02,
  /** Letter-spacing, em: a hundredth is below what readers notice. */
  trackOut: 0.01,
  trackIn: 0.008,
} as const
