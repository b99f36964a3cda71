// A plan of a hurt font in; the book that is set in it out. Every seed hurts the same place.
import fc from 'fast-check'
import type { HostileBook } from './book.js'

export interface FontPlan {
  /** Which of the sound fonts. */
  font: number
  seed: number
}

/** A number has no smaller one that hurts alike. */
export const anyFont: fc.Arbitrary<FontPlan> = fc.noShrink(
  fc.record({ font: fc.nat({ max: 1 }), seed: fc.integer({ min: 1, max: 0x7fffffff }) }),
)

export const SOUND_FONTS = [
  '@expo-google-fonts/eb-garamond/400Regular/EBGaramond_400Regular.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
]

export function bookIn(font: Uint8Array): HostileBook {
  return {
    files: {
      'book.yaml': 'title: T\nlanguage: en\ndate: 2026-01-01\ngenerate: false\ntheme: look.yaml\nbody: [a.md]\n',
      'look.yaml': 'extends: house\nfaces: {text: {family: Hurt, files: {regular: font.ttf}}}\n',
      'font.ttf': font,
      'a.md': '# T\n\nkw1wk fi ffl AVATAR, Hamburgefonstiv 0123456789 *kw2wk* Äöü — “quoted”.\n',
    },
    links: [],
    words: ['kw1wk', 'kw2wk'],
    loose: [],
  }
}
