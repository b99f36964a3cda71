// Capitals by the rules of the text's language, held against ICU's, which Node brings, and against words that everybody knows.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capitals } from '../src/theme/capitals.js'

test.each([
  ['tr', 'istanbul ılık', 'İSTANBUL ILIK'],
  ['az-Latn', 'bizim', 'BİZİM'],
  ['en', 'istanbul', 'ISTANBUL'],
  ['de', 'Straße', 'STRASSE'],
  ['el', 'Άγιος άνθρωπος', 'ΑΓΙΟΣ ΑΝΘΡΩΠΟΣ'],
  ['el', 'μάιος', 'ΜΑΪΟΣ'],
  ['el', 'προϊόν', 'ΠΡΟΪΟΝ'],
  ['el', 'αυτό ή εκείνο', 'ΑΥΤΟ Ή ΕΚΕΙΝΟ'],
  ['el', 'ᾠδή', 'ΩΙΔΗ'],
  ['lt', 'i\u0307\u0301', 'I\u0301'],
])('%s: %s is %s', (language, text, wanted) => {
  expect(capitals(text, language).normalize('NFC')).toBe(wanted.normalize('NFC'))
})

const HAS_ICU = 'i'.toLocaleUpperCase('tr') === 'İ'

test.skipIf(!HAS_ICU)('as ICU has it', () => {
  const latin = [...'abciıİIßŉǰķńñéij’ -.1\u0301\u0307\u0308']
  const greek = [...'αάὰᾶἀἅᾅᾳεέηήῄιίϊΐῒοόυύϋΰωώῳρῥςσΆΈΉΊΪΌΫΏa’ -.1\u0301']
  const written = (letters: string[]) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 12 }).map((all) => all.join(''))
  const both = fc.oneof(
    fc.tuple(written(latin), fc.constantFrom('en', 'de', 'tr', 'az', 'fr')),
    fc.tuple(written(greek), fc.constantFrom('el', 'el-GR', 'de')),
  )
  fc.assert(
    fc.property(both, ([said, tag]) => {
      // ICU leaves marks as they are put together; what is compared is the text.
      expect(capitals(said, tag).normalize('NFC')).toBe(said.toLocaleUpperCase(tag).normalize('NFC'))
    }),
    { numRuns: 3000, seed: 1 },
  )
})
